"""An article as the page shows it: its text cut where marks begin and end, and a note for each statement beside it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from katanya.render.marks import Segment, covered
from katanya.web.views.article import Article, Figure, Place, Statement, Time

HUES = 8  # speakers that are told apart by colour; more begin anew
SURE, LIKELY = 0.8, 0.5  # confidence from which a mark is heavy, and from which it is of middling weight
PART = 50  # statements of a part; a longer article is read in several
MANY = 20  # statements of one paragraph beyond which it is cut
STOPS = (". ", "? ", "! ")  # where a paragraph may be cut
HEAVY = 50_000  # what the notes of a part may weigh, in bytes, roughly: a page is light on a slow line
PARAGRAPH = re.compile(r"[^\r\n\u2028\u2029]*\S[^\r\n\u2028\u2029]*")
LONGEST = 24_000  # code points of a part beyond which another begins, however few statements it has

Value = Figure | Time | Place


@dataclass(frozen=True, slots=True)
class Mark:
    """How a statement is drawn: its number in the article, the colour of its speaker, kind and weight as classes."""

    number: int
    hue: str
    kind: str
    weight: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and the value that they are."""

    text: str
    value: Value | None = None

    @property
    def sort(self) -> str:
        """What sort of value it is, ``""`` for plain words."""
        return "" if self.value is None else sort(self.value)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words without an edge of a statement in them: what covers them, outermost first, what begins and ends here."""

    pieces: tuple[Piece, ...]
    inside: tuple[Mark, ...]
    opens: frozenset[int]
    closes: tuple[Mark, ...]
    cue: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A statement in the margin; ``depth`` is how many statements it stands in."""

    mark: Mark
    statement: Statement
    depth: int

    @property
    def values(self) -> tuple[Value, ...]:
        """Its figures, times and places, each sort in the order of the text."""
        return (*self.statement.figures, *self.statement.times, *self.statement.places)


@dataclass(frozen=True, slots=True)
class Marked:
    """A part of an article: paragraphs with their marks, notes in order; ``part`` counts from one to ``parts``."""

    paragraphs: tuple[tuple[Stretch, ...], ...]
    notes: tuple[Note, ...]
    part: int
    parts: int


def sort(value: Value) -> str:
    """Return what sort of value something is: ``figure``, ``time`` or ``place``."""
    return type(value).__name__.lower()


def marked(article: Article, part: int = 1) -> Marked:
    """Return a part of an article, marked; a part that there is not is the nearest one."""
    notes = list(_notes(article))
    parts = _parts(_paragraphs(article.text, notes), notes)
    part = min(max(part, 1), len(parts))
    shown, noted = parts[part - 1]
    marks = {str(note.mark.number): note.mark for note in notes}
    here = frozenset(note.mark.number for note in noted)
    values = _placed(notes)
    cues = [note.statement.cue for note in notes if note.statement.cue]
    contents = [(span, str(note.mark.number)) for note in notes for span in note.statement.contents]
    paragraphs = tuple(
        tuple(_stretch(article.text, segment, marks, here, values) for segment in found)
        for found in covered(len(article.text), cues, contents, shown)
    )
    return Marked(paragraphs, noted, part, len(parts))


def place_of(article: Article, label: str) -> tuple[int, int] | None:
    """Return the part and number of a statement by its id within the article; ``None`` for one that there is not."""
    notes = list(_notes(article))
    parts = _parts(_paragraphs(article.text, notes), notes)
    return next(
        ((at, note.mark.number) for at, (_, noted) in enumerate(parts, 1) for note in noted
         if note.statement.label == label), None,
    )  # fmt: skip


def _paragraphs(text: str, notes: Sequence[Note]) -> list[tuple[int, int]]:
    """Return where the paragraphs stand; one that is longer than a part may be, or holds many statements, is cut."""
    begins = sorted(_begin(note) for note in notes)
    found = []
    for match in PARAGRAPH.finditer(text):
        start, end = match.span()
        inside = begins[bisect_left(begins, start) : bisect_left(begins, end)]
        cuts = [start]
        for begin in inside[MANY::MANY]:
            stop = max((text.rfind(mark, cuts[-1], begin) for mark in STOPS), default=-1)
            if stop > cuts[-1]:
                cuts.append(stop + 2)
        for first, last in pairwise([*cuts, end]):
            found += [(at, min(at + LONGEST, last)) for at in range(first, last, LONGEST)]
    return found


