"""Parquet tables: an article a row, some rows at a time, only the columns that are needed."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from hashlib import sha256
from importlib.util import find_spec
from typing import IO, TYPE_CHECKING, Any

from katanya.core.errors import MissingExtra
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import LANGUAGE
from katanya.readers.columns import TEXT, Columns, Said, columns_of
from katanya.readers.tables import Fault, Row, read_table
from katanya.readers.text import decode

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 128  # at a time
BUFFER = 1 << 18  # bytes of a column that are read at a time: memory does not grow with the groups of rows


class Parquet:
    """A table with an article a row, opened: what its columns hold, and its rows from a ``first`` one on.

    ``file`` must be seekable; groups of rows before the first that is wanted are not read. ``said`` is that of
    `Delimited`. A list of strings is a text with a paragraph each; columns of other types hold no text. ``digest``
    tells one table from another. Raises `InputError` where a column that was said is not there, `MissingExtra` without
    pyarrow.
    """

    def __init__(
        self,
        file: IO[bytes],
        source: str,
        *,
        said: Said = (),
        language: str = LANGUAGE,
        first: int = 1,
    ) -> None:
        if find_spec("pyarrow") is None:
            raise MissingExtra("reading Parquet needs pyarrow", fix="pip install 'katanya[archives]'")
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._first, self.digest = first, ""
        self.columns: Columns | None = None
        self.fault: Fault | None = None
        self._faults = (pa.ArrowException, OSError, ValueError, MemoryError)
        try:
            self._table = pq.ParquetFile(file, buffer_size=BUFFER, pre_buffer=False)
            schema = self._table.schema_arrow
        except self._faults as error:
            self.fault = _damaged(error)
            return
        self.digest = _digest(self._table)
        columns = columns_of(schema.names, said, where=source, language=language)
        self.fault = _fault(schema, columns)
        self.columns = None if self.fault else columns

    def rows(self) -> Iterator[tuple[int, Row | Fault]]:
        """Yield the rows with their numbers, from 1; of a damaged group, what is wrong in place of its last."""
        if self.columns is None:
            return
        held, text, end = self.columns.holders, self.columns.names[TEXT], 0
        for group in range(self._table.num_row_groups):
            number, end = end, end + self._table.metadata.row_group(group).num_rows
            if end < self._first:
                continue
            try:
                for record in _records(self._table, group, list(self.columns.names.values())):
                    number += 1
                    if number >= self._first:
                        yield number, Row(_plain(record, text), held)
            except self._faults as error:
                reason, told = _damaged(error)
                yield end, (reason, f"rows {number + 1} to {end}: {told}")


def read_parquet(
    file: IO[bytes],
    *,
    source: str,
    language: str = LANGUAGE,
    said: Said = (),
    told: Callable[[Columns], None] = lambda columns: None,
    first: int = 1,
) -> Iterator[tuple[int, Document | Rejected]]:
    """Read a table with an article a row: the number of each row, from 1, and what became of it; see `Parquet`.

    ``told`` is called with what is taken for what before the first row.
    """
    return read_table(Parquet(file, source, said=said, language=language, first=first), source, language, told)


def _fault(schema: "pa.Schema", columns: Columns) -> Fault | None:
    """Say why there is no text; a column of a type that holds none is told with its type."""
    name = columns.names.get(TEXT)
    if name is None:
        seen = ", ".join(map(repr, schema.names[:12]))[:240]
        return Reason.NO_TEXT_FIELD, f"no column for the text among {seen}: --column text=NAME"
    kind = schema.field(name).type if schema.names.count(name) == 1 else "the name of two columns"
    return None if _is_text(kind) else (Reason.NO_TEXT_FIELD, f"'{name}' is {kind} instead of a string"[:300])


def _damaged(error: Exception) -> Fault:
    fault = " ".join(str(error).split())[:240] or type(error).__name__
    return Reason.UNREADABLE, f"the table is damaged: {fault}"


def _digest(table: Any) -> str:
    """Return what tells a table from another: its schema, and the rows and bytes of each group."""
    metadata = table.metadata
    groups = [metadata.row_group(group) for group in range(metadata.num_row_groups)]
    told = [str(table.schema_arrow), *(f"{group.num_rows} {group.total_byte_size}" for group in groups)]
    return sha256("\n".join(told).encode()).hexdigest()


def _is_text(kind: Any) -> bool:
    from pyarrow import types

    if isinstance(kind, str):
        return False
    if types.is_dictionary(kind) or types.is_list(kind) or types.is_large_list(kind):
        kind = kind.value_type
    words = (types.is_string, types.is_large_string, types.is_binary, types.is_large_binary)
    return any(is_kind(kind) for is_kind in words)


def _records(table: Any, group: int, names: list[str]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a group as plain values."""
    for batch in table.iter_batches(batch_size=ROWS, row_groups=[group], columns=names, use_threads=False):
        columns = [batch.column(name) for name in names]
        for place in range(batch.num_rows):
            yield {name: column[place].as_py() for name, column in zip(names, columns, strict=True)}


def _plain(record: dict[str, Any], text: str) -> dict[str, Any]:
    """Return Arrow's values as those of JSON: dates in ISO 8601, bytes decoded, paragraphs a line each."""
    values = {name: _value(value) for name, value in record.items()}
    if isinstance(values[text], list):
        values[text] = "\n".join(str(_value(part)) for part in values[text] if part is not None)
    return values


def _value(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        text = decode(value, source="")
        return value.decode("latin-1") if isinstance(text, Rejected) else text  # NULs are told of as such
    return value
