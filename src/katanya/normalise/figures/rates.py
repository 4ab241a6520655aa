"""What an amount is spread over: ``per bulan``, ``setiap tahun``, ``/kg``, ``dalam 24 jam``, ``sehari``."""

from katanya.lang.pack import Pack
from katanya.normalise.figures.amounts import Amounts, is_time
from katanya.normalise.figures.counted import Counted
from katanya.normalise.figures.lexicon import Lexicon
from katanya.normalise.figures.page import Page


class Rates:
    """Finds what an amount is spread over."""

    def __init__(self, pack: Pack, lexicon: Lexicon, amounts: Amounts, counted: Counted) -> None:
        self._lexicon, self._amounts, self._counted = lexicon, amounts, counted
        self._links = pack.words("figures.per_links")
        self._spans = pack.words("figures.per_spans")
        self._marks = pack.words("figures.per_marks")
        self._each = pack.words("figures.each")
        self._classifiers = pack.words("figures.classifiers")
        self._months = pack.words("calendar.months")

    def behind(self, page: Page, at: int) -> tuple[int, int] | None:
        """Return what an amount that ends before a token is spread over."""
        word = page.low(at)
        if page.opens_line(at):
            return None
        if self._lexicon.role(word) == "one_time":
            return at, at + 1
        if word in self._links or (word in self._marks and page.tight(at)):
            return self._each_one(page, at + 1)
        return self._time(page, at + 1) if word in self._spans else None

    def before(self, page: Page, front: int) -> tuple[int, int] | None:
        """Return the word that gives an amount to each of several, where it stands right before it."""
        return (front - 1, front) if page.low(front - 1) in self._each else None

    def _each_one(self, page: Page, at: int) -> tuple[int, int] | None:
        amount = self._amounts.read(page, at) if self._starts_number(page, at) else None
        if amount is not None:
            if page.low(amount.last) in self._months:
                return None
            of, _ = (None, False) if amount.unit else self._counted.counted(page, amount.last)
            return (at, max(amount.last, of[1] if of else 0)) if amount.unit or of else None
        unit = self._lexicon.units.at(page.lower, at)
        if unit is not None:
            return at, unit[0]
        return (at, at + 1) if self._counted.nominal(page, at) and not page.capital(at) else None

    def _time(self, page: Page, at: int) -> tuple[int, int] | None:
        """Return a span of time that begins at a token."""
        if self._lexicon.role(page.low(at)) == "one_time":
            return at, at + 1
        if not self._starts_number(page, at):
            return None
        amount = self._amounts.read(page, at)
        return (at, amount.last) if amount is not None and is_time(amount) else None

    def _starts_number(self, page: Page, at: int) -> bool:
        return page.low(at)[:1].isdigit() or page.low(at) in self._lexicon.triggers
