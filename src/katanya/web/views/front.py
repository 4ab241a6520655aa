"""The front page: the newest statements or what a search finds, and who is quoted most."""

from dataclasses import dataclass

from katanya.ledger.fronts import Counts, Speaker
from katanya.ledger.listing import Found
from katanya.ledger.store import Ledger
from katanya.web.views.asked import Query

BLANK = Query()


@dataclass(frozen=True, slots=True)
class Front:
    """What the front page shows.

    ``query`` is what was asked, ``found`` the newest statements where nothing was. ``quoted`` are those who are quoted
    most, nobody beside a search; ``outlets`` are those with most articles, by name. ``related`` tells whether people
    across articles were looked for.
    """

    query: Query
    found: Found
    counts: Counts
    quoted: tuple[Speaker, ...]
    outlets: tuple[str, ...]
    related: bool


def found(ledger: Ledger, query: Query) -> Found:
    """Return a page of what a search finds; raises `InputError` for a date or cursor that is none."""
    with ledger.still():
        return ledger.listed(
            query.words, query.filters, titles=query.titles, sort=query.sort, cursor=query.cursor, limit=query.limit
        )


def front(ledger: Ledger, query: Query = BLANK) -> Front:
    """Return the front page of a ledger, or the answer to a search; raises `InputError` for a date that is none."""
    with ledger.still():
        begins = query.is_blank and query.cursor is None
        return Front(
            query, found(ledger, query), ledger.counted(), ledger.quoted_most() if begins else (), ledger.outlets(),
            ledger.was_related(),
        )  # fmt: skip
