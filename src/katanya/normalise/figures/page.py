"""A text as its tokens, with the questions that are asked about their places."""

from katanya.core.analysis import Tokens
from katanya.core.spans import Span

OPENERS = frozenset({".", "!", "?", ":", ";", "\"", "“", "”", "'", "‘", "||"})


class Page:
    """A text and its tokens; a token outside of it is the empty word."""

    __slots__ = ("ends", "lower", "size", "starts", "text", "words")

    def __init__(self, text: str, tokens: Tokens) -> None:
        self.text = text
        self.words, self.lower = tokens.words, tokens.lower
        self.starts, self.ends = tokens.starts, tokens.ends
        self.size = len(tokens)

    def word(self, index: int) -> str:
        """Return a token as written."""
        return self.words[index] if 0 <= index < self.size else ""

    def low(self, index: int) -> str:
        """Return a token in lower case."""
        return self.lower[index] if 0 <= index < self.size else ""

    def tight(self, index: int) -> bool:
        """Tell whether a token follows the one before it without a space."""
        return 0 < index < self.size and self.starts[index] == self.ends[index - 1]

    def opens_line(self, index: int) -> bool:
        """Tell whether a token is the first of its line."""
        if index <= 0:
            return True
        gap = self.text[self.ends[index - 1]:self.starts[index]] if index < self.size else ""
        return "\n" in gap or "\r" in gap

    def capital(self, index: int) -> bool:
        """Tell whether a token is written with capitals."""
        word = self.word(index)
        return word[:1].isupper() or (word[:1].isalpha() and not word.islower())

    def opens_sentence(self, index: int) -> bool:
        """Tell whether a token begins a sentence, as far as the mark before it says so."""
        return self.opens_line(index) or self.low(index - 1) in OPENERS

    def span(self, first: int, last: int) -> Span:
        """Return the span from a token up to, not including, another."""
        return Span.cut(self.text, self.starts[first], self.ends[last - 1])
