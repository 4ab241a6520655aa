"""Reads what a cue reports: whether it reports at all, what, whose words it is, and in which manner."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from katanya.core.records import Act, SpeakerKind
from katanya.learned.decoding import Reading, Stretch, agreement, content_readings, source_reading
from katanya.learned.encoder import Encoder
from katanya.learned.layers import Block, Index, Linear, Norm, Runs, softmax
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
    ``contents`` are the likeliest, best first, none where the cue hardly reports. ``source`` is ``None`` where nobody
    is named.
    """

    cue: int
    here: float
    elsewhere: float
    contents: list[Reading]
    source: Stretch | None
    source_probability: float
    acts: tuple[float, ...]
    kinds: tuple[float, ...]

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
        return max(self.contents, key=lambda reading: agreement(self.contents, reading[1]))[1] if self.contents else ()

    def confidence(self, contents: tuple[Stretch, ...]) -> float:
        """Return how probable it is that the cue reports these contents, but for a few words."""
        return self.here * agreement(self.contents, contents)


class Labeller:
    """The network that reads cues; make one and use it for many texts."""

    def __init__(self, weights: Weights, encoder: Encoder | None = None) -> None:
        self._encode = encoder or Encoder(weights)
        settings = weights.settings
        self._reach: int = settings["reach"]
        self._project, self._ask = Linear(weights, "proj"), Linear(weights, "cue")
        self._distance = weights["rel.weight"]
        self._blocks = [Block(weights, f"blocks.{n}", distance) for n, distance in enumerate(settings["labeller"])]
        self._norm = Norm(weights, "norm")
        self._spans, self._hidden = Linear(weights, "spans"), Linear(weights, "hid")
        self._verdict = [Linear(weights, name) for name in ("y", "act", "sk", "two", "nsrc")]

    @classmethod
    def load(cls, folder: Path = DEFAULT) -> "Labeller":
        """Load a model from its folder; raises `ModelError` where it is missing or not as its manifest says."""
        return cls(load_weights(folder))

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
        scores, verdicts, lengths = self._score(states, runs, asked)
        start = 0
        for (row, cue), length, report, act, kind, second, none in zip(asked, lengths, *verdicts, strict=True):
            own = scores[start:start + length]
            start += length
            probability, source = source_reading(own[:, (6, 7, 9)], float(none[0]))
            contents = content_readings(own, float(second[0]), cue) if report[1] >= SILENT else []
            found[numbers[row]].append(Labelled(
                cue, float(report[1]), float(report[2]), contents, source, probability,
                tuple(act.tolist()), tuple(kind.tolist()),
            ))

    def _states(self, units: Sequence[Unit]) -> Array:
        """Return what the encoder makes of units, laid end to end; only those not encoded before are encoded."""
        new = [unit for unit in units if unit.states is None]
        found = iter(encode(self._encode, new) if new else ())
        states: Array = np.concatenate([next(found) if unit.states is None else unit.states for unit in units])
        return states

    def _score(self, states: Array, runs: Runs, asked: list[tuple[int, int]]) -> tuple[Array, list[Array], list[int]]:
        """Run the network once a cue over its unit; return a row of scores an item, and what is said of each cue."""
        rows = np.asarray([row for row, _ in asked], np.intp)
        cues = np.asarray([cue for _, cue in asked], np.intp)
        lengths = runs.lengths[rows].tolist()
        copies = Runs.of(lengths)
        item: Index = np.repeat(runs.starts[rows], copies.lengths) + copies.place
        heads = states[runs.starts[rows] + cues]
        x = self._project(states)[item]
        away = np.clip(copies.place - np.repeat(cues, copies.lengths), -self._reach, self._reach) + self._reach
        x += self._distance[away]
        x += np.repeat(self._ask(heads), copies.lengths, axis=0)
        for block in self._blocks:
            x = block(x, copies.neighbours(block.distance))
        x = self._norm(x)
        highest = np.maximum.reduceat(x, copies.starts, axis=0)
        told = self._hidden(np.concatenate((x[copies.starts + cues], highest, heads), axis=1))
        np.maximum(told, 0, out=told)
        report, act, kind, second, none = (layer(told) for layer in self._verdict)
        return self._spans(x), [softmax(report), softmax(act), softmax(kind), second, none], lengths


def encode(encoder: Encoder, units: Sequence[Unit]) -> list[Array]:
    """Return what an encoder makes of each unit, a vector an item; of a unit that is too long, of its beginning."""
    cut = [unit.words[:LONGEST] for unit in units]
    runs = Runs.of([len(words) for words in cut])
    states = encoder([word for words in cut for word in words], [unit.inner for unit in units], runs)
    return np.split(states, np.cumsum(runs.lengths)[:-1])
