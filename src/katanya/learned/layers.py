"""The few layers that the networks are made of, over runs of items laid end to end.

Runs of different lengths stand in one array without padding; a layer that looks at neighbours takes a row of zeros
where a run ends.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from katanya.learned.weights import Array, Weights

Index = NDArray[np.intp]
TINY = np.float32(1e-5)


@dataclass(frozen=True)
class Runs:
    """Runs laid end to end: the place of each item in its run, and the length of its run."""

    lengths: Index
    starts: Index
    place: Index
    length: Index

    @classmethod
    def of(cls, lengths: list[int]) -> "Runs":
        """Lay out runs of these lengths, none of them empty."""
        sizes = np.asarray(lengths, np.intp)
        starts = np.cumsum(sizes) - sizes
        total = int(sizes.sum())
        place = np.arange(total) - np.repeat(starts, sizes)
        return cls(sizes, starts, place, np.repeat(sizes, sizes))

    def neighbours(self, distance: int) -> tuple[Index, Index]:
        """Return the items that stand ``distance`` to the left and right, or one past the last where there is none."""
        total = len(self.place)
        here = np.arange(total)
        left = np.where(self.place >= distance, here - distance, total)
        right = np.where(self.place + distance < self.length, here + distance, total)
        return left, right


class Norm:
    """Brings the channels of every item to mean zero and variance one, then scales them."""

    def __init__(self, weights: Weights, name: str) -> None:
        self._scale, self._shift = weights[f"{name}.weight"], weights[f"{name}.bias"]

    def __call__(self, x: Array) -> Array:
        """Return the items normalised."""
        centred: Array = x - x.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", centred, centred) / np.float32(x.shape[1])
        centred *= (1 / np.sqrt(variance + TINY))[:, None]
        centred *= self._scale
        centred += self._shift
        return centred


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
    """Adds to every item what it, and the items at one distance on either side, tell."""

    def __init__(self, weights: Weights, name: str, distance: int) -> None:
        self.distance = distance
        self._norm = Norm(weights, f"{name}.norm")
        self._see = Linear(weights, f"{name}.conv")
        self._say = Linear(weights, f"{name}.out")

    def __call__(self, x: Array, neighbours: tuple[Index, Index]) -> Array:
        """Return the items with the addition."""
        count, width = x.shape
        padded = np.zeros((count + 1, width), np.float32)
        padded[:count] = self._norm(x)
        seen = np.empty((count, 3 * width), np.float32)
        np.take(padded, neighbours[0], axis=0, out=seen[:, :width])
        seen[:, width:2 * width] = padded[:count]
        np.take(padded, neighbours[1], axis=0, out=seen[:, 2 * width:])
        hidden = self._see(seen)
        np.maximum(hidden, 0, out=hidden)
        return x + self._say(hidden)


def softmax(x: Array) -> Array:
    """Return the rows as probabilities."""
    grown = np.exp(x - x.max(axis=-1, keepdims=True))
    out: Array = grown / grown.sum(axis=-1, keepdims=True)
    return out
