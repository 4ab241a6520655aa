"""A search that no statement answers: articles that hold the words are told apart, and a period must run forward."""

import pytest
from typer.testing import CliRunner

from katanya import Document, Ledger, Reader
from katanya.cli.main import app
from katanya.core.errors import InputError

RUNNER = CliRunner()
READER = Reader(model=None)
LEAD = "SUKAMAJU - Banjir bandang melanda Kabupaten Tirta sejak Senin. "
TEXT = f'{LEAD}"Kami mengungsi ke balai desa," kata Camat Sukamaju Rini Wulandari, Selasa.'
OTHER = "Harga cabai turun. Kepala Dinas Perdagangan Tirta Bagas Prakoso mengatakan pasokan melimpah."


@pytest.fixture
def path(tmp_path):
    """A ledger of two reports, one of a flood that nobody in it speaks of."""
    with Ledger.open(tmp_path / "a.ledger", write=True) as ledger:
        ledger.file(
            READER.read(Document(text, id, title, "Kabar Tirta", day))
            for id, title, day, text in (
                ("banjir", "Warga Tirta mengungsi", "2025-06-03", TEXT),
                ("cabai", "Pasar Tirta ramai", "2025-07-01", OTHER),
            )
        )
    return tmp_path / "a.ledger"


MENTIONED = [
    ("banjir", ["banjir"]),
    ("membanjiri", ["banjir"]),
    ('"banjir bandang"', ["banjir"]),
    ('"bandang banjir"', []),
    ("Tirta", ["cabai", "banjir"]),
    ("banjir cabai", []),
    ("pasar", ["cabai"]),
    ("gempa", []),
    ("", []),
]


@pytest.mark.parametrize(("words", "articles"), MENTIONED)
def test_articles_that_hold_the_words(path, words, articles):
    """Articles are found by title and text in any form of the words, the latest first, and phrases as they stand."""
    with Ledger.open(path) as ledger:
        assert [mention.article for mention in ledger.mentions(words)] == articles


def test_filters_and_limit(path):
    """Outlet and period of the article count, and there are no more than asked for."""
    with Ledger.open(path) as ledger:
        assert [one.article for one in ledger.mentions("Tirta", until="2025-06")] == ["banjir"]
        assert ledger.mentions("Tirta", outlet="Suara Bantar") == []
        assert len(ledger.mentions("Tirta", limit=1)) == 1


def test_the_words_are_shown_in_their_place(path):
    """A mention shows the text around the first of the words, and the beginning where only the title has them."""
    with Ledger.open(path) as ledger:
        (flood,) = ledger.mentions("bandang")
        (market,) = ledger.mentions("ramai")
    assert "Banjir bandang melanda Kabupaten Tirta" in flood.words
    assert flood.words.endswith("…")
    assert market.words.startswith("Harga cabai")


def test_search_tells_articles_from_statements(path):
    """Where no statement holds the words, search says so and shows the articles; as JSON there is no statement."""
    shown = RUNNER.invoke(app, ["search", "banjir", "-l", str(path)])
    assert "no such statement; 1 article holds the words" in shown.stderr
    assert shown.stdout.startswith("banjir · 2025-06-03 · Kabar Tirta · Warga Tirta mengungsi\n")
    as_json = RUNNER.invoke(app, ["search", "banjir", "-l", str(path), "--json"])
    assert (as_json.stdout, as_json.stderr) == ("[]\n", shown.stderr)
    assert "no such statement" not in RUNNER.invoke(app, ["search", "mengungsi", "-l", str(path)]).stderr
    assert RUNNER.invoke(app, ["search", "gempa", "-l", str(path)]).stdout == "nothing found\n"


COMMANDS = [("search", "warga"), ("stats",), ("track", "korban"), ("export", "-f", "jsonl", "-o", "{out}")]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_period_that_ends_before_it_begins(path, command):
    """Every command with a period refuses one that runs backward, with the nearest fix."""
    words = [word.format(out=path.with_suffix(".jsonl")) for word in command]
    result = RUNNER.invoke(app, [*words, "-l", str(path), "--from", "2025", "--to", "2024"])
    assert result.exit_code == 2
    assert "the period 2025 to 2024: ends before it begins (ask from 2024 to 2025)" in result.stderr


PERIODS = [
    ("2025-06", "2025", True), ("2025", "2025-06", True), ("2025-06-03", "2025-06-03", True),
    ("2025-06-04", "2025-06-03", False), ("2025-07", "2025-06-30", False), ("2026", "2025-12-31", False),
]  # fmt: skip


@pytest.mark.parametrize(("since", "until", "runs"), PERIODS)
def test_periods_in_part(path, since, until, runs):
    """A day in part holds the whole of it, so that a month up to its year is a period."""
    with Ledger.open(path) as ledger:
        if runs:
            ledger.search("", since=since, until=until)
        else:
            with pytest.raises(InputError, match="ends before it begins"):
                ledger.search("", since=since, until=until)
