"""Times of the day: clocks with their zones, and the parts of a day."""

from dataclasses import dataclass
from datetime import date, timedelta

from katanya.normalise.times import forms
from katanya.normalise.times.numerals import amount_in
from katanya.normalise.times.shapes import Match

# The parts of a day: TIMEX3 value, first and last minute. "T00" and "T24" are the pack's marks for the night's end and
# midnight, which TIMEX3 has no codes for.
MORNING, NIGHT = "TMO", "TNI"
NIGHT_END, MIDNIGHT = "T00", "T24"
PARTS = {
    "TMO": ("TMO", 4 * 60, 11 * 60 - 1), "TAF": ("TAF", 11 * 60, 15 * 60 - 1), "TEV": ("TEV", 15 * 60, 18 * 60 - 1),
    "TNI": ("TNI", 18 * 60, 24 * 60 - 1), NIGHT_END: ("TNI", 0, 4 * 60 - 1), MIDNIGHT: ("T24:00", 24 * 60, 24 * 60),
}
NOON, DAY = 12, 24 * 60


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: its TIMEX3 form, first and last minute, the offset of its zone where it is named."""

    form: str
    first: int
    last: int
    granularity: str
    zone: str = ""
    second: int | None = None
    modifier: str | None = None

    @property
    def minutes(self) -> int | None:
        """The minute of the day, if it is a single one."""
        return self.first if self.first == self.last else None

    def value(self, day: str) -> str:
        """Return the TIMEX3 value for a day that is given in ISO 8601, or in part."""
        first, *rest = self.form.split("/")
        after = self._moment(date.fromisoformat(day), self.last)[: len(day)] if rest and day[0] != "X" else day
        return "/".join([f"{day}{first}", *(f"{after}{form}" for form in rest)])

    def interval(self, day: date) -> tuple[str, str]:
        """Return the first and last moment on a day."""
        return self._moment(day, self.first), self._moment(day, self.last)

    def _moment(self, day: date, minutes: int) -> str:
        if minutes >= DAY and day < date.max:
            day, minutes = day + timedelta(days=1), minutes - DAY
        second = "" if self.second is None else f":{self.second:02}"
        return f"{day.isoformat()}T{minutes // 60 % 24:02}:{minutes % 60:02}{second}{self.zone}"


def part_clock(part: str) -> Clock:
    """Return a part of the day."""
    form, first, last = PARTS[part]
    return Clock(form, first, last, "part")


def part_of(match: Match) -> str | None:
    """Return the part of the day that a match names."""
    for name in ("part", "eve", "lastnight", "partthen"):
        value = match.value(name)
        if value:
            return value
    value = match.value("nextday")
    return value if value in PARTS else None


def clock_of(match: Match, part: str | None = None) -> Clock | None:
    """Return the clock that a match tells, by the part of the day that it or its neighbour names."""
    modifier, zone = match.value("hedge"), match.value("zone") or ""
    part = match.value("part") or part
    single = _single(match, match.find("clockword"), part)
    if single is None:
        return None
    (minutes, second, exact), _ = single
    form = f"T{minutes // 60:02}:{minutes % 60:02}" + ("" if second is None else f":{second:02}")
    granularity = "second" if second is not None else "minute" if exact else "hour"
    return Clock(form, minutes, minutes, granularity, zone, second, modifier)


def clock_span(match: Match, part: str | None = None) -> Clock | None:
    """Return the stretch between two clocks; one that would end before it begins ends on the next day."""
    part = match.value("part") or part
    texts = [match.tokens.lower[index] for index in range(match.first, match.last)]
    joined = "".join(text for text in texts if text[0] in "0123456789:")
    times = forms.clocks_in(joined if "-" in joined or ":" in joined else "-".join(t for t in texts if t[0].isdigit()))
    if len(times) != 2:
        return None
    first, last = (_by_part(hour, part) * 60 + minute for hour, minute in times)
    form = "/".join(f"T{minutes // 60:02}:{minutes % 60:02}" for minutes in (first, last))
    last += DAY if first > last else 0
    return Clock(form, first, last, "minute", match.value("zone") or "", None, match.value("hedge"))


def _single(match: Match, after: int | None, part: str | None) -> tuple[tuple[int, int | None, bool], int] | None:
    start = match.first - 1 if after is None else after
    index = match.find("clock", start)
    if index is not None:
        hour, minute, second = forms.parse_clock(match.tokens.words[index])
        return (_minutes(hour, minute, part), second, True), index
    index = match.find("hourno", start)
    if index is not None:
        return (_minutes(int(match.tokens.words[index]), 0, part), None, False), index
    half = match.find("half", start)
    number = amount_in(match, start if half is None else half)
    if number is None or not 0 < number <= 24 or number != int(number):
        return None
    # Half eight is half past seven.
    minutes = _minutes(int(number), 0, part)
    return ((minutes, None, False), start) if half is None else ((minutes - 30, None, True), start)


def _minutes(hour: int, minute: int, part: str | None) -> int:
    return _by_part(hour, part) * 60 + minute


def _by_part(hour: int, part: str | None) -> int:
    """Return the hour of 24 that an hour of twelve means in a part of the day."""
    if part == "TNI" and hour == NOON:
        return 24
    if part in ("TMO", NIGHT_END, MIDNIGHT) and hour == NOON:
        return 24 if part == MIDNIGHT else 0
    later = (part == "TEV" and hour < NOON) or (part == "TNI" and 6 <= hour < NOON) or (part == "TAF" and hour < 6)
    return hour + NOON if later else hour


