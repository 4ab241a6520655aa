"""Stretches of the calendar with their TIMEX3 values: days, weeks, months, quarters, years, decades, centuries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from katanya.normalise.times.forms import day_or_none

DAY, WEEK, MONTH, QUARTER, HALF = "D", "W", "M", "Q", "H"
YEAR, DECADE, CENTURY = "Y", "DE", "CE"
WEEKEND = "WE"
NAMES = {
    DAY: "day", WEEK: "week", WEEKEND: "weekend", MONTH: "month", QUARTER: "quarter", HALF: "half", YEAR: "year",
    DECADE: "decade", CENTURY: "century",
}
UNKNOWN = {DAY: "XXXX-XX-XX", WEEK: "XXXX-WXX", WEEKEND: "XXXX-WXX-WE", MONTH: "XXXX-XX", QUARTER: "XXXX-QX",
           HALF: "XXXX-HX", YEAR: "XXXX", DECADE: "XXX", CENTURY: "XX"}
MONTHS_OF = {MONTH: 1, QUARTER: 3, HALF: 6, YEAR: 12, DECADE: 120, CENTURY: 1200}
DAYS_OF = {DAY: 1, WEEK: 7}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days with its TIMEX3 value; ``start`` and ``end`` are both in it, ``None`` where not known."""

    value: str
    granularity: str
    start: date | None = None
    end: date | None = None


def unknown(unit: str) -> Period:
    """Return a period of which only the length is known."""
    return Period(UNKNOWN[unit], NAMES[unit])


def day_of(day: date) -> Period:
    """Return a day as a period."""
    return Period(day.isoformat(), NAMES[DAY], day, day)


def month_of(year: int, month: int) -> Period:
    """Return a month."""
    return _months(f"{year:04}-{month:02}", MONTH, year, month, 1)


def quarter_of(year: int, quarter: int) -> Period:
    """Return a quarter, counted from 1."""
    return _months(f"{year:04}-Q{quarter}", QUARTER, year, quarter * 3 - 2, 3)


def half_of(year: int, half: int) -> Period:
    """Return a half-year, counted from 1."""
    return _months(f"{year:04}-H{half}", HALF, year, half * 6 - 5, 6)


def year_of(year: int) -> Period:
    """Return a year."""
    return _months(f"{year:04}", YEAR, year, 1, 12)


def decade_of(year: int) -> Period:
    """Return the decade that a year lies in, as the first three digits of its years."""
    return _months(f"{year // 10:03}", DECADE, year // 10 * 10, 1, 120)


def century_of(year: int) -> Period:
    """Return the century of a year as the first two digits of its years (the 20th is ``19``)."""
    return _months(f"{year // 100:02}", CENTURY, year // 100 * 100, 1, 1200)


def week_of(day: date) -> Period:
    """Return the ISO week that a day lies in."""
    year, week, weekday = day.isocalendar()
    monday = moved(day, DAY, 1 - weekday)
    return Period(f"{year:04}-W{week:02}", NAMES[WEEK], monday, monday and moved(monday, DAY, 6))


def weekend_of(day: date) -> Period:
    """Return Saturday and Sunday of the ISO week that a day lies in."""
    week = week_of(day)
    return Period(f"{week.value}-WE", NAMES[WEEKEND], week.start and moved(week.start, DAY, 5), week.end)


def between(first: Period, last: Period) -> Period:
    """Return what lies from one period to another; the value is the ISO interval of their values."""
    return Period(f"{first.value}/{last.value}", first.granularity, first.start, last.end)


AROUND: dict[str, Callable[[date], Period]] = {
    DAY: day_of,
    WEEK: week_of,
    WEEKEND: weekend_of,
    MONTH: lambda day: month_of(day.year, day.month),
    QUARTER: lambda day: quarter_of(day.year, (day.month + 2) // 3),
    HALF: lambda day: half_of(day.year, (day.month + 5) // 6),
    YEAR: lambda day: year_of(day.year),
    DECADE: lambda day: decade_of(day.year),
    CENTURY: lambda day: century_of(day.year),
}


def around(unit: str, day: date | None) -> Period:
    """Return the period of a unit that a day lies in."""
    return unknown(unit) if day is None else AROUND[unit](day)


def moved(day: date, unit: str, count: int) -> date | None:
    """Return a day some units later, or earlier; the last of the month where it has no such day.

    ``None`` where the calendar ends.
    """
    if unit in DAYS_OF:
        try:
            return day + timedelta(days=count * DAYS_OF[unit])
        except OverflowError:
            return None
    months = day.year * 12 + day.month - 1 + count * MONTHS_OF[unit]
    year, month = divmod(months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return next(found for number in (day.day, 30, 29, 28) if (found := day_or_none(year, month + 1, number)))


def _months(value: str, unit: str, year: int, month: int, count: int) -> Period:
    start = day_or_none(year, month, 1)
    after = start and moved(start, MONTH, count)
    return Period(value, NAMES[unit], start, after and moved(after, DAY, -1))
