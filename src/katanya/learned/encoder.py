"""Reads sentences into vectors: what each word is, and what stands around it."""

import numpy as np

from katanya.learned.features import normal_form, pieces, shape
from katanya.learned.layers import Index, Norm, Runs, Stack
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
        self._stack = Stack(weights, "enc.blocks", weights.settings["encoder"])
        self._norm = Norm(weights, "enc.norm")
        self.width = self._rows.shape[1]
        self._known: dict[str, int] = {}
        self._table: Array = np.empty((1024, self.width), np.float32)

    def __call__(self, words: list[str], inner: list[bool], runs: Runs, wanted: Index | None = None) -> Array:
        """Return a vector an item; ``words`` are those of all runs, ``inner`` tells which stand in a quotation.

        Where ``wanted`` names items, in order, only those are returned, and what they do not depend on is left out.
        """
        rows = self._look_up(words)  # may put a larger table in place
        flags = np.repeat(np.asarray(inner, np.intp), runs.lengths)
        if wanted is None:
            return self._norm(self._stack(self._begun(rows, flags), runs))
        begun, steps = self._stack.begin(runs, wanted)
        return self._norm(self._stack.go(self._begun(rows[begun], flags[begun]), steps))

    def _begun(self, rows: Index, flags: Index) -> Array:
        x: Array = self._table.take(rows, axis=0)
        x += self._flags.take(flags, axis=0)
        return x

    def _look_up(self, words: list[str]) -> Index:
        known = self._known
        if len(known) > KNOWN:
            known.clear()
        new = [word for word in dict.fromkeys(words) if word not in known]
        if new:
            self._learn(new)
        return np.fromiter(map(known.__getitem__, words), np.intp, len(words))

    def _learn(self, words: list[str]) -> None:
        """Put the vectors of new words into the table."""
        forms = [normal_form(word) for word in words]
        found = [pieces(form, len(self._pieces)) for form in forms]
        sizes = np.fromiter(map(len, found), np.intp, len(found))
        vectors = np.add.reduceat(self._pieces[[piece for own in found for piece in own]], np.cumsum(sizes) - sizes)
        vectors /= sizes.astype(np.float32)[:, None]
        vectors += self._rows[[self._row.get(form, 0) for form in forms]]
        vectors += self._shapes[[shape(word) for word in words]]
        first = len(self._known)
        last = first + len(words)
        if last > len(self._table):
            self._table = np.concatenate((self._table[:first], np.empty((last, self.width), np.float32)))
        self._table[first:last] = vectors
        self._known.update(zip(words, range(first, last), strict=True))
