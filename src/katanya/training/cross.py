"""Reads every article of the gold by a network that has not seen its outlet."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from katanya.attribution.detect import Detector
from katanya.attribution.occasion import OccasionReader
from katanya.lang.pack import Pack
from katanya.learned.labeller import Labeller
from katanya.pipeline.analyse import Analyser
from katanya.training.examples import ExampleReader
from katanya.training.readings import Reading, folds, outlet_of, read_article
from katanya.training.table import Lexicon, Table

if TYPE_CHECKING:
    from katanya.training import network
    from katanya.training.fit import Progress


def cross_read(
    records: Sequence[Mapping[str, Any]],
    taught: "network.Labeller",
    vocabulary: tuple[str, ...],
    pack: Pack,
    *,
    epochs: int,
    seed: int,
    say: "Progress",
    count: int = 5,
) -> list[Reading]:
    """Return the readings in the order of the records: a network is taught for each fold of outlets, without it."""
    from katanya.training import fit
    from katanya.training.export import export

    fold = folds([outlet_of(record) for record in records], count)
    reader = ExampleReader(pack)
    found: dict[int, Reading] = {}
    for part in range(count):
        seen = [record for record, its in zip(records, fold, strict=True) if its != part]
        table = Table(example for record in seen for example in reader.read(record["text"], record["statements"]))
        units = np.arange(len(table.lengths))
        model = fit.learn_gold(taught, table, Lexicon(table.words, vocabulary), units, epochs, seed, say)
        with TemporaryDirectory() as folder:
            export(model, vocabulary, pack.code, Path(folder))
            labeller = Labeller.load(Path(folder))
        analyser, detector = Analyser(pack), Detector(pack, OccasionReader(pack), labeller)
        found |= {
            at: read_article(record, analyser, detector)
            for at, record in enumerate(records) if fold[at] == part
        }
        say(f"cross-read: fold {part + 1} of {count}, {len(seen)} articles seen")
    return [found[at] for at in range(len(records))]
