"""What a match is read as, and the scene that it is read in: the day of publication and the times told so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from katanya.core.values import TimeType
from katanya.normalise.times import calendar
from katanya.normalise.times.calendar import Period
from katanya.normalise.times.clocks import Clock
from katanya.normalise.times.lexicon import MORE
from katanya.normalise.times.shapes import Match

PUBLISHED = "published"
SENTENCE_ENDS = frozenset(".?!")
AHEAD, FAR = 8, 16  # tokens back to a word of the future: from any time, and from an end
BEHIND = 6  # tokens on to one from an end that opens its sentence
HOUR, EVENING, MIDNIGHT = slice(11, 13), "18", "T24:00"  # where a moment in ISO 8601 has its hour
SENTENCE = 40  # tokens; what lies further off is of another sentence
WEEKDAY_DIFFERS, NO_SUCH_DAY, AMBIGUOUS_ORDER = "weekday-differs", "no-such-day", "ambiguous-order"


@dataclass(frozen=True, slots=True)
class Origin:
    """A moment that others are counted from, and where it stands: the day of publication or a time of the text.

    ``unit`` says how fine it is, ``minutes`` is the time of day in minutes where it is known, ``late`` whether it is
    in the evening or at night.
    """

    day: date
    label: str
    unit: str = calendar.DAY
    minutes: int | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A time without its span; ``day`` is what later times of the text may be counted from."""

    type: TimeType
    value: str
    granularity: str | None = None
    start: str | None = None
    end: str | None = None
    modifier: str | None = None
    anchor: str | None = None
    flags: tuple[str, ...] = ()
    quantifier: str | None = None
    frequency: str | None = None
    origin: tuple[date, str] | None = None
    minutes: int | None = None

    @classmethod
    def of(
        cls, period: Period, origin: Origin | None = None, modifier: str | None = None, flags: Sequence[str] = (),
        unit: str | None = None,
    ) -> "Reading":
        """Return a period as a date; ``unit`` is given where later times may be counted from it."""
        return cls(
            TimeType.DATE, period.value, period.granularity, _iso(period.start), _iso(period.end), modifier,
            origin.label if origin else None, tuple(flags),
            origin=(period.start, unit) if unit and period.start else None,
        )

    @classmethod
    def at(
        cls, day: date | None, clock: Clock, partial: str = "", origin: Origin | None = None, flags: Sequence[str] = (),
    ) -> "Reading":
        """Return a time of day of a day, or of one that is only known in part."""
        start, end = clock.interval(day) if day else (None, None)
        return cls(
            TimeType.TIME, clock.value(day.isoformat() if day else partial or calendar.UNKNOWN[calendar.DAY]),
            clock.granularity, start, end, clock.modifier, origin.label if origin else None, tuple(flags),
            origin=(day, calendar.DAY) if day else None, minutes=clock.minutes,
        )

    @property
    def late(self) -> bool:
        """Whether it begins in the evening, or is midnight."""
        return (self.start or "")[HOUR] >= EVENING or self.value.endswith(MIDNIGHT)

    def flagged(self, *flags: str) -> "Reading":
        """Return the same with more flags."""
        return replace(self, flags=(*self.flags, *flags))


