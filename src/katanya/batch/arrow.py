"""Arrow batch in, Arrow batch out: one contract for this program's own workers and for engines that move tables.

Every item becomes one row: an article with its statements and people inside it, or the reason why it was not read.
What a row holds is a function of the item alone, so that engines agree to the byte, whoever does which part.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
from pyarrow import json

from katanya.api import dated
from katanya.batch.reading import Task, document_of, place_of, read, reader
from katanya.core.outcomes import Rejected
from katanya.core.records import Article
from katanya.core.settings import DEFAULT_MODEL, LANGUAGE
from katanya.exports.arrow import PERSON, STATEMENT, TEXT
from katanya.readers.columns import Holders, article_of, columns_of

# ``source`` tells where the item stands; ``dated`` is the printed date in ISO 8601, null where it is not certain;
# of an item that was not read only ``source``, ``reason`` and ``detail`` are there.
SCHEMA = pa.schema([
    ("source", TEXT), ("id", TEXT), ("url", TEXT), ("outlet", TEXT), ("title", TEXT), ("author", TEXT),
    ("published", TEXT), ("dated", TEXT), ("modified", TEXT), ("language", TEXT), ("text", TEXT),
    ("statements", pa.list_(STATEMENT)), ("people", pa.list_(PERSON)), ("reason", TEXT), ("detail", TEXT),
])  # fmt: skip
ROWS = 64  # that are held as objects at once
LARGEST = (1 << 31) - 1  # bytes that one row of JSON may have, as Arrow reads it

_encode = msgspec.json.Encoder().encode


def batch_of(outcomes: Iterable[tuple[str, Article | Rejected]], language: str = LANGUAGE) -> pa.RecordBatch:
    """Return the rows of some outcomes, each with the place where it stands."""
    lines = [_encode(_row(source, outcome, language)) for source, outcome in outcomes]
    if not lines:
        return pa.RecordBatch.from_pylist([], SCHEMA)
    data = b"\n".join(lines)
    table = json.read_json(
        pa.BufferReader(data),
        read_options=json.ReadOptions(use_threads=False, block_size=min(len(data) + 1, LARGEST)),
        parse_options=json.ParseOptions(explicit_schema=SCHEMA, unexpected_field_behavior="error"),
    )
    return table.combine_chunks().to_batches()[0]


def read_task(task: Task) -> pa.RecordBatch:
    """Read the items of a task, a row each."""
    return batch_of(read_items(task), task.manner.language)


def read_items(task: Task) -> Iterator[tuple[str, Article | Rejected]]:
    """Read the items of a task, and tell where each stands."""
    reads = reader(task.manner.language, task.model)
    for item in task.chunk.items:
        found = document_of(task, item)
        if found is not None:
            place = place_of(task.name, item)
            yield place, read(found, reads, place)


@dataclass(frozen=True)
class Rows:
    """Reads tables of articles, a row each: called with batches, gives batches back, and can be sent to a worker.

    ``columns`` says which column holds what (``{"text": "isi"}``); those that are not said are known by their names.
    A row is told by its ``id`` or ``url``, without them by a digest of what it holds. ``model`` is that of `Reader`.
    """

    columns: Mapping[str, str] | None = None
    language: str = LANGUAGE
    model: str | Path | None = DEFAULT_MODEL

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Read batches of any size; raises `InputError` where a column that was said is not there."""
        reads = reader(self.language, self.model)
        for batch in batches:
            held = columns_of(batch.schema.names, self.columns, where="the table", language=self.language).holders
            for start in range(0, batch.num_rows, ROWS):
                places = _placed(batch.slice(start, ROWS).to_pylist(), held)
                found = ((place, article_of(row, held, where=place, made_up="")) for row, place in places)
                yield batch_of(((place, read(document, reads, place)) for place, document in found), self.language)


def _placed(rows: Iterable[dict[str, Any]], held: Holders) -> Iterator[tuple[dict[str, Any], str]]:
    names = [name for field in ("id", "url") for name in held.get(field, ())]
    for row in rows:
        yield row, next((str(row[name]) for name in names if row.get(name) is not None), None) or _digest(row)


def _digest(row: dict[str, Any]) -> str:
    """Return what tells a row without a name from others: rows of one digest are the same."""
    return f"row:{sha256(repr(sorted(row.items())).encode(errors='surrogatepass')).hexdigest()[:16]}"


def _row(source: str, outcome: Article | Rejected, language: str) -> dict[str, Any]:
    if isinstance(outcome, Rejected):
        return {"source": source, "reason": outcome.reason.value, "detail": outcome.detail}
    return {"source": source, "dated": dated(outcome.document.published, language), **outcome.to_dict()}
