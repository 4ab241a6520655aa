"""Figures that several accounts give for one thing, by time and by source."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from katanya.ledger.people import Counted
from katanya.ledger.sites import Site
from katanya.ledger.store import Ledger
from katanya.ledger.tracks.accounts import Account as Given
from katanya.ledger.tracks.answers import Answer
from katanya.ledger.tracks.answers import LeftOut as GivenLeftOut
from katanya.ledger.tracks.tracks import Track as Gathered

MOST = 10  # tracks that are shown
PLACES = 40  # of a map
LEFT_OUT = 100  # figures in no track that are shown


@dataclass(frozen=True, slots=True)
class Account:
    """One figure as an account gives it; ``statement`` and ``article`` are names for addresses.

    ``statement`` and ``speaker`` are null where the article tells it in its own name. ``dated`` is the article's date,
    ``told`` when the count was taken where the words say so, ``since`` and ``until`` the days of what is counted.
    ``aspect`` is ``increase`` or ``target`` where it is told as such, ``group`` whom alone it counts. An open bound is
    null. ``part`` numbers the accounts of a track from 0, and so those that are left out.
    """

    part: int
    statement: str | None
    article: str | None
    dated: str | None
    told: str | None
    outlet: str | None
    speaker: str | None
    words: str
    low: float | None
    high: float | None
    unit: str | None
    of: str | None
    hedge: str | None
    aspect: str | None
    group: str | None
    since: str | None
    until: str | None
    places: tuple[str, ...]
    origin: int | None


@dataclass(frozen=True, slots=True)
class Source:
    """What one source gives over time: the lowest and the highest, and its last words."""

    name: str
    low: float | None
    high: float | None
    last: str
    accounts: int
    articles: int
    origins: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that accounts name, and how many do."""

    name: str
    country: str | None
    lat: float
    lon: float
    accounts: int


@dataclass(frozen=True, slots=True)
class Track:
    """The accounts of one thing, the earliest first; ``apart`` are pairs of them that cannot both be right.

    ``unsure`` are pairs that differ, but between which the count may have grown or been set anew.
    """

    counted: str
    kind: str
    unit: str | None
    per: str | None
    origins: int
    accounts: tuple[Account, ...]
    sources: tuple[Source, ...]
    apart: tuple[tuple[int, int], ...]
    unsure: tuple[tuple[int, int], ...]
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A figure of what is asked for that is in no track, with the sentence it stands in.

    ``why`` is ``link`` (in a link to another article), ``part`` (of another figure beside it), ``elsewhere`` (of
    another place), ``unnamed`` (what is asked for is not named near it), ``time`` (outside the days asked for) or
    ``alone`` (nothing to lay beside it).
    """

    why: str
    account: Account
    sentence: str | None


@dataclass(frozen=True, slots=True)
class Tracks:
    """The tracks that answer a question, those with most origins first.

    ``left_out`` are figures that are in none of them, the first hundred, and ``reasons`` counts all of them by why.
    ``passed_over`` counts the articles that have the words and were not looked into, as too many have them.
    """

    question: str
    since: str | None
    until: str | None
    tracks: tuple[Track, ...]
    left_out: tuple[LeftOut, ...]
    reasons: tuple[Counted, ...]
    passed_over: int


def track(
    ledger: Ledger, question: str, *, since: str | None = None, until: str | None = None, limit: int = MOST
) -> Tracks:
    """Return the tracks that answer a question such as ``korban tewas gempa Cianjur``.

    Raises `InputError` for a date that is none.
    """
    with ledger.still():
        asked = question.strip()
        found = ledger.tracked(question, since=since, until=until, limit=limit) if asked else Answer()
        reasons = Counter(one.why.value for one in found.left_out).most_common()
        return Tracks(
            question, since, until, tuple(_shown(ledger, one) for one in found),
            _left_out(ledger, found.left_out[:LEFT_OUT]), tuple(Counted(*reason) for reason in reasons),
            found.passed_over,
        )  # fmt: skip


def _left_out(ledger: Ledger, given: Sequence[GivenLeftOut]) -> tuple[LeftOut, ...]:
    accounts = _accounts(ledger, [one.account for one in given])
    return tuple(
        LeftOut(one.why.value, account, one.account.sentence) for one, account in zip(given, accounts, strict=True)
    )  # fmt: skip


def _shown(ledger: Ledger, track: Gathered) -> Track:
    parts = {account: part for part, account in enumerate(track.accounts)}
    return Track(
        track.counted, track.kind, track.unit, track.per, track.origins, _accounts(ledger, track.accounts),
        tuple(
            Source(one.name, one.low, one.high, one.last.words, one.accounts, one.articles, one.origins)
            for one in track.sources
        ),
        tuple((parts[pair.one], parts[pair.other]) for pair in track.parts),
        tuple((parts[pair.one], parts[pair.other]) for pair in track.unsure),
        _spots(track.accounts),
    )  # fmt: skip


def _accounts(ledger: Ledger, accounts: Sequence[Given]) -> tuple[Account, ...]:
    sited = ledger.sited([(account.article, account.statement) for account in accounts])
    return tuple(_account(part, *both) for part, both in enumerate(zip(accounts, sited, strict=True)))


def _account(part: int, account: Given, site: Site | None) -> Account:
    plain: dict[str, Any] = account.to_dict()
    names = ("outlet", "speaker", "words", "low", "high", "unit", "of", "hedge", "aspect", "group", "since", "until")
    return Account(
        part=part, statement=site.statement if site else None, article=site.article if site else None,
        dated=account.date, told=account.told, origin=account.origin, places=tuple(plain["places"]),
        **{name: plain[name] for name in names},
    )  # fmt: skip


def _spots(accounts: Sequence[Given]) -> tuple[Spot, ...]:
    """Return the places that accounts name, those first that most of them name."""
    named = Counter(place for account in accounts for place in dict.fromkeys(account.where))
    found = [
        Spot(place.name, place.country, place.lat, place.lon, count)
        for place, count in named.items() if place.lat is not None and place.lon is not None
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda spot: (-spot.accounts, spot.name, spot.lat, spot.lon))[:PLACES])
