"""A statement in the making: token ranges that the steps of attribution fill in."""

from dataclasses import dataclass, field

from katanya.core.analysis import Analysis
from katanya.core.records import Act, Kind, SpeakerKind

Range = tuple[int, int]  # tokens first up to, not including, last


@dataclass(slots=True)
class Draft:
    """A statement as token ranges; each step sets its own fields and appends to ``because``.

    ``sentence`` is the index of the sentence that holds the cue (or the content, where there is none), ``quotation``
    that of the quotation it stands inside, for a statement within a statement. ``doubts`` name what speaks against
    a draft: by rules alone a doubted draft is dropped, a scorer weighs them with the other ``features``.
    """

    kind: Kind
    contents: list[Range]
    sentence: int
    cue: Range | None = None
    source: Range | None = None
    quotation: int | None = None
    act: Act = Act.ASSERTIVE
    speaker: str | None = None
    speaker_kind: SpeakerKind = SpeakerKind.NONE
    time: Range | None = None
    place: Range | None = None
    event: Range | None = None
    because: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    features: list[str] = field(default_factory=list)
    confidence: float | None = None


def name_text(analysis: Analysis, tokens: Range) -> str:
    """Return a name as written."""
    table = analysis.tokens
    return analysis.text[table.starts[tokens[0]] : table.ends[tokens[1] - 1]]
