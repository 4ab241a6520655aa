"""What a figure counts, so that figures of one thing meet whatever words they are told in."""

import re
from functools import cache

from katanya.lang.pack import Pack, load_pack
from katanya.lang.stems import Stemmer

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[.,:]\d+)*|[.;!?]")
AFTER = 7  # words behind a figure in which it may be said what became of those who are counted
BEFORE = 6  # words before it: *menewaskan sedikitnya 12 orang*
PART_BEFORE = 3  # words before a figure in which a word may tell that it is a part of another
PART_AFTER = 2  # the same behind it: *tiga di antaranya*
COUNT = "count"  # the kind of figure that counts people and things
STOPS = frozenset(".;!?")


class Counting:
    """Tells the class of what figures count by the tables of a language."""

    def __init__(self, pack: Pack) -> None:
        self._stemmer = Stemmer(pack)
        self._parts = pack.words("tracks.parts")
        self._people = pack.words("tracks.people")
        self._empty = pack.words("tracks.empty")
        rows = [(run.strip(), label) for label, words in pack.table("counted") for run in words.split(",")]
        self._runs = {tuple(run.split(" ")): label for run, label in rows}
        self._active = tuple(pack.entries("tracks.active"))
        self._losses = pack.words("tracks.losses")
        self._longest = max(len(run) for run in self._runs)
        self.labels = frozenset(label for _, label in rows)

    def stem(self, word: str) -> str:
        """Return the stem of a word in lower case."""
        return self._stemmer.stem(word)

    def classify(self, text: str, start: int, end: int, of: str | None, kind: str = "count") -> str | None:
        """Return the class of what the figure at some offsets counts: what became of it, else the thing itself.

        None where that cannot be told and where the figure is a part of another (*termasuk tiga anak*). Only what is
        counted can have become something; money and measures are told by the thing alone, or by the class of losses.
        """
        before, after = _words(text[:start]), _words(text[end:])
        if not self._parts.isdisjoint([*_clause(before[::-1])[:PART_BEFORE], *after[:PART_AFTER]]):
            return None
        counted = _words(of or "")
        behind = _upto_figure(after)[:AFTER]
        found = self._first(counted) or self._first(behind, suffers=True) or self._last(before[-BEFORE:])
        if found and (kind == COUNT or found in self._losses):
            return found
        thing = next((word for word in counted if word not in self._people), None)
        return self.stem(thing) if thing else None

    def question(self, words: str) -> tuple[frozenset[str], frozenset[str]]:
        """Part a question into the classes that it asks for and the stems of its topic."""
        asked = _words(words)
        classes: set[str] = set()
        rest: list[str] = []
        at = 0
        while at < len(asked):
            size = next((size for size in range(self._longest, 0, -1) if self._label(asked[at : at + size])), 0)
            label = self._label(asked[at : at + size]) if size else None
            if label:
                classes.add(label)
            elif asked[at] not in self._empty:
                rest.append(self.stem(asked[at]))
            at += max(size, 1)
        return frozenset(classes), frozenset(rest)

    def stems(self, text: str) -> frozenset[str]:
        """Return the stems of a text's words."""
        return frozenset(self.stem(word) for word in _words(text) if word not in STOPS)

    def _first(self, words: list[str], *, suffers: bool = False) -> str | None:
        """Return the class of the first words that have one.

        With ``suffers`` what is counted stands before them: a verb that does it to others (*melukai*) is passed over.
        """
        for at in range(len(words)):
            for size in range(self._longest, 0, -1):
                run = words[at : at + size]
                label = self._label(run)
                if label and not (suffers and tuple(run) not in self._runs and run[0].startswith(self._active)):
                    return label
        return None

    def _last(self, words: list[str]) -> str | None:
        """Return the class of the nearest words before, within the sentence and behind any other figure."""
        near = _clause(words[::-1])
        cut = next((at for at, word in enumerate(near) if word[0].isdigit()), len(near))
        near = near[:cut][::-1]
        for at in range(len(near) - 1, -1, -1):
            for size in range(self._longest, 0, -1):
                label = self._label(near[at : at + size])
                if label:
                    return label
        return None

    def _label(self, run: list[str]) -> str | None:
        words = tuple(run)
        if words in self._runs:
            return self._runs[words]
        return self._runs.get((self.stem(words[0]),)) if len(words) == 1 and words[0] not in STOPS else None


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def _clause(words: list[str]) -> list[str]:
    """Return the words up to the end of a sentence."""
    return words[: next((at for at, word in enumerate(words) if word in STOPS), len(words))]


def _upto_figure(words: list[str]) -> list[str]:
    """Return the words of the sentence up to the next figure."""
    near = _clause(words)
    return near[: next((at for at, word in enumerate(near) if word[0].isdigit()), len(near))]


@cache
def counting(language: str) -> Counting:
    """Return how a language's figures are told apart; raises `PackError` where the language is not known."""
    return Counting(load_pack(language))
