"""Readings of days from one to another: of one month, across two, of a week."""

from katanya.normalise.times import calendar
from katanya.normalise.times.calendar import DAY, Period
from katanya.normalise.times.days import MONTHS, direction_of, near_year, told_year, weekday_near
from katanya.normalise.times.forms import day_or_none
from katanya.normalise.times.readings import NO_SUCH_DAY, Reading, Scene
from katanya.normalise.times.shapes import Match


def read_days(match: Match, scene: Scene) -> Reading | None:
    """Read the days of a month from one to another."""
    spans = [match.tokens.words[index] for index in range(match.first, match.last)
             if match.code[index] in match.lexicon.members["dayno"] + match.lexicon.members["dayspan"]]
    numbers = [int(part) for word in spans for part in word.split("-")]
    month, year = _month_of_days(match, numbers)
    if month is None or len(numbers) < 2 or not 1 <= month <= 12 or numbers[0] > numbers[-1]:
        return None
    numbers = [numbers[0], numbers[-1]]
    year = year if year is not None else told_year(match, scene, month, numbers[-1])
    origin = None
    if year is None:
        option, origin = near_year(match, scene, month, numbers[0])
        year = option
    if year is None:
        ends = [Period(f"XXXX-{month:02}-{number:02}", "day") for number in numbers]
        return Reading.of(calendar.between(*ends))
    days = [day_or_none(year, month, number) for number in numbers]
    if days[0] is None or days[1] is None:
        return Reading.of(Period(f"{year:04}-{month:02}-XX", "day")).flagged(NO_SUCH_DAY)
    return Reading.of(calendar.between(*(calendar.day_of(day) for day in days if day)), origin, unit=DAY)


def read_across(match: Match, scene: Scene) -> Reading | None:
    """Read days from one month to those of another; the last tells the year, and the first lies before it."""
    days, months = [], []
    for index in range(match.first, match.last):
        for part in match.tokens.lower[index].split("-"):
            if part.isdigit() and len(part) <= 2:
                days.append(int(part))
            elif value := next((value for name in MONTHS if (value := match.lexicon.value(name, part))), None):
                months.append(int(value))
    if len(days) != 2 or len(months) != 2:
        return None
    year, origin = match.number("year"), None
    if year is None:
        year = told_year(match, scene, months[1], days[1])
    if year is None:
        year, origin = near_year(match, scene, months[1], days[1])
    if year is None:
        return Reading.of(calendar.between(*(Period(f"XXXX-{month:02}-{day:02}", "day")
                                             for month, day in zip(months, days, strict=True))))
    first = day_or_none(year - (months[0] > months[1]), months[0], days[0])
    last = day_or_none(year, months[1], days[1])
    if first is None or last is None or first > last:
        return None
    return Reading.of(calendar.between(calendar.day_of(first), calendar.day_of(last)), origin, unit=DAY)


def read_weekdays(match: Match, scene: Scene) -> Reading | None:
    """Read the days of a week from one to another."""
    names = match.tokens.lower[match.first].split("-")
    first, last = (int(match.lexicon.value("day", name) or 0) for name in names)
    if not first or not last:
        return None
    if scene.day is None:
        return Reading.of(Period(f"XXXX-WXX-{first}/XXXX-WXX-{last}", "day"))
    start = weekday_near(scene.day, first, direction_of(match, scene))
    stop = calendar.moved(start, DAY, (last - first) % 7)
    if stop is None:
        return None
    return Reading.of(calendar.between(calendar.day_of(start), calendar.day_of(stop)), scene.published)


def _month_of_days(match: Match, numbers: list[int]) -> tuple[int | None, int | None]:
    """Return month and year of a row of days; after a slash the last number is the month."""
    index = match.find("monthyear")
    if index is not None:
        month, year = map(int, match.tokens.words[index].split("/"))
        return month, year
    if match.has("slash"):
        return numbers.pop() if numbers else None, None
    return next((number for name in MONTHS if (number := match.number(name)) is not None), None), match.number("year")


READERS = {"days": read_days, "across": read_across, "weekdays": read_weekdays}
