"""What the tagger learns from: names that others have annotated, and the people of the gold with their offices."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from katanya.attribution.drafts import Range
from katanya.attribution.introductions import IntroductionReader
from katanya.attribution.people import Bounds
from katanya.core.analysis import Analysis, Tokens
from katanya.lang.pack import Pack
from katanya.lang.tokens import tokenize
from katanya.learned.tags import NAMES, OFFICES

UNKNOWN = -1  # a token whose tag nobody has told
NEAR = 250  # characters between a name and what introduces it
KINDS = {  # the labels of other corpora → the kinds of name
    "PER": "person", "PERSON": "person", "ORG": "organisation", "ORGANISATION": "organisation",
    "ORGANIZATION": "organisation", "LOC": "place", "PLACE": "place", "LOCATION": "place",
}  # fmt: skip


Tag = tuple[int, int, str]


def tag_row(count: int, spans: Iterable[Tag], tags: Sequence[str], rest: int = 0) -> list[int]:
    """Return a tag an item: ``B-kind`` and ``I-kind`` in spans, ``rest`` elsewhere."""
    row = [rest] * count
    for first, last, kind in spans:
        row[first:last] = [tags.index(f"I-{kind}")] * (last - first)
        row[first] = tags.index(f"B-{kind}")
    return row


def read_names(path: Path) -> Iterator[tuple[list[str], list[int]]]:
    """Yield the words and name tags of each sentence of a file in columns: a word first, its tag last.

    The words are cut anew, as the pipeline cuts them.
    """
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        rows = [line.split() for line in block.splitlines() if line.strip()]
        if rows:
            yield _recut([row[0] for row in rows], [row[-1] for row in rows])


def _recut(words: Sequence[str], labels: Sequence[str]) -> tuple[list[str], list[int]]:
    tokens = tokenize(" ".join(words))
    spans: list[list[Any]] = []
    start = 0
    for word, label in zip(words, labels, strict=True):
        edge, _, name = label.partition("-")
        kind = KINDS.get(name)
        if kind and (edge == "B" or not spans or spans[-1][1:] != [start - 1, kind]):
            spans.append([start, start + len(word), kind])
        elif kind:
            spans[-1][1] = start + len(word)
        start += len(word) + 1
    found = [(*_held(tokens, first, last), kind) for first, last, kind in spans]
    return tokens.words, tag_row(len(tokens), [span for span in found if span[0] < span[1]], NAMES)


def _held(tokens: Tokens, start: int, end: int) -> Range:
    """Return the tokens that hold any of a stretch of code points."""
    held = [at for at in range(len(tokens)) if tokens.starts[at] < end and tokens.ends[at] > start]
    return (held[0], held[-1] + 1) if held else (0, 0)


class PeopleTagger:
    """Tags the tokens of an annotated article: who its people are, what introduces them, and what nobody has told.

    The gold tells of the people who speak; of others the rules do.
    """

    def __init__(self, pack: Pack) -> None:
        self._introductions = IntroductionReader(pack)

    def tags(self, analysis: Analysis, people: Sequence[Mapping[str, Any]]) -> tuple[list[int], list[int]]:
        """Return a tag of a name and one of an office for every token."""
        tokens = analysis.tokens
        names, offices = self._by_rule(analysis)
        # A capital that no rule takes for a person may stand in any name.
        row = [UNKNOWN if word[0].isupper() else 0 for word in tokens.words]
        _write(row, [name for name in names if name[2] == "person"], NAMES)
        told = tag_row(len(tokens), offices, OFFICES)
        for person in people:
            mentions = list(_occurrences(tokens, analysis.text, person["name"]))
            _write(row, [(*mention, "person") for mention in mentions], NAMES)
            for field in ("role", "affiliation"):
                found = _beside(tokens, analysis.text, mentions, person[field])
                _write(told, [] if found is None else [(*found, field)], OFFICES)
        return row, told

    def _by_rule(self, analysis: Analysis) -> tuple[list[Tag], list[Tag]]:
        names = [(name.first, name.last, name.kind) for name in analysis.names]
        inside = frozenset(at for first, last, kind in names if kind == "person" for at in range(first, last))
        bounds = Bounds(analysis)
        offices: list[Tag] = []
        for first, last, kind in names:
            if kind == "person":
                around = self._introductions.around(analysis, (first, last), inside, *bounds.around(first))
                for found in around:
                    offices += [(*found.role, "role")] if found.role else []
                    offices += [(*found.affiliation, "affiliation")] if found.affiliation else []
        return names, offices


def _write(row: list[int], spans: Iterable[Tag], tags: Sequence[str]) -> None:
    """Write spans over a row of tags; what they cut in two loses its rest."""
    for first, last, kind in spans:
        end = last
        while end < len(row) and row[end] > 0 and tags[row[end]][0] == "I":
            row[end] = UNKNOWN
            end += 1
        row[first:last] = tag_row(last - first, [(0, last - first, kind)], tags)


def _occurrences(tokens: Tokens, text: str, words: str) -> Iterator[Range]:
    for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
        found = _held(tokens, *match.span())
        if found[0] < found[1]:
            yield found


def _beside(tokens: Tokens, text: str, mentions: Sequence[Range], words: str | None) -> Range | None:
    """Return where an office stands nearest before a mention, else behind it; the first mention that has it counts."""
    if not words:
        return None
    for first, last in mentions:
        begin, end = tokens.starts[first], tokens.ends[last - 1]
        start = text.rfind(words, max(0, begin - NEAR), begin)
        if start < 0:
            start = text.find(words, end, end + NEAR)
        if start >= 0:
            found = _held(tokens, start, start + len(words))
            return found if found[0] < found[1] else None
    return None
