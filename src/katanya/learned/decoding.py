"""From scores an item to stretches and tags: which stretch is content, which the source, which path is likeliest."""

from math import exp
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from katanya.learned.layers import Index, Runs
from katanya.learned.weights import Array

Stretch = tuple[int, int]  # items first up to, not including, last
Reading = tuple[float, tuple[Stretch, ...]]
Doubles = NDArray[np.float64]
Real = TypeVar("Real", np.float32, np.float64)

NEVER = np.float32(-1e4)
BARRIER = np.float32(-60)  # what it costs to run over the cue
KEPT = 8  # readings of a content that are kept
AGREE = 0.8  # of their union that two contents share where they count as the same


def content_readings(scores: Array, lengths: Index, seconds: Array, cues: Index) -> list[list[Reading]]:
    """Return for every cue the likeliest contents with their probabilities, best first.

    ``scores`` holds the items that each cue was asked of, end to end, ``lengths`` how many they are: a row an item with
    begin, end, inside, begin and end of a second stretch, end of the first of two. ``seconds`` speaks for two
    stretches; no stretch holds the item ``cues``.
    """
    pads = Pads(lengths)
    columns = pads.columns(scores[:, :6])
    begin, end = _edges(columns[0], columns[1], columns[2], pads, cues)
    found, whole = _singles(begin, end)
    if begin.shape[1] > 2:
        outer = [begin - columns[0] + columns[3], end - columns[1] + columns[4], end - columns[1] + columns[5]]
        for edge in outer:
            edge[pads.missing] = NEVER
        best, parts, total = _two(begin, outer[2], outer[0], outer[1], pads)
        whole = np.logaddexp(whole, total + seconds)
        for own, score, both in zip(found, (best + seconds).tolist(), parts, strict=True):
            if score > NEVER / 2:
                own.append((score, both))
    readings = [
        [(exp(score - all_), parts) for score, parts in own] for own, all_ in zip(found, whole.tolist(), strict=True)
    ]
    for own in readings:
        own.sort(key=lambda reading: (-reading[0], reading[1]))
    return readings


def source_readings(scores: Array, lengths: Index, none: Array) -> list[tuple[float, Stretch | None]]:
    """Return for every cue the likeliest source, or ``None`` where nobody is named, and its probability.

    ``scores`` holds the items of each cue as for `content_readings`, a row an item: begin, end, inside. ``none`` speaks
    for no source.
    """
    pads = Pads(lengths)
    begin, end, inside = pads.columns(scores)
    begin, end = _edges(begin, end, inside, pads, None)
    high, at = _leading(begin)
    best = high + end
    last = best.argmax(axis=1)
    highest = best[pads.rows, last]
    whole = np.logaddexp(_log_sum(_ways(begin) + end), none)
    nobody = none >= highest
    probabilities = np.exp(np.where(nobody, none, highest) - whole).tolist()
    stretches = zip(at[pads.rows, last].tolist(), (last + 1).tolist(), strict=True)
    return [
        (probability, None if nobody_ else stretch)
        for probability, nobody_, stretch in zip(probabilities, nobody.tolist(), stretches, strict=True)
    ]


def agreements(readings: list[Reading]) -> list[float]:
    """Return how probable it is that each of some readings is the same, but for a few words, as the true one."""
    held = [0.0] * len(readings)
    for at, (probability, contents) in enumerate(readings):
        single = len(contents) == 1
        first, last = contents[0]
        for other in range(at):
            its_probability, its = readings[other]
            if single and len(its) == 1:  # nearly always: worth a way without a call
                its_first, its_last = its[0]
                both = (last if last < its_last else its_last) - (first if first > its_first else its_first)
                alike = both > 0 and both >= AGREE * (last - first + its_last - its_first - both)
            else:
                alike = _agree(contents, its)
            if alike:
                held[other] += probability
                held[at] += its_probability
        held[at] += probability
    return held


def agreement(readings: list[Reading], contents: tuple[Stretch, ...]) -> float:
    """Return how probable it is that ``contents`` are the same, but for a few words, as the true ones."""
    return sum((probability for probability, other in readings if _agree(contents, other)), 0.0)


def _agree(contents: tuple[Stretch, ...], other: tuple[Stretch, ...]) -> bool:
    """Tell whether two contents share nearly all of their items."""
    both = sum(
        max(0, min(end, its_end) - max(start, its_start))
        for start, end in contents for its_start, its_end in other
    )
    return both > 0 and both >= AGREE * (_size(contents) + _size(other) - both)


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


class Pads:
    """Runs that lie end to end put side by side, each filled up to the length of the longest."""

    def __init__(self, lengths: Index) -> None:
        self.place = np.arange(int(lengths.max()))
        self.rows = np.arange(len(lengths))
        self.missing = self.place >= lengths[:, None]
        starts = np.cumsum(lengths) - lengths
        self._items = np.where(self.missing, 0, starts[:, None] + self.place)

    def columns(self, scores: Array) -> Array:
        """Return for each column of scores a row a run; what fills it up means nothing."""
        return np.ascontiguousarray(scores.T).take(self._items, axis=1)


