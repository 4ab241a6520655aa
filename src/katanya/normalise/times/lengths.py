"""Readings that hold a length: distances from a time, stretches up to now, durations and sets."""


from katanya.core.values import TimeType
from katanya.normalise.times import calendar
from katanya.normalise.times.calendar import DAY, MONTH, YEAR
from katanya.normalise.times.numerals import COMPOSED, HALVES, amount_in, duration, joined
from katanya.normalise.times.readings import Origin, Reading, Scene
from katanya.normalise.times.shapes import Match

CLOCK_UNITS = {"TS": 0, "TM": 1, "TH": 60}  # minutes
NAMES = {**calendar.NAMES, "TS": "second", "TM": "minute", "TH": "hour"}
# How a modifier of a length turns into one of a date that lies so far back; ahead, the other way round.
BACK = {
    "MORE_THAN": "BEFORE", "LESS_THAN": "AFTER", "EQUAL_OR_MORE": "ON_OR_BEFORE", "EQUAL_OR_LESS": "ON_OR_AFTER",
    "APPROX": "APPROX",
}
AHEAD = {**BACK, "MORE_THAN": "AFTER", "LESS_THAN": "BEFORE", "EQUAL_OR_MORE": "ON_OR_AFTER",
         "EQUAL_OR_LESS": "ON_OR_BEFORE"}


def length_of(match: Match) -> tuple[float | None, str]:
    """Return count and unit of the length that a match tells; a vague count is ``None``."""
    for name in ("whole", "many"):
        unit = match.value(name)
        if unit:
            return (1 if name == "whole" else None), unit
    at = match.find("unit")
    if at is None:
        return None, YEAR
    return amount_in(match, before=at), match.value_at("unit", at) or YEAR


def modifier_of(match: Match) -> str | None:
    """Return the modifier of a length."""
    return match.value("hedge") or match.value("morethan")


def read_ago(match: Match, scene: Scene) -> Reading | None:
    """Read a time by its distance from that of the publication, or from the last time of the text."""
    count, unit = length_of(match)
    told = match.has("after") or match.has("before")
    ahead = match.has("again") or match.has("after")
    if count is None or count > 1e6:
        return None
    modifier = (AHEAD if ahead else BACK).get(modifier_of(match) or "")
    origin = scene.told if told else scene.published
    if unit in CLOCK_UNITS:
        return _clock_away(count, unit, 1 if ahead else -1, origin, modifier, told)
    whole, unit = _in_whole_units(count, unit)
    if unit in CLOCK_UNITS:
        return _vague("FUTURE_REF" if ahead else "PAST_REF", TimeType.TIME)
    if origin is None or (told and not _fine_enough(origin.unit, unit)):
        return Reading.of(calendar.unknown(unit), None, modifier)
    day = calendar.moved(origin.day, unit, whole if ahead else -whole)
    return None if day is None else Reading.of(calendar.around(unit, day), origin, modifier, unit=unit)


def read_vague_ago(match: Match, scene: Scene) -> Reading | None:
    """Read a time that lies some way back."""
    return _vague("PAST_REF")


def read_vague_ahead(match: Match, scene: Scene) -> Reading | None:
    """Read a time that lies some way ahead."""
    return _vague("FUTURE_REF")


def read_recent(match: Match, scene: Scene) -> Reading | None:
    """Read a length that ends, or begins, with the day of publication."""
    count, unit = length_of(match)
    value = duration(count, unit)
    ahead = not (match.has("last") or match.has("this"))
    start = end = None
    if count is not None and scene.published and unit not in CLOCK_UNITS and count <= 1e6:
        whole, step = _in_whole_units(count, unit)
        if step not in CLOCK_UNITS:
            other = calendar.moved(scene.published.day, step, whole if ahead else -whole)
            if other:
                start, end = sorted((other.isoformat(), scene.published.day.isoformat()))
    return Reading(TimeType.DURATION, value, NAMES.get(unit), start, end, modifier_of(match),
                   scene.published.label if start and scene.published else None)


