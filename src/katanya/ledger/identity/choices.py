"""What a person says against the machine: two people who are one, sightings that are somebody else's."""

from collections.abc import Iterable, Mapping
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


def apply(people: Mapping[int, Person], choices: Iterable[Choice]) -> dict[int, Person]:
    """Return the people by number as the choices leave them, the choices taken in their order.

    People who are one keep the lowest of their numbers, whoever is split off gets the next free one; all others keep
    theirs. A sighting that another reading no longer has is passed over.
    """
    groups: dict[int, list[Sighting]] = {number: list(person.sightings) for number, person in people.items()}
    home = {sighting.key: number for number, group in groups.items() for sighting in group}
    free = max(groups, default=0) + 1
    for choice in choices:
        wanted = {key for key in choice.sightings if key in home}
        numbers = sorted({home[key] for key in wanted})
        if not numbers:
            continue
        if choice.verb is Verb.MERGE:
            target, moved = numbers[0], [sighting for number in numbers for sighting in groups.pop(number)]
        else:
            target, free = free, free + 1
            moved = [one for number in numbers for one in groups[number] if one.key in wanted]
            for number in numbers:
                groups[number] = [one for one in groups[number] if one.key not in wanted]
        groups[target] = moved
        home.update((sighting.key, target) for sighting in moved)
    return {number: Person(sorted(group, key=_order)) for number, group in sorted(groups.items()) if group}


def _order(sighting: Sighting) -> tuple[str, str, tuple[int, ...]]:
    return (*sighting.key, sighting.rows)
