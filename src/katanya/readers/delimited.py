"""CSV and its kin: encoding, separator and quoting found out from the beginning, then a row at a time.

A quotation mark that opens a cell and never closes it costs one row, not all that follow: the rows after it are read
again. Nothing is guessed about a row that does not fit its header.
"""

import csv
import io
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, Protocol

from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import LANGUAGE, MAX_LINE, MIN_WORDS
from katanya.readers.columns import TEXT, Columns, Said, columns_of, holders
from katanya.readers.dates import stamped
from katanya.readers.detect import utf16_order
from katanya.readers.tables import Fault, Row, read_table
from katanya.readers.text import BOM, decode

SEPARATORS = ",;\t|"
SAMPLE, SAMPLE_ROWS = 1 << 18, 200  # characters and rows that a table's form is found out from
OPEN = "a quotation mark opens a cell in this row and nothing closes it"


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes, none at the end."""


class Form(csv.Dialect):
    """How a table separates and quotes its cells."""

    strict, lineterminator, skipinitialspace, doublequote = True, "\n", False, True
    quotechar = '"'

    def __init__(self, delimiter: str, style: str) -> None:
        self.delimiter, self.quoting = delimiter, csv.QUOTE_MINIMAL
        if style == "escaped":
            self.doublequote, self.escapechar = False, "\\"
        elif style == "bare":
            self.quoting = csv.QUOTE_NONE
        super().__init__()


FORMS = [Form(separator, style) for style in ("doubled", "escaped", "bare") for separator in SEPARATORS]


@dataclass(frozen=True, slots=True)
class Header:
    """What a table's beginning tells: its form, the columns' names, whether its first row is those, what they hold."""

    form: Form
    names: tuple[str, ...]
    stands: bool
    columns: Columns


class Delimited:
    """A table with an article a row, opened: what its columns hold, and its rows.

    ``said`` names columns by field (`columns_of`). Raises `InputError` where a column that was said is not there.
    """

    def __init__(
        self, file: Readable, source: str, *, said: Said = (), language: str = LANGUAGE
    ) -> None:
        self._lines = _Lines(file)
        header = _header(self._lines.sample(), source, language, said)
        self.fault = None if isinstance(header, Header) else header
        self._header = header if isinstance(header, Header) else None

    @property
    def columns(self) -> Columns | None:
        """Which columns hold what, and what was guessed of it; None where there is a ``fault`` instead."""
        return self._header.columns if self._header else None

    def rows(self) -> Iterator[tuple[int, Row | Fault]]:
        """Yield the rows with their numbers, that of the header being 1, or what is wrong with them; blank ones not."""
        if self._header is None:
            return
        header = self._header
        for number, cells in enumerate(_rows(self._lines, header.form), 1):
            if isinstance(cells, str):
                yield number, (Reason.BAD_RECORD, cells)
            elif any(map(str.strip, cells)) and not (header.stands and number == 1):
                yield number, _row(cells, header)


def read_delimited(
    file: IO[bytes],
    *,
    source: str,
    language: str = LANGUAGE,
    said: Said = (),
    told: Callable[[Columns], None] = lambda columns: None,
) -> Iterator[tuple[int, Document | Rejected]]:
    """Read a table with an article a row: the number of each row, the header's being 1, and what became of it.

    ``said`` is that of `Delimited`; ``told`` is called with what is taken for what before the first row. A cell that
    holds a piece of a page is read as one.
    """
    return read_table(Delimited(file, source, said=said, language=language), source, language, told)


def _row(cells: list[str], header: Header) -> Row | Fault:
    names, text = header.names, header.columns.names[TEXT]
    if len(cells) > len(names) and any(map(str.strip, cells[len(names) :])):
        return Reason.BAD_RECORD, f"{len(cells)} cells, the table has {len(names)} columns"
    record = dict(zip(names, cells, strict=False))
    if text not in record:
        return Reason.BAD_RECORD, f"{len(cells)} cells, '{text}' is column {names.index(text) + 1}"
    return Row({name: record[name] for name in header.columns.names.values() if name in record}, header.columns.holders)


def _header(
    sample: Sequence[str], source: str, language: str, said: Said
) -> Header | Fault:
    """Find out a table's form and columns from its first lines."""
    if not any(map(str.strip, sample)):
        return Reason.EMPTY, "no rows"
    escaped = any('\\"' in line for line in sample)
    forms = [form for form in FORMS if escaped or form.escapechar is None]
    form = max(forms, key=lambda form: _fit(form, sample, language))
    first, *rest = _sampled(form, sample)[0] or [[]]
    names = _names(first)
    stands = not any(len(cell.split()) >= MIN_WORDS for cell in first)
    if not stands:
        names = tuple(str(number) for number in range(1, len(first) + 1))
    columns = columns_of(names, said, where=source, language=language)
    if not stands:
        columns = _by_content([first, *rest], names, columns)
    if TEXT in columns.names:
        return Header(form, names, stands, columns)
    seen = ", ".join(map(repr, names[:12]))[:240]
    return Reason.NO_TEXT_FIELD, f"no column for the text among {seen}: --column text=NAME"


