"""Where people and quotations are older than what is filed, every command that answers from them says so."""

import pytest
from articles import told, write_lines
from typer.testing import CliRunner

from katanya import Ledger
from katanya.cli.main import app

RUNNER = CliRunner()
OLDER = "people and quotations are older than the ledger"


@pytest.fixture
def folder(tmp_path):
    """A folder with two files of a record each."""
    for name in ("one", "two"):
        write_lines(tmp_path / f"{name}.jsonl", [told(name, ("Rini Wulandari", f"pasar {name} dibuka lagi"))])
    return tmp_path


def run(folder, *words: str) -> str:
    """Run a command that must succeed on the ledger of a folder and return what it says beside its output."""
    result = RUNNER.invoke(app, [*words, "-l", str(folder / "a.ledger")])
    assert result.exit_code == 0, result.output
    return result.stderr


def test_filing_offers_to_relate(folder):
    """A filing says what is left to do: relating for the first time, or again; filing nothing new says nothing."""
    assert "katanya relate finds people and quotations" in run(folder, "file", str(folder / "one.jsonl"))
    run(folder, "relate")
    again = run(folder, "file", str(folder / "one.jsonl"))
    assert not any(words in again for words in ("katanya relate", OLDER))
    assert f"{OLDER}, 1 article filed since" in run(folder, "file", str(folder / "two.jsonl"))


def test_filing_can_relate(folder):
    """With --relate what was filed is related at the end."""
    said = run(folder, "file", str(folder / "one.jsonl"), str(folder / "two.jsonl"), "--relate")
    assert "1 person; 0 quotations in more than one article" in said
    with Ledger.open(folder / "a.ledger") as ledger:
        assert ledger.is_related()


ASKING = [("who", "Rini"), ("people", "Rini"), ("quote", "pasar"), ("shift", "Rini", "pasar"), ("stats",)]


@pytest.mark.parametrize("command", ASKING, ids=lambda command: command[0])
def test_an_answer_says_that_it_is_older(folder, command):
    """Commands tell by how many articles they are behind, or that something was corrected, else nothing."""
    run(folder, "file", str(folder / "one.jsonl"), "--relate")
    assert OLDER not in run(folder, *command)
    with Ledger.open(folder / "a.ledger", write=True) as ledger:
        (hit,) = ledger.search("pasar")
        ledger.correct_speaker(hit.statement, "Tuti", author="Sari", reason="x", now="2026-01-01")
    assert f"{OLDER}, something corrected since" in run(folder, *command)
    run(folder, "file", str(folder / "two.jsonl"))
    assert f"{OLDER}, 1 article filed since" in run(folder, *command)
