"""Tables with an article a row: CSV and its kin, plain or packed, and Parquet."""

from collections.abc import Iterator
from hashlib import sha256
from typing import IO

from katanya.batch.inputs.base import Item, Kind, Manner, Place
from katanya.batch.inputs.packed import BROKEN, another, unpacked
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.readers.columns import Said
from katanya.readers.delimited import Delimited
from katanya.readers.language import refused
from katanya.readers.parquet import Parquet
from katanya.readers.tables import Row, read_row

MAGIC = b"PAR1"


class Rows:
    """The rows of a delimited table, plain, gzip or Zstandard, from a place on; those before must be what they were.

    ``note`` tells which columns are taken for what. Raises `InputError` where a column that was said is not there.
    """

    def __init__(self, file: IO[bytes], start: Place, name: str, said: Said) -> None:
        self._content = _Content(unpacked(file))
        self._table = Delimited(self._content, name, said=said)
        self.note = str(self._table.columns or "")
        self._hash = sha256(repr(said).encode())
        self._rows, self._row, self._items = self._table.rows(), 0, 0
        while self._items < start.items and self._next() is not None:
            pass
        if start.digest and self._hash.hexdigest() != start.digest:
            raise another()

    def items(self) -> Iterator[Item]:
        """Yield the rows, then why the file ends before its end, where it does."""
        if self._table.fault is not None and not self._content.broken and not self._items:
            self._items += 1
            yield Item(1, fault=self._table.fault)
        while (item := self._next()) is not None:
            yield item
        if self._content.broken:
            told = f"the compressed file breaks off or is damaged from here on: {self._content.broken}"
            yield Item(self._row + 1, fault=(Reason.UNREADABLE, told))

    def place(self) -> Place:
        """Return the place behind the last row."""
        return Place(self._row, self._items, self._hash.hexdigest())

    def _next(self) -> Item | None:
        found = next(self._rows, None)
        if found is None:
            return None
        self._row, row = found
        self._items += 1
        if isinstance(row, Row):
            self._hash.update("\x1f".join(row.cells.values()).encode("utf-8", "replace"))
            return Item(self._row, row)
        self._hash.update(row[1].encode("utf-8", "replace"))
        return Item(self._row, fault=row)


class Groups:
    """The rows of a Parquet table from a place on; groups of rows before it are not read."""

    def __init__(self, file: IO[bytes], start: Place, name: str, said: Said) -> None:
        """Open the table; raises `InputError` as `Rows` does, `MissingExtra` without pyarrow."""
        self._table = Parquet(file, name, said=said, first=start.offset + 1)
        self.note = str(self._table.columns or "")
        self._digest = sha256(f"{said!r} {self._table.digest}".encode()).hexdigest()
        self._row, self._items = start.offset, start.items
        if start.digest and start.digest != self._digest:
            raise another()

    def items(self) -> Iterator[Item]:
        """Yield the rows, or why there are none."""
        if self._table.fault is not None and not self._items:
            self._items += 1
            yield Item(1, fault=self._table.fault)
        for number, row in self._table.rows():
            self._row, self._items = number, self._items + 1
            yield Item(self._row, row) if isinstance(row, Row) else Item(self._row, fault=row)

    def place(self) -> Place:
        """Return the place behind the last row."""
        return Place(self._row, self._items, self._digest)


class _Content:
    """A file's content; where it is damaged it ends, and ``broken`` says why."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.broken = file, ""

    def read(self, size: int = -1) -> bytes:
        if self.broken:
            return b""
        try:
            return self._file.read(size)
        except BROKEN as error:
            self.broken = str(error) or type(error).__name__
            return b""


def _read(item: Item, source: str, manner: Manner) -> Document | Rejected | None:
    """Read the article of one row."""
    document = read_row(item.data, item.at, source, manner.language)
    return refused(document, source, manner.language) if manner.check_language else document


def _packed(*endings: str) -> tuple[str, ...]:
    return tuple(ending + packed for ending in endings for packed in ("", ".gz", ".zst"))


DELIMITED = Kind("csv", _read, endings=_packed(".csv", ".tsv", ".tab"), table=Rows)
PARQUET = Kind("parquet", _read, endings=(".parquet", ".pq"), starts=(MAGIC,), table=Groups)
