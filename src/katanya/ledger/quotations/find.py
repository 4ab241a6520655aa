"""Which versions to compare: those that share a sentence, or most of one, found by MinHash."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from katanya.core.errors import MissingExtra
from katanya.ledger.quotations.versions import Version, words_of

SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’]?\s+|\|\|")
SHORTEST = 5  # words that a sentence needs to be looked for; the shorter are joined to the one before
SHINGLE = 2  # words
SEED = 42
ROWS, BANDS = 3, 40  # sentences half of whose word pairs are the same meet with a chance of 0.99
CROWD = 200  # sentences alike beyond which only neighbours in time are compared


def candidates(versions: Sequence[Version]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of versions, by number, that have a sentence nearly in common, each once and in order.

    The hashes are seeded, and pairs are sorted: the same versions yield the same pairs.
    """
    owners: list[int] = []
    sets: list[list[str]] = []
    exact: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, version in enumerate(versions):
        for sentence in sentences(version.text):
            exact[sentence].append(number)
    owned = sorted(exact.items())
    for sentence, numbers in owned:
        owners.append(numbers[0])
        sets.append([" ".join(sentence[at : at + SHINGLE]) for at in range(len(sentence) - SHINGLE + 1)])
    found: set[tuple[int, int]] = set()
    for _, numbers in owned:
        _pair(versions, numbers, found)
    for band in _bands(sets):
        for bucket in band:
            _pair(versions, [number for unit in bucket for number in owned[unit][1]], found)
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


def _pair(versions: Sequence[Version], numbers: list[int], found: set[tuple[int, int]]) -> None:
    """Note the pairs of a bucket from different articles; of a crowd only each one's next in time."""
    ordered = sorted(set(numbers), key=lambda number: versions[number].order)
    reach = len(ordered) if len(ordered) <= CROWD else CROWD // 10
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 : at + 1 + reach]:
            if versions[one].article != versions[other].article:
                found.add((min(one, other), max(one, other)))


def _bands(sets: Sequence[list[str]]) -> Iterator[list[list[int]]]:
    """Yield for each band the groups of sets, by number, whose hashes agree in it."""
    if not sets:
        return
    matrix: Any = _rensa().RMinHash.digests_from_token_sets(list(sets), ROWS * BANDS, SEED)
    for band in range(BANDS):
        buckets: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for number, digest in enumerate(matrix):
            buckets[tuple(digest[band * ROWS : (band + 1) * ROWS])].append(number)
        yield [bucket for bucket in buckets.values() if len(bucket) > 1]


def _rensa() -> Any:
    try:
        import rensa
    except ImportError:
        raise MissingExtra("finding quotations needs rensa", fix="pip install 'katanya[ledger]'") from None
    return rensa
