"""CSV and its kin: the form is found out, a broken row costs itself alone."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from katanya.core.errors import InputError
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import MAX_LINE
from katanya.readers.delimited import read_delimited

LONG = "Kepala BPBD Kabupaten Sukamaju, Rahmat Hidayat, mengatakan " + "air masih naik di tiga kecamatan " * 5
QUOTED = '“Stok aman,” kata Widya – pedagang; "sungguh", ujarnya.'


def read(data: bytes, said: tuple[tuple[str, str], ...] = ()) -> list[tuple[int, Document | Rejected]]:
    """Return the rows of a table."""
    return list(read_delimited(io.BytesIO(data), source="folder/berita.csv", said=said))


def written(rows: list[list[str]], **form: object) -> str:
    """Return a table as a program would write it."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n", **form).writerows(rows)  # type: ignore[arg-type]
    return buffer.getvalue()


ROWS = [["judul", "isi", "tanggal"], ["Beras, naik", QUOTED, "14/1/2025"], ["Dua", "Satu.\r\nDua.", "15/1/2025"]]
FOUND = [
    (2, Document(QUOTED, "berita:2", "Beras, naik", published="14/1/2025")),
    (3, Document("Satu.\r\nDua.", "berita:3", "Dua", published="15/1/2025")),
]
FORMS = {
    "commas": written(ROWS).encode(),
    "a byte order mark": written(ROWS).encode("utf-8-sig"),
    "semicolons": written(ROWS, delimiter=";").encode(),
    "tabs": written(ROWS, delimiter="\t").encode(),
    "bars": written(ROWS, delimiter="|").encode(),
    "all quoted": written(ROWS, quoting=csv.QUOTE_ALL).encode(),
    "escaped": written(ROWS, doublequote=False, escapechar="\\").encode(),
    "Windows-1252": written(ROWS, delimiter=";").encode("cp1252"),
    "UTF-16": written(ROWS, delimiter="\t").encode("utf-16"),
}


@pytest.mark.parametrize("data", FORMS.values(), ids=FORMS)
def test_the_form_of_a_table_is_found_out(data: bytes) -> None:
    """Encoding, separator and quoting; line breaks inside a cell are kept."""
    assert read(data) == FOUND


def test_quotation_marks_of_a_table_that_does_not_quote_are_words() -> None:
    """No mark is lost where cells begin with one."""
    data = 'title\ttext\nA\t"Saya siap," kata Rahmat, "pindah".\nB\t"Kami" ujarnya\n'
    assert [row.text for _, row in read(data.encode()) if isinstance(row, Document)] == [
        '"Saya siap," kata Rahmat, "pindah".', '"Kami" ujarnya',
    ]  # fmt: skip


def test_lines_may_end_as_they_did_on_old_machines() -> None:
    """In a carriage return."""
    assert [number for number, _ in read(b"judul,isi\rA,B c\rX,Y\r")] == [2, 3]


def test_a_mark_that_is_never_closed_costs_one_row() -> None:
    """The rows after it are read again, all of them."""
    rows = "".join(f'B{number},"Air naik, kata dia."\n' for number in range(400))
    found = read(f'judul,isi\nA,"Harga turun\n{rows}'.encode())
    assert len(found) == 401
    assert [number for number, row in found if isinstance(row, Rejected)] == [2]


def test_rows_that_do_not_fit_are_told_and_nothing_is_guessed() -> None:
    """More cells than columns, no cell for the text, NUL, an empty text; blank rows are passed over."""
    data = b'judul,isi\nA,satu,dua\nB\n,,\n\nC,a\x00b\nD,\nE,"a "b" c"\nF,utuh,\n'
    found = dict(read(data))
    assert {number: row.reason for number, row in found.items() if isinstance(row, Rejected)} == {
        2: Reason.BAD_RECORD, 3: Reason.BAD_RECORD, 6: Reason.BINARY, 7: Reason.EMPTY, 8: Reason.BAD_RECORD,
    }  # fmt: skip
    assert found[9] == Document("utuh", "berita:9", "F")
    assert isinstance(found[2], Rejected)
    assert found[2] == Rejected("folder/berita.csv:2", Reason.BAD_RECORD, "3 cells, the table has 2 columns")


