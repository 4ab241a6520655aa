"""Reads what a cue reports: whether it reports at all, what, whose words it is, and in which manner."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from katanya.core.records import Act, SpeakerKind
from katanya.learned.decoding import Reading, Stretch, agreement, agreements, content_readings, source_readings
from katanya.learned.encoder import Encoder
from katanya.learned.layers import Index, Linear, Norm, Runs, Stack, softmax
from katanya.learned.weights import Array, Weights, load_weights

DEFAULT = Path(__file__).parent.parent / "models" / "default"
AT_ONCE = 2_048  # items in one pass: what stays in the processor's cache
SILENT = 0.02  # a cue less likely to report is not asked what it reports
LONGEST = 200  # items; a longer run is no sentence, and is cut off
ACTS = tuple(Act)
KINDS = tuple(SpeakerKind)


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence to be read: its items as written, each spoken quotation one item, and the items that may be cues.

    ``inner`` is true for a sentence of a quotation; ``states`` is what the encoder has made of it already, if it has.
    """

    words: Sequence[str]
    cues: Sequence[int]
    inner: bool = False
    states: Array | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """What one cue of a unit reports, as probabilities and items.

    ``here`` is the probability that it reports something in its own unit, ``elsewhere`` something outside.
    ``contents`` are the likeliest, best first, none where the cue hardly reports; ``agreed`` tells of each how likely
    it is to be right in all but a few words. ``source`` is ``None`` where nobody is named.
    """

    cue: int
    here: float
    elsewhere: float
    contents: list[Reading]
    source: Stretch | None
    source_probability: float
    acts: tuple[float, ...]
    kinds: tuple[float, ...]
    agreed: dict[tuple[Stretch, ...], float]

    @property
    def act(self) -> Act:
        """The likeliest act."""
        return ACTS[max(range(len(ACTS)), key=self.acts.__getitem__)]

    @property
    def speaker_kind(self) -> SpeakerKind:
        """The likeliest kind of speaker."""
        return KINDS[max(range(len(KINDS)), key=self.kinds.__getitem__)]

    @property
    def best(self) -> tuple[Stretch, ...]:
        """The content most likely to be right in all but a few words."""
        return max(self.agreed, key=self.agreed.__getitem__, default=())

    def confidence(self, contents: tuple[Stretch, ...]) -> float:
        """Return how probable it is that the cue reports these contents, but for a few words."""
        agreed = self.agreed.get(contents)
        return self.here * (agreement(self.contents, contents) if agreed is None else agreed)


