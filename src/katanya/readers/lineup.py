"""Lines that know where they stand on a page, put in the order of reading and made paragraphs."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

STOPS, CLOSERS = ".?!…:", "\"'”’»)"
APART = 1.35  # of the usual distance between lines: more parts paragraphs
OTHER = 0.12  # of a size: letters that differ by more are of another kind of text
INDENT, DEEPEST = (0.7, 5.0)  # sizes that a first line is moved by
# Of a column's longest line: one that ends before ends a paragraph, where it ends a sentence; and so much where
# paragraphs are marked by a first line or a space, as many of all lines as that.
SHORT, MARKED, MARKS = 0.85, 0.5, 0.1
ROWS, SHARE = 4, 0.4  # steps from column to column, and their share of all: fewer are the steps of who reads them
SAME = 6.0  # points: lines that begin no further apart are of one column
EDGE = 2  # lines at the top and the bottom of a page in which something repeats
DIGITS = re.compile(r"\d+")
NUMBER = re.compile(r"[\W_]*(?:[^\W\d_]{1,9}\W+)?\d{1,4}[\W_]*")
LAST, FIRST = re.compile(r"[^\W\d_]+(?=-$)"), re.compile(r"[^\W\d_]+")  # words on both sides of a broken line
STEM = 4  # letters by which a word is known to be said twice


@dataclass(frozen=True, slots=True)
class Line:
    """A line: where it begins, in points from the left and the bottom of its page, its size, its words."""

    x: float
    y: float
    size: float
    text: str


def in_columns(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page column by column, where they go across columns; else in their own order."""
    across = sum(abs(line.x - after.x) > 2 * DEEPEST * line.size for line, after in pairwise(lines))
    if across < ROWS or across < SHARE * len(lines):
        return list(lines)
    starts = Counter(round(line.x / SAME) for line in lines)
    columns = sorted(start for start, count in starts.items() if count >= ROWS and starts[start - 1] < count)
    if len(columns) < 2:
        return list(lines)
    return sorted(lines, key=lambda line: max((at for at in columns if at <= round(line.x / SAME) + 1), default=0))


def without_repeated(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the pages without what stands at the edges of more than half of them, and without their numbers."""
    edges = [_edges(page) for page in pages]
    seen = Counter(text for page in edges for text in {_alike(line) for line in page})
    most = max(2, len(pages) // 2 + 1)

    def repeated(line: Line) -> bool:
        return seen[_alike(line)] >= most or (len(pages) > 1 and NUMBER.fullmatch(line.text) is not None)

    kept = zip(pages, edges, strict=True)
    return [[line for line in page if line not in edge or not repeated(line)] for page, edge in kept]


def paragraphs_of(lines: Sequence[Line]) -> list[str]:
    """Return the paragraphs of lines in their order; words that were broken at the end of a line are whole again."""
    habits = _habits(lines)
    found: list[list[str]] = []
    left = 0.0
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else None
        if before is not None and not _begins(before, line, left, habits):
            last = found[-1].pop()
            found[-1] += [*_joined(last, line.text)]
            left = min(left, line.x) if _follows(before, line) else line.x
        else:
            found.append([line.text])
            left = line.x
    return ["".join(parts) for parts in found]


@dataclass(frozen=True, slots=True)
class _Habits:
    """How lines are set: the step between them in sizes, the most letters by column, and the share of a short line."""

    step: float
    widths: Mapping[int, int]
    short: float


def _habits(lines: Sequence[Line]) -> _Habits:
    pairs = [(before, line) for before, line in pairwise(lines) if _follows(before, line)]
    steps = [(before.y - line.y) / before.size for before, line in pairs]
    step = median(steps) if steps else 0.0
    widths: dict[int, int] = {}
    for line in lines:
        column = round(line.x / SAME)
        widths[column] = max(widths.get(column, 0), len(line.text))
    apart = sum(before.y - line.y > APART * step * before.size for before, line in pairs)
    marks = apart + sum(line.x - before.x > INDENT * line.size for before, line in pairs)
    return _Habits(step, widths, MARKED if marks > max(1, MARKS * len(pairs)) else SHORT)


def _begins(before: Line, line: Line, left: float, habits: _Habits) -> bool:
    """Tell whether a line begins a paragraph; ``left`` is where the lines of the paragraph before begin."""
    if abs(line.size - before.size) > OTHER * before.size:
        return True
    ended = before.text.rstrip(CLOSERS)[-1:] in STOPS
    if not _follows(before, line):  # the next column or page
        return ended and not line.text[:1].islower()
    if before.y - line.y > APART * habits.step * before.size:
        return True
    if INDENT * line.size < line.x - left < DEEPEST * line.size:
        return True
    widest = max((habits.widths.get(round(before.x / SAME) + step, 0) for step in (-1, 0, 1)), default=0)
    return ended and len(before.text) < habits.short * widest


def _follows(before: Line, line: Line) -> bool:
    """Tell whether a line stands below the one before, in one column."""
    return 0 < before.y - line.y < 4 * before.size and abs(line.x - before.x) < DEEPEST * before.size


def _joined(text: str, more: str) -> tuple[str, str]:
    """Return two lines to be put together: a word that was broken is whole, one said twice keeps its hyphen."""
    if not text.endswith("-"):
        return f"{text} ", more
    last, first = LAST.search(text), FIRST.match(more)
    if last is None or first is None or not more[:1].islower():
        return text, more
    twice = last[0].lower().endswith(first[0][:STEM].lower()) or first[0].lower().startswith(last[0].lower())
    return text if twice else text[:-1], more


def _edges(page: Sequence[Line]) -> set[Line]:
    """Return the lines at the top and the bottom of a page."""
    heights = sorted({round(line.y) for line in page})
    ends = {*heights[:EDGE], *heights[-EDGE:]}
    return {line for line in page if round(line.y) in ends}


def _alike(line: Line) -> str:
    return DIGITS.sub("#", line.text.lower())
