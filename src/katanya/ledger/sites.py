"""Where the accounts of a track stand: their articles and statements for addresses."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from katanya.ledger.naming import statement_name


@dataclass(frozen=True, slots=True)
class Site:
    """An article and a statement there by their names for addresses, the statement by its number as well."""

    article: str
    statement: str | None
    number: int | None


SITE = """
SELECT a.name, s.id FROM articles a JOIN readings r ON r.article = a.id AND r.current
LEFT JOIN statements s ON s.reading = r.id AND s.label = ?2 WHERE a.key = ?1
ORDER BY s.id IS NULL, a.number LIMIT 1
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
