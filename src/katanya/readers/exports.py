"""What the exports of news archives have in common: many articles in one text, cut at lines that begin or end them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import IO

from katanya.core.settings import MAX_LINE
from katanya.lang.pack import load_pack

# Languages by the names that the archives' fields give them, in English; an article names the main one first.
LANGUAGES = {
    "indonesian": "id", "bahasa indonesia": "id", "english": "en", "malay": "ms", "bahasa malaysia": "ms",
    "dutch": "nl", "chinese": "zh", "chinese - simplified": "zh", "chinese - traditional": "zh", "japanese": "ja",
    "arabic": "ar", "french": "fr", "german": "de", "spanish": "es", "portuguese": "pt", "thai": "th", "korean": "ko",
    "vietnamese": "vi", "tagalog": "tl", "javanese": "jv",
}  # fmt: skip
HALVES = re.compile(r"\b(1[0-2]|0?[1-9])(:\d\d(?::\d\d)?)\s*([AP])\.?M\b\.?", re.IGNORECASE)
NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a file: where it begins, in bytes after decompression, and its bytes."""

    offset: int
    data: bytes

    @property
    def text(self) -> str:
        """Its text as far as it can be told, to find lines in."""
        return self.data.decode("utf-8", "replace")


def language_code(name: str | None) -> str | None:
    """Return the code of a language by its English name, the first of several; None for what is none."""
    first = re.split(r"[;,]", name or "", maxsplit=1)[0].strip().lower()
    return LANGUAGES.get(first)


@cache
def byline_of(language: str) -> re.Pattern[str]:
    """Return what stands before a writer's name in a byline, in the words that a language's press uses."""
    words = "|".join(map(re.escape, sorted(load_pack(language).entries("columns.by"), key=len, reverse=True)))
    return re.compile(rf"(?:{words})\s*:?\s+(?=\S)", re.IGNORECASE)


def day_clock(text: str | None) -> str | None:
    """Return a printed date with its time counted to 24: ``07:15 PM`` is 19:15."""

    def counted(match: re.Match[str]) -> str:
        return f"{int(match[1]) % 12 + 12 * (match[3] in 'pP'):02}{match[2]}"

    return HALVES.sub(counted, text) if text else None


def split(file: IO[bytes], *, begins: re.Pattern[str] = NEVER, ends: re.Pattern[str] = NEVER) -> Iterator[Piece]:
    """Cut a file before lines that begin an article and behind lines that end one; nothing of it is left out.

    An article longer than an article may be is cut, too. Lines are decoded as far as can be.
    """
    offset, start, size = 0, 0, 0
    lines: list[bytes] = []
    while line := file.readline(MAX_LINE):
        text = line.decode("utf-8", "replace").rstrip("\r\n").removeprefix("\ufeff")
        if lines and (begins.fullmatch(text) or size + len(line) > MAX_LINE):
            yield Piece(start, b"".join(lines))
            lines, start, size = [], offset, 0
        lines.append(line)
        offset, size = offset + len(line), size + len(line)
        if ends.fullmatch(text):
            yield Piece(start, b"".join(lines))
            lines, start, size = [], offset, 0
    if lines:
        yield Piece(start, b"".join(lines))
