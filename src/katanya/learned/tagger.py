"""A linear-chain model over named features: the likeliest row of tags for a row of items."""

from collections.abc import Sequence

import numpy as np

from katanya.learned.decoding import best_paths
from katanya.learned.layers import Runs
from katanya.learned.weights import Array, Weights


class Tagger:
    """A conditional random field, as Lafferty, McCallum and Pereira (ICML 2001) describe it, ready to decode.

    The model holds, under its ``name``, a row of ``state`` a feature and a row of ``moves`` a tag; its settings name
    the ``tags``. Features are the entries of the vocabulary, of which there may be more than the model has rows.
    """

    def __init__(self, weights: Weights, name: str) -> None:
        self.tags: tuple[str, ...] = tuple(weights.settings["tags"])
        self._state, self._moves = weights[f"{name}.state"], weights[f"{name}.moves"]
        self._row = {feature: row for row, feature in enumerate(weights.vocabulary[:len(self._state)])}

    def tag(self, rows: Sequence[Sequence[str]]) -> list[str]:
        """Return the likeliest tags of items, each given by its features; unknown features count for nothing."""
        if not rows:
            return []
        return [self.tags[at] for at in best_paths(self._scores(rows), self._moves, Runs.of([len(rows)]))]

    def _scores(self, rows: Sequence[Sequence[str]]) -> Array:
        known = self._row
        found: list[int] = []
        owners: list[int] = []
        for features in rows:
            own = [known[feature] for feature in features if feature in known]
            found += own
            owners.append(len(own))
        scores = np.zeros((len(rows), len(self.tags)), np.float32)
        lengths = np.asarray(owners)
        some = np.flatnonzero(lengths)
        starts = (np.cumsum(lengths) - lengths)[some]
        if len(some):
            scores[some] = np.add.reduceat(self._state[found], starts, axis=0)
        return scores
