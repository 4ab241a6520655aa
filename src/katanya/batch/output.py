"""The output of a run as lines: parts that grow, a journal that says how far they hold, and a rename at the end.

A kill at any moment leaves the journal behind the parts or level with them, never before them; what the
parts hold beyond it is cut off when the run goes on, so that no line is lost and none is doubled.
"""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any, Generic, Protocol, Self, TypeVar

import msgspec

from katanya.batch.inputs import Place
from katanya.batch.journal import JOURNAL, NEW, Journal, beside, disk, load, lock, save, sync_folder
from katanya.batch.tally import Tally
from katanya.core.errors import InputError

PART = ".part"
CHECKPOINT_SECONDS = 1.0

Payload = TypeVar("Payload")
Taken = TypeVar("Taken", contravariant=True)


@dataclass(slots=True)
class Done(Generic[Payload]):
    """What a worker gives back of a chunk: where it ends, what is to be written, and what it comes to.

    ``empty`` is one of a chunk without items, with which an input ends.
    """

    end: Place
    payload: Payload
    tally: Tally = field(default_factory=Tally)
    ids: list[str] = field(default_factory=list)
    empty: bool = False


def joined(parts: Sequence[Done[Any]]) -> Done[Any]:
    """Return what the parts of a chunk come to together, in their order."""
    whole = Done(parts[-1].end, parts[0].payload)
    for part in parts[1:]:
        whole.payload += part.payload
    for part in parts:
        whole.tally.join(part.tally)
        whole.ids += part.ids
    return whole


class Output(Protocol[Taken]):
    """Where a run writes to; use it as a context."""

    journal: Journal
    path: Path

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def take(self, payload: Taken, journal: Journal) -> None:
        """Write what was read, ``journal`` telling how far that is; it is safe once `journal` tells of it."""

    def note(self, journal: Journal) -> None:
        """Note how far the run is without anything to be written."""

    def finish(self) -> None:
        """Put everything in its final place."""

    def ids(self) -> Iterator[str]:
        """Yield the ids of all that is written."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Records and rejects, as lines."""

    records: bytes
    rejects: bytes

    def __add__(self, other: "Pair") -> "Pair":
        return Pair(self.records + other.records, self.rejects + other.rejects)


class Lines:
    """Records and rejects of one run on their way to disk, a line each."""

    def __init__(self, target: Path, begin: Journal, *, restart: bool = False) -> None:
        """Open the parts and go on from the journal; raises `InputError` where it is of another run."""
        self.targets = {"records": target, "rejects": rejects_of(target)}
        self.parts = {name: beside(path, PART) for name, path in self.targets.items()}
        self.path = beside(target, JOURNAL)
        self._files: dict[str, IO[bytes]] = {}
        self._due = time.monotonic() + CHECKPOINT_SECONDS
        self.journal = begin
        with disk(target):
            self._open(restart)
        self._latest = self.journal

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files.values():
            with suppress(OSError):  # a full disk has been reported already
                file.close()

    def take(self, payload: Pair, journal: Journal) -> None:
        """Append to the parts, and bring them to disk every second."""
        with disk(self.parts["records"]):
            self._files["records"].write(payload.records)
            self._files["rejects"].write(payload.rejects)
        self.note(journal)

    def note(self, journal: Journal) -> None:
        """Note how far the run is, every second on the disk."""
        self._latest = journal
        if time.monotonic() >= self._due:
            self._checkpoint()
            self._due = time.monotonic() + CHECKPOINT_SECONDS

    def finish(self) -> None:
        """Put the parts in their final places.

        The journal goes first: a kill in between costs the next run its time, but leaves no wrong promise.
        """
        self._checkpoint()
        with disk(self.targets["records"]):
            self.path.unlink()
            for name in ("rejects", "records"):
                self.parts[name].replace(self.targets[name])
            sync_folder(self.path.parent)

    def ids(self) -> Iterator[str]:
        """Yield the ids of all records that are written."""
        with self.parts["records"].open("rb") as lines:
            for line in lines:
                yield _head(line).id

    def _checkpoint(self) -> None:
        """Bring everything written so far to disk, then say so in the journal."""
        with disk(self.parts["records"]):
            for file in self._files.values():
                file.flush()
                os.fsync(file.fileno())
            self.journal = replace(self._latest, sizes={name: file.tell() for name, file in self._files.items()})
            save(self.path, self.journal)

    def _open(self, restart: bool) -> None:
        for name, path in self.parts.items():
            self._files[name] = path.open("ab")
            lock(self._files[name], path)
        if restart:  # the old journal goes before its parts: it must never speak of those of the new run
            self.path.unlink(missing_ok=True)
        self.journal = load(self.path, self.journal)
        for name, file in self._files.items():
            size = self.journal.sizes.get(name, 0)
            if file.tell() < size:
                raise InputError(f"{file.tell()} bytes are left of {size}", where=str(self.parts[name]),
                                 fix="--restart begins anew")
            file.truncate(size)
            file.seek(size)


class _Head(msgspec.Struct):
    id: str


_head: Any = msgspec.json.Decoder(_Head).decode


def rejects_of(target: Path) -> Path:
    """Return where the rejects of a run go: ``OUT.jsonl`` has them in ``OUT.rejects.jsonl``."""
    return target.with_name(target.name.removesuffix(".jsonl") + ".rejects.jsonl")


def files_of(target: Path) -> list[Path]:
    """Return every file that a run writes, at its end or on the way."""
    ends = [target, rejects_of(target)]
    journal = beside(target, JOURNAL)
    return [*ends, *(beside(path, PART) for path in ends), journal, beside(journal, NEW)]
