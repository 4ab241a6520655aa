"""What each part of the model is worth, and what more annotation would buy: measured on articles kept back."""

from collections.abc import Callable, Mapping, Sequence
from math import exp
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from katanya.attribution.attribute import Attributor
from katanya.attribution.detect import Detector
from katanya.attribution.drafts import Draft
from katanya.attribution.judge import HELD, STEP
from katanya.attribution.models import Models
from katanya.attribution.occasion import OccasionReader
from katanya.attribution.scorer import Scorer
from katanya.batch.scoring import score
from katanya.core.records import Document
from katanya.lang.pack import Pack
from katanya.learned.labeller import Labeller
from katanya.pipeline.analyse import Analyser
from katanya.training.examples import ExampleReader
from katanya.training.readings import read_article
from katanya.training.scorer import train_scorer
from katanya.training.table import Lexicon, Table

if TYPE_CHECKING:
    from katanya.training import network

Records = Sequence[Mapping[str, Any]]
Figures = tuple[float, float, float]  # F1 of detection, of indirect detection, of attribution
SHARES = (0.25, 0.5, 1.0)
LIKELY = 0.45  # the network alone: from here on a content counts


class ByNetwork(Scorer):
    """Weighs a draft by what the network says of it alone."""

    def __init__(self) -> None:
        """Take no weights."""

    def probability(self, features: list[str]) -> float:
        """Return the probability that the network gives the content."""
        said = next((name.removeprefix(HELD) for name in features if name.startswith(HELD)), "outside")
        return 0.0 if said == "outside" else 1 / (1 + exp(-float(said) * STEP))

    def counts(self, draft: Draft) -> bool:
        """Tell whether a draft is likely enough."""
        return (draft.confidence or 0.0) >= LIKELY


def parts(models: Models, pack: Pack, gold: Records, kept_back: Records) -> dict[str, Figures]:
    """Return F1 of detection, of indirect detection and of attribution with parts taken away."""
    analyser, rules = Analyser(pack), Detector(pack, OccasionReader(pack))
    weights, _ = train_scorer([read_article(record, analyser, rules) for record in gold])
    kinds = {
        "rules alone": Models(),
        "rules and scorer": Models(scorer=Scorer(weights)),
        "network for rules' cues": Models(models.labeller, ByNetwork()),
        "rules, network, scorer": Models(models.labeller, models.scorer),
        "and salience": Models(models.labeller, models.scorer, models.salience),
        "and tagger (the model)": models,
    }
    return {name: measure(kind, pack, kept_back) for name, kind in kinds.items()}


def shares(
    gold: Records, kept_back: Records, taught: "network.Labeller", vocabulary: tuple[str, ...], pack: Pack,
    *, epochs: int, seed: int, say: Callable[[str], None],
) -> dict[str, Figures]:
    """Return the same figures of the network alone, taught with a part of the annotated articles."""
    found: dict[str, Figures] = {}
    for share in SHARES:
        some = [gold[int(at / share)] for at in range(int(len(gold) * share))]
        labeller = _labeller(some, taught, vocabulary, pack, epochs, seed, say)
        found[f"{share:.0%} of the articles"] = measure(Models(labeller, ByNetwork()), pack, kept_back)
    return found


def embeddings(
    gold: Records, kept_back: Records, vocabulary: tuple[str, ...], pack: Pack,
    *, epochs: int, seed: int, say: Callable[[str], None],
) -> dict[str, Figures]:
    """Return the same figures of a network that has read no raw text: its words begin as vectors drawn at random."""
    import torch

    from katanya.training.network import Encoder, Labeller

    torch.manual_seed(seed)
    labeller = _labeller(gold, Labeller(Encoder(len(vocabulary))), vocabulary, pack, epochs, seed, say)
    return {"all articles, no raw text read": measure(Models(labeller, ByNetwork()), pack, kept_back)}


def _labeller(
    gold: Records, taught: "network.Labeller", vocabulary: tuple[str, ...], pack: Pack,
    epochs: int, seed: int, say: Callable[[str], None],
) -> Labeller:
    """Return a labeller taught with some articles, as it runs."""
    from katanya.training import fit
    from katanya.training.export import export

    reader = ExampleReader(pack)
    table = Table(example for record in gold for example in reader.read(record["text"], record["statements"]))
    units = np.arange(len(table.lengths))
    model = fit.learn_gold(taught, table, Lexicon(table.words, vocabulary), units, epochs, seed, say)
    with TemporaryDirectory() as folder:
        export(model, vocabulary, pack.code, Path(folder))
        return Labeller.load(Path(folder))


def measure(models: Models, pack: Pack, kept_back: Records) -> Figures:
    """Return F1 of detection, of indirect detection and of attribution."""
    analyser, attributor = Analyser(pack, models.tagger), Attributor(pack, models)
    read = {
        record["id"]: attributor.attribute(analyser.analyse(Document(record["text"], id=record["id"]))).to_dict()
        for record in kept_back
    }
    figures = score(kept_back, read).figures
    return figures["detection"].f1, figures["detection, indirect"].f1, figures["attribution"].f1