class Labeller:
    """The network that reads cues; make one and use it for many texts."""

    def __init__(self, weights: Weights, encoder: Encoder | None = None) -> None:
        self._encode = encoder or Encoder(weights)
        settings = weights.settings
        self._reach: int = settings["reach"]
        self._project, self._ask = Linear(weights, "proj"), Linear(weights, "cue")
        self._distance = weights["rel.weight"]
        self._stack = Stack(weights, "blocks", settings["labeller"])
        self._norm = Norm(weights, "norm")
        self._spans, self._hidden = Linear(weights, "spans"), Linear(weights, "hid")
        self._verdict = [Linear(weights, name) for name in ("y", "act", "sk", "two", "nsrc")]

    @classmethod
    def load(cls, folder: Path = DEFAULT) -> "Labeller":
        """Load a model from its folder; raises `ModelError` where it is missing or not as its manifest says."""
        return cls(load_weights(folder))

    def encoded(self, units: Sequence[Unit]) -> list[Unit]:
        """Return the units with what the encoder makes of them, for whoever reads them next."""
        states = [own for batch in batches(units) for own in encode(self._encode, batch)]
        return [replace(unit, states=own) for unit, own in zip(units, states, strict=True)]

    def read(self, units: Sequence[Unit]) -> list[list[Labelled]]:
        """Return, for every unit, what each of its cues reports, in the order of ``cues``."""
        found: list[list[Labelled]] = [[] for _ in units]
        waiting: list[int] = []
        items = 0
        for number, unit in enumerate(units):
            if not unit.cues:
                continue
            waiting.append(number)
            items += min(len(unit.words), LONGEST) * len(unit.cues)
            if items >= AT_ONCE:
                self._pass(units, waiting, found)
                waiting, items = [], 0
        if waiting:
            self._pass(units, waiting, found)
        return found

    def _pass(self, units: Sequence[Unit], numbers: list[int], found: list[list[Labelled]]) -> None:
        cut = [units[number].words[:LONGEST] for number in numbers]
        runs = Runs.of([len(words) for words in cut])
        states = self._states([units[number] for number in numbers])
        asked = [(row, cue) for row, number in enumerate(numbers) for cue in units[number].cues if cue < LONGEST]
        scores, (report, act, kind, second, none), lengths = self._score(states, runs, asked)
        sources = source_readings(scores[:, (6, 7, 9)], lengths, none[:, 0])
        contents = self._contents(scores, lengths, second[:, 0], asked, report[:, 1] >= SILENT)
        told = zip(asked, report.tolist(), act.tolist(), kind.tolist(), sources, contents, strict=True)
        for (row, cue), reports, acts, kinds, (probability, source), own in told:
            found[numbers[row]].append(Labelled(
                cue, reports[1], reports[2], own, source, probability, tuple(acts), tuple(kinds),
                dict(zip((parts for _, parts in own), agreements(own), strict=True)),
            ))

    @staticmethod
    def _contents(
        scores: Array, lengths: Index, seconds: Array, asked: list[tuple[int, int]], reports: NDArray[np.bool_]
    ) -> list[list[Reading]]:
        """Return the readings of every cue, none of those that hardly report."""
        found: list[list[Reading]] = [[] for _ in asked]
        some = reports.nonzero()[0]
        if len(some):
            own = scores[np.repeat(reports, lengths)]
            cues = np.asarray([asked[number][1] for number in some], np.intp)
            readings = content_readings(own, lengths[some], seconds[some], cues)
            for number, its in zip(some.tolist(), readings, strict=True):
                found[number] = its
        return found

    def _states(self, units: Sequence[Unit]) -> Array:
        """Return what the encoder makes of units, laid end to end; only those not encoded before are encoded."""
        new = [unit for unit in units if unit.states is None]
        found = iter(encode(self._encode, new) if new else ())
        states: Array = np.concatenate([next(found) if unit.states is None else unit.states for unit in units])
        return states

    def _score(self, states: Array, runs: Runs, asked: list[tuple[int, int]]) -> tuple[Array, list[Array], Index]:
        """Run the network once a cue over its unit; return a row of scores an item, and what is said of each cue."""
        rows = np.asarray([row for row, _ in asked], np.intp)
        cues = np.asarray([cue for _, cue in asked], np.intp)
        copies = Runs.of(runs.lengths[rows].tolist())
        item: Index = np.repeat(runs.starts[rows], copies.lengths) + copies.place
        heads = states[runs.starts[rows] + cues]
        x = self._project(states)[item]
        away = np.clip(copies.place - np.repeat(cues, copies.lengths), -self._reach, self._reach) + self._reach
        x += self._distance[away]
        x += np.repeat(self._ask(heads), copies.lengths, axis=0)
        x = self._norm(self._stack(x, copies))
        highest = np.maximum.reduceat(x, copies.starts, axis=0)
        told = self._hidden(np.concatenate((x[copies.starts + cues], highest, heads), axis=1))
        np.maximum(told, 0, out=told)
        report, act, kind, second, none = (layer(told) for layer in self._verdict)
        return self._spans(x), [softmax(report), softmax(act), softmax(kind), second, none], copies.lengths


def encode(encoder: Encoder, units: Sequence[Unit]) -> list[Array]:
    """Return what an encoder makes of each unit, a vector an item; of a unit that is too long, of its beginning."""
    cut = [unit.words[:LONGEST] for unit in units]
    runs = Runs.of([len(words) for words in cut])
    states = encoder([word for words in cut for word in words], [unit.inner for unit in units], runs)
    return np.split(states, np.cumsum(runs.lengths)[:-1])


def batches(units: Sequence[Unit]) -> Iterator[Sequence[Unit]]:
    """Yield units by as many as stay in the processor's cache."""
    start = 0
    while start < len(units):
        stop, items = start, 0
        while stop < len(units) and items < AT_ONCE:
            items += min(len(units[stop].words), LONGEST)
            stop += 1
        yield units[start:stop]
        start = stop
