"""What tokens of digits may mean in a time: days, years, clocks, dates, amounts and ranges of these."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache

LONGEST = 24  # characters of a token worth looking at
CLOCK = r"(?:[01]?\d|2[0-4])[.:][0-5]\d(?:[.:][0-5]\d)?"
DAY, MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
PATTERNS = {
    "clock": re.compile(CLOCK),
    "clockspan": re.compile(rf"{CLOCK}-{CLOCK}"),
    "clockcut": re.compile(rf"{CLOCK}-\d\d?"),
    "dmy": re.compile(
        rf"(?:{DAY}/{DAY}/(?:19|20)\d\d|{DAY}-{DAY}-(?:19|20)\d\d|{DAY}\.{DAY}\.(?:19|20)\d\d|{DAY}/{MONTH}/\d\d"
        r"|(?:19|20)\d\d([/-])(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01]))"
    ),
    "dm": re.compile(rf"{DAY}/{MONTH}"),
    "monthyear": re.compile(rf"{MONTH}/(?:19|20)\d\d"),
    "dayspan": re.compile(rf"{DAY}-{DAY}"),
    "yearspan": re.compile(r"(?:1[89]|20)\d\d[-/](?:1[89]|20)\d\d"),
    "amount": re.compile(r"\d{1,6}(?:[.,]\d{1,2})?|\d{1,3}(?:\.\d{3})+"),
    "amountspan": re.compile(r"\d{1,4}(?:,\d)?-\d{1,4}(?:,\d)?"),
}
RANGES = {"dayspan", "yearspan"}
AFFIXED = re.compile(r"(?P<before>[^\W\d]+-?)(?P<number>\d+)|(?P<digits>\d+)(?P<behind>-?[^\W\d]+)")
NOT_DIGITS = re.compile(r"\D+")


@lru_cache(maxsize=1 << 14)
def forms(word: str) -> frozenset[str]:
    """Return the classes that a token of digits belongs to."""
    if len(word) > LONGEST or not word.isascii():
        return frozenset()
    found = {name for name, pattern in PATTERNS.items() if pattern.fullmatch(word)}
    found -= {name for name in found & RANGES if not _rises(word)}
    if word.isdigit() and len(word) <= 4:
        found |= set(_whole(word))
    return frozenset(found)


@cache
def kinds() -> frozenset[frozenset[str]]:
    """Return every set of classes that a token of digits can have."""
    samples = [f"{number}" for number in range(2200)] + [f"0{number}" for number in range(10)]
    samples += [
        "10.30", "24.60", "10.30.15", "7.30-8.30", "10:00-12", "5/5/2020", "5/5/20", "5/5", "31/2", "5/2020", "10-12",
        "12-10", "0-0", "99-1", "2019-2020", "2019/2020", "1.000", "2,5", "12345", "1,5-2", "10.30-12", "1900/1800",
        "10.11.2020", "2020-05-05", "1.5-2",
    ]
    return frozenset(forms(sample) for sample in samples)


def parse_date(word: str) -> tuple[int, int, int | None]:
    """Return day, month and year of a token of the form ``dmy`` or ``dm``; the day comes first where both can."""
    numbers = [int(number) for number in NOT_DIGITS.split(word)]
    if numbers[0] > 31:
        return numbers[2], numbers[1], numbers[0]
    day, month, *rest = numbers
    year = rest[0] if rest else None
    if year is not None and year < 100:
        year = century_of(year)
    return day, month, year


def parse_clock(word: str) -> tuple[int, int, int | None]:
    """Return hour, minute and, where it is told, second of a token of the form ``clock`` or of a bare hour."""
    numbers = [int(number) for number in NOT_DIGITS.split(word)] + [0]
    return numbers[0], numbers[1], numbers[2] if len(numbers) > 3 else None


def clocks_in(words: str) -> list[tuple[int, int]]:
    """Return the hours and minutes of two clocks joined by a dash."""
    found = []
    for part in words.split("-"):
        numbers = [int(number) for number in NOT_DIGITS.split(part) if number]
        if not numbers or numbers[0] > 24 or (len(numbers) > 1 and numbers[1] > 59):
            return []
        found.append((numbers[0], numbers[1] if len(numbers) > 1 else 0))
    return found


def parse_amount(word: str) -> float:
    """Return the value of a token of the form ``amount``."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", word):
        return float(word.replace(".", ""))
    return float(word.replace(",", "."))


def century_of(year: int) -> int:
    """Return the full year that two digits stand for: up to 40 years of this century, else of the last."""
    return year + (2000 if year < 40 else 1900)


def day_or_none(year: int, month: int, day: int) -> date | None:
    """Return a date, or ``None`` where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _rises(word: str) -> bool:
    first, last = re.split("[-/]", word)
    return int(first) < int(last)


def _whole(word: str) -> Iterator[str]:
    number = int(word)
    if len(word) <= 2:
        if 1 <= number <= 31:
            yield "dayno"
        if number <= 24:
            yield "hourno"
    if len(word) == 2:
        yield "twoyear"
        if number < 60:
            yield "minute"
    if 1000 <= number <= 2199:
        yield "year"
    if 1900 <= number <= 2099:
        yield "modern"
