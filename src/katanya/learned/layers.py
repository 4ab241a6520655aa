"""The few layers that the networks are made of, over runs of items laid end to end.

Runs of different lengths stand in one array without padding; a layer that looks at neighbours takes a row of zeros
where a run ends.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from katanya.learned.weights import Array, Weights

Index = NDArray[np.intp]
TINY = np.float32(1e-5)
FAINT = 1e-6  # the least scale of a channel: it must be possible to undo


@dataclass(frozen=True)
class Runs:
    """Runs laid end to end: the place of each item in its run, and how many items stand behind it there."""

    lengths: Index
    starts: Index
    place: Index
    behind: Index

    @classmethod
    def of(cls, lengths: list[int]) -> "Runs":
        """Lay out runs of these lengths, none of them empty."""
        sizes = np.asarray(lengths, np.intp)
        ends = np.cumsum(sizes)
        starts = ends - sizes
        here = np.arange(int(ends[-1]) if len(ends) else 0)
        return cls(sizes, starts, here - np.repeat(starts, sizes), np.repeat(ends - 1, sizes) - here)

    def around(self, distances: Index) -> Index:
        """Return, by distance and item, what stands so far to its left, the item, and what stands to its right.

        One past the last item stands for what is not there.
        """
        total = len(self.place)
        here = np.arange(total)
        found = np.empty((len(distances), total, 3), np.intp)
        away = distances[:, None]
        found[..., 0] = np.where(self.place < away, total, here - away)
        found[..., 1] = here
        found[..., 2] = np.where(self.behind < away, total, here + away)
        return found


class Norm:
    """Brings the channels of every item to mean zero and variance one, then scales them."""

    def __init__(self, weights: Weights, name: str) -> None:
        scale, self._shift = weights[f"{name}.weight"], weights[f"{name}.bias"]
        self._scale: Array = scale * np.float32(np.sqrt(len(scale)))

    def __call__(self, x: Array) -> Array:
        """Return the items normalised."""
        out = np.empty_like(x)
        level(x, out)
        out *= self._scale
        out += self._shift
        return out


class Linear:
    """A matrix and a shift."""

    def __init__(self, weights: Weights, name: str) -> None:
        self._matrix, self._shift = np.ascontiguousarray(weights[f"{name}.weight"].T), weights[f"{name}.bias"]

    def __call__(self, x: Array) -> Array:
        """Return the items transformed."""
        out: Array = x @ self._matrix
        out += self._shift
        return out


class Block:
    """Adds to every item what it, and the items at one distance on either side, tell.

    The items are normalised, shifted and cut off at zero on the way; what can be is done to the matrices beforehand.
    """

    def __init__(self, weights: Weights, name: str) -> None:
        scale, shift = (weights[f"{name}.norm.{part}"].astype(np.float64) for part in ("weight", "bias"))
        scale = np.where(np.abs(scale) < FAINT, FAINT, scale)
        see, seen = (weights[f"{name}.conv.{part}"].T.astype(np.float64) for part in ("weight", "bias"))
        say, said = (weights[f"{name}.out.{part}"].T.astype(np.float64) for part in ("weight", "bias"))
        root = np.sqrt(len(scale))
        floor = seen + np.tile(shift, 3) @ see
        self._see: Array = (see * np.tile(scale * root, 3)[:, None]).astype(np.float32)
        self._floor: Array = -floor.astype(np.float32)
        self._say: Array = say.astype(np.float32)
        self._shift: Array = (said + floor @ say).astype(np.float32)
        self._absent: Array = (-shift / scale / root).astype(np.float32)  # zero, once scaled and shifted

    def __call__(self, x: Array, around: Index) -> Array:
        """Return items with the addition: those in the middle of ``around``, which has three rows of ``x`` for each."""
        count, width = x.shape
        seen = np.empty((count + 1, width), np.float32)
        level(x, seen[:count])
        seen[count] = self._absent
        hidden = seen.take(around, axis=0).reshape(len(around), 3 * width) @ self._see
        np.maximum(hidden, self._floor, out=hidden)
        said: Array = hidden @ self._say
        said += self._shift
        said += x if len(around) == count else x.take(around[:, 1], axis=0)
        return said


class Stack:
    """Blocks one upon the other."""

    def __init__(self, weights: Weights, name: str, distances: Sequence[int]) -> None:
        self._blocks = [Block(weights, f"{name}.{number}") for number in range(len(distances))]
        self._distances = np.asarray(distances, np.intp)

    def __call__(self, x: Array, runs: Runs) -> Array:
        """Return what the blocks make of all items."""
        return self.go(x, runs.around(self._distances))

    def begin(self, runs: Runs, wanted: Index) -> tuple[Index, list[Index]]:
        """Return the items that those that are wanted depend on, in order, and the rows that each block reads of them.

        Both the items that are wanted and those that are returned are in order.
        """
        total = len(runs.place)
        steps: list[Index] = []
        for everywhere in runs.around(self._distances)[::-1]:
            around = everywhere.take(wanted, axis=0)
            held = np.zeros(total + 1, np.bool_)
            held[around] = True
            held[total] = False
            wanted = held.nonzero()[0]
            row = held.cumsum()
            row -= 1
            row[total] = len(wanted)
            steps.append(row.take(around))
        return wanted, steps[::-1]

    def go(self, x: Array, steps: Iterable[Index]) -> Array:
        """Return what the blocks make of the items that are wanted; ``x`` holds those that `begin` has told."""
        for block, around in zip(self._blocks, steps, strict=True):
            x = block(x, around)
        return x


def level(x: Array, out: Array) -> None:
    """Bring the channels of every item to mean zero and a sum of squares of one."""
    width = x.shape[1]
    np.subtract(x, x @ _even(width), out=out)
    power = np.einsum("ij,ij->i", out, out)
    power += TINY * width
    np.sqrt(power, out=power)
    np.reciprocal(power, out=power)
    out *= power[:, None]


@cache
def _even(width: int) -> Array:
    return np.full((width, 1), 1 / width, np.float32)


def softmax(x: Array) -> Array:
    """Return the rows as probabilities."""
    grown = np.exp(x - x.max(axis=-1, keepdims=True))
    out: Array = grown / grown.sum(axis=-1, keepdims=True)
    return out
