"""Tags words: names of people, organisations and places, and the roles and affiliations that introduce people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from katanya.learned.decoding import best_paths
from katanya.learned.encoder import Encoder
from katanya.learned.labeller import AT_ONCE, LONGEST, Unit
from katanya.learned.layers import Block, Linear, Norm, Runs
from katanya.learned.weights import Array, Weights

NAMES = ("", "B-person", "I-person", "B-organisation", "I-organisation", "B-place", "I-place")
OFFICES = ("", "B-role", "I-role", "B-affiliation", "I-affiliation")
PERSON = [NAMES.index("B-person"), NAMES.index("I-person")]


class Part(NamedTuple):
    """Items ``first`` up to, not including, ``last`` that are one name or one office, of some kind."""

    first: int
    last: int
    kind: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """What is read of a unit: the likeliest names and offices, and how much each item leans to a person's name.

    ``leanings`` are log-odds.
    """

    names: list[Part]
    offices: list[Part]
    leanings: Array


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
        start = 0
        while start < len(units):
            stop, items = start, 0
            while stop < len(units) and items < AT_ONCE:
                items += min(len(units[stop].words), LONGEST)
                stop += 1
            found += self._pass(units[start:stop])
            start = stop
        return found

    def _pass(self, units: Sequence[Unit]) -> list[Tagged]:
        cut = [unit.words[:LONGEST] for unit in units]
        runs = Runs.of([len(words) for words in cut])
        x = self._encode([word for words in cut for word in words], [unit.inner for unit in units], runs)
        for block in self._blocks:
            x = block(x, runs.neighbours(block.distance))
        x = self._norm(x)
        names, offices = self._names(x), self._offices(x)
        ends = (runs.starts + runs.lengths).tolist()
        grown = np.exp(names - names.max(axis=1, keepdims=True))
        person = grown[:, PERSON].sum(axis=1)
        leanings = np.log(person + 1e-6) - np.log(grown.sum(axis=1) - person + 1e-6)
        rows = [
            best_paths(scores, moves, runs)
            for scores, moves in zip((names, offices), self._moves, strict=True)
        ]
        return [
            Tagged(parts_of(rows[0][first:last], NAMES), parts_of(rows[1][first:last], OFFICES), leanings[first:last])
            for first, last in zip(runs.starts.tolist(), ends, strict=True)
        ]


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
