"""Ids that occur again among those of a run, told in memory that is the same from the first article to the last."""

from array import array
from collections.abc import Iterable, Iterator

WATCHED = 1_000_000  # ids that are remembered at most
SLOTS = 1 << 21  # of 8 bytes: never more than half full, so that a place is found in a few steps
FREE = 0


class Repeats:
    """The ids seen so far, as hashes of 64 bits: two of a million are taken for one once in 37 million runs."""

    def __init__(self, watched: int = WATCHED, slots: int = SLOTS) -> None:
        """Make room for ``watched`` ids; ``slots`` is a power of two, and more."""
        self._slots = array("Q", bytes(8 * slots))
        self._left = watched

    def again(self, ids: Iterable[str]) -> Iterator[str]:
        """Remember the ids, and yield those that were there before; empty ones are none."""
        slots, mask = self._slots, len(self._slots) - 1
        for id in filter(None, ids):
            key = hash(id) & 0xFFFF_FFFF_FFFF_FFFF or 1
            at = key & mask
            while slots[at] not in (FREE, key):
                at = (at + 1) & mask
            if slots[at] == key:
                yield id
            elif self._left:
                slots[at] = key
                self._left -= 1
