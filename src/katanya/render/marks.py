"""A text cut at every edge of a statement or a cue, so that overlapping marks never cross in the markup."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from katanya.core.records import Article
from katanya.core.spans import Span


@dataclass(slots=True)
class Segment:
    """A stretch without an edge inside it.

    ``inside`` are the ids of the statements whose content covers it, outermost first; ``opens`` those that
    begin here, ``closes`` those that end here, innermost first; ``cue`` is true where it belongs to a cue.
    """

    start: int
    end: int
    inside: tuple[str, ...] = ()
    cue: bool = False
    opens: list[str] = field(default_factory=list)
    closes: list[str] = field(default_factory=list)


def segments(article: Article, breaks: list[tuple[int, int]]) -> list[list[Segment]]:
    """Return the segments of each of the stretches ``breaks`` (paragraphs, in order and apart)."""
    contents = [(span, statement.id) for statement in article.statements for span in statement.contents]
    return covered(len(article.text), [s.cue for s in article.statements if s.cue], contents, breaks)


def covered(
    size: int, cues: list[Span], contents: list[tuple[Span, str]], breaks: list[tuple[int, int]]
) -> list[list[Segment]]:
    """Return the segments of stretches of a text of so many code points, from the spans that lie on it."""
    marked = [(cue, "") for cue in cues] + contents
    filled = [(span.start, min(span.end, size), id) for span, id in marked if span.start < min(span.end, size)]
    marks = sorted(filled, key=lambda mark: (mark[0], -mark[1]))
    edges = sorted({edge for start, end, _ in marks for edge in (start, end)})
    found = [_cut(edges, start, end) for start, end in breaks]
    _cover([segment for part in found for segment in part], marks)
    return found


def _cut(edges: list[int], start: int, end: int) -> list[Segment]:
    inner = edges[bisect_right(edges, start) : bisect_right(edges, end - 1)]
    points = [start, *inner, end]
    return [Segment(a, b) for a, b in pairwise(points)]


def _cover(flat: list[Segment], marks: list[tuple[int, int, str]]) -> None:
    """Say what covers each segment, in one sweep, and where each statement opens and closes."""
    active: list[tuple[int, int, str]] = []
    waiting = 0
    touched: dict[str, list[Segment]] = defaultdict(list)
    for segment in flat:
        active = [mark for mark in active if mark[1] > segment.start]
        while waiting < len(marks) and marks[waiting][0] < segment.end:
            if marks[waiting][1] > segment.start:
                active.append(marks[waiting])
            waiting += 1
        outermost = sorted((mark for mark in active if mark[2]), key=lambda mark: mark[0] - mark[1])
        segment.inside = tuple(dict.fromkeys(id for _, _, id in outermost))
        segment.cue = len(outermost) < len(active)
        for id in segment.inside:
            touched[id].append(segment)
    for id, parts in touched.items():
        parts[0].opens.append(id)
        parts[-1].closes.insert(0, id)
