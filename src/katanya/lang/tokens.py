"""Words and marks with exact offsets."""

import re

from katanya.core.analysis import Tokens
from katanya.lang.pack import Pack

# A word keeps inner hyphens and apostrophes; a number keeps inner points, commas, colons and slashes.
# A full stop between small letters and a capital parts two sentences that a cut-out link ran together.
# Plain words come before the rest: most tokens are, and none of them can be anything else.
TOKEN = re.compile(
    r"""
    https?://\S+ | www\.\S+\.\S+
    | [A-Z]?[a-z]++(?![\w’`'-])
    | [@\#]\w+
    | \d+(?:[.,:/]\d+)*(?:-\w+(?:[.,]\d+)*)*
    | (?P<joined>[^\W\d_]*[a-z][A-Z][a-z]+(?![\w-]))
    | [^\W\d_]+(?:[-'’`][^\W_]+)*(?:\d+(?:[.,]\d+)*)?
    | ,, | '' | `` | \.\.\.+ | --+
    | \w+
    | [^\s\u200b-\u200f\u2060\ufeff]
    """,
    re.VERBOSE,
)
RUN_TOGETHER = re.compile("[a-z][A-Z]")

# Some archives keep their line ends as "||". It begins with one set of characters, which lets the search skip the rest.
PARAGRAPH_END = re.compile(r"[\r\n\u2028\u2029|](?:(?<!\|)|\|)(?:[\r\n\u2028\u2029]|\|\|)*")


def tokenize(text: str, openers: frozenset[str] = frozenset()) -> Tokens:
    """Cut a text into tokens; white space belongs to none.

    Where a link was cut out, two sentences run together ("SuriahMenurut"): a word is cut before a capital when what
    follows is one of the ``openers``, words in lower case that begin sentences.
    """
    starts: list[int] = []
    ends: list[int] = []
    if openers and RUN_TOGETHER.search(text):
        for match in TOKEN.finditer(text):
            start, end = match.span()
            if match.lastgroup == "joined":
                start = _cut_joined(match.group(), start, openers, starts, ends)
            starts.append(start)
            ends.append(end)
    else:
        for match in TOKEN.finditer(text):
            starts.append(match.start())
            ends.append(match.end())
    words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    return Tokens(starts, ends, words, [word.lower() for word in words])


def openers_of(pack: Pack) -> frozenset[str]:
    """Return the single words that begin sentences: prepositional cues, pronouns, connectives."""
    cues = {cue.form for cue in pack.cues.values() if cue.voice == "preposition"}
    words = cues | pack.words("pronouns.singular") | pack.words("pronouns.plural") | pack.words("grammar.connectives")
    return frozenset(word for word in words if " " not in word)


def paragraphs_of(text: str) -> list[tuple[int, int]]:
    """Return the offsets of the lines that hold anything, as printed: a new line opens a new paragraph."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in PARAGRAPH_END.finditer(text):
        found.append((start, match.start()))
        start = match.end()
    found.append((start, len(text)))
    return [(first, last) for first, last in found if not text[first:last].isspace() and last > first]


def _cut_joined(word: str, start: int, openers: frozenset[str], starts: list[int], ends: list[int]) -> int:
    """Note the first of two words run together, where they are, and return where the second begins."""
    cut = max(index for index in range(1, len(word)) if word[index].isupper() and word[index - 1].islower())
    if word[cut:].lower() not in openers:
        return start
    starts.append(start)
    ends.append(start + cut)
    return start + cut
