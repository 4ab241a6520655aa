"""Numbers that are no amounts: dates, years, clocks, scores, versions, numbers of things, of roads, of telephones."""

from katanya.lang.pack import Pack
from katanya.normalise.figures.amounts import DASHES, Amount
from katanya.normalise.figures.counted import Counted
from katanya.normalise.figures.lexicon import Lexicon, Phrases
from katanya.normalise.figures.page import Page

YEARS = range(1900, 2100)
LAST_DAY = 31
CODE = 10  # digits without a point; a longer number is a code
PLATE = 3  # letters at either end of a number plate
CHAIN = 6  # numbers before a month: "12, 13 dan 14 Mei"
NEAR = 6  # tokens back to the cue of a score
MARKS = frozenset("@#+:=_°*×&\\<>|~")
CLOSING = frozenset({",", ".", ")", ";", ":", "!", "?"})
OPENING = frozenset("([\"“'‘-–—")


class Refusals:
    """Says why a number is no amount."""

    def __init__(self, pack: Pack, lexicon: Lexicon, counted: Counted) -> None:
        words = pack.words
        self._lexicon, self._counted = lexicon, counted
        self._months = words("calendar.months")
        self._labels = Phrases.of(pack.entries("figures.labels"))
        self._scores = words("figures.score_cues")
        self._zones = words("figures.clock_zones")
        self._clocks = words("figures.clock_cues")
        self._bearings = words("figures.bearings")
        self._rounds = words("figures.rounds")
        self._clitics = pack.entries("pronouns.suffix")
        self._folds = words("figures.fold_marks")
        self._idioms = Phrases.of(pack.entries("figures.idioms"))
        self._singling = words("figures.singling")
        self._none_of = words("figures.none_of")
        self._plain = words("figures.plain_counts")
        self._classifiers = words("figures.classifiers")
        self._between_links = words("figures.between_links") | words("figures.range_links") | DASHES | {","}
        self._known = (
            words("figures.links") | words("figures.light") | words("figures.stops") | words("figures.rising")
            | words("figures.falling") | words("grammar.prepositions") | words("grammar.conjunctions")
            | words("grammar.adverbs") | words("figures.existing") | words("grammar.subordinators")
        )

    def reason(self, page: Page, amount: Amount, chained: bool) -> str | None:
        """Return why an amount is none, or ``None``; ``chained`` tells that the number it is listed with was none."""
        if amount.number.form in ("digits",):
            return self._glued(page, amount) or self._digits(page, amount, chained)
        if self._idioms.at(page.lower, amount.first):
            return "idiom"
        if page.low(amount.first - 1) in self._singling:
            return "one of several"
        if page.capital(amount.first) and self._christened(page, amount):
            return "name"
        if amount.low == amount.high == 1 and page.low(amount.front - 1) in self._none_of and not amount.hedge:
            return "none"
        if not amount.number.bare:
            return None
        if page.low(amount.last) in self._rounds:
            return "round"
        return "label" if self._labelled(page, amount) else None

    def _glued(self, page: Page, amount: Amount) -> str | None:
        """Refuse digits that are part of something longer: 5G, A/2, +62, 021-555."""
        first, last = amount.first, amount.last
        before = page.low(first - 1)
        if page.tight(first) and not amount.symbol:
            parted = before in OPENING or (before in CLOSING and not page.low(first - 2)[-1:].isdigit())
            hung = before in DASHES and page.tight(first - 1) and page.low(first - 2)[-1:].isalnum()
            if not parted or hung or before == "+":
                return "glued"
        if page.low(last) in self._folds and page.tight(last) and not page.low(last + 1)[:1].isdigit():
            return None
        if page.tight(last) and self._runs_on(page, last):
            return "glued"
        if page.low(last) == "/" and page.tight(last) and page.tight(last + 1) and not amount.unit:
            after = page.word(last + 1)
            if after[:1].isdigit() or (after.isupper() and not self._lexicon.units.at(page.lower, last + 1)):
                return "glued"
        return None

    def _runs_on(self, page: Page, at: int) -> bool:
        """Tell whether a token stuck behind a number makes one thing with it."""
        word = page.word(at)
        if word[0] in MARKS:
            return page.tight(at + 1) and page.low(at + 1)[:1].isalnum()
        return word[:1].isalnum() and page.word(at - 1)[-1:].isalnum()

    def _digits(self, page: Page, amount: Amount, chained: bool) -> str | None:
        number = amount.number
        if amount.symbol:
            return None
        if self._clock(page, amount):
            return "clock"
        if self._bearing(page, amount):
            return "coordinate"
        if amount.unit is not None or number.scaled:
            return None
        if number.notation == "pointed":
            return "version"
        if self._lexicon.role(page.low(amount.last)) == "short_money" and page.capital(amount.last):
            return "unclear letter"
        if number.plain and page.low(amount.last) in self._rounds:
            return "round"
        if number.approximate and number.notation == "plain" and not self._counted.nominal(page, amount.last):
            return "decade"
        if self._date(page, amount):
            return "date"
        if self._score(page, amount):
            return "score"
        if number.plain and self._code(page, amount):
            return "code"
        listed = chained or (number.plain and self._labelled(page, amount))
        if listed and not self._plainly(page, amount, self._classifiers):
            return "label"
        if number.notation != "decimal" and self._named(page, amount):
            return "name"
        return "item" if self._item(page, amount) else None

    def _clock(self, page: Page, amount: Amount) -> bool:
        if page.low(amount.first - 1) in self._clocks:
            return amount.unit is None
        return page.low(amount.last) in self._zones

    def _bearing(self, page: Page, amount: Amount) -> bool:
        return bool(self._bearings.intersection((page.low(amount.last), page.low(amount.first - 1))))

    def _date(self, page: Page, amount: Amount) -> bool:
        """Refuse days of a month, years, and years in a range or decade."""
        low, number = amount.number.low, amount.number
        if low is None or low.denominator != 1:
            return False
        if number.notation == "plain" and int(low) in YEARS and not self._plainly(page, amount, self._classifiers):
            return amount.hedge is None or not self._plainly(page, amount, self._plain)
        if low > LAST_DAY:
            return False
        at = amount.last
        for _ in range(CHAIN):
            if page.low(at).partition("-")[0] in self._months:
                return True
            if page.low(at) not in self._between_links:
                break
            at += 1
            if not page.low(at)[:1].isdigit():
                return page.low(at) in self._months
            at += 1
        return page.low(amount.first - 1) in self._months

    def _score(self, page: Page, amount: Amount) -> bool:
        """Refuse "1-2" and its like: a range names what it is of, and no word of contests stands near."""
        joined = amount.number.joined
        dashed = amount.ranged and not joined and page.low(amount.first + 1) in DASHES
        if not (joined or dashed):
            return False
        low, high = amount.low, amount.high
        if amount.hedge is not None and low is not None and high is not None and low < high:
            return False
        if self._plainly(page, amount, self._classifiers):
            return False
        near = page.lower[max(0, amount.first - NEAR):amount.first]
        of = self._counted.behind(page, amount.last)
        return of is None or page.capital(of[0]) or not self._scores.isdisjoint(near)

    def _code(self, page: Page, amount: Amount) -> bool:
        """Refuse long numbers, neighbours of other digits, plates."""
        token = page.low(amount.first)
        if len(token) >= CODE:
            return True
        if page.low(amount.first - 1)[:1].isdigit() or page.low(amount.last)[:1].isdigit():
            return True
        before, after = page.word(amount.first - 1), page.word(amount.last)
        return before.isupper() and after.isupper() and before.isalpha() and len(before) < PLATE and len(after) <= PLATE

    def _christened(self, page: Page, amount: Amount) -> bool:
        """Tell whether a number in capitals is part of a name: capitals around it, and nothing plain is counted."""
        if amount.last - amount.first > 1 and page.capital(amount.first + 1) and not amount.number.scaled:
            return page.capital(amount.last) or page.capital(amount.first - 1)
        if page.opens_sentence(amount.first):
            return False
        around = page.capital(amount.first - 1) or page.capital(amount.last)
        scaled = amount.number.scaled and amount.last - amount.first > 1
        return around and page.low(amount.last) not in self._plain and not scaled

    def _labelled(self, page: Page, amount: Amount) -> bool:
        at = amount.front
        if page.low(at - 1) == "." and page.tight(at - 1):
            at -= 1
        return self._labels.before(page.lower, at) is not None

    def _plainly(self, page: Page, amount: Amount, nouns: frozenset[str]) -> bool:
        """Tell whether a noun of some that cannot be mistaken stands right behind."""
        return page.low(amount.last) in nouns and not page.capital(amount.last)

    def _named(self, page: Page, amount: Amount) -> bool:
        """Refuse a number behind a name, as in "Boeing 737", unless something plain is counted."""
        before = page.low(amount.first - 1)
        if amount.hedge is not None or not page.capital(amount.first - 1) or before in self._known:
            return False
        if page.opens_sentence(amount.first - 1) and (self._counted.verbal(before) or before.endswith(self._clitics)):
            return False
        return page.low(amount.last) not in self._plain

    def _item(self, page: Page, amount: Amount) -> bool:
        """Refuse the number of an item in a list: at the head of its line or after a full stop, with a mark behind."""
        if page.low(amount.last) not in {".", ")"} or not page.tight(amount.last):
            return False
        at = amount.first - (page.low(amount.first - 1) == "(")
        return page.opens_sentence(at)
