"""Dates and numbers in the manner of a language: ``1.250``, ``14 Januari 2025, 10.15 WIB``; ``1,250``."""

import re
from dataclasses import dataclass
from datetime import date

from katanya.web.catalogue import Catalogue

MOMENT = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::\d\d(?:\.\d+)?)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?)?)?"
)
AMOUNT = r"(\d{1,9}(?:\.\d{1,9})?|X+)"
LENGTH = re.compile(rf"P(?=.)(?:{AMOUNT}[YMWD])*(?:T(?:{AMOUNT}[HMS])+)?")  # of time, as TIMEX3 writes it
MEASURE = re.compile(rf"{AMOUNT}([YMWDHS])")
DIGITS = 10  # of a number that are shown, beyond the whole part
RANGE = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Formats:
    """What writes dates and numbers in one language."""

    words: Catalogue

    def number(self, value: float | int | None) -> str:
        """Return a number with its digits in threes from four on; empty for none."""
        if value is None:
            return ""
        whole, _, part = f"{abs(value):,.{DIGITS}f}".rstrip("0").rstrip(".").partition(".")
        whole = whole.replace(",", self.words("format.thousands"))
        sign = MINUS if value < 0 else ""
        return sign + (f"{whole}{self.words('format.decimal')}{part}" if part else whole)

    def bounds(self, low: float | None, high: float | None) -> str:
        """Return the bounds of an amount: one number, a range, or an open side as such; empty where both are open."""
        if low is None and high is None:
            return ""
        if low is None or high is None:
            return f"≥ {self.number(low)}" if high is None else f"≤ {self.number(high)}"
        return self.number(low) if low == high else f"{self.number(low)}{RANGE}{self.number(high)}"

    def percent(self, share: float) -> str:
        """Return a share from 0 to 1 in per cent with one decimal."""
        return self.words("format.percent", value=self._fixed(100 * share, 1))

    def share(self, low: float, high: float) -> str:
        """Return an interval of shares in per cent."""
        digits = 1 if round(100 * low, 1) < round(100 * high, 1) else 2
        bounds = (self._fixed(100 * bound, digits) for bound in (low, high))
        return self.words("format.percent", value=RANGE.join(bounds))

    def date(self, moment: str | None, *, short: bool = False) -> str:
        """Return a moment in ISO 8601, whole or in part, as words; what is none is shown as it is, nothing as nothing.

        The zone is told where the moment has one; it is never guessed.
        """
        found = MOMENT.fullmatch(moment or "")
        if found is None or not _is_real(found):
            return moment or ""
        months = self.words.lists["format.months_short" if short else "format.months"]
        parts = [found["day"] and str(int(found["day"])), found["month"] and months[int(found["month"]) - 1]]
        day = " ".join([*(part for part in parts if part), found["year"]])
        if not found["hour"] or short:
            return day
        time = self.words("format.time", hour=found["hour"], minute=found["minute"])
        zone = self._zone(found["zone"])
        return f"{day}, {time}{f' {zone}' if zone else ''}"

    def period(self, first: str | None, last: str | None, *, short: bool = True) -> str:
        """Return the days from one moment to another; a single day once."""
        one, other = ((moment or "")[:10] for moment in (first, last))
        if not one or not other or one == other:
            return self.date(one or other, short=short)
        return f"{self.date(one, short=short)} {RANGE} {self.date(other, short=short)}"

    def time(self, value: str) -> str | None:
        """Return what a TIMEX3 value without a place in the calendar says: how long, or past, present or future.

        ``None`` for any other value.
        """
        if LENGTH.fullmatch(value):
            days, _, hours = value[1:].partition("T")
            found = [(*one, "") for one in MEASURE.findall(days)] + [(*one, "T") for one in MEASURE.findall(hours)]
            return " ".join(self._length(number, f"{part}{unit}") for number, unit, part in found)
        words = self.words.named("format.moments", value)
        return None if words == value else words

    def point(self, lat: float, lon: float) -> str:
        """Return a point of the earth, in tenths of degrees."""
        north = self.words("format.point.north" if lat >= 0 else "format.point.south")
        east = self.words("format.point.east" if lon >= 0 else "format.point.west")
        return f"{self._fixed(abs(lat), 1)}° {north}, {self._fixed(abs(lon), 1)}° {east}"

    def parsed(self, typed: str) -> float | None:
        """Return the number that somebody wrote in the language's manner; raises `ValueError` for anything else."""
        plain = typed.strip().replace(MINUS, "-")
        if not plain:
            return None
        thousands, decimal = re.escape(self.words("format.thousands")), re.escape(self.words("format.decimal"))
        if not re.fullmatch(rf"-?(?:\d+|\d{{1,3}}(?:{thousands}\d{{3}})+)(?:{decimal}\d+)?", plain, re.ASCII):
            raise ValueError(typed)
        value = float(re.sub(thousands, "", plain).replace(self.words("format.decimal"), "."))
        return int(value) if value.is_integer() else value

    def _length(self, number: str, unit: str) -> str:
        if number.startswith("X"):
            return self.words.count(f"format.lengths.{unit}", 2, self.words("format.lengths.some"))
        amount = float(number)
        return self.words.count(f"format.lengths.{unit}", 1 if amount == 1 else 2, self.number(amount))

    def _fixed(self, value: float, digits: int) -> str:
        return f"{value:.{digits}f}".replace(".", self.words("format.decimal"))

    def _zone(self, zone: str | None) -> str:
        if not zone:
            return ""
        return self.words.named("format.zones", "UTC" if zone == "Z" else f"{zone[:3]}:{zone[-2:]}")


def _is_real(found: re.Match[str]) -> bool:
    try:
        date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
    except ValueError:
        return False
    return int(found["hour"] or 0) < 24 and int(found["minute"] or 0) < 60
