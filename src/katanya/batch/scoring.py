"""How well predicted statements agree with gold: detection, attribution, cues and fields.

Works on plain records of the contract, so that predictions of any program can be scored. A predicted
statement matches a gold one when their contents share at least 80 % of the words of their union.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")
MATCH = 0.8
LOOSE = 0.5
KINDS = ("direct", "indirect", "mixed")
OCCASION = ("time", "place", "event")

Record = Mapping[str, Any]


@dataclass(slots=True)
class Figure:
    """One row of the score: how many were right, how many there were, how many were predicted."""

    hit: int = 0
    gold: int = 0
    predicted: int = 0

    def add(self, hit: int, gold: int, predicted: int) -> None:
        """Count the findings of one article."""
        self.hit += hit
        self.gold += gold
        self.predicted += predicted

    @property
    def precision(self) -> float:
        """The share of the predicted that is right."""
        return self.hit / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that is found."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def to_dict(self) -> dict[str, float | int]:
        """Return the row under the names that the gold's own scorer uses."""
        return {
            "p": self.precision,
            "r": self.recall,
            "f1": self.f1,
            "gold": self.gold,
            "predicted": self.predicted,
        }


class Fault(NamedTuple):
    """One difference between gold and prediction: where, what, and the statement that shows it."""

    article: str
    what: str
    statement: Record


@dataclass(slots=True)
class Score:
    """The figures by name, in the order of their table, and every difference behind them."""

    figures: dict[str, Figure] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def add(self, name: str, hit: int, gold: int, predicted: int) -> None:
        """Count findings under a name."""
        self.figures.setdefault(name, Figure()).add(hit, gold, predicted)


class _Said:
    """A statement with the offsets of its words."""

    def __init__(self, text: str, record: Record) -> None:
        self.text, self.record = text, record
        self.kind: str = record["kind"]
        self.speaker: str | None = record.get("speaker")
        self.content = words(text, record["contents"])

    @cached_property
    def cue(self) -> set[int]:
        return self.words_of("cue")

    def words_of(self, name: str) -> set[int]:
        span = self.record.get(name)
        return words(self.text, [span] if span else [])


def score(gold: Iterable[Record], predicted: Mapping[str, Record]) -> Score:
    """Score predictions by article id; an article without one counts as read without statements."""
    total = Score()
    for article in gold:
        prediction = predicted.get(article["id"], {})
        _score_statements(total, article, prediction)
        _score_people(total, article.get("people", []), prediction.get("people", []))
    return total


def words(text: str, spans: Iterable[Record]) -> set[int]:
    """Return the offsets of the words that begin inside any of the spans."""
    return {match.start() for span in spans for match in WORD.finditer(text, span["start"], span["end"])}


def same_name(one: str | None, other: str | None) -> bool:
    """Tell whether one name holds the other as a run of whole words, or both are empty."""
    short, long = sorted((_name_words(one), _name_words(other)), key=len)
    if not short:
        return not long
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def _name_words(name: str | None) -> tuple[str, ...]:
    return tuple(word.casefold() for word in WORD.findall(name or ""))


def _score_statements(total: Score, article: Record, prediction: Record) -> None:
    text = article["text"]
    gold = [_Said(text, record) for record in article["statements"]]
    found = [_Said(text, record) for record in prediction.get("statements", [])]
    pairs = _pair(gold, found, MATCH)
    right = [(g, p) for g, p in pairs if same_name(g.speaker, p.speaker)]

    total.add("detection", len(pairs), len(gold), len(found))
    total.add("detection, loose", len(_pair(gold, found, LOOSE)), len(gold), len(found))
    total.add("attribution", len(right), len(gold), len(found))
    for kind in KINDS:
        of_gold, of_found = sum(s.kind == kind for s in gold), sum(s.kind == kind for s in found)
        for name, matched in (("detection", pairs), ("attribution", right)):
            hit = sum(g.kind == kind == p.kind for g, p in matched)
            total.add(f"{name}, {kind}", hit, of_gold, of_found)

    cues, found_cues = (set().union(*(s.cue for s in side)) for side in (gold, found))
    total.add("cue", len(cues & found_cues), len(cues), len(found_cues))
    _score_fields(total, pairs)
    total.faults += _faults(article["id"], gold, found, pairs)


def _pair(gold: list[_Said], found: list[_Said], threshold: float) -> list[tuple[_Said, _Said]]:
    """Pair statements one to one: best agreement first, then those that share a cue, then the earlier."""
    ranked = []
    for g, said in enumerate(gold):
        for p, other in enumerate(found):
            union = len(said.content | other.content)
            overlap = len(said.content & other.content) / union if union else 0.0
            if union and overlap >= threshold:
                ranked.append((-overlap, said.cue.isdisjoint(other.cue), g, p))
    pairs: list[tuple[_Said, _Said]] = []
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for _, _, g, p in sorted(ranked):
        if g not in used_gold and p not in used_found:
            used_gold.add(g)
            used_found.add(p)
            pairs.append((gold[g], found[p]))
    return pairs


def _score_fields(total: Score, pairs: list[tuple[_Said, _Said]]) -> None:
    """Score the fields of matched statements only: a missed statement is no second fault here."""
    for name, key in (("act", "act"), ("speaker kind", "speaker_kind")):
        hit = sum(g.record.get(key) == p.record.get(key) for g, p in pairs)
        total.add(name, hit, len(pairs), len(pairs))
    for name in OCCASION:
        hit = sum(_overlap(g.words_of(name), p.words_of(name)) for g, p in pairs)
        total.add(name, hit, sum(bool(g.record.get(name)) for g, _ in pairs),
                  sum(bool(p.record.get(name)) for _, p in pairs))


def _overlap(one: set[int], other: set[int]) -> bool:
    return bool(one & other) and len(one & other) / len(one | other) >= LOOSE


def _score_people(total: Score, gold: Iterable[Record], found: Iterable[Record]) -> None:
    people = {person["name"]: person for person in gold}
    others = {person["name"]: person for person in found}
    twins = {name: next((o for o in others if same_name(name, o)), None) for name in people}
    known = [other for name, other in others.items() if any(same_name(name, n) for n in people)]
    for key in ("role", "affiliation"):
        hit = 0
        for name, twin in twins.items():
            value, read = people[name].get(key), others[twin].get(key) if twin is not None else None
            hit += bool(value and read and same_name(value, read))
        total.add(key, hit, sum(bool(person.get(key)) for person in people.values()),
                  sum(bool(other.get(key)) for other in known))


def _faults(
    article: str, gold: list[_Said], found: list[_Said], pairs: list[tuple[_Said, _Said]]
) -> Iterable[Fault]:
    matched = {id(said) for pair in pairs for said in pair}
    yield from (Fault(article, "missed", said.record) for said in gold if id(said) not in matched)
    yield from (Fault(article, "extra", said.record) for said in found if id(said) not in matched)
    for g, p in pairs:
        if not same_name(g.speaker, p.speaker):
            yield Fault(article, f"speaker {g.speaker!r} read as {p.speaker!r}", p.record)
