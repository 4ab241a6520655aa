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
SENTENCE = 40  # tokens; what lies further off is of another sentence
WEEKDAY_DIFFERS, NO_SUCH_DAY, AMBIGUOUS_ORDER = "weekday-differs", "no-such-day", "ambiguous-order"


@dataclass(frozen=True, slots=True)
class Origin:
    """A moment that others are counted from, and where it stands: the day of publication or a time of the text.

    ``unit`` says how fine it is, ``minutes`` is the time of day in minutes where it is known.
    """

    day: date
    label: str
    unit: str = calendar.DAY
    minutes: int | None = None


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
        self.told = Origin(day, f"text:{start}", unit, reading.minutes)
        if unit == calendar.DAY:
            self.told_day = self.told

    def ahead(self, match: Match, reach: int = 8) -> bool:
        """Whether words of the future stand shortly in front of a match, in its own clause."""
        future = match.lexicon.members["future"]
        for index in range(match.begin - 1, max(match.begin - reach, 0) - 1, -1):
            if match.code[index] in future:
                return True
            if match.tokens.words[index] in self.stops:
                return False
        return False

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
