"""What stands around a figure: its sentence, the places and the time that it is of, and when it was told."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from katanya.lang.pack import Pack
from katanya.ledger.tracks.accounts import Spot

END = re.compile(r"[.!?][”\"’')\]]*\s+(?=[^a-z\s])|\n+|\|\|")
WORD = re.compile(r"[^\W_]+")
HEAD = 400  # characters from the beginning in which an article says where it happened
DATELINE = 25  # characters from the beginning in which a dateline begins
DASH = re.compile(r"[^!?\n]{0,40}?(?:\s[-–—]+\s|[–—])")  # behind a place it makes a dateline of it: *Jakarta, Kabar -*
BRIDGE = re.compile(r"[^\d,;]{0,40}")  # between a figure and the time that it is of
YEAR = 4  # digits; behind a name they are part of it: *Pesta Olahraga 2023*
LONG = 20  # characters of a word before a value
BEFORE = 20  # characters before a time in which it is said that all is counted up to then, or from then on


@dataclass(frozen=True, slots=True)
class Mention:
    """A place at its offsets; ``said`` is the number of the statement that says it, None where the article does."""

    start: int
    end: int
    spot: Spot
    text: str
    said: int | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A time at its offsets, with the first and the last moment that it covers in ISO 8601."""

    start: int
    end: int
    first: str
    last: str
    said: int | None = None

    @property
    def is_day(self) -> bool:
        """Tell whether it is no longer than a day."""
        return self.first[:10] == self.last[:10] and len(self.first) >= 10


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when a figure is of: its sentence, places, days, and when the count was taken, with the reasons."""

    sentence: tuple[int, int]
    where: tuple[Spot, ...]
    since: str | None
    until: str | None
    told: str | None
    because: tuple[str, ...]


class Scene:
    """An article's text with its places and times; ``sayings`` are the stretches that say when and where it was said.

    ``said`` maps a statement to the day on which it was said, where that is told.
    """

    def __init__(
        self, pack: Pack, text: str, places: Iterable[Mention], times: Iterable[Moment],
        sayings: Iterable[tuple[int, int]], said: dict[int, str],
    ) -> None:  # fmt: skip
        self._text = text
        self._sayings = tuple(sayings)
        self._said = said
        self._until, self._since = pack.words("tracks.until"), pack.words("tracks.since")
        self._agents = pack.words("tracks.agents")
        placed = [place for place in places if not self._is_agent(place)]
        self._places = [place for place in placed if not self._is_dateline(place)]
        self._times = [time for time in times if not self._is_named(time)]
        self._ends = [0, *(match.end() for match in END.finditer(text))]
        self.head = self._distinct(
            place for place in self._places if place.start < HEAD and not self._apart(place)
        )
        self._dateline = self._distinct(filter(self._is_dateline, placed))
        days = set(said.values())
        self._day = days.pop() if len(days) == 1 else None

    def around(self, start: int, end: int, statement: int | None) -> Setting:
        """Return the setting of the figure at some offsets, which a statement says or the article itself."""
        first, last = self.sentence(start)
        where, why = self._where(first, last, statement)
        since, until, told, when = self._when(first, last, start, end, statement)
        return Setting((first, last), where, since, until, told, (f"where: {why}", f"when: {when}"))

    def sentence(self, at: int) -> tuple[int, int]:
        """Return the offsets of the sentence that holds an offset."""
        number = bisect_right(self._ends, at) - 1
        last = self._ends[number + 1] if number + 1 < len(self._ends) else len(self._text)
        return self._ends[number], last

    def _where(self, first: int, last: int, statement: int | None) -> tuple[tuple[Spot, ...], str]:
        here = [place for place in self._places if first <= place.start < last]
        own = [place for place in here if place.said == statement]
        if own := [place for place in own if statement is not None or not self._apart(place)]:
            return self._distinct(own), "sentence"
        if here := [place for place in here if not self._apart(place)]:
            return self._distinct(here), "sentence"
        if said := [place for place in self._places if statement is not None and place.said == statement]:
            return self._distinct(said), "statement"
        before, _ = self.sentence(max(first - 1, 0))
        if before < first and (prior := [place for place in self._places if before <= place.start < first
                                         and not self._apart(place)]):
            return self._distinct(prior), "sentence before"
        return (self.head, "beginning") if self.head or not self._dateline else (self._dateline, "dateline")

    def _when(
        self, first: int, last: int, start: int, end: int, statement: int | None
    ) -> tuple[str | None, str | None, str | None, str]:
        """Return the days that a figure of a sentence is of, when it was told, and how that is known.

        Of several times it is the one right behind the figure, else the last before it.
        """
        told = self._said.get(statement) if statement is not None else self._day
        here = [time for time in self._times if first <= time.start < last and not self._apart(time)]
        if statement is not None and (own := [time for time in here if time.said == statement]):
            here = own
        counted = [time for time in here if self._behind(time, self._until) and time.is_day]
        if counted:
            return None, None, counted[-1].last, "counted up to a time"
        open_ended = [time for time in here if self._behind(time, self._since)]
        spans = {(time.first[:10], time.last[:10]) for time in here if time not in open_ended}
        if len(spans) > 1:
            chosen = [time for time in here if time not in open_ended]
            behind = [time for time in chosen if end <= time.start and BRIDGE.fullmatch(self._text, end, time.start)]
            before = [time for time in chosen if time.end <= start]
            spans = {(time.first[:10], time.last[:10]) for time in behind[:1] or before[-1:]}
        if len(spans) == 1:
            since, until = spans.pop()
            return since, until, told, "sentence"
        return None, None, told, "said" if told else "article"

    def _behind(self, time: Moment, words: frozenset[str]) -> bool:
        before = WORD.findall(self._text[max(0, time.start - BEFORE) : time.start].lower())
        return bool(words.intersection(before[-2:]))

    def _apart(self, value: Mention | Moment) -> bool:
        """Tell whether a value says when or where something was said."""
        return any(start <= value.start and value.end <= end for start, end in self._sayings)

    def _is_dateline(self, place: Mention) -> bool:
        return place.start < DATELINE and DASH.match(self._text, place.end) is not None

    def _is_agent(self, place: Mention) -> bool:
        """Tell whether a place does it or tells it: *serangan Israel*, *otoritas Iran*."""
        before = WORD.findall(self._text[max(0, place.start - LONG) : place.start].lower())
        return bool(before) and before[-1] in self._agents

    def _is_named(self, time: Moment) -> bool:
        """Tell whether a year belongs to a name before it, within a sentence, and tells no time of what is counted."""
        if time.end - time.start != YEAR:
            return False
        start = max(0, time.start - LONG)
        word = re.search(r"([.!?\n]\s*)?([^\W\d_]+) $", self._text[start : time.start])
        return word is not None and not word[1] and word[2].istitle() and start + word.start(2) > 0

    @staticmethod
    def _distinct(places: Iterable[Mention]) -> tuple[Spot, ...]:
        return tuple(dict.fromkeys(place.spot for place in places))


def named(question: str, places: Iterable[tuple[str, str, tuple[Any, ...]]]) -> frozenset[Spot]:
    """Return the places that a question names, by the words that articles or maps call them, by no part of a name.

    Each place is its name on the map, what an article calls it, and the values of its `Spot`.
    """
    asked = frozenset(WORD.findall(question.lower()))
    within: dict[str, frozenset[str] | None] = {}
    found: dict[frozenset[str], set[tuple[Any, ...]]] = {}
    for *names, spot in places:
        for name in names:
            if name not in within:
                words = frozenset(WORD.findall(name.lower()))
                within[name] = words if words and words <= asked else None
            if (held := within[name]) is not None:
                found.setdefault(held, set()).add(spot)
    whole = [words for words in found if not any(words < other for other in found)]
    return frozenset(Spot(*spot) for words in whole for spot in found[words])
