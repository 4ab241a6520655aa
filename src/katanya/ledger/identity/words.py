"""The words of names and offices: spelled alike, and weighed by how rare they are."""

import re
from collections.abc import Iterable
from functools import cache
from math import log

from katanya.lang.pack import Pack, load_pack

WORD = re.compile(r"[^\W\d_]+(?:[-'’`][^\W_]+)*|\d+")
GLUE = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z])")  # two words that a lost link ran together
APOSTROPHES = re.compile(r"['’`]")
DOUBLED = re.compile(r"([^\W\d_])\1")
Y_BEFORE_VOWEL = re.compile(r"iy(?=[aeou])")
PER = 100_000  # names that the rates of the tables are counted by
UNSEEN = 8.0  # rate of a word that the tables do not hold: seen in one name or two
SHORTEST = 2  # letters; one letter is an initial

Words = tuple[str, ...]


class Lexicon:
    """Folds and weighs the words of names and offices by the tables of a language.

    A weight is the natural logarithm of how many names there are for one that holds the word. The rates were counted
    over the distinct names of 35,000 articles, so that they do not change with what a ledger holds.
    """

    def __init__(self, pack: Pack) -> None:
        self._spellings = [pair.split(" ") for pair in pack.entries("names.spellings")]
        self._titles = pack.words("titles.before") | pack.words("titles.after")
        self._qualifiers = pack.words("identity.former") | pack.words("identity.acting")
        self._empty = pack.words("roles.inside") | pack.words("grammar.conjunctions") | pack.words("names.inside")
        # The first long form of an abbreviation counts, and before it what is said for offices alone.
        rows = [*reversed(pack.table("abbreviations")), *pack.table("shortenings")]
        self._long = {row[0]: row[1] for row in rows}
        office = {word for long in self._long.values() for word in long.split(" ")}
        self._offices = office | set(self._long) | pack.words("roles.organisations")
        self._heads = pack.words("roles.heads")
        self._seats = pack.words("identity.seats")
        self._former = pack.words("identity.former")
        self.fillers = frozenset(self.fold(word) for word in pack.words("identity.first_names"))
        self._names = {word: float(rate) for word, rate in pack.table("name_words")}
        self._roles = {word: float(rate) for word, rate in pack.table("role_words")}

    def fold(self, word: str) -> str:
        """Return a word of a name so that its spellings fall together."""
        word = APOSTROPHES.sub("", word.lower())
        for old, new in self._spellings:
            word = word.replace(old, new)
        return DOUBLED.sub(r"\1", Y_BEFORE_VOWEL.sub("i", word))

    def name(self, name: str) -> Words:
        """Return the folded words of a name without titles and without an office that was read into it."""
        words = [word for word in _words(name) if word.rstrip(".") not in self._titles] or _words(name)
        first = 0
        while first < len(words) - 1 and words[first] in self._offices:
            first += 1
        return tuple(self.fold(word) for word in words[first:])

    def office(self, *phrases: str | None) -> frozenset[str]:
        """Return the words that say what somebody is, written out; those that add nothing are left out."""
        found: list[str] = []
        for phrase in phrases:
            for word in _words(phrase or ""):
                found += self._long.get(word, word).split(" ")
        return frozenset(word for word in found if word != "-" and word not in self._empty | self._qualifiers)

    def is_held(self, office: frozenset[str]) -> bool:
        """Tell whether an office is one that somebody holds, not only what somebody is to others."""
        return not self._heads.isdisjoint(office)

    def is_seat(self, office: frozenset[str]) -> bool:
        """Tell whether an office is one that one person holds at a time."""
        return not self._seats.isdisjoint(office)

    def is_known(self, word: str) -> bool:
        """Tell whether a folded word is one that several names hold."""
        return word in self._names

    def is_former(self, role: str | None) -> bool:
        """Tell whether a role is one of the past or still to come."""
        return not self._former.isdisjoint(_words(role or ""))

    def weigh_name(self, words: Iterable[str]) -> float:
        """Return how much it says that two names share these words."""
        return sum(self.name_weight(word) for word in words)

    def name_weight(self, word: str) -> float:
        """Return how much it says that two names share a word; an initial says little."""
        return log(PER / self._names.get(word, UNSEEN)) if len(word) >= SHORTEST else 1.0

    def weigh_office(self, words: Iterable[str]) -> float:
        """Return how much it says that two offices share these words."""
        return sum(log(PER / self._roles.get(word, UNSEEN)) for word in sorted(words))


def _words(text: str) -> list[str]:
    return [match.group().lower() for match in WORD.finditer(GLUE.sub(" ", text))]


@cache
def lexicon(language: str) -> Lexicon:
    """Return the lexicon of a language; raises `PackError` where the language is not known."""
    return Lexicon(load_pack(language))
