"""Word clusters from raw text: words that stand among the same neighbours fall together.

Counts of neighbours become positive pointwise mutual information, with the neighbours' distribution smoothed by the
power 0.75 (Levy, Goldberg and Dagan, TACL 2015); its leading singular vectors are grouped by spherical k-means.
"""

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+|[^\w\s]")
NUMBER = "9"  # stands for every number of digits
LEAST, WORDS, NEIGHBOURS = 20, 25_000, 2_000
OFFSETS = (-2, -1, 1, 2)
DIMENSIONS, ROUNDS = 100, 25
FINE, COARSE = 400, 64
BATCH = 5_000  # texts that are counted at once
Ints = NDArray[np.int32]
Floats = NDArray[np.float32]


def cluster(texts: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the fine and the coarse cluster of every common word, the same for the same texts."""
    numbers: dict[str, int] = {}
    parted = [np.asarray([numbers.setdefault(w, len(numbers)) for w in words_of(text)], np.int32) for text in texts]
    counts = np.bincount(np.concatenate(parted), minlength=len(numbers)).tolist()
    common = (word for word, number in numbers.items() if counts[number] >= LEAST)
    known = sorted(common, key=lambda word: (-counts[numbers[word]], word))[:WORDS]
    ranks = np.full(len(numbers), -1, np.int32)
    ranks[[numbers[word] for word in known]] = np.arange(len(known))
    vectors = _vectors(_neighbours([ranks[own] for own in parted], len(known)))
    fine, coarse = _grouped(vectors, FINE).tolist(), _grouped(vectors, COARSE).tolist()
    return {word: (str(one), str(other)) for word, one, other in zip(known, fine, coarse, strict=True)}


def words_of(text: str) -> list[str]:
    """Return the words and marks of a text in small letters, every number as one."""
    return [NUMBER if word.isdigit() else word for word in WORD.findall(text.lower())]


def _neighbours(texts: list[Ints], known: int) -> Any:
    """Count, for every word, the commonest words that stand at each offset from it; words are given by rank."""
    from scipy import sparse

    total = sparse.csr_matrix((known, len(OFFSETS) * NEIGHBOURS), dtype=np.float32)
    gap = np.full(max(OFFSETS), -1, np.int32)
    for start in range(0, len(texts), BATCH):
        ranks = np.concatenate([part for text in texts[start:start + BATCH] for part in (text, gap)])
        for place, offset in enumerate(OFFSETS):
            here, there = (ranks[:-offset], ranks[offset:]) if offset > 0 else (ranks[-offset:], ranks[:offset])
            counted = (here >= 0) & (there >= 0) & (there < NEIGHBOURS)
            pairs = here[counted], there[counted] + place * NEIGHBOURS
            total = total + sparse.csr_matrix((np.ones(int(counted.sum()), np.float32), pairs), shape=total.shape)
    return total


def _vectors(counts: Any) -> Floats:
    from scipy import sparse
    from scipy.sparse.linalg import svds

    table = counts.tocoo()
    of_word = np.asarray(counts.sum(axis=1)).ravel()
    of_neighbour = np.asarray(counts.sum(axis=0)).ravel() ** 0.75
    share = np.maximum(of_neighbour / of_neighbour.sum(), 1e-12)
    information = np.log(table.data / of_word[table.row] / share[table.col])
    kept = information > 0
    matrix = sparse.csr_matrix((information[kept], (table.row[kept], table.col[kept])), shape=counts.shape)
    size = min(DIMENSIONS, min(matrix.shape) - 1)
    left, strengths, _ = svds(matrix, k=size, v0=np.ones(min(matrix.shape), np.float32))
    return _unit(np.asarray(left * np.sqrt(strengths), np.float32))


def _grouped(vectors: Floats, number: int) -> NDArray[np.intp]:
    """Return a group a vector; the groups begin with the commonest words."""
    centres = vectors[:number].copy()
    groups = np.zeros(len(vectors), np.intp)
    for _ in range(ROUNDS):
        groups = np.concatenate([(part @ centres.T).argmax(axis=1) for part in np.array_split(vectors, 16)])
        sums = np.zeros_like(centres)
        np.add.at(sums, groups, vectors)
        filled = np.bincount(groups, minlength=len(centres)) > 0
        centres[filled] = _unit(sums[filled])
    return groups


def _unit(vectors: Floats) -> Floats:
    unit: Floats = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)
    return unit
