"""Inputs that could not be read, with the reason."""

from dataclasses import dataclass

from katanya.core.errors import InputError
from katanya.ledger.people import Counted
from katanya.ledger.rejects import Reject
from katanya.ledger.store import Ledger

PAGE = 50
LONGEST = 19  # digits of a number that SQLite takes


@dataclass(frozen=True, slots=True)
class Rejects:
    """A page of rejects, the latest first; ``reasons`` counts those of the whole ledger."""

    total: int
    reasons: tuple[Counted, ...]
    reason: str | None
    rejects: tuple[Reject, ...]
    cursor: str | None


def rejects(ledger: Ledger, reason: str | None = None, *, cursor: str | None = None, limit: int = PAGE) -> Rejects:
    """Return a page of the inputs that could not be read; raises `InputError` for a cursor that is none."""
    before = number(cursor) if cursor else None
    with ledger.still():
        reasons = ledger.reasons()
        found = ledger.rejects(reason=reason or None, before=before, limit=limit + 1)
    following = str(found[limit - 1].number) if len(found) > limit else None
    return Rejects(sum(one.count for one in reasons), reasons, reason or None, found[:limit], following)


def number(cursor: str) -> int:
    """Return the number that a cursor is; raises `InputError` where it is none."""
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) < LONGEST):
        raise InputError("is no cursor", where=f"'{cursor[:40]}'", fix="take it from the page before, unchanged")
    return int(cursor)
