"""What is filed: an article with its date, what it was read by, and how two of its editions differ."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from katanya.core.errors import RecordError
from katanya.core.records import Article, Statement
from katanya.core.settings import LANGUAGE
from katanya.core.spans import Span

ISO = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
PIECE = re.compile(r"\S+\s*|\s+")
MOST_PAIRS = 4_000_000  # of pieces that are compared; editions that differ more are told as a whole

Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Program:
    """What read an article: the program's version, the language and the digest of the model, '' where unknown."""

    version: str = ""
    language: str = LANGUAGE
    model: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article to be filed.

    ``dated`` is its printed date in ISO 8601, ``None`` where it cannot be told. ``named`` is false where its id was
    made up for it, as for a line of a file without one: such an id does not tell one article from another. ``program``
    is what read it, ``None`` where that is what reads all of them. ``fetched`` is when it came from the web. By its
    ``sketch`` copies of it are found; an article without one is never taken for a copy.
    """

    article: Article
    dated: str | None = None
    named: bool = True
    program: Program | None = None
    fetched: str | None = None
    sketch: tuple[int, ...] = ()


def iso_date(published: str | None) -> str | None:
    """Return a printed date that is in ISO 8601 already; others are ``None``."""
    return published if published and ISO.fullmatch(published) else None


def check(article: Article) -> None:
    """Raise `RecordError` where a record is not sound: a span that is not the text's, a label twice or missing."""
    text = article.text
    for span in _spans(article):
        if text[span.start : span.end] != span.text:
            raise RecordError(f"{span.text[:40]!r} is not what stands at {span.start} to {span.end} of the text",
                              fix="offsets are code points into 'text'")
    labels = {statement.id for statement in article.statements}
    if len(labels) < len(article.statements):
        raise RecordError("two statements have the same id", fix="each needs its own within the article")
    for statement in article.statements:
        if statement.within is not None and (statement.within not in labels or statement.within == statement.id):
            raise RecordError(f"'{statement.id}' is within '{statement.within}', which is no other statement",
                              fix="name one of the article")


def difference(old: str, new: str) -> list[Edit]:
    """Return how to make one text of another: stretches of the old one, as code points, and what replaces them."""
    before, after = PIECE.findall(old), PIECE.findall(new)
    first = _common(before, after)
    last = _common(before[first:][::-1], after[first:][::-1])
    offset = sum(map(len, before[:first]))
    before, after = before[first : len(before) - last], after[first : len(after) - last]
    if len(before) * len(after) > MOST_PAIRS:
        return [(offset, offset + sum(map(len, before)), "".join(after))]
    starts = [offset]
    for piece in before:
        starts.append(starts[-1] + len(piece))
    return [
        (starts[i], starts[j], "".join(after[k:m]))
        for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        if tag != "equal"
    ]


def changed(old: str, edits: Sequence[Edit]) -> str:
    """Return the text that `difference` told the edits of."""
    parts, at = [], 0
    for start, end, new in edits:
        parts += [old[at:start], new]
        at = end
    return "".join([*parts, old[at:]])


def _common(one: list[str], other: list[str]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _spans(article: Article) -> Iterator[Span]:
    for statement in article.statements:
        yield from _spans_of(statement)
    for person in article.people:
        yield from person.mentions


def _spans_of(statement: Statement) -> Iterator[Span]:
    yield from statement.contents
    for span in (statement.cue, statement.source, statement.time, statement.place, statement.event):
        if span is not None:
            yield span
    for values in (statement.figures, statement.times, statement.places):
        yield from (value.span for value in values)
