"""Numbers in digits, in Indonesian notation, and in English where it cannot be mistaken."""

import re
from fractions import Fraction
from typing import NamedTuple

LONGEST = 24  # characters of a number; beyond this it is a code
GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
ENGLISH = re.compile(r"[1-9]\d{0,2}(?:(?:,\d{3}){2,}(?:\.\d+)?|(?:,\d{3})+\.\d+)")
DECIMAL = re.compile(r"(?:0|[1-9]\d*),\d+")
POINTED = re.compile(r"(?:0\.\d+|[1-9]\d*\.(?:\d{1,2}|\d{4,}))")
PLAIN = re.compile(r"0|[1-9]\d*")
THOUSANDTHS = re.compile(r"[1-9]\d{0,2},\d{3}")


class Digits(NamedTuple):
    """A number in digits; ``notation`` is plain, grouped, decimal, english or pointed (an English decimal point)."""

    value: Fraction
    notation: str


def read_digits(token: str) -> Digits | None:
    """Read a token of digits, points and commas; dates, versions, codes and numbers with leading zeros are none."""
    if len(token) > LONGEST or not token.isascii():
        return None
    if PLAIN.fullmatch(token):
        return Digits(Fraction(token), "plain")
    if GROUPED.fullmatch(token):
        return Digits(Fraction(token.replace(".", "").replace(",", ".")), "grouped")
    if DECIMAL.fullmatch(token):
        return Digits(Fraction(token.replace(",", ".")), "decimal")
    if ENGLISH.fullmatch(token):
        return Digits(Fraction(token.replace(",", "")), "english")
    return Digits(Fraction(token), "pointed") if POINTED.fullmatch(token) else None


def as_thousands(token: str) -> Fraction | None:
    """Return the English reading of ``1,250``, for amounts that come in no thousandths."""
    return Fraction(token.replace(",", "")) if THOUSANDTHS.fullmatch(token) else None


def plain_value(value: Fraction | None) -> float | None:
    """Return a number as JSON has it: an integer where it is whole."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)
