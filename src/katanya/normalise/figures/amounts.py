"""An amount: a number with its currency or unit, the bounds of a range, the words that soften it."""

from dataclasses import dataclass, field
from fractions import Fraction

from katanya.lang.pack import Pack
from katanya.normalise.figures.lexicon import MAGNITUDE, MONEY, TIME, Lexicon, Phrases, Unit
from katanya.normalise.figures.numerals import Number, Numerals, whole
from katanya.normalise.figures.page import Page

FURTHEST = 3  # hedges one behind the other
DASHES = frozenset("-–—")
SIGNS = frozenset("-−")
LEAD = 2  # tokens of a sign or a currency between a link and its number
WHOLES = frozenset({"ordinal", "article"})
NEIGHBOURS = 2  # how far apart the two of "dua atau tiga" may lie
RISKY = 2  # letters of a unit that may be another word: only right behind digits


@dataclass(slots=True)
class Amount:
    """An amount in the making: tokens ``first`` up to ``last``; the other pairs are token ranges as well.

    ``tail`` is the end of a classifier behind it where what is counted stands before.
    """

    first: int
    last: int
    low: Fraction | None
    high: Fraction | None
    number: Number
    unit: Unit | None = None
    symbol: bool = False
    hedge: tuple[int, int] | None = None
    of: tuple[int, int] | None = None
    per: tuple[int, int] | None = None
    kind: str = "count"
    change: str | None = None
    tail: int = 0
    linked: bool = False
    partitive: bool = False
    ranged: bool = False
    because: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    @property
    def front(self) -> int:
        """The first token, hedges before it included."""
        return min(self.first, self.hedge[0]) if self.hedge else self.first

    @property
    def end(self) -> int:
        """The end of the amount, of what it counts and of the hedge behind it."""
        return max(self.last, self.tail, self.of[1] if self.of else 0, self.hedge[1] if self.hedge else 0)


