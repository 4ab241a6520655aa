"""One figure as an account of something: who gives it, when, where, and how low and how high it may be."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any

LONGEST = 27  # days that what is counted may have taken, beyond them the time is a period of its own: a month, a year
TOGETHER = 180  # minutes that may lie between two counts of one day so that they are held against each other
DAY = 24 * 60  # minutes

TOWNS = frozenset({"city", "regency"})  # kinds that part a province among them

Moments = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place by the name it is known under: its kind, country (ISO 3166-1), region (ISO 3166-2) and degrees."""

    name: str
    kind: str | None = None
    country: str | None = None
    region: str | None = None
    lat: float | None = None
    lon: float | None = None

    def holds(self, other: "Spot") -> bool:
        """Tell whether another place lies in this one, as far as its codes tell: those of a country or a province."""
        if self.kind == "country":
            return self.country is not None and self.country == other.country and other.kind != "country"
        if self.kind != "province" or other.kind == "province":
            return False
        return self.region is not None and self.region == other.region

    def is_apart(self, other: "Spot") -> bool:
        """Tell whether two places surely lie apart, as far as country, province and the towns of one country tell."""
        if self.name == other.name or self.holds(other) or other.holds(self):
            return False
        for one, another in ((self.country, other.country), (self.region, other.region)):
            if one is not None and another is not None and one != another:
                return True
        return self.kind in TOWNS and other.kind in TOWNS and self.region is not None and self.region == other.region

    def to_dict(self) -> dict[str, Any]:
        """Return the place as plain values."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class Account:
    """A figure that an article gives; an open bound is None.

    ``statement`` is that of the article which says it and ``speaker`` who does, both None where the article tells it in
    its own name. ``date`` is the article's, ``told`` when the count was taken where the words say so. ``since`` and
    ``until`` are the days of what is counted. ``counted`` is its class, ``aspect`` whether it is told as what came anew
    (``increase``) or as what is to come (``target``), ``group`` whom alone it counts (children, soldiers). ``where``
    are the places, ``origin`` numbers where the article has its words from, the same for reprints. ``grows`` says that
    such a count may change within hours, ``because`` how place and time are known.
    """

    article: str
    statement: str | None
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
    where: tuple[Spot, ...] = ()
    origin: int | None = None
    aspect: str | None = None
    group: str | None = None
    told: str | None = None
    role: str | None = None
    title: str | None = None
    url: str | None = None
    sentence: str | None = None
    start: int | None = None
    grows: bool = False
    because: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the account as plain values."""
        plain = {field.name: getattr(self, field.name) for field in fields(self)}
        return plain | {
            "places": sorted(self.places), "where": [spot.to_dict() for spot in self.where],
            "because": list(self.because), "source": self.source,
        }  # fmt: skip

    @property
    def source(self) -> str:
        """Who gives the figure: the speaker, else the outlet, else the article."""
        return self.speaker or self.outlet or self.article

    @property
    def places(self) -> frozenset[str]:
        """The names of the places."""
        return frozenset(spot.name for spot in self.where)

    @property
    def order(self) -> tuple[str, str, int, float, str]:
        """Earliest first, those without a date last; all the rest, so that no two accounts stand in one place."""
        when = self.told or self.date or self.since or "9999"
        return when, self.article, self.start or 0, self.low or 0.0, repr(self)

    @property
    def period(self) -> tuple[str, str] | None:
        """The time of what is counted where that is long: *in October*, *in 2025*, *the second quarter*."""
        if not (self.since and self.until):
            return None
        first, last = sorted((self.since[:10], self.until[:10]))
        return (first, last) if _day(last) - _day(first) > LONGEST else None

    @property
    def measure(self) -> tuple[str, ...]:
        """What must be the same for two figures to be compared."""
        return (self.counted, self.kind, self.unit or "", self.per or "", self.aspect or "", *(self.period or ()))

    @property
    def days(self) -> tuple[int, int] | None:
        """The first and the last day that the figure is of: those it tells, else the one on which it was told."""
        if self.since and self.until:
            a, b = sorted((_day(self.since), _day(self.until)))
            return a, b
        told = self.told or self.date
        return None if told is None else (_day(told), _day(told))

    @property
    def moments(self) -> Moments | None:
        """The first and the last minute at which the count can have been taken: when it was told, as finely as known.

        What is of a period holds for all of it, whenever it is told.
        """
        told = self.told or self.date
        if self.period or told is None:
            days = self.days
            return None if days is None else (days[0] * DAY, days[1] * DAY + DAY - 1)
        start = _day(told) * DAY
        if len(told) < 16:
            return start, start + DAY - 1
        minute = start + int(told[11:13]) * 60 + int(told[14:16])
        return minute, minute


