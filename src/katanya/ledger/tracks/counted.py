"""What a figure counts, so that figures of one thing meet whatever words they are told in."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from katanya.lang.pack import Pack, load_pack
from katanya.lang.stems import Stemmer

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[.,:]\d+)*|[.;!?]")
AFTER = 7  # words behind a figure in which it may be said what became of those who are counted
BEFORE = 6  # words before it: *menewaskan sedikitnya 12 orang*
PART_BEFORE = 3  # words before a figure in which a word may tell that it is a part of another
PART_AFTER = 2  # the same behind it: *tiga di antaranya*
SHARE_AFTER = 4  # words behind a figure in which the whole may begin that it is a part of: *tiga orang dari 12*
RISE_BEFORE = 4  # words before a figure in which it may be said that it is what came anew
SPELL = 8  # words to either side in which a time may stand in which it came
TARGET_BEFORE = 8
WINDOW = 250  # characters to either side that are looked at
COUNT = "count"  # the kind of figure that counts people and things
STOPS = frozenset(".;!?")
INCREASE, TARGET = "increase", "target"


@dataclass(frozen=True, slots=True)
class Counted:
    """What a figure counts: its class, whether it is a part of another figure, its aspect, and whom alone it counts."""

    label: str
    part: bool = False
    aspect: str | None = None
    group: str | None = None


class Counting:
    """Tells what figures count by the tables of a language."""

    def __init__(self, pack: Pack) -> None:
        self._stemmer = Stemmer(pack)
        self._parts, self._shares = pack.words("tracks.parts"), pack.words("tracks.shares")
        self._people, self._anyone = pack.words("tracks.people"), pack.words("tracks.anyone")
        self._degrees = pack.words("tracks.degrees")
        self._empty = pack.words("tracks.empty")
        self._increases, self._fresh = pack.words("tracks.increases"), pack.words("tracks.fresh")
        self._sums, self._targets = pack.words("tracks.sums"), pack.words("tracks.targets")
        self._becoming = pack.words("tracks.becoming")
        self._spells = tuple(tuple(run.split()) for run in pack.entries("tracks.spells"))
        self._until = pack.words("tracks.until")
        rows = [(run.strip(), label) for label, words in pack.table("counted") for run in words.split(",")]
        self._runs = {tuple(run.split(" ")): label for run, label in rows}
        self._active = tuple(pack.entries("tracks.active"))
        self._losses = pack.words("tracks.losses")
        self._longest = max(len(run) for run in self._runs)
        self.labels = frozenset(label for _, label in rows)

    def stem(self, word: str) -> str:
        """Return the stem of a word in lower case."""
        return self._stemmer.stem(word)

    def counted(self, text: str, start: int, end: int, of: str | None, kind: str = "count") -> Counted | None:
        """Return what the figure at some offsets counts: what became of it, else the thing itself.

        None where that cannot be told. Only what is counted can have become something; money and measures are told by
        the thing alone, or by the class of losses.
        """
        before, after = _words(text[max(0, start - WINDOW) : start])[::-1], _words(text[end : end + WINDOW])
        label = self._label_of(before, after, of, kind)
        if label is None:
            return None
        known = label in self.labels
        group = self._group(of or "", after) if known and kind == COUNT else None
        return Counted(label, self._is_part(before, after), self._aspect(before, after, of or "", known), group)

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

    def _label_of(self, before: list[str], after: list[str], of: str | None, kind: str) -> str | None:
        counted = _words(of or "")
        behind = _upto_figure(after)[:AFTER]
        found = self._first(counted) or self._first(behind, suffers=True) or self._last(before[:BEFORE])
        if found and (kind == COUNT or found in self._losses):
            return found
        thing = next((word for word in counted if word not in self._people and not word[0].isdigit()), None)
        return self.stem(thing) if thing else None

    def _is_part(self, before: list[str], after: list[str]) -> bool:
        """Tell whether a figure is a part of another: *termasuk tiga anak*, *tiga di antaranya*, *tiga dari 12*."""
        if not self._parts.isdisjoint([*_clause(before)[:PART_BEFORE], *after[:PART_AFTER]]):
            return True
        near = _clause(after)[: SHARE_AFTER + 1]
        return any(
            word in self._shares and following[0].isdigit()
            for word, following in pairwise(near)
        )

    def _aspect(self, before: list[str], after: list[str], of: str, known: bool) -> str | None:
        """Return how a figure is told: as what came anew, as what is to come, or as it is."""
        near, counted = _clause(before), _words(of)
        verb = next((word for word in near[:RISE_BEFORE] if word in self._sums | self._increases), None)
        if verb in self._increases or not self._fresh.isdisjoint([*counted, *after[: len(counted) + 1]]):
            return INCREASE
        if (verb is None and self._spell(near[:SPELL][::-1])) or self._spell(_clause(after)[:SPELL]):
            return INCREASE
        if not known and not self._targets.isdisjoint(near[:TARGET_BEFORE]):
            return TARGET
        return None

    def _spell(self, words: list[str]) -> bool:
        """Tell whether words name a time in which something came anew, not one up to which it is counted."""
        for at in range(len(words)):
            for run in self._spells:
                if tuple(words[at : at + len(run)]) == run and not (at and words[at - 1] in self._until):
                    return True
        return False

    def _group(self, of: str, after: list[str]) -> str | None:
        """Return whom alone a figure counts: children, soldiers, the badly hurt; None where it is all of them."""
        counted = [word for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", of) if not word[0].isupper()]
        said = [self.stem(word) for word in counted if word not in self._anyone and not self._label([word])]
        said += [word for word in after[:4] if word in self._degrees]
        return " ".join(sorted(set(said))) or None

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
        near = _clause(words)
        figures = [at for at, word in enumerate(near) if word[0].isdigit()]
        if figures and not self._becoming.isdisjoint(near[: figures[0]]):  # *bertambah tiga menjadi 12*
            figures = figures[1:]
        near = near[: figures[0] if figures else len(near)][::-1]
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
