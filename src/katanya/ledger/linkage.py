"""Average linkage: clusters join while, on the average, their members speak for it."""

from collections.abc import Mapping
from heapq import heapify, heappop, heappush

Pair = tuple[int, int]


def components(count: int, edges: Mapping[Pair, float]) -> list[list[int]]:
    """Return the sets of numbers below ``count`` that edges above zero hold together, each in order."""
    parent = list(range(count))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for (one, other), score in edges.items():
        if score > 0:
            a, b = sorted((root(one), root(other)))
            parent[b] = a
    found: dict[int, list[int]] = {}
    for node in range(count):
        found.setdefault(root(node), []).append(node)
    return list(found.values())


def linkage(members: list[int], edges: Mapping[Pair, float], missing: float) -> list[list[int]]:
    """Cluster some numbers by the mean score between clusters; a pair without an edge scores ``missing``.

    One strong edge cannot join two large clusters: the mean over all their pairs must be above zero. Ties go to the
    smaller numbers, so that the outcome depends on the scores alone.
    """
    groups = {number: [number] for number in members}
    sums: dict[int, dict[int, tuple[float, int]]] = {number: {} for number in members}
    for (one, other), score in edges.items():
        if one in sums and other in sums:
            sums[one][other] = sums[other][one] = (score, 1)

    def mean(one: int, other: int) -> float:
        total, seen = sums[one].get(other, (0.0, 0))
        pairs = len(groups[one]) * len(groups[other])
        return (total + missing * (pairs - seen)) / pairs

    heap = [(-mean(one, other), one, other) for one in members for other in sums[one] if one < other]
    heap = [entry for entry in heap if entry[0] < 0]
    heapify(heap)
    while heap:
        score, one, other = heappop(heap)
        if one not in groups or other not in groups or -score != mean(one, other):
            continue
        groups[one] += groups.pop(other)
        for near, (total, seen) in sums.pop(other).items():
            if near == one:
                continue
            before, known = sums[one].get(near, (0.0, 0))
            sums[one][near] = sums[near][one] = (before + total, known + seen)
            sums[near].pop(other, None)
        sums[one].pop(other, None)
        for near in sums[one]:
            low, high = sorted((one, near))
            now = mean(low, high)
            if now > 0:
                heappush(heap, (-now, low, high))
    return [sorted(group) for group in groups.values()]
