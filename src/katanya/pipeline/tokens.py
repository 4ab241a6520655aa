"""Words and marks with exact offsets."""

import re

from katanya.core.analysis import Tokens

# A word keeps inner hyphens and apostrophes; a number keeps inner points, commas, colons and slashes.
# A full stop between small letters and a capital parts two sentences that a cut-out link ran together.
TOKEN = re.compile(
    r"""
    https?://\S+ | www\.\S+\.\S+
    | [@\#]\w+
    | \d+(?:[.,:/]\d+)*(?:-\w+)*
    | [^\W\d_]+(?:[-'’`][^\W_]+)*\d*
    | ,, | '' | `` | \.\.\.+ | --+
    | \w+
    | \S
    """,
    re.VERBOSE,
)


# Some archives keep their line ends as "||".
PARAGRAPH_END = re.compile(r"(?:[\r\n\u2028\u2029]|\|\|)+")


def tokenize(text: str) -> Tokens:
    """Cut a text into tokens; white space belongs to none."""
    starts: list[int] = []
    ends: list[int] = []
    for match in TOKEN.finditer(text):
        start, end = match.span()
        starts.append(start)
        ends.append(end)
    words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    return Tokens(starts, ends, words, [word.lower() for word in words])


def paragraphs_of(text: str) -> list[tuple[int, int]]:
    """Return the offsets of the lines that hold anything, as printed: a new line opens a new paragraph."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in PARAGRAPH_END.finditer(text):
        found.append((start, match.start()))
        start = match.end()
    found.append((start, len(text)))
    return [(first, last) for first, last in found if not text[first:last].isspace() and last > first]
