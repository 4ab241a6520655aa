import csv
import io
import json
import re
from pathlib import Path

import pytest
from articles import many, told, write_lines
from typer.testing import CliRunner

from katanya import Ledger
from katanya.cli.main import app
from katanya.core.errors import InputError

RUNNER = CliRunner()
PAGE = Path(__file__).parents[2] / "docs" / "command-line.md"
COMMANDS = ("file", "rejects", "search", "who", "shift", "stats", "correct", "corrections")


def run(*arguments):
    """Run the command in this process."""
    return RUNNER.invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def path(tmp_path):
    """A ledger of three articles, one of them with what would break a table."""
    path = tmp_path / "a.ledger"
    with Ledger.open(path, write=True) as ledger:
        ledger.file([*many(2), told("x", ("Rini Wulandari", 'jembatan, "lama" dan\nbaru'), published=None)])
    return path


ANSWERS = {
    "search": (("search", "jembatan"), ("statement", "speaker", "content", "dated")),
    "search by filters": (("search", "--speaker", "bagas", "--kind", "direct", "--from", "2025"), ("role", "kind")),
    "who": (("who", "wulandari"), ("part", "name", "role", "first", "count")),
    "shift": (("shift", "wulandari", "jembatan"), ("side", "speaker", "content")),
    "stats": (("stats",), ("value", "statements", "share", "low", "high")),
    "stats by outlet": (("stats", "--by", "outlet"), ("value", "articles")),
}


@pytest.mark.parametrize(("command", "columns"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_is_a_table_json_or_csv(path, command, columns):
    """Every question is answered for eyes, as JSON and as CSV, and the same answer is the same to the byte."""
    shown = run(*command, "-l", path)
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert shown.stdout == run(*command, "-l", path).stdout
    assert json.loads(run(*command, "-l", path, "--json").stdout)
    rows = list(csv.DictReader(io.StringIO(run(*command, "-l", path, "--csv").stdout)))
    assert rows
    assert set(columns) <= set(rows[0])


def test_two_forms_at_once_are_refused(path):
    """JSON and CSV exclude each other."""
    assert run("search", "-l", path, "--json", "--csv").exit_code == 2


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (("search", "gunung"), "nothing found"), (("who", "tidak ada"), "nobody of that name"),
        (("stats", "--from", "2030"), "nothing found"), (("corrections",), "no corrections"),
    ],
    ids=["search", "who", "stats", "corrections"],
)  # fmt: skip
def test_no_answer_is_told(path, command, says):
    """That nothing was found is no error."""
    shown = run(*command, "-l", path)
    assert shown.exit_code == 0
    assert says in shown.stdout
    assert json.loads(run(*command, "-l", path, "--json").stdout) is not None


def test_a_table_shows_who_what_and_where(path):
    """The table of a search shows number, date, outlet, speaker with office, and the words."""
    shown = run("search", '"Kami mengungsikan 1 warga"', "-l", path).stdout
    assert re.search(
        r"^\d+  2025-06-03 · Kabar Tirta · Bagas Prakoso, Kepala · BPBD Kabupaten Tirta\n"
        r"    “Kami mengungsikan 1 warga dari bantaran sungai”\n    direct · assertive$", shown, re.MULTILINE,
    )  # fmt: skip
    assert "undated" in run("search", "lama", "-l", path).stdout


def test_filing_reports_on_standard_error(tmp_path):
    """`file` prints nothing but its report, and with `--progress` what is safely on the disk."""
    write_lines(tmp_path / "in.jsonl", many(3))
    shown = run("file", tmp_path / "in.jsonl", "-l", tmp_path / "a.ledger", "--progress", "--model", "none")
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert "katanya: filed 3\n" in shown.stderr
    assert "3 articles: 3 new" in shown.stderr


def test_filing_nothing_but_rejects_has_an_exit_code(tmp_path):
    """Where every input was rejected the exit code is 3."""
    (tmp_path / "in.jsonl").write_text("nonsense\n")
    shown = run("file", tmp_path / "in.jsonl", "-l", tmp_path / "a.ledger", "--model", "none")
    assert shown.exit_code == 3
    assert "1 rejected" in shown.stderr
    assert "katanya rejects" in shown.stderr
    listed = json.loads(run("rejects", "-l", tmp_path / "a.ledger", "--json").stdout)
    assert [(row["source"], row["at"]) for row in listed] == [(str(tmp_path / "in.jsonl"), 1)]


