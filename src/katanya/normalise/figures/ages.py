"""Ages: ``berusia 26 tahun``, ``pria 34 tahun``, and ``(45)`` behind the name of a person."""

from fractions import Fraction

from katanya.lang.pack import Pack
from katanya.normalise.figures.amounts import Amount, is_time
from katanya.normalise.figures.counted import Counted
from katanya.normalise.figures.lexicon import Lexicon
from katanya.normalise.figures.page import Page

AGE = "age"  # the kind of such a figure
OLDEST = Fraction(120)
NEAR = 3  # tokens from a word of age to the number
NAME = 8  # tokens back from an age in brackets to the word that tells a person


class Ages:
    """Tells ages from spans of time and from numbers."""

    def __init__(self, pack: Pack, lexicon: Lexicon, counted: Counted) -> None:
        self._counted = counted
        self._passed = pack.words("figures.light") | pack.words("grammar.relatives")
        self._cues = pack.words("figures.age_cues")
        self._persons = pack.words("figures.age_nouns")
        self._light = pack.words("figures.light") | pack.words("figures.between") | pack.words("grammar.local")
        found = lexicon.units.at(pack.entries("figures.years"), 0)
        self._year = found[1] if found else None

    def read(self, page: Page, amount: Amount) -> bool:
        """Mark an amount as an age where it is one."""
        unit = amount.unit
        if unit is not None and not is_time(amount):
            return False
        if unit is None and (amount.number.form != "digits" or not (amount.number.plain or amount.ranged)):
            return False
        if unit is None and amount.high is not None and amount.high > OLDEST:
            return False
        if self._cued(page, amount):
            rule = "age word"
        elif unit is not None and page.low(amount.front - 1) in self._persons:
            rule = "person"
        elif self._bracketed(page, amount):
            rule = "person in brackets"
        else:
            return False
        amount.unit, amount.kind = unit or self._year, AGE
        amount.because.append(rule)
        return True

    def bearer(self, page: Page, amount: Amount) -> tuple[int, int] | None:
        """Return who is that old: the phrase before the word of age, the number or the bracket."""
        at = amount.front
        while page.low(at - 1) in self._light:
            at -= 1
        while page.low(at - 1) in self._passed or page.low(at - 1) in self._cues:
            at -= 1
        if page.low(at - 1) == "(":
            at -= 1
        return self._counted.phrase_before(page, at, 0)

    def _cued(self, page: Page, amount: Amount) -> bool:
        at = amount.front - 1
        for _ in range(NEAR):
            if page.low(at) in self._cues:
                return True
            if page.low(at) not in self._light and not self._counted.nominal(page, at):
                return False
            at -= 1
        return False

    def _bracketed(self, page: Page, amount: Amount) -> bool:
        """Tell whether an amount is all that stands in brackets behind the name of somebody told to be a person."""
        if page.low(amount.first - 1) != "(" or page.low(amount.last) != ")" or not page.capital(amount.first - 2):
            return False
        near = page.lower[max(0, amount.first - NAME):amount.first - 1] + page.lower[amount.last + 1:amount.last + NEAR]
        return not self._persons.isdisjoint(near)
