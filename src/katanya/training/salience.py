"""Fits the model of salience: a conditional logit over the candidates of each open source."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from katanya.attribution.drafts import Draft
from katanya.attribution.salience import JOINT, Candidate
from katanya.attribution.scene import Voice, position_of
from katanya.attribution.speakers import SpeakerResolver
from katanya.core.analysis import Analysis
from katanya.core.records import Act, Document, Kind, SpeakerKind
from katanya.lang.pack import Pack, load_pack
from katanya.learned.weights import Weights, save_weights
from katanya.pipeline.analyse import Analyser
from katanya.training.examples import token_range
from katanya.training.table import read_lines

GOLD = "gold/train.jsonl"
PART = "weights"
LEAST = 3  # a feature seen in fewer choices is no feature
ROUNDS = 200
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """An open source: the features of each candidate, joint ones included, and which are right."""

    candidates: list[list[str]]
    right: list[int]


class Teacher:
    """Chooses what the gold says and keeps the choices."""

    def __init__(self, speakers: Mapping[int, tuple[str | None, SpeakerKind]]) -> None:
        self._speakers = speakers
        self.choices: list[Choice] = []

    def choose(self, draft: Draft, form: str, candidates: Sequence[Candidate]) -> Candidate:
        """Return the candidate that the gold names, else the gold's speaker as a new one."""
        name, kind = self._speakers[id(draft)]
        right = [at for at, one in enumerate(candidates) if same_name(name, one.voice.name if one.voice else None)]
        if right:
            features = [[*one.features, *(form + JOINT + name for name in one.features)] for one in candidates]
            self.choices.append(Choice(features, right))
        if right:
            return candidates[right[0]]
        return Candidate(None if name is None else Voice(name, kind, position_of(draft)))


def same_name(one: str | None, other: str | None) -> bool:
    """Tell whether one name holds the other as a run of words, or both are missing."""
    if not one or not other:
        return one == other
    short, long = sorted((f" {' '.join(name.lower().split())} " for name in (one, other)), key=len)
    return short in long


def train_salience(data: Path, out: Path, language: str = "id") -> None:
    """Fit the model to ``gold/train.jsonl`` in a folder of data and write its weights to the folder ``out``."""
    weights = fit_salience(read_lines(data / GOLD), load_pack(language))
    save_weights(out, weights.settings, weights.vocabulary, {PART: weights.arrays})


def fit_salience(articles: Iterable[Mapping[str, Any]], pack: Pack) -> Weights:
    """Return the weights fitted to articles in the form of the record, with their statements."""
    analyser = Analyser(pack)
    read = []
    for article in articles:
        analysis = analyser.analyse(Document(article["text"]))
        read.append((analysis, [(_draft(analysis, one), one) for one in article["statements"]]))
    return fit([choice for analysis, told in read for choice in gather(pack, analysis, told)])


def gather(pack: Pack, analysis: Analysis, told: Sequence[tuple[Draft, Mapping[str, Any]]]) -> list[Choice]:
    """Return the choices of an article."""
    speakers = {id(draft): (one["speaker"], SpeakerKind(one["speaker_kind"])) for draft, one in told}
    teacher = Teacher(speakers)
    SpeakerResolver(pack, teacher).resolve(analysis, [draft for draft, _ in told])
    return teacher.choices


def fit(choices: Sequence[Choice], strength: float = 0.05) -> Weights:
    """Return the weights by feature; ``strength`` is the inverse of the ridge penalty.

    What is climbed, by L-BFGS from zero, is the likelihood that one of the right candidates is chosen.
    """
    from scipy.optimize import minimize  # an extra: only training needs it

    counts = Counter(name for one in choices for name in {name for features in one.candidates for name in features})
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    number = {name: index for index, name in enumerate(names)}
    rows, columns, starts, right = _sparse(choices, number)
    lengths = np.diff([*starts, len(right)])

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = np.bincount(rows, weights=weights[columns], minlength=len(right))
        scores -= np.repeat(np.maximum.reduceat(scores, starts), lengths)
        every = np.exp(scores)
        whole, hit = np.add.reduceat(every, starts), np.add.reduceat(every * right, starts)
        pull = every / np.repeat(whole, lengths) - every * right / np.repeat(np.maximum(hit, 1e-12), lengths)
        gradient = np.bincount(columns, weights=pull[rows], minlength=len(names))
        value = np.log(whole).sum() - np.log(np.maximum(hit, 1e-12)).sum()
        return float(value + 0.5 * (weights @ weights) / strength), gradient + weights / strength

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    return Weights({}, tuple(names), {PART: found.x.astype(np.float32)})


def _sparse(
    choices: Sequence[Choice], number: Mapping[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], Floats]:
    rows: list[int] = []
    columns: list[int] = []
    starts: list[int] = []
    right: list[float] = []
    for one in choices:
        starts.append(len(right))
        for at, features in enumerate(one.candidates):
            known = [number[name] for name in features if name in number]
            rows += [len(right)] * len(known)
            columns += known
            right.append(float(at in one.right))
    return np.array(rows), np.array(columns), np.array(starts), np.array(right)


def _draft(analysis: Analysis, told: Mapping[str, Any]) -> Draft:
    """Return a statement of the gold as a draft."""
    tokens = analysis.tokens
    contents = [found for span in told["contents"] if (found := token_range(tokens, span))]
    cue = token_range(tokens, told["cue"])
    at = cue[0] if cue else contents[0][0]
    outer = (number for number, one in enumerate(analysis.sentences) if one.quotation is None and at < one.last)
    return Draft(
        Kind(told["kind"]), contents, next(outer, 0), cue, token_range(tokens, told["source"]), act=Act(told["act"])
    )
