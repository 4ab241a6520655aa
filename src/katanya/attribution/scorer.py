"""Weighs drafts: how likely is it that a draft is a statement as it stands?"""

from math import exp

from katanya.attribution.drafts import Draft
from katanya.learned.weights import Weights

BIAS = "<bias>"


class Scorer:
    """A logistic model over the named features of a draft.

    ``threshold`` is the probability from which a draft counts; the probabilities are calibrated by being fitted to
    readings of articles that the rules and the network had not seen.
    """

    def __init__(self, weights: Weights) -> None:
        self._weights = dict(zip(weights.vocabulary, weights["weights"].tolist(), strict=True))
        self._threshold = float(weights.settings["threshold"])

    def probability(self, features: list[str]) -> float:
        """Return how likely a draft with these features is right."""
        weights = self._weights
        score = weights.get(BIAS, 0.0) + sum(weights.get(name, 0.0) for name in features)
        return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, score))))

    def counts(self, draft: Draft) -> bool:
        """Tell whether a draft that has been weighed is likely enough to count."""
        return (draft.confidence or 0.0) >= self._threshold
