"""Ordinals, the ranks that are told by plain numbers, and "both", which counts."""

from katanya.lang.pack import Pack
from katanya.normalise.figures.amounts import Amount
from katanya.normalise.figures.counted import Counted
from katanya.normalise.figures.lexicon import Lexicon
from katanya.normalise.figures.page import Page


class Ordinals:
    """Tells ordinals from names, dates and marks of enumeration."""

    def __init__(self, pack: Pack, lexicon: Lexicon, counted: Counted) -> None:
        self._lexicon, self._counted = lexicon, counted
        self._periods = pack.words("figures.periods") | pack.words("figures.time_nouns")
        self._ranks = pack.words("figures.ranks")
        self._times = pack.words("figures.times_words")
        self._grouped, self._ordered = pack.words("figures.grouped"), pack.words("figures.ordered")
        self._joining = pack.words("figures.joining")
        self._relatives = pack.words("grammar.relatives")

    def read(self, page: Page, amount: Amount) -> Amount | None:
        """Return an ordinal with what it numbers, or the count that "both" tells."""
        first, last = amount.first, amount.last
        noun = self._noun(page, first)
        before = page.low(noun)
        timed = before in self._periods or self._lexicon.role(before) == "one_time"
        if timed or (amount.number.notation and before == ")"):
            return None
        if page.capital(first) and not page.opens_sentence(first):
            return None
        if page.opens_sentence(first) and not (self._counted.nominal(page, last) or page.low(last) in self._times):
            return None
        several = self._counted.doubled(before)
        if self._collective(page, amount, noun, several and noun == first - 1):
            amount.of = self._counted.behind(page, last)
            amount.because = ["all of them"]
            return amount
        amount.kind = "ordinal"
        if page.low(last) in self._times:
            amount.of = (last, last + 1)
        elif several:
            return None  # the first of several, or the first days: no number is told
        else:
            amount.of = self._counted.phrase_before(page, noun + (before not in self._relatives), 0)
        return amount

    def rank(self, page: Page, amount: Amount) -> bool:
        """Mark a plain number behind "place" as an ordinal."""
        if not amount.number.bare or amount.unit is not None or page.low(amount.front - 1) not in self._ranks:
            return False
        amount.kind = "ordinal"
        amount.of = self._counted.phrase_before(page, amount.front, 0)
        amount.because.append("rank")
        return True

    def _noun(self, page: Page, first: int) -> int:
        """Return the token that an ordinal stands behind, over those that it is listed with."""
        at = first - 1
        while page.low(at) in self._joining and self._lexicon.role(page.low(at - 1)) == "ordinal":
            at -= 2
        return at

    def _collective(self, page: Page, amount: Amount, noun: int, several: bool) -> bool:
        """Tell whether an ordinal stands before its noun and so means all of that many.

        ``noun`` is the token that it would number, ``several`` tells that this is a plural, which none numbers.
        """
        if amount.low is None or amount.low < 2 or amount.number.notation or page.opens_line(amount.last):
            return False
        if page.low(noun) in self._relatives:
            return False
        grouped = page.low(amount.last) in self._grouped and page.low(noun) not in self._ordered
        named = not (several or grouped or page.opens_sentence(amount.first)) and self._counted.nominal(page, noun)
        return not named and self._counted.nominal(page, amount.last) and page.low(amount.last) not in self._times
