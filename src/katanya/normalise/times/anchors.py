"""What relative times are counted from: the day of publication, or a full date that the text gives."""

from collections.abc import Sequence
from datetime import date

from katanya.normalise.times.days import told_by
from katanya.normalise.times.forms import day_or_none
from katanya.normalise.times.readings import PUBLISHED, Origin
from katanya.normalise.times.shapes import Match

HEAD = 40  # tokens; a full date that stands further in need not be that of the article
FRESH = 10  # days between what news tells and its publication


def find_published(matches: Sequence[Match], options: Sequence[date], minutes: int | None) -> Origin | None:
    """Return what the relative times of a text are counted from, ``None`` where nothing tells.

    Two days that the printed date may mean are settled by the dates that stand beside weekdays in the text.
    """
    if len(options) == 1:
        return Origin(options[0], PUBLISHED, minutes=minutes)
    if options:
        settled = [option for option in options if any(_fits(match, option) for match in matches)]
        return Origin(settled[0], PUBLISHED, minutes=minutes) if len(settled) == 1 else None
    for match in matches:
        day = _full_date(match)
        if day and (_weekday(match) == day.isoweekday() or match.first < HEAD):
            return Origin(day, f"text:{match.tokens.starts[match.first]}")
    return None


def _fits(match: Match, option: date) -> bool:
    """Whether a date beside a weekday in the text is shortly before a day of publication."""
    if match.rule.reading != "day":
        return False
    told = told_by(match)
    if told.weekday is None or told.month is None or told.day is None:
        return False
    years = (told.year,) if told.year else (option.year, option.year - 1)
    days = [day for year in years if (day := day_or_none(year, told.month, told.day))]
    return any(0 <= (option - day).days <= FRESH and day.isoweekday() == told.weekday for day in days)


def _full_date(match: Match) -> date | None:
    if match.rule.reading != "day":
        return None
    told = told_by(match)
    return day_or_none(told.year, told.month, told.day) if told.year and told.month and told.day else None


def _weekday(match: Match) -> int | None:
    return told_by(match).weekday
