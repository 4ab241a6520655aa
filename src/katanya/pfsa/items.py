"""An article as a row of items: every spoken quotation is one item, every other token another."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from katanya.core.analysis import QUOTE, Analysis

OUT = "O"


class Labelled(NamedTuple):
    """A labelled stretch of the text, in code points."""

    start: int
    end: int
    label: str


@dataclass(slots=True)
class Items:
    """Parallel lists, an entry an item: words, offsets, the first token, the sentence by its order in the text.

    ``quotes`` is the index of the quotation that an item stands for, or -1.
    """

    words: list[str] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)
    quotes: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.words)

    def range_of(self, start: int, end: int) -> tuple[int, int]:
        """Return the items that hold any of a stretch of the text."""
        return max(0, bisect_right(self.starts, start) - 1), bisect_left(self.starts, end)


def items_of(analysis: Analysis) -> Items:
    """Return the items of an article in order."""
    tokens, quotations = analysis.tokens, analysis.quotations
    spoken = {q.outer_first: number for number, q in enumerate(quotations) if q.speech and q.parent is None}
    firsts = sorted(sentence.first for sentence in analysis.sentences if sentence.quotation is None)
    items = Items()
    position, count = 0, len(tokens)
    while position < count:
        number = spoken.get(position, -1)
        last = quotations[number].outer_last if number >= 0 else position + 1
        items.words.append(QUOTE if number >= 0 else tokens.words[position])
        items.lower.append(QUOTE if number >= 0 else tokens.lower[position])
        items.starts.append(tokens.starts[position])
        items.ends.append(tokens.ends[last - 1])
        items.tokens.append(position)
        items.quotes.append(number)
        items.sentences.append(bisect_right(firsts, position))
        position = last
    return items


def encode(items: Items, spans: Iterable[tuple[int, int, str]]) -> list[str]:
    """Return a tag an item (``B-``, ``I-`` or `OUT`); what lies inside one item is left out."""
    tags = [OUT] * len(items)
    for start, end, label in spans:
        first, last = bisect_left(items.starts, start), bisect_left(items.starts, end)
        if first < last and items.starts[first] == start:
            tags[first] = f"B-{label}"
            tags[first + 1:last] = [f"I-{label}"] * (last - first - 1)
    return tags


def decode(items: Items, tags: Sequence[str]) -> list[Labelled]:
    """Return the spans of a row of tags."""
    found: list[Labelled] = []
    for index, tag in enumerate(tags):
        head, _, label = tag.partition("-")
        if head == "I" and found and found[-1].label == label and index and tags[index - 1][2:] == label:
            found[-1] = found[-1]._replace(end=items.ends[index])
        elif label:
            found.append(Labelled(items.starts[index], items.ends[index], label))
    return found