def _names(cells: Iterable[str]) -> tuple[str, ...]:
    """Return the names of columns, trimmed, those that occur again with their number behind them."""
    names: dict[str, None] = {}
    for number, cell in enumerate(cells, 1):
        name = cell.strip() or f"column {number}"
        names[f"{name} {number}" if name in names else name] = None
    return tuple(names)


def _by_content(rows: list[list[str]], names: tuple[str, ...], columns: Columns) -> Columns:
    """Tell the columns of a table without a header by what they hold: the longest is the text; addresses and dates."""
    found = dict(columns.names)
    cells = {name: [row[place] for row in rows if place < len(row)] for place, name in enumerate(names)}
    if TEXT not in found:
        found[TEXT] = max(names, key=lambda name: sum(map(len, cells[name])))
    for name in names:
        filled = [cell.strip() for cell in cells[name] if cell.strip()]
        if not filled or name in found.values():
            continue
        if "url" not in found and all(cell.startswith(("http://", "https://")) for cell in filled):
            found["url"] = name
        elif "published" not in found and all(len(cell) < 40 and stamped(cell) for cell in filled):
            found["published"] = name
    return Columns(found, columns.guessed | (found.keys() - columns.names.keys()))


def _fit(form: Form, sample: Sequence[str], language: str) -> tuple[int, float]:
    """Tell how well a form fits the beginning of a table: its known names, and the share of rows of one width."""
    rows, faults = _sampled(form, sample)
    if not rows:
        return 0, 0.0
    known = len(holders(map(str.strip, rows[0]), language))
    width = len(rows[0])
    same = sum(len(row) == width for row in rows) / (len(rows) + faults)
    wrong = width < 2 or (form.quoting == csv.QUOTE_NONE and _are_quoted(rows))
    return known, 0.0 if wrong else same


def _are_quoted(rows: Iterable[Sequence[str]]) -> bool:
    """Tell whether most cells that begin with a quotation mark end with one: it is the table's and not the words'."""
    begun = [cell for row in rows for cell in row if cell.startswith('"')]
    return 2 * sum(len(cell) > 1 and cell.endswith('"') for cell in begun) > len(begun)


def _sampled(form: Form, sample: Sequence[str]) -> tuple[list[list[str]], int]:
    """Return the rows of a sample that can be read in a form, and how many cannot; its last row may be cut."""
    rows, faults = list[list[str]](), 0
    lines = _Lines.of(sample)
    for row in islice(_rows(lines, form), SAMPLE_ROWS):
        if not isinstance(row, str):
            rows.append(row)
        elif row is OPEN and lines.waiting < len(sample) / 2:
            break
        else:
            faults += 1
    return rows, faults


