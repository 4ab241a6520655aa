"""Multiples, ratios and comparisons with known things."""

from fractions import Fraction

from katanya.core.values import Comparison
from katanya.lang.pack import Pack
from katanya.normalise.figures.amounts import Amount
from katanya.normalise.figures.digits import plain_value, read_digits
from katanya.normalise.figures.lexicon import Lexicon, Phrases, Thing
from katanya.normalise.figures.numerals import Number
from katanya.normalise.figures.page import Page

NUMBERS = frozenset({"digits", "words"})
NEAR = 6  # tokens from a multiple to the thing
SHARES = frozenset({10, 100, 1000})  # wholes of "nine of ten"


class Likeness:
    """Reads what an amount is a multiple of."""

    def __init__(self, pack: Pack, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._times = pack.words("figures.times_words")
        self._fold = pack.words("figures.fold_words")
        self._marks = pack.words("figures.fold_marks")
        self._more = pack.words("figures.more")
        self._comparable = pack.words("figures.comparable")
        self._compared_by = pack.words("figures.compared_by")
        self._alike = Phrases.of(pack.entries("figures.alike"))
        self._ratio_links = pack.words("figures.ratio_links")
        self._ratio_cues = pack.words("figures.ratio_cues")
        self._part_of = pack.words("figures.part_of")
        self._classifiers = pack.words("figures.classifiers")
        self._changes = pack.words("figures.rising") | pack.words("figures.falling")

    def multiple(self, page: Page, amount: Amount) -> bool:
        """Read "two times" where it multiplies: fold, more than, the size of something, behind a rise."""
        at = amount.last
        marked = page.low(at) in self._marks and page.tight(at)
        if amount.unit is not None or not (marked or page.low(at) in self._times):
            return False
        after = at + 1
        if page.low(after) in self._fold:
            after += 1
        elif not marked and not (
            (page.low(after) in self._more and page.low(after + 1) in self._comparable)
            or page.low(amount.front - 1) in self._changes
            or self._lexicon.quantities.at(page.lower, after)
            or self._lexicon.things.at(page.lower, after)
        ):
            return False
        amount.last, amount.kind = after, "multiple"
        amount.because.append("multiple")
        return True

    def linked(self, page: Page, amount: Amount) -> bool:
        """Tell whether a link of a ratio stands behind a number."""
        link = page.low(amount.last)
        return link in self._ratio_links or link in self._part_of or link == ":"

    def colon(self, page: Page, at: int) -> Amount | None:
        """Return "1:30" as a ratio, where a word of ratios stands before it."""
        parts = page.low(at).split(":")
        if len(parts) != 2 or self._ratio_cues.isdisjoint(page.lower[max(0, at - NEAR):at]):
            return None
        one, other = map(read_digits, parts)
        if one is None or other is None or not other.value:
            return None
        value = one.value / other.value
        number = Number(at, at + 1, value, value, "digits", "grouped")
        return Amount(at, at + 1, value, value, number, kind="ratio", because=["digits", "ratio"])

    def ratio(self, page: Page, amount: Amount, other: Amount | None) -> Amount | None:
        """Return "1 banding 3" and "satu dari tiga" as one amount, given the number behind the link."""
        if other is None or other.number.form not in NUMBERS or not other.low:
            return None
        if amount.low is None or amount.unit is not None:
            return None
        link = page.low(amount.last)
        if link in self._ratio_links or (link == ":" and page.low(amount.front - 1) in self._ratio_cues):
            rule = "ratio"
        elif link in self._part_of and (amount.low == 1 or other.low in SHARES) and amount.low < other.low:
            rule = "part of"
        else:
            return None
        value = amount.low / other.low
        both = Amount(amount.first, other.last, value, value, other.number, hedge=amount.hedge, kind="ratio")
        both.because = [*amount.because, rule]
        return both

    def comparison(self, page: Page, amount: Amount) -> Comparison | None:
        """Return the known thing that an amount is a multiple of, with what it comes to."""
        if amount.kind == "multiple":
            at, quantity = self._to_thing(page, amount.last)
        elif (cue := self._alike.before(page.lower, amount.front)) and amount.kind == "count":
            at = amount.last + (page.low(amount.last) in self._classifiers or page.low(amount.last) in self._times)
            found = self._lexicon.quantities.at(page.lower, cue[0])
            quantity = found[1] if found else None
        else:
            return None
        found_thing = self._lexicon.things.at(page.lower, at)
        if found_thing is None:
            return None
        last, sizes = found_thing
        thing = next((size for size in sizes if size.quantity == quantity), None if quantity else sizes[0])
        return None if thing is None else self._compare(page, amount, (at, last), thing)

    def _to_thing(self, page: Page, at: int) -> tuple[int, str | None]:
        """Step from a multiple to the thing, over the size that is meant."""
        quantity: str | None = None
        for _ in range(NEAR):
            found = self._lexicon.quantities.at(page.lower, at)
            if found is not None:
                at, quantity = found
            elif page.low(at) in self._more or page.low(at) in self._comparable or page.low(at) in self._compared_by:
                at += 1
            else:
                break
        return at, quantity

    @staticmethod
    def _compare(page: Page, amount: Amount, where: tuple[int, int], thing: Thing) -> Comparison:
        def sized(bound: Fraction | None) -> float | None:
            return plain_value(None if bound is None else bound * thing.value)

        low, high = sized(amount.low), sized(amount.high)
        return Comparison(page.span(*where), thing.name, thing.quantity, low, high, thing.unit, thing.source)
