"""Inputs that could not be read, a page at a time, the latest first."""

import sqlite3
from dataclasses import dataclass

from katanya.ledger.people import Counted


@dataclass(frozen=True, slots=True)
class Reject:
    """An input that could not be read: file or address, what it is within that, why, and what exactly was seen.

    ``entry`` is the member of an archive, ``at`` the line or number there, nought for the whole.
    """

    number: int
    source: str
    entry: str
    at: int
    reason: str
    detail: str
    filed: str | None


def page(
    connection: sqlite3.Connection, reason: str | None, before: int | None, limit: int
) -> tuple[Reject, ...]:
    """Return rejects that stand, the latest first: those of a reason, those before a number."""
    found = connection.execute(
        "SELECT id, source, entry, at, reason, detail, filed FROM rejections WHERE mended_by IS NULL "
        "AND (?1 IS NULL OR reason = ?1) AND (?2 IS NULL OR id < ?2) ORDER BY id DESC LIMIT ?3",
        (reason, before, limit),
    )
    return tuple(Reject(*row) for row in found)


def reasons(connection: sqlite3.Connection) -> tuple[Counted, ...]:
    """Return how many rejects stand, by reason."""
    found = connection.execute(
        "SELECT reason, count(*) FROM rejections WHERE mended_by IS NULL GROUP BY reason ORDER BY count(*) DESC, reason"
    )
    return tuple(Counted(*row) for row in found)
