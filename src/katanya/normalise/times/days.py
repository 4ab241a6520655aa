"""Readings that come down to a day: dates, weekdays, and days counted from another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from katanya.normalise.times import calendar
from katanya.normalise.times.calendar import DAY, MONTH, WEEK, Period
from katanya.normalise.times.clocks import MORNING, NIGHT, NIGHT_END, Clock, clock_of, clock_span, part_clock, part_of
from katanya.normalise.times.forms import century_of, day_or_none, parse_date
from katanya.normalise.times.nights import DAWN, after_night, morning_after
from katanya.normalise.times.readings import (
    AMBIGUOUS_ORDER,
    NO_SUCH_DAY,
    WEEKDAY_DIFFERS,
    Origin,
    Reading,
    Scene,
)
from katanya.normalise.times.shapes import Match

FORWARD = 62  # days: news looks back, but a bare date no further ahead than this is read as the coming one
NEAR = 31  # days: a date beside a weekday is that of the publication's year, whatever the weekday, if it lies this near
PAST, THIS, THAT, NEXT = "past", "this", "that", "next"
WEEKDAYS, MONTHS = ("day", "lowday", "sunday"), ("month", "short")
NEVER = 10_000  # days; further than any other choice

Choice = TypeVar("Choice")


@dataclass(slots=True)
class Told:
    """What a match says of a day; ``None`` where it does not say."""

    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    swapped: bool = False


def tail_of(match: Match) -> str | None:
    """Return the word class that turns a time to the past or the future, or points at it."""
    return next((name for name in (PAST, THIS, THAT, NEXT) if match.has(name)), None)


def time_of(match: Match) -> Clock | None:
    """Return the time of day that stands in a match or belongs to it."""
    part = part_of(match)
    if match.clock is not None:
        reader = clock_span if match.clock.rule.reading == "clocks" else clock_of
        clock = reader(match.clock, part)
        if clock:
            return clock
    return part_clock(part) if part else None


def told_by(match: Match) -> Told:
    """Return what a match says of a day, by the date that explains it where there is one."""
    source = match.dated or match
    told = Told(next((number for name in WEEKDAYS if (number := match.number(name)) is not None), None))
    for name in ("dmy", "dm"):
        index = source.find(name)
        if index is not None:
            told.day, told.month, told.year = parse_date(source.tokens.words[index])
            if told.month > 12 >= told.day:
                told.day, told.month, told.swapped = told.month, told.day, True
            return told
    told.day = source.number("dayno")
    told.month = next((number for name in MONTHS if (number := source.number(name)) is not None), None)
    told.year = year_in(source)
    return told


def year_in(match: Match) -> int | None:
    """Return the year that a match names."""
    year = match.number("year")
    if year is None and match.has("apostrophe"):
        short = match.number("twoyear", match.find("apostrophe") or -1)
        return None if short is None else century_of(short)
    return year


def read_day(match: Match, scene: Scene) -> Reading | None:
    """Read a date or a weekday, with the time of day beside it."""
    told = told_by(match)
    if told.month is not None and told.month > 12:
        return None
    if told.month is None and told.day is None:
        return _finish(_weekday(match, scene, told), match, scene)
    if told.month is None:
        return _finish(_day_of_month(match, scene, told), match, scene)
    if told.year is None:
        told.year = told_year(match, scene, told.month, told.day)
    if told.year is not None:
        return _finish(_full(told, None), match, scene)
    return _finish(_without_year(match, scene, told), match, scene)


def read_eve(match: Match, scene: Scene) -> Reading | None:
    """Read the night before a weekday; a date beside it is that of the night itself."""
    told = told_by(match)
    if told.month is not None:
        return read_day(match, scene)
    day, period, origin, flags = _weekday(match, scene, told)
    before = calendar.moved(day, DAY, -1) if day else None
    partial = period.value if before else f"XXXX-WXX-{((told.weekday or 1) - 2) % 7 + 1}"
    return Reading.at(before, part_clock("TNI"), partial, origin, flags)


def read_offset(match: Match, scene: Scene) -> Reading | None:
    """Read a day counted from that of publication: yesterday, today."""
    return _counted(match, scene.published, int(match.value("offset") or 0), scene)


def read_last_night(match: Match, scene: Scene) -> Reading | None:
    """Read the night before the day of publication."""
    return _counted(match, scene.published, -1, scene)


def read_told(match: Match, scene: Scene) -> Reading | None:
    """Read a day counted from the last day that the text told: that day, the day after."""
    return _counted(match, scene.told_day, 0 if match.has(THAT) else 1, scene)


def read_part(match: Match, scene: Scene) -> Reading | None:
    """Read a part of the day: of the day of publication where it is pointed at, else of the last day told."""
    tail = tail_of(match)
    if match.has("earlier") or match.has("later") or tail in (THIS, PAST, NEXT):
        shift = {PAST: -1, NEXT: 1}.get(tail or "", 0) if not match.has("earlier") and not match.has("later") else 0
        return _counted(match, scene.published, shift, scene)
    if match.rule.name == "part-day" and match.clock is None:
        return _counted(match, None, 0, scene)
    return _counted(match, scene.told_day or scene.published, _past_night(match, scene), scene)


def read_clock(match: Match, scene: Scene) -> Reading | None:
    """Read a bare clock: of the day beside it, else of the last day told, else of the day of publication."""
    clock = clock_span(match) if match.rule.reading == "clocks" else clock_of(match)
    if clock is None:
        return None
    if match.has("earlier"):
        return Reading.at(scene.day, clock, "", scene.published)
    beside = scene.beside(match, 1)
    if beside is not None and beside.rule.reading in DAYS and beside.clock is None:
        reading = DAYS[beside.rule.reading](beside, scene)
        if reading and reading.origin and reading.origin[1] == DAY:
            start = match.tokens.starts[beside.first]
            return Reading.at(reading.origin[0], clock, "", Origin(reading.origin[0], f"text:{start}"))
    if scene.in_set(match) or scene.partial:
        return Reading.at(None, clock, "" if scene.in_set(match) else scene.partial or "")
    origin = scene.told_day or scene.published
    return Reading.at(morning_after(match, scene, clock.first, origin), clock, "", origin)


def direction_of(match: Match, scene: Scene) -> int:
    """Return -1 where the words look back, 1 where they look ahead, 0 where they do not say."""
    tail = tail_of(match)
    if tail in (PAST, NEXT):
        return -1 if tail == PAST else 1
    return 1 if scene.ahead(match) else 0


def told_year(match: Match, scene: Scene, month: int, day: int | None = None) -> int | None:
    """Return the year that the words around a date without one give it: last year, or that of its neighbour."""
    tail = tail_of(match)
    if match.has("yearword") and tail and scene.day:
        return scene.day.year + {PAST: -1, NEXT: 1}.get(tail, 0)
    if tail:
        return None
    after = scene.beside(match, 1)
    if after is not None and after.rule.reading in ("day", "month", "days", "months"):
        other = told_by(after)
        if other.year is not None and other.month is not None and scene.joined(match, after):
            later = (month, day or 0) > (other.month, other.day or 31)
            return other.year - later
    before = scene.beside(match, -1)
    if before is not None and before.first in scene.read and scene.joined(before, match):
        origin = scene.read[before.first].origin
        if origin and before.has("year") and origin[1] in (DAY, MONTH):
            return origin[0].year + ((month, day or 31) < (origin[0].month, origin[0].day))
    return None


def nearest(options: Iterable[tuple[date, Choice]], day: date, direction: int) -> Choice | None:
    """Return the choice whose day lies nearest: behind or ahead as told, else behind, or shortly ahead."""
    best, least = None, NEVER * 10
    for option, choice in options:
        distance = (option - day).days
        cost = abs(distance)
        if direction * distance < 0 or (direction == 0 and distance > FORWARD):
            cost += NEVER
        if cost < least:
            best, least = choice, cost
    return best


def weekday_near(day: date, weekday: int, direction: int, strict: bool = False) -> date:
    """Return the weekday at or before a day, or at or after it; ``strict`` leaves out the day itself."""
    ahead = (weekday - day.isoweekday()) % 7
    if direction > 0:
        shift = 7 if strict and not ahead else ahead
    else:
        shift = -7 if strict and not ahead else ahead - 7 if ahead else 0
    return calendar.moved(day, DAY, shift) or day


def _past_night(match: Match, scene: Scene) -> int:
    """Return 1 where a part of a day is that of the day after the night told: its end, and the morning up to which."""
    part = part_of(match)
    early = part == NIGHT_END or (part == MORNING and (match.has("partthen") or scene.ends(match)))
    if not early or scene.told_day is None:
        return 0
    day = morning_after(match, scene, 0, scene.told_day)
    return int(day != scene.told_day.day)


Found = tuple[date | None, Period, Origin | None, list[str]]


def _finish(found: Found, match: Match, scene: Scene) -> Reading:
    day, period, origin, flags = found
    clock = time_of(match)
    if clock is None:
        return Reading.of(period, origin, flags=flags, unit=DAY)
    if day is not None and match.clock is not None and part_of(match) == NIGHT and clock.first < DAWN:
        day = after_night(scene, day)
    return Reading.at(day, clock, period.value, origin, flags)


def _counted(match: Match, origin: Origin | None, shift: int, scene: Scene) -> Reading | None:
    """Read a day some days from another; a date that explains it says which day it is."""
    if match.dated is not None:
        return read_day(match, scene)
    day = calendar.moved(origin.day, DAY, shift) if origin else None
    return _finish((day, calendar.around(DAY, day), origin, []), match, scene)


def _full(told: Told, origin: Origin | None) -> Found:
    """Return the day of a date with its year; a day that is none keeps month and year."""
    year, month, number = told.year or 0, told.month or 0, told.day or 0
    flags = [AMBIGUOUS_ORDER] if told.swapped else []
    day = day_or_none(year, month, number)
    if day is None:
        return None, Period(f"{year:04}-{month:02}-XX", "day"), origin, [*flags, NO_SUCH_DAY]
    if told.weekday not in (None, day.isoweekday()):
        flags.append(WEEKDAY_DIFFERS)
        other = day_or_none(year, number, month) if number <= 12 else None
        if other and other.isoweekday() == told.weekday:
            flags.append(AMBIGUOUS_ORDER)
    return day, calendar.day_of(day), origin, flags


def _without_year(match: Match, scene: Scene, told: Told) -> Found:
    month, number = told.month or 0, told.day or 0
    if scene.day is None:
        flags = [] if day_or_none(2000, month, number) else [NO_SUCH_DAY]
        written = f"{number:02}" if not flags else "XX"
        return None, Period(f"XXXX-{month:02}-{written}", "day"), None, flags
    year, origin = near_year(match, scene, month, number, told.weekday)
    told.year = scene.day.year if year is None else year
    return _full(told, origin or scene.published)


def near_year(
    match: Match, scene: Scene, month: int, number: int, weekday: int | None = None,
) -> tuple[int | None, Origin | None]:
    """Return the year that puts a day and month nearest to the day of publication, by its weekday where it helps."""
    day = scene.day
    if day is None:
        return None, None
    found = [day_or_none(year, month, number) for year in range(max(day.year - 1, 1), day.year + 2)]
    options = [(option, option.year) for option in found if option]
    if weekday is None:
        return nearest(options, day, direction_of(match, scene)), scene.published
    close = nearest(options, day, 0)
    fitting = [option for option in options if option[0].isoweekday() == weekday]
    if close is not None and any(abs((o - day).days) <= NEAR for o, year in options if year == close):
        return close, scene.published
    return nearest(fitting or options, day, 0), scene.published


def _day_of_month(match: Match, scene: Scene, told: Told) -> Found:
    """Return a day of which only the number is told, in the month of publication or the one beside it."""
    number = told.day or 0
    if scene.day is None:
        return None, Period(f"XXXX-XX-{number:02}", "day"), None, []
    tail = tail_of(match)
    shift = {PAST: -1, NEXT: 1}.get(tail or "", 0) if match.has("monthword") else None
    firsts = [calendar.moved(scene.day.replace(day=1), MONTH, step) for step in ((shift,) if shift is not None
                                                                                 else (-1, 0, 1))]
    days = [day for first in firsts if first and (day := day_or_none(first.year, first.month, number))]
    if told.weekday is not None:
        days = [day for day in days if day.isoweekday() == told.weekday] or days
    direction = direction_of(match, scene) or (0 if shift is not None else -1)
    day = nearest([(day, day) for day in days], scene.day, direction)
    if day is None:
        return None, Period(f"XXXX-XX-{number:02}", "day"), None, [NO_SUCH_DAY]
    flags = [WEEKDAY_DIFFERS] if told.weekday not in (None, day.isoweekday()) else []
    return day, calendar.day_of(day), scene.published, flags


def _weekday(match: Match, scene: Scene, told: Told) -> Found:
    weekday = told.weekday or 1
    tail = tail_of(match)
    origin = scene.told_day if tail == THAT and scene.told_day else scene.published
    if origin is None:
        return None, Period(f"XXXX-WXX-{weekday}", "day"), None, []
    unit = match.value("span")
    if unit == WEEK and tail:
        inside = calendar.moved(origin.day, WEEK, {PAST: -1, NEXT: 1}.get(tail, 0))
        day = inside and calendar.moved(inside, DAY, weekday - inside.isoweekday())
        return day, calendar.around(DAY, day), origin, []
    if tail == THIS:
        day = calendar.moved(origin.day, DAY, weekday - origin.day.isoweekday())
    else:
        day = weekday_near(origin.day, weekday, direction_of(match, scene), strict=tail in (PAST, NEXT))
        begun = scene.beginning(match) if tail is None else None
        if begun is not None and day < begun.day:  # no stretch ends before it begins
            day, origin = weekday_near(begun.day, weekday, 1), begun
    return day, calendar.around(DAY, day), origin, []


DAYS = {
    "day": read_day, "eve": read_eve, "offset": read_offset, "lastnight": read_last_night, "told": read_told,
    "part": read_part,
}
READERS = {**DAYS, "clock": read_clock, "clocks": read_clock}
