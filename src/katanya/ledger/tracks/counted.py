"""What a figure counts, so that figures of one thing meet whatever words they are told in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from katanya.lang.pack import Pack, load_pack
from katanya.lang.stems import REMEMBERED, Stemmer

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[.,:]\d+)*|[.;!?]")
AFTER = 8  # words behind a figure in which it may be said what became of those who are counted
BEFORE = 6  # words before it: *menewaskan sedikitnya 12 orang*
PART_BEFORE = 3  # words before a figure in which a word may tell that it is a part of another
PART_AFTER = 3  # the same behind it: *tiga di antaranya*
SHARE_AFTER = 4  # words behind a figure before the whole that it is a share of: *tiga orang dari 12*
SHARE_LABEL = 6  # words behind that whole in which it may be said what became of the share
RISE_BEFORE = 4  # words before a figure in which it may be said that it is what came anew
SPELL = 8  # words to either side in which a time may stand in which it came
TARGET_BEFORE = 8
VERB_BEFORE = 3  # words before a figure in which a verb takes it for its own: *di tiga desa menewaskan 12 orang*
DEGREE_AFTER = 6  # words behind a figure in which a degree may be told, or what was done with them since
COMMA = ","
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
    grows: bool = False  # it can change within hours, as the dead of a disaster do


class Counting:
    """Tells what figures count by the tables of a language."""

    def __init__(self, pack: Pack) -> None:
        self._stemmer = Stemmer(pack)
        self._parts, self._among = pack.words("tracks.parts"), pack.words("tracks.among")
        self._relatives = pack.words("grammar.relatives")
        self._shares, self._joins = pack.words("tracks.shares"), pack.words("tracks.joins")
        self._risks, self._others = pack.words("tracks.risks"), pack.words("tracks.others")
        self._people, self._anyone = pack.words("tracks.people"), pack.words("tracks.anyone")
        self._degrees = pack.words("tracks.degrees")
        self._hourly = pack.words("tracks.hourly")
        self._links = tuple(sorted(pack.entries("boilerplate.links"), key=len, reverse=True))
        self._small = pack.words("tracks.small")
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
        self._longer = {run[0]: max(len(other) for other in self._runs if other[0] == run[0]) for run in self._runs}
        self._alone = lru_cache(REMEMBERED)(self._label_of_word)
        self.labels = frozenset(label for _, label in rows)
        self._inside: dict[str, set[str]] = {label: set() for label in self.labels}
        for run, label in rows:
            self._inside[label].update(run.split(" ")[:-1])

    def stem(self, word: str) -> str:
        """Return the stem of a word in lower case."""
        return self._stemmer.stem(word)

    def traces(self, stems: Iterable[str]) -> frozenset[str]:
        """Return what a text holds, in lower case, wherever a word of one of some stems stands."""
        return frozenset(map(self._stemmer.trace, stems))

    def telling(self, classes: frozenset[str]) -> frozenset[tuple[str, ...]]:
        """Return the runs of words, or their stems, by which figures of some classes are known.

        A thing that is counted may be called what a class is.
        """
        return frozenset(run for run, label in self._runs.items() if label in classes) | {(name,) for name in classes}

    def counted(
        self, text: str, start: int, end: int, of: str | None, kind: str = "count",
        *, between: tuple[int, int] | None = None, only: frozenset[str] = frozenset(),
    ) -> Counted | None:  # fmt: skip
        """Return what the figure at some offsets counts: what became of it, else the thing itself.

        ``between`` are the end of the figure before it and the start of the next. None where what it counts cannot be
        told, or is of no class of ``only`` where there are any. Only what is counted can have become something; money
        and measures are told by the thing alone, or by the class of losses.
        """
        first, last = between or (0, len(text))
        before, behind = _words(text[max(0, start - WINDOW) : start])[::-1], _words(text[end : min(last, end + WINDOW)])
        share = self._share(behind, text[last : last + WINDOW])
        comma = text.find(COMMA, end, min(last, end + WINDOW))
        at_once = behind if comma < 0 or share else _words(text[end:comma])
        own = self._own(text, first, start, before)
        label = self._label_of(own, before, at_once, share or behind, of, kind)
        if label is None or (only and label not in only):
            return None
        after = behind if last >= end + WINDOW else _words(text[end : end + WINDOW])
        if self._is_population(before, of or "", after):
            return None
        known = label in self.labels
        behind_it = [] if before[:1] and before[0] in self._shares else at_once
        group = self._group(label, of or "", behind_it) if known and kind == COUNT else None
        aspect = self._aspect(before, after, of or "", known)
        part = share == [] or self._is_part(before, after) or self._is_rest(_words(of or ""), after)
        return Counted(label, part, aspect, group, label in self._hourly)

    def is_link(self, before: str) -> bool:
        """Tell whether what a sentence holds before a figure is a label and another article's headline.

        What follows a headline without a break begins with the first word that no headline writes small.
        """
        label = next((label for label in self._links if before.lower().startswith(label)), None)
        if label is None:
            return False
        words = re.findall(r"[^\W\d_][\w-]*", before[len(label) :])
        return all(word[0].isupper() or word in self._small for word in words)

    def question(self, words: str) -> tuple[frozenset[str], frozenset[str]]:
        """Part a question into the classes that it asks for and the stems of its topic."""
        asked = _words(words)
        classes: set[str] = set()
        rest: list[str] = []
        at = 0
        while at < len(asked):
            label, size = self._label_at(asked, at)
            if label:
                classes.add(label)
            elif asked[at] not in self._empty:
                rest.append(self.stem(asked[at]))
            at += size
        return frozenset(classes), frozenset(rest)

    def stems(self, text: str) -> frozenset[str]:
        """Return the stems of a text's words."""
        return frozenset(map(self.stem, self.words(text)))

    def words(self, text: str) -> list[str]:
        """Return the words of a text in lower case."""
        return [word for word in _words(text) if word not in STOPS]

    def _label_of(
        self, own: list[str], before: list[str], at_once: list[str], after: list[str], of: str | None, kind: str
    ) -> str | None:
        """Return the class of what is counted, by its name, then the words behind it up to a comma, then those before.

        ``own`` are those before that belong to no other figure, ``before`` all of them. What stands behind a comma
        tells it last.
        """
        counted = _words(of or "")
        soon, behind = (self._upto_join(_upto_figure(words))[:AFTER] for words in (at_once, after))
        risen = not self._becoming.isdisjoint(_upto_figure(before)[:BEFORE])  # *bertambah tiga menjadi 12*
        near = before[: BEFORE * 2] if risen else own[:BEFORE]
        found = self._first(counted) or self._first(soon, suffers=True) or self._last(near, risen)
        found = found or self._first(behind, suffers=True)
        if found and (kind == COUNT or found in self._losses):
            return found
        thing = next((word for word in counted if word not in self._people and not word[0].isdigit()), None)
        return self.stem(thing) if thing else None

    def _is_part(self, before: list[str], after: list[str]) -> bool:
        """Tell whether a figure is a part of another: *termasuk tiga anak*, *tiga di antaranya*."""
        return not (
            self._parts.isdisjoint(_clause(before)[:PART_BEFORE]) and self._among.isdisjoint(after[:PART_AFTER])
        )

    def _is_rest(self, counted: list[str], after: list[str]) -> bool:
        """Tell whether a figure counts others of its kind than those told of before: *empat tersangka lainnya*.

        *Empat orang lainnya tersangka* are others than those of another kind, and all of theirs.
        """
        words = [*counted, *after[len(counted) :][:1]]
        at = next((at for at, word in enumerate(words) if word in self._others), 0)
        return self._first(words[:at]) is not None

    def _share(self, behind: list[str], whole: str) -> list[str] | None:
        """Return what stands behind the whole that a figure is a share of; None where it is none.

        Of *241 dari 242 penumpang dinyatakan tewas* the first are the dead. *Tiga dari 12 korban tewas* and *tiga dari
        12 siswa yang tewas* are some of the dead, and nothing that stands behind tells what they are.
        """
        if not behind or behind[-1] not in self._shares or len(behind) > SHARE_AFTER or _clause(behind) != behind:
            return None
        if len(behind) > 1 and behind[-2] in self._parts:
            return None
        beyond = _words(whole)[1:]  # without the number of the whole
        told = next((at for at in range(len(beyond[:SHARE_LABEL])) if self._first(beyond[at : at + 1])), None)
        if told is None:
            return None
        return [] if self._people.issuperset(beyond[:told]) or not self._relatives.isdisjoint(beyond[:told]) else beyond

    def _is_population(self, before: list[str], of: str, after: list[str]) -> bool:
        """Tell whether a figure is the whole that another is a share of, and nobody says what became of all of them."""
        if not before or before[0] not in self._shares or (len(before) > 1 and before[1] in self._parts):
            return False
        counted = _words(of)
        return not self._first(counted) and not self._first(after[len(counted) : len(counted) + 1])

    def _own(self, text: str, first: int, start: int, before: list[str]) -> list[str]:
        """Return the words before a figure that belong to it and not to the figure before, the nearest first."""
        between = before if first <= start - WINDOW else _words(text[first:start])[::-1]
        if not first or not STOPS.isdisjoint(between):
            return between
        comma = text.rfind(COMMA, first, start)
        own = self._upto_join(between if comma < 0 else _words(text[comma:start])[::-1])
        if len(own) < len(between):
            return own
        near = own[:VERB_BEFORE]
        return near if any(word.startswith(self._active) and self._alone(word) for word in near) else []

    def _upto_join(self, words: list[str]) -> list[str]:
        return words[: next((at for at, word in enumerate(words) if word in self._joins), len(words))]

    def _aspect(self, before: list[str], after: list[str], of: str, known: bool) -> str | None:
        """Return how a figure is told: as what came anew, as what is to come, or as it is."""
        near, counted = _clause(before), _words(of)
        verb = next((word for word in near[:RISE_BEFORE] if word in self._sums | self._increases), None)
        if verb in self._increases or not self._fresh.isdisjoint([*counted, *after[: len(counted) + 1]]):
            return INCREASE
        if (verb is None and self._spell(near[:SPELL][::-1])) or self._spell(_clause(after)[:SPELL]):
            return INCREASE
        if known and not self._risks.isdisjoint([*near[:RISE_BEFORE], *_clause(after)[:RISE_BEFORE]]):
            return TARGET
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

    def _group(self, label: str, of: str, after: list[str]) -> str | None:
        """Return whom alone a figure counts: children, soldiers, the badly hurt; None where it is all of them."""
        counted = [word for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", of) if not word[0].isupper()]
        said = [self.stem(word) for word in counted if word not in self._anyone and not self._alone(word)]
        degrees = self._degrees - self._inside[label]
        said += [word for word in _clause(after)[:DEGREE_AFTER] if word in degrees]
        return " ".join(sorted(set(said))) or None

    def _first(self, words: list[str], *, suffers: bool = False) -> str | None:
        """Return the class of the first words that have one.

        With ``suffers`` what is counted stands before them: a verb that does it to others (*melukai*) is passed over.
        """
        for at, word in enumerate(words):
            label, size = self._label_at(words, at)
            done_to_others = suffers and word.startswith(self._active)
            if label and not (done_to_others and tuple(words[at : at + size]) not in self._runs):
                return label
        return None

    def _last(self, words: list[str], risen: bool) -> str | None:
        """Return the class of the nearest words before, within the sentence and behind any other figure.

        What has risen to a figure is told before the one that it has risen by.
        """
        near = (_clause(words) if risen else _upto_figure(words))[::-1]
        labels = (self._label_at(near, at)[0] for at in range(len(near) - 1, -1, -1))
        return next((label for label in labels if label), None)

    def _label_at(self, words: list[str], at: int) -> tuple[str | None, int]:
        """Return the class of the longest run of words at a place that has one, and how many words that are."""
        for size in range(self._longer.get(words[at], 1), 1, -1):
            label = self._runs.get(tuple(words[at : at + size]))
            if label:
                return label, size
        return self._alone(words[at]), 1

    def _label_of_word(self, word: str) -> str | None:
        if (word,) in self._runs:
            return self._runs[(word,)]
        return None if word in STOPS else self._runs.get((self.stem(word),))


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
