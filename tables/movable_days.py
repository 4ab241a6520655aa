"""Build the tables of movable holidays and of Hijri months that times are read by.

Run from the root of the repository, with `holidays` and `hijridate` installed: ``python tables/movable_days.py``. It
writes ``holidays.tsv`` (one day a row) and ``hijri.tsv`` (the first day of each month) into the Indonesian pack.
Movable days are those of the package `holidays` for Indonesia. Months come from the Umm al-Qura calendar of
`hijridate`; where a holiday tells the day that Indonesia kept, its month is moved to fit.
"""

from datetime import date, timedelta
from pathlib import Path

import holidays
from hijridate import Hijri

YEARS = range(1990, 2036)
HOME = Path(__file__).parents[1] / "src" / "katanya" / "lang" / "id"
# Names of the package, and ours.
NAMES = {
    "Eid al-Fitr": "eid-al-fitr", "Eid al-Adha": "eid-al-adha", "Day of Silence": "nyepi", "Vesak Day": "vesak",
    "Lunar New Year": "lunar-new-year", "Islamic New Year": "islamic-new-year", "Prophet's Birthday": "mawlid",
    "Isra' and Mi'raj": "isra-miraj", "Good Friday": "good-friday", "Ascension Day": "ascension",
}
# Holidays that fall on a day of the Hijri calendar: month and day.
LUNAR = {
    "eid-al-fitr": (10, 1), "eid-al-adha": (12, 10), "islamic-new-year": (1, 1), "mawlid": (3, 12),
    "isra-miraj": (7, 27),
}
# First days of Ramadan as the government of Indonesia set them; they are no holidays, so the package lacks them.
RAMADAN = (
    "2010-08-11", "2011-08-01", "2012-07-21", "2013-07-10", "2014-06-29", "2015-06-18", "2016-06-06", "2017-05-27",
    "2018-05-17", "2019-05-06", "2020-04-24", "2021-04-13", "2022-04-03", "2023-03-23", "2024-03-12", "2025-03-01",
)
# In 2021 the days off were moved to the day after the holiday itself.
MOVED = {date(2021, 8, 11): date(2021, 8, 10), date(2021, 10, 20): date(2021, 10, 19)}
LUNAR_NEW_YEAR, EASTER = "Chinese New Year", timedelta(days=2)


def movable() -> dict[str, set[date]]:
    """Return the days of each movable holiday."""
    found: dict[str, set[date]] = {name: set() for name in NAMES.values()}
    for day, label in holidays.country_holidays("ID", years=YEARS, language="en_US").items():
        for part in label.split("; "):
            name = NAMES.get(part.removesuffix(" (estimated)"))
            if name:
                found[name].add(MOVED.get(day, day))
    for day, label in holidays.country_holidays("CN", years=YEARS, language="en_US", observed=False).items():
        if LUNAR_NEW_YEAR in label and not any(abs(day - other).days < 300 for other in found["lunar-new-year"]):
            found["lunar-new-year"].add(day)
    found["easter"] = {day + EASTER for day in found["good-friday"]}
    return found


def months(days: dict[str, set[date]]) -> list[tuple[int, int, date]]:
    """Return year, month and first day of each Hijri month, moved to the days that Indonesia kept."""
    kept = {
        (month, day - timedelta(days=number - 1)) for name, (month, number) in LUNAR.items() for day in days[name]
    } | {(9, date.fromisoformat(day)) for day in RAMADAN}
    rows: list[tuple[int, int, date]] = []
    fixed: list[bool] = []
    for year in range(1410, 1459):
        for month in range(1, 13):
            first = Hijri(year, month, 1).to_gregorian()
            first = date(first.year, first.month, first.day)
            near = [day for other, day in kept if other == month and abs((day - first).days) <= 2]
            rows.append((year, month, near[0] if near else first))
            fixed.append(bool(near))
    return smooth(rows, fixed)


def smooth(rows: list[tuple[int, int, date]], fixed: list[bool]) -> list[tuple[int, int, date]]:
    """Shift months that no holiday fixes by a day or two, until every month has 29 or 30 days where that can be."""
    firsts = [first for _, _, first in rows]

    def fault(index: int, first: date) -> int:
        before, after = (first - firsts[index - 1]).days, (firsts[index + 1] - first).days
        return sum(max(29 - length, length - 30, 0) for length in (before, after))

    for _ in range(12):
        for index in range(1, len(rows) - 1):
            if not fixed[index]:
                first = firsts[index]
                faults = [(fault(index, first + timedelta(days)), abs(days), days) for days in range(-2, 3)]
                firsts[index] += timedelta(min(faults)[2])
    return [(year, month, first) for (year, month, _), first in zip(rows, firsts, strict=True)]


def write(name: str, columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    """Write a table with a line that says where it comes from."""
    lines = ["# Made by tables/movable_days.py; do not edit by hand.", "\t".join(columns)]
    lines += ["\t".join(map(str, row)) for row in rows]
    (HOME / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    found = movable()
    write("holidays", ("name", "day"), [(name, day) for name in sorted(found) for day in sorted(found[name])])
    write("hijri", ("year", "month", "first"), list(months(found)))
