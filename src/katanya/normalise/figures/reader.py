"""Reads the figures of a text."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from katanya.core.analysis import Tokens
from katanya.core.spans import Span
from katanya.core.values import Comparison, Figure, Time, TimeType
from katanya.lang.pack import Pack
from katanya.normalise.figures.ages import AGE, Ages
from katanya.normalise.figures.amounts import Amount, Amounts, is_time
from katanya.normalise.figures.counted import Counted
from katanya.normalise.figures.digits import plain_value
from katanya.normalise.figures.lexicon import MONEY, PERCENT, Lexicon, Phrases
from katanya.normalise.figures.likeness import Likeness
from katanya.normalise.figures.ordinals import Ordinals
from katanya.normalise.figures.page import Page
from katanya.normalise.figures.rates import Rates
from katanya.normalise.figures.refusals import Refusals

DIGITS = frozenset("0123456789")
NEAR = 12  # tokens back to those that "of them" speaks of
LISTING = frozenset({",", ";", "/", "("})
LISTED = frozenset({"label", "code", "name", "glued"})  # what is listed with these is none either
SHARES = frozenset({"share", "fraction"})


@dataclass(slots=True)
class State:
    """What a pass over a text remembers: the figure before, where it ends, and where a number that is none does."""

    previous: Amount | None = None
    end: int = 0
    refused: int = -1


class FigureReader:
    """Finds amounts and says what they mean."""

    def __init__(self, pack: Pack) -> None:
        lexicon = Lexicon(pack)
        words = pack.words
        self._lexicon = lexicon
        self._amounts = Amounts(pack, lexicon)
        self._counted = Counted(pack, lexicon)
        self._refusals = Refusals(pack, lexicon, self._counted)
        self._rates = Rates(pack, lexicon, self._amounts, self._counted)
        self._likeness = Likeness(pack, lexicon)
        self._ages = Ages(pack, lexicon, self._counted)
        self._ordinals = Ordinals(pack, lexicon, self._counted)
        self._time_nouns = words("figures.time_nouns")
        self._joining = LISTING | words("figures.joining")
        self._rising = words("figures.rising") | words("figures.rises")
        self._changes = self._rising | words("figures.falling") | words("figures.falls")
        self._reaching = words("figures.reaching")
        self._bound = words("figures.strong_links")
        self._someone = words("figures.someone")
        self._part_of = words("figures.part_of")
        self._partitives = Phrases.of(pack.entries("figures.partitives"))
        self._only = words("figures.only")

    def read(self, text: str, tokens: Tokens, times: Sequence[Time] = ()) -> tuple[Figure, ...]:
        """Return the figures of a text in order; words that tell a time are none, but may be a ``per``, or an age."""
        tokens = self._parted(tokens)
        page, state, figures = Page(text, tokens), State(), []
        taken = sorted((time.span.start, time.span.end) for time in times)
        points = sorted((time.span.start, time.span.end) for time in times if time.type is not TimeType.DURATION)
        for at in self._candidates(tokens):
            if at < state.end or overlaps(points, page.starts[at], page.ends[at]):
                continue
            amount = self._amount(page, at, state)
            if amount is None:
                continue
            figure = self._figure(page, amount)
            if overlaps(points if amount.kind == AGE else taken, figure.span.start, figure.span.end):
                continue
            state.previous, state.end = amount, max(amount.last, amount.per[1] if amount.per else 0)
            figures.append(figure)
        return tuple(figures)

    def _parted(self, tokens: Tokens) -> Tokens:
        """Cut the tokens that hold the end of one amount and the start of another: "miliar-Rp39"."""
        cuts = {
            index: word.index("-") for index, word in enumerate(tokens.lower)
            if word[-1] in DIGITS and "-" in word and self._ends_amount(word.partition("-")[0])
        }
        if not cuts:
            return tokens
        parted = Tokens([], [], [], [])
        for index, (start, end, word) in enumerate(zip(tokens.starts, tokens.ends, tokens.words, strict=True)):
            cut = cuts.get(index, 0)
            edges = [start, start + cut, start + cut + 1, end] if cut else [start, end]
            for first, last in pairwise(edges):
                parted.starts.append(first)
                parted.ends.append(last)
                parted.words.append(word[first - start:last - start])
                parted.lower.append(parted.words[-1].lower())
        return parted

    def _ends_amount(self, word: str) -> bool:
        return self._lexicon.role(word) in ("scale", "short") or self._lexicon.units.at((word,), 0) is not None

    def _candidates(self, tokens: Tokens) -> list[int]:
        """Return the tokens that a number may begin at."""
        triggers, digits = self._lexicon.triggers, DIGITS
        return [
            index for index, word in enumerate(tokens.lower)
            if word in triggers or word[-1] in digits or word[0] in digits
        ]

    def _amount(self, page: Page, at: int, state: State) -> Amount | None:
        amount = self._amounts.read(page, at) or self._likeness.colon(page, at)
        if amount is None or amount.first < state.end:
            self._refuse(page, at, state)
            return None
        if amount.number.form == "ordinal":
            return self._ordinals.read(page, amount)
        if amount.number.form == "article":
            return self._single(page, amount, state)
        if reason := self._refusals.reason(page, amount, self._chained(page, amount, state)):
            state.end = max(state.end, amount.last)
            if reason in LISTED:
                self._refuse(page, amount.last - 1, state)
            return None
        if self._ordinals.rank(page, amount):
            return amount
        if self._ages.read(page, amount):
            amount.of = self._ages.bearer(page, amount)
            return amount
        if is_time(amount) or (amount.unit is None and self._spell(page.low(amount.last))):
            state.end = max(state.end, amount.last)
            return None
        amount = amount if amount.kind == "ratio" else self._ratio(page, amount)
        self._classify(page, amount)
        self._bind(page, amount, state)
        return amount if self._evident(amount) else None

    def _spell(self, word: str) -> bool:
        """Tell whether an amount of what a word names is a time."""
        return word in self._time_nouns or self._counted.doubled_time(word)

    def _refuse(self, page: Page, at: int, state: State) -> None:
        """Remember where a number that is none ends, for those that are listed with it."""
        if page.low(at)[-1:] in DIGITS:
            state.refused = at + 1

    def _chained(self, page: Page, amount: Amount, state: State) -> bool:
        return state.refused == amount.front - 1 and page.low(amount.front - 1) in self._joining

    def _floor(self, state: State) -> int:
        return state.previous.end if state.previous else 0

    def _ratio(self, page: Page, amount: Amount) -> Amount:
        """Read two numbers with a link between them as one."""
        after = amount.last + 1
        if not self._likeness.linked(page, amount) or not self._opens(page, after):
            return amount
        return self._likeness.ratio(page, amount, self._amounts.read(page, after)) or amount

    def _opens(self, page: Page, at: int) -> bool:
        return page.low(at)[:1].isdigit() or page.low(at) in self._lexicon.triggers

    def _classify(self, page: Page, amount: Amount) -> None:
        """Say what sort of amount it is, and whether it is a difference."""
        if amount.kind == "count" and not self._likeness.multiple(page, amount):
            if amount.unit is not None:
                amount.kind = amount.unit.kind if amount.unit.kind in (MONEY, PERCENT) else "measure"
            elif amount.number.form in SHARES:
                amount.kind = "fraction"
        self._change(page, amount)

    def _change(self, page: Page, amount: Amount) -> None:
        """Mark a difference: an amount right behind a rise or a fall, with no "up to" between but for shares."""
        reached = not self._reaching.isdisjoint(page.lower[amount.front:amount.first])
        if amount.number.form == "some" or (reached and amount.kind in (MONEY, "measure")):
            return
        at = amount.front - 1
        while page.low(at) in self._bound and page.low(at) not in self._changes | self._reaching:
            at -= 1
        if page.low(at) in self._changes:
            amount.change = "up" if page.low(at) in self._rising else "down"
            amount.because.append("change")

    def _bind(self, page: Page, amount: Amount, state: State) -> None:
        """Find what is counted and what it is spread over."""
        at = amount.last if amount.hedge is None or amount.hedge[0] != amount.last else amount.hedge[1]
        bare = False
        amount.partitive = self._partitives.at(page.lower, at) is not None
        if amount.kind in (PERCENT, "fraction") and not amount.change and self._is_part(page, at):
            amount.of, bare = self._counted_of(page, amount, at)
        elif amount.kind in (PERCENT, "fraction", "ratio"):
            amount.of = None if amount.change else self._counted.whole(page, at)
        elif amount.kind == "count":
            amount.of, bare = self._counted_of(page, amount, at)
        elif amount.kind == "measure" and not self._counted.sized(page, amount):
            amount.of = self._counted.behind(page, at)
        if amount.hedge is None and amount.of is not None:
            self._amounts.soften_behind(page, amount, amount.of[1])
        amount.per = self._rates.behind(page, amount.end) or self._rates.before(page, amount.front)
        if amount.of is None or bare:
            self._bind_before(page, amount, state, bare)
        if amount.of is not None and amount.of[0] >= amount.last:
            amount.because.append("counted behind")

    def _counted_of(self, page: Page, amount: Amount, at: int) -> tuple[tuple[int, int] | None, bool]:
        """Return what is counted behind a number, or behind the total that it is a part of: "17 dari 22 gol"."""
        if self._is_part(page, at):
            whole = self._amounts.read(page, at + 1)
            if whole is None or whole.unit or (amount.low or 0) > (whole.high or 0):
                return None, False
            return self._counted.counted(page, whole.last)[0], False
        if amount.number.notation == "decimal" and not amount.number.scaled and not self._counted.plain(page, at):
            return None, False
        return self._counted.counted(page, at)

    def _is_part(self, page: Page, at: int) -> bool:
        return page.low(at) in self._part_of and self._opens(page, at + 1)

    def _bind_before(self, page: Page, amount: Amount, state: State, bare: bool) -> None:
        floor = self._floor(state)
        if amount.partitive and state.previous is not None and amount.front - floor <= NEAR:
            amount.of = state.previous.of
            amount.because.append("of those before")
            return
        before, strong, start = self._counted.before(page, amount, floor)
        amount.linked = strong
        if before is not None and (strong or not bare or self._counted.ends_fate(page, start)):
            amount.tail = amount.of[1] if amount.of else 0
            amount.of = before
            amount.because.append("linked before" if strong or self._counted.ends_fate(page, start) else "named before")
        elif not bare and state.previous is not None and self._goes_on(page, start, floor, amount, state.previous):
            amount.of = state.previous.of
            amount.because.append("as the one before")

    def _goes_on(self, page: Page, start: int, floor: int, amount: Amount, previous: Amount) -> bool:
        """Tell whether nothing but links stands between an amount and the one before, of the same unit."""
        reached = start <= floor and not self._reaching.isdisjoint(page.lower[floor:amount.front])
        if page.low(start - 1) in self._joining:
            start -= 1
        return start <= floor and (reached or self._alike(amount, previous))

    @staticmethod
    def _alike(amount: Amount, previous: Amount) -> bool:
        """Tell whether two amounts may be of one thing: a difference and what it comes to, or amounts of one sort."""
        return amount.unit == previous.unit or amount.kind == previous.kind

    def _single(self, page: Page, amount: Amount, state: State) -> Amount | None:
        """Read "a" as one where it stands beside other counts, before what became of him, or behind "only"."""
        amount.of = self._counted.behind(page, amount.last)
        listed = page.low(amount.first - 1) in self._joining and state.previous is not None and (
            state.previous.end == amount.first - 1
        )
        lists = page.low(amount.end) in self._joining and self._opens(page, amount.end + 1)
        fated = page.low(amount.first) in self._someone and self._counted.fated(page, amount.of)
        contrasted = amount.of is not None and (listed or lists or fated)
        if not contrasted and page.low(amount.first - 1) not in self._only:
            return None
        amount.because.append("contrasted")
        return amount

    def _evident(self, amount: Amount) -> bool:
        """Tell whether anything beside the number itself says that it is an amount."""
        number = amount.number
        if number.form == "words" and amount.low == amount.high == 1 and amount.unit is None:
            return amount.partitive or "counted behind" in amount.because
        if amount.partitive or amount.unit is not None or amount.kind in ("multiple", "ratio"):
            return True
        if amount.of is not None and not (number.bare and "named before" in amount.because and amount.hedge is None):
            return True
        if amount.per is not None and amount.per[0] >= amount.last:
            return True
        if number.form in ("some", "share", "fraction") or (number.form == "vague" and not number.scaled):
            return False
        told = amount.hedge is not None or amount.linked or number.scaled
        return told or number.notation in ("grouped", "decimal", "english")

    def _figure(self, page: Page, amount: Amount) -> Figure:
        comparison: Comparison | None = self._likeness.comparison(page, amount)
        return Figure(
            page.span(amount.first, amount.last),
            plain_value(amount.low),
            plain_value(amount.high),
            unit=amount.unit.name if amount.unit else None,
            of=page.span(*amount.of) if amount.of else None,
            hedge=_hedge(page, amount),
            per=page.span(*amount.per) if amount.per else None,
            kind=amount.kind,
            change=amount.change,
            compared=comparison,
            flags=tuple(amount.flags),
            because=", ".join(dict.fromkeys(amount.because)),
        )


def _hedge(page: Page, amount: Amount) -> Span | None:
    """Return the words that soften an amount, or the ending that does."""
    if amount.hedge is not None:
        return page.span(*amount.hedge)
    at = amount.number.first
    if not amount.number.approximate:
        return None
    return Span.cut(page.text, page.starts[at] + page.words[at].index("-"), page.ends[at])


def overlaps(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether a stretch shares anything with one of some sorted stretches that do not overlap."""
    index = bisect_right(taken, (end, -1)) - 1
    return index >= 0 and taken[index][1] > start and taken[index][0] < end
