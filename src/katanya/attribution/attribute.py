"""Attribution in order: detect statements, tell their act and occasion, find whose they are."""

from katanya.attribution.acts import ActReader
from katanya.attribution.detect import Detector
from katanya.attribution.drafts import Draft, Range
from katanya.attribution.models import Models
from katanya.attribution.nesting import nest
from katanya.attribution.occasion import OccasionReader
from katanya.attribution.speakers import SpeakerResolver
from katanya.core.analysis import Analysis, Tokens
from katanya.core.records import Article, Statement
from katanya.core.spans import Span
from katanya.lang.pack import Pack


class Attributor:
    """Reads the statements of an analysed document by the rules and tables of one language, and its models."""

    def __init__(self, pack: Pack, models: Models | None = None) -> None:
        models = models or Models()
        self._occasions = OccasionReader(pack)
        self._detector = Detector(pack, self._occasions, models.labeller, models.scorer)
        self._acts = ActReader(pack)
        self._speakers = SpeakerResolver(pack, models.salience)

    def attribute(self, analysis: Analysis) -> Article:
        """Return the article with its statements in order of appearance and the people who speak."""
        drafts = self._detector.detect(analysis)
        for draft in drafts:
            self._acts.read(analysis, draft)
            self._occasions.read(analysis, draft)
        people = self._speakers.resolve(analysis, drafts)
        statements = _finish(analysis, drafts)
        return Article(analysis.document, statements, people)


def _finish(analysis: Analysis, drafts: list[Draft]) -> tuple[Statement, ...]:
    ids = [f"s{number}" for number in range(1, len(drafts) + 1)]
    outer = nest(drafts)
    return tuple(
        Statement(
            id=ids[number],
            kind=draft.kind,
            act=draft.act,
            cue=_span(analysis, draft.cue),
            source=_span(analysis, draft.source),
            contents=tuple(span for span in (_span(analysis, content) for content in draft.contents) if span),
            speaker=draft.speaker,
            speaker_kind=draft.speaker_kind,
            time=_span(analysis, draft.time),
            place=_span(analysis, draft.place),
            event=_span(analysis, draft.event),
            within=None if (holder := outer[number]) is None else ids[holder],
            confidence=None if draft.confidence is None else round(draft.confidence, 3),
            because=tuple(draft.because),
        )
        for number, draft in enumerate(drafts)
    )


def _span(analysis: Analysis, tokens: Range | None) -> Span | None:
    if tokens is None or tokens[1] <= tokens[0]:
        return None
    table: Tokens = analysis.tokens
    return Span.cut(analysis.text, table.starts[tokens[0]], table.ends[tokens[1] - 1])
