"""One figure as an account of something: who gives it, when, where, and how low and how high it may be."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

LONGEST = 31  # days that a figure may be said to hold for


@dataclass(frozen=True, slots=True)
class Account:
    """A figure of a statement; an open bound is None.

    ``counted`` is the class of what it counts, ``since`` and ``until`` the days that it holds for where the statement
    says so. ``origin`` numbers where the article has its words from, the same for reprints.
    """

    article: str
    statement: str
    date: str | None
    outlet: str | None
    speaker: str | None
    words: str
    counted: str
    low: float | None
    high: float | None
    unit: str | None = None
    kind: str = "count"
    per: str | None = None
    of: str | None = None
    hedge: str | None = None
    since: str | None = None
    until: str | None = None
    places: frozenset[str] = frozenset()
    origin: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the account as plain values."""
        plain = {field.name: getattr(self, field.name) for field in fields(self)}
        return plain | {"places": sorted(self.places)}

    @property
    def order(self) -> tuple[str, str, str, str, str]:
        """Earliest first, those without a date last; all the rest, so that no two accounts stand in one place."""
        return self.date or "9999", self.article, self.statement, self.words, str(self.to_dict())

    @property
    def measure(self) -> tuple[str, str, str, str]:
        """What must be the same for two figures to be compared."""
        return self.counted, self.kind, self.unit or "", self.per or ""

    @property
    def days(self) -> tuple[int, int] | None:
        """The first and the last day that the figure holds for: those it says, else the article's own.

        A longer time than a month, *in 2025*, tells only roughly when, and gives way to the day of the article.
        """
        if self.since and self.until:
            a, b = sorted((_day(self.since), _day(self.until)))
            if b - a <= LONGEST or self.date is None:
                return a, b
        return None if self.date is None else (_day(self.date), _day(self.date))


def agree(one: Account, other: Account) -> bool | None:
    """Tell whether two figures can both be right, ``None`` where they are not of one time and place.

    They part where all that the one allows lies below all that the other allows, on days that both hold for.
    """
    if one.measure != other.measure or not one_place(one, other):
        return None
    a, b = one.days, other.days
    if a is None or b is None or a[1] < b[0] or b[1] < a[0]:
        return None
    return not (_below(one, other) or _below(other, one))


def one_place(one: Account, other: Account) -> bool:
    """Tell whether two accounts may be of one place: some place is named by both, or one names none."""
    return not one.places or not other.places or not one.places.isdisjoint(other.places)


def _below(one: Account, other: Account) -> bool:
    return one.high is not None and other.low is not None and one.high < other.low


def _day(moment: str) -> int:
    padded = moment if len(moment) >= 10 else f"{moment}-01-01"[:10] if len(moment) == 4 else f"{moment}-01"
    return date.fromisoformat(padded[:10]).toordinal()
