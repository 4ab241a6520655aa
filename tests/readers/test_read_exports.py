"""Exports of news archives: many articles in one text, each with its offset."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from katanya.api import dated
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.readers.exports import day_clock, language_code
from katanya.readers.factiva import factiva_pieces, is_factiva, read_factiva
from katanya.readers.nexis import is_nexis, nexis_pieces, read_nexis
from katanya.readers.wrapped import paragraphs

EXPORTS = Path(__file__).parents[1] / "fixtures" / "exports"
SHORT = "Kepala BPBD Kabupaten Sukamaju, Rahmat Hidayat, mengatakan sedikitnya 1.250 rumah terendam."
POSTS = '"Kami sudah membuka enam posko," kata Rahmat.'
FLOOD = {"title": "Banjir Sukamaju Rendam 1.250 Rumah", "outlet": "Harian Arunajaya", "language": "id",
         "author": "Rina Kartika"}  # fmt: skip
READERS = {"factiva": (is_factiva, factiva_pieces, read_factiva), "nexis": (is_nexis, nexis_pieces, read_nexis)}


def read(name: str, data: bytes) -> list[tuple[int, Document | Rejected]]:
    """Return the articles of an export, each with its offset."""
    _, pieces, reader = READERS[name.partition("-")[0]]
    found = list(pieces(io.BytesIO(data)))
    assert all(data[piece.offset :].startswith(piece.data) for piece in found)
    return [(piece.offset, reader(piece.data, source="a/x.txt", offset=piece.offset)) for piece in found]


FOUND = {
    "factiva-coded": [
        Document(f"{SHORT}\n{POSTS}\nIN Jakarta, menteri tidak merinci.", "HARUNJ0020250114el1e0000x",
                 published="14 January 2025 07:15", **FLOOD),
        Document("Harga beras naik, kata pedagang.\nMenurut Dinas Pasar, stok aman.", "KCIBRU0020250115el1f00001",
                 "Harga Beras Naik", "Kabar Cibiru", "15 January 2025", language="id"),
    ],
    "factiva-shown": [
        Document(f"{SHORT}\n{POSTS}", "HARUNJ0020250114el1e0000x", published="14 January 2025 07:15", **FLOOD),
        "no 'Document' line ends it: Terpotong di sini 96 words 14 January 2025",
    ],
    "nexis-academic": [
        Document("Kepala BPBD Kabupaten Sukamaju, Rahmat Hidayat, mengatakan sedikitnya 1.250 rumah terendam banjir "
                 "sejak Senin malam dan warga di tiga kecamatan mengungsi ke balai desa terdekat.\n"
                 '"Kami sudah membuka enam posko pengungsian," kata Rahmat saat ditemui di Posko Induk Cibiru, Selasa.',
                 "x:95", published="January 14, 2025 Tuesday",
                 **FLOOD | {"title": "Banjir Sukamaju Rendam 1.250 Rumah, Warga Mengungsi"}),
        "no line tells its date: 2 of 2 DOCUMENTS",
    ],
    "nexis-uni": [
        Document(f"{SHORT}\n{POSTS}", "x:0", published="January 14, 2025 Tuesday", **FLOOD),
        Document("Harga beras naik, kata pedagang.", "x:776", "Harga Beras Naik", "Kabar Cibiru",
                 "January 15, 2025 Wednesday 19:15 GMT"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("name", FOUND)
def test_each_article_of_an_export_is_read_or_told(name: str, ends: str) -> None:
    """Headline, date, outlet, writer, language, number, paragraphs; what ends a file or begins it is no article."""
    text = (EXPORTS / f"{name}.txt").read_text(encoding="utf-8")
    outcomes = [outcome for _, outcome in read(name, text.replace("\n", ends).encode())]
    assert len(outcomes) == len(FOUND[name])
    for outcome, wanted in zip(outcomes, FOUND[name], strict=True):
        if isinstance(wanted, Document):
            assert isinstance(outcome, Document), outcome
            assert replace(outcome, id="") == replace(wanted, id="")
            assert ends == "\r\n" or outcome.id == wanted.id
            assert dated(outcome.published)
        else:
            assert isinstance(outcome, Rejected)
            assert outcome.reason is Reason.BAD_RECORD
            assert outcome.detail.startswith(str(wanted))


@pytest.mark.parametrize("name", FOUND)
def test_an_export_is_known_by_its_beginning(name: str) -> None:
    """And not taken for another archive's."""
    head = (EXPORTS / f"{name}.txt").read_text(encoding="utf-8")[:4096]
    assert [kind for kind, (looks, _, _) in READERS.items() if looks(head)] == [name.partition("-")[0]]


