"""The day of publication, as records and outlets print it."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

from katanya.lang.pack import Pack
from katanya.normalise.times import forms
from katanya.normalise.times.lexicon import load_lexicon

# Dates as digits: year first, or day and month in an order that only their size can tell.
YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2((?:19|20)\d\d)(?!\d)")
NAMED = re.compile(r"(?<!\d)(\d{1,2})[\s+.-]*([^\W\d_]{3,})[\s+.,-]*((?:19|20)\d\d|\d\d(?!\d|[:.]))")
NAMED_FIRST = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2}),?\s+((?:19|20)\d\d)")
STAMP = re.compile(r"\s*(1\d{9})(\d{3})?\s*")
CLOCK = re.compile(r"(?<![\d.:-])([01]?\d|2[0-3])[.:-]([0-5]\d)(?:[.:-][0-5]\d)?(?:\.\d+)?(?!\d|-\d)")
OFFSET = re.compile(r"(?:Z|([+-])(\d\d):?(\d\d))\s*$")
LETTERS = re.compile(r"[^\W\d_]+")


class PublishedParser:
    """Reads the day of publication; where its numbers could be day and month either way, it returns both days."""

    def __init__(self, pack: Pack) -> None:
        lexicon = load_lexicon(pack)
        named = [entry for entry in lexicon.values.items() if entry[0][0] in ("month", "short")]
        self._months = {word: int(value) for (_, word), value in named}
        self._zones = {word: value for (name, word), value in lexicon.values.items() if name == "zone"}
        words = "|".join(map(re.escape, sorted(self._zones, key=lambda word: (-len(word), word))))
        self._zone = re.compile(rf"\s*\(?({words or '(?!)'})\b", re.IGNORECASE)
        self._home = timezone(timedelta(hours=float(pack.entries("times.home")[0])))

    def parse(self, published: str | date | None, *, local: bool = False) -> tuple[list[date], int | None]:
        """Return the days that it may be, none where it cannot be read, and the minute of the day where it is told.

        They are in the time of most outlets; with ``local`` true a line that names a zone other than UTC stays in that:
        it is the outlet's own, and its *today* is meant by that clock.
        """
        if isinstance(published, datetime):
            moment = published.astimezone(self._home) if published.tzinfo else published
            return [moment.date()], moment.hour * 60 + moment.minute
        if isinstance(published, date):
            return [published], None
        if not published or len(published) > 100:
            return [], None
        if match := STAMP.fullmatch(published):
            moment = datetime.fromtimestamp(int(match[1]), UTC).astimezone(self._home)
            return [moment.date()], moment.hour * 60 + moment.minute
        days, rest = self._days(published)
        return self._at_home(days, rest, local)

    def _days(self, published: str) -> tuple[list[date], str]:
        """Return the days that a line may mean, and what stands behind them."""
        if match := YEAR_FIRST.search(published):
            return _valid((int(match[1]), int(match[2]), int(match[3]))), published[match.end() :]
        if match := YEAR_LAST.search(published):
            first, last, year = int(match[1]), int(match[3]), int(match[4])
            slashed = match[2] == "/" and not self._home_printed(published)
            readings = [(year, last, first)] + ([(year, first, last)] if slashed or last > 12 else [])
            return _valid(*readings), published[match.end() :]
        for match in NAMED.finditer(published):
            month = self._months.get(match[2].lower())
            if month:
                year = int(match[3])
                full = year if year >= 100 else forms.century_of(year)
                return _valid((full, month, int(match[1]))), published[match.end() :]
        if (match := NAMED_FIRST.search(published)) and (month := self._months.get(match[1].lower())):
            return _valid((int(match[3]), month, int(match[2]))), published[match.end() :]
        return [], ""

    def _home_printed(self, published: str) -> bool:
        """Whether a zone of the country is named: its outlets print the day first."""
        return any(word.lower() in self._zones for word in LETTERS.findall(published))

    def _at_home(self, days: list[date], rest: str, local: bool) -> tuple[list[date], int | None]:
        """Return days and minutes in the country's own time, where a zone or offset says that they are another's."""
        rest = rest.lstrip("T ,|/?·-")
        match = CLOCK.search(rest)
        if not match or not days:
            return days, None
        minutes = int(match[1]) * 60 + int(match[2])
        zone = self._zone.match(rest, match.end())
        offset = OFFSET.search(self._zones[zone[1].lower()] if zone else rest)
        if not offset:
            return days, minutes
        shift = timedelta(hours=int(offset[2] or 0), minutes=int(offset[3] or 0)) * (-1 if offset[1] == "-" else 1)
        if local and shift:
            return days, minutes
        home = self._home.utcoffset(None) or timedelta()
        minutes += int((home - shift).total_seconds()) // 60
        return [day + timedelta(days=minutes // 1440) for day in days if date.min < day < date.max], minutes % 1440


def _valid(*readings: tuple[int, int, int]) -> list[date]:
    found = [forms.day_or_none(*reading) for reading in readings]
    return list(dict.fromkeys(day for day in found if day))
