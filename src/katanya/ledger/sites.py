"""Where the accounts of a track stand: their articles and statements for addresses, and the places on a map."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from katanya.ledger.naming import statement_name

MOST = 40  # places of a map


@dataclass(frozen=True, slots=True)
class Site:
    """An article and a statement there by their names for addresses, the statement by its number as well."""

    article: str
    statement: str | None
    number: int | None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that accounts name, and how many do."""

    name: str
    country: str | None
    lat: float
    lon: float
    accounts: int


SITE = """
SELECT a.name, s.id FROM articles a JOIN readings r ON r.article = a.id AND r.current
LEFT JOIN statements s ON s.reading = r.id AND s.label = ?2 WHERE a.key = ?1
ORDER BY s.id IS NULL, a.number LIMIT 1
"""
SPOTS = """
SELECT name, min(country), avg(lat), avg(lon), count(DISTINCT statement) FROM places
WHERE statement = ? AND name IS NOT NULL AND lat IS NOT NULL AND lon IS NOT NULL GROUP BY name
"""


def sited(connection: sqlite3.Connection, accounts: Sequence[tuple[str, str | None]]) -> list[Site | None]:
    """Return where accounts stand, each given by its article's key and a label there; ``None`` where it is gone."""
    found: list[Site | None] = []
    for key, label in accounts:
        row = connection.execute(SITE, (key, label)).fetchone()
        if row is None:
            found.append(None)
            continue
        name, number = row
        found.append(Site(name, None if label is None or number is None else statement_name(name, label), number))
    return found


def spots(connection: sqlite3.Connection, statements: Sequence[int]) -> tuple[Spot, ...]:
    """Return the places that statements name, those first that most of them name."""
    found: dict[tuple[str, float, float], Spot] = {}
    for statement in dict.fromkeys(statements):
        for name, country, lat, lon, _ in connection.execute(SPOTS, (statement,)).fetchall():
            before = found.get((name, lat, lon))
            found[name, lat, lon] = Spot(name, country, lat, lon, before.accounts + 1 if before else 1)
    return tuple(sorted(found.values(), key=lambda spot: (-spot.accounts, spot.name))[:MOST])
