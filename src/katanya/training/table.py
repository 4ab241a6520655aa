"""Examples as arrays: forms by number, and a row of numbers a cue; batches of units of like length."""

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from katanya.learned.features import normal_form, pieces, shape
from katanya.training.examples import ABSENT, Example

Ints = NDArray[np.int64]

VOCABULARY = 30_000
PIECES = 24_000
POOL = 20_000  # units that are sorted by length together
# The columns of a cue's row.
UNIT, HEAD, FIRST, LAST, REPORTS, CONTENTS, SOURCE, ACT, KIND = 0, 1, 2, 3, 4, slice(5, 9), slice(9, 11), 11, 12


class Table:
    """Units and cues in arrays; `Lexicon` gives the features of forms."""

    def __init__(self, examples: Iterable[Example]) -> None:
        numbers: dict[str, int] = {}
        forms: list[int] = []
        lengths: list[int] = []
        inner: list[bool] = []
        cues: list[list[int]] = []
        names: list[int] = []
        offices: list[int] = []
        for unit, example in enumerate(examples):
            forms.extend(numbers.setdefault(word, len(numbers)) for word in example.words)
            lengths.append(len(example.words))
            inner.append(example.inner)
            untold = [ABSENT] * len(example.words)
            names.extend(example.names or untold)
            offices.extend(example.offices or untold)
            for cue in sorted(example.cues, key=lambda cue: cue.head):
                cues.append(_row(unit, cue))
        self.words = list(numbers)
        self.forms = np.asarray(forms, np.int32)
        self.lengths = np.asarray(lengths, np.int64)
        self.offsets = np.concatenate(([0], np.cumsum(self.lengths)))
        self.inner = np.asarray(inner, np.int64)
        self.names, self.offices = np.asarray(names, np.int64), np.asarray(offices, np.int64)
        self.cues = np.asarray(cues, np.int64).reshape(-1, KIND + 1)
        self.first = np.searchsorted(self.cues[:, UNIT], np.arange(len(lengths) + 1))

    def with_cues(self, longest: int) -> Ints:
        """Return the units that have cues and at most ``longest`` items."""
        found: Ints = np.flatnonzero((np.diff(self.first) > 0) & (self.lengths <= longest))
        return found

    def with_tags(self, longest: int) -> Ints:
        """Return the units that have a tag to teach and at most ``longest`` items."""
        told = np.concatenate(([0], np.cumsum((self.names >= 0) | (self.offices >= 0))))[self.offsets]
        found: Ints = np.flatnonzero((np.diff(told) > 0) & (self.lengths <= longest))
        return found

    def counts(self) -> Counter[str]:
        """Count the forms in normal form."""
        counts: Counter[str] = Counter()
        for word, count in zip(self.words, np.bincount(self.forms, minlength=len(self.words)), strict=True):
            counts[normal_form(word)] += int(count)
        return counts


def _row(unit: int, cue: Any) -> list[int]:
    contents = [edge for content in cue.contents for edge in content]
    contents += [ABSENT] * (4 - len(contents))
    source = cue.source or (ABSENT, ABSENT)
    return [unit, cue.head, cue.first, cue.last, cue.reports, *contents, *source, cue.act, cue.kind]


def vocabulary_of(counts: Counter[str]) -> tuple[str, ...]:
    """Return the commonest forms, the order fixed where counts are equal."""
    ranked = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    return tuple(form for form, _ in ranked[:VOCABULARY])


class Lexicon:
    """The features of a table's forms under a vocabulary: row, shape and pieces of each."""

    def __init__(self, words: list[str], vocabulary: tuple[str, ...]) -> None:
        self.size = len(vocabulary)
        rows = {form: number for number, form in enumerate(vocabulary, 1)}
        normal = [normal_form(word) for word in words]
        found = [pieces(form, PIECES) for form in normal]
        self.rows = np.asarray([rows.get(form, 0) for form in normal], np.int64)
        self.shapes = np.asarray([shape(word) for word in words], np.int64)
        self.offsets = np.concatenate(([0], np.cumsum([len(each) for each in found]))).astype(np.int64)
        self.pieces = np.asarray([piece for each in found for piece in each], np.int64)


def batches(lengths: Ints, units: Ints, size: int, rng: np.random.Generator) -> list[Ints]:
    """Group units of like length into batches of about ``size`` items, in an order that ``rng`` gives."""
    units = units[rng.permutation(len(units))]
    found: list[Ints] = []
    for start in range(0, len(units), POOL):
        pool = units[start:start + POOL]
        pool = pool[np.argsort(lengths[pool], kind="stable")]
        at = 0
        while at < len(pool):
            stop = at + 1
            while stop < len(pool) and (stop - at + 1) * lengths[pool[stop]] <= size:
                stop += 1
            found.append(pool[at:stop])
            at = stop
    return [found[number] for number in rng.permutation(len(found))]


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a file of JSON lines, compressed or not."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
