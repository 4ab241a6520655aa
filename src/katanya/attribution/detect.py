"""Finds statements: quotations beside a cue, indirect speech around one, and quotations that run on."""

from collections.abc import Sequence
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
from katanya.attribution.view import View
from katanya.core.analysis import Analysis
from katanya.core.records import Kind
from katanya.lang.pack import Pack

if TYPE_CHECKING:
    from katanya.learned.labeller import Labelled, Labeller


class Detector:
    """Finds the statements of an analysis; who speaks, when and where is told later."""

    def __init__(
        self, pack: Pack, occasions: OccasionReader, labeller: "Labeller | None" = None, scorer: Scorer | None = None
    ) -> None:
        grammar = Grammar(pack)
        sources = SourceReader(pack, grammar, MomentReader(pack))
        features = FeatureReader(grammar)
        self._cues = CueFinder(pack)
        self._quoted = QuotedReader(pack, grammar, sources)
        self._indirect = IndirectReader(grammar, sources, occasions, features)
        self._judge = Judge(labeller, scorer, features)

    def detect(self, analysis: Analysis) -> list[Draft]:
        """Return drafts in the order of the article: cue, source, contents and kind are set."""
        sheets = self.sheets(analysis)
        drafts: list[Draft] = []
        claimed: set[int] = set()
        for sheet, labels in zip(sheets, self.label(sheets), strict=True):
            direct, options = self.options(sheet, labels, claimed)
            drafts += direct
            for readings in options:
                drafts += self._judge.choose(readings)
        drafts = self.follow_on(analysis, without_cue_of_its_own(drafts), claimed)
        self._judge.weigh([draft for draft in drafts if draft.kind is Kind.DIRECT])
        drafts.sort(key=lambda draft: (min(content[0] for content in draft.contents), draft.cue or (0, 0)))
        return drafts

    def sheets(self, analysis: Analysis) -> list[Sheet]:
        """Return the sentences that may hold a statement: those with a cue or a spoken quotation."""
        found: list[Sheet] = []
        spoken_in = _spoken(analysis)
        for index, sentence in enumerate(analysis.sentences):
            inside = sentence.quotation is not None
            if inside and not analysis.quotations[sentence.quotation or 0].speech:
                continue
            view = View(analysis, index, spoken_in.get(sentence.quotation, {}))
            hits = self._cues.find(view)
            if hits or view.quotes:
                found.append(Sheet(view, hits, inside))
        return found

    def label(self, sheets: Sequence[Sheet]) -> "list[dict[int, Labelled]]":
        """Return what the network reads of every cue of every sheet; nothing where there is none."""
        return self._judge.label(sheets)

    def follow_on(self, analysis: Analysis, drafts: list[Draft], claimed: set[int]) -> list[Draft]:
        """Return the drafts with the quotations that have no cue of their own."""
        return drafts + self._quoted.follow_on(analysis, drafts, claimed)

    def options(
        self, sheet: Sheet, labels: "dict[int, Labelled]", claimed: set[int]
    ) -> tuple[list[Draft], list[list[Draft]]]:
        """Return the direct statements of a sentence, and for every other cue the drafts that it may stand for."""
        direct, used = self._quoted.read(sheet.view, sheet.hits, claimed)
        left = [hit for hit in sheet.hits if hit not in used]
        rules = self._indirect.read(sheet.view, left, direct, sheet.inside)
        options = [self._judge.options(sheet, hit, rules.get(hit.head), labels.get(hit.head)) for hit in left]
        for draft in [*direct, *(draft for readings in options for draft in readings)]:
            draft.quotation = sheet.view.sentence.quotation
        return direct, options


def _spoken(analysis: Analysis) -> dict[int | None, dict[int, int]]:
    """Return the spoken quotations by the quotation they stand in, each under its opening mark."""
    found: dict[int | None, dict[int, int]] = {}
    for number, quotation in enumerate(analysis.quotations):
        if quotation.speech:
            found.setdefault(quotation.parent, {})[quotation.outer_first] = number
    return found


def without_cue_of_its_own(drafts: list[Draft]) -> list[Draft]:
    """Drop `Hal itu disampaikan X` where the sentence before already has its own cue."""
    reported = {draft.sentence for draft in drafts if SENTENCE_BEFORE not in draft.because}
    return [draft for draft in drafts if SENTENCE_BEFORE not in draft.because or draft.sentence not in reported]
