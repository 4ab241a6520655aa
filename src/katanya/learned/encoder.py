"""Reads sentences into vectors: what each word is, and what stands around it."""

import numpy as np

from katanya.learned.features import normal_form, pieces, shape
from katanya.learned.layers import Block, Norm, Runs
from katanya.learned.weights import Array, Weights

KNOWN = 40_000  # words whose vectors are kept


class Encoder:
    """A stack of dilated convolutions over the vectors of words and their pieces.

    Words once seen are kept, up to a bound; that saves time and changes nothing.
    """

    def __init__(self, weights: Weights) -> None:
        self._row = {word: number for number, word in enumerate(weights.vocabulary, 1)}
        self._rows, self._pieces = weights["enc.rows.weight"], weights["enc.piece.weight"]
        self._shapes, self._flags = weights["enc.shape.weight"], weights["enc.flag.weight"]
        distances: list[int] = weights.settings["encoder"]
        self._blocks = [Block(weights, f"enc.blocks.{n}", distance) for n, distance in enumerate(distances)]
        self._norm = Norm(weights, "enc.norm")
        self.width = self._rows.shape[1]
        self._known: dict[str, int] = {}
        self._table: Array = np.empty((1024, self.width), np.float32)

    def __call__(self, words: list[str], inner: list[bool], runs: Runs) -> Array:
        """Return a vector an item; ``words`` are those of all runs, ``inner`` tells which stand in a quotation."""
        rows = self._look_up(words)  # may put a larger table in place
        x: Array = self._table[rows]
        x += self._flags[np.repeat(np.asarray(inner, np.intp), runs.lengths)]
        for block in self._blocks:
            x = block(x, runs.neighbours(block.distance))
        return self._norm(x)

    def _look_up(self, words: list[str]) -> list[int]:
        known = self._known
        if len(known) > KNOWN:
            known.clear()
        found = [known.get(word, -1) for word in words]
        if -1 in found:
            for position, number in enumerate(found):
                if number < 0:
                    word = words[position]
                    found[position] = known[word] if word in known else self._learn(word)
        return found

    def _learn(self, word: str) -> int:
        number = len(self._known)
        if number == len(self._table):
            self._table = np.concatenate((self._table, np.empty_like(self._table)))
        form = normal_form(word)
        vector = self._rows[self._row.get(form, 0)] + self._pieces[pieces(form, len(self._pieces))].mean(axis=0)
        self._table[number] = vector + self._shapes[shape(word)]
        self._known[word] = number
        return number
