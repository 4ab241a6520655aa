"""One speaker in full: names, offices, months, outlets, and who else speaks in the same articles."""

import sqlite3
from dataclasses import dataclass

from katanya.core.errors import NotThereError
from katanya.ledger.identity import stored as identity
from katanya.ledger.identity.stored import Held
from katanya.ledger.listing import person_name
from katanya.ledger.naming import parted
from katanya.ledger.people import Counted
from katanya.ledger.search import Filters, Spoken
from katanya.ledger.statistics import Share
from katanya.ledger.words import Wording, storable

COUNTERPARTS = 20
NAMES = 50
OFFICES = 200


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody of a name, by the name for addresses, and how many statements."""

    person: str
    name: str
    statements: int


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Who else speaks, in how many of the same articles; ``person`` is null where it is no person across articles."""

    person: str | None
    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class Period:
    """How many statements a month has, ``2022-11``; null counts those without a date."""

    month: str | None
    statements: int


@dataclass(frozen=True, slots=True)
class Outline:
    """All of a speaker but the statements; ``filters`` find those."""

    person: str | None
    name: str
    names: tuple[Counted, ...]
    articles: int
    statements: int
    first: str | None
    last: str | None
    direct: Share
    roles: tuple[Held, ...]
    periods: tuple[Period, ...]
    outlets: tuple[Counted, ...]
    counterparts: tuple[Counterpart, ...]
    others: tuple[Bearer, ...]
    filters: Filters


NUMBER = """
SELECT g.person FROM articles a JOIN readings r ON r.article = a.id JOIN people p ON p.reading = r.id
JOIN names n ON n.id = p.name JOIN sightings g ON g.people = p.id
WHERE a.name = ? AND n.name = ? ORDER BY r.current DESC, g.people DESC LIMIT 1
"""
# What was said, once, in a table of the connection's own that five questions are asked of.
MINE = """
CREATE TEMP TABLE mine AS SELECT s.id AS statement, s.reading, s.kind, e.outlet, e.dated, {speaker} AS speaker,
  {person} AS person
FROM statements s JOIN readings r ON r.id = s.reading AND r.current JOIN editions e ON e.id = r.edition
LEFT JOIN overlays o ON o.statement = s.id WHERE {where}
"""
AS_IT_HOLDS = "CASE WHEN o.speaker_correction IS NULL THEN s.{0} ELSE o.{0} END"
SUMMARY = """
SELECT count(*), count(DISTINCT reading), coalesce(sum(kind = 'direct'), 0),
  count(DISTINCT CASE WHEN kind = 'direct' THEN reading END), min(dated), max(dated) FROM temp.mine
"""
CALLED = """
SELECT n.name, count(*) FROM temp.mine m JOIN names n ON n.id = m.speaker
GROUP BY n.id ORDER BY count(*) DESC, n.name LIMIT ?
"""
ROLES = """
SELECT p.role, p.affiliation, min(m.dated), max(m.dated), count(DISTINCT m.reading)
FROM temp.mine m JOIN people p ON p.id = m.person WHERE p.role IS NOT NULL OR p.affiliation IS NOT NULL
GROUP BY lower(p.role), lower(p.affiliation)
ORDER BY min(m.dated) IS NULL, min(m.dated), p.role, p.affiliation LIMIT ?
"""
PERIODS = "SELECT substr(dated, 1, 7), count(*) FROM temp.mine GROUP BY 1 ORDER BY 1 IS NULL, 1"
OUTLETS = """
SELECT outlet, count(*) FROM temp.mine WHERE outlet IS NOT NULL
GROUP BY outlet ORDER BY count(*) DESC, outlet LIMIT ?
"""
# One row a speaker and article: whom an article names is the same for all of its statements.
OTHERS = """
SELECT n.name, count(DISTINCT s.reading), min(g.person)
FROM (SELECT DISTINCT reading FROM temp.mine) m CROSS JOIN statements s ON s.reading = m.reading
LEFT JOIN overlays o ON o.statement = s.id
JOIN names n ON n.id = CASE WHEN o.speaker_correction IS NULL THEN s.speaker ELSE o.speaker END
LEFT JOIN sightings g ON g.people = CASE WHEN o.speaker_correction IS NULL THEN s.person ELSE o.person END
WHERE CASE WHEN o.speaker_correction IS NULL THEN s.speaker_kind ELSE o.speaker_kind END IN ('person', 'organisation')
  AND n.id NOT IN (SELECT speaker FROM temp.mine WHERE speaker IS NOT NULL)
GROUP BY coalesce(g.person, -n.id) ORDER BY count(DISTINCT s.reading) DESC, n.name LIMIT ?
"""


def number(connection: sqlite3.Connection, person: str) -> int:
    """Return the number of a person from the name for addresses; raises `NotThereError` where there is none."""
    article, name = parted(person)
    row = connection.execute(NUMBER, (storable(article), storable(name))).fetchone()
    if row is None:
        raise NotThereError("no such person", where=person[:80], fix="search for the name")
    return int(row[0])


def outline(
    connection: sqlite3.Connection, wording: Wording, *, person: str | None = None, name: str = ""
) -> Outline:
    """Return a speaker: a person by the name for addresses, else all whose names hold all the words of ``name``.

    Of people across articles who bear the name it is the one who is quoted most. Raises `NotThereError`.
    """
    chosen = number(connection, person) if person else None
    bearers = identity.bearers(connection, name) if name else []
    if chosen is None and bearers:
        chosen = bearers[0].person
    filters = Filters(speaker=name) if chosen is None else Spoken(person=chosen)
    _gather(connection, wording, filters)
    try:
        said, articles, direct, spoken_in, first, last = connection.execute(SUMMARY).fetchone()
        names = tuple(Counted(*row) for row in connection.execute(CALLED, (NAMES,)))
        title = names[0].name if names else name
        if chosen is not None:
            title = str(connection.execute("SELECT name FROM persons WHERE id = ?", (chosen,)).fetchone()[0])
            bearers = bearers or identity.bearers(connection, title)
        return Outline(
            person_name(connection, chosen) if chosen is not None else None, title, names, articles, said, first, last,
            Share("direct", direct, said, spoken_in),
            tuple(Held(*row) for row in connection.execute(ROLES, (OFFICES,))),
            tuple(Period(*row) for row in connection.execute(PERIODS)),
            tuple(Counted(*row) for row in connection.execute(OUTLETS, (NAMES,))),
            tuple(
                Counterpart(None if other is None else person_name(connection, other), called, count)
                for called, count, other in connection.execute(OTHERS, (COUNTERPARTS,)).fetchall()
            ),
            tuple(
                Bearer(person_name(connection, one.person), one.name, one.statements)
                for one in bearers if one.person != chosen
            ),
            filters,
        )  # fmt: skip
    finally:
        connection.execute("DROP TABLE temp.mine")


def _gather(connection: sqlite3.Connection, wording: Wording, filters: Filters) -> None:
    conditions = list(filters.conditions(connection, wording))
    columns = {column: AS_IT_HOLDS.format(column) for column in ("speaker", "person")}
    where = " AND ".join(condition for condition, _ in conditions) or "0"
    values = [storable(value) for _, more in conditions for value in more]
    connection.execute("DROP TABLE IF EXISTS temp.mine")
    connection.execute(MINE.format(where=where, **columns), values)
