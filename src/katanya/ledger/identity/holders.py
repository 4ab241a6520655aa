"""Who holds an office around a day, so that an office named alone leads to its holder where that is sure."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping
from datetime import date

from katanya.ledger.identity.resolve import Person
from katanya.ledger.identity.words import Lexicon

WINDOW = 120  # days before and after within which the holder was seen
AT_LEAST = 2  # sightings in the window
SURE = 0.95  # share of one person among them
PLAIN = 8.0  # what an office must weigh to be told outside of the article that names it

Office = frozenset[str]


class Holders:
    """The offices of people by the days on which they were seen in them."""

    def __init__(self, people: Mapping[int, Person], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._seen: dict[Office, list[tuple[int, int]]] = {}
        self._within: dict[str, list[tuple[Office, int]]] = {}
        for number, person in people.items():
            for sighting in person.sightings:
                office = self.office(sighting.role, sighting.affiliation)
                if not office:
                    continue
                self._within.setdefault(sighting.article, []).append((office, number))
                if sighting.date:
                    day = date.fromisoformat(sighting.date[:10]).toordinal()
                    self._seen.setdefault(office, []).append((day, number))
        for seen in self._seen.values():
            seen.sort()

    def office(self, role: str | None, affiliation: str | None = None) -> Office:
        """Return the words of an office that is held, empty for one of the past and for what is no office."""
        office = self._lexicon.office(role, affiliation)
        return office if self._lexicon.is_seat(office) and not self._lexicon.is_former(role) else frozenset()

    def holder(self, role: str, article: str, day: str | None) -> int | None:
        """Return the number of the person whom an office named alone means, ``None`` where that is not sure.

        Somebody in the same article who holds it goes first; two who might are nobody. Else whoever alone was seen in
        it around that day.
        """
        office = self.office(role)
        if not office:
            return None
        inside = {number for held, number in self._within.get(article, ()) if office <= held}
        if inside:
            return inside.pop() if len(inside) == 1 else None
        if day is None or self._lexicon.weigh_office(office) < PLAIN:
            return None
        seen = self._seen.get(office, [])
        middle = date.fromisoformat(day[:10]).toordinal()
        near = seen[bisect_left(seen, (middle - WINDOW, -1)) : bisect_right(seen, (middle + WINDOW + 1, -1))]
        counts = Counter(number for _, number in near)
        if not counts:
            return None
        number, count = max(counts.items(), key=lambda entry: (entry[1], -entry[0]))
        return number if count >= AT_LEAST and count >= SURE * len(near) else None
