"""Plain texts: decoded, otherwise untouched; whatever is no text is named."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from katanya.core.errors import InputError
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import MAX_BYTES
from katanya.readers import read_bytes, read_file

TEXT = "“Stok aman,” kata Widya Sari – pedagang di Arunajaya.\r\n\r\nHarga turun.  \n"


def zipped() -> bytes:
    """Return a ZIP archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("berita.txt", "Harga turun.")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_a_text_is_decoded_and_else_left_as_it_is(encoding: str) -> None:
    """Line ends and white space stay, only the byte order mark goes."""
    document = read_bytes(TEXT.encode(encoding), source="folder/berita.txt")
    assert document == Document(TEXT, id="berita")


def test_valid_utf8_is_never_mended() -> None:
    """A text that was decoded wrongly before it came here stays as it came: offsets are the caller's."""
    wrong = TEXT.encode().decode("cp1252", "replace")
    assert read_bytes(wrong.encode(), source="x") == Document(wrong, id="x")


def test_one_broken_byte_does_not_change_the_encoding() -> None:
    """The rest of a text in UTF-8 is read as UTF-8."""
    document = read_bytes((TEXT * 3).encode() + b"Harga \xff turun.", source="x")
    assert isinstance(document, Document)
    assert document.text == TEXT * 3 + "Harga \ufffd turun."


def test_a_text_cut_inside_its_last_character_loses_that_character_only() -> None:
    """Half a character is no reason to read all others as something else."""
    document = read_bytes("Harga telur “turun”".encode()[:-1], source="x")
    assert document == Document("Harga telur “turun", id="x")


BAD = {
    "nothing": (b"", Reason.EMPTY, "0 bytes"),
    "white space": (b" \r\n\t ", Reason.EMPTY, "white space"),
    "a lone mark": (b"\xef\xbb\xbf", Reason.EMPTY, "white space"),
    "too much": (b"a" * (MAX_BYTES + 1), Reason.TOO_LARGE, str(MAX_BYTES + 1)),
    "50 MB": (b"Harga turun. " * 4_000_000, Reason.TOO_LARGE, "52000000"),
    "half a PDF": (b"%PDF-1.7 abc", Reason.UNREADABLE, "a damaged PDF"),
    "PNG": (b"\x89PNG\r\n\x1a\n" + bytes(20), Reason.BINARY, "PNG"),
    "ZIP": (zipped(), Reason.BINARY, "ZIP"),
    "NULs": (b"Harga\x00turun\x00\x00", Reason.BINARY, "3 NUL bytes, the first at 5"),
    "controls": (bytes(range(1, 32)) * 9, Reason.BINARY, "control characters"),
    "half of UTF-16": ("Harga".encode("utf-16")[:-1], Reason.ENCODING, "utf-16-le"),
    "half of gzip": (gzip.compress(TEXT.encode() * 99)[:-20], Reason.UNREADABLE, "gzip breaks off"),
    "a bomb": (gzip.compress(bytes(MAX_BYTES * 2)), Reason.TOO_LARGE, str(MAX_BYTES + 1)),
    "gzip in gzip": (gzip.compress(gzip.compress(b"Harga turun.")), Reason.BINARY, "gzip"),
}


@pytest.mark.parametrize(("data", "reason", "detail"), BAD.values(), ids=BAD)
def test_what_cannot_be_read_says_why(data: bytes, reason: Reason, detail: str) -> None:
    """The reason is one of the known ones, the detail names what was seen."""
    outcome = read_bytes(data, source="berita.txt")
    assert isinstance(outcome, Rejected)
    assert (outcome.source, outcome.reason) == ("berita.txt", reason)
    assert detail in outcome.detail


def test_a_gzip_text_is_unpacked() -> None:
    """Its id is the file's name without either ending."""
    assert read_bytes(gzip.compress(TEXT.encode()), source="a/b.txt.gz") == Document(TEXT, id="b")


def test_a_page_by_any_name_is_known_by_its_first_tag() -> None:
    """A tag inside a text makes no page of it."""
    assert isinstance(read_bytes(b"<!DOCTYPE html><p>Harga", source="x"), Rejected)
    assert read_bytes(b"Harga <b>turun</b>", source="x") == Document("Harga <b>turun</b>", id="x")
    assert read_bytes(b"<html><p>Harga", source="x", kind="text") == Document("<html><p>Harga", id="x")


def test_an_unknown_kind_is_the_callers_fault() -> None:
    """It raises and names the kinds there are."""
    with pytest.raises(InputError, match="text, html, pdf, letter"):
        read_bytes(b"x", source="x", kind="docx")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    """Its size alone rejects it; so does a file that is not there."""
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(5 * 10**12)
    outcome = read_file(large)
    assert isinstance(outcome, Rejected)
    assert outcome.reason is Reason.TOO_LARGE
    missing = read_file(tmp_path / "missing.txt")
    assert isinstance(missing, Rejected)
    assert missing.reason is Reason.UNREADABLE


STARTS = st.sampled_from([b"", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1f\x8b\x08\x00", b"<html>", b"%PDF", b"{"])


@settings(max_examples=200, deadline=None)
@given(STARTS, st.binary(max_size=200), st.sampled_from([None, "text", "html"]))
def test_any_bytes_are_read_or_rejected(start: bytes, rest: bytes, kind: str | None) -> None:
    """Whatever the bytes, reading them never raises."""
    assert isinstance(read_bytes(start + rest, source="x", kind=kind), Document | Rejected)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])).filter(str.strip))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    """A text without a mark at its start keeps every character."""
    document = read_bytes(text.encode(), source="x", kind="text")
    assert document == Document(text.removeprefix("\ufeff"), id="x") or isinstance(document, Rejected)
