"""A single number, in digits, in words, or in both: ``1.250``, ``dua setengah juta``, ``1,2 juta``, ``belasan``."""

from dataclasses import dataclass
from fractions import Fraction

from katanya.normalise.figures.digits import Digits, as_thousands, read_digits
from katanya.normalise.figures.lexicon import Lexicon, Numeral
from katanya.normalise.figures.page import Page

MOST_WORDS = 40  # of one number
LARGEST = Fraction(10**21)
DECIMALS = 6  # spoken behind a decimal comma


@dataclass(slots=True)
class Number:
    """An amount as such: tokens ``first`` up to ``last`` and its bounds.

    ``form`` is digits, words, vague, some, share, fraction, ordinal or article; ``plain`` marks bare digits without
    points or scale, ``scaled`` a number with a scale word behind it, ``joined`` two numbers in one token.
    """

    first: int
    last: int
    low: Fraction | None
    high: Fraction | None
    form: str
    notation: str = ""
    scaled: bool = False
    joined: bool = False
    approximate: bool = False  # "20-an": the tens from 20

    @property
    def bare(self) -> bool:
        """Whether it is one number without points or scale, in digits or words, as labels have it."""
        return self.plain or (self.form == "words" and not self.scaled)

    @property
    def plain(self) -> bool:
        """Whether it is digits and nothing else."""
        return self.notation == "plain" and not self.scaled


