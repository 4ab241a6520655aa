"""The profile: from a text to the spans that PFSA-ID labels."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from katanya.attribution.attribute import Attributor
from katanya.core.records import Document
from katanya.core.settings import LANGUAGE
from katanya.lang.pack import load_pack
from katanya.learned.store import HOME
from katanya.learned.tagger import Tagger
from katanya.learned.weights import Weights, load_weights
from katanya.pfsa.features import Clusters, FeatureReader, Scene
from katanya.pfsa.items import Labelled, decode
from katanya.pipeline.analyse import Analyser

PROFILE = "pfsa-id"
FIRST, SECOND = "first", "second"  # the looks


class SceneReader:
    """Reads texts by the rules alone and prepares them for the tagger."""

    def __init__(self, clusters: Clusters, language: str = LANGUAGE) -> None:
        pack = load_pack(language)
        self._analyser, self._attributor = Analyser(pack), Attributor(pack)
        self._features = FeatureReader(pack, clusters)

    def read(self, text: str) -> Scene:
        """Return a text's items and the features of those worth tagging."""
        analysis = self._analyser.analyse(Document(text))
        return self._features.read(analysis, self._attributor.attribute(analysis))


class Profile:
    """Finds the spans of public figures' statements in a text; make one and use it for many."""

    def __init__(self, weights: Weights) -> None:
        self._first, self._second = Tagger(weights, FIRST), Tagger(weights, SECOND)
        self._scenes = SceneReader(clusters_in(weights), weights.settings["language"])

    @classmethod
    def load(cls, folder: Path = HOME / PROFILE) -> "Profile":
        """Load the model from its folder; raises `ModelError` where it is missing or not as its manifest says."""
        return cls(load_weights(folder))

    def read(self, text: str) -> list[Labelled]:
        """Return the labelled spans of a text in order."""
        scene = self._scenes.read(text)
        tags = self._second.tag(scene.second(self._first.tag(scene.rows)))
        return decode(scene.items, scene.spread(tags))

    def predict(self, articles: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Return the records of articles, of which only ``id`` and ``text`` are read."""
        return [
            {"id": article["id"], "spans": [span_record(article["text"], span) for span in self.read(article["text"])]}
            for article in articles
        ]


def span_record(text: str, span: Labelled) -> dict[str, Any]:
    """Return a span in the form of the corpus."""
    return {"start": span.start, "end": span.end, "label": span.label, "text": text[span.start:span.end]}


def clusters_in(weights: Weights) -> dict[str, tuple[str, str]]:
    """Return the word clusters of a model: entries behind its features, word, fine and coarse parted by tabs."""
    entries = (entry.split("\t") for entry in weights.vocabulary[len(weights[f"{FIRST}.state"]):])
    return {word: (fine, coarse) for word, fine, coarse in entries}
