"""Places on an outline of the earth: which sheet holds them, and where on it they and their names stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from katanya.web.views.track import Spot

LABELS = 12  # places that are named on the map itself
LEAST, MOST = 0.011, 0.03  # radius of a place, as a share of the sheet's height
LETTER, LINE = 0.033, 0.05  # width of a letter and height of a line of a name, in the same


@dataclass(frozen=True, slots=True)
class Sheet:
    """An outline in ``static/map.svg``: its edges in degrees, north up, ten units a degree."""

    name: str
    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        """The width in units."""
        return 10 * (self.east - self.west)

    @property
    def height(self) -> float:
        """The height in units."""
        return 10 * (self.north - self.south)

    def holds(self, spot: Spot) -> bool:
        """Tell whether a place lies on the sheet."""
        return self.west <= spot.lon <= self.east and self.south <= spot.lat <= self.north


# Those of tables/outlines.py, the smallest first; the last one takes all.
SHEETS = (Sheet("indonesia", 94.0, -11.5, 142.0, 7.5), Sheet("world", -180.0, -58.0, 180.0, 84.0))


@dataclass(frozen=True, slots=True)
class Dot:
    """A place as it is drawn, in units of the sheet; ``label`` is empty where its name found no room."""

    x: float
    y: float
    r: float
    label: str
    tx: float
    ty: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sheet with its places."""

    sheet: str
    width: float
    height: float
    spots: tuple[Dot, ...]


def drawn(spots: Sequence[Spot]) -> Drawn:
    """Return the places on the smallest sheet that holds them all; those beyond the edge of the last are left out."""
    sheet = next((one for one in SHEETS if all(map(one.holds, spots))), SHEETS[-1])
    inside = sorted(filter(sheet.holds, spots), key=lambda spot: (-spot.accounts, spot.name))
    return Drawn(sheet.name, sheet.width, sheet.height, tuple(_dots(sheet, inside)))


def _dots(sheet: Sheet, spots: Iterable[Spot]) -> Iterator[Dot]:
    taken: list[tuple[float, float, float, float]] = []
    for spot in spots:
        x, y = 10 * (spot.lon - sheet.west), 10 * (sheet.north - spot.lat)
        r = sheet.height * min(MOST, LEAST * sqrt(spot.accounts))
        right = x < 0.8 * sheet.width
        wide, high = LETTER * sheet.height * len(spot.name), LINE * sheet.height
        left = x + 1.6 * r if right else x - 1.6 * r - wide
        box = (left, y - high / 2, left + wide, y + high / 2)
        free = len(taken) < LABELS and not any(_touch(box, other) for other in taken)
        if free:
            taken.append(box)
        yield Dot(
            round(x, 1), round(y, 1), round(r, 1), spot.name if free else "",
            round(x + (1.6 * r if right else -1.6 * r), 1), round(y + high / 3, 1), "start" if right else "end",
        )  # fmt: skip


def _touch(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
