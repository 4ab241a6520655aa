"""What a person says against the machine: two people who are one, sightings that are somebody else's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from katanya.ledger.identity.resolve import Person
from katanya.ledger.identity.sightings import Key, Sighting


class Verb(StrEnum):
    """What a choice does."""

    MERGE = "merge"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Choice:
    """One decision by hand, known by sightings so that it outlives rows, readings and clusters.

    A merge makes one of all the people of ``sightings``; a split takes ``sightings`` out and makes one of them.
    """

    verb: Verb
    sightings: tuple[Key, ...]
    author: str
    made: str
    reason: str
    id: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the choice as plain values."""
        return {
            "id": self.id, "verb": self.verb.value, "sightings": [list(key) for key in self.sightings],
            "author": self.author, "made": self.made, "reason": self.reason,
        }  # fmt: skip


def apply(people: Sequence[Person], choices: Iterable[Choice]) -> list[Person]:
    """Return the people as the choices leave them, the choices taken in their order.

    A sighting that another reading no longer has is passed over.
    """
    groups: dict[int, list[Sighting]] = {number: list(person.sightings) for number, person in enumerate(people)}
    home = {sighting.key: number for number, group in groups.items() for sighting in group}
    for choice in choices:
        known = [key for key in choice.sightings if key in home]
        if not known:
            continue
        if choice.verb is Verb.MERGE:
            numbers = sorted({home[key] for key in known})
            moved = [sighting for number in numbers for sighting in groups.pop(number)]
            target = numbers[0]
        else:
            wanted = set(known)
            moved = [sighting for number in {home[key] for key in known} for sighting in groups[number]
                     if sighting.key in wanted]
            for number in {home[key] for key in known}:
                groups[number] = [sighting for sighting in groups[number] if sighting.key not in wanted]
            target = max(groups, default=-1) + 1
        groups[target] = moved
        home.update((sighting.key, target) for sighting in moved)
    left = [Person(sorted(group, key=lambda one: one.key)) for group in groups.values() if group]
    return sorted(left, key=lambda person: person.sightings[0].key)
