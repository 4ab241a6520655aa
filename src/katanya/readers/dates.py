"""When a page was published, where several things on it say so: the one that tells day, time and zone."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from katanya.lang.pack import Pack

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LABEL = 16  # words: an element with more is no date line
STAMP = re.compile(
    r"((?:19|20)\d\d)[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d\d)(?::\d\d(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?"
)
ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?=[/_-])|/((?:19|20)\d\d)"
                     r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d*(?=[/-])")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as it stands on a page: its words, its day, the minute of the day and the zone where they are told."""

    text: str
    day: tuple[int, int, int]
    clock: tuple[int, int] | None = None
    zone: str | None = None


class PrintedDates:
    """Finds the date lines of a page, in the words of its language."""

    def __init__(self, pack: Pack) -> None:
        rows = pack.table("times")
        self._months: dict[str, int] = {}
        self._zones: dict[str, str] = {}
        for kind, value, _, words in rows:
            for word in words.split(", "):
                if kind in ("month", "short"):
                    self._months[word] = int(value)
                elif kind == "zone":
                    self._zones[word] = value
        days = _any_of(pack.entries("calendar.days"))
        months, zones = _any_of(self._months), _any_of(self._zones)
        self._line = re.compile(
            rf"(?:\b{days},?\s+)?\(?\b(\d{{1,2}})(?:\s+({months})\.?,?\s+|[/.-](\d{{1,2}})[/.-])((?:19|20)\d\d)\b\)?"
            rf"(?:[\s,|·–—-]*(\d{{1,2}})[.:](\d\d)(?:[.:]\d\d)?\b(?:\s*\(?({zones})\b\)?)?)?",
            re.IGNORECASE,
        )
        self._changed = re.compile(rf"\b{_any_of(pack.entries('boilerplate.changed'))}\b", re.IGNORECASE)

    def is_date(self, line: str) -> bool:
        """Tell whether a line is a date and nothing else."""
        return self._line.fullmatch(line) is not None

    def find(self, tree: "HtmlElement") -> Moment | None:
        """Return the first date line that tells a time, or the first that there is."""
        first: Moment | None = None
        for element in tree.iter():
            if not isinstance(element.tag, str) or element.tag in ("script", "style", "head", "title", "option", "a"):
                continue
            for text in (element.text, *(child.tail for child in element)):
                moment = self._read(text or "")
                if moment and moment.clock:
                    return moment
                first = first or moment
        return first

    def _read(self, text: str) -> Moment | None:
        text = " ".join(text[:400].split())
        if len(text.split()) > LABEL or not (match := self._line.search(text)) or self._changed.search(text):
            return None
        day, name, month, year, hour, minute, zone = match.groups()
        number = self._months[name.lower()] if name else int(month)
        if not (1 <= number <= 12 and 1 <= int(day) <= 31) or (hour and (int(hour) > 23 or int(minute) > 59)):
            return None
        clock = (int(hour), int(minute)) if hour else None
        return Moment(match[0], (int(year), number, int(day)), clock, self._zones[zone.lower()] if zone else None)


def stamped(text: str | None) -> Moment | None:
    """Return a date in digits, year first, as the metadata of pages hold it."""
    match = STAMP.search(text or "")
    if not match or text is None:
        return None
    year, month, day, hour, minute, zone = match.groups()
    if zone:
        zone = "+00:00" if zone == "Z" else zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    return Moment(text, (int(year), int(month), int(day)), (int(hour), int(minute)) if hour else None, zone)


def addressed(url: str | None) -> str | None:
    """Return the day that an address holds between its slashes, in ISO 8601."""
    match = ADDRESS.search(url or "")
    return "-".join(filter(None, match.groups())) if match else None


def settle(said: str | None, printed: Moment | None, url: str | None) -> str | None:
    """Return the date that tells most, as it stands: what the page's metadata say, what it prints, or its address.

    Of one day, the printed line goes where it alone tells time or zone, and where both name the same clock in different
    zones: a publishing system that calls its local time UTC is common, a misprinted zone is not.
    """
    if said is None:
        return printed.text if printed else addressed(url)
    moment = stamped(said)
    if moment is None or printed is None or moment.day != printed.day or printed.clock is None:
        return said
    if moment.clock is None or (printed.zone and moment.clock == printed.clock and moment.zone != printed.zone):
        return printed.text
    return said


def _any_of(words: "dict[str, int] | dict[str, str] | tuple[str, ...]") -> str:
    return "(?:" + "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) + ")"