def read_duration(match: Match, scene: Scene) -> Reading | None:
    """Read a length of time."""
    count, unit = length_of(match)
    at = match.find("unit")
    if match.has("ratio") or match.has("cross"):
        count = _product(match, at)
        if count is None:
            return None
    value = duration(count, unit)
    second = match.find("unit", at) if at is not None else None
    if second is not None and count is not None:
        further = match.value_at("unit", second) or YEAR
        value = joined(value, duration(amount_in(match, at or 0, second), further))
    return Reading(TimeType.DURATION, value, NAMES.get(unit), modifier=modifier_of(match))


def read_duration_range(match: Match, scene: Scene) -> Reading | None:
    """Read a length between two bounds; the value is the interval of both."""
    at = match.find("unit")
    if at is None:
        return None
    counts: list[float | None]
    index = match.find("amountspan")
    if index is not None:
        words = match.tokens.lower[index].split("-")
        counts = [float(word.replace(",", ".")) if word[0].isdigit() else float(match.lexicon.value("num", word) or 0)
                  for word in words]
    else:
        middle = next((found for name in ("dash", "joint") if (found := match.find(name)) is not None), None)
        if middle is None:
            return None
        counts = [amount_in(match, before=middle), amount_in(match, middle, at)]
    if None in counts or counts[0] is None or counts[1] is None or counts[0] >= counts[1]:
        return None
    unit = match.value_at("unit", at) or YEAR
    value = "/".join(duration(count, unit) for count in counts)
    return Reading(TimeType.DURATION, value, NAMES.get(unit), modifier=match.value("hedge"))


def read_set(match: Match, scene: Scene) -> Reading | None:
    """Read a time that comes again and again."""
    quantifier = match.value("every") or match.value("per")
    frequency = _frequency(match)
    value, granularity, modifier = _each(match)
    return Reading(TimeType.SET, value, granularity, modifier=modifier, quantifier=quantifier, frequency=frequency)


def read_set_of_eves(match: Match, scene: Scene) -> Reading | None:
    """Read the night before a weekday as one that comes every week."""
    weekday = match.number("day") or match.number("sunday") or 1
    return Reading(TimeType.SET, f"XXXX-WXX-{(weekday - 2) % 7 + 1}TNI", "part", quantifier=match.value("every"))


def read_set_of_days(match: Match, scene: Scene) -> Reading | None:
    """Read days from one weekday to another that come every week."""
    index = match.find("weekdayspan")
    if index is not None:
        names = match.tokens.lower[index].split("-")
    else:
        names = [match.tokens.lower[at] for at in range(match.first, match.last)
                 if ("day", match.tokens.lower[at]) in match.lexicon.values]
    numbers = [match.lexicon.value("day", name) for name in names]
    value = "/".join(f"XXXX-WXX-{number}" for number in numbers)
    return Reading(TimeType.SET, value, "day", quantifier=match.value("every"))


def continues_set(match: Match, scene: Scene) -> bool:
    """Whether a weekday or month goes on with a set in front of it: every Monday and Thursday."""
    before = scene.beside(match, -1)
    if before is None or not scene.joined(before, match):
        return False
    reading = scene.read.get(before.first)
    return reading is not None and reading.type is TimeType.SET and not match.has("year") and not match.has("dayno")


def _each(match: Match) -> tuple[str, str | None, str | None]:
    """Return value, granularity and modifier of what comes again."""
    weekdays = ("day", "lowday", "sunday") if match.has("dayword") else ("day", "lowday")
    weekday = next((number for name in weekdays if (number := match.number(name))), None)
    part = match.value("part")
    form = {"T00": "TNI", "T24": "T24:00"}.get(part or "", part or "")
    month = match.number("month") or match.number("clear")
    if weekday is not None:
        return f"XXXX-WXX-{weekday}{form}", "part" if form else "day", None
    if part:
        return f"XXXX-XX-XX{form}", "part", None
    if month is not None:
        day = match.number("dayno")
        return (f"XXXX-{month:02}", "month", None) if day is None else (f"XXXX-{month:02}-{day:02}", "day", None)
    if match.has("dateword"):
        return f"XXXX-XX-{match.number('dayno') or 0:02}", "day", None
    if match.has("weekend"):
        return "XXXX-WXX-WE", "weekend", None
    if match.has("holiday"):
        fixed = match.value("holiday") or ""
        return (f"XXXX-{fixed}", "day", None) if fixed[0].isdigit() else ("P1Y", "year", None)
    if match.has("adjective"):
        unit, count = match.value("adjective") or YEAR, None
    else:
        unit, count = _set_unit(match)
    return duration(count or 1, unit), NAMES.get(unit), match.value("edge")


