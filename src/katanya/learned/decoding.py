"""From scores an item to stretches and tags: which stretch is content, which the source, which path is likeliest."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from katanya.learned.layers import Runs
from katanya.learned.weights import Array

Stretch = tuple[int, int]  # items first up to, not including, last
Reading = tuple[float, tuple[Stretch, ...]]

NEVER = np.float32(-1e4)
BARRIER = np.float32(-60)  # what it costs to run over the cue
KEPT = 8  # readings of a content that are kept
AGREE = 0.8  # of their union that two contents share where they count as the same


def content_readings(scores: Array, second: float, cue: int) -> list[Reading]:
    """Return the likeliest contents with their probabilities, best first.

    ``scores`` has a row an item: begin, end, inside, begin and end of a second stretch, end of the first of two.
    ``second`` speaks for two stretches; no stretch holds the item ``cue``.
    """
    begin, end = _edges(scores[:, 0], scores[:, 1], scores[:, 2], cue)
    begin_second, end_second = begin - scores[:, 0] + scores[:, 3], end - scores[:, 1] + scores[:, 4]
    end_first = end - scores[:, 1] + scores[:, 5]
    single = _pairs(begin, end)
    best, total = _two(begin, end_first, begin_second, end_second, second)
    flat = single.ravel()
    top = np.argpartition(flat, -min(KEPT, len(flat)))[-KEPT:]
    whole = _log_sum(np.append(flat, total))
    count = len(scores)
    found: list[Reading] = [
        (float(np.exp(flat[at] - whole)), ((int(at) // count, int(at) % count + 1),))
        for at in top if flat[at] > NEVER / 2
    ]
    if best is not None:
        found.append((float(np.exp(best[0] - whole)), best[1]))
    found.sort(key=lambda reading: (-reading[0], reading[1]))
    return found


def source_reading(scores: Array, none: float) -> tuple[float, Stretch | None]:
    """Return the likeliest source, or ``None`` where nobody is named, and its probability.

    ``scores`` has a row an item: begin, end, inside; ``none`` speaks for no source.
    """
    begin, end = _edges(scores[:, 0], scores[:, 1], scores[:, 2], None)
    best = np.maximum.accumulate(begin) + end
    last = int(best.argmax())
    whole = np.logaddexp(_log_sum(np.logaddexp.accumulate(begin) + end), none)
    if none >= best[last]:
        return float(np.exp(none - whole)), None
    return float(np.exp(best[last] - whole)), (int(begin[:last + 1].argmax()), last + 1)


def agreement(readings: list[Reading], contents: tuple[Stretch, ...]) -> float:
    """Return how probable it is that ``contents`` are the same, but for a few words, as the true ones."""
    size = _size(contents)
    held = 0.0
    first, last = contents[0] if len(contents) == 1 else (0, 0)
    for probability, other in readings:
        if len(contents) == len(other) == 1:  # nearly always: worth a shorter way
            its_first, its_last = other[0]
            its_size = its_last - its_first
            both = (last if last < its_last else its_last) - (first if first > its_first else its_first)
        else:
            its_size = _size(other)
            both = sum(
                max(0, min(end, its_end) - max(start, its_start))
                for start, end in contents for its_start, its_end in other
            )
        if both > 0 and both >= AGREE * (size + its_size - both):
            held += probability
    return held


def best_paths(scores: Array, moves: Array, runs: Runs) -> list[int]:
    """Return the likeliest tag of every item (Viterbi), each run by itself; of equal ones those that come first."""
    order = np.argsort(-runs.lengths, kind="stable")
    starts, lengths = runs.starts[order], runs.lengths[order]
    active = np.searchsorted(-lengths, -np.arange(1, int(lengths[0]) + 1), side="right")  # runs that reach a place
    reached = scores[starts]
    back = np.zeros(scores.shape, np.intp)
    ends = np.empty(len(lengths), np.intp)
    for at, count in enumerate(active.tolist()):
        if at:
            through = reached[:count, :, None] + moves
            back[starts[:count] + at] = through.argmax(axis=1)
            reached = through.max(axis=1) + scores[starts[:count] + at]
        over = int(active[at + 1]) if at + 1 < len(active) else 0
        ends[over:count] = reached[over:count].argmax(axis=1)
    tags = np.zeros(len(scores), np.intp)
    here = ends
    for at in range(len(active) - 1, -1, -1):
        count = int(active[at])
        items = starts[:count] + at
        tags[items] = here[:count]
        here[:count] = back[items, here[:count]]
    found: list[int] = tags.tolist()
    return found


def _size(contents: tuple[Stretch, ...]) -> int:
    return sum(last - first for first, last in contents)


def _edges(begin: Array, end: Array, inside: Array, cue: int | None) -> tuple[Array, Array]:
    """Fold the scores of the items between into both edges: a stretch then scores the sum of its two edges."""
    inside = inside.copy()
    if cue is not None:
        inside[cue] = 0
    run = np.cumsum(inside, dtype=np.float32)
    begin, end = begin - (run - inside), end + run
    if cue is not None:
        begin[cue + 1:] -= BARRIER
        end[cue + 1:] += BARRIER
        begin[cue] = end[cue] = NEVER
    return begin, end


def _pairs(begin: Array, end: Array) -> Array:
    """Return the score of every stretch, by its first item and its last."""
    return np.where(_ordered(len(begin)), begin[:, None] + end, NEVER)


@cache
def _ordered(count: int) -> NDArray[np.bool_]:
    return np.tri(count, dtype=np.bool_).T


def _two(
    begin: Array, end: Array, begin_second: Array, end_second: Array, bonus: float
) -> tuple[tuple[float, tuple[Stretch, Stretch]] | None, np.float32]:
    """Return the best two stretches that do not touch, with their score, and the summed score of all such pairs."""
    if len(begin) < 3:
        return None, NEVER
    first = np.maximum.accumulate(begin) + end
    pairs = begin_second[2:] + np.maximum.accumulate(first)[:-2]
    scores = np.maximum.accumulate(pairs) + end_second[2:]
    last = int(scores.argmax())
    start = int(pairs[:last + 1].argmax())
    stop = int(first[:start + 1].argmax())
    score = float(scores[last]) + bonus
    best = (score, ((int(begin[:stop + 1].argmax()), stop + 1), (start + 2, last + 3)))
    add = np.logaddexp.accumulate
    ways = add(begin_second[2:] + add(add(begin) + end)[:-2]) + end_second[2:]
    return (best if score > NEVER / 2 else None), np.float32(_log_sum(ways) + bonus)


def _log_sum(values: NDArray[np.float32]) -> np.float32:
    high = values.max()
    return np.float32(high + np.log(np.exp(values - high).sum()))
