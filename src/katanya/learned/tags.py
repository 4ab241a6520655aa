"""Tags words: names of people, organisations and places, and the roles and affiliations that introduce people."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from katanya.learned.decoding import best_paths
from katanya.learned.encoder import Encoder
from katanya.learned.labeller import AT_ONCE, LONGEST, Unit, encode
from katanya.learned.layers import Block, Linear, Norm, Runs
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


@dataclass(frozen=True, slots=True)
class Leaning:
    """How much each item of a unit leans to a person's name, in log-odds.

    ``states`` is what the encoder made of the unit, for whoever reads it next.
    """

    persons: Array
    states: Array


class NameTagger:
    """The part of the network that tags every item; it reads what the encoder has made of a sentence."""

    def __init__(self, weights: Weights, encoder: Encoder | None = None) -> None:
        self._encode = encoder or Encoder(weights)
        distances: list[int] = weights.settings["tagger"]
        self._blocks = [Block(weights, f"tagger.blocks.{n}", distance) for n, distance in enumerate(distances)]
        self._norm = Norm(weights, "tagger.norm")
        self._names, self._offices = Linear(weights, "tagger.names"), Linear(weights, "tagger.offices")
        self._moves = weights["tagger.names_moves"], weights["tagger.offices_moves"]

    def read(self, units: Sequence[Unit]) -> list[Tagged]:
        """Return what each unit holds; of a unit that is too long to be a sentence only the beginning is read."""
        found: list[Tagged] = []
        for batch in _batches(units):
            states = encode(self._encode, batch)
            runs, seen = self._look(states)
            scores = self._names(seen), self._offices(seen)
            names, offices = (best_paths(own, moves, runs) for own, moves in zip(scores, self._moves, strict=True))
            for first, last in zip(runs.starts.tolist(), (runs.starts + runs.lengths).tolist(), strict=True):
                found.append(Tagged(parts_of(names[first:last], NAMES), parts_of(offices[first:last], OFFICES)))
        return found

    def lean(self, units: Sequence[Unit]) -> list[Leaning]:
        """Return how much the items of each unit lean to a person's name; of a unit too long, those it begins with."""
        found: list[Leaning] = []
        for batch in _batches(units):
            states = encode(self._encode, batch)
            runs, seen = self._look(states)
            scores = self._names(seen)
            grown = np.exp(scores - scores.max(axis=1, keepdims=True))
            person = grown[:, PERSON].sum(axis=1)
            persons = np.log(person + TINY) - np.log(grown.sum(axis=1) - person + TINY)
            found += map(Leaning, np.split(persons, np.cumsum(runs.lengths)[:-1]), states)
        return found

    def _look(self, states: Sequence[Array]) -> tuple[Runs, Array]:
        runs = Runs.of([len(own) for own in states])
        x: Array = np.concatenate(states)
        for block in self._blocks:
            x = block(x, runs.neighbours(block.distance))
        return runs, self._norm(x)


def _batches(units: Sequence[Unit]) -> Iterator[Sequence[Unit]]:
    """Yield units by as many as stay in the processor's cache."""
    start = 0
    while start < len(units):
        stop, items = start, 0
        while stop < len(units) and items < AT_ONCE:
            items += min(len(units[stop].words), LONGEST)
            stop += 1
        yield units[start:stop]
        start = stop


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