def _set_unit(match: Match) -> tuple[str, float | None]:
    for name in ("whole", "unitnya", "unit"):
        at = match.find(name)
        if at is not None:
            if match.has("fold") or match.has("once"):
                behind = next((found for name in ("once", "fold") if (found := match.find(name)) is not None), at)
                count = amount_in(match, before=at) if at < behind else None
            else:
                count = amount_in(match, before=at)
            return match.value_at(name, at) or YEAR, count if name == "unit" else None
    if match.has("dayword"):
        return DAY, None
    if match.has("quarter"):
        return "Q", None
    return (MONTH if match.has("monthword") else YEAR), None


def _frequency(match: Match) -> str | None:
    if match.has("once"):
        return "1X"
    at = match.find("fold")
    if at is None:
        return None
    whole = match.find("whole")
    unit = match.find("unit")
    first = max((index for index in (whole, unit) if index is not None and index < at), default=-1)
    count = amount_in(match, first, at)
    return None if count is None else f"{count:.15g}X"


def _product(match: Match, unit: int | None) -> float | None:
    """Return the number of hours of 2x24 hours."""
    ratio = match.find("ratio")
    first = amount_in(match, before=ratio if ratio is not None else match.find("cross"))
    if ratio is not None:
        second: float | None = float(match.tokens.lower[ratio].lstrip("x×"))
    else:
        second = amount_in(match, match.find("cross") or 0, unit)
    return None if first is None or second is None else first * second


def _clock_away(
    count: float, unit: str, sign: int, origin: Origin | None, modifier: str | None, told: bool,
) -> Reading | None:
    """Return the moment some hours or minutes from another; without a clock to count from, only the length is known."""
    if origin is None or origin.minutes is None:
        if told:
            return Reading(TimeType.DURATION, duration(count, unit), NAMES[unit])
        return _vague("FUTURE_REF" if sign > 0 else "PAST_REF", TimeType.TIME)
    minutes = origin.minutes + round(sign * count * (CLOCK_UNITS[unit] or 1 / 60))
    day = calendar.moved(origin.day, DAY, minutes // 1440)
    if day is None:
        return None
    hour, minute = divmod(minutes % 1440, 60)
    moment = f"{day.isoformat()}T{hour:02}:{minute:02}"
    value = moment[:-3] if unit == "TH" else moment
    return Reading(TimeType.TIME, value, NAMES[unit], moment, moment, modifier, origin.label,
                   origin=(day, DAY), minutes=minutes % 1440)


def _in_whole_units(count: float, unit: str) -> tuple[int, str]:
    """Return a length in whole units: one and a half years are 18 months."""
    if unit in COMPOSED:
        times, unit = COMPOSED[unit]
        count *= times
    if count != int(count) and unit in HALVES:
        smaller, half = HALVES[unit]
        return round(count * 2 * half), smaller
    return round(count), unit


def _fine_enough(have: str, want: str) -> bool:
    order = list(calendar.NAMES)
    return order.index(have) <= order.index(want)


def _vague(value: str, kind: TimeType = TimeType.DATE) -> Reading:
    return Reading(kind, value)


READERS = {
    "ago": read_ago, "vague-ago": read_vague_ago, "vague-ahead": read_vague_ahead, "recent": read_recent,
    "duration": read_duration, "duration-range": read_duration_range, "set": read_set,
    "set-eve": read_set_of_eves, "set-days": read_set_of_days,
}
