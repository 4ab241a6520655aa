"""The commands that write exports and read gold."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from printed import bridge, flood
from typer.testing import CliRunner

from katanya.cli.main import app

RUNNER = CliRunner()
PAGE = Path(__file__).parents[2] / "docs" / "command-line.md"


def run(*arguments):
    """Run the command in this process."""
    return RUNNER.invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def lines(tmp_path):
    """A file of records, one of them broken."""
    path = tmp_path / "records.jsonl"
    good = [json.dumps(article.to_dict(), ensure_ascii=False) for article in (flood(), bridge())]
    path.write_text("\n".join([*good, '{"id": 5}']))
    return path


def test_a_ledger_is_exported_by_a_search(path, tmp_path):
    """Filters select what is written, and the report says how much that is."""
    asked = ("--words", "jembatan", "--outlet", "tirta")
    done = run("export", "-l", path, "-f", "jsonl", "-o", tmp_path / "a.jsonl", *asked)
    assert done.exit_code == 0, done.output
    assert "1 articles, 1 statements" in done.output
    assert json.loads((tmp_path / "a.jsonl").read_bytes())["id"] == "banjir/1"


def test_records_are_exported_without_a_ledger(lines, tmp_path):
    """A file of records needs no ledger; a line that is none is told, and the others are written."""
    done = run("export", lines, "-f", "csv", "-o", tmp_path / "a.csv")
    assert done.exit_code == 0
    assert "2 articles, 8 statements" in done.output
    assert "rejected: records.jsonl:3: bad record" in done.output


def test_filters_need_a_ledger(lines, tmp_path):
    """Filters beside a file of records are a command written wrongly."""
    assert run("export", lines, "-f", "csv", "-o", tmp_path / "a.csv", "--speaker", "Joko").exit_code == 2


def test_nothing_but_rejected_is_told_by_the_exit_code(tmp_path):
    """An input without one sound record ends with 3."""
    (tmp_path / "bad.jsonl").write_text("{}\nx\n")
    assert run("export", tmp_path / "bad.jsonl", "-f", "csv", "-o", tmp_path / "a.csv").exit_code == 3


def test_gold_is_what_evaluate_reads(tmp_path):
    """Exported, imported and scored against each other, records and gold agree in everything that is scored."""
    lines, article = tmp_path / "records.jsonl", flood()
    scorable = replace(article, statements=tuple(one for one in article.statements if one.contents))
    lines.write_text(json.dumps(scorable.to_dict()) + "\n" + json.dumps(bridge().to_dict()))
    assert run("export", lines, "-f", "brat", "-o", tmp_path / "brat").exit_code == 0
    done = run("import", tmp_path / "brat", "-f", "brat", "-o", tmp_path / "gold.jsonl")
    assert done.exit_code == 0, done.output
    scored = run("evaluate", tmp_path / "gold.jsonl", "-p", lines, "--json")
    figures = json.loads(scored.stdout)
    assert figures["attribution"]["f1"] == 1
    assert all(figure["f1"] == 1 for figure in figures.values() if figure["gold"])


FAULTS = {
    "no such folder": (("import", "nowhere", "-f", "brat", "-o", "x.jsonl"), "holds no .ann file"),
    "no such ledger": (("export", "-l", "nowhere", "-f", "csv", "-o", "x.csv"), "no such ledger"),
    "no such place": (("export", "-f", "csv", "-o", "no/such/x.csv"), "cannot be written"),
}


@pytest.mark.parametrize(("command", "message"), FAULTS.values(), ids=FAULTS)
def test_what_stands_in_the_way_is_told_in_a_line(path, monkeypatch, command, message):
    """An error is one line that says what."""
    monkeypatch.chdir(path.parent)
    monkeypatch.setenv("KATANYA_LEDGER", path.name)
    done = run(*command)
    assert done.exit_code == 1
    assert message in done.output
    assert done.output.count("\n") == 1


@pytest.mark.parametrize(("format", "module"), [("parquet", "pyarrow"), ("inception", "cassis")])
def test_a_missing_extra_is_told(lines, tmp_path, format, module):
    """Without its library a format says what to install; the other formats need none of them."""
    code = "import sys; sys.modules.update(pyarrow=None, cassis=None); from katanya.cli.main import main; main()"
    command = [sys.executable, "-c", code, "export", str(lines), "-f"]
    done = subprocess.run([*command, format, "-o", str(tmp_path / "out")], capture_output=True, text=True)
    assert (done.returncode, module in done.stderr, "katanya[exports]" in done.stderr) == (1, True, True)
    assert done.stderr.count("\n") == 1
    assert subprocess.run([*command, "brat", "-o", str(tmp_path / "brat")]).returncode == 0


@pytest.mark.parametrize("command", ["export", "import"])
def test_every_option_is_documented(command):
    """The page on the command line has the command, and below it every option that it has."""
    options = set(re.findall(r"--[a-z-]+", run(command, "--help").stdout)) - {"--help"}
    _, _, section = PAGE.read_text(encoding="utf-8").partition(f"## katanya {command}\n")
    section = section.partition("\n## ")[0]
    assert options
    assert {option for option in options if f"`{option}" not in section} == set()
