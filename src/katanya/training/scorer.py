"""Fits the scorer: a logistic model over the named features of drafts."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from katanya.attribution.scorer import BIAS

LEAST = 3  # a feature seen in fewer drafts is no feature
ROUNDS = 200
Floats = NDArray[np.float64]


def fit(examples: Sequence[tuple[Sequence[str], bool]], strength: float = 0.3) -> dict[str, float]:
    """Return the weights by feature; ``strength`` is the inverse of the ridge penalty.

    The penalised likelihood is convex, and is climbed by L-BFGS from zero: the same examples give the same weights.
    """
    from scipy.optimize import minimize  # an extra: only training needs it

    counts = Counter(name for features, _ in examples for name in set(features))
    names = [BIAS, *sorted(name for name, count in counts.items() if count >= LEAST)]
    number = {name: index for index, name in enumerate(names)}
    rows, columns = _sparse(examples, number)
    right = np.array([label for _, label in examples], dtype=np.float64)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = np.bincount(rows, weights=weights[columns], minlength=len(right))
        value = np.logaddexp(0, scores) - right * scores
        pull = 1 / (1 + np.exp(-scores)) - right
        gradient = np.bincount(columns, weights=pull[rows], minlength=len(names))
        penalty = weights / strength
        penalty[0] = 0.0  # the bias is free
        return float(value.sum() + 0.5 * (penalty * weights).sum()), gradient + penalty

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    return {name: float(weight) for name, weight in zip(names, found.x, strict=True)}


def _sparse(
    examples: Sequence[tuple[Sequence[str], bool]], number: dict[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    rows: list[int] = []
    columns: list[int] = []
    for row, (features, _) in enumerate(examples):
        known = [0, *(number[name] for name in features if name in number)]
        rows += [row] * len(known)
        columns += known
    return np.array(rows), np.array(columns)


def calibration_error(probabilities: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Return the expected calibration error: the mean gap between confidence and accuracy over equal-width bins.

    Guo et al., "On Calibration of Modern Neural Networks", ICML 2017.
    """
    given, truth = np.asarray(probabilities), np.asarray(right, dtype=np.float64)
    which = np.minimum((given * bins).astype(int), bins - 1)
    filled = [which == number for number in range(bins) if (which == number).any()]
    return float(sum(abs(given[rows].mean() - truth[rows].mean()) * rows.mean() for rows in filled))
