"""Readings of stretches of the calendar: months, quarters, half-years, years, decades, centuries, seasons."""

from katanya.core.values import TimeType
from katanya.normalise.times import calendar
from katanya.normalise.times.calendar import CENTURY, DECADE, HALF, MONTH, QUARTER, WEEK, WEEKEND, YEAR, Period
from katanya.normalise.times.days import (
    NEXT,
    PAST,
    THAT,
    direction_of,
    nearest,
    tail_of,
    told_year,
    year_in,
)
from katanya.normalise.times.forms import century_of as full_year
from katanya.normalise.times.readings import Origin, Reading, Scene
from katanya.normalise.times.shapes import Match

SHIFTS = {PAST: -1, NEXT: 1}
# Months of the temperate seasons of the north, of which Indonesian news writes.
SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}
WEEKWORD = "weekword"


def read_month(match: Match, scene: Scene) -> Reading | None:
    """Read a month, with its year or the one that lies nearest."""
    month = match.number("month") or match.number("short") or match.number("clear")
    if month is None:
        return None
    year, origin = _year_for(match, scene, month)
    period = Period(f"XXXX-{month:02}", "month") if year is None else calendar.month_of(year, month)
    return Reading.of(period, origin, match.value("edge"), unit=MONTH)


def read_months(match: Match, scene: Scene) -> Reading | None:
    """Read the months from one to another; the last tells the year, and the first lies before it."""
    names = [name for index in range(match.first, match.last) for name in match.tokens.lower[index].split("-")]
    numbers = [int(value) for name in names if (value := match.lexicon.value("month", name))]
    if len(numbers) != 2:
        return None
    year, origin = _year_for(match, scene, numbers[1])
    if year is None:
        return Reading.of(calendar.between(*(Period(f"XXXX-{number:02}", "month") for number in numbers)))
    first = calendar.month_of(year - (numbers[0] > numbers[1]), numbers[0])
    return Reading.of(calendar.between(first, calendar.month_of(year, numbers[1])), origin, unit=MONTH)


def read_year(match: Match, scene: Scene) -> Reading | None:
    """Read a year in four digits or in two."""
    year = year_in(match)
    if year is None:
        year = match.number("modern")
    return None if year is None else Reading.of(calendar.year_of(year), None, match.value("edge"), unit=YEAR)


def read_years(match: Match, scene: Scene) -> Reading | None:
    """Read the years from one to another."""
    words = [match.tokens.words[index] for index in range(match.first, match.last)]
    years = [int(part) for word in words if word[0].isdigit() for part in word.replace("/", "-").split("-")]
    if len(years) != 2 or years[0] > years[1]:
        return None
    return Reading.of(calendar.between(*map(calendar.year_of, years)), None, match.value("edge"))


def read_decade(match: Match, scene: Scene) -> Reading | None:
    """Read a decade by its first year."""
    index = match.find("decade")
    if index is not None:
        year: int | None = full_year(int(match.tokens.words[index][:2]))
    else:
        year = match.number("fulldecade") or match.number("year")
    if year is None or year % 10:
        return None
    return Reading.of(calendar.decade_of(year), None, match.value("edge"), unit=DECADE)


def read_century(match: Match, scene: Scene) -> Reading | None:
    """Read a century by its number."""
    number = _ordinal(match)
    if not number or number > 21:
        return None
    return Reading.of(calendar.century_of(number * 100 - 100), None, match.value("edge"), unit=CENTURY)


def read_quarter(match: Match, scene: Scene) -> Reading | None:
    """Read a quarter of a year."""
    return _fraction(match, scene, QUARTER, 4)


def read_half(match: Match, scene: Scene) -> Reading | None:
    """Read a half of a year."""
    return _fraction(match, scene, HALF, 2)


def read_season(match: Match, scene: Scene) -> Reading | None:
    """Read a season of the temperate zones; where no year is told, the one of the publication's year."""
    season = match.value("season") or ""
    year, origin = year_in(match), None
    if year is None and scene.published:
        year, origin = scene.published.day.year + SHIFTS.get(tail_of(match) or "", 0), scene.published
    if year is None:
        return Reading.of(Period(f"XXXX-{season}", "season"))
    first, last = SEASONS[season]
    start = calendar.month_of(year, first).start
    end = calendar.month_of(year + (last > 12), (last - 1) % 12 + 1).end
    return Reading.of(Period(f"{year:04}-{season}", "season", start, end), origin)


