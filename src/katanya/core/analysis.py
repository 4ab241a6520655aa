"""What the pipeline found in a document: tokens, sentences, quotations, names.

Tokens are parallel lists, not objects: the hot path indexes them by number.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from katanya.core.records import Document

QUOTE = "“…”"  # stands for a whole spoken quotation among words; no token looks like it


@dataclass(slots=True)
class Tokens:
    """Words and marks of a text in order.

    ``starts`` and ``ends`` are code-point offsets, ``words`` the tokens as written, ``lower`` in lower case.
    """

    starts: list[int]
    ends: list[int]
    words: list[str]
    lower: list[str]

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``first`` up to, not including, ``last``; ``quotation`` is the quotation it stands inside, if any.

    An outer sentence holds each quotation whole; a quotation's own sentences are listed apart.
    """

    first: int
    last: int
    paragraph: int
    quotation: int | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in quotation marks.

    ``first`` and ``last`` are tokens without the marks, ``outer_first`` and ``outer_last`` with them.
    ``parent`` is the quotation that it stands inside; ``closed`` is false where the closing mark is missing.
    ``speech`` is false for titles, nicknames, terms and scare quotes.
    """

    first: int
    last: int
    outer_first: int
    outer_last: int
    paragraph: int
    parent: int | None = None
    closed: bool = True
    speech: bool = True


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name: tokens ``first`` up to, not including, ``last``; ``kind`` is person, organisation or place."""

    first: int
    last: int
    kind: str


@dataclass(slots=True)
class Analysis:
    """A document taken apart; everything downstream reads this and never the text again.

    ``paragraphs`` and ``passed_over`` (datelines and boilerplate, which no statement holds) are token ranges.
    ``read_names`` finds the names when they are first asked for: an article in which nobody speaks never asks.
    ``views`` keeps the sentences as attribution sees them, ``encoded``, by sentence, what a network has made of it, so
    that each is made once.
    """

    document: Document
    tokens: Tokens
    paragraphs: list[tuple[int, int]] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)
    passed_over: list[tuple[int, int]] = field(default_factory=list)
    views: Any = None
    encoded: dict[int, Any] = field(default_factory=dict)
    read_names: "Callable[[Analysis], list[Name]]" = lambda analysis: []
    _names: list[Name] | None = None

    @property
    def names(self) -> list[Name]:
        """The names in order."""
        if self._names is None:
            self._names = self.read_names(self)
        return self._names

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text
