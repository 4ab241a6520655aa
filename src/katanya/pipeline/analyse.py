"""The pipeline in order: tokens, quotation marks, sentences, names."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from katanya.core.analysis import Analysis, Name, Tokens
from katanya.core.records import Document
from katanya.core.view import View, views_of
from katanya.lang.pack import Pack
from katanya.lang.tokens import openers_of, paragraphs_of, tokenize
from katanya.pipeline.names import NameReader
from katanya.pipeline.quotations import QuotationReader
from katanya.pipeline.segments import SegmentReader
from katanya.pipeline.sentences import SentenceReader

if TYPE_CHECKING:
    from katanya.learned.tags import NameTagger


class Analyser:
    """Takes documents apart by the habits of one language."""

    def __init__(self, pack: Pack, tagger: "NameTagger | None" = None) -> None:
        self._tagger = tagger
        self._openers = openers_of(pack)
        self._segments = SegmentReader(pack)
        self._quotations = QuotationReader(pack)
        self._sentences = SentenceReader(pack)
        self._names = NameReader(pack)

    def analyse(self, document: Document) -> Analysis:
        """Return tokens, paragraphs (token ranges), quotations and sentences; names are found when asked for."""
        text = document.text
        tokens = tokenize(text, self._openers)
        paragraphs = _tokens(tokens, paragraphs_of(text))
        passed_over = _tokens(tokens, self._segments.read(text))
        quotations = self._quotations.read(text, tokens, paragraphs)
        sentences = self._sentences.read(tokens, paragraphs, quotations, passed_over)
        return Analysis(
            document, tokens, paragraphs, sentences, quotations, passed_over=passed_over, read_names=self._read_names
        )

    def _read_names(self, analysis: Analysis) -> list[Name]:
        return self._names.read(analysis, self._lean if self._tagger else None)

    def _lean(self, analysis: Analysis, asked: Sequence[int]) -> Mapping[int, float] | None:
        """Return how much the model takes tokens for a person's, as far as they stand in sentences that may name one.

        ``None`` where there is no such sentence.
        """
        if self._tagger is None:
            return None
        from katanya.learned.labeller import Unit

        units: list[tuple[Unit, list[int]]] = []
        tokens: list[list[int]] = []
        for view, inner in views_of(analysis):
            own = asked[bisect_left(asked, view.sentence.first):bisect_left(asked, view.sentence.last)]
            items = [(item, token) for token in own if view.first[item := view.item_at(token)] == token]
            if items and _may_name(view):
                unit = Unit(view.words, (), inner, analysis.encoded.get(view.index))
                units.append((unit, [item for item, _ in items]))
                tokens.append([token for _, token in items])
        if not units and not any(_may_name(view) for view, _ in views_of(analysis)):
            return None
        return {
            token: odds
            for own, leanings in zip(tokens, self._tagger.lean(units), strict=True)
            for token, odds in zip(own, leanings, strict=False)  # none for those behind the end of what is read
        }


def _may_name(view: View) -> bool:
    """Tell whether a word behind the first has a capital."""
    return any(word[0].isupper() for word in view.words[1:])


def _tokens(tokens: Tokens, stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the token ranges of stretches given in code points."""
    return [(bisect_left(tokens.starts, start), bisect_left(tokens.starts, end)) for start, end in stretches]