CHANGES = [
    ("relate",), ("merge", 1, 2, "--author", "x"), ("split", 1, "a", "--author", "x"),
    ("correct", 1, "--author", "x", "--reason", "y", "--speaker", "A"),
]  # fmt: skip


@pytest.mark.parametrize("command", CHANGES, ids=[command[0] for command in CHANGES])
def test_what_changes_a_ledger_makes_none(tmp_path, command):
    """Only filing makes a ledger; a mistyped path is told, and nothing is left behind."""
    shown = run(*command, "-l", tmp_path / "none.ledger")
    assert (shown.exit_code, shown.stderr.count("no such ledger")) == (1, 1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("day", ["kemarin", "2025-13", "2025-02-30", "20250101", "", "2025-1", "202", "2025-01-01x"])
def test_a_date_that_is_none_is_told(path, day):
    """A period that no date bounds is a command written wrongly, and to Python an error; never an empty answer."""
    shown = run("search", "jembatan", "--from", day, "-l", path)
    assert (shown.exit_code, "is no date" in shown.stderr) == (2, True)
    with Ledger.open(path) as ledger, pytest.raises(InputError, match="is no date"):
        ledger.search("jembatan", until=day)


@pytest.mark.parametrize("day", ["2025", "2025-06", "2025-06-03", "2025-06-03T10:00"])
def test_dates_whole_or_in_part(path, day):
    """A date may be a year, a month, a day or a minute."""
    assert run("stats", "--from", day, "--to", day, "-l", path).exit_code == 0


def test_corrections_on_the_command_line(path):
    """A correction is noted, listed and taken back."""
    ((number,),) = [[hit["statement"]] for hit in json.loads(run("search", "lama", "-l", path, "--json").stdout)]
    by = ("--author", "Redaksi", "--reason", "dengar rekaman", "-l", path)
    shown = run("correct", number, "--speaker", "Pak Karta", *by)
    assert "noted as correction 1" in shown.stderr
    assert "Pak Karta" in run("search", "lama", "-l", path).stdout
    assert "corrected: speaker" in run("search", "lama", "-l", path).stdout
    assert "dengar rekaman" in run("corrections", "-l", path).stdout
    (row,) = csv.DictReader(io.StringIO(run("corrections", "--csv", "-l", path).stdout))
    assert json.loads(row["value"])["speaker"] == "Pak Karta"
    assert run("correct", "--undo", 1, *by).exit_code == 0
    assert "Pak Karta" not in run("search", "lama", "-l", path).stdout


WRONG = {
    "nothing to correct": ("1", "--author", "x"),
    "two things at once": ("1", "--author", "x", "--speaker", "A", "--content", "b"),
    "no number": ("1", "--author", "x", "--reason", "y", "--figure", "12", "--low", "banyak"),
    "somebody and nobody": ("1", "--author", "x", "--speaker", "A", "--nobody"),
    "no statement": ("--author", "x", "--speaker", "A"),
    "no author": ("1", "--speaker", "A"),
}


@pytest.mark.parametrize("arguments", WRONG.values(), ids=WRONG)
def test_corrections_that_are_written_wrongly(path, arguments):
    """A correction without its parts is a command written wrongly."""
    assert run("correct", *arguments, "-l", path).exit_code == 2


@pytest.mark.parametrize("command", [command for command in COMMANDS if command not in ("file", "correct")])
def test_no_ledger_is_told(tmp_path, command):
    """Where there is no ledger the message says which command makes one."""
    words = {"who": ["a"], "shift": ["a", "b"]}.get(command, [])
    shown = run(command, *words, "-l", tmp_path / "none.ledger")
    assert shown.exit_code == 1
    assert "no such ledger (katanya file" in shown.stderr


def options():
    """Yield each command with each of its options, as the command itself names them."""
    for command in COMMANDS:
        yield command, ""
        for option in sorted(set(re.findall(r"--[a-z-]+", run(command, "--help").stdout)) - {"--help"}):
            yield command, option


@pytest.mark.parametrize(("command", "option"), list(options()))
def test_every_command_and_option_is_documented(command, option):
    """The page on the command line names every command, and below it every option that it has."""
    _, _, section = PAGE.read_text(encoding="utf-8").partition(f"\n## katanya {command}\n")
    assert section
    assert not option or f"`{option}" in section.partition("\n## ")[0]
