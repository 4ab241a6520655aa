"""A sentence as attribution sees it: each spoken quotation is one item, every other token another."""

from bisect import bisect_right

from katanya.core.analysis import QUOTE, Analysis, Quotation, Sentence

MARKS = frozenset(",.;:!?()[]{}\"'“”‘’«»-–—") | {"--", "...", ",,", "''"}


class View:
    """Items of one sentence in order.

    ``low`` holds lower-case words (or `QUOTE`), ``words`` the words as written, ``first`` and ``end`` the
    token range of each item, ``quotes`` the quotation index of each item that is a quotation.
    """

    __slots__ = ("analysis", "end", "first", "index", "low", "quotes", "sentence", "words")

    def __init__(self, analysis: Analysis, index: int, spoken: dict[int, int]) -> None:
        sentence: Sentence = analysis.sentences[index]
        self.analysis, self.index, self.sentence = analysis, index, sentence
        self.low: list[str] = []
        self.words: list[str] = []
        self.first: list[int] = []
        self.end: list[int] = []
        self.quotes: dict[int, int] = {}
        position = sentence.first
        for opening in sorted(opening for opening in spoken if position <= opening < sentence.last):
            if opening < position:
                continue  # inside the one before
            self._add(position, opening)
            self.quotes[len(self.low)] = spoken[opening]
            self.low.append(QUOTE)
            self.words.append(QUOTE)
            self.first.append(opening)
            position = min(analysis.quotations[spoken[opening]].outer_last, sentence.last)
            self.end.append(position)
        self._add(position, sentence.last)

    def _add(self, first: int, last: int) -> None:
        """Add a stretch of tokens, an item each."""
        tokens = self.analysis.tokens
        self.low += tokens.lower[first:last]
        self.words += tokens.words[first:last]
        self.first += range(first, last)
        self.end += range(first + 1, last + 1)

    def __len__(self) -> int:
        return len(self.low)

    def quotation(self, item: int) -> Quotation:
        """Return the quotation that an item stands for."""
        return self.analysis.quotations[self.quotes[item]]

    def tokens(self, first: int, last: int) -> tuple[int, int]:
        """Return the token range of the items ``first`` up to, not including, ``last``."""
        return self.first[first], self.end[last - 1]

    def item_at(self, token: int) -> int:
        """Return the item that holds a token, or the one after the last."""
        return bisect_right(self.first, token) - 1 if self.first and token <= self.end[-1] else len(self)

    def is_word(self, item: int) -> bool:
        """Tell whether an item is a word or number, not a mark or a quotation."""
        return self.low[item] not in MARKS and item not in self.quotes


def views_of(analysis: Analysis) -> list[tuple[View, bool]]:
    """Return the sentences of an analysis, those of spoken quotations as well, and whether each stands in one."""
    views: list[tuple[View, bool]] | None = analysis.views
    if views is None:
        views = analysis.views = _views(analysis)
    return views


def _views(analysis: Analysis) -> list[tuple[View, bool]]:
    quotations = analysis.quotations
    spoken: dict[int | None, dict[int, int]] = {}
    for number, quotation in enumerate(quotations):
        if quotation.speech:
            spoken.setdefault(quotation.parent, {})[quotation.outer_first] = number
    return [
        (View(analysis, index, spoken.get(inside, {})), inside is not None)
        for index, sentence in enumerate(analysis.sentences)
        for inside in (sentence.quotation,)
        if inside is None or quotations[inside].speech
    ]
