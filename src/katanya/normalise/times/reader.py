"""Reads the time expressions of a text."""

from collections.abc import Callable
from datetime import date

from katanya.core.analysis import Tokens
from katanya.core.spans import Span
from katanya.core.values import Time
from katanya.lang.pack import Pack
from katanya.normalise.times import days, lengths, periods, stretches
from katanya.normalise.times.anchors import find_published
from katanya.normalise.times.feasts import Feasts
from katanya.normalise.times.lexicon import load_lexicon
from katanya.normalise.times.published import PublishedParser
from katanya.normalise.times.readings import Reading, Scene
from katanya.normalise.times.shapes import Match, ShapeFinder

STOPS = frozenset(".,;:?!\"'()“”‘’")  # marks that a clause does not reach over
CONTINUING = ("day", "month")  # readings of weekdays and months, which may go on with a set
CLOCKS = ("clock", "clocks")


class TimeReader:
    """Finds time expressions and says what they mean; it keeps no state between texts."""

    def __init__(self, pack: Pack) -> None:
        self._lexicon = load_lexicon(pack)
        self._finder = ShapeFinder(pack, self._lexicon)
        self._joining = "".join(self._lexicon.letters_of(name) for name in ("joint", "comma", "dash"))
        self._published = PublishedParser(pack)
        self._readers: dict[str, Callable[[Match, Scene], Reading | None]] = {
            **days.READERS, **stretches.READERS, **periods.READERS, **lengths.READERS, **Feasts(pack).readers,
        }

    def read(self, text: str, tokens: Tokens, published: str | date | None = None) -> tuple[Time, ...]:
        """Return the time expressions of a text in order, none over another.

        ``published`` is a date, ISO 8601, or the line that the outlet prints. Where it cannot be read, relative times
        are counted from a full date of the text; where that has none, they keep a partial value.
        """
        matches = join(list(self._finder.find(tokens, self._lexicon.encode(tokens))))
        days_of = self._published.parse(published, local=True)
        scene = Scene(matches, find_published(matches, *days_of), STOPS, self._joining)
        times = []
        for match in matches:
            continues = match.rule.reading in CONTINUING and lengths.continues_set(match, scene)
            reading = self._readers["set" if continues else match.rule.reading](match, scene)
            if reading is not None:
                scene.note(match, reading)
                times.append(_time(text, tokens, match, reading))
        return tuple(times)


def join(matches: list[Match]) -> list[Match]:
    """Join what stands side by side and is one time: a day and its clock, a day and the date in brackets behind it."""
    joined: list[Match] = []
    for match in matches:
        before = joined[-1] if joined else None
        if before is None or not _join(before, match):
            joined.append(match)
            continue
        if before.rule.reading in CLOCKS:
            match.clock, match.begin = before, before.begin
            joined[-1] = match
    return joined


def _join(before: Match, match: Match) -> bool:
    """Whether two matches are one time; the first takes the second in, unless it is a clock and the second a day."""
    gap = before.code[before.stop : match.begin]
    members = before.lexicon.members
    first, second = before.rule.reading, match.rule.reading
    if len(gap) > 1 or (gap and gap[0] not in members["comma"] + members["open"]):
        return False
    if first in days.DAYS and before.clock is None and second in CLOCKS and (not gap or gap[0] in members["comma"]):
        before.clock, before.stop = match, match.stop
        return True
    if first in CLOCKS and second in days.DAYS and not gap and match.clock is None:
        return True
    dated = gap and gap[0] in members["open"] and second == "day" and (match.has("dm") or match.has("month"))
    closed = match.stop < len(match.code) and match.code[match.stop] in members["close"]
    if dated and closed and first in days.DAYS and before.dated is None and not match.has("day"):
        before.dated, before.stop = match, match.stop + 1
        return True
    if dated or not gap or gap[0] not in members["open"] or not match.has("dmy") or not closed:
        return False
    if first in days.DAYS and before.dated is None:
        before.dated, before.stop = match, match.stop + 1
        return True
    return False


def _time(text: str, tokens: Tokens, match: Match, reading: Reading) -> Time:
    span = Span.cut(text, tokens.starts[match.begin], tokens.ends[match.stop - 1])
    return Time(
        span, reading.type, reading.value, reading.start, reading.end, reading.granularity, reading.modifier,
        reading.anchor, reading.flags, match.rule.name, reading.quantifier, reading.frequency,
    )
