"""The tables that figures are read by: what they hold, and what their checks refuse."""

import re
import shutil
from pathlib import Path

import pint
import pytest

from katanya.core.errors import PackError
from katanya.lang.pack import HOME, TABLES, load_pack
from katanya.normalise.figures.lexicon import MONEY, Lexicon

OWN = {"percentage_point", "basis_point", "magnitude", "decade"}  # no units of pint, whose decade is a logarithm
PACK = load_pack("id")
UNITS = sorted({(row[0], row[1]) for row in PACK.table("units")})
THINGS = PACK.table("known_things")
REGISTRY = pint.UnitRegistry(autoconvert_offset_to_baseunit=True)
# What each kind of unit measures, as pint has it.
DIMENSIONS = {
    "length": "[length]", "area": "[length] ** 2", "volume": "[length] ** 3", "mass": "[mass]",
    "energy": "[length] ** 2 * [mass] / [time] ** 2", "power": "[length] ** 2 * [mass] / [time] ** 3",
    "temperature": "[temperature]", "frequency": "1 / [time]", "speed": "[length] / [time]", "time": "[time]",
    "pressure": "[mass] / [length] / [time] ** 2", "current": "[current]", "charge": "[current] * [time]",
}


@pytest.mark.parametrize(("unit", "kind"), UNITS, ids=[unit for unit, _ in UNITS])
def test_units(unit: str, kind: str) -> None:
    """A unit is a currency by ISO 4217, one that pint knows and that measures what its row says, or one of our own."""
    if kind == MONEY:
        assert re.fullmatch(r"[A-Z]{3}", unit)
    elif unit not in OWN:
        parsed = REGISTRY.parse_units(unit)
        assert kind not in DIMENSIONS or REGISTRY.get_dimensionality(DIMENSIONS[kind]) == parsed.dimensionality


@pytest.mark.parametrize("row", THINGS, ids=[f"{row[0]} {row[2]}" for row in THINGS])
def test_known_things(row: tuple[str, ...]) -> None:
    """A known thing has a size in a unit that pint knows, a source, and names that lead to it."""
    name, forms, quantity, value, unit, source = row
    assert float(value) > 0
    assert len(source) > 3
    assert unit == "-" or REGISTRY.parse_units(unit)
    lexicon = Lexicon(PACK)
    for form in forms.split("; "):
        found = lexicon.things.at(form.split(" "), 0)
        assert found is not None
        assert (name, quantity) in {(thing.name, thing.quantity) for thing in found[1]}


FAULTS = {
    "a role that is none": ("numbers", "satu\tdigit\t1\t-", "satu\tfinger\t1\t-", "no role 'finger'"),
    "a number that is none": ("numbers", "satu\tdigit\t1\t-", "satu\tdigit\tone\t-", "'one' is no number"),
    "a number word twice": ("numbers", "satu\tdigit\t1\t-", "dua\tdigit\t1\t-", "stands twice"),
    "an effect that is none": ("hedges", "sekitar\tbefore\tabout", "sekitar\tbefore\tmaybe", "a bad row: sekitar"),
    "a side that is none": ("hedges", "sekitar\tbefore\tabout", "sekitar\tabove\tabout", "a bad row: sekitar"),
    "a form of two units": ("units", "gram; gr; g", "gram; kg; g", "'kg' stands for two units"),
    "a size without a source": ("known_things", "Pemprov DKI Jakarta", " ", "a size or its source is missing"),
    "a size that is none": ("known_things", "area\t59.1", "area\tsmall", "'small' is no number"),
}


@pytest.mark.parametrize(("table", "old", "new", "fault"), FAULTS.values(), ids=FAULTS.keys())
def test_tables_are_checked(table: str, old: str, new: str, fault: str, tmp_path: Path) -> None:
    """A cell that breaks the schema is refused with the file, the row and the fault."""
    shutil.copytree(HOME / "id", tmp_path / "id")
    path = tmp_path / "id" / f"{table}.tsv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError, match=re.escape(fault)) as refusal:
        Lexicon(load_pack("id", tmp_path))
    assert f"id/{table}.tsv" in str(refusal.value)


@pytest.mark.parametrize("table", ["hedges", "known_things", "numbers", "quantities", "units"])
def test_tables_are_declared(table: str) -> None:
    """Each table of figures is declared with its columns and has rows."""
    assert table in TABLES
    assert PACK.table(table)
