"""From a trained network to a folder of weights."""

from pathlib import Path
from typing import Any

from katanya.learned.weights import save_weights
from katanya.training.network import DISTANCES, LABELLER_DISTANCES, REACH, Labeller

UNUSED = ("enc.mask",)  # what only the lessons need


def export(model: Labeller, vocabulary: tuple[str, ...], language: str, out: Path) -> None:
    """Write the parts of a model: the encoder, which others may share, and the labeller."""
    parts: dict[str, dict[str, Any]] = {"encoder": {}, "labeller": {}}
    for name, tensor in model.state_dict().items():
        if name not in UNUSED:
            parts["encoder" if name.startswith("enc.") else "labeller"][name] = tensor.detach().float().numpy()
    settings = {
        "language": language, "encoder": list(DISTANCES), "labeller": list(LABELLER_DISTANCES), "reach": REACH,
    }
    save_weights(out, settings, vocabulary, parts)
