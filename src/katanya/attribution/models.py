"""The trained parts of attribution, each of them optional: without them the rules read alone."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from katanya.attribution.salience import Salience
from katanya.attribution.scorer import Scorer

if TYPE_CHECKING:
    from katanya.learned.labeller import Labeller
    from katanya.learned.tags import NameTagger

SCORER, SALIENCE = "scorer", "salience"


@dataclass(frozen=True, slots=True)
class Models:
    """What reads names, what reads cues, what weighs the readings of cues, and who is meant by a pronoun."""

    labeller: "Labeller | None" = None
    scorer: Scorer | None = None
    salience: Salience | None = None
    tagger: "NameTagger | None" = None

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Load the parts of a model; raises `ModelError` where a file is missing or not as its manifest says."""
        from katanya.learned.encoder import Encoder
        from katanya.learned.labeller import Labeller
        from katanya.learned.tags import NameTagger
        from katanya.learned.weights import load_weights

        weights = load_weights(folder)
        encoder = Encoder(weights)
        return cls(
            Labeller(weights, encoder),
            Scorer(load_weights(folder / SCORER)),
            Salience(load_weights(folder / SALIENCE)),
            NameTagger(weights, encoder),
        )
