"""Accounts of one thing gathered into a track: by time, by source, and which of them part."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from katanya.ledger.linkage import components
from katanya.ledger.tracks.accounts import Account, agree

APART_DAYS = 21  # days without an account after which another event begins
FEW = 2  # accounts below which there is nothing to compare


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


@dataclass(frozen=True, slots=True)
class Part:
    """Two accounts that cannot both be right."""

    one: Account
    other: Account


@dataclass(frozen=True, slots=True)
class Track:
    """The accounts of one thing, earliest first: evidence where they part, never a verdict on who is right."""

    counted: str
    kind: str
    unit: str | None
    per: str | None
    accounts: tuple[Account, ...]

    @property
    def origins(self) -> int:
        """How many places the accounts come from, reprints counted once."""
        return _origins(self.accounts)

    @property
    def sources(self) -> list[Source]:
        """What each speaker gives, in order of the first account; where nobody is named, the outlet."""
        by_name: dict[str, list[Account]] = defaultdict(list)
        for account in self.accounts:
            by_name[account.speaker or account.outlet or ""].append(account)
        return [_source(name, accounts) for name, accounts in by_name.items()]

    @property
    def parts(self) -> list[Part]:
        """The pairs that part, each pair of figures and sources once, by its earliest accounts."""
        seen: set[tuple[str, str, float | None, float | None, float | None, float | None]] = set()
        found = []
        for one, other in combinations(self.accounts, 2):
            key = (one.speaker or "", other.speaker or "", one.low, one.high, other.low, other.high)
            if agree(one, other) is False and key not in seen:
                seen.add(key)
                found.append(Part(one, other))
        return found


def tracks(accounts: Iterable[Account]) -> list[Track]:
    """Gather accounts into tracks: one measure, one event. Those with most origins come first.

    Two accounts are of one event where no more than three weeks lie between them, with any number of others
    between, and no place that the one names is missing from all that the other names.
    """
    by_measure: dict[tuple[str, str, str, str], list[Account]] = defaultdict(list)
    for account in sorted(set(accounts), key=lambda one: one.order):
        by_measure[account.measure].append(account)
    found = []
    for (counted, kind, unit, per), members in by_measure.items():
        for event in _events(members):
            if len(event) >= FEW:
                found.append(Track(counted, kind, unit or None, per or None, tuple(event)))
    return sorted(found, key=lambda one: (-one.origins, -len(one.accounts), one.counted, one.accounts[0].order))


def _events(members: Sequence[Account]) -> list[list[Account]]:
    """Part the accounts of one measure, in order of time, by event."""
    edges: dict[tuple[int, int], float] = {}
    for one in range(len(members)):
        for other in range(one + 1, len(members)):
            a, b = members[one].days, members[other].days
            if _near(a, b) and _shared(members[one], members[other]):
                edges[one, other] = 1.0
    return [[members[number] for number in part] for part in components(len(members), edges)]


def _near(a: tuple[int, int] | None, b: tuple[int, int] | None) -> bool:
    if a is None or b is None:
        return True
    return max(a[0], b[0]) - min(a[1], b[1]) <= APART_DAYS


def _shared(one: Account, other: Account) -> bool:
    return not one.places or not other.places or not one.places.isdisjoint(other.places)


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
