"""Inputs cut into slices that are read apart."""

import gzip
import json
from pathlib import Path

import pyarrow as pa
import pytest

from katanya.batch.arrow import SCHEMA, Rows
from katanya.batch.extract import Form, extract
from katanya.batch.inputs import Given, files
from katanya.batch.inputs.base import CHUNK_BYTES
from katanya.batch.inputs.known import BLOCK, BLOCKS, known_by
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


NAMES = "news.jsonl", "a: b/#?%41=\\é\n.jsonl", "panjang/" * 40 + "news.jsonl", "\udcff.jsonl"


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_no_two_slices_have_one_shard(name):
    """Slices of files with one name in two folders do not share a shard; its name is one that any file system takes."""
    shards = [Slice(f"/{folder}/{name}", name, number, 2).shard for folder in "ab" for number in (0, 1)]
    assert len(set(shards)) == 4
    assert all(shard.isascii() and len(shard) < 120 and not set(shard) & set("/:%=?#\\ \n") for shard in shards)


def test_names_that_look_alike_have_shards_of_their_own():
    """Names that differ only in what a shard's name cannot show are two inputs all the same."""
    assert Slice("/a/x", "x y.jsonl").shard != Slice("/a/x", "x:y.jsonl").shard


ROWS = [json.dumps({"id": f"n{number}", "text": TEXT}).encode() if number % 9 else b"{" for number in range(200)]
LONG = json.dumps({"id": "long", "text": TEXT, "page": "x" * (CHUNK_BYTES + 1)}).encode()
CONTENTS = {
    "lines": b"\n".join(ROWS),
    "lines of Windows behind a mark": b"\xef\xbb\xbf" + b"\r\n".join(ROWS) + b"\r\n",
    "blank lines": b"\n\n  \n".join(ROWS),
    "a long line among short ones": b"\n".join([*ROWS[:40], LONG, *ROWS[40:80], LONG]),
    "packed": gzip.compress(b"\n".join(ROWS)),
    "packed in parts": b"".join(gzip.compress(row + b"\n") for row in ROWS),
    "packed and broken off": gzip.compress(b"\n".join(ROWS))[:-30],
    "blank": b"\n\n\n",
    "nothing": b"",
}


@pytest.mark.parametrize("of", [1, 2, 7])
@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_slices_make_up_the_whole(tmp_path, content, of):
    """All slices of a file together hold each of its items once, in the rows of an undivided run."""
    path = tmp_path / "in.jsonl"
    path.write_bytes(content)
    extract(path, tmp_path / "out", form=Form.PARQUET, model=None)
    assert read([Slice(str(path), "in.jsonl", number, of) for number in range(of)]) == written(tmp_path / "out")


def test_files_of_a_folder_are_read_as_by_an_undivided_run(tmp_path):
    """What lies in a folder nobody has chosen: slices set other languages aside, too, and name files alike."""
    folder = tmp_path / "masuk"
    (folder / "besok").mkdir(parents=True)
    (folder / "besok" / "satu & dua = 3%.txt").write_text(TEXT)
    (folder / "other.txt").write_text("The mayor said on Tuesday that the bridge over the river would be closed. " * 8)
    extract(folder, tmp_path / "out", form=Form.PARQUET, model=None)
    rows = read([part for given in files([folder]) for part in slices(given)])
    assert rows == written(tmp_path / "out")
    assert [row["reason"] for row in rows] == [None, "other language"]


def read(parts):
    """Return the rows of slices, in the order of their places."""
    batches = [batch for part in parts for batch in read_slice(part, Path(part.path), Means(model=None))]
    return pa.Table.from_batches(batches, SCHEMA).sort_by("source").to_pylist()


def written(out):
    """Return the rows of a run, in the order of their places."""
    return pa.parquet.read_table(out / "articles", schema=SCHEMA).sort_by("source").to_pylist()


LARGE = bytes(range(256)) * (3 * BLOCKS * BLOCK // 256)
CHANGES = {
    "a small file, in the middle": (LARGE[:9000], 4500),
    "a large file, in its first byte": (LARGE, 0),
    "a large file, in its last byte": (LARGE, len(LARGE) - 1),
    "a large file, in a block": (LARGE, (len(LARGE) - BLOCK) * 7 // (BLOCKS - 1) + 5),
}


@pytest.mark.parametrize(("content", "at"), CHANGES.values(), ids=CHANGES)
def test_a_file_of_other_content_is_told(tmp_path, content, at):
    """A file is known by its size and by what stands in it; a copy is the same."""
    (tmp_path / "one").write_bytes(content)
    (tmp_path / "copy").write_bytes(content)
    (tmp_path / "other").write_bytes(content[:at] + b"x" + content[at + 1 :])
    assert known_by(tmp_path / "one") == known_by(tmp_path / "copy")
    assert known_by(tmp_path / "one") != known_by(tmp_path / "other")


@pytest.mark.parametrize("when", ["before it is read", "while it is read"])
def test_a_file_that_changes_after_it_was_cut_is_not_read(tmp_path, when):
    """Slices of a file that grows or is replaced would not make up a whole: reading one fails."""
    path = tmp_path / "in.jsonl"
    path.write_bytes(CONTENTS["lines"])
    (part,) = slices(Given(path, "in.jsonl"))
    batches = read_slice(part, path, Means(model=None))
    if when == "while it is read":
        next(batches)
    with path.open("ab") as file:
        file.write(b"\n" + ROWS[1])
    with pytest.raises(InputError, match="is not what it was when the run began"):
        list(batches)


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    """A file that is gone before it is cut is an input that cannot be read."""
    with pytest.raises(InputError, match="gone: cannot be read: No such file"):
        known_by(tmp_path / "gone")


def test_a_batch_in_a_batch_out():
    """A table of articles gives a row for each of its rows, an article or the reason why not."""
    table = pa.table({"isi": [TEXT, None, " "], "judul": ["Jembatan", "Kosong", None], "id": ["a", "b", "c"]})
    rows = [row for batch in Rows(model=None)(table.to_batches()) for row in batch.to_pylist()]
    assert [(row["source"], row["title"], row["reason"]) for row in rows] == [
        ("a", "Jembatan", None), ("b", None, "empty"), ("c", None, "empty"),
    ]  # fmt: skip
    assert rows[0]["statements"][0]["speaker"] == "Rini Wulandari"


def test_rows_without_a_name_are_told_apart():
    """A row without id and address is told by what it holds, whatever stands before it and however it is batched."""
    table = pa.table({"isi": [TEXT, "Air naik.", TEXT], "judul": ["Satu", "Dua", "Tiga"], "id": ["", None, None]})
    (whole,) = (batch["source"].to_pylist() for batch in Rows(model=None)(table.to_batches()))
    cut = Rows(model=None)(table[1:].to_batches(max_chunksize=1))
    assert len(set(whole)) == 3
    assert [place for batch in cut for place in batch["source"].to_pylist()] == whole[1:]


def test_a_column_that_is_not_there():
    """A column that the caller names and the table does not have is told with those that it has."""
    table = pa.table({"isi": [TEXT]})
    with pytest.raises(InputError, match="no column 'naskah' for the text"):
        list(Rows({"text": "naskah"}, model=None)(table.to_batches()))
