"""Quotations in the ledger's file: found among all statements that hold now, and shown with their drift."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from katanya.ledger.index import contents
from katanya.ledger.quotations.drift import Drift, drift
from katanya.ledger.quotations.origins import Piece, houses_of, origins
from katanya.ledger.quotations.versions import Version

NAMED = ("person", "organisation", "document")
CONTENT = """(
  SELECT group_concat(text, ' ') FROM (SELECT text FROM said_contents c WHERE c.statement = s.statement ORDER BY number)
)"""
SAID = f"""
SELECT s.statement, a.key, s.label, s.kind, s.speaker_name, s.speaker_kind, f.person, s.dated, s.outlet, s.title,
  {CONTENT}
FROM said s JOIN articles a ON a.id = s.article LEFT JOIN found f ON f.people = s.person
WHERE s.within IS NULL ORDER BY s.statement
"""
PLACE = """
SELECT e.text, min(c.start), max(c."end") FROM statements s JOIN readings r ON r.id = s.reading
JOIN editions e ON e.id = r.edition JOIN said_contents c ON c.statement = s.id WHERE s.id = ?
"""
SHOWN = """
SELECT s.statement, s.document, s.outlet, s.dated, s.title, s.speaker_name, s.kind, v.origin, o.house, o.because
FROM versions v CROSS JOIN said s ON s.statement = v.statement
JOIN origins o ON o.quotation = v.quotation AND o.number = v.origin
WHERE v.quotation = ? ORDER BY v.number
"""


@dataclass(frozen=True, slots=True)
class Told:
    """A version of a quotation with its article, where that has it from, and what changed since the earliest.

    ``carried`` are the outlets, or else the addresses, of copies of the article: they were not read, and say the same.
    """

    statement: int
    article: str
    outlet: str | None
    dated: str | None
    title: str | None
    speaker: str | None
    kind: str
    origin: int
    house: str | None
    because: tuple[str, ...]
    content: str
    drift: Drift
    carried: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the version as plain values; the drift as steps of words before and after."""
        return {
            "statement": self.statement, "article": self.article, "outlet": self.outlet, "dated": self.dated,
            "title": self.title, "speaker": self.speaker, "kind": self.kind, "origin": self.origin, "house": self.house,
            "because": list(self.because), "carried": list(self.carried), "content": self.content,
            "changed": self.drift.changed,
            "drift": [[step.change.value, " ".join(step.before), " ".join(step.after)] for step in self.drift.steps],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quoted:
    """One quotation in all its versions, earliest first."""

    id: int
    versions: tuple[Told, ...]

    @property
    def origins(self) -> int:
        """How many places the articles have it from, reprints counted once."""
        return len({version.origin for version in self.versions})

    def to_dict(self) -> dict[str, Any]:
        """Return the quotation as plain values."""
        return {"id": self.id, "origins": self.origins, "versions": [version.to_dict() for version in self.versions]}


def relate(connection: sqlite3.Connection, language: str) -> int:
    """Make the quotations anew from all statements that hold now; return how many stand in several articles.

    Whose words they are goes by who the program found, not by the choices: a choice takes effect without this.
    """
    from katanya.ledger.quotations.clusters import quotations  # numpy, which no question needs

    rows: dict[Version, int] = {}
    for version, statement in versions_of(connection):
        rows.setdefault(version, statement)
    found = quotations(list(rows))
    houses = houses_of(language)
    for table in ("versions", "origins", "quotations"):
        connection.execute(f"DELETE FROM {table}")
    for at, quotation in enumerate(found, 1):
        whence = origins([_piece(connection, version, rows[version]) for version in quotation.versions], houses)
        place = {piece.article: (number, place) for number, origin in enumerate(whence)
                 for place, piece in enumerate(origin.pieces)}
        versions = sorted(quotation.versions, key=lambda one: (one.date or "9999", place[one.article], one.order))
        connection.execute("INSERT INTO quotations VALUES (?)", (at,))
        connection.executemany("INSERT INTO versions VALUES (?, ?, ?, ?)", (
            (rows[version], at, number, place[version.article][0]) for number, version in enumerate(versions)
        ))  # fmt: skip
        connection.executemany("INSERT INTO origins VALUES (?, ?, ?, ?)", (
            (at, number, origin.house, json.dumps(origin.because)) for number, origin in enumerate(whence)
        ))  # fmt: skip
    return len(found)


def versions_of(connection: sqlite3.Connection) -> Iterator[tuple[Version, int]]:
    """Yield all statements that hold now, as versions of quotations, and their numbers."""
    for statement, article, label, kind, speaker, sort, person, dated, outlet, title, text in connection.execute(SAID):
        direct, named = kind != "indirect", sort in NAMED
        yield Version(article, label, text or "", direct, speaker, named, person, dated, outlet, title), statement


def of_statements(
    connection: sqlite3.Connection, statements: Iterable[int], limit: int | None = None
) -> list[Quoted]:
    """Return the quotations that some statements are versions of, each once, in the order of the statements."""
    numbers: dict[int, None] = {}
    for statement in statements:
        row = connection.execute("SELECT quotation FROM versions WHERE statement = ?", (statement,)).fetchone()
        if row:
            numbers.setdefault(row[0])
    return [_quoted(connection, number) for number in list(numbers)[:limit]]


def _quoted(connection: sqlite3.Connection, number: int) -> Quoted:
    rows = connection.execute(SHOWN, (number,)).fetchall()
    versions = []
    said = [" ".join(contents(connection, row[0])) for row in rows]
    for (statement, article, outlet, dated, title, speaker, kind, origin, house, because), content in zip(
        rows, said, strict=True
    ):
        reasons, changes = tuple(json.loads(because)), drift(said[0], content)
        versions.append(
            Told(statement, article, outlet, dated, title, speaker, kind, origin, house, reasons, content, changes,
                 _carried(connection, statement))
        )  # fmt: skip
    return Quoted(number, tuple(versions))


def _carried(connection: sqlite3.Connection, statement: int) -> tuple[str, ...]:
    rows = connection.execute(
        "SELECT DISTINCT coalesce(outlet, url, '') FROM carried WHERE statement = ? AND copy IS NOT NULL ORDER BY 1",
        (statement,),
    )
    return tuple(name for (name,) in rows if name)


def _piece(connection: sqlite3.Connection, version: Version, statement: int) -> Piece:
    text, start, end = connection.execute(PLACE, (statement,)).fetchone()
    return Piece(version.date, version.article, version.outlet, text, start, end)
