"""The default model, whole: network, salience, scorer, and the card that tells how good they are."""

import json
from pathlib import Path
from shutil import rmtree
from typing import Any

from katanya.api import Reader
from katanya.attribution.models import SALIENCE, SCORER, Models
from katanya.lang.pack import load_pack
from katanya.learned.weights import save_weights
from katanya.training.ablation import Figures, embeddings, parts, shares
from katanya.training.card import write_card
from katanya.training.cross import cross_read
from katanya.training.names import name_figures
from katanya.training.progress import say
from katanya.training.salience import train_salience
from katanya.training.scorer import train_scorer
from katanya.training.train import GOLD, KEPT_BACK, taught_by, train

WORKSHOP = "workshop"  # under the model's folder: what only another training needs


def train_default(
    data: Path, out: Path, *, encoder: Path | None = None, ablations: bool = False, language: str = "id", seed: int = 0
) -> None:
    """Train every part on a folder of data, write them under ``out`` and measure them; see `train` for the rest.

    ``ablations`` measures as well what each part is worth, and what less annotation would have bought.
    """
    workshop = out / WORKSHOP
    passes = train(data, workshop, encoder=encoder, language=language, seed=seed)
    for part in ("manifest.json", "vocabulary.txt", "encoder.npz", "labeller.npz", "tagger.npz"):
        (workshop / part).replace(out / part)
    train_salience(data, out / SALIENCE, language)
    records = _records(data / GOLD)
    taught, vocabulary = taught_by(encoder or workshop / "taught.pt")
    pack = load_pack(language)
    readings = cross_read(records, taught, vocabulary, pack, epochs=passes, seed=seed, say=say)
    weights, figures = train_scorer(readings)
    rmtree(out / SCORER, ignore_errors=True)
    save_weights(out / SCORER, weights.settings, weights.vocabulary, {"weights": weights.arrays})
    kept_back = _records(data / KEPT_BACK) if (data / KEPT_BACK).is_file() else []
    taken: dict[str, Figures] = {}
    if ablations and kept_back:
        taken = parts(Models.load(out), pack, records, kept_back)
        taken |= embeddings(records, kept_back, vocabulary, pack, epochs=passes, seed=seed, say=say)
        taken |= shares(records, kept_back, taught, vocabulary, pack, epochs=passes, seed=seed, say=say)
    names = name_figures(out, data)
    write_card(out, Reader(language, model=out), figures, records, kept_back, taken, names)


def _records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
