"""Build the outlines of the reading room's maps, ``src/katanya/web/static/map.svg``, from Natural Earth.

    npm pack world-atlas@2.0.2
    python tables/outlines.py world-atlas-2.0.2.tgz

Natural Earth (naturalearthdata.com) is in the public domain; it comes by way of the npm package world-atlas (ISC) as
TopoJSON. Degrees become tenths of units, north up: ``x = longitude - west``, ``y = north - latitude``. The same package
gives the same bytes.
"""

import json
import sys
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

TARGET = Path(__file__).parent.parent / "src" / "katanya" / "web" / "static" / "map.svg"
HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg">
<!-- Built by tables/outlines.py: not to be changed by hand. Natural Earth 4.1.0, public domain. -->
"""
Point = tuple[float, float]
Ring = list[Point]


class Sheet(NamedTuple):
    """A map: its name, the scale of the data, the edges in degrees, who stands out, the smallest ring and step."""

    name: str
    scale: str
    west: float
    south: float
    east: float
    north: float
    home: str | None
    least: float  # square degrees of the smallest ring that is drawn
    step: float  # degrees to which points are rounded


# The edges are those of `katanya.web.maps`; a test holds the two together.
SHEETS = (
    Sheet("indonesia", "50m", 94.0, -11.5, 142.0, 7.5, "Indonesia", 0.004, 0.05),
    Sheet("world", "110m", -180.0, -58.0, 180.0, 84.0, None, 0.5, 0.2),
)


def main(package: Path) -> None:
    """Write the outlines."""
    parts = [HEAD]
    with tarfile.open(package) as packed:
        for sheet in SHEETS:
            file = packed.extractfile(f"package/countries-{sheet.scale}.json")
            if file is None:
                raise SystemExit(f"{package}: no countries of scale {sheet.scale}")
            parts.append(_drawn(sheet, json.load(file)))
    TARGET.write_text("".join(parts) + "</svg>\n", encoding="utf-8")


def _drawn(sheet: Sheet, topology: dict[str, Any]) -> str:
    arcs = list(_decoded(topology))
    land: dict[bool, list[str]] = {False: [], True: []}
    for country in topology["objects"]["countries"]["geometries"]:
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        for polygon in polygons:
            for ring in polygon:
                land[country["properties"]["name"] == sheet.home] += _paths(sheet, _ring(arcs, ring))
    groups = [f'<path fill="var(--land)" d="{"".join(land[False])}"/>\n']
    if sheet.home:
        groups.append(f'<path fill="var(--home)" d="{"".join(land[True])}"/>\n')
    return f'<g id="{sheet.name}">\n{"".join(groups)}</g>\n'


def _decoded(topology: dict[str, Any]) -> Iterator[Ring]:
    """Yield the arcs of a topology in degrees: they are kept as differences of whole numbers."""
    (kx, ky), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * kx + tx, y * ky + ty))
        yield points


def _ring(arcs: Sequence[Ring], numbers: Iterable[int]) -> Ring:
    points: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    unwrapped = points[:1]
    for x, y in points[1:]:
        unwrapped.append((x - 360 * round((x - unwrapped[-1][0]) / 360), y))
    return unwrapped


def _paths(sheet: Sheet, ring: Ring) -> Iterator[str]:
    """Yield a ring's paths: one that goes over the edge of the world comes in again at the other."""
    for turn in (-360.0, 0.0, 360.0):
        path = _path(sheet, _clipped(sheet, [(x + turn, y) for x, y in ring]))
        if path:
            yield path


def _clipped(sheet: Sheet, ring: Ring) -> Ring:
    """Cut a ring at the four edges of the sheet, one after the other (Sutherland and Hodgman 1974)."""
    for axis, edge, sign in ((0, sheet.west, 1), (0, sheet.east, -1), (1, sheet.south, 1), (1, sheet.north, -1)):
        found: Ring = []
        for at, point in enumerate(ring):
            before = ring[at - 1]
            inside, was = (point[axis] - edge) * sign >= 0, (before[axis] - edge) * sign >= 0
            if inside != was:
                share = (edge - before[axis]) / (point[axis] - before[axis])
                x, y = (before[n] + share * (point[n] - before[n]) for n in (0, 1))
                found.append((x, y))
            if inside:
                found.append(point)
        ring = found
    return ring


def _path(sheet: Sheet, ring: Ring) -> str:
    """Return a ring as a path of relative steps in tenths of degrees, rounded; empty where it is too small."""
    area = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2
    if area < sheet.least:
        return ""
    steps = round(10 * sheet.step, 3)
    points = [(round((x - sheet.west) / sheet.step), round((sheet.north - y) / sheet.step)) for x, y in ring]
    kept = [point for at, point in enumerate(points) if point != points[at - 1]]
    if len(kept) < 3:
        return ""
    moves = [f"{_short((x - px) * steps)},{_short((y - py) * steps)}"
             for (px, py), (x, y) in pairwise(kept)]  # fmt: skip
    start = f"{_short(kept[0][0] * steps)},{_short(kept[0][1] * steps)}"
    return f"M{start}l{' '.join(moves)}z"


def _short(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") if value else "0"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