def agree(one: Account, other: Account) -> bool | None:
    """Tell whether two figures can both be right, ``None`` where they are not of one thing, time and place.

    They part where all that the one allows lies below all that the other allows.
    """
    if not comparable(one, other):
        return None
    return not (_below(one, other) or _below(other, one))


def comparable(one: Account, other: Account) -> bool:
    """Tell whether two figures are of one thing, group, place and time, and were told within a few hours."""
    if one.measure != other.measure or one.group != other.group or not _same_place(one, other):
        return False
    a, b, days, others = one.moments, other.moments, one.days, other.days
    if a is None or b is None or days is None or others is None:
        return False
    both = one.since is not None and other.since is not None
    return _gap(a, b) <= (TOGETHER if _fine(a) and _fine(b) else 0) and not (both and _gap(days, others) > 0)


def sure(one: Account, other: Account) -> bool:
    """Tell whether two comparable counts surely stand against each other.

    Of what may grow within hours they do where two sources give them and the hours of both are known. What is told of
    a long time, a budget of a year, may have been set anew: they do where they were told in one month.
    """
    if one.period:
        told, also = one.told or one.date, other.told or other.date
        return told is not None and also is not None and abs(_day(told) - _day(also)) <= LONGEST
    if not (one.grows and other.grows) or one.article == other.article:
        return True
    if one.source == other.source:
        return False
    a, b = one.moments, other.moments
    return a is not None and b is not None and _fine(a) and _fine(b)


def one_place(here: Sequence[Spot], there: Sequence[Spot]) -> bool:
    """Tell whether two accounts may be of one place: the `closest` places of both meet, or one of them names none."""
    return not here or not there or any(_meet(a, b) for a in here for b in there)


def _meet(one: Spot, other: Spot) -> bool:
    """Tell whether two places may be of one event.

    They are one, or a province and a town of it, or of one country where it is not known in which province one lies. A
    whole country's count is none of a town whose province is known.
    """
    if one.name == other.name:
        return True
    if one.country is None or one.country != other.country:
        return False
    if "country" in (one.kind, other.kind):
        return one.region is None and other.region is None
    return one.region is None or other.region is None or one.holds(other) or other.holds(one)


def closest(account: Account) -> tuple[Spot, ...]:
    """Return an account's places without those that only hold others of them."""
    return tuple(spot for spot in account.where if not any(spot.holds(other) for other in account.where))


def touch(one: Spot, other: Spot) -> bool:
    """Tell whether two places are one, or one lies in the other."""
    return one.name == other.name or one.holds(other) or other.holds(one)


def _same_place(one: Account, other: Account) -> bool:
    """Tell whether some place is named by both, or one names none; a province's count is not its town's."""
    return not one.where or not other.where or not one.places.isdisjoint(other.places)


def _below(one: Account, other: Account) -> bool:
    return one.high is not None and other.low is not None and one.high < other.low


def _gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(one[0], other[0]) - min(one[1], other[1])


def _fine(moments: Moments) -> bool:
    return moments[0] == moments[1]


@lru_cache(maxsize=1 << 14)
def _day(moment: str) -> int:
    padded = moment if len(moment) >= 10 else f"{moment}-01-01"[:10] if len(moment) == 4 else f"{moment}-01"
    return date.fromisoformat(padded[:10]).toordinal()