def _begin(note: Note) -> int:
    return note.statement.contents[0].start if note.statement.contents else 0


def _notes(article: Article) -> Iterator[Note]:
    hues: dict[str | None, str] = {None: "nobody"}
    within = {key: said.within for said in article.statements for key in (said.label, said.id) if key}
    for number, statement in enumerate(article.statements, 1):
        hue = hues.setdefault(statement.speaker, f"hue{(len(hues) - 1) % HUES}")
        mark = Mark(number, hue, statement.kind, _weight(statement.confidence))
        yield Note(mark, statement, _depth(statement.label, within))


def _weight(confidence: float | None) -> str:
    if confidence is None:
        return "unweighed"
    return "sure" if confidence >= SURE else "likely" if confidence >= LIKELY else "doubtful"


def _depth(label: str, within: dict[str, str | None]) -> int:
    seen: list[str] = []
    at = within.get(label)
    while at is not None and at not in seen:  # a record from elsewhere may go in a circle
        seen.append(at)
        at = within.get(at)
    return len(seen)


def _parts(
    breaks: Sequence[tuple[int, int]], notes: Sequence[Note]
) -> list[tuple[list[tuple[int, int]], tuple[Note, ...]]]:
    """Part the paragraphs of an article, and its notes by the paragraph that each begins in."""
    starts = [start for start, _ in breaks]
    by_paragraph: list[list[Note]] = [[] for _ in breaks] or [[]]
    for note in notes:
        by_paragraph[max(0, bisect_left(starts, _begin(note) + 1) - 1)].append(note)
    found: list[tuple[list[tuple[int, int]], list[Note]]] = [([], [])]
    size = weight = 0
    for at, stretch in enumerate(breaks):
        shown, noted = found[-1]
        more = sum(map(_bytes, by_paragraph[at]))
        full = len(noted) + len(by_paragraph[at]) > PART or weight + more > HEAVY
        if shown and (full or size + stretch[1] - stretch[0] > LONGEST):
            found.append(([], []))
            size = weight = 0
        found[-1][0].append(stretch)
        found[-1][1].extend(by_paragraph[at])
        size += stretch[1] - stretch[0]
        weight += more
    if not breaks:
        found[-1][1].extend(by_paragraph[0])
    return [(shown, tuple(noted)) for shown, noted in found]


def _bytes(note: Note) -> int:
    """Return about how many bytes a note and its mark take."""
    words = sum(span.end - span.start for span in note.statement.contents)
    return 1000 + min(words, 300) + 60 * len(note.statement.because) + 150 * len(note.values)


def _placed(notes: Iterable[Note]) -> list[Value]:
    """Return the values in order of place, none over another: the longer one goes before what lies in it."""
    every = {(value.start, -value.end): value for note in notes for value in note.values}
    found: list[Value] = []
    for _, value in sorted(every.items(), key=lambda item: item[0]):
        if value.start < value.end and (not found or value.start >= found[-1].end):
            found.append(value)
    return found


def _stretch(
    text: str, segment: Segment, marks: dict[str, Mark], here: frozenset[int], values: list[Value]
) -> Stretch:
    """Return a segment as it is drawn; only what is noted ``here`` has an anchor and a link."""
    return Stretch(
        tuple(_pieces(text, segment.start, segment.end, values)),
        tuple(marks[id] for id in segment.inside),
        here & {marks[id].number for id in segment.opens},
        tuple(marks[id] for id in segment.closes if marks[id].number in here),
        segment.cue,
    )


def _pieces(text: str, start: int, end: int, values: list[Value]) -> Iterator[Piece]:
    at = bisect_left(values, start, key=lambda one: one.end - 1)
    while start < end:
        value = values[at] if at < len(values) else None
        if value is None or value.start >= end:
            yield Piece(text[start:end])
            return
        if value.start > start:
            yield Piece(text[start : value.start])
        last = min(value.end, end)
        yield Piece(text[max(start, value.start) : last], value)
        start, at = last, at + 1
