"""The pipeline in order: tokens, quotation marks, sentences, names."""

from bisect import bisect_left
from typing import TYPE_CHECKING

from katanya.core.analysis import Analysis, Tokens
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
        """Return tokens, paragraphs (token ranges), quotations, sentences and names of a document."""
        text = document.text
        tokens = tokenize(text, self._openers)
        paragraphs = _tokens(tokens, paragraphs_of(text))
        passed_over = _tokens(tokens, self._segments.read(text))
        quotations = self._quotations.read(text, tokens, paragraphs)
        sentences = self._sentences.read(tokens, paragraphs, quotations, passed_over)
        analysis = Analysis(document, tokens, paragraphs, sentences, quotations, passed_over=passed_over)
        analysis.names = self._names.read(analysis, self._leanings(analysis))
        return analysis

    def _leanings(self, analysis: Analysis) -> dict[int, float]:
        """Return how much the model takes each token of the sentences that may hold a name for a person's."""
        if self._tagger is None:
            return {}
        from katanya.learned.labeller import Unit

        views = [(view, inner) for view, inner in views_of(analysis) if len(view) and _may_name(view)]
        found = self._tagger.lean([Unit(view.words, (), inner) for view, inner in views])
        analysis.encoded = {view.index: leaning.states for (view, _), leaning in zip(views, found, strict=True)}
        return {
            token: odds
            for (view, _), leaning in zip(views, found, strict=True)
            for token, odds in zip(view.first, leaning.persons.tolist(), strict=False)
        }


def _may_name(view: View) -> bool:
    """Tell whether a word behind the first has a capital."""
    return any(word[0].isupper() for word in view.words[1:])


def _tokens(tokens: Tokens, stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the token ranges of stretches given in code points."""
    return [(bisect_left(tokens.starts, start), bisect_left(tokens.starts, end)) for start, end in stretches]
