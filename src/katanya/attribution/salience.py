"""Who is meant: a model of salience weighs everybody who may be by features with names."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from katanya.attribution.drafts import Draft
from katanya.attribution.scene import Voice
from katanya.learned.weights import Weights

JOINT = "|"  # between the form of a source and a feature: the feature's worth beside that form


@dataclass(slots=True)
class Candidate:
    """Somebody who may have said it, with the features that speak for or against; no voice is nobody."""

    voice: Voice | None
    features: list[str] = field(default_factory=list)


class Chooser(Protocol):
    """Chooses among candidates."""

    def choose(self, draft: Draft, form: str, candidates: Sequence[Candidate]) -> Candidate:
        """Return whose statement it is, told by a source of the given form."""


class Salience:
    """A conditional logit: the candidate whose features weigh most."""

    def __init__(self, weights: Weights) -> None:
        self._plain: dict[str, float] = {}
        self._beside: dict[str, dict[str, float]] = {}
        for name, weight in zip(weights.vocabulary, weights["weights"].tolist(), strict=True):
            form, joint, feature = name.partition(JOINT)
            if joint:
                self._beside.setdefault(form, {})[feature] = weight
            else:
                self._plain[name] = weight

    def choose(self, draft: Draft, form: str, candidates: Sequence[Candidate]) -> Candidate:
        """Return the first of the candidates that weigh most."""
        plain, beside = self._plain, self._beside.get(form, {})

        def weight(candidate: Candidate) -> float:
            return sum(plain.get(name, 0.0) + beside.get(name, 0.0) for name in candidate.features)

        return max(candidates, key=weight)