def _rows(lines: "_Lines", form: Form) -> Iterator[list[str] | str]:
    """Yield the rows, or what is wrong with one; after a row that cannot be read the line below it is the next."""
    csv.field_size_limit(MAX_LINE)
    while True:
        taken = _Taken(lines)
        reader = csv.reader(taken, form)
        while True:
            taken.begin()
            try:
                row = next(reader)
            except StopIteration:
                return
            except (csv.Error, _Unclosed) as error:
                lines.give_back(taken.lines[1:])
                yield OPEN if isinstance(error, _Unclosed) else f"quoted wrongly: {error}"
                break
            yield f"a row of more than {MAX_LINE} characters" if taken.size > MAX_LINE else row


class _Unclosed(Exception):  # noqa: N818 - it never leaves this module
    """A row goes on to the end of the file, or further than a row may."""


class _Taken:
    """The lines that the row under way has taken."""

    def __init__(self, source: "_Lines") -> None:
        self._source = source
        self.begin()

    def begin(self) -> None:
        self.lines: list[str] = []
        self.size = 0

    def __iter__(self) -> "_Taken":
        return self

    def __next__(self) -> str:
        if self.size > MAX_LINE:
            raise _Unclosed
        line = self._source.next()
        if line is None:
            if self.lines:
                raise _Unclosed
            raise StopIteration
        self.lines.append(line)
        self.size += len(line)
        return line


class _Lines:
    """The lines of a file as text, each decoded by itself; lines can be looked at and given back."""

    def __init__(self, file: Readable) -> None:
        self._lines = _decoded(file)
        self._waiting: deque[str] = deque()

    @classmethod
    def of(cls, lines: Iterable[str]) -> "_Lines":
        """Return lines that are text already."""
        made = cls(io.BytesIO())
        made._lines = iter(lines)
        return made

    @property
    def waiting(self) -> int:
        """How many lines were given back and not taken again."""
        return len(self._waiting)

    def next(self) -> str | None:
        return self._waiting.popleft() if self._waiting else next(self._lines, None)

    def give_back(self, lines: Sequence[str]) -> None:
        self._waiting.extendleft(reversed(lines))

    def sample(self) -> list[str]:
        """Return the first lines, which will come again; the last is whole."""
        found: list[str] = []
        size = 0
        while size < SAMPLE and (line := next(self._lines, None)) is not None:
            found.append(line)
            size += len(line)
        self._waiting.extend(found)
        return found


def _decoded(file: Readable) -> Iterator[str]:
    """Yield the lines of a file; UTF-16 as a whole, else each as UTF-8, or Windows-1252 where it is none."""
    head = file.read(4096)
    if (order := utf16_order(head)) is not None:
        # The mark goes with the first line; a NUL in a cell costs that row.
        stream: IO[bytes] = io.BufferedReader(_Joined(head, file))
        for row in io.TextIOWrapper(stream, order, errors="replace", newline=""):
            yield row.removeprefix(BOM)
        return
    mac = b"\r" in head and b"\n" not in head
    first = True
    for raw in _split(head, file, b"\r" if mac else b"\n"):
        line = decode(raw, source="") if b"\x00" not in raw else raw.decode("utf-8", "replace")
        text = raw.decode("latin-1") if isinstance(line, Rejected) else line
        yield text.removeprefix(BOM) if first else text
        first = False


def _split(head: bytes, file: Readable, end: bytes) -> Iterator[bytes]:
    """Yield lines with their ends; one longer than a row may be is cut there."""
    parts, size, data = list[bytes](), 0, head
    while data:
        first, *lines = data.split(end)
        parts.append(first)
        size += len(first)
        if lines:
            yield b"".join(parts) + end
            *whole, last = lines
            yield from (line + end for line in whole)
            parts, size = [last], len(last)
        elif size > MAX_LINE:
            yield b"".join(parts)
            parts, size = [], 0
        data = file.read(1 << 16)
    if size:
        yield b"".join(parts)


class _Joined(io.RawIOBase):
    """What was read of a file already, and then the rest of it."""

    def __init__(self, head: bytes, file: Readable) -> None:
        self._head, self._file = head, file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        data = self._head[: len(buffer)] or self._file.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)