class Amounts:
    """Reads an amount where a number begins."""

    def __init__(self, pack: Pack, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._numerals = Numerals(lexicon)
        self._range_links = Phrases.of(pack.entries("figures.range_links"))
        self._between = pack.words("figures.between")
        self._between_links = Phrases.of(pack.entries("figures.between_links"))
        self._either = pack.words("figures.either")
        self._classifiers = pack.words("figures.classifiers")
        self._money_cues = pack.words("figures.money_cues")
        self._minus = pack.words("figures.minus")
        self._existing = pack.words("figures.existing")
        self._more = pack.words("figures.more")
        self._comparable = pack.words("figures.comparable") | pack.words("figures.compared_by")

    def read(self, page: Page, at: int) -> Amount | None:
        """Return the amount whose number begins at a token, with its unit, its range and its hedges."""
        one = self._one(page, at)
        if one is None:
            return None
        amount = self._range(page, one) or one
        self._soften(page, amount)
        return amount

    def _one(self, page: Page, at: int) -> Amount | None:
        """Read a number with the currency or unit on either side."""
        first, unit, token = self._symbol(page, at)
        money = (unit is not None and unit.kind == MONEY) or self._about_money(page, first, at)
        number = self._numerals.read(page, at, money, token)
        if number is None:
            return None
        if number.form in WHOLES:
            return Amount(at, number.last, number.low, number.high, number, because=[number.form])
        if unit is not None and unit.kind == MAGNITUDE and number.notation not in ("decimal", "pointed"):
            return None
        amount = Amount(first, number.last, number.low, number.high, number, unit, unit is not None)
        amount.because.append(number.form)
        if number.notation in ("english", "pointed"):
            amount.because.append(number.notation)
        if unit is None:
            self._unit_behind(page, amount)
        elif unit.kind == MONEY:
            self._unit_again(page, amount, unit)
        if money and unit is None and number.scaled and amount.unit is None:
            amount.kind = MONEY
            amount.because.append("money word")
        self._thousands(page, amount)
        self._negate(page, amount)
        return amount

    def _about_money(self, page: Page, first: int, at: int) -> bool:
        """Tell whether a word of money stands before a number or behind its scale, so that "M" is a scale."""
        return not self._money_cues.isdisjoint((page.low(first - 1), page.low(at + 2)))

    def _negate(self, page: Page, amount: Amount) -> None:
        """Take in the word or the sign of a number below zero; a sign stands free before and tight behind."""
        at = amount.first - 1
        signed = page.low(at) in SIGNS and page.tight(at + 1) and not page.tight(at) and not amount.number.plain
        if amount.number.joined or amount.low is None or amount.high is None:
            return
        if page.low(at) in self._minus or (signed and page.low(at - 1)[-1:].isalpha()):
            amount.first, amount.low, amount.high = at, -amount.high, -amount.low
            amount.because.append("below zero")

    def _symbol(self, page: Page, at: int) -> tuple[int, Unit | None, str]:
        """Return the currency before a number: where it begins, and the digits where they are stuck to it."""
        word = page.low(at)
        if not word[:1].isdigit() and word[-1:].isdigit():
            cut = next(index for index, letter in enumerate(word) if letter.isdigit())
            head, before = word[:cut], page.low(at - 1)
            if page.tight(at) and (unit := self._lexicon.symbols.get(before + head)):
                return at - 1, unit, word[cut:]
            unit = self._lexicon.symbols.get(head)
            return at, unit, word[cut:] if unit else ""
        symbols = self._lexicon.symbols
        if page.tight(at - 1) and (unit := symbols.get(page.low(at - 2) + page.low(at - 1))):
            return at - 2, unit, ""
        unit = symbols.get(page.low(at - 1))
        return (at - 1 if unit else at), unit, ""

    def _unit_behind(self, page: Page, amount: Amount) -> None:
        found = self._lexicon.units.at(page.lower, amount.last)
        if found is None or self._doubtful(page, amount, found[0]):
            return
        amount.last, amount.unit = found
        amount.because.append("unit")

    def _doubtful(self, page: Page, amount: Amount, end: int) -> bool:
        """Tell whether a short unit is more likely another word: a letter, or a capital where none belongs."""
        word = page.word(amount.last)
        if end - amount.last > 1 or len(word) > RISKY or not word.isalpha():
            return False
        if amount.number.form != "digits" or (len(word) == 1 and word.isupper() and word not in "VW"):
            return True
        return len(word) == 1 and page.low(end) == "." and page.tight(end) and page.capital(end + 1)

    def _unit_again(self, page: Page, amount: Amount, unit: Unit) -> None:
        """Take in the name of the currency behind the number where its sign stands before it."""
        found = self._lexicon.units.at(page.lower, amount.last)
        if found is not None and found[1] == unit:
            amount.last = found[0]

    def _thousands(self, page: Page, amount: Amount) -> None:
        """Read "1,250" as thousands where money or whole things are told, which come in no thousandths."""
        money = amount.unit is not None and amount.unit.kind == MONEY
        counted = amount.unit is None and page.low(amount.last) in self._classifiers
        if (money or counted) and (value := whole(page, amount.number)) is not None:
            amount.low = amount.high = value
            amount.because.append("english")

    def _range(self, page: Page, one: Amount) -> Amount | None:
        """Return two amounts with a link between them as one range."""
        if one.number.joined or one.number.form in ("some", "share", "ordinal", "article"):
            return None
        at, kind = self._link(page, one)
        if not kind:
            return None
        begin = at
        while begin < page.size and begin < at + LEAD and self._opens(page, begin):
            begin += 1
        other = self._one(page, begin)
        if other is None or other.first < at or not self._fit(page, one, other, kind):
            return None
        low, high = self._share_scale(one, other)
        if low is None or high is None or low >= high:
            return None
        unit = other.unit or one.unit
        both = Amount(one.first, other.last, low, high, other.number, unit, one.symbol or other.symbol)
        both.because, both.ranged = [*one.because, *other.because, "range"], True
        return both

    def _opens(self, page: Page, at: int) -> bool:
        """Tell whether a token is a currency before a number."""
        word = page.low(at)
        known = word in self._minus or word in self._lexicon.symbols or word + page.low(at + 1) in self._lexicon.symbols
        return not word[-1:].isdigit() and (known or word in {".", "$"})

    def _link(self, page: Page, one: Amount) -> tuple[int, str]:
        """Return the end of the link behind an amount, a classifier stepped over, and what sort of link it is."""
        for at in (one.last, one.last + 1) if page.low(one.last) in self._classifiers else (one.last,):
            if page.low(one.first - 1) in self._between and (found := self._between_links.at(page.lower, at)):
                return found[0], "between"
            if found := self._range_links.at(page.lower, at):
                return found[0], "range"
            if page.low(at) in DASHES:
                return at + 1, "dash" if page.tight(at) == page.tight(at + 1) else ""
            if page.low(at) in self._either:
                return at + 1, "either"
        return one.last, ""

    def _fit(self, page: Page, one: Amount, other: Amount, kind: str) -> bool:
        if other.number.joined or other.number.form in ("some", "share", "ordinal", "article", "fraction"):
            return False
        if one.unit is not None and other.unit is not None and one.unit != other.unit:
            return False
        if one.unit is not None and other.unit is None and not one.symbol:
            return False
        if kind == "either":
            low, high = one.low, other.high
            near = low is not None and high is not None and high - low <= NEIGHBOURS
            return near and one.unit is None and other.number.form == one.number.form
        if kind == "dash" and other.unit is None and one.unit is None:
            return page.tight(one.last) or page.low(other.last) in self._classifiers or other.number.scaled
        return True

    def _share_scale(self, one: Amount, other: Amount) -> tuple[Fraction | None, Fraction | None]:
        """Give the first bound the scale of the second, as in "5-7 juta"."""
        low, high = one.low, other.high
        if low is None or high is None or one.number.scaled or not other.number.scaled or one.number.form == "vague":
            return low, high
        bare = self._unscaled(other)
        return (low * high / bare, high) if bare and low < bare else (low, high)

    @staticmethod
    def _unscaled(amount: Amount) -> Fraction | None:
        """Return a scaled number without its scale: the mantissa below a thousand."""
        value = amount.high
        while value is not None and value >= 1000:
            value = value / 1000
        return value

    def _soften(self, page: Page, amount: Amount) -> None:
        """Find the hedges around an amount and open its bounds by them."""
        if amount.number.form in WHOLES:
            return
        if amount.number.joined and amount.number.form == "digits":
            amount.ranged = True
        effect = ""
        start = amount.first
        for _ in range(FURTHEST):
            found = self._lexicon.hedges_before.before(page.lower, start)
            if found is None and self._measured(page, amount):
                found = self._lexicon.hedges_measured.before(page.lower, start)
            if found is None or (self._between.intersection(page.lower[found[0]:start])):
                break
            effect = self._stronger(effect, found[1])
            start = found[0]
        if start < amount.first:
            amount.hedge = (start, amount.first)
        elif far := self._over_existing(page, amount):
            amount.hedge, effect = far
        elif behind := self._behind(page, amount):
            amount.hedge, effect = behind
        if amount.number.approximate:
            effect = effect or "about"
        if effect:
            amount.because.append(f"hedge: {effect}")
        if effect == "least":
            amount.high = None
        elif effect == "most" and not amount.ranged:
            amount.low = None

    def _measured(self, page: Page, amount: Amount) -> bool:
        """Tell whether an amount is more than a plain count, which "above" and "below" may tell the place of."""
        return amount.unit is not None or not amount.number.bare or page.low(amount.last) in self._classifiers

    def _over_existing(self, page: Page, amount: Amount) -> tuple[tuple[int, int], str] | None:
        """Return the hedge before "there are", which softens what there is: "setidaknya, ada empat"."""
        at = amount.first - 1
        if page.low(at) not in self._existing:
            return None
        at -= page.low(at - 1) == ","
        found = self._lexicon.hedges_before.before(page.lower, at)
        return None if found is None else ((found[0], at), found[1])

    def soften_behind(self, page: Page, amount: Amount, at: int) -> None:
        """Open the bounds by a hedge behind what is counted: "22.000 rumah lebih"."""
        found = self._lexicon.hedges_after.at(page.lower, at)
        if found is None or page.low(found[0]) in self._comparable:
            return
        amount.hedge = (at, found[0])
        amount.because.append(f"hedge: {found[1]}")
        amount.high = None if found[1] == "least" else amount.high
        amount.low = None if found[1] == "most" else amount.low

    @staticmethod
    def _stronger(near: str, far: str) -> str:
        """Return what two hedges do together: the nearer bound counts, an open bound more than an estimate."""
        bounds = ("least", "most")
        return near if near in bounds or (near and far not in bounds) else far

    def _behind(self, page: Page, amount: Amount) -> tuple[tuple[int, int], str] | None:
        """Return the hedge behind an amount or its classifier: "20 orang lebih"; a comparison is none."""
        for at in (amount.last, amount.last + 1):
            found = self._lexicon.hedges_after.at(page.lower, at)
            if found is not None:
                end, effect = found
                if page.low(at) in self._more and page.low(end) in self._comparable:
                    return None
                return (at, end), effect
        return None


def is_time(amount: Amount) -> bool:
    """Tell whether an amount is a span of time."""
    return amount.unit is not None and amount.unit.kind == TIME
