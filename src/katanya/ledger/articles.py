"""One article in full: its reading as it holds now, what the machine had read, its editions and corrections."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from katanya.core import records as core
from katanya.core.errors import NotThereError
from katanya.ledger import records
from katanya.ledger.corrections import Correction, listed
from katanya.ledger.listing import person_name
from katanya.ledger.naming import parted, statement_name
from katanya.ledger.words import storable


@dataclass(frozen=True, slots=True)
class Edition:
    """What an article said at one time; ``changes`` are the fields that differ from the edition before."""

    number: int
    title: str | None
    published: str | None
    filed: str | None
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What the ledger knows of a statement beside its record.

    ``person`` and ``quotation`` are names for addresses, ``versions`` how many articles have the quotation.
    ``corrections`` lie on it, ``figures`` those on its figures by where these begin.
    """

    number: int
    person: str | None
    role: str | None
    affiliation: str | None
    quotation: str | None
    versions: int
    corrections: tuple[int, ...]
    figures: dict[int, int]


@dataclass(frozen=True, slots=True)
class Opened:
    """An article of the ledger: the reading that is shown, and beside each statement what is known of it.

    ``was`` is the same as the machine read it, where corrections lie over it. ``people`` are the names for addresses of
    the article's people, in their order. ``placed`` has for each correction the label of the statement that it lies on.
    """

    name: str
    key: str
    article: core.Article
    was: core.Article | None
    dated: str | None
    edition: int
    is_current: bool
    editions: tuple[Edition, ...]
    around: tuple[Around, ...]
    people: tuple[str | None, ...]
    corrections: tuple[Correction, ...]
    placed: dict[int, str]
    version: str
    model: str
    filed: str | None


ARTICLE = "SELECT id, key FROM articles WHERE name = ?"
EDITIONS = "SELECT id, number, title, published, filed, difference FROM editions WHERE article = ? ORDER BY number"
READING = """
SELECT r.id, r.current, r.filed, p.version, p.model, e.dated FROM readings r JOIN programs p ON p.id = r.program
JOIN editions e ON e.id = r.edition WHERE r.edition = ? ORDER BY r.current DESC, r.id DESC LIMIT 1
"""
AROUND = """
SELECT s.id, coalesce(g.person, CASE WHEN o.speaker_correction IS NULL THEN h.person END), p.role, p.affiliation,
  v.quotation, o.speaker_correction, o.content_correction
FROM statements s LEFT JOIN overlays o ON o.statement = s.id
LEFT JOIN people p ON p.id = CASE WHEN o.speaker_correction IS NULL THEN s.person ELSE o.person END
LEFT JOIN sightings g ON g.people = p.id LEFT JOIN office_holders h ON h.statement = s.id
LEFT JOIN versions v ON v.statement = s.id
WHERE s.reading = ? ORDER BY s.id
"""
LAID = """
SELECT f.statement, f.start, o.correction FROM statements s JOIN figures f ON f.statement = s.id
JOIN figure_overlays o ON o.figure = f.id WHERE s.reading = ?
"""
PEOPLE = """
SELECT g.person FROM people p LEFT JOIN sightings g ON g.people = p.id WHERE p.reading = ? ORDER BY p.id
"""
FIRST = """
SELECT a.name, s.label, (SELECT count(*) FROM versions WHERE quotation = v.quotation)
FROM versions v JOIN statements s ON s.id = v.statement JOIN readings r ON r.id = s.reading
JOIN articles a ON a.id = r.article WHERE v.quotation = ? ORDER BY v.number LIMIT 1
"""
PLACED = """
SELECT a.name, (SELECT label FROM statements WHERE id = ?1) FROM statements s JOIN readings r ON r.id = s.reading
JOIN articles a ON a.id = r.article WHERE s.id = ?2
"""
NUMBER = """
SELECT s.id FROM articles a JOIN readings r ON r.article = a.id AND r.current JOIN statements s ON s.reading = r.id
WHERE a.name = ? AND s.label = ?
"""


def number(connection: sqlite3.Connection, statement: str) -> int:
    """Return the number of a current statement from its name for addresses; raises `NotThereError`."""
    row = connection.execute(NUMBER, tuple(map(storable, parted(statement)))).fetchone()
    if row is None:
        raise NotThereError("no such statement in the current reading", where=statement[:80],
                            fix="look at the article as it is now")
    return int(row[0])


def opened(connection: sqlite3.Connection, name: str, edition: int | None = None) -> Opened:
    """Return an article by its name for addresses, in one of its editions, the last unless told.

    Raises `NotThereError` where there is none.
    """
    row = connection.execute(ARTICLE, (storable(name),)).fetchone()
    if row is None:
        raise NotThereError("no such article", where=name[:80], fix="search for its words")
    article, key = row
    editions = connection.execute(EDITIONS, (article,)).fetchall()
    chosen = next((one for one in editions if one[1] == (edition or editions[-1][1])), None)
    read = chosen and connection.execute(READING, (chosen[0],)).fetchone()
    if not (chosen and read):
        raise NotThereError(f"the article has no edition {edition}", where=name[:80], fix=f"1 to {editions[-1][1]}")
    reading, current, filed, version, model, dated = read
    corrections = tuple(listed(connection, article=article))
    return Opened(
        name, key, records.article(connection, reading, corrected=bool(current)),
        records.article(connection, reading, corrected=False) if corrections and current else None,
        dated, chosen[1], bool(current),
        tuple(
            Edition(number, title, published, filed_then, tuple(json.loads(changes or "{}")))
            for _, number, title, published, filed_then, changes in editions
        ),
        tuple(_around(connection, reading)),
        tuple(
            None if person is None else person_name(connection, person)
            for (person,) in connection.execute(PEOPLE, (reading,)).fetchall()
        ),
        corrections, _labels(connection, corrections), version, model, filed,
    )  # fmt: skip


def placed(connection: sqlite3.Connection, corrections: Sequence[Correction]) -> list[tuple[str, str | None]]:
    """Return for each correction its article's name and the label of the statement that it lies on, if any."""
    return [
        connection.execute(PLACED, (one.statement, one.made_on)).fetchone() for one in corrections
    ]


def _around(connection: sqlite3.Connection, reading: int) -> list[Around]:
    figures: dict[int, dict[int, int]] = {}
    for statement, start, correction in connection.execute(LAID, (reading,)):
        figures.setdefault(statement, {})[start] = correction
    found, persons = [], dict[int, str]()
    for number, person, role, affiliation, quotation, *laid in connection.execute(AROUND, (reading,)).fetchall():
        if person is not None and person not in persons:
            persons[person] = person_name(connection, person)
        first, versions = _first(connection, quotation) if quotation is not None else (None, 0)
        corrections = [one for one in laid if one is not None] + list(figures.get(number, {}).values())
        found.append(Around(
            number, persons.get(person), role, affiliation, first, versions, tuple(sorted(corrections)),
            figures.get(number, {}),
        ))  # fmt: skip
    return found


def _first(connection: sqlite3.Connection, quotation: int) -> tuple[str, int]:
    article, label, versions = connection.execute(FIRST, (quotation,)).fetchone()
    return statement_name(article, label), versions


def _labels(connection: sqlite3.Connection, corrections: Sequence[Correction]) -> dict[int, str]:
    found = zip(corrections, placed(connection, corrections), strict=True)
    return {correction.id: label for correction, (_, label) in found if label is not None}
