"""Sentences as the networks learn from them: units, their cues, and what each cue reports."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from katanya.attribution.cues import CueFinder
from katanya.attribution.detect import Detector
from katanya.attribution.drafts import Range
from katanya.attribution.occasion import OccasionReader
from katanya.core.analysis import Analysis, Tokens
from katanya.core.records import Act, Document, SpeakerKind
from katanya.core.view import View, views_of
from katanya.lang.pack import Pack
from katanya.pipeline.analyse import Analyser
from katanya.training.tags import PeopleTagger

ABSENT = -1
NOTHING, HERE, ELSEWHERE = 0, 1, 2  # what a cue reports: nothing, words of its own unit, words outside it
ACTS = [act.value for act in Act]
KINDS = [kind.value for kind in SpeakerKind]


@dataclass(slots=True)
class Cue:
    """A cue of a unit, in items, and what it reports; ``contents`` are one or two stretches, none around ``head``."""

    head: int
    first: int
    last: int
    reports: int = NOTHING
    contents: list[Range] = field(default_factory=list)
    source: Range | None = None
    act: int = ABSENT
    kind: int = ABSENT


@dataclass(slots=True)
class Example:
    """A unit: its items as written, whether it stands in a quotation, its cues, and a tag an item where it is known."""

    words: list[str]
    inner: bool
    cues: list[Cue]
    names: list[int] = field(default_factory=list)
    offices: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Told:
    """A statement in token ranges, from the gold or from the rules."""

    cue: Range | None
    source: Range | None
    contents: list[Range]
    act: str = ""
    kind: str = ""


class ExampleReader:
    """Makes examples of articles: labelled by hand where statements are given, else by the rules."""

    def __init__(self, pack: Pack) -> None:
        self._analyser = Analyser(pack)
        self._detector = Detector(pack, OccasionReader(pack))
        self._cues = CueFinder(pack)
        self._tagger = PeopleTagger(pack)

    def read(
        self,
        text: str,
        statements: Sequence[Mapping[str, Any]] | None = None,
        people: Sequence[Mapping[str, Any]] | None = None,
    ) -> Iterator[Example]:
        """Yield the units of a text in order; ``statements`` and ``people`` are in the form of the record."""
        analysis = self._analyser.analyse(Document(text))
        told = self._by_rule(analysis) if statements is None else [_told(analysis.tokens, s) for s in statements]
        views = [(view, inner) for view, inner in views_of(analysis) if len(view)]
        cues = [[Cue(h.head, h.first, h.last) for h in self._cues.find(view)] for view, _ in views]
        for statement in told:
            _place(views, cues, statement)
        names, offices = ([], []) if people is None else self._tagger.tags(analysis, people)
        for (view, inner), found in zip(views, cues, strict=True):
            yield Example(list(view.words), inner, found, _of_items(view, names), _of_items(view, offices))

    def _by_rule(self, analysis: Analysis) -> list[Told]:
        return [Told(draft.cue, draft.source, draft.contents) for draft in self._detector.detect(analysis)]


def _of_items(view: View, tags: Sequence[int]) -> list[int]:
    """Return the tags of a view's items from those of all tokens; a quotation has none."""
    return [tags[first] if at not in view.quotes else 0 for at, first in enumerate(view.first)] if tags else []


def _told(tokens: Tokens, statement: Mapping[str, Any]) -> Told:
    contents = [found for span in statement["contents"] if (found := token_range(tokens, span))]
    cue, source = token_range(tokens, statement["cue"]), token_range(tokens, statement["source"])
    return Told(cue, source, contents, statement["act"], statement["speaker_kind"])


def token_range(tokens: Tokens, span: Mapping[str, Any] | None) -> Range | None:
    """Return the tokens that hold any of a span of the gold, if there is one."""
    if not span:
        return None
    return max(0, bisect_right(tokens.starts, span["start"]) - 1), bisect_left(tokens.starts, span["end"])


def _place(views: list[tuple[View, bool]], cues: list[list[Cue]], told: Told) -> None:
    """Write a statement to the cue that reports it; a cue that the language's table lacks is added."""
    if told.cue is None:
        return
    at = _innermost(views, told.cue[1] - 1)
    if at is None:
        return
    view = views[at][0]
    where = _items(view, (max(told.cue[0], view.sentence.first), told.cue[1]))
    if where is None:
        return
    free = [cue for cue in cues[at] if cue.reports == NOTHING and cue.head < where[1] and cue.last > where[0]]
    if free:
        cue = free[-1]
    else:
        cue = Cue(where[1] - 1, *where)
        cues[at].append(cue)
    contents = [_items(view, content) for content in told.contents]
    known = [content for content in contents if content]
    cue.contents = _tidy(known) if len(known) == len(contents) else []
    around = any(first <= cue.head < last for first, last in cue.contents)
    cue.reports = HERE if cue.contents and not around else ELSEWHERE
    if cue.reports == ELSEWHERE:
        cue.contents = []
    cue.source = _items(view, told.source)
    cue.act = ACTS.index(told.act) if told.act else ABSENT
    cue.kind = KINDS.index(told.kind) if told.kind else ABSENT


def _innermost(views: list[tuple[View, bool]], token: int) -> int | None:
    best = None
    for number, (view, inner) in enumerate(views):
        if not view.sentence.first <= token < view.sentence.last:
            continue
        item = view.item_at(token)
        if item < len(view) and item not in view.quotes and (best is None or inner):
            best = number
    return best


def _items(view: View, tokens: Range | None) -> Range | None:
    """Return the items of a token range, or ``None`` where it does not lie wholly in the view."""
    if tokens is None or tokens[1] <= tokens[0]:
        return None
    if tokens[0] < view.sentence.first or tokens[1] > view.sentence.last:
        return None
    first, last = view.item_at(tokens[0]), view.item_at(tokens[1] - 1) + 1
    return (first, last) if 0 <= first < last <= len(view) else None


def _tidy(contents: list[Range]) -> list[Range]:
    """Return at most two stretches in order; two that touch are one."""
    first, *rest = sorted(contents)[:2]
    if rest and rest[0][0] <= first[1]:
        return [(first[0], max(first[1], rest[0][1]))]
    return [first, *rest]
