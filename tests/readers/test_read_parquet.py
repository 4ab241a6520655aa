"""Parquet tables: rows with their numbers, whatever the types; a damaged table is told."""

import io
from datetime import date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.readers.parquet import read_parquet

TEXTS = ["Air naik.", None, "<p>Satu.</p><p>Dua.</p>", "Empat.", "Lima."]


def packed(columns: dict[str, object], rows: int = 2) -> bytes:
    """Return a table in groups of rows."""
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer, row_group_size=rows)
    return buffer.getvalue()


def read(data: bytes, first: int = 1) -> list[tuple[int, Document | Rejected]]:
    """Return the rows of a table from one on."""
    return list(read_parquet(io.BytesIO(data), source="a/berita.parquet", first=first))


def test_a_row_is_an_article() -> None:
    """Columns are known by their names; a date is in ISO 8601; an empty text costs its row."""
    found = read(packed({"judul": list("abcde"), "isi": TEXTS, "tanggal": [date(2025, 1, 14)] * 5}))
    assert found[0] == (1, Document("Air naik.", "berita:1", "a", published="2025-01-14"))
    assert found[1] == (2, Rejected("a/berita.parquet:2", Reason.EMPTY, "'isi' is empty"))
    texts = [row.text for _, row in found if isinstance(row, Document)]
    assert texts == ["Air naik.", "Satu.\nDua.", "Empat.", "Lima."]


@pytest.mark.parametrize("first", range(1, 7))
def test_rows_are_read_from_any_of_them_on(first: int) -> None:
    """Their numbers stay what they are."""
    data = packed({"isi": TEXTS})
    assert read(data, first) == read(data)[first - 1 :]


TYPES = {
    "large strings": (pa.array(["Air"], pa.large_string()), "Air"),
    "a dictionary": (pa.array(["Air"]).dictionary_encode(), "Air"),
    "bytes": (pa.array(["“Air”".encode()]), "“Air”"),
    "bytes of Windows": (pa.array(["“Air”".encode("cp1252")]), "“Air”"),
    "paragraphs": (pa.array([["Satu.", None, "Dua."]]), "Satu.\nDua."),
}


@pytest.mark.parametrize(("values", "text"), TYPES.values(), ids=TYPES)
def test_words_are_words_in_whatever_type(values: pa.Array, text: str) -> None:
    """A list of strings is a text of paragraphs."""
    assert read(packed({"text": values, "id": [7], "date": [datetime(2025, 1, 14, 7, 15)]})) == [
        (1, Document(text, "7", published="2025-01-14T07:15:00"))
    ]


@pytest.mark.parametrize("values", [[5], [{"a": "Air"}], [[{"a": "Air"}]], [True]])
def test_a_column_that_holds_no_words_is_told_with_its_type(values: list[object]) -> None:
    """Once for the table, not for every row."""
    [(number, row)] = read(packed({"text": values * 3}))
    assert number == 1
    assert isinstance(row, Rejected)
    assert row.reason is Reason.NO_TEXT_FIELD
    assert "instead of a string" in row.detail


def test_a_table_without_a_text_says_which_columns_it_has() -> None:
    """And what to do."""
    [(_, row)] = read(packed({"a": ["x"], "b": ["y"]}))
    assert isinstance(row, Rejected)
    assert row.detail == "no column for the text among 'a', 'b': --column text=NAME"


def test_a_damaged_table_yields_what_can_be_read() -> None:
    """Cut, it holds nothing; with a broken group, the others."""
    whole = packed({"isi": [f"Artikel {number} " * 50 for number in range(400)]}, rows=100)
    [(_, row)] = read(whole[:-50])
    assert isinstance(row, Rejected)
    assert row.reason is Reason.UNREADABLE
    offset = pq.ParquetFile(io.BytesIO(whole)).metadata.row_group(2).column(0).data_page_offset
    broken = bytearray(whole)
    broken[offset : offset + 40] = b"\xff" * 40
    found = read(bytes(broken))
    assert [number for number, _ in found] == [*range(1, 201), *range(300, 401)]
    [row] = [row for _, row in found if isinstance(row, Rejected)]
    assert row.source == "a/berita.parquet:300"
    assert row.reason is Reason.UNREADABLE
    assert row.detail.startswith("rows 201 to 300: the table is damaged: ")


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" + bytes(200) + b"PAR1", b"x" * 300])
def test_what_is_no_table_is_told(data: bytes) -> None:
    """One outcome, no exception."""
    [(_, row)] = read(data)
    assert isinstance(row, Rejected)
    assert row.reason is Reason.UNREADABLE
