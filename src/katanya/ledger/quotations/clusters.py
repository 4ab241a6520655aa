"""Versions to quotations: clusters of versions that are alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from katanya.ledger.linkage import Pair, components, linkage
from katanya.ledger.quotations.alike import likeness
from katanya.ledger.quotations.find import candidates
from katanya.ledger.quotations.versions import Version

MISSING = -0.02  # between versions that were not compared: they may be excerpts of one speech that do not overlap
UNLIKE = -0.05  # between versions that were compared and are not alike: no more, for one of a cluster may be cut badly


@dataclass(frozen=True, slots=True)
class Quotation:
    """One utterance in all its versions, earliest first; at least two, of different articles."""

    versions: tuple[Version, ...]

    @property
    def earliest(self) -> Version:
        """The version of the earliest day."""
        return self.versions[0]


def quotations(versions: Sequence[Version]) -> list[Quotation]:
    """Return the quotations that stand in more than one article, the earliest first.

    A function of the set of versions: the order in which articles were filed cannot matter.
    """
    ordered = sorted((version for version in set(versions) if version.is_long_enough), key=lambda one: one.key)
    edges: dict[Pair, float] = {}
    for one, other in candidates(ordered):
        score = likeness(ordered[one], ordered[other])
        if score > -1:
            edges[one, other] = max(score, UNLIKE)
    found: list[Quotation] = []
    near: dict[int, dict[Pair, float]] = {}
    parts = [part for part in components(len(ordered), edges) if len(part) > 1]
    part_of = {number: at for at, part in enumerate(parts) for number in part}
    for (one, other), score in edges.items():
        at = part_of.get(one)
        if at is not None and at == part_of.get(other):
            near.setdefault(at, {})[one, other] = score
    for at, part in enumerate(parts):
        for group in linkage(part, near[at], MISSING):
            if len(group) > 1:
                found.append(Quotation(tuple(sorted((ordered[number] for number in group), key=lambda one: one.order))))
    return sorted(found, key=lambda quotation: quotation.earliest.order)
