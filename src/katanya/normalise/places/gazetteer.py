"""The table of places, indexed by the words of their names."""

import math
from collections.abc import Set
from typing import NamedTuple

from katanya.lang.pack import Pack
from katanya.lang.tokens import tokenize

TOWN = "town"
CAPS = 4  # letters of an abbreviation that is none unless it has capitals throughout
RANKS = {  # how far down a kind lies: a place is enclosed by one that lies higher
    "continent": 0, "region": 1, "country": 2, "province": 3, "state": 3, "island": 3, "regency": 4, "city": 4,
    "capital": 4, "district": 5, "town": 5, "resort": 5, "village": 6, "quarter": 6, "hamlet": 7,
}  # fmt: skip
LOWEST = 8
REACH = {  # kilometres from the middle of a place within which others lie in it
    "province": 400.0, "state": 800.0, "island": 700.0, "regency": 100.0, "city": 45.0, "capital": 60.0,
    "district": 25.0, "town": 25.0, "resort": 25.0, "village": 10.0, "quarter": 10.0,
}  # fmt: skip
WIDE = frozenset({"continent", "region", "country"})
HIGHER = ("province", "state")


class Row(NamedTuple):
    """One place of the table; an unknown country or province is ``None``."""

    name: str
    kind: str
    country: str | None
    region: str | None
    lat: float
    lon: float
    population: int

    @property
    def rank(self) -> int:
        """How far down it lies."""
        return RANKS.get(self.kind, LOWEST)


class Gazetteer:
    """Places by their names in lower case; ``heads`` tells how many words the longest name with that first word has.

    Towns whose name is one of the ``ordinary`` words of the language are found only after a word for their kind.
    """

    def __init__(self, pack: Pack, ordinary: Set[str]) -> None:
        self._cells = (*pack.table("places"), *pack.table("places_towns"))
        self._ours = len(pack.table("places"))
        self._rows: dict[int, Row] = {}
        self.forms: dict[str, tuple[int, ...]] = {}
        self.heads: dict[str, int] = {}
        self.capitals: set[str] = set()
        self._told: dict[str, tuple[int, ...]] = {}
        self._ordinary = ordinary
        for number, cells in enumerate(self._cells):
            self._add(cells[0], number)
            if cells[1]:
                for form in cells[1].split("|"):
                    self._add(form, number)
        for name in pack.entries("places.fixed"):  # to be passed over: they hold the name of a place and are none
            self._add(name, -1)
            self.forms[name] = ()

    def row(self, number: int) -> Row:
        """Return a place by its number."""
        row = self._rows.get(number)
        if row is None:
            name, _, kind, country, region, lat, lon, population = self._cells[number]
            row = Row(name, kind, country or None, region or None, float(lat), float(lon), int(population))
            self._rows[number] = row
        return row

    def town(self, number: int) -> bool:
        """Tell whether a place is one of the many towns that are named by themselves nowhere."""
        return number >= self._ours

    def match_told(self, words: list[str], lower: list[str], first: int) -> tuple[int, tuple[int, ...]] | None:
        """Return what `match` does for a name after a word for its kind."""
        matched = self.match(words, lower, first)
        rows = self._told.get(lower[first]) if matched is None else None
        return (first + 1, rows) if rows else matched

    def match(self, words: list[str], lower: list[str], first: int) -> tuple[int, tuple[int, ...]] | None:
        """Return the end of the longest name that begins at a word, and the places that bear it."""
        for length in range(min(self.heads.get(lower[first], 0), len(lower) - first), 0, -1):
            form = lower[first] if length == 1 else " ".join(lower[first : first + length])
            rows = self.forms.get(form)
            if rows is None or (form in self.capitals and not words[first].isupper()):
                continue
            if length == 1 or words[first + length - 1][0].isupper() or not words[first + length - 1][0].isalpha():
                return first + length, rows
        return None

    def _add(self, name: str, number: int) -> None:
        form = name.lower()
        if name.isalpha():  # nearly always
            head, size = form, 1
        else:
            parts = form.split(" ") if name.replace(" ", "").isalpha() else tokenize(name).lower
            form, head, size = " ".join(parts), parts[0], len(parts)
        if number >= self._ours and form in self._ordinary:
            self._told[form] = (*self._told.get(form, ()), number)
            return
        known = self.forms.get(form)
        self.forms[form] = (number,) if known is None else (*known, number) if number not in known else known
        if self.heads.get(head, 0) < size:
            self.heads[head] = size
        if len(name) <= CAPS and name.isupper():
            self.capitals.add(form)


def encloses(outer: Row, inner: Row) -> bool:
    """Tell whether a place lies in another that is named beside it."""
    if outer.rank >= inner.rank:
        return False
    if outer.kind == "country":
        return outer.country == inner.country
    if outer.kind == "province":
        return outer.region == inner.region
    if outer.kind in WIDE or (outer.country and inner.country and outer.country != inner.country):
        return False
    return kilometres(outer, inner) < REACH.get(outer.kind, 0.0)


def kilometres(one: Row, other: Row) -> float:
    """Return the distance along the great circle."""
    lat, other_lat = math.radians(one.lat), math.radians(other.lat)
    half = math.sin((other_lat - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(other_lat) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(half))
