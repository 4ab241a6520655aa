"""What a ledger is at a glance: how much it holds, who is quoted most, which outlets it has."""

import sqlite3
from dataclasses import dataclass

from katanya.ledger.listing import person_name

SPEAKERS = 12  # shown on the front page
OUTLETS = 200


@dataclass(frozen=True, slots=True)
class Counts:
    """How much holds now: articles with a current reading, their statements; all outlets, people and rejects.

    ``people`` are those across articles, nought before they were looked for; ``first`` and ``last`` the dates of the
    earliest and the latest article.
    """

    articles: int
    statements: int
    outlets: int
    people: int
    rejects: int
    corrections: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who is quoted, and how often; ``person`` is the name for addresses, null before people were related."""

    person: str | None
    name: str
    statements: int


COUNTS = """
SELECT (SELECT count(*) FROM readings WHERE current),
  (SELECT count(*) FROM statements s JOIN readings r ON r.id = s.reading WHERE r.current),
  (SELECT count(DISTINCT outlet) FROM editions), (SELECT count(*) FROM persons), (SELECT count(*) FROM rejections),
  (SELECT count(*) FROM corrections WHERE undone IS NULL),
  (SELECT min(dated) FROM editions), (SELECT max(dated) FROM editions)
"""
# By the index of the statements' speakers: what was corrected is taken off one and put to another.
PERSONS = """
WITH spoken (person, n) AS (
  SELECT g.person, count(*) FROM sightings g JOIN statements s ON s.person = g.people
    JOIN people p ON p.id = g.people JOIN readings r ON r.id = p.reading AND r.current GROUP BY g.person
  UNION ALL SELECT person, count(*) FROM office_holders GROUP BY person
  UNION ALL SELECT g.person, -1 FROM overlays o JOIN statements s ON s.id = o.statement
    JOIN sightings g ON g.people = s.person WHERE o.speaker_correction IS NOT NULL
  UNION ALL SELECT g.person, 1 FROM overlays o JOIN sightings g ON g.people = o.person
)
SELECT n.id, n.name, sum(spoken.n) FROM spoken JOIN persons n ON n.id = spoken.person
GROUP BY n.id ORDER BY sum(spoken.n) DESC, n.id LIMIT ?
"""
NAMES = """
SELECT n.name, count(*) FROM statements s JOIN readings r ON r.id = s.reading AND r.current
LEFT JOIN overlays o ON o.statement = s.id
JOIN names n ON n.id = CASE WHEN o.speaker_correction IS NULL THEN s.speaker ELSE o.speaker END
WHERE CASE WHEN o.speaker_correction IS NULL THEN s.speaker_kind ELSE o.speaker_kind END = 'person'
GROUP BY n.id ORDER BY count(*) DESC, n.name LIMIT ?
"""


def counts(connection: sqlite3.Connection) -> Counts:
    """Return how much the ledger holds."""
    return Counts(*connection.execute(COUNTS).fetchone())


def quoted_most(connection: sqlite3.Connection, limit: int = SPEAKERS) -> tuple[Speaker, ...]:
    """Return the people who are quoted most: across articles where they were related, else by name as written."""
    rows = connection.execute(PERSONS, (limit,)).fetchall()
    if rows:
        return tuple(Speaker(person_name(connection, person), name, count) for person, name, count in rows)
    return tuple(Speaker(None, name, count) for name, count in connection.execute(NAMES, (limit,)))


def outlets(connection: sqlite3.Connection, limit: int = OUTLETS) -> tuple[str, ...]:
    """Return the outlets by name, those with most articles."""
    rows = connection.execute(
        "SELECT outlet FROM (SELECT outlet, count(*) AS n FROM editions WHERE outlet IS NOT NULL GROUP BY outlet "
        "ORDER BY n DESC, outlet LIMIT ?) ORDER BY outlet", (limit,),
    )  # fmt: skip
    return tuple(outlet for (outlet,) in rows)