@dataclass(slots=True)
class Scene:
    """Where a match is read: the tokens, the matches around it, and what times are counted from.

    ``told`` is the last time of the text and ``told_day`` the last that is as fine as a day; ``partial`` is the value
    of a later one that is not known in full, ``set_at`` the token behind the last set. ``joining`` are the letters of
    words that join two times, ``stops`` the marks that a clause does not reach over.
    """

    matches: Sequence[Match]
    published: Origin | None
    stops: frozenset[str]
    joining: str
    told: Origin | None = None
    told_day: Origin | None = None
    partial: str | None = None
    set_at: int | None = None
    read: dict[int, Reading] = field(default_factory=dict)

    @property
    def day(self) -> date | None:
        """The day of publication."""
        return self.published.day if self.published else None

    def note(self, match: Match, reading: Reading) -> None:
        """Remember how a match was read, for those that are counted from it."""
        self.read[match.first] = reading
        if reading.type is TimeType.SET:
            self.set_at = match.stop
        if reading.origin is None:
            partial = reading.type is TimeType.DATE and reading.start is None and "/" not in reading.value
            if partial and reading.granularity == calendar.NAMES[calendar.DAY]:
                self.partial = reading.value
            return
        self.partial = None
        start = match.tokens.starts[match.begin]
        day, unit = reading.origin
        self.told = Origin(day, f"text:{start}", unit, reading.minutes, reading.late)
        if unit == calendar.DAY:
            self.told_day = self.told

    def ahead(self, match: Match) -> bool:
        """Whether words of the future stand shortly in front of a match, in its own clause.

        Those of the clause tell of an end ("until Thursday") from further off, and behind it where it comes first.
        """
        code, members, end = match.code, match.lexicon.members, self.ends(match)
        for index in range(match.begin - 1, max(match.begin - (FAR if end else AHEAD), 0) - 1, -1):
            if code[index] in members["future"]:
                return True
            if end and code[index] in members["ending"]:
                return index == 0 or code[index - 1] not in members["over"]
            if match.tokens.words[index] in self.stops:
                break
        return end and self._ahead_behind(match)

    def _ahead_behind(self, match: Match) -> bool:
        """Whether a word of the future stands shortly behind an end, over no other time, amount or clause.

        The comma behind an end that opens its clause parts nothing.
        """
        opening = self._until(match) <= 0 or match.tokens.words[self._until(match) - 1] in self.stops
        comma = opening and match.code[match.stop : match.stop + 1] in tuple(match.lexicon.members["comma"])
        for index in range(match.stop + comma, min(match.stop + comma + BEHIND, len(match.code))):
            if match.code[index] in match.lexicon.members["future"]:
                return True
            word = match.tokens.words[index]
            if word in self.stops or word[0].isdigit() or match.code[index] in self.joining:
                return False
        return False

    def ends(self, match: Match) -> bool:
        """Whether a match is the end of a stretch: a word for "until" stands right in front."""
        at = self._until(match)
        return at >= 0 and match.code[at] in match.lexicon.members["until"]

    @staticmethod
    def _until(match: Match) -> int:
        """Return the first token of the word in front of a match."""
        at = match.begin - 1
        while at > 0 and match.code[at] == MORE:
            at -= 1
        return at

    def beginning(self, match: Match) -> Origin | None:
        """Return the day that a stretch begins with where a match is its end, and that day stands beside it."""
        before = self.beside(match, -1)
        reading = self.read.get(before.first) if before is not None else None
        if before is None or reading is None or self.told_day is None or not self.ends(match):
            return None
        own = reading.origin == (self.told_day.day, calendar.DAY)
        return self.told_day if own and self.joined(before, match) else None

    def in_set(self, match: Match) -> bool:
        """Whether a set stands in front of a match in the same sentence: what follows it comes again and again too."""
        if self.set_at is None or match.first - self.set_at > SENTENCE:
            return False
        return not SENTENCE_ENDS.intersection(match.tokens.words[self.set_at : match.first])

    def beside(self, match: Match, step: int, within: int = 3) -> Match | None:
        """Return the match next to one, in front (-1) or behind (1), if no more than some tokens lie between."""
        at = self._index(match) + step
        if not 0 <= at < len(self.matches):
            return None
        other = self.matches[at]
        gap = other.begin - match.stop if step > 0 else match.begin - other.stop
        return other if gap <= within else None

    def joined(self, before: Match, after: Match) -> bool:
        """Whether a single word or mark that joins two times lies between them, and nothing else."""
        gap = before.code[before.stop : after.begin].rstrip(MORE)
        return len(gap) == 1 and gap in self.joining

    def _index(self, match: Match) -> int:
        low, high = 0, len(self.matches)
        while low < high:
            middle = (low + high) // 2
            if self.matches[middle].begin < match.begin:
                low = middle + 1
            else:
                high = middle
        return low


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
