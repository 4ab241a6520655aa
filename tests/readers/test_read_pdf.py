"""PDFs: lines in the order of reading, paragraphs, no running heads; a scan, a lock and a fault are told."""

import io

import pytest
from drawn_pdf import column, drawn
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.readers import read_bytes
from katanya.readers.pdf import MAX_PAGES, read_pdf

TITLE = "Banjir Sukamaju Rendam 1.250 Rumah"
FIRST = (
    "SUKAMAJU - Kepala BPBD Kabupaten Sukamaju, Rahmat Hidayat, mengatakan sedikitnya 1.250 rumah terendam banjir "
    "sejak Senin malam dan warga mengungsi."
)
SECOND = (
    "“Kami sudah membuka enam posko pengungsian,” kata Rahmat saat ditemui di Posko Induk Cibiru, Selasa. Menurut dia "
    "data masih bisa bertambah."
)
THIRD = "Bupati Widya Sari meminta warga tetap waspada karena hujan lebat akan turun sampai akhir pekan di daerah hulu."
FOURTH = "“Jangan kembali dulu,” ujar Widya kepada warga."
ALL = [FIRST, SECOND, THIRD, FOURTH]
HEAD = [(60.0, 800.0, 18.0, TITLE)]
LEFT, RIGHT = (60.0, 760.0), (320.0, 760.0)


def read(data: bytes) -> Document:
    """Return what a PDF is read as."""
    document = read_pdf(data, source="folder/banjir.pdf")
    assert isinstance(document, Document), document
    return document


PAGES = {
    "a space between paragraphs": [HEAD + column("\n".join(ALL), *LEFT, width=80)],
    "first lines moved": [HEAD + column("\n".join(ALL), *LEFT, gap=0, indent=14, width=60)],
    "two columns, one after the other": [
        HEAD + column("\n".join(ALL[:2]), *LEFT, width=40) + column("\n".join(ALL[2:]), *RIGHT, width=40)
    ],
    "two columns, line by line": [HEAD + sorted(
        column("\n".join(ALL[:2]), *LEFT, width=40, gap=1.2) + column("\n".join(ALL[2:]), *RIGHT, width=40, gap=1.2),
        key=lambda string: (-string[1], string[0]),
    )],
    "two pages": [HEAD + column("\n".join(ALL[:2]), *LEFT, width=60), column("\n".join(ALL[2:]), *LEFT, width=60)],
}  # fmt: skip


@pytest.mark.parametrize("pages", PAGES.values(), ids=PAGES)
def test_lines_become_paragraphs_in_the_order_of_reading(pages: list[list[tuple[float, float, float, str]]]) -> None:
    """However they are set; the headline is the largest line."""
    document = read(drawn(pages))
    assert document.text.split("\n") == [TITLE, *ALL]
    assert document.title == TITLE


def test_a_paragraph_goes_on_over_columns_and_pages() -> None:
    """Where the line before ends no sentence."""
    lines = column(FIRST, 60, 760, width=40)
    pages = [lines[:2], [(x, y + 24, size, text) for x, y, size, text in lines[2:]]]
    assert read(drawn(pages)).text == FIRST


def test_what_repeats_at_the_edges_of_pages_is_left_out() -> None:
    """Running heads, dates and page numbers; a line of the text that stands there stays."""
    bodies = [column(text, 60, 740, width=60) for text in ALL]
    pages = [
        [(60.0, 815.0, 8.0, "Harian Arunajaya, 14 Januari 2025"), *body, (280.0, 30.0, 8.0, f"Halaman {number}")]
        for number, body in enumerate(bodies, 1)
    ]
    assert read(drawn(pages)).text.split("\n") == ALL


def test_words_that_were_broken_are_whole_again() -> None:
    """Words that are said twice and pairs of names keep their hyphens."""
    lines = ["Warga mem-", "buka posko bersama-", "sama, kata dia. Anak-", "anaknya ikut ke Jawa-", "Bali sejak Senin."]
    page = [(60.0, 740.0 - 12 * number, 10.0, line) for number, line in enumerate(lines)]
    whole = "Warga membuka posko bersama-sama, kata dia. Anak-anaknya ikut ke Jawa-Bali sejak Senin."
    assert read(drawn([page])).text == whole


def test_a_file_says_its_title_and_date() -> None:
    """Titles that a program made up are none; a date that is none is left."""
    page = [HEAD + column(FIRST, *LEFT)]
    told = read(drawn(page, {"Title": "Rilis BPBD", "CreationDate": "D:20250114071500+07'00'"}))
    assert (told.title, told.published, told.id) == ("Rilis BPBD", "2025-01-14T07:15:00+07:00", "banjir")
    made_up = read(drawn(page, {"Title": "Microsoft Word - rilis.doc", "CreationDate": "kemarin"}))
    assert (made_up.title, made_up.published) == (TITLE, None)


@pytest.mark.parametrize("creator", [
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
    "Mozilla Firefox 128.0", "Chromium", "Safari",
])  # fmt: skip
def test_the_hour_of_printing_is_no_date(creator: str) -> None:
    """A page that a browser printed has no date of its own: it was made when somebody saved it."""
    info = {"Title": "Rilis BPBD", "CreationDate": "D:20260114071500+07'00'", "Creator": creator}
    assert (found := read(drawn([HEAD + column(FIRST, *LEFT)], info))).title == "Rilis BPBD"
    assert found.published is None


def locked(password: str) -> bytes:
    """Return a PDF that asks for a password, or only forbids."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(drawn([HEAD + column(FIRST, *LEFT)]))))
    writer.encrypt(password, "pemilik", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_file_that_only_forbids_is_read() -> None:
    """It opens without a password."""
    assert read(locked("")).text.split("\n") == [TITLE, FIRST]


WHOLE = drawn([HEAD + column(FIRST, *LEFT)])
BAD = {
    "a scan": (drawn([[], []]), Reason.NO_TEXT, "no text on 2 pages"),
    "no pages": (drawn([]), Reason.NO_TEXT, "no pages"),
    "a lock": (locked("rahasia"), Reason.UNREADABLE, "locked with a password"),
    "half a file": (WHOLE[: len(WHOLE) // 3], Reason.UNREADABLE, "a damaged PDF"),
    "a beginning": (b"%PDF-1.7\n", Reason.UNREADABLE, "a damaged PDF"),
    "too many pages": (drawn([[]] * (MAX_PAGES + 1)), Reason.TOO_LARGE, str(MAX_PAGES + 1)),
}


@pytest.mark.parametrize(("data", "reason", "detail"), BAD.values(), ids=BAD)
def test_what_cannot_be_read_says_why(data: bytes, reason: Reason, detail: str) -> None:
    """The reason is one of the known ones, the detail names what was seen."""
    outcome = read_bytes(data, source="banjir.pdf")
    assert isinstance(outcome, Rejected)
    assert (outcome.source, outcome.reason) == ("banjir.pdf", reason)
    assert detail in outcome.detail


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=12))
def test_any_damage_is_read_or_rejected(place: int, data: bytes) -> None:
    """Whatever the bytes, reading them never raises."""
    assert isinstance(read_pdf(WHOLE[:place] + data + WHOLE[place + len(data) :], source="x"), Document | Rejected)
