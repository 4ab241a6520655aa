import importlib.util
import json
import tomllib
from pathlib import Path

import pytest

from samples import article

GATE = Path(__file__).parents[1] / "eval" / "gate.py"


@pytest.fixture(scope="module")
def gate():
    """The gate as a module."""
    spec = importlib.util.spec_from_file_location("gate", GATE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def floors(tmp_path, gate):
    """Floors of 0.9 for one gold article, pinned on its digest."""
    (tmp_path / "gold.jsonl").write_text(json.dumps(article().to_dict()) + "\n", encoding="utf-8")
    path = tmp_path / "floors.toml"
    pinned = gate.Pinned(
        "small", "gold.jsonl", "", {"detection": 0.9, "attribution": 0.9}, [tmp_path / "gold.jsonl"]
    )
    pinned.sha256 = pinned.digest
    gate.save(path, [pinned])
    return path


def perfect(gold):
    """Predict the gold itself."""
    return {record["id"]: record for record in gold}


def partly(gold):
    """Predict four of the five statements."""
    return {record["id"]: record | {"statements": record["statements"][1:]} for record in gold}


def pinned(path):
    """Return the floors as they stand in the file."""
    return tomllib.loads(path.read_text())["small"]["floors"]


def test_the_gate_opens_where_floors_hold(gate, floors, capsys):
    """Figures at or over their floors pass, and the file stays as it is."""
    before = floors.read_bytes()
    assert gate.main(["--floors", str(floors)], perfect) == 0
    assert floors.read_bytes() == before
    assert "every floor holds" in capsys.readouterr().out


def test_the_gate_shuts_where_a_figure_falls(gate, floors, capsys):
    """A figure under its floor fails, and is named."""
    assert gate.main(["--floors", str(floors)], partly) == 1
    assert "GATE: small: detection is 0.8889, under its floor of 0.9" in capsys.readouterr().out


def test_pin_raises_only(gate, floors):
    """--pin raises floors to what is measured; it lowers none, and a fallen figure still fails."""
    assert gate.main(["--floors", str(floors), "--pin"], perfect) == 0
    assert pinned(floors) == {"detection": 1.0, "attribution": 1.0}
    assert gate.main(["--floors", str(floors), "--pin"], partly) == 1
    assert pinned(floors) == {"detection": 1.0, "attribution": 1.0}


def test_lower_lowers_only(gate, floors):
    """--lower lowers the floors that are not reached, rounded down, and raises none."""
    assert gate.main(["--floors", str(floors), "--lower"], perfect) == 0
    assert pinned(floors) == {"detection": 0.9, "attribution": 0.9}
    assert gate.main(["--floors", str(floors), "--lower"], partly) == 0
    assert pinned(floors) == {"detection": 0.888, "attribution": 0.888}


def test_changed_data_is_noticed(gate, floors, capsys):
    """Gold that is not what the floors were pinned on fails, until it is pinned."""
    with (floors.parent / "gold.jsonl").open("a") as gold:
        gold.write("\n")
    assert gate.main(["--floors", str(floors)], perfect) == 1
    assert "the data is not what the floors were pinned on" in capsys.readouterr().out
    assert gate.main(["--floors", str(floors), "--lower"], perfect) == 1
    assert gate.main(["--floors", str(floors), "--pin"], perfect) == 0
    assert gate.main(["--floors", str(floors)], perfect) == 0


def test_missing_data_is_skipped_visibly(gate, floors, capsys):
    """A set whose data is not here is skipped, and said so."""
    (floors.parent / "gold.jsonl").unlink()
    assert gate.main(["--floors", str(floors)], perfect) == 0
    assert "small: SKIPPED" in capsys.readouterr().out


def test_an_unknown_figure_is_a_fault(gate, floors):
    """A floor for a figure that the scorer does not know fails: it would guard nothing."""
    floors.write_text(floors.read_text().replace("attribution", "attributon"))
    assert gate.main(["--floors", str(floors)], perfect) == 1


def test_the_pinned_floors_are_those_of_the_gate(gate):
    """The floors in the project are as the gate would write them."""
    sets = gate.load(gate.FLOORS)
    assert gate.FLOORS.read_text() == gate.HEAD + "".join(map(gate._table, sets))