class Numerals:
    """Reads a number where one begins."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._numerals = lexicon.numerals

    def read(self, page: Page, first: int, money: bool = False, token: str = "") -> Number | None:
        """Return the number that begins at a token; ``token`` replaces its words where a symbol is stuck to them.

        ``money`` tells that a currency stands before it, so that ``M`` is a scale.
        """
        word = token or page.low(first)
        if word[:1].isdigit():
            return self._digits(page, first, word, money)
        if share := self._lexicon.shares.at(page.lower, first):
            last, numeral = share
            return Number(first, last, numeral.value, numeral.high, numeral.role)
        if word in self._lexicon.pairs:
            low, high = self._lexicon.pairs[word]
            return self._scale(page, Number(first, first + 1, low, high, "words", joined=True), money)
        if word[-1:].isdigit():
            return self._ordinal(first, word)
        numeral_here = self._numerals.get(word)
        return None if numeral_here is None else self._words(page, first, numeral_here, money)

    def _ordinal(self, first: int, word: str) -> Number | None:
        """Read "ke-3"."""
        prefix = next((prefix for prefix in self._lexicon.ordinal_prefixes if word.startswith(prefix)), None)
        digits = read_digits(word[len(prefix):]) if prefix else None
        if digits is None or digits.value.denominator != 1:
            return None
        return Number(first, first + 1, digits.value, digits.value, "ordinal", digits.notation)

    def _digits(self, page: Page, first: int, word: str, money: bool) -> Number | None:
        head, *tail = word.split("-")
        digits = read_digits(head)
        if digits is None or len(tail) > 1:
            return None
        if tail:
            return self._joined(page, first, digits, tail[0], money)
        number = Number(first, first + 1, digits.value, digits.value, "digits", digits.notation)
        number = self._mixed_fraction(page, number)
        return self._more(page, self._scale(page, number, money), money)

    def _joined(self, page: Page, first: int, digits: Digits, tail: str, money: bool) -> Number | None:
        """Read the rest of "10-15" and "20-an"; a second number that is not larger makes no range: "2-1"."""
        if other := read_digits(tail):
            if digits.value >= other.value:
                return None
            number = Number(first, first + 1, digits.value, other.value, "digits", digits.notation, joined=True)
            return self._scale(page, number, money)
        if not self._lexicon.hedges_after.at((tail,), 0) or digits.value.denominator != 1:
            return None
        return self._scale(page, Number(
            first, first + 1, digits.value, digits.value + round_step(digits.value) - 1, "digits", digits.notation,
            approximate=True,
        ), money)

    def _mixed_fraction(self, page: Page, number: Number) -> Number:
        """Take in the half of "2 setengah juta", where a scale follows."""
        numeral = self._numerals.get(page.low(number.last))
        follows = self._lexicon.role(page.low(number.last + 1))
        if numeral and numeral.role == "fraction" and numeral.value and follows == "scale" and number.low is not None:
            number.low = number.high = number.low + numeral.value
            number.last += 1
        return number

    def _scale(self, page: Page, number: Number, money: bool) -> Number:
        """Multiply by the scale words that follow."""
        while number.last - number.first < MOST_WORDS:
            numeral = self._numerals.get(page.low(number.last))
            if numeral is None or numeral.value is None or not self._is_scale(numeral, number, money):
                return number
            if number.high is not None and number.high * numeral.value > LARGEST:
                return number
            whole = number.form == "vague" or number.approximate
            number.low = None if number.low is None else number.low * numeral.value
            if number.high is not None:
                number.high = (number.high + 1) * numeral.value - 1 if whole else number.high * numeral.value
            number.last += 1
            number.scaled = True
        return number

    def _is_scale(self, numeral: Numeral, number: Number, money: bool) -> bool:
        if numeral.role == "scale":
            return True
        if number.form != "digits" or number.scaled:
            return False
        return numeral.role == "short" or (money and numeral.role == "short_money")

    def _more(self, page: Page, number: Number, money: bool) -> Number:
        """Add the smaller part of "2 juta 500 ribu"."""
        if not number.scaled or number.low is None or page.low(number.last)[:1] not in tuple("123456789"):
            return number
        digits = read_digits(page.low(number.last))
        if digits is None:
            return number
        part = Number(number.last, number.last + 1, digits.value, digits.value, "digits", digits.notation)
        part = self._scale(page, part, money)
        if part.scaled and part.low is not None and part.low * 2 < number.low and number.low % 1000 == 0:
            number.low = number.high = number.low + part.low
            number.last = part.last
        return number

    def _words(self, page: Page, first: int, numeral: Numeral, money: bool) -> Number | None:
        value, role = numeral.value, numeral.role
        if role in ("vague", "some"):
            number = Number(first, first + 1, value, numeral.high, role)
            tens = self._numerals.get(page.low(first + 1))
            if role == "some" and value is not None and tens is not None and tens.role == "tens" and tens.value:
                number.low, number.last = value * tens.value, first + 2
            return self._scale(page, number, money)
        if role == "ordinal":
            return self._long_ordinal(page, first, value)
        if role == "article":
            return Number(first, first + 1, value, value, role)
        if role == "fraction":
            number = self._scale(page, Number(first, first + 1, value, value, "fraction"), money)
            number.form = "words" if number.scaled else "fraction"
            return number
        if role == "digit" and (over := self._over(page, first, value)):
            return over
        return self._spelled(page, first) if role in ("digit", "one", "one_scale") else None

    def _over(self, page: Page, first: int, value: Fraction | None) -> Number | None:
        """Read "dua per tiga"."""
        whole = self._numerals.get(page.low(first + 2))
        if page.low(first + 1) not in self._lexicon.over or whole is None or whole.role not in ("digit", "one"):
            return None
        if value is None or whole.value is None or value >= whole.value:
            return None
        return Number(first, first + 3, value / whole.value, value / whole.value, "fraction")

    def _long_ordinal(self, page: Page, first: int, value: Fraction | None) -> Number:
        """Read "kedua" and "kedua belas"."""
        follower = self._numerals.get(page.low(first + 1))
        last = first + 1
        if value is not None and follower is not None and follower.value is not None and 1 < value < 10:
            if follower.role == "teen":
                value, last = value + follower.value, first + 2
            elif follower.role == "tens":
                value, last = value * follower.value, first + 2
                unit = self._numerals.get(page.low(last))
                if unit is not None and unit.role == "digit" and unit.value:
                    value, last = value + unit.value, last + 1
        return Number(first, last, value, value, "ordinal")

    def _spelled(self, page: Page, first: int) -> Number | None:
        """Read a whole number in words, scale by scale, each smaller than the last."""
        total, at, ceiling, scaled = Fraction(0), first, LARGEST, False
        while at - first < MOST_WORDS:
            part, end, group_scaled, form = self._group(page, at)
            if part is None or (at > first and part >= ceiling):
                break
            if form == "fraction":
                return Number(first, end, part, part, "fraction") if at == first else None
            total, at, scaled = total + part, end, scaled or group_scaled
            if not group_scaled:
                break
            ceiling = self._numerals[page.low(at - 1)].value or Fraction(1)
        return Number(first, at, total, total, "words", scaled=scaled) if at > first else None

    def _group(self, page: Page, at: int) -> tuple[Fraction | None, int, bool, str]:
        """Read a number below a thousand and the scales behind it: its value, its end, whether it is scaled."""
        numeral = self._numerals.get(page.low(at))
        if numeral is not None and numeral.role == "one_scale":
            value, end, scaled = numeral.value or Fraction(1), at + 1, True
        else:
            small, end = self._below_thousand(page, at)
            if small is None:
                return None, at, False, ""
            value, scaled = small, False
            parts = self._numerals.get(page.low(end))
            if parts is not None and parts.role == "parts" and parts.value and value < parts.value:
                return value / parts.value, end + 1, False, "fraction"
            value, end = self._behind_point(page, value, end)
        while (numeral := self._numerals.get(page.low(end))) is not None and numeral.role == "scale" and numeral.value:
            if value * numeral.value > LARGEST:
                break
            value, end, scaled = value * numeral.value, end + 1, True
        return value, end, scaled, "words"

    def _behind_point(self, page: Page, value: Fraction, end: int) -> tuple[Fraction, int]:
        """Add the half of "dua setengah juta" or the decimals of "satu koma lima"."""
        numeral = self._numerals.get(page.low(end))
        if numeral is None or numeral.value is None:
            return value, end
        if numeral.role == "fraction" and not page.tight(end):
            return value + numeral.value, end + 1
        if numeral.role != "point":
            return value, end
        place, at = Fraction(1, 10), end + 1
        while at - end <= DECIMALS:
            digit = self._numerals.get(page.low(at))
            if digit is None or digit.role != "digit" or digit.value is None:
                break
            value, place, at = value + digit.value * place, place / 10, at + 1
        return (value, at) if at > end + 1 else (value, end)

    def _below_thousand(self, page: Page, at: int) -> tuple[Fraction | None, int]:
        """Read hundreds, tens and ones in words."""
        total, ceiling, start = Fraction(0), Fraction(1000), at
        while True:
            value, end = self._step(page, at)
            if value is None or (at > start and value >= ceiling):
                break
            total, at = total + value, end
            if value < 20 or value % 10:
                break
            ceiling = Fraction(100 if value >= 100 else 10)
        return (total, at) if at > start else (None, at)

    def _step(self, page: Page, at: int) -> tuple[Fraction | None, int]:
        """Read one digit and what multiplies it."""
        numeral = self._numerals.get(page.low(at))
        if numeral is None or numeral.value is None:
            return None, at
        if numeral.role == "one":
            return numeral.value, at + 1
        if numeral.role != "digit":
            return None, at
        follower = self._numerals.get(page.low(at + 1))
        if follower is not None and follower.value is not None and numeral.value:
            if follower.role == "teen":
                return numeral.value + follower.value, at + 2
            if follower.role == "tens":
                return numeral.value * follower.value, at + 2
        return numeral.value, at + 1


def round_step(value: Fraction) -> int:
    """Return the size of the last place that is not zero: 20 is told in tens, 1.500 in hundreds."""
    step = 1
    while value and value % (step * 10) == 0:
        step *= 10
    return step


def whole(page: Page, number: Number) -> Fraction | None:
    """Return the reading of "1,250" as thousands, where the number is one."""
    if number.form != "digits" or number.scaled or number.joined or number.notation != "decimal":
        return None
    return as_thousands(page.low(number.first).lstrip("abcdefghijklmnopqrstuvwxyz$€£¥"))
