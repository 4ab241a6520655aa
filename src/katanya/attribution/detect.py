"""Finds statements: quotations beside a cue, indirect speech around one, and quotations that run on."""

from katanya.attribution.cues import CueFinder
from katanya.attribution.drafts import Draft
from katanya.attribution.grammar import Grammar
from katanya.attribution.indirect import IndirectReader
from katanya.attribution.moments import MomentReader
from katanya.attribution.occasion import OccasionReader
from katanya.attribution.passive import SENTENCE_BEFORE
from katanya.attribution.quoted import QuotedReader
from katanya.attribution.scorer import Scorer
from katanya.attribution.sources import SourceReader
from katanya.attribution.view import View
from katanya.core.analysis import Analysis
from katanya.lang.pack import Pack


class Detector:
    """Finds the statements of an analysis; who speaks, when and where is told later."""

    def __init__(self, pack: Pack, occasions: OccasionReader, scorer: Scorer | None = None) -> None:
        self._scorer = scorer
        grammar = Grammar(pack)
        sources = SourceReader(pack, grammar, MomentReader(pack))
        self._cues = CueFinder(pack)
        self._quoted = QuotedReader(pack, grammar, sources)
        self._indirect = IndirectReader(grammar, sources, occasions)

    def detect(self, analysis: Analysis) -> list[Draft]:
        """Return drafts in the order of the article: cue, source, contents and kind are set."""
        drafts: list[Draft] = []
        claimed: set[int] = set()
        spoken_in = _spoken(analysis)
        for index, sentence in enumerate(analysis.sentences):
            inner = sentence.quotation is not None
            if inner and not analysis.quotations[sentence.quotation or 0].speech:
                continue
            view = View(analysis, index, spoken_in.get(sentence.quotation, {}))
            hits = self._cues.find(view)
            if not hits and not view.quotes:
                continue
            found, used = self._quoted.read(view, hits, claimed)
            left = [hit for hit in hits if hit not in used]
            found += self._chosen(self._indirect.read(view, left, found, inner))
            for draft in found:
                draft.quotation = sentence.quotation
            drafts += found
        drafts = _without_cue_of_its_own(drafts)
        drafts += self._quoted.follow_on(analysis, drafts, claimed)
        drafts.sort(key=lambda draft: (min(content[0] for content in draft.contents), draft.cue or (0, 0)))
        return drafts

    def _chosen(self, drafts: list[Draft]) -> list[Draft]:
        """Keep the drafts that count: by the scorer, or where there is none those without a doubt."""
        if self._scorer is None:
            return [draft for draft in drafts if not draft.doubts]
        return self._scorer.choose(drafts)


def _spoken(analysis: Analysis) -> dict[int | None, dict[int, int]]:
    """Return the spoken quotations by the quotation they stand in, each under its opening mark."""
    found: dict[int | None, dict[int, int]] = {}
    for number, quotation in enumerate(analysis.quotations):
        if quotation.speech:
            found.setdefault(quotation.parent, {})[quotation.outer_first] = number
    return found


def _without_cue_of_its_own(drafts: list[Draft]) -> list[Draft]:
    """Drop `Hal itu disampaikan X` where the sentence before already has its own cue."""
    reported = {draft.sentence for draft in drafts if SENTENCE_BEFORE not in draft.because}
    return [draft for draft in drafts if SENTENCE_BEFORE not in draft.because or draft.sentence not in reported]
