"""Readings of holidays and of dates of the Hijri calendar, by the tables of the pack."""

from collections.abc import Callable
from datetime import date, timedelta

from katanya.lang.pack import Pack
from katanya.normalise.times import calendar
from katanya.normalise.times.calendar import DAY, YEAR, Period
from katanya.normalise.times.clocks import part_clock
from katanya.normalise.times.days import NEXT, PAST, direction_of, nearest, tail_of, year_in
from katanya.normalise.times.forms import day_or_none
from katanya.normalise.times.readings import Origin, Reading, Scene
from katanya.normalise.times.shapes import Match

HIJRI = range(1300, 1500)  # years that can only be of the Hijri calendar
MONTH_DAYS = 30  # of the longest Hijri month
SHIFTS = {PAST: -1, NEXT: 1}


class Feasts:
    """Holidays and Hijri months of a language's tables, each by name and year."""

    def __init__(self, pack: Pack) -> None:
        self._days: dict[str, list[date]] = {}
        for name, day in pack.table("holidays"):
            self._days.setdefault(name, []).append(date.fromisoformat(day))
        self._firsts = {(int(year), int(month)): date.fromisoformat(first)
                        for year, month, first in pack.table("hijri")}
        self._months = sorted(self._firsts.items(), key=lambda entry: entry[1])
        self.readers: dict[str, Callable[[Match, Scene], Reading | None]] = {
            "holiday": self.read_holiday, "hijri": self.read_hijri,
        }

    def read_holiday(self, match: Match, scene: Scene) -> Reading | None:
        """Read a holiday, in the year that it names or the one that lies nearest."""
        name = match.value("holiday") or match.value("newyear") or ""
        day, origin, year = self._holiday(name, match, scene)
        index = match.find("fromday")
        if index is not None and day is not None:
            day = day - timedelta(days=match.number("fromday") or 0)
        if match.has("newyear"):
            partial = calendar.UNKNOWN[YEAR] if year is None else f"{year:04}"
            return Reading.at(day, part_clock("TNI"), f"{partial}-12-31", origin)
        if day is not None:
            return Reading.of(calendar.day_of(day), origin, unit=DAY)
        written = "XXXX" if year is None else f"{year:04}"
        partial = f"{written}-{name}" if name[0].isdigit() and index is None else f"{written}-XX-XX"
        return Reading.of(Period(partial, "day"))

    def read_hijri(self, match: Match, scene: Scene) -> Reading | None:
        """Read a day or a month of the Hijri calendar."""
        month, number = match.number("hijrimonth"), match.number("dayno")
        if month is None or (number is not None and number > MONTH_DAYS):
            return None
        year, origin = year_in(match), None
        if year is not None and year not in HIJRI:
            year = next((entry[0] for entry, first in self._months if entry[1] == month and first.year == year), None)
        if year is None and scene.day:
            options = [(first, entry[0]) for entry, first in self._months if entry[1] == month]
            shift = SHIFTS.get(tail_of(match) or "")
            if match.has("yearword") and shift is not None:
                options = [option for option in options if option[0].year == scene.day.year + shift]
            year, origin = nearest(options, scene.day, direction_of(match, scene)), scene.published
        first = self._firsts.get((year or 0, month))
        if first is None:
            return Reading.of(Period("XXXX-XX-XX" if number else "XXXX-XX", "day" if number else "month"))
        if number is not None:
            return Reading.of(calendar.day_of(first + timedelta(days=number - 1)), origin, unit=DAY)
        after = next((other for _, other in self._months if other > first), first + timedelta(days=MONTH_DAYS))
        last = after - timedelta(days=1)
        return Reading.of(Period(f"{first}/{last}", "month", first, last), origin, match.value("edge"))

    def _holiday(self, name: str, match: Match, scene: Scene) -> tuple[date | None, Origin | None, int | None]:
        """Return the day of a holiday, what it was found from, and the year that the match names."""
        year = year_in(match)
        if year is not None and match.has("newyear"):
            year -= 1  # the eve of a year is the last night of the one before
        tail = tail_of(match)
        if year is None and scene.day and match.has("yearword") and tail:
            year, origin = scene.day.year + SHIFTS.get(tail, 0), scene.published
        else:
            origin = None if year else scene.published
        if year is None:
            if scene.day is None:
                return None, None, None
            around = range(scene.day.year - 1, scene.day.year + 2)
            options = [(day, day) for other in around for day in self._in_year(name, other)]
            return nearest(options, scene.day, direction_of(match, scene)), origin, None
        days = self._in_hijri_year(name, year) if year in HIJRI else self._in_year(name, year)
        return (days[0] if days else None), origin, None if year in HIJRI else year

    def _in_year(self, name: str, year: int) -> list[date]:
        if name[0].isdigit():
            month, number = map(int, name.split("-"))
            day = day_or_none(year, month, number)
            return [day] if day else []
        return [day for day in self._days.get(name, ()) if day.year == year]

    def _in_hijri_year(self, name: str, year: int) -> list[date]:
        first, after = self._firsts.get((year, 1)), self._firsts.get((year + 1, 1))
        if first is None or after is None:
            return []
        return [day for day in self._days.get(name, ()) if first <= day < after]
