"""Abbreviations of organisations and what they stand for."""

from collections.abc import Mapping

from katanya.attribution.drafts import name_text
from katanya.attribution.likeness import shortens
from katanya.core.analysis import Analysis, Tokens
from katanya.lang.pack import Pack

LONGEST_FULL = 15  # tokens that an abbreviation may stand for
LONGEST_NOTE = 5  # tokens between brackets that may be another name


class AbbreviationReader:
    """Finds the abbreviations that a text explains by the word lists of a language."""

    def __init__(self, pack: Pack) -> None:
        self._organisations = pack.words("roles.organisations")
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
            first = self._full_name(tokens, index, words[index + 1])
            if index - 1 in people and shortens("".join(lower[index + 1 : close]), _run_before(tokens, index, people)):
                continue
            if first < index - 1 and first not in people:
                end = tokens.ends[close]
                found.setdefault(" ".join(lower[index + 1 : close]), analysis.text[tokens.starts[first] : end])
        return found

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
    if full is None:
        return None
    if full.lower().startswith(lower[first]):
        return full
    longer = f"{name_text(analysis, (first, last - 1))} {full}"
    return longer if longer.lower() in analysis.text.lower() else None


def spelled(analysis: Analysis, short: str) -> str | None:
    """Return the name of an organisation or place in the text that an abbreviation shortens."""
    lower, words = analysis.tokens.lower, analysis.tokens.words
    for name in analysis.names:
        if name.kind == "person" or name.last - name.first < 2 or lower[name.first][0] != short[0]:
            continue
        parts = [lower[index] for index in range(name.first, name.last) if words[index][0].isupper()]
        if len(parts) > 1 and shortens(short, parts):
            return name_text(analysis, (name.first, name.last))
    return None


def _run_before(tokens: Tokens, end: int, people: frozenset[int]) -> list[str]:
    """Return the words of the person's name that ends before a token."""
    first = end
    while first - 1 in people:
        first -= 1
    return tokens.lower[first:end]