def read_period(match: Match, scene: Scene) -> Reading | None:
    """Read a period by how far it lies from that of the publication, or the last time told: last week, that year."""
    unit = match.value("span") or match.value(WEEKWORD) or (MONTH if match.has("monthword") else YEAR)
    tail = tail_of(match)
    origin: Origin | None = scene.published
    if tail == THAT:
        origin = scene.told
        if origin is None or _coarser(origin.unit, unit):
            return None
    day = calendar.moved(origin.day, unit, SHIFTS.get(tail or "", 0)) if origin else None
    return Reading.of(calendar.around(unit, day), origin, match.value("edge"), unit=unit)


def read_told_period(match: Match, scene: Scene) -> Reading | None:
    """Read the period before or after that of the last time told, or of the publication: the year before."""
    unit = match.value("span") or YEAR
    origin = scene.told if scene.told and not _coarser(scene.told.unit, unit) else scene.published
    day = calendar.moved(origin.day, unit, -1 if match.has("before") else 1) if origin else None
    return Reading.of(calendar.around(unit, day), origin, match.value("edge"), unit=unit)


def read_weekend(match: Match, scene: Scene) -> Reading | None:
    """Read a weekend: that of the week of publication, or of another that is pointed at."""
    tail = tail_of(match)
    origin = scene.published
    day = calendar.moved(origin.day, WEEK, SHIFTS.get(tail or "", 0)) if origin else None
    return Reading.of(calendar.around(WEEKEND, day), origin)


def read_reference(match: Match, scene: Scene) -> Reading | None:
    """Read a vague reference to the present, the past or the future."""
    return Reading(TimeType.DATE, match.value("ref") or "")


def read_formerly(match: Match, scene: Scene) -> Reading | None:
    """Read a word that means "once" at the head of a clause, and "first" behind a verb."""
    at = match.first - 1
    if at >= 0 and match.tokens.words[at][0].isalnum() and match.code[at] not in match.lexicon.members["clausal"]:
        return None
    return Reading(TimeType.DATE, match.value("formerly") or "")


def _year_for(match: Match, scene: Scene, month: int) -> tuple[int | None, Origin | None]:
    year = year_in(match)
    if year is not None:
        return year, None
    year = told_year(match, scene, month)
    if year is not None:
        return year, scene.published if match.has("yearword") else None
    if scene.day is None:
        return None, None
    first = scene.day.replace(day=1)
    options = [(period.start, number) for number in range(first.year - 1, first.year + 2)
               if (period := calendar.month_of(number, month)).start]
    strict = tail_of(match) in SHIFTS and month == first.month
    found = nearest([o for o in options if not (strict and o[0] == first)], first, direction_of(match, scene))
    return found, scene.published


def _fraction(match: Match, scene: Scene, unit: str, most: int) -> Reading | None:
    number = _ordinal(match)
    if not number or number > most:
        return None
    make = calendar.quarter_of if unit == QUARTER else calendar.half_of
    year, origin = year_in(match), None
    joined = match.find("romanyear")
    if joined is not None:
        year = int(match.tokens.words[joined][-4:])
    if year is None and scene.day:
        origin, tail = scene.published, tail_of(match)
        if tail:
            year = scene.day.year + SHIFTS.get(tail, 0)
        else:
            options = [(start, other) for other in range(scene.day.year - 1, scene.day.year + 2)
                       if (start := make(other, number).start)]
            year = nearest(options, scene.day, direction_of(match, scene))
    if year is None:
        return Reading.of(Period(f"XXXX-{unit}{number}", calendar.NAMES[unit]))
    return Reading.of(make(year, number), origin, unit=unit)


def _ordinal(match: Match) -> int | None:
    joined = match.find("romanyear")
    if joined is not None:
        roman = match.tokens.words[joined].rstrip("0123456789").rstrip("-")
        return int(match.lexicon.value("roman", roman) or 0)
    for name in ("qtoken", "numbered", "ordinal", "roman", "dayno"):
        number = match.number(name)
        if number:
            return number
    return None


def _coarser(unit: str, than: str) -> bool:
    order = list(calendar.NAMES)
    return order.index(unit) > order.index(than)


READERS = {
    "month": read_month, "months": read_months, "year": read_year, "years": read_years, "decade": read_decade,
    "century": read_century, "quarter": read_quarter, "half": read_half, "season": read_season,
    "period": read_period, "told-period": read_told_period, "weekend": read_weekend, "ref": read_reference,
    "formerly": read_formerly,
}
