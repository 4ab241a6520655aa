"""Fits the scorer: a logistic model over the named features of drafts."""

from collections import Counter
from collections.abc import Sequence
from math import exp

import numpy as np
from numpy.typing import NDArray

from katanya.attribution.scorer import BIAS
from katanya.learned.weights import Weights
from katanya.training.readings import Reading, folds

LEAST = 3  # a feature seen in fewer drafts is no feature
ROUNDS = 200
SMALL = 0.005  # a smaller weight is left out
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


def probability(weights: dict[str, float], features: Sequence[str]) -> float:
    """Return how likely a draft with these features is right."""
    score = weights[BIAS] + sum(weights.get(name, 0.0) for name in features)
    return 1.0 / (1.0 + exp(-score))


def best_threshold(readings: Sequence[Reading], chosen: Sequence[Sequence[tuple[float, bool]]]) -> tuple[float, float]:
    """Return the threshold with the best F1 over all statements, and that F1.

    ``chosen`` has, for every reading, the probability of each cue's best option and whether it is right.
    """
    wanted = sum(reading.wanted for reading in readings)
    sure = [right for reading in readings for _, right in reading.direct]
    found: list[tuple[float, float]] = []
    for step in range(30, 61):
        kept = [right for cues in chosen for likely, right in cues if likely >= step / 100]
        hits, said = sum(sure) + sum(kept), len(sure) + len(kept)
        found.append((2 * hits / (said + wanted), step / 100))
    score, threshold = max(found)
    return threshold, score


def train_scorer(
    readings: Sequence[Reading], strength: float = 0.3, parts: int = 6
) -> tuple[Weights, dict[str, float]]:
    """Return the scorer and its figures, measured on outlets that each fit had not seen."""
    fold = folds([reading.outlet for reading in readings], parts)
    chosen: list[list[tuple[float, bool]]] = [[] for _ in readings]
    given: list[tuple[float, bool]] = []
    for part in range(parts):
        seen = [pair for at, reading in enumerate(readings) if fold[at] != part for pair in _pairs(reading)]
        weights = fit(seen, strength)
        for at, reading in enumerate(readings):
            if fold[at] == part:
                chosen[at] = [_best(weights, options) for options in reading.options]
                given += [(probability(weights, features), right) for features, right in reading.direct]
    threshold, score = best_threshold(readings, chosen)
    given += [pair for cues in chosen for pair in cues if pair[0] >= threshold]
    error = calibration_error([likely for likely, _ in given], [right for _, right in given])
    weights = fit([pair for reading in readings for pair in _pairs(reading)], strength)
    kept = {name: weight for name, weight in weights.items() if name == BIAS or abs(weight) >= SMALL}
    figures = {"detection F1": round(score, 4), "expected calibration error": round(error, 4)}
    arrays = {"weights": np.array(list(kept.values()), dtype=np.float32)}
    return Weights({"threshold": threshold}, tuple(kept), arrays), figures


def _pairs(reading: Reading) -> list[tuple[Sequence[str], bool]]:
    return [*(pair for options in reading.options for pair in options), *reading.direct]


def _best(weights: dict[str, float], options: Sequence[tuple[Sequence[str], bool]]) -> tuple[float, bool]:
    return max(((probability(weights, features), right) for features, right in options), key=lambda pair: pair[0])
