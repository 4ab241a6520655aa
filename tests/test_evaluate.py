import copy
import importlib.util
import json
import random
from pathlib import Path

import pytest
from typer.testing import CliRunner

from katanya.batch.goldfile import predict, read_gold, read_predictions
from katanya.batch.scoring import same_name, score
from katanya.cli.main import app
from katanya.core.errors import RecordError
from samples import article

SHARED = Path(__file__).parents[2] / "shared" / "gold"
needs_shared = pytest.mark.skipif(not (SHARED / "score.py").exists(), reason="the gold is not here")
RUNNER = CliRunner()


def write(path, *records):
    """Write records as JSON lines."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def changed(**fields):
    """Return the sample's record with the fields of its first statement changed."""
    record = article().to_dict()
    record["statements"][0] |= fields
    return record


def test_gold_against_itself_is_perfect():
    """Predictions equal to gold have every figure at 1."""
    gold = article().to_dict()
    figures = score([gold], {gold["id"]: gold}).figures
    assert all(figure.f1 == 1 for figure in figures.values() if figure.gold)


def test_an_article_without_prediction_counts_as_empty():
    """A gold article that nobody predicted has all of its statements missed."""
    result = score([article().to_dict()], {})
    assert (result.figures["detection"].gold, result.figures["detection"].predicted) == (5, 0)
    assert [fault.what for fault in result.faults] == ["missed"] * 5


CHANGES = {
    "another speaker": ({"speaker": "Pak Karta"}, "attribution", 4),
    "a shorter name": ({"speaker": "Rini"}, "attribution", 5),
    "nobody": ({"speaker": None}, "attribution", 4),
    "no cue": ({"cue": None}, "cue", 4),
    "half the content": (
        {"contents": [{"start": 42, "end": 59, "text": "jembatan gantung"}]},
        "detection",
        4,
    ),
    "another act": ({"act": "denial"}, "act", 4),
    "another kind": ({"kind": "direct"}, "detection, indirect", 3),
}


@pytest.mark.parametrize(("fields", "figure", "hit"), CHANGES.values(), ids=CHANGES)
def test_each_fault_lowers_its_figure(fields, figure, hit):
    """A fault in one field lowers the figure of that field by one."""
    result = score([article().to_dict()], {"jembatan": changed(**fields)})
    assert result.figures[figure].hit == hit


NAMES = [
    ("Rini Wulandari", "Rini", True),
    ("Rini Wulandari", "wulandari", True),
    ("Rini Wulandari", "Rin", False),
    ("Rini Wulandari", "Wulandari Rini", False),
    ("Rini", None, False),
    (None, "", True),
]


@pytest.mark.parametrize(("one", "other", "same"), NAMES)
def test_same_name(one, other, same):
    """One name agrees with another where it holds it as whole words in a row."""
    assert same_name(one, other) is same
    assert same_name(other, one) is same


def reference():
    """Return the scorer that comes with the gold."""
    spec = importlib.util.spec_from_file_location("reference_score", SHARED / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def agree(gold, predicted):
    """Assert that both scorers give the same figures, in the same order, and the same faults."""
    figures, faults = reference().score(gold, predicted)
    ours = score(gold, predicted)
    assert {name: figure.to_dict() for name, figure in ours.figures.items()} == figures
    assert list(ours.figures) == list(figures)
    assert [tuple(fault) for fault in ours.faults] == faults


def damage(gold, chance):
    """Return gold with faults of every kind, as a bad program would predict it."""
    predicted = {}
    for record in copy.deepcopy(gold):
        statements = []
        for statement in record["statements"]:
            for field in ("speaker", "cue", "time", "place", "event"):
                if chance.random() < 0.2:
                    statement[field] = None
            if chance.random() < 0.2:
                statement |= {"kind": chance.choice(["direct", "mixed"]), "time": statement["cue"]}
            for span in statement["contents"]:
                span["start"] = min(span["end"], span["start"] + chance.choice([0, 0, 0, 9, 40]))
            if chance.random() < 0.1:
                del statement["act"]
            statements += [statement] * chance.choice([0, 1, 1, 1, 1, 2])
        chance.shuffle(statements)
        for person in record["people"]:
            person["name"] = chance.choice([person["name"], person["name"].split()[0], "Lain"])
            person["role"] = chance.choice([person["role"], None])
        if chance.random() < 0.9:
            predicted[record["id"]] = record | {"statements": statements}
    return predicted


@needs_shared
@pytest.mark.parametrize("seed", range(5))
def test_agrees_with_the_reference_on_damaged_gold(seed):
    """On gold with random faults every figure and every fault is that of the gold's own scorer."""
    gold = read_gold(SHARED / "dev.jsonl")
    agree(gold, damage(gold, random.Random(seed)))


@needs_shared
def test_agrees_with_the_reference_on_predictions():
    """On what the program reads every figure and every fault is that of the gold's own scorer."""
    gold = read_gold(SHARED / "dev.jsonl")
    agree(gold, predict(gold))


def test_evaluate_reads_the_articles_itself(tmp_path):
    """Without predictions the articles of the gold are read here and scored."""
    gold = write(tmp_path / "gold.jsonl", article().to_dict())
    shown = RUNNER.invoke(app, ["evaluate", str(gold), "--json"])
    figures = json.loads(shown.stdout)
    assert figures["detection"]["gold"] == 5
    assert figures["detection"]["predicted"] > 0


def test_evaluate_takes_predictions_and_lists_errors(tmp_path):
    """With predictions those are scored; --errors lists what is wrong, a line each."""
    gold = write(tmp_path / "gold.jsonl", article().to_dict())
    found = write(
        tmp_path / "found.jsonl", changed(speaker="Pak Karta"), article().to_dict() | {"id": "other"}
    )
    shown = RUNNER.invoke(app, ["evaluate", str(gold), "--predictions", str(found), "--errors", "5"])
    lines = shown.stdout.splitlines()
    assert lines[0].split() == ["P", "R", "F1", "gold", "pred"]
    assert lines[1].split() == ["detection", "1.000", "1.000", "1.000", "5", "5"]
    assert lines[-1].startswith(
        "jembatan\tspeaker 'Rini Wulandari' read as 'Pak Karta'\tindirect\tmengatakan"
    )
    assert "1 predicted articles are not in the gold" in shown.stderr


BROKEN = {
    "not JSON": ("{", "gold.jsonl:1"),
    "no text": ('{"id": "a", "statements": []}', "text"),
    "no statements": ('{"id": "a", "text": "Hujan turun."}', "gold.jsonl:1.*statements"),
    "a span without an end": (
        '{"id": "a", "text": "", "statements": [{"kind": "direct", "contents": [{"start": 1}]}]}', "end",
    ),
    "not UTF-8": ("\udcff", "gold.jsonl:1"),
}  # fmt: skip


@pytest.mark.parametrize(("line", "says"), BROKEN.values(), ids=BROKEN)
def test_a_broken_gold_file_names_the_line(tmp_path, line, says):
    """Gold that breaks the contract is refused with its line and field."""
    path = tmp_path / "gold.jsonl"
    path.write_bytes(line.encode("utf-8", "surrogateescape"))
    with pytest.raises(RecordError, match=says):
        read_gold(path)


def test_two_predictions_for_one_article_are_refused(tmp_path):
    """An id that is predicted twice is refused: which one counts is not ours to choose."""
    path = write(tmp_path / "found.jsonl", article().to_dict(), article().to_dict())
    with pytest.raises(RecordError, match="twice"):
        read_predictions(path)
