"""A command that is written wrongly ends with 2, one that the world stands in the way of with 1."""

import pytest
from typer.testing import CliRunner

from katanya.cli.main import app

SIGNED = ("--author", "Meja", "--reason", "salah dengar")
WRONG = {  # nothing is there that they name: what is written wrongly is told before anything is looked for
    "a date that is none": (("search", "banjir", "--from", "kemarin"), "is no date"),
    "a search that runs backward": (("search", "banjir", "--from", "2025", "--to", "2024"), "ends before it begins"),
    "its options the other way about": (("search", "--to", "2024", "--from", "2025"), "ask from 2024 to 2025"),
    "shares that run backward": (("stats", "--from", "2025-02", "--to", "2025-01"), "ends before it begins"),
    "a track that runs backward": (("track", "korban", "--from", "2025", "--to", "2024"), "ends before it begins"),
    "an export that runs backward": (
        ("export", "-f", "csv", "-o", "a.csv", "--from", "2025", "--to", "2024"), "ends before it begins"),
    "two forms of a search": (("search", "--json", "--csv"), "exclude each other"),
    "two forms of the rejects": (("rejects", "--csv", "--json"), "exclude each other"),
    "filters of a file": (("export", "a.jsonl", "-f", "csv", "-o", "a.csv", "--role", "camat"), "ask a ledger"),
    "a kind of input that is none": (("file", "a", "--kind", "koran"), "no kind of input 'koran'"),
    "a kind of what to extract": (("extract", "a", "-o", "b.jsonl", "--kind", "koran"), "give one of jsonl"),
    "a kind of what to try again": (("rejects", "--retry", "--kind", "koran"), "no kind of input"),
    "a form of output that is none": (("extract", "a", "-o", "b", "--format", "xml"), "no format 'xml'"),
    "a column without a name": (("file", "a", "--column", "text"), "names no column"),
    "a column for no field": (("values", "a", "-o", "b.jsonl", "--column", "warna=biru"), "names no column"),
    "a pause that is none": (("watch", "https://kabartirta.example/rss", "--every", "nanti"), "from 1s to 30d"),
    "one person": (("merge", "5", "--author", "Meja"), "two at least"),
    "one person twice": (("merge", "5", "5", "--author", "Meja"), "two at least"),
    "a merge by nobody": (("merge", "5", "6", "--author", " "), "name who says so"),
    "a split by nobody": (("split", "5", "a", "--author", ""), "name who says so"),
    "a correction without a reason": (("correct", "1", "--nobody", "--author", "Meja"), "with --reason"),
    "a speaker without a name": (("correct", "1", "--speaker", " ", *SIGNED), "a speaker has a name"),
    "a figure without a value": (("correct", "1", "--figure", "12", *SIGNED), "--low, --high, --unit"),
    "a value without a figure": (("correct", "1", "--nobody", "--low", "3", *SIGNED), "--figure"),
    "a bound without an end": (("correct", "1", "--figure", "12", "--low", "inf", *SIGNED), "'inf' is no number"),
    "a bound beyond all": (("correct", "1", "--figure", "12", "--low", "9" * 400, *SIGNED), "is no number"),
    "a sort of no speaker": (("correct", "1", "--content", "a", "--speaker-kind", "group", *SIGNED), "--speaker-kind"),
    "no time for an answer": (("serve", "--deadline", "0"), "--deadline"),
}
IN_THE_WAY = {
    "no ledger": (("search", "banjir"), "no such ledger"),
    "no ledger for a correction": (("correct", "1", "--nobody", *SIGNED), "no such ledger"),
    "no ledger for a merge": (("merge", "5", "6", "--author", "Meja"), "no such ledger"),
    "no input": (("extract", "a.jsonl", "-o", "b.jsonl"), "no such file"),
    "no records": (("export", "a.jsonl", "-f", "csv", "-o", "a.csv"), "cannot be read"),
}


@pytest.mark.parametrize(("arguments", "says"), WRONG.values(), ids=WRONG)
def test_what_is_written_wrongly_ends_with_2(tmp_path, monkeypatch, arguments, says):
    """What no file and no ledger could make right is told as such, and nothing is made."""
    monkeypatch.chdir(tmp_path)
    shown = CliRunner().invoke(app, arguments)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert says in shown.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("arguments", "says"), IN_THE_WAY.values(), ids=IN_THE_WAY)
def test_what_stands_in_the_way_ends_with_1(tmp_path, monkeypatch, arguments, says):
    """What another file or ledger would make right is no fault of the command."""
    monkeypatch.chdir(tmp_path)
    shown = CliRunner().invoke(app, arguments)
    assert (shown.exit_code, shown.stdout) == (1, "")
    assert says in shown.stderr
