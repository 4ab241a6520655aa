"""Two sides next to each other: what each says about one topic."""

from dataclasses import dataclass, replace
from enum import StrEnum

from katanya.ledger.listing import PAGE, Found, Sort
from katanya.ledger.people import Counted
from katanya.ledger.search import Filters
from katanya.ledger.store import Ledger
from katanya.web.views.statistics import Share


class Side(StrEnum):
    """What the two sides are."""

    SPEAKER = "speaker"
    OUTLET = "outlet"
    AFFILIATION = "affiliation"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Half:
    """What one side says: its statements, the latest first, and who and what they are.

    ``name`` is what was asked for. ``kinds`` and ``acts`` are shares of all its statements on the topic; ``speakers``
    and ``outlets`` those with most of them.
    """

    name: str
    statements: int
    articles: int
    first: str | None
    last: str | None
    kinds: tuple[Share, ...]
    acts: tuple[Share, ...]
    speakers: tuple[Counted, ...]
    outlets: tuple[Counted, ...]
    found: Found


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides on one topic; a side that was not asked for is null."""

    by: Side
    topic: str
    since: str | None
    until: str | None
    left: Half | None
    right: Half | None


def compare(
    ledger: Ledger,
    by: Side,
    topic: str = "",
    *,
    left: str = "",
    right: str = "",
    since: str | None = None,
    until: str | None = None,
    left_cursor: str | None = None,
    right_cursor: str | None = None,
    limit: int = PAGE,
) -> Comparison:
    """Return what two sides say about a topic; raises `InputError` for a date or cursor that is none."""
    period = Filters(since=since, until=until)
    with ledger.still():
        halves = [
            _half(ledger, replace(period, **{by.value: name}), name, topic, cursor, limit) if name.strip() else None
            for name, cursor in ((left, left_cursor), (right, right_cursor))
        ]
    return Comparison(by, topic, since, until, halves[0], halves[1])


def _half(ledger: Ledger, filters: Filters, name: str, topic: str, cursor: str | None, limit: int) -> Half:
    gathered = ledger.gathered(topic, filters)
    found = ledger.listed(topic, filters, sort=Sort.LATEST, cursor=cursor, limit=limit)
    return Half(
        name, gathered.statements, gathered.articles, gathered.first, gathered.last,
        tuple(map(Share.of, gathered.kinds)), tuple(map(Share.of, gathered.acts)),
        gathered.speakers, gathered.outlets, found,
    )  # fmt: skip
