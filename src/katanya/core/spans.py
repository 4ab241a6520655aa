"""A stretch of a text: two code-point offsets and the words between them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Offsets are code points into the article's text; ``text[start:end]`` is the span's own ``text``."""

    start: int
    end: int
    text: str

    @classmethod
    def cut(cls, text: str, start: int, end: int) -> "Span":
        """Cut a span out of a text."""
        return cls(start, end, text[start:end])

    def to_dict(self) -> dict[str, int | str]:
        """Return the span in the form of the record."""
        return {"start": self.start, "end": self.end, "text": self.text}