def test_a_huge_cell_is_read_and_one_too_large_is_told() -> None:
    """The limit is that of an article; the row after it is read."""
    big = "kata " * 400_000
    found = read(f'isi,judul\n"{big}",A\nB,C\n'.encode())
    assert isinstance(found[0][1], Document)
    assert found[0][1].text == big
    first, *_, last = read(b"isi,judul\n" + b"x" * (MAX_LINE + 5) + b",A\nB,C\n")
    assert isinstance(first[1], Rejected)
    assert isinstance(last[1], Document)


def test_a_table_without_a_header_is_known_by_what_it_holds() -> None:
    """The longest column is the text; addresses and dates are known as such."""
    data = f'https://a.example/1,2025-01-14,"{LONG}"\nhttps://a.example/2,2025-01-15,"{LONG}"\n'
    assert read(data.encode())[0] == (
        1, Document(LONG, "berita:1", published="2025-01-14", url="https://a.example/1"),
    )  # fmt: skip


def test_a_table_without_a_text_says_which_columns_it_has() -> None:
    """And what to do; said, the column is read."""
    [(number, row)] = read(b"a,b\n1,Air naik\n")
    assert number == 1
    assert isinstance(row, Rejected)
    assert row.reason is Reason.NO_TEXT_FIELD
    assert row.detail == "no column for the text among 'a', 'b': --column text=NAME"
    assert read(b"a,b\n1,Air naik\n", (("text", "b"),)) == [(2, Document("Air naik", "berita:2"))]
    with pytest.raises(InputError, match="'a', 'b'"):
        read(b"a,b\n1,Air naik\n", (("text", "c"),))


CELLS = [
    ("<p>Air naik.</p><p>“Waspada,” kata\nRahmat.</p>", "Air naik.\n“Waspada,” kata Rahmat."),
    ('<div>Satu.<br><br>Dua &amp; tiga.</div><div class="baca-juga">Baca juga: Lain</div>', "Satu.\nDua & tiga."),
    ("Suhu <b>naik</b> dan <i>turun</i> lagi.", "Suhu naik dan turun lagi."),
    ("Bila a < b dan c > d, kata dia.", "Bila a < b dan c > d, kata dia."),
]


@pytest.mark.parametrize(("cell", "text"), CELLS)
def test_a_cell_that_holds_a_piece_of_a_page_is_read_as_one(cell: str, text: str) -> None:
    """Its paragraphs, a line each; a text that merely holds a sign stays as it is."""
    [(_, row)] = read(written([["isi", "id"], [cell, "a"]]).encode())
    assert row == Document(text, "a")


def test_markup_without_words_is_no_article() -> None:
    """The reason says so."""
    [(_, row)] = read(b"isi,id\n<p></p><br>,a\n")
    assert isinstance(row, Rejected)
    assert row.reason is Reason.NO_ARTICLE


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_table_is_told(data: bytes) -> None:
    """One outcome, no exception."""
    assert [(number, row.reason) for number, row in read(data) if isinstance(row, Rejected)] == [(1, Reason.EMPTY)]


STARTS = st.sampled_from([b"", b"judul,isi\n", b"text\n", b'isi;judul\n"', b"\xff\xfe", b"isi\tid\r"])
PIECES = st.lists(st.sampled_from([b'"', b",", b";", b"\n", b"\r", b"\t", b"a", b"\x00", b"\xe9", b"<p>", b"\\"]))


@settings(max_examples=300, deadline=None)
@given(STARTS, PIECES | st.binary(max_size=80))
def test_any_bytes_are_read_or_rejected(start: bytes, rest: bytes | list[bytes]) -> None:
    """Whatever the bytes, reading them never raises, and the rows come in order."""
    data = start + (rest if isinstance(rest, bytes) else b"".join(rest))
    numbers = [number for number, _ in read(data)]
    assert numbers == sorted(set(numbers))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<\x85\u2028\u2029")).filter(
    str.strip), min_size=1, max_size=5))  # fmt: skip
def test_cells_come_back_as_they_were(texts: list[str]) -> None:
    """Whatever a program wrote by the rules of CSV."""
    found = read(written([["isi", "judul"], *([text, "T"] for text in texts)]).encode())
    assert [row.text for _, row in found if isinstance(row, Document)] == texts
