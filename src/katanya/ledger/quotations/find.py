"""Which versions to compare: those that have a sentence nearly in common, found by MinHash, or a run of words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from katanya.core.errors import MissingExtra
from katanya.ledger.quotations.versions import Version, words_of

SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’]?\s+|\|\|")
SHORTEST = 5  # words that a sentence needs to be looked for; the shorter are joined to the one before
SHINGLE = 2  # words
SEED = 42
ROWS, BANDS = 3, 40  # sentences half of whose word pairs are the same meet with a chance of 0.99
CROWD = 200  # sentences alike beyond which only neighbours in time are compared
RUN = 5  # words in a row that bring two versions together, however long the sentence that they stand in
FORMULA = 40  # versions that hold a run beyond which it is a way of speaking and brings none together
CHUNK = 20_000  # sentences that are hashed at a time
MIX = 0x9E3779B97F4A7C15  # an odd number that spreads over 64 bits (Knuth, The Art of Computer Programming 3, 6.4)

Hashes = NDArray[np.uint64]


def candidates(versions: Sequence[Version]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of versions, by number, that are worth comparing, each once and in order.

    The hashes are seeded, and pairs are sorted: the same versions yield the same pairs.
    """
    exact: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, version in enumerate(versions):
        for sentence in sentences(version.text):
            exact[sentence].append(number)
    owned = sorted(exact.items())
    groups = {tuple(dict.fromkeys(numbers)) for _, numbers in owned}
    for bucket in _buckets([sentence for sentence, _ in owned]):
        groups.add(tuple(sorted({number for unit in bucket for number in owned[unit][1]})))
    groups.update(_runs(versions))
    found: set[tuple[int, int]] = set()
    for group in groups:
        _pair(versions, group, found)
    yield from sorted(found)


def sentences(text: str) -> list[tuple[str, ...]]:
    """Cut a content into its sentences, as words; very short ones go with the one before."""
    found: list[tuple[str, ...]] = []
    for part in SENTENCE_END.split(text):
        words = words_of(part)
        if found and (len(words) < SHORTEST or len(found[-1]) < SHORTEST):
            found[-1] += words
        elif words:
            found.append(words)
    return found


def _pair(versions: Sequence[Version], numbers: tuple[int, ...], found: set[tuple[int, int]]) -> None:
    """Note the pairs of a group from different articles; of a crowd only each one's next in time."""
    if len(numbers) < 2:
        return
    ordered = sorted(numbers, key=lambda number: versions[number].order)
    for at, next_to in neighbours(len(ordered)):
        one, other = ordered[at], ordered[next_to]
        if versions[one].article != versions[other].article:
            found.add((min(one, other), max(one, other)))


def neighbours(count: int) -> Iterator[tuple[int, int]]:
    """Yield the places of those that are compared of a group in order of time; of a crowd only those that are near."""
    reach = count if count <= CROWD else CROWD // 10
    for at in range(count):
        for other in range(at + 1, min(at + 1 + reach, count)):
            yield at, other


def _buckets(found: Sequence[tuple[str, ...]]) -> Iterator[list[int]]:
    """Yield the groups of sentences, by number, whose MinHashes agree in a band."""
    if not found:
        return
    bands = np.empty((len(found), BANDS), dtype=np.uint64)
    for start in range(0, len(found), CHUNK):
        sets = [shingles(sentence) for sentence in found[start : start + CHUNK]]
        digests = np.array(minhash().RMinHash.digests_from_token_sets(sets, ROWS * BANDS, SEED), dtype=np.uint64)
        bands[start : start + CHUNK] = _mixed(digests.reshape(len(sets), BANDS, ROWS))
    for band in range(BANDS):
        yield from _equal(bands[:, band])


def shingles(sentence: tuple[str, ...]) -> list[str]:
    """Return the word pairs of a sentence."""
    return [" ".join(sentence[at : at + SHINGLE]) for at in range(len(sentence) - SHINGLE + 1)]


def _runs(versions: Sequence[Version]) -> Iterator[tuple[int, ...]]:
    """Yield the groups of versions, by number, that hold the same words in a row."""
    known: dict[str, int] = {}
    words = np.array([known.setdefault(word, len(known)) for one in versions for word in one.words], dtype=np.uint64)
    owner = np.repeat(np.arange(len(versions)), [len(one.words) for one in versions])
    if len(words) < RUN:
        return
    runs = np.lib.stride_tricks.sliding_window_view(words, RUN)
    whole = owner[: len(runs)] == owner[RUN - 1 :]
    owner, runs = owner[: len(runs)][whole], runs[whole]
    for group in _equal(_mixed(runs)):
        holders = tuple(sorted(set(owner[group].tolist())))
        if 1 < len(holders) <= FORMULA:
            yield holders


def _mixed(values: Hashes) -> Hashes:
    """Return one number for each row of numbers, the last axis; rows that differ meet with a chance of 2⁻⁶⁴."""
    mixed = np.zeros(values.shape[:-1], dtype=np.uint64)
    for at in range(values.shape[-1]):
        mixed = (mixed ^ values[..., at]) * np.uint64(MIX)
        mixed ^= mixed >> np.uint64(29)
    return mixed


def _equal(values: Hashes) -> Iterator[list[int]]:
    """Yield the places of values that occur more than once, those of one value together."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    ends = np.append(starts[1:], len(ordered))
    for start, end in zip(*_many(starts, ends), strict=True):
        yield order[start:end].tolist()


def _many(starts: NDArray[np.intp], ends: NDArray[np.intp]) -> Iterable[list[int]]:
    several = ends - starts > 1
    return starts[several].tolist(), ends[several].tolist()


def minhash() -> Any:
    """Return what hashes sets; raises `MissingExtra` where rensa is not installed."""
    try:
        import rensa
    except ImportError:
        raise MissingExtra("finding quotations needs rensa", fix="pip install 'katanya[ledger]'") from None
    return rensa
