"""A light stemmer: leads the forms of a word to one stem, by a table of affixes and a list of roots.

A stem is a key under which forms of one word meet, not a lemma to be shown: what looks like an affix is taken off even
where a dictionary would know better, as long as it is taken off all forms alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from katanya.core.errors import PackError
from katanya.lang.pack import Pack

SIDES = ("particle", "possessive", "prefix", "suffix")
ANY, BARE, NOTHING = "any", "bare", "-"
ONLY_ROOTS = "?"
EVERY_LETTER = "*"
VOWELS = frozenset("aeiou")
SHORTEST = 3  # letters of a stem that is no listed root; it has two vowels, too
REMEMBERED = 1 << 15  # words whose stem is kept at hand
LONGEST = 40  # letters of a word that is taken apart


@dataclass(frozen=True, slots=True)
class _Affix:
    text: str
    letters: str
    restores: str
    group: str
    only_roots: bool

    def stands_before(self, word: str) -> bool:
        """Tell whether the word begins with this prefix and goes on with one of its letters."""
        size = len(self.text)
        return len(word) > size and word.startswith(self.text) and (not self.letters or word[size] in self.letters)

    def stands_after(self, word: str, group: str) -> bool:
        """Tell whether the word ends in this suffix, after one of its letters, and its prefix allows that."""
        size = len(self.text)
        return (
            self.group in (ANY, group) and len(word) > size and word.endswith(self.text)
            and (not self.letters or word[-size - 1] in self.letters)
        )  # fmt: skip


class Stemmer:
    """Finds the stem of words in lower case by the pack's table ``affixes`` and its list ``stems.roots``."""

    def __init__(self, pack: Pack) -> None:
        """Load the rules; raises `PackError` where a row of the table is amiss."""
        self._roots = pack.words("stems.roots")
        self._affixes: dict[str, list[_Affix]] = {side: [] for side in SIDES}
        for side, text, letters, restores, group in pack.table("affixes"):
            if side not in self._affixes or not text:
                raise PackError(f"a bad row: {side} {text}", where=f"{pack.code}/affixes.tsv",
                                fix=f"the first cell is one of {', '.join(SIDES)}")
            letters = "" if letters == EVERY_LETTER else letters
            restores = "" if restores == NOTHING else restores
            self._affixes[side].append(
                _Affix(text, letters, restores, group.removesuffix(ONLY_ROOTS), group.endswith(ONLY_ROOTS))
            )
        self._swallowed = max((len(prefix.restores) for prefix in self._affixes["prefix"]), default=0)
        self.stem = lru_cache(REMEMBERED)(self._stem)

    def trace(self, stem: str) -> str:
        """Return what every form of a stem holds, letter by letter: all but what a prefix may have swallowed.

        A text without it has no form of the stem, which is much quicker to see than what its words stem from.
        """
        return stem[self._swallowed :]

    def _stem(self, word: str) -> str:
        """Return the stem of a word in lower case; the stem of a stem is itself."""
        while len(word) <= LONGEST:
            shorter = self._step(word)
            if shorter == word:
                break
            word = shorter
        return word

    def _step(self, word: str) -> str:
        """Take off one layer: the first that leads to a root, else the first that leaves enough of the word."""
        if word in self._roots:
            return word
        found = word
        for candidate, certain in self._candidates(word):
            if candidate in self._roots:
                return candidate
            if certain and found == word and _is_enough(candidate):
                found = candidate
        return found

    def _candidates(self, word: str) -> Iterator[tuple[str, bool]]:
        """Yield what may be left of a word, and whether it may be where it is no listed root."""
        for base in self._without_endings(word):
            for prefix in self._affixes["prefix"]:
                if prefix.stands_before(base):
                    rest = prefix.restores + base[len(prefix.text) :]
                    for stem, certain in self._without_suffix(rest, prefix.group):
                        yield stem, certain and not prefix.only_roots
            yield from self._without_suffix(base, BARE)

    def _without_suffix(self, rest: str, group: str) -> Iterator[tuple[str, bool]]:
        for suffix in self._affixes["suffix"]:
            if suffix.stands_after(rest, group):
                yield rest[: -len(suffix.text)], not suffix.only_roots
        yield rest, True

    def _without_endings(self, word: str) -> list[str]:
        """Return the word without particle and possessive, then with what may be none."""
        forms = [word]
        for side in ("particle", "possessive"):
            forms = [
                *(form[: -len(end.text)] for form in forms for end in self._affixes[side]
                  if end.stands_after(form, ANY) and _is_enough(form[: -len(end.text)])),
                *forms,
            ]  # fmt: skip
        return forms


def _is_enough(stem: str) -> bool:
    return len(stem) >= SHORTEST and sum(letter in VOWELS for letter in stem) >= 2
