"""What full text is made of: words as written, the stems beside them, and what abbreviations stand for."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from typing import Any

from katanya.lang.pack import Pack, load_pack
from katanya.lang.stems import Stemmer

WORD = re.compile(r"[^\W_]+")
WORD_OR_END = re.compile(r"([^\W_]+)|[.?!\"“”]")  # of a sentence
SHORT = re.compile(r"\(([^\W\d_][^\W_]{1,11})\)")
BEFORE_SHORT = 160  # characters before the bracket that may hold the long form
LONGEST = 12  # words of a long form
TRUSTED = 2  # articles that must explain an abbreviation before it is believed
FORMAT = "3"  # of the index, beside the rules that it is made by


class Wording:
    """Turns words into what the index holds and is asked for, by the rules of one language."""

    def __init__(self, pack: Pack) -> None:
        self._stemmer = Stemmer(pack)
        self.stem = self._stemmer.stem
        self._small = pack.words("grammar.conjunctions") | pack.words("names.inside")
        self._long: dict[str, list[str]] = {}
        self._short: dict[str, list[str]] = {}
        for short, long in pack.table("abbreviations"):
            self._long.setdefault(short, []).append(spaced(long))
            self._short.setdefault(spaced(long), []).append(short)
        rules = [*pack.table("affixes"), pack.entries("stems.roots")]
        self.digest = sha256(repr((FORMAT, rules)).encode()).hexdigest()

    def stems(self, text: str, names: frozenset[str]) -> str:
        """Return the stems of a text's words where they differ from the words themselves.

        Names have none: ``names`` are the words of the people in the article, in lower case, and a capital within a
        sentence is a name's as well.
        """
        found = []
        begins = True  # a capital that begins a sentence says nothing
        for word in WORD_OR_END.findall(text):
            if word:
                lower = word.lower()
                if (begins or word == lower) and lower not in names:
                    stem = self.stem(lower)
                    if stem != lower:
                        found.append(stem)
            begins = not word
        return " ".join(found)

    def explained(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield each abbreviation that a text explains, "Long Form (LF)", with its long form, in lower case."""
        seen = set()
        for match in SHORT.finditer(text):
            short = match.group(1)
            if short[0].isupper():
                words = WORD.findall(text, max(0, match.start() - BEFORE_SHORT), match.start())
                long = self._spelled(short.lower(), words)
                if long and (short, long) not in seen:
                    seen.add((short, long))
                    yield short.lower(), long

    def _spelled(self, short: str, words: list[str]) -> str | None:
        """Return the last words that the letters of an abbreviation are the beginnings of, in order."""
        rests = {short}
        for count in range(1, min(LONGEST, len(words)) + 1):
            word = words[-count]
            lower = word.lower()
            small = lower in self._small
            if not (small or word[0].isupper()):
                return None
            taken = {
                rest[:-size] for rest in rests for size in range(1, len(rest) + 1) if lower.startswith(rest[-size:])
            }
            if "" in taken and count > 1 and not small:
                return " ".join(map(str.lower, words[-count:]))
            rests = taken | (rests if small else set())
            if not rests:
                return None
        return None

    def long_forms(self, connection: sqlite3.Connection, short: str) -> list[str]:
        """Return what an abbreviation stands for, by the table and by the articles of the ledger."""
        learned = connection.execute(
            "SELECT long FROM abbreviations WHERE short = ? AND seen >= ? ORDER BY seen DESC, long LIMIT 3",
            (short, TRUSTED),
        )
        return list(dict.fromkeys([*self._long.get(short, ()), *(long for (long,) in learned)]))

    def short_forms(self, connection: sqlite3.Connection, long: str) -> list[str]:
        """Return the abbreviations of a name, by the table and by the articles of the ledger."""
        learned = connection.execute(
            "SELECT short FROM abbreviations WHERE long = ? AND seen >= ? ORDER BY seen DESC, short LIMIT 3",
            (long, TRUSTED),
        )
        return list(dict.fromkeys([*self._short.get(long, ()), *(short for (short,) in learned)]))


def spaced(text: str) -> str:
    """Return the words of a text in lower case, with single spaces between them."""
    return " ".join(map(str.lower, WORD.findall(text)))


def storable(value: Any) -> Any:
    """Return a text that can be stored and asked for: half a surrogate pair becomes a mark. Other values stay."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def words_of(names: Iterable[str]) -> frozenset[str]:
    """Return the words of some names in lower case."""
    return frozenset(word.lower() for name in names for word in WORD.findall(name))


@cache
def wording(language: str) -> Wording:
    """Return the wording of a language; raises `PackError` where the language is not known."""
    return Wording(load_pack(language))
