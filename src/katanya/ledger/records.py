"""Records out of the ledger again: what was filed, to the last field, or as it holds with the corrections laid over."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from katanya.core.records import Article, Document, Person, Statement
from katanya.core.spans import Span

CURRENT = "SELECT id FROM readings WHERE current ORDER BY article"
DOCUMENT = """
SELECT e.text, e.document, e.title, e.outlet, e.published, e.url, e.language, e.author, e.modified
FROM readings r JOIN editions e ON e.id = r.edition WHERE r.id = ?
"""
PEOPLE = """
SELECT n.name, p.role, p.affiliation, p.mentions
FROM people p JOIN names n ON n.id = p.name WHERE p.reading = ? ORDER BY p.id
"""
SPANS = ("cue", "source", "time", "place", "event")
STATEMENTS = f"""
SELECT s.id, s.label, s.kind, s.act, n.name AS speaker, s.speaker_kind, whole.label AS within, s.confidence, s.because,
  o.speaker_correction, o.content_correction, other.name AS corrected, o.speaker_kind AS corrected_kind,
  {", ".join(f"s.{name}_start, s.{name}_end" for name in SPANS)}
FROM statements s LEFT JOIN names n ON n.id = s.speaker LEFT JOIN statements whole ON whole.id = s.within
LEFT JOIN overlays o ON o.statement = s.id LEFT JOIN names other ON other.id = o.speaker
WHERE s.reading = ? ORDER BY s.id
"""
# The columns of each sort of value under the names that they have in the record; what has none is in "more".
VALUES = {
    "figures": ("start", "end", "text", "low", "high", "unit", "kind"),
    "times": ("start", "end", "text", "type", "value", "from", "to"),
    "places": ("start", "end", "text", "name", "kind", "country", "region", "lat", "lon", "role"),
}


def articles(connection: sqlite3.Connection, *, corrected: bool = True) -> Iterator[Article]:
    """Yield the current reading of every article, in the order in which the articles were first filed."""
    for (reading,) in connection.execute(CURRENT).fetchall():
        yield article(connection, reading, corrected=corrected)


def article(connection: sqlite3.Connection, reading: int, *, corrected: bool = True) -> Article:
    """Return a reading as an article: as it holds now, or with ``corrected`` false as the machine read it."""
    document = Document(*connection.execute(DOCUMENT, (reading,)).fetchone())
    people = [
        Person(name, role, affiliation, tuple(Span.cut(document.text, *offsets) for offsets in json.loads(mentions)))
        for name, role, affiliation, mentions in connection.execute(PEOPLE, (reading,))
    ]
    cursor = connection.execute(STATEMENTS, (reading,))
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    statements = [_statement(connection, row, document.text, corrected) for row in rows]
    return Article(document, tuple(statements), tuple(people))


def _statement(connection: sqlite3.Connection, row: dict[str, Any], text: str, corrected: bool) -> Statement:
    record: dict[str, Any] = {name: row[name] for name in ("kind", "act", "within", "confidence")}
    overlaid = corrected and row["speaker_correction"] is not None
    record["id"] = row["label"]
    record["speaker"] = row["corrected" if overlaid else "speaker"]
    record["speaker_kind"] = row["corrected_kind" if overlaid else "speaker_kind"]
    record["because"] = json.loads(row["because"])
    for name in SPANS:
        start, end = row[f"{name}_start"], row[f"{name}_end"]
        record[name] = None if start is None else Span.cut(text, start, end).to_dict()
    table = "said_contents" if corrected and row["content_correction"] is not None else "contents"
    found = connection.execute(
        f'SELECT start, "end" FROM {table} WHERE statement = ? ORDER BY number', (row["id"],)
    ).fetchall()
    record["contents"] = [Span.cut(text, start, end).to_dict() for start, end in found]
    for sort, columns in VALUES.items():
        record[sort] = list(_values(connection, sort, columns, row["id"]))
    if corrected:
        _lay_figures(connection, record["figures"], row["id"])
    return Statement.from_dict(record)


def _values(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], statement: int
) -> Iterator[dict[str, Any]]:
    chosen = ", ".join(f'"{column}"' for column in columns)
    found = connection.execute(f"SELECT {chosen}, more FROM {table} WHERE statement = ? ORDER BY id", (statement,))
    for *values, more in found.fetchall():
        yield dict(zip(columns, values, strict=True)) | json.loads(more)


def _lay_figures(connection: sqlite3.Connection, figures: list[dict[str, Any]], statement: int) -> None:
    overlays = connection.execute(
        "SELECT f.start, o.low, o.high, o.unit FROM figures f JOIN figure_overlays o ON o.figure = f.id "
        "WHERE f.statement = ?", (statement,),
    ).fetchall()  # fmt: skip
    for start, low, high, unit in overlays:
        for figure in figures:
            if figure["start"] == start:
                figure |= {"low": low, "high": high, "unit": unit}
