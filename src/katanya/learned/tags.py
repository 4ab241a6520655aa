"""Tags words: names of people, organisations and places, and the roles and affiliations that introduce people."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import numpy as np

from katanya.learned.decoding import best_paths
from katanya.learned.encoder import Encoder
from katanya.learned.labeller import LONGEST, Unit, batches, encode
from katanya.learned.layers import Index, Linear, Norm, Runs, Stack
from katanya.learned.weights import Array, Weights

NAMES = ("", "B-person", "I-person", "B-organisation", "I-organisation", "B-place", "I-place")
OFFICES = ("", "B-role", "I-role", "B-affiliation", "I-affiliation")
TINY = np.float32(1e-6)  # keeps log-odds finite
PERSON = [NAMES.index("B-person"), NAMES.index("I-person")]


class Part(NamedTuple):
    """Items ``first`` up to, not including, ``last`` that are one name or one office, of some kind."""

    first: int
    last: int
    kind: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """The likeliest names and offices of a unit."""

    names: list[Part]
    offices: list[Part]


class NameTagger:
    """The part of the network that tags every item; it reads what the encoder has made of a sentence."""

    def __init__(self, weights: Weights, encoder: Encoder | None = None) -> None:
        self._encode = encoder or Encoder(weights)
        self._stack = Stack(weights, "tagger.blocks", weights.settings["tagger"])
        self._norm = Norm(weights, "tagger.norm")
        self._names, self._offices = Linear(weights, "tagger.names"), Linear(weights, "tagger.offices")
        self._moves = weights["tagger.names_moves"], weights["tagger.offices_moves"]

    def read(self, units: Sequence[Unit]) -> list[Tagged]:
        """Return what each unit holds; of a unit that is too long to be a sentence only the beginning is read."""
        found: list[Tagged] = []
        for batch in batches(units):
            states = encode(self._encode, batch)
            runs = Runs.of([len(own) for own in states])
            seen = self._norm(self._stack(np.concatenate(states), runs))
            scores = self._names(seen), self._offices(seen)
            names, offices = (best_paths(own, moves, runs) for own, moves in zip(scores, self._moves, strict=True))
            for first, last in zip(runs.starts.tolist(), (runs.starts + runs.lengths).tolist(), strict=True):
                found.append(Tagged(parts_of(names[first:last], NAMES), parts_of(offices[first:last], OFFICES)))
        return found

    def lean(self, asked: Sequence[tuple[Unit, Sequence[int]]]) -> list[list[float]]:
        """Return how much items lean to a person's name, in log-odds: those that are asked of each unit, in order.

        A unit with its ``states`` is not encoded again, and of others only what the items depend on is. Items behind
        the beginning of a unit that is too long are left out.
        """
        found: list[list[float]] = [[] for _ in asked]
        order = sorted(range(len(asked)), key=lambda number: asked[number][0].states is None)
        start = 0
        for batch in batches([asked[number][0] for number in order]):
            own = order[start:start + len(batch)]
            start += len(batch)
            items = [[item for item in asked[number][1] if item < LONGEST] for number in own]
            leanings = iter(self._lean(batch, items) if any(items) else ())
            for number, its in zip(own, items, strict=True):
                found[number] = list(islice(leanings, len(its)))
        return found

    def _lean(self, units: Sequence[Unit], items: Sequence[Sequence[int]]) -> list[float]:
        """Return the leanings of the items of units, those with states before the others."""
        runs = Runs.of([min(len(unit.words), LONGEST) for unit in units])
        wanted = np.repeat(runs.starts, [len(its) for its in items]) + [item for its in items for item in its]
        begun, steps = self._stack.begin(runs, wanted.astype(np.intp))
        seen = self._norm(self._stack.go(self._states(units, begun), steps))
        scores = self._names(seen)
        grown = np.exp(scores - scores.max(axis=1, keepdims=True))
        person = grown[:, PERSON].sum(axis=1)
        persons: list[float] = (np.log(person + TINY) - np.log(grown.sum(axis=1) - person + TINY)).tolist()
        return persons

    def _states(self, units: Sequence[Unit], wanted: Index) -> Array:
        """Return what the encoder makes of some items of units, those with states before the others."""
        known = [unit.states for unit in units if unit.states is not None]
        total = sum(map(len, known))
        cut = int(np.searchsorted(wanted, total))
        found = [np.concatenate(known)[wanted[:cut]]] if cut else []
        if cut < len(wanted):
            words = [unit.words[:LONGEST] for unit in units[len(known):]]
            inner = [unit.inner for unit in units[len(known):]]
            runs = Runs.of([len(own) for own in words])
            found.append(self._encode([word for own in words for word in own], inner, runs, wanted[cut:] - total))
        return np.concatenate(found)


def parts_of(row: Sequence[int], tags: Sequence[str]) -> list[Part]:
    """Return the parts that a row of tags holds; an inner tag that goes on with nothing opens a part."""
    found: list[Part] = []
    for item, tag in enumerate(row):
        if not tag:
            continue
        edge, _, kind = tags[tag].partition("-")
        if edge == "I" and found and found[-1][1:] == (item, kind):
            found[-1] = Part(found[-1].first, item + 1, kind)
        else:
            found.append(Part(item, item + 1, kind))
    return found
