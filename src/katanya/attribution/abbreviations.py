"""Abbreviations of organisations and what they stand for."""

from collections.abc import Mapping
from itertools import takewhile

from katanya.attribution.drafts import name_text
from katanya.attribution.likeness import shortens
from katanya.core.analysis import Analysis, Tokens
from katanya.lang.pack import Pack

FAR = 4000  # tokens from the start of a text in which an abbreviation without brackets is looked for
LONGEST_FULL = 15  # tokens that an abbreviation may stand for
LONGEST_NOTE = 5  # tokens between brackets that may be another name


class AbbreviationReader:
    """Finds the abbreviations that a text explains by the word lists of a language."""

    def __init__(self, pack: Pack) -> None:
        self._organisations = pack.words("roles.organisations")
        self._bodies = pack.words("roles.bodies")
        self._heads = pack.words("roles.heads")
        self._ranks = pack.words("titles.within_rank")
        self._conjunctions = pack.words("grammar.conjunctions")
        self._inside = pack.words("names.inside")

    def read(self, analysis: Analysis, people: frozenset[int]) -> dict[str, str]:
        """Return the full name, brackets included, of each abbreviation that the text explains."""
        tokens, found = analysis.tokens, dict[str, str]()
        words, lower = tokens.words, tokens.lower
        for index in range(1, len(tokens) - 2):
            if words[index] != "(" or not words[index + 1][0].isupper() or lower[index + 1] in self._ranks:
                continue
            close = next(
                (at for at in range(index + 2, min(len(tokens), index + LONGEST_NOTE + 1)) if words[at] == ")"),
                0,
            )
            if not close:
                continue
            first = self._spelled_out(tokens, index, lower[index + 1])
            first = first or self._full_name(tokens, index, words[index + 1])
            if index - 1 in people and shortens("".join(lower[index + 1 : close]), _run_before(tokens, index, people)):
                continue
            if first < index - 1 and first not in people:
                end = tokens.ends[close]
                found.setdefault(" ".join(lower[index + 1 : close]), analysis.text[tokens.starts[first] : end])
        return found

    def _spelled_out(self, tokens: Tokens, end: int, short: str) -> int:
        """Return where the words begin whose beginnings make up an abbreviation, letter by letter; 0 where none do."""
        words, lower = tokens.words, tokens.lower
        if short in self._heads:
            return 0
        parts: list[str] = []
        for index in range(end - 1, max(0, end - LONGEST_FULL), -1):
            if words[index][0].isupper():
                parts.insert(0, lower[index])
                if len(parts) > 1 and shortens(short, parts):
                    initials = len(short) == len(parts)
                    kinds = self._organisations - self._bodies if initials else self._organisations
                    return index - (lower[index - 1] in kinds)  # *Kementerian Komunikasi dan Digital (Komdigi)*
            elif not (lower[index] in self._conjunctions or lower[index] in self._inside or words[index] == "&"):
                return 0
        return 0

    def _full_name(self, tokens: Tokens, end: int, short: str) -> int:
        """Return where the name that an abbreviation stands for begins; ``end`` where there is none."""
        words, lower = tokens.words, tokens.lower
        first = end
        office = False  # the words further left are an office unless an organisation comes first
        for index in range(end - 1, max(-1, end - LONGEST_FULL), -1):
            if words[index][0].isupper():
                if lower[index] in self._organisations and lower[index][0] == short[0].lower():
                    return index
                office = office or (lower[index] in self._heads and first < end)
                first = first if office else index
            elif not (words[index] in ",&" or lower[index] in self._conjunctions or lower[index] in self._inside):
                break
        return first


def in_full(analysis: Analysis, organisations: Mapping[str, str], first: int, last: int) -> str | None:
    """Return the name that an abbreviation stands for, alone or as the last word of a longer name."""
    lower, words = analysis.tokens.lower, analysis.tokens.words
    full = organisations.get(" ".join(lower[first:last]))
    if full:
        return full
    if last - first == 1:
        return spelled(analysis, lower[first]) if words[first][0].isupper() else None
    full = organisations.get(lower[last - 1])
    if full is None and words[last - 1].isupper():
        full = spelled(analysis, lower[last - 1])
    if full is None:
        return None
    if full.lower().startswith(lower[first]):
        return full
    longer = f"{name_text(analysis, (first, last - 1))} {full}"
    return longer if longer.lower() in analysis.text.lower() else None


def spelled(analysis: Analysis, short: str) -> str | None:
    """Return the name of an organisation or place in the text that an abbreviation shortens."""
    lower, words = analysis.tokens.lower, analysis.tokens.words
    people = {
        index
        for name in takewhile(lambda name: name.first < FAR, analysis.names)
        if name.kind == "person"
        for index in range(name.first + 1, name.last)
    }
    for first in range(min(FAR, len(words) - 1)):
        if lower[first][0] != short[0] or not words[first][0].isupper():
            continue
        last = first + 1
        while last < min(len(words), first + LONGEST_FULL) and words[last][0].isupper() and last not in people:
            last += 1
            if shortens(short, lower[first:last]):
                return name_text(analysis, (first, last))
    return None


def _run_before(tokens: Tokens, end: int, people: frozenset[int]) -> list[str]:
    """Return the words of the person's name that ends before a token."""
    first = end
    while first - 1 in people:
        first -= 1
    return tokens.lower[first:end]
