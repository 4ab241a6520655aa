"""Statements, articles and people as Parquet, and views over them for DuckDB."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from katanya.exports.arrow import PERSON, STATEMENT, TEXT, struct_of
from katanya.exports.files import new_folder
from katanya.exports.report import Report
from katanya.ledger.provenance import Traced

VIEWS = Path(__file__).with_name("views.sql")
BATCH = 1000  # articles that are held at once, and the most of one row group

CHANGE = struct_of(number=pa.int64(), target=TEXT, words=TEXT, author=TEXT, made=TEXT, reason=TEXT)

# An article has the number of its place in the export: ids may come twice.
SCHEMAS = {
    "articles": pa.schema([
        ("article", pa.int64()), ("id", TEXT), ("url", TEXT), ("outlet", TEXT), ("title", TEXT), ("published", TEXT),
        ("language", TEXT), ("text", TEXT), ("sha256", TEXT), ("version", TEXT), ("model", TEXT), ("filed", TEXT),
    ]),
    "statements": pa.schema([
        ("article", pa.int64()), ("statement", TEXT), *(field for field in STATEMENT if field.name != "id"),
        ("changes", pa.list_(CHANGE)),
    ]),
    "people": pa.schema([("article", pa.int64()), *PERSON]),
}  # fmt: skip


def write(articles: Iterable[Traced], out: Path) -> Report:
    """Write a folder with three Parquet files of the forms `SCHEMAS` and ``views.sql``; raises `InputError`."""
    folder, report = new_folder(out), Report()
    with ExitStack() as held:
        writers = {
            name: held.enter_context(pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd"))
            for name, schema in SCHEMAS.items()
        }
        numbered = enumerate(articles, 1)
        while batch := list(islice(numbered, BATCH)):
            for name, rows in _rows(batch).items():
                writers[name].write_table(pa.Table.from_pylist(rows, SCHEMAS[name]))
            for _, traced in batch:
                report.add(len(traced.article.statements))
    (folder / VIEWS.name).write_bytes(VIEWS.read_bytes())
    return report


def _rows(batch: Iterable[tuple[int, Traced]]) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
    for number, traced in batch:
        record = traced.to_dict()
        key = {"article": number}
        rows["articles"].append({**record, **record["provenance"], **key, "language": record["language"]})
        rows["statements"] += [key | row for row in _statements(record)]
        rows["people"] += [key | person for person in record["people"]]
    return rows


def _statements(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for statement in record["statements"]:
        changes = [change for change in record["provenance"]["changes"] if change["statement"] == statement["id"]]
        figures = [_bounded(figure) for figure in statement["figures"]]
        yield {**statement, "statement": statement["id"], "figures": figures, "changes": changes}


def _bounded(figure: dict[str, Any]) -> dict[str, Any]:
    """Return a figure with bounds that are floats: Arrow takes no whole number past 2⁵³ for one."""
    low, high = (None if figure[side] is None else float(figure[side]) for side in ("low", "high"))
    compared = figure.get("compared")
    return {**figure, "low": low, "high": high, "compared": _bounded(compared) if compared else None}
