"""Accounts of one thing gathered into a track: by time, by source, and which of them part."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from katanya.ledger.linkage import components
from katanya.ledger.tracks.accounts import Account, Spot, agree, closest, one_place, sure

APART_DAYS = 21  # days without an account after which another event begins
TELLING = 100  # from which on two equal counts are not equal by chance
FEW = 2  # accounts below which there is nothing to compare
SCOPE = 3.0  # a step in size beyond which figures count something else: one village and a whole province


@dataclass(frozen=True, slots=True)
class Source:
    """What one source gives over time: the lowest and the highest, None where open, and its last account."""

    name: str
    low: float | None
    high: float | None
    last: Account
    accounts: int
    articles: int
    origins: int  # places that the articles have it from, reprints counted once

    def to_dict(self) -> dict[str, Any]:
        """Return the source as plain values."""
        return {"source": self.name, "low": self.low, "high": self.high, "last": self.last.words,
                "accounts": self.accounts, "articles": self.articles, "origins": self.origins}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """Two accounts that cannot both be right."""

    one: Account
    other: Account

    def to_dict(self) -> dict[str, Any]:
        """Return both accounts as plain values."""
        return {"one": self.one.to_dict(), "other": self.other.to_dict(), "because": list(self.because)}

    @property
    def because(self) -> tuple[str, ...]:
        """What the two have in common, so that they can be held against each other: the thing, the place, the time."""
        one, other = self.one, self.other
        thing = " ".join(filter(None, (one.counted, one.group, one.unit)))
        place = ", ".join(sorted(one.places & other.places)) or "no place told"
        day = one.period or (one.told or one.date or one.since or "")[:10]
        return thing, place, day if isinstance(day, str) else " to ".join(day)


@dataclass(frozen=True, slots=True)
class Track:
    """The accounts of one thing, earliest first: evidence where they part, never a verdict on who is right."""

    counted: str
    kind: str
    unit: str | None
    per: str | None
    accounts: tuple[Account, ...]
    aspect: str | None = None  # of all its accounts: what came anew, what is to come
    period: tuple[str, str] | None = None  # the time of what is counted where that is long

    def to_dict(self) -> dict[str, Any]:
        """Return the track as plain values: its accounts, its sources, and the pairs that part."""
        return {
            "counted": self.counted, "kind": self.kind, "unit": self.unit, "per": self.per, "origins": self.origins,
            "aspect": self.aspect, "period": list(self.period) if self.period else None,
            "accounts": [account.to_dict() for account in self.accounts],
            "sources": [source.to_dict() for source in self.sources],
            "parts": [part.to_dict() for part in self.parts],
            "unsure": [part.to_dict() for part in self.unsure],
        }  # fmt: skip

    @property
    def origins(self) -> int:
        """How many places the accounts come from, reprints counted once."""
        return _origins(self.accounts)

    @property
    def sources(self) -> list[Source]:
        """What each speaker gives, in order of the first account; where nobody is named, the outlet."""
        by_name: dict[str, list[Account]] = defaultdict(list)
        for account in self.accounts:
            by_name[account.source].append(account)
        return [_source(name, accounts) for name, accounts in by_name.items()]

    @property
    def parts(self) -> list[Part]:
        """The pairs that part, each pair of figures and sources once, by its earliest accounts.

        Two figures of one article part only where two sources give them: one source may tell of a whole and a part.
        """
        return [part for part in self._differing() if sure(part.one, part.other)]

    @property
    def unsure(self) -> list[Part]:
        """Pairs that would part, but that the count may have grown or been set anew from the one to the other."""
        return [part for part in self._differing() if not sure(part.one, part.other)]

    def _differing(self) -> list[Part]:
        seen: set[tuple[str, str, float | None, float | None, float | None, float | None]] = set()
        found = []
        for one, other in combinations(self.accounts, 2):
            key = (one.source, other.source, one.low, one.high, other.low, other.high)
            apart = one.article != other.article or (one.speaker and other.speaker and one.speaker != other.speaker)
            if apart and agree(one, other) is False and key not in seen:
                seen.add(key)
                found.append(Part(one, other))
        return found


def tracks(accounts: Iterable[Account], *, placed: bool = False) -> list[Track]:
    """Gather accounts into tracks: one measure, one event, one scope. Those with most origins come first.

    Two accounts are of one event where no more than three weeks lie between them, with any number of others between,
    and both name a place, some place is named by both. The scope changes where figures in order of size go up by a
    factor of more than three, with nothing between. With ``placed`` all are known to be of one place.
    """
    by_measure: dict[tuple[str, ...], list[Account]] = defaultdict(list)
    for account in sorted(set(accounts), key=lambda one: one.order):
        by_measure[account.measure].append(account)
    found = []
    for members in by_measure.values():
        for event in _events(members, placed):
            for scope in _scopes(event):
                if len(scope) >= FEW:
                    one = scope[0]
                    found.append(
                        Track(one.counted, one.kind, one.unit, one.per, tuple(scope), one.aspect, one.period)
                    )
    return by_weight(found)


def by_weight(found: Iterable[Track]) -> list[Track]:
    """Return tracks with those of most origins first."""
    return sorted(found, key=lambda one: (-one.origins, -len(one.accounts), one.counted, one.accounts[0].order))


def _events(members: Sequence[Account], placed: bool) -> list[list[Account]]:
    """Part the accounts of one measure by event.

    Those with date and place make the events; one without place, then one without date, joins an event where that is
    the only one that it can be of. The others are events among themselves.
    """
    firm, unplaced, undated = list[Account](), list[Account](), list[Account]()
    for account in members:
        where = undated if account.days is None else firm if placed or account.where else unplaced
        where.append(account)
    events = _linked(firm, placed)
    for loose in (unplaced, undated):
        rest = []
        grown = [list(event) for event in events]
        faces = [list(map(_face, event)) for event in events]
        for account, face in zip(loose, map(_face, loose), strict=True):
            fitting = [at for at, event in enumerate(faces) if any(_fits(face, other, placed) for other in event)]
            if len(fitting) == 1:
                grown[fitting[0]].append(account)
            else:
                rest.append(account)
        events = [*grown, *_linked(rest, placed)]
    return events


def _linked(members: Sequence[Account], placed: bool) -> list[list[Account]]:
    """Put accounts together that are of one time and place, with any number of others between them."""
    faces = list(map(_face, members))
    edges = {
        (one, other): 1.0 for one, other in combinations(range(len(members)), 2)
        if _fits(faces[one], faces[other], placed)
    }  # fmt: skip
    return [[members[number] for number in part] for part in components(len(members), edges)]


@dataclass(frozen=True, slots=True)
class _Face:
    """What of an account is held against others to see whether they are of one event."""

    days: tuple[int, int] | None
    where: tuple[Spot, ...]  # the closest places
    again: tuple[float, str | None] | None  # a figure that is too large to be one by chance, and whom it counts


def _face(account: Account) -> _Face:
    again = account.low is not None and account.low == account.high and _size(account) >= TELLING
    return _Face(account.days, closest(account), (account.low or 0.0, account.group) if again else None)


def _fits(one: _Face, other: _Face, placed: bool) -> bool:
    """Tell whether two accounts may be of one event; a large figure that is told again is, however much later."""
    if one.again is not None and one.again == other.again:
        return True
    a, b = one.days, other.days
    if a is not None and b is not None and max(a[0], b[0]) - min(a[1], b[1]) > APART_DAYS:
        return False
    return placed or one_place(one.where, other.where)


def _scopes(event: Sequence[Account]) -> list[list[Account]]:
    """Part the accounts of an event by the size of their figures, each part in order of time."""
    ordered = sorted(event, key=lambda account: (_size(account), account.order))
    found: list[list[Account]] = []
    for account in ordered:
        if found and _size(account) <= SCOPE * max(_reach(other) for other in found[-1]):
            found[-1].append(account)
        else:
            found.append([account])
    return [sorted(scope, key=lambda account: account.order) for scope in found]


def _size(account: Account) -> float:
    """Return the least that an account allows, what it allows at most where it has no least."""
    return abs(account.low if account.low is not None else account.high or 0.0)


def _reach(account: Account) -> float:
    """Return the most that an account tells of."""
    return max(abs(account.low or 0.0), abs(account.high or 0.0))


def _source(name: str, accounts: list[Account]) -> Source:
    lows = [account.low for account in accounts]
    highs = [account.high for account in accounts]
    return Source(
        name,
        None if None in lows else min(low for low in lows if low is not None),
        None if None in highs else max(high for high in highs if high is not None),
        accounts[-1],
        len(accounts),
        len({account.article for account in accounts}),
        _origins(accounts),
    )


def _origins(accounts: Iterable[Account]) -> int:
    return len({account.article if account.origin is None else account.origin for account in accounts})
