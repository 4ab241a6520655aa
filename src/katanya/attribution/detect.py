"""Finds statements: quotations beside a cue, indirect speech around one, and quotations that run on."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from katanya.attribution.cues import CueFinder
from katanya.attribution.drafts import Draft
from katanya.attribution.features import FeatureReader
from katanya.attribution.grammar import Grammar
from katanya.attribution.indirect import IndirectReader
from katanya.attribution.judge import Judge, Sheet
from katanya.attribution.moments import MomentReader
from katanya.attribution.occasion import OccasionReader
from katanya.attribution.passive import SENTENCE_BEFORE
from katanya.attribution.quoted import QuotedReader
from katanya.attribution.scorer import Scorer
from katanya.attribution.sources import SourceReader
from katanya.core.analysis import Analysis
from katanya.core.records import Kind
from katanya.core.view import views_of
from katanya.lang.pack import Pack

if TYPE_CHECKING:
    from katanya.learned.labeller import Labeller


class Detector:
    """Finds the statements of an analysis; who speaks, when and where is told later."""

    def __init__(
        self, pack: Pack, occasions: OccasionReader, labeller: "Labeller | None" = None, scorer: Scorer | None = None
    ) -> None:
        grammar = Grammar(pack)
        sources = SourceReader(pack, grammar, MomentReader(pack))
        features = FeatureReader(grammar)
        self._cues = CueFinder(pack)
        self._quoted = QuotedReader(grammar, sources)
        self._indirect = IndirectReader(grammar, sources, occasions, features)
        self._judge = Judge(labeller, scorer, features)

    def detect(self, analysis: Analysis) -> list[Draft]:
        """Return drafts in the order of the article: cue, source, contents and kind are set."""
        direct, options = self.options(analysis)
        indirect = [draft for readings in options for draft in self._judge.choose(readings)]
        drafts = _without_cue_of_its_own(direct + indirect)
        self._judge.weigh([draft for draft in drafts if draft.kind is Kind.DIRECT])
        drafts.sort(key=lambda draft: (min(content[0] for content in draft.contents), draft.cue or (0, 0)))
        return drafts

    def options(self, analysis: Analysis) -> tuple[list[Draft], list[list[Draft]]]:
        """Return the direct statements of an article, and for every other cue the drafts that it may stand for."""
        claimed: set[int] = set()
        direct: list[Draft] = []
        sheets: list[Sheet] = []
        for sheet in self._sheets(analysis):
            found, used = self._quoted.read(sheet.view, sheet.hits, claimed)
            direct += _within(sheet, found)
            left = [hit for hit in sheet.hits if hit not in used]
            if left:
                sheets.append(Sheet(sheet.view, left, sheet.inside, found))
        options: list[list[Draft]] = []
        for sheet, labels in zip(sheets, self._judge.label(sheets), strict=True):
            rules = self._indirect.read(sheet.view, sheet.hits, sheet.direct, sheet.inside)
            for hit in sheet.hits:
                readings = self._judge.options(sheet, hit, rules.get(hit.head), labels.get(hit.head))
                options.append(_within(sheet, readings))
        return direct + self._quoted.follow_on(analysis, direct, claimed), options

    def _sheets(self, analysis: Analysis) -> Iterator[Sheet]:
        """Yield the sentences that may hold a statement: those with a cue or a spoken quotation."""
        for view, inside in views_of(analysis):
            hits = self._cues.find(view)
            if hits or view.quotes:
                yield Sheet(view, hits, inside, [])


def _within(sheet: Sheet, drafts: list[Draft]) -> list[Draft]:
    for draft in drafts:
        draft.quotation = sheet.view.sentence.quotation
    return drafts


def _without_cue_of_its_own(drafts: list[Draft]) -> list[Draft]:
    """Drop `Hal itu disampaikan X` where the sentence before already has its own cue."""
    reported = {draft.sentence for draft in drafts if SENTENCE_BEFORE not in draft.because}
    return [draft for draft in drafts if SENTENCE_BEFORE not in draft.because or draft.sentence not in reported]
