"""Inputs cut into slices that are read apart."""

import json
from pathlib import Path

import pyarrow as pa
import pytest

from katanya.batch.arrow import SCHEMA, Rows
from katanya.batch.extract import Form, extract
from katanya.batch.inputs import Given
from katanya.batch.slices import Means, Slice, read_slice, slices
from katanya.core.errors import InputError

TEXT = "Camat Sukamaju Rini Wulandari mengatakan jembatan ditutup."
SIZES = {
    "small": ("news.jsonl.gz", 1, 1),
    "nine megabytes": ("news.jsonl.gz", 9 << 20, 3),
    "huge": ("news.jsonl", 1 << 40, 16),
    "an archive is one task": ("crawl.warc.gz", 1 << 40, 1),
}


@pytest.mark.parametrize(("name", "size", "number"), SIZES.values(), ids=SIZES)
def test_how_many_slices_follows_from_the_file(name, size, number):
    """A file is cut by its kind and size alone."""
    assert len(slices(Given(Path(name), name), f"https://kabar.example/{name}", size)) == number


def test_no_two_slices_have_one_shard():
    """Slices of files with one name in two folders do not share a shard."""
    paths = ("/a/news.jsonl", "/b/news.jsonl")
    shards = [Slice(path, "news.jsonl", number, 2).shard for path in paths for number in (0, 1)]
    assert len(set(shards)) == 4


@pytest.mark.parametrize("of", [1, 2, 3, 7])
def test_slices_make_up_the_whole(tmp_path, of):
    """All slices of a file together hold each of its items once, in the rows of an undivided run."""
    lines = [json.dumps({"id": f"n{number}", "text": TEXT}) if number % 9 else "{" for number in range(200)]
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(lines))
    extract(path, tmp_path / "out", form=Form.PARQUET, model=None)
    parts = [Slice(str(path), "in.jsonl", number, of) for number in range(of)]
    batches = [batch for part in parts for batch in read_slice(part, path, Means(model=None))]
    whole = pa.parquet.read_table(tmp_path / "out" / "articles").drop_columns(["shard"])
    assert pa.Table.from_batches(batches, SCHEMA).sort_by("source").to_pylist() == whole.sort_by("source").to_pylist()


def test_a_batch_in_a_batch_out():
    """A table of articles gives a row for each of its rows, an article or the reason why not."""
    table = pa.table({"isi": [TEXT, None, " "], "judul": ["Jembatan", "Kosong", None], "id": ["a", "b", "c"]})
    rows = [row for batch in Rows(model=None)(table.to_batches()) for row in batch.to_pylist()]
    assert [(row["source"], row["title"], row["reason"]) for row in rows] == [
        ("a", "Jembatan", None), ("b", None, "empty"), ("c", None, "empty"),
    ]  # fmt: skip
    assert rows[0]["statements"][0]["speaker"] == "Rini Wulandari"


def test_a_column_that_is_not_there():
    """A column that the caller names and the table does not have is told with those that it has."""
    table = pa.table({"isi": [TEXT]})
    with pytest.raises(InputError, match="no column 'naskah' for the text"):
        list(Rows({"text": "naskah"}, model=None)(table.to_batches()))
