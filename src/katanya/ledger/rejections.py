"""Inputs that were not read: nothing disappears, and what is read after all leaves a trace."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from katanya.core.outcomes import Rejected
from katanya.ledger.words import storable

COLUMNS = ("source", "entry", "at", "reason", "detail")

Where = tuple[str, str, int]  # source, entry, at


@dataclass(frozen=True, slots=True)
class Rejection:
    """An input that was not read, as it stands in the ledger."""

    id: int
    source: str
    entry: str
    at: int
    reason: str
    detail: str

    def to_dict(self) -> dict[str, Any]:
        """Return the fields that tell what it is and where it stands."""
        return {name: getattr(self, name) for name in COLUMNS}


def note(connection: sqlite3.Connection, where: Where, rejected: Rejected, now: str | None) -> None:
    """Note an input that was not read; the same one stands once, and stands again where it was mended."""
    source, entry, at = where
    connection.execute(
        "INSERT INTO rejections (source, entry, at, reason, detail, filed) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET mended_by = NULL, mended = NULL",
        (storable(source), storable(entry), at, rejected.reason.value, storable(rejected.detail), now),
    )


def mend(connection: sqlite3.Connection, id: int, program: int, now: str | None) -> None:
    """Note that a reject does not stand any longer, and by whose reading."""
    connection.execute("UPDATE rejections SET mended_by = ?, mended = ? WHERE id = ?", (program, now, id))


def listed(
    connection: sqlite3.Connection, source: str | None = None, reason: str | None = None, *, mended: bool = False
) -> list[Rejection]:
    """Return the rejects that stand, or those that were ``mended``, in the order in which they were filed.

    ``source`` is part of the file's path or the address, ``reason`` the reason or how it begins.
    """
    condition, values = _filter(source, reason, mended)
    found = connection.execute(
        f"SELECT id, {', '.join(COLUMNS)} FROM rejections WHERE {condition} ORDER BY id", values
    )
    return [Rejection(*row) for row in found]


def counted(
    connection: sqlite3.Connection, source: str | None = None, reason: str | None = None
) -> list[dict[str, Any]]:
    """Return how many rejects stand for each file and reason; the filters are those of `listed`."""
    condition, values = _filter(source, reason)
    found: Iterator[tuple[str, str, int]] = connection.execute(
        f"SELECT source, reason, count(*) FROM rejections WHERE {condition} GROUP BY 1, 2 ORDER BY min(id)", values
    )
    return [{"source": where, "reason": why, "rejects": count} for where, why, count in found]


def _filter(source: str | None, reason: str | None, mended: bool = False) -> tuple[str, list[str]]:
    conditions, values = ["mended_by IS NOT NULL" if mended else "mended_by IS NULL"], list[str]()
    if source:
        conditions.append("instr(source, ?)")
        values.append(source)
    if reason:
        conditions.append("substr(reason, 1, length(?)) = ?")
        values += [reason, reason]
    return " AND ".join(conditions), values