def test_a_news_report_is_no_export() -> None:
    """Whatever words and numbers it holds."""
    for path in sorted((Path(__file__).parents[2] / "examples").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert not is_factiva(text)
        assert not is_nexis(text)


def test_windows_encodings_are_read() -> None:
    """An export need not be UTF-8."""
    text = (EXPORTS / "factiva-shown.txt").read_text(encoding="utf-8")
    text = text.replace('"Kami', "“Kami").replace('posko,"', "posko,”")
    (_, first), _ = read("factiva", text.encode("cp1252"))
    assert isinstance(first, Document)
    assert first.text.endswith("“Kami sudah membuka enam posko,” kata Rahmat.")


CLOCKS = [("14 January 2025 07:15 PM", "14 January 2025 19:15"), ("12:05 AM", "00:05"), ("12:05 pm", "12:05"),
          ("07:15", "07:15"), ("19:15", "19:15"), (None, None), ("", None)]  # fmt: skip


@pytest.mark.parametrize(("printed", "counted"), CLOCKS)
def test_hours_are_counted_to_24(printed: str | None, counted: str | None) -> None:
    """Of dates that name the half of the day."""
    assert day_clock(printed) == counted


LANGUAGES = [("INDONESIAN; ENGLISH", "id"), ("Bahasa Indonesia", "id"), ("English", "en"), ("Latin", None), ("", None)]


@pytest.mark.parametrize(("name", "code"), LANGUAGES)
def test_languages_are_known_by_their_english_names(name: str | None, code: str | None) -> None:
    """The first of several; an unknown one is null."""
    assert language_code(name) == code


WRAPPED = """Kepala BPBD Kabupaten Sukamaju, Rahmat Hidayat, mengatakan
sedikitnya 1.250 rumah terendam banjir hari Senin.
Ia meminta warga waspada.
Menurut dia, data itu masih bisa bertambah karena hujan
lebat turun lagi di hulu."""


def test_lines_are_joined_where_they_were_broken_for_width() -> None:
    """A line that had room for the next word ends a paragraph; blank lines part as well."""
    assert paragraphs(WRAPPED.split("\n")) == [
        "Kepala BPBD Kabupaten Sukamaju, Rahmat Hidayat, mengatakan sedikitnya 1.250 rumah terendam banjir hari Senin.",
        "Ia meminta warga waspada.",
        "Menurut dia, data itu masih bisa bertambah karena hujan lebat turun lagi di hulu.",
    ]
    long = ["Satu paragraf panjang. " * 9, "Dua paragraf panjang. " * 9, "Tiga."]
    assert paragraphs(long) == [line.strip() for line in long]


@given(st.lists(st.text(st.sampled_from("ab .\t"), max_size=90), max_size=12))
def test_no_word_is_lost_or_moved(lines: list[str]) -> None:
    """Whatever the lines."""
    assert " ".join(paragraphs(lines)).split() == " ".join(lines).split()


PIECES = st.lists(st.sampled_from([
    "HD", "HD Judul", "96 words", "14 January 2025", "Indonesian", "Body", "End of Document", "1 of 2 DOCUMENTS", "LP",
    "Document HARUNJ0020250114el1e0000x", "LENGTH: 9 words", "LOAD-DATE: x", "Kata dia.", "", "   Harian X", "\x00",
    "TD", "é",
]), max_size=25)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(PIECES, st.sampled_from(["utf-8", "cp1252", "utf-16"]))
def test_any_lines_are_read_or_rejected(lines: list[str], encoding: str) -> None:
    """Whatever the lines, reading them never raises, and offsets rise."""
    data = "\n".join(lines).encode(encoding)
    for name in READERS:
        offsets = [offset for offset, _ in read(name, data)]
        assert offsets == sorted(set(offsets))
