"""The output of a run as Parquet: a folder of shards, each whole or not there.

A shard holds so many rows in a row of the input, sorted by date; its file takes its name when it is on the disk, and
then the journal tells of it. A kill costs what was read since, never a row. Where the shards are cut follows from the
input alone, so that a run gives the same files whatever was killed and however many workers read.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from katanya.batch.arrow import SCHEMA
from katanya.batch.journal import NEW, Journal, beside, disk, load, lock, save, sync_folder
from katanya.core.errors import InputError

ROWS = 4096  # of a shard, and a few more: a chunk is not cut
GROUP = 1024  # rows that a reader of the file takes at once
ARTICLES, NOTE, LOCK = "articles", "journal", "lock"
VIEWS = Path(__file__).with_name("views.sql")
SORTED = [("dated", "ascending"), ("source", "ascending")]


class Shards:
    """Rows of one run on their way to a folder; the shards are those of ``articles/shard=000000/rows.parquet``."""

    def __init__(self, folder: Path, begin: Journal, *, restart: bool = False) -> None:
        """Open the folder and go on from its journal; raises `InputError` where it is of another run or holds else."""
        self.folder, self.path = folder, folder / NOTE
        self._pending: list[pa.RecordBatch] = []
        self._rows = 0
        self.journal = begin
        with disk(folder):
            self._open(restart)
        self._latest = self.journal

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.close()

    @property
    def shards(self) -> int:
        """How many shards are written."""
        return self.journal.sizes.get("shards", 0)

    def take(self, payload: list[pa.RecordBatch], journal: Journal) -> None:
        """Take rows; they are written with the shard that they fill."""
        self._pending += payload
        self._rows += sum(batch.num_rows for batch in payload)
        self.note(journal)
        if self._rows >= ROWS:
            self._write()

    def note(self, journal: Journal) -> None:
        """Note how far the run is; it is told with the next shard."""
        self._latest = journal

    def finish(self) -> None:
        """Write the rows that are left, and say how the folder is asked."""
        if self._rows or not self.shards:
            self._write()
        with disk(self.folder):
            (self.folder / VIEWS.name).write_bytes(VIEWS.read_bytes())
            self.path.unlink()
            (self.folder / LOCK).unlink(missing_ok=True)
            sync_folder(self.folder)

    def ids(self) -> Iterator[str]:
        """Yield the ids of all articles that are written."""
        for number in range(self.shards):
            for id in pq.read_table(self._file(number), columns=["id"])["id"].to_pylist():
                if id is not None:
                    yield id

    def _write(self) -> None:
        """Write a shard, then say so in the journal."""
        rows = pa.Table.from_batches(self._pending, SCHEMA)
        rows = rows.take(pc.sort_indices(rows, SORTED))
        self._pending, self._rows = [], 0
        target = self._file(self.shards)
        with disk(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = beside(target, NEW)
            pq.write_table(rows, fresh, compression="zstd", row_group_size=GROUP)
            _sync(fresh)
            fresh.replace(target)
            sync_folder(target.parent)
            self.journal = replace(self._latest, sizes={"shards": self.shards + 1})
            save(self.path, self.journal)

    def _file(self, number: int) -> Path:
        return self.folder / ARTICLES / f"shard={number:06}" / "rows.parquet"

    def _open(self, restart: bool) -> None:
        self.folder.mkdir(exist_ok=True)
        strange = {path.name for path in self.folder.iterdir()} - {ARTICLES, NOTE, NOTE + NEW, LOCK, VIEWS.name}
        if strange or not self.folder.is_dir():
            raise InputError(f"holds something else: {sorted(strange)[0]}", where=str(self.folder),
                             fix="name a new folder")
        self._lock: IO[bytes] = (self.folder / LOCK).open("ab")
        lock(self._lock, self.folder)
        done = (self.folder / ARTICLES).exists() and not self.path.exists()
        if done and not restart:
            raise InputError("a run has ended here", where=str(self.folder),
                             fix="name a new folder, or --restart to begin anew")
        if restart:
            self.path.unlink(missing_ok=True)
            self._clear(0)
        self.journal = load(self.path, self.journal)
        if lost := [number for number in range(self.shards) if not self._file(number).exists()]:
            raise InputError("is gone", where=str(self._file(lost[0])), fix="--restart begins anew")
        self._clear(self.shards)
        if not self.path.exists():
            save(self.path, self.journal)

    def _clear(self, first: int) -> None:
        """Take away what a kill left behind, from a shard on."""
        for folder in sorted((self.folder / ARTICLES).glob("shard=*")):
            number = folder.name.partition("=")[2]
            if not number.isdecimal():
                raise InputError("is of another run", where=str(folder), fix="name a new folder")
            for path in folder.iterdir():
                if path.name.endswith(NEW) or int(number) >= first:
                    path.unlink()
            with suppress(OSError):  # it holds its rows
                folder.rmdir()


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
