"""Records as Parquet: shards that are whole or not there."""

import json
import random
import signal
import subprocess
import sys
import time

import duckdb
import pyarrow.parquet as pq
import pytest

from katanya.batch import shards as module
from katanya.batch.extract import Form, extract
from katanya.core.errors import InputError
from samples import TEXT


def corpus(size):
    """Return articles as lines, each of its own length and day, every tenth of them none."""
    for number in range(size):
        day = f"2025-{number % 12 + 1:02}-0{number % 9 + 1}"
        article = {"id": f"n{number}", "text": "\n".join([TEXT] * (number % 3 + 1)), "published": day}
        yield json.dumps(article).encode() if number % 10 else b'{"id": "no text"}'


@pytest.fixture
def folder(tmp_path):
    """A folder with a corpus of 150 articles in it."""
    (tmp_path / "in.jsonl").write_bytes(b"\n".join(corpus(150)))
    return tmp_path


@pytest.fixture
def small(monkeypatch):
    """Shards of 64 rows."""
    monkeypatch.setattr(module, "ROWS", 64)


def files(folder):
    """Return the bytes of every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def parquet(folder, name="out", **more):
    """Read the corpus into shards."""
    return extract(folder / "in.jsonl", folder / name, form=Form.PARQUET, **more)


def test_an_item_is_a_row(folder, small):
    """Every item is one row, an article with what its record holds or a reason, and nothing else is left."""
    progress = parquet(folder)
    extract(folder / "in.jsonl", folder / "out.jsonl")
    records = {record["id"]: record for record in map(json.loads, (folder / "out.jsonl").read_text().splitlines())}
    rows = pq.read_table(folder / "out" / "articles").to_pylist()
    assert len(rows) == progress.articles == 150
    assert {row["source"]: row["reason"] for row in rows if row["reason"]} == {
        f"in.jsonl:{number + 1}": "no text field" for number in range(0, 150, 10)
    }
    for row in rows:
        if not row["reason"]:
            record = records.pop(row["id"])
            assert [said["id"] for said in row["statements"]] == [said["id"] for said in record["statements"]]
            wanted = [said["contents"] for said in record["statements"]]
            assert [said["contents"] for said in row["statements"]] == wanted
            assert [one["mentions"] for one in row["people"]] == [one["mentions"] for one in record["people"]]
    assert not records
    assert {name.rpartition("/")[2] for name in files(folder / "out")} == {"rows.parquet", "views.sql"}


def test_rows_of_a_shard_stand_by_date(folder, small):
    """In a shard the rows stand in order of date, those without one at the end."""
    parquet(folder)
    for path in sorted((folder / "out" / "articles").rglob("*.parquet")):
        days = [row["dated"] or "9999" for row in pq.ParquetFile(path).read(["dated"]).to_pylist()]
        assert days == sorted(days)


def test_workers_change_no_byte_of_a_shard(folder, small):
    """The files are the same to the byte for one worker or two."""
    parquet(folder, "one")
    parquet(folder, "two", workers=2)
    assert files(folder / "one") == files(folder / "two")


class StopError(Exception):
    """Ends a run as a kill would, but where it can be told."""


@pytest.mark.parametrize("chunks", [1, 2, 3, 4, 5])
def test_a_run_into_shards_goes_on(folder, small, chunks):
    """A run ended after any chunk goes on from its last whole shard, and gives the same files."""
    parquet(folder, "whole")
    left = chunks

    def watch(progress):
        nonlocal left
        left -= 1
        if not left:
            raise StopError

    with pytest.raises(StopError):
        parquet(folder, watch=watch)
    (folder / "out" / "articles" / "shard=000009").mkdir(parents=True)
    (folder / "out" / "articles" / "shard=000009" / "rows.parquet.new").write_bytes(b"half")
    assert parquet(folder).resumed == min(150, 64 * (chunks // 2))
    assert files(folder / "out") == files(folder / "whole")


RUN = """
import sys
from pathlib import Path
from katanya.batch import shards
from katanya.batch.extract import Form, extract
shards.ROWS = 64
if __name__ == "__main__":
    extract(Path(sys.argv[1]), Path(sys.argv[2]), form=Form.PARQUET, workers=2)
"""


def test_shards_after_kills_are_those_of_a_run_let_be(tmp_path, small):
    """A run killed at random moments and begun again ends with the files of one that was let be."""
    (tmp_path / "in.jsonl").write_bytes(b"\n".join(corpus(600)))
    (tmp_path / "run.py").write_text(RUN)
    parquet(tmp_path, "whole")
    chance = random.Random(7)
    command = [sys.executable, "run.py", "in.jsonl", "out"]
    for _ in range(3):
        running = subprocess.Popen(command, cwd=tmp_path)
        time.sleep(1.0 + 2 * chance.random())
        running.send_signal(signal.SIGKILL)
        running.wait()
    if running.returncode:
        subprocess.run(command, cwd=tmp_path, check=True)
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_a_folder_that_holds_something_else(folder):
    """A folder with files of somebody else's is not written into."""
    (folder / "out").mkdir()
    (folder / "out" / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match=r"holds something else: notes\.txt"):
        parquet(folder)


def test_shards_of_another_engine_are_left_alone(folder):
    """A folder with shards that bear no number is of another run, and is told."""
    (folder / "out" / "articles" / "shard=in.jsonl-00").mkdir(parents=True)
    with pytest.raises(InputError, match="of another run"):
        parquet(folder, restart=True)


def test_a_run_that_has_ended_is_not_written_over(folder, small):
    """Shards of a run that has ended are written over only where that is asked for."""
    parquet(folder)
    before = files(folder / "out")
    with pytest.raises(InputError, match="a run has ended here"):
        parquet(folder)
    parquet(folder, restart=True)
    assert files(folder / "out") == before


VIEWS = {"items": 150, "articles": 135, "rejects": 15}


@pytest.mark.parametrize(("view", "rows"), VIEWS.items(), ids=VIEWS)
def test_views_count_what_is_there(folder, view, rows):
    """The views beside the shards count articles and reasons."""
    parquet(folder)
    assert asked(folder, f"SELECT count(*) FROM {view}") == [(rows,)]


@pytest.mark.parametrize("view", ["statements", "people", "said", "figures", "times", "places"])
def test_views_show_what_is_said(folder, view):
    """The views beside the shards have a row for each statement, person and value of the records."""
    text = json.dumps({"text": "Bupati Tirta Lestari Handayani mengatakan 12 rumah di Bandung rusak pada 3 Mei 2025."})
    (folder / "in.jsonl").write_text(f"{(folder / 'in.jsonl').read_text()}\n{text}")
    parquet(folder)
    extract(folder / "in.jsonl", folder / "out.jsonl")
    records = [json.loads(line) for line in (folder / "out.jsonl").read_text().splitlines()]
    people = sum(len(record["people"]) for record in records)
    said = [statement for record in records for statement in record["statements"]]
    wanted = {"people": people}.get(view) or sum(len(one[view]) if view in one else 1 for one in said)
    assert wanted
    assert asked(folder, f"SELECT count(*) FROM {view}") == [(wanted,)]


def asked(folder, question):
    """Ask the views beside the shards."""
    views = (folder / "out" / "views.sql").read_text().replace("'articles/", f"'{folder}/out/articles/")
    with duckdb.connect() as connection:
        connection.execute(views)
        return connection.execute(question).fetchall()
