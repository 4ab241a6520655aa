"""JSON lines, CSV and Parquet, read back by what reads them."""

import csv
import json
from dataclasses import replace

import duckdb
import pyarrow.parquet as pq
import pytest
from printed import flood

from katanya import Ledger
from katanya.batch.records import records
from katanya.core.errors import InputError
from katanya.core.records import Article
from katanya.exports import parquet
from katanya.exports.formats import Format, write
from katanya.ledger.provenance import Traced
from katanya.ledger.search import Filters


def test_lines_hold_the_record_and_where_it_comes_from(traced, tmp_path):
    """A line is the record of the contract with the corrections laid over, and provenance says who changed what."""
    report = write(traced, tmp_path / "a.jsonl", Format.JSONL)
    first, *rest = map(json.loads, (tmp_path / "a.jsonl").read_bytes().splitlines())
    assert (report.articles, report.statements, len(rest)) == (3, 8, 2)
    assert Article.from_dict(first) == traced[0].article
    assert first["statements"][0]["speaker"] == "Joko"
    provenance = first["provenance"]
    assert (provenance["version"], provenance["model"]) == ("1.0", "ab" * 32)
    assert [(c["statement"], c["target"], c["author"]) for c in provenance["changes"]] == [
        ("s1", "speaker", "Sari"), ("s2", "figure", "Sari"),
    ]  # fmt: skip
    assert [(s["id"], s["speaker"]) for s in provenance["was"]] == [("s1", "Rini Wulandari"), ("s2", "Rini Wulandari")]


def test_lines_come_back_as_they_were(traced, tmp_path):
    """What was exported as JSON lines is read again with its provenance, to the last field."""
    write(traced, tmp_path / "a.jsonl", Format.JSONL)
    assert list(records(tmp_path / "a.jsonl")) == traced


def test_csv_has_a_statement_a_row(traced, tmp_path):
    """A row holds the words of a statement, its article, its speaker's role, and who changed it."""
    write(traced, tmp_path / "a.csv", Format.CSV)
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 8
    assert (rows[0]["speaker"], rows[0]["changed"], rows[0]["changed_by"]) == ("Joko", "speaker", "Sari")
    assert rows[0]["content"] == "Airnya naik cepat 😢,\r\nkami butuh perahu"
    assert (rows[1]["role"], rows[7]["role"], rows[7]["url"]) == ("Camat", "Bupati", "")


def test_parquet_has_its_documented_schema(traced, tmp_path):
    """Each file has the schema of its table, and holds what the records hold, corrections included."""
    write(traced, tmp_path / "out", Format.PARQUET)
    for name, schema in parquet.SCHEMAS.items():
        assert pq.read_schema(tmp_path / "out" / f"{name}.parquet").equals(schema)
    rows = pq.read_table(tmp_path / "out" / "statements.parquet").to_pylist()
    assert [row["statement"] for row in rows] == [f"s{number}" for number in (*range(1, 8), 1)]
    assert rows[1]["contents"] == [span.to_dict() for span in flood().statements[1].contents]
    assert (rows[1]["figures"][0]["low"], rows[1]["figures"][0]["high"]) == (45, None)
    assert rows[1]["times"][0] == traced[0].article.statements[1].times[0].to_dict()
    assert rows[1]["places"][0] == traced[0].article.statements[1].places[0].to_dict()


QUESTIONS = {
    "said": ("SELECT speaker, role FROM said WHERE content LIKE 'jembatan%'", [("Lestari Handayani", "Bupati")]),
    "nothing said": ("SELECT count(*), count(DISTINCT article) FROM said", [(8, 2)]),
    "figures": ('SELECT low, high, unit, hedge."text" FROM figures', [(45, None, "rumah", "Sedikitnya")]),
    "times": ('SELECT value, "text" FROM times', [("2025-06-02", "sejak Senin")]),
    "places": ("SELECT name, country FROM places", [("Sukamaju", "ID")]),
    "changes": ("SELECT statement, author FROM changes ORDER BY number", [("s1", "Sari"), ("s2", "Sari")]),
    "offsets": (
        "SELECT count(*) FROM (SELECT article, unnest(contents, recursive := true) FROM statements) s "
        'JOIN articles a USING (article) WHERE substring(a."text", s.start + 1, s."end" - s.start) <> s."text"',
        [(0,)],
    ),
}


@pytest.mark.parametrize(("question", "answer"), QUESTIONS.values(), ids=QUESTIONS)
def test_duckdb_answers_over_the_views(traced, tmp_path, monkeypatch, question, answer):
    """The file of views loads in DuckDB beside the Parquet files, and each view answers."""
    write(traced, tmp_path / "out", Format.PARQUET)
    monkeypatch.chdir(tmp_path / "out")
    with duckdb.connect() as connection:
        connection.execute((tmp_path / "out" / "views.sql").read_text())
        assert connection.execute(question).fetchall() == answer


def test_parquet_of_nothing_has_its_columns(tmp_path):
    """An export without articles has files that can be read."""
    write([], tmp_path / "out", Format.PARQUET)
    assert pq.read_table(tmp_path / "out" / "people.parquet").num_rows == 0


def test_parquet_holds_a_figure_of_any_size(tmp_path):
    """Bounds are floats: a debt of ten thousand trillion is one as well, and a comparison without bounds is null."""
    article = flood()
    debt = replace(article.statements[1].figures[0], low=10_415_900_000_000_001, high=None)
    statements = [replace(one, figures=(debt,)) if one.figures else one for one in article.statements]
    write([Traced(replace(article, statements=tuple(statements)))], tmp_path / "out", Format.PARQUET)
    (figure,) = pq.read_table(tmp_path / "out" / "statements.parquet").to_pylist()[1]["figures"]
    assert (figure["low"], figure["high"], figure["compared"]) == (10_415_900_000_000_001.0, None, None)


def test_a_folder_with_something_in_it_is_refused(tmp_path):
    """An export never mixes with what stands in a folder already."""
    (tmp_path / "other.txt").write_text("x")
    with pytest.raises(InputError, match="not empty"):
        write([Traced(flood())], tmp_path, Format.PARQUET)


CHOSEN = {
    "all": ("", Filters(), [7, 1, 0]),
    "words": ("jembatan", Filters(), [1, 1]),
    "speaker": ("", Filters(speaker="joko"), [1]),
    "one within another": ("", Filters(speaker="lestari", act="assertive"), [2, 1]),
    "nothing": ("kereta", Filters(), []),
}


@pytest.mark.parametrize(("words", "filters", "counts"), CHOSEN.values(), ids=CHOSEN)
def test_a_search_selects_what_is_exported(path, words, filters, counts):
    """Only the statements that a search finds are exported, with those that they stand in."""
    with Ledger.open(path) as ledger:
        assert [len(one.article.statements) for one in ledger.traced(words, filters)] == counts


def test_whole_articles_are_selected_for_annotators(path):
    """An article for annotators keeps the statements that the search does not find."""
    with Ledger.open(path) as ledger:
        assert [len(one.article.statements) for one in ledger.traced("perahu", whole=True)] == [7]
