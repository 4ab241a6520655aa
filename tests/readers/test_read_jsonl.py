"""JSON lines: an article a line, or the reason why not, in the order of the lines."""

import gzip
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import MAX_LINE
from katanya.readers import read_jsonl


def line(**fields: object) -> bytes:
    """Return a record as a line."""
    return json.dumps(fields).encode() + b"\n"


GOOD = [
    (line(text="Harga\r\nturun. ", id="a"), Document("Harga\r\nturun. ", id="a")),
    (line(text="Harga"), Document("Harga", id="berita:1")),
    (line(content="Harga"), Document("Harga", id="berita:1")),
    (line(text="", body="Harga"), Document("Harga", id="berita:1")),
    (line(text="Harga", id=7, title="T", outlet="O"), Document("Harga", "7", "T", "O")),
    (line(text="Harga", date="5 Mei", url="u"), Document("Harga", "berita:1", published="5 Mei", url="u")),
    (line(text="H", id="a", published="p", date="d"), Document("H", "a", published="p")),
    (line(text="H", id="a", language="id"), Document("H", "a", language="id")),
    (line(text="Harga", title=None, url=float("nan"), id=""), Document("Harga", id="berita:1")),
    (b"\xef\xbb\xbf" + line(text="Harga"), Document("Harga", id="berita:1")),
    ('{"text": "é"}'.encode("latin-1"), Document("é", id="berita:1")),
]
BAD = {
    "half a line": (b'{"text": "Harga tur', Reason.NOT_JSON, "at character 9 of 19"),
    "a list": (b'["Harga"]', Reason.NOT_JSON, "a list instead of an object"),
    "a string": (b'"Harga"', Reason.NOT_JSON, "a string instead of an object"),
    "nested": (b"[" * 100_000, Reason.NOT_JSON, "nested too deep"),
    "no text": (line(id="a", judul="b"), Reason.NO_TEXT_FIELD, "'id', 'judul'"),
    "a number": (line(text=5), Reason.NO_TEXT_FIELD, "'text' is a number instead of a string"),
    "a list as text": (line(text=["a"]), Reason.NO_TEXT_FIELD, "'text' is a list instead of a string"),
    "an empty text": (line(text=" "), Reason.EMPTY, "'text' is empty"),
    "no text at all": (line(text=None), Reason.EMPTY, "'text' is empty"),
    "NUL in the text": (line(text="a\0b"), Reason.BINARY, "NUL at 1"),
    "NUL in the line": (b'{"text": "a\0b"}', Reason.BINARY, "1 NUL bytes"),
    "half a surrogate pair": (b'{"text": "a\\ud800"}', Reason.ENCODING, "surrogate"),
    "a huge line": (b"a" * (MAX_LINE + 1), Reason.TOO_LARGE, str(MAX_LINE)),
}


@pytest.mark.parametrize(("data", "document"), GOOD)
def test_a_line_becomes_the_document_that_it_holds(data: bytes, document: Document) -> None:
    """The text is kept exactly; an id is made of file and line where there is none."""
    assert list(read_jsonl([data], source="folder/berita.jsonl")) == [document]


@pytest.mark.parametrize(("data", "reason", "detail"), BAD.values(), ids=BAD)
def test_a_line_that_cannot_be_read_says_where_and_why(data: bytes, reason: Reason, detail: str) -> None:
    """The source is file and line."""
    [outcome] = read_jsonl([data], source="berita.jsonl", first=12)
    assert isinstance(outcome, Rejected)
    assert (outcome.source, outcome.reason) == ("berita.jsonl:12", reason)
    assert detail in outcome.detail


def test_one_bad_line_costs_only_itself() -> None:
    """Good and bad come out in the order of the lines; blank lines count and yield nothing."""
    huge = b"x" * (MAX_LINE + 9) + b"\n"
    lines = [line(text="satu"), b"\n", b"{\n", line(text="dua"), huge, line(text="tiga")]
    outcomes = list(read_jsonl(io.BytesIO(b"".join(lines)), source="b.jsonl"))
    assert [o.id if isinstance(o, Document) else o.source for o in outcomes] == [
        "b:1", "b.jsonl:3", "b:4", "b.jsonl:5", "b:6",
    ]  # fmt: skip


def test_gzip_is_known_by_its_first_bytes() -> None:
    """Whatever the name."""
    file = io.BytesIO(gzip.compress(line(text="satu") + line(text="dua")))
    assert [o.text for o in read_jsonl(file, source="b") if isinstance(o, Document)] == ["satu", "dua"]


def test_a_gzip_file_that_breaks_off_yields_what_stands_before_the_break() -> None:
    """Then one rejection, and no exception."""
    lines = b"".join(line(text=f"Artikel {number}", id=str(number * 7919)) for number in range(5000))
    packed = gzip.compress(lines)
    *before, last = read_jsonl(io.BytesIO(packed[: len(packed) // 2]), source="b.jsonl.gz")
    assert len(before) > 1000
    assert all(isinstance(outcome, Document) for outcome in before)
    assert isinstance(last, Rejected)
    assert last.reason is Reason.UNREADABLE


@settings(max_examples=200)
@given(st.lists(st.binary(max_size=60), max_size=5))
def test_any_lines_are_read_or_rejected(lines: list[bytes]) -> None:
    """Whatever the bytes, reading them never raises and loses no line that is not blank."""
    outcomes = list(read_jsonl(lines, source="x"))
    assert len(outcomes) == sum(bool(line.strip()) for line in lines)


@given(st.text().filter(str.strip))
def test_a_text_comes_back_as_it_was(text: str) -> None:
    """Every character that JSON can carry is kept, but for NUL and half a surrogate pair."""
    [outcome] = read_jsonl([line(text=text)], source="x")
    assert outcome == Document(text, id="x:1") or "\0" in text
