"""From a trained network to a folder of weights."""

from pathlib import Path
from typing import Any

from katanya.learned.weights import save_weights
from katanya.training.network import DISTANCES, LABELLER_DISTANCES, REACH, TAGGER_DISTANCES, Labeller

UNUSED = ("enc.mask",)  # what only the lessons need


def export(model: Labeller, vocabulary: tuple[str, ...], language: str, out: Path) -> None:
    """Write the parts of a model: the encoder, which others may share, the labeller and the tagger."""
    parts: dict[str, dict[str, Any]] = {"encoder": {}, "labeller": {}, "tagger": {}}
    for name, tensor in model.state_dict().items():
        if name not in UNUSED:
            part = {"enc": "encoder", "tagger": "tagger"}.get(name.partition(".")[0], "labeller")
            parts[part][name] = tensor.detach().float().numpy()
    settings = {
        "language": language, "encoder": list(DISTANCES), "labeller": list(LABELLER_DISTANCES), "reach": REACH,
        "tagger": list(TAGGER_DISTANCES),
    }
    save_weights(out, settings, vocabulary, parts)
