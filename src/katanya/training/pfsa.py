"""Trains the profile for PFSA-ID: word clusters from raw text, a linear-chain model from the corpus, and its card."""

import tempfile
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from katanya.core.errors import MissingExtra
from katanya.core.settings import LANGUAGE
from katanya.learned.tagger import Tagger
from katanya.learned.weights import Array, Weights, load_weights, save_weights
from katanya.pfsa.corpus import read_corpus
from katanya.pfsa.features import Scene
from katanya.pfsa.items import OUT, decode, encode
from katanya.pfsa.profile import FIRST, SECOND, SceneReader
from katanya.pfsa.scoring import Figure, score, table
from katanya.training.clusters import cluster
from katanya.training.pfsa_card import LICENCE, card
from katanya.training.progress import say
from katanya.training.table import read_lines

RAW, CORPUS = "data/news.jsonl.gz", "pfsa-id/train.jsonl"
FOLDS = 5
NEVER = -1e4  # no span goes on without a beginning
SETTINGS = {"c1": 0.1, "c2": 0.01, "max_iterations": 100}  # L1 and L2 penalties, steps of L-BFGS
Articles = Sequence[dict[str, Any]]
Rows = Sequence[Sequence[str]]
Fitted = tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]


def train_pfsa(data: Path, out: Path, *, folds: int = FOLDS, measure: bool = True) -> None:
    """Train on ``pfsa-id/train.jsonl`` of a folder, with clusters from its raw news, and write the model to another.

    The second look learns from tags that the first gives to articles it has not seen, in ``folds`` parts; by the same
    parts the second is scored for the card, unless ``measure`` is false. Raises `MissingExtra` without the trainer.
    """
    articles = read_corpus(data / CORPUS)
    say("clusters words of the raw text")
    clusters = cluster(_texts(data, articles))
    reader = SceneReader(clusters)
    scenes = [reader.read(article["text"]) for article in articles]
    tags = [_tags(scene, article) for scene, article in zip(scenes, articles, strict=True)]
    rows: list[Rows] = [scene.rows for scene in scenes]
    guessed = _cross_tagged(rows, tags, folds, FIRST)
    again: list[Rows] = [scene.second(guess) for scene, guess in zip(scenes, guessed, strict=True)]
    figures = _measured(articles, scenes, _cross_tagged(again, tags, folds, SECOND)) if measure else {}
    say("trains both looks on all articles")
    model = _weights({FIRST: fit(rows, tags), SECOND: fit(again, tags)})
    words = tuple(f"{word}\t{fine}\t{coarse}" for word, (fine, coarse) in clusters.items())
    save_weights(out, model.settings, model.vocabulary + words, {"tagger": model.arrays})
    (out / "README.md").write_text(card(figures, len(articles), folds, load_weights(out)), encoding="utf-8")
    (out / "LICENSE").write_text(LICENCE, encoding="utf-8")


def fit(rows: Sequence[Rows], tags: Sequence[Sequence[str]]) -> Fitted:
    """Return the weights of a linear-chain model by feature and tag, and by two tags, fitted with both penalties."""
    try:
        import pycrfsuite
    except ImportError:
        raise MissingExtra("training needs python-crfsuite", fix="pip install 'katanya[train]'") from None
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(SETTINGS)
    for own, right in zip(rows, tags, strict=True):
        trainer.append(own, right)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        found = tagger.info()
        tagger.close()
    return found.state_features, found.transitions


def _weights(looks: dict[str, Fitted]) -> Weights:
    """Return the looks as one model; they share its features."""
    tags = sorted({tag for state, _ in looks.values() for _, tag in state}, key=lambda tag: (tag != OUT, tag))
    column = {tag: number for number, tag in enumerate(tags)}
    features = tuple(sorted({feature for state, _ in looks.values() for feature, _ in state}))
    row = {feature: number for number, feature in enumerate(features)}
    arrays: dict[str, Array] = {}
    for name, (state, moves) in looks.items():
        arrays[f"{name}.state"] = by_feature = np.zeros((len(features), len(tags)), np.float32)
        arrays[f"{name}.moves"] = by_move = np.zeros((len(tags), len(tags)), np.float32)
        for (feature, tag), weight in state.items():
            by_feature[row[feature], column[tag]] = weight
        for (one, other), weight in moves.items():
            by_move[column[one], column[other]] = weight
        for one, other in product(tags, tags):
            if other.startswith("I-") and one.partition("-")[2] != other.partition("-")[2]:
                by_move[column[one], column[other]] = NEVER
    return Weights({"language": LANGUAGE, "tags": tags}, features, arrays)


def _cross_tagged(rows: list[Rows], tags: Sequence[Sequence[str]], folds: int, look: str) -> list[list[str]]:
    """Return the tags that models give to the articles of the part that each was not trained on."""
    found: list[list[str]] = [[] for _ in rows]
    for fold in range(folds):
        say(f"{look} look: trains without part {fold + 1} of {folds}, and reads it")
        others = [number for number in range(len(rows)) if number % folds != fold]
        model = fit([rows[number] for number in others], [tags[number] for number in others])
        tagger = Tagger(_weights({look: model}), look)
        for number in range(fold, len(rows), folds):
            found[number] = tagger.tag(rows[number])
    return found


def _measured(articles: Articles, scenes: Sequence[Scene], tags: Sequence[Sequence[str]]) -> dict[str, Figure]:
    predicted = {
        article["id"]: {"spans": [span._asdict() for span in decode(scene.items, scene.spread(own))]}
        for article, scene, own in zip(articles, scenes, tags, strict=True)
    }
    figures = score(articles, predicted)
    say("\n".join(table(figures)))
    return figures


def _tags(scene: Scene, article: dict[str, Any]) -> list[str]:
    tags = encode(scene.items, ((span["start"], span["end"], span["label"]) for span in article["spans"]))
    return [tags[index] for index in scene.chosen]


def _texts(data: Path, articles: Articles) -> Iterator[str]:
    yield from (record["text"] for record in read_lines(data / RAW))
    yield from (article["text"] for article in articles)