def _edges(begin: Array, end: Array, inside: Array, pads: Pads, cues: Index | None) -> tuple[Array, Array]:
    """Fold the scores of the items between into both edges: a stretch then scores the sum of its two edges."""
    inside = np.where(pads.missing, np.float32(0), inside)
    if cues is not None:
        inside[pads.rows, cues] = 0
    run = np.cumsum(inside, axis=1, dtype=np.float32)
    begin, end = begin - (run - inside), end + run
    if cues is not None:
        behind = pads.place > cues[:, None]
        begin[behind] -= BARRIER
        end[behind] += BARRIER
        begin[pads.rows, cues] = end[pads.rows, cues] = NEVER
    begin[pads.missing] = end[pads.missing] = NEVER
    return begin, end


def _singles(begin: Array, end: Array) -> tuple[list[list[Reading]], Doubles]:
    """Return for each row the stretches that score best, with their scores, and the summed scores of all.

    A stretch is among the best only where it begins at one of the items that the best stretches from each item on
    begin at, and ends alike.
    """
    from_here = begin + np.maximum.accumulate(end[:, ::-1], axis=1)[:, ::-1]
    to_here = np.maximum.accumulate(begin, axis=1) + end
    least = np.full(len(begin), NEVER / 2)
    if begin.shape[1] > KEPT:
        for best in (from_here, to_here):
            np.maximum(least, np.partition(best, -KEPT, axis=1)[:, -KEPT], out=least)
    found: list[list[Reading]] = []
    opening, closing = (_by_row(edge, best >= least[:, None]) for edge, best in ((begin, from_here), (end, to_here)))
    for opened, closed in zip(opening, closing, strict=True):
        scored: list[Reading] = [
            (one + other, ((first, last + 1),)) for one, first in opened for other, last in closed if first <= last
        ]
        scored.sort(reverse=True)
        found.append([reading for reading in scored[:KEPT] if reading[0] > NEVER / 2])
    return found, _log_sum(_ways(begin.astype(np.float64)) + end)


def _by_row(values: Array, wanted: NDArray[np.bool_]) -> list[list[tuple[float, int]]]:
    """Return for each row the values that are wanted, with where they stand."""
    found: list[list[tuple[float, int]]] = [[] for _ in values]
    rows, places = wanted.nonzero()
    for row, value, place in zip(rows.tolist(), values[wanted].tolist(), places.tolist(), strict=True):
        found[row].append((value, place))
    return found


def _two(
    begin: Array, end: Array, begin_second: Array, end_second: Array, pads: Pads
) -> tuple[Array, list[tuple[Stretch, Stretch]], Array]:
    """Return the scores of the best two stretches that do not touch, these, and the summed scores of all such pairs."""
    rows = pads.rows
    high, begin_at = _leading(begin)
    first_high, first_at = _leading(high + end)
    pairs_high, pairs_at = _leading(begin_second[:, 2:] + first_high[:, :-2])
    scores = pairs_high + end_second[:, 2:]
    last = scores.argmax(axis=1)
    start = pairs_at[rows, last]
    stop = first_at[rows, start]
    edges = (edge.tolist() for edge in (begin_at[rows, stop], stop + 1, start + 2, last + 3))
    parts = [((a, b), (c, d)) for a, b, c, d in zip(*edges, strict=True)]

    ways = _ways(begin_second[:, 2:] + _ways(_ways(begin) + end)[:, :-2]) + end_second[:, 2:]
    return scores[rows, last], parts, _log_sum(ways)


def _ways(values: NDArray[Real]) -> NDArray[Real]:
    """Return the summed scores of each row so far."""
    return np.logaddexp.accumulate(values, axis=1)


def _leading(values: Array) -> tuple[Array, Index]:
    """Return the highest value of each row so far, and where it stood first."""
    high = np.maximum.accumulate(values, axis=1)
    risen = np.zeros(values.shape, np.intp)
    np.copyto(risen[:, 1:], np.arange(1, values.shape[1]), where=values[:, 1:] > high[:, :-1])
    return high, np.maximum.accumulate(risen, axis=1)


def _log_sum(values: NDArray[Real]) -> NDArray[Real]:
    """Return the logarithm of the summed exponentials of each row."""
    high = values.max(axis=1)
    grown = values - high[:, None]
    np.exp(grown, out=grown)
    summed: NDArray[Real] = np.log(grown.sum(axis=1))
    summed += high
    return summed


def _size(contents: tuple[Stretch, ...]) -> int:
    return sum(last - first for first, last in contents)
