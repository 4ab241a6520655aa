"""How well names are tagged, on sentences of other corpora that are kept for that."""

from pathlib import Path

from katanya.batch.scoring import Figure
from katanya.learned.labeller import Unit
from katanya.learned.tags import NAMES, NameTagger, Part, parts_of
from katanya.learned.weights import load_weights
from katanya.training.tags import read_names

TESTS = {
    "idner-news-2k, test": "data/ner/idner-news-2k/test.txt",
    "nergrit, test": "data/ner/nergrit/test.txt",
    "ner-ui, test (outlets and annotators unseen)": "data/ner/ner-ui/test.01.tsv",
}
KINDS = ("person", "organisation", "place")


def name_figures(model: Path, data: Path) -> dict[str, dict[str, Figure]]:
    """Return the figures of exact names by corpus and kind; a corpus that is not there is left out."""
    tagger = NameTagger(load_weights(model))
    return {name: _figures(tagger, data / file) for name, file in TESTS.items() if (data / file).is_file()}


def _figures(tagger: NameTagger, path: Path) -> dict[str, Figure]:
    sentences = [(words, tags) for words, tags in read_names(path) if words]
    found = [tagged.names for tagged in tagger.read([Unit(words, ()) for words, _ in sentences])]
    told = [parts_of(tags, NAMES) for _, tags in sentences]
    return {kind: _figure(kind, told, found) for kind in KINDS}


def _figure(kind: str, told: list[list[Part]], found: list[list[Part]]) -> Figure:
    ours = [{part for part in parts if part.kind == kind} for parts in found]
    theirs = [{part for part in parts if part.kind == kind} for parts in told]
    right = sum(len(one & other) for one, other in zip(ours, theirs, strict=True))
    return Figure(right, sum(map(len, theirs)), sum(map(len, ours)))
