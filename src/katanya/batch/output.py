"""The output of a run: parts that grow, a journal that says how far they hold, and a rename at the end.

A kill at any moment leaves the journal behind the parts or level with them, never before them; what the
parts hold beyond it is cut off when the run goes on, so that no line is lost and none is doubled.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO

from katanya.core.errors import InputError, KatanyaError

PART, JOURNAL, NEW = ".part", ".journal", ".new"  # what is added to the names of files on their way


@dataclass(frozen=True, slots=True)
class Journal:
    """What is safely written: by which version, language, model and manner, up to where in the input, and how much.

    ``inputs`` of several are done with, and ``finished`` is a digest of their names and sizes.
    """

    version: str
    language: str
    model: str = ""
    offset: int = 0
    lines: int = 0
    digest: str = ""
    entry: int = 0
    inputs: int = 0
    finished: str = ""
    manner: str = "--"
    records: int = 0
    rejected: int = 0
    sizes: dict[str, int] = field(default_factory=dict)


class Output:
    """Records and rejects of one run on their way to disk."""

    def __init__(self, target: Path, begin: Journal, *, restart: bool = False) -> None:
        """Open the parts and go on from the journal; raises `InputError` where it is of another run."""
        self.targets = {"records": target, "rejects": rejects_of(target)}
        self.parts = {name: _beside(path, PART) for name, path in self.targets.items()}
        self.path = _beside(target, JOURNAL)
        self._files: dict[str, IO[bytes]] = {}
        with _disk(target):
            self._open(begin, restart)

    def __enter__(self) -> "Output":
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files.values():
            with suppress(OSError):  # a full disk has been reported already
                file.close()

    def write(self, records: bytes, rejects: bytes) -> None:
        """Append to the parts; nothing is promised before the next `checkpoint`."""
        with _disk(self.parts["records"]):
            self._files["records"].write(records)
            self._files["rejects"].write(rejects)

    def checkpoint(self, journal: Journal) -> None:
        """Bring everything written so far to disk, then say so in the journal."""
        with _disk(self.parts["records"]):
            for file in self._files.values():
                file.flush()
                os.fsync(file.fileno())
            self.journal = replace(journal, sizes={name: file.tell() for name, file in self._files.items()})
            beside = _beside(self.path, NEW)
            with beside.open("wb") as page:
                page.write(json.dumps(asdict(self.journal)).encode())
                page.flush()
                os.fsync(page.fileno())
            beside.replace(self.path)

    def finish(self) -> None:
        """Put the parts in their final places.

        The journal goes first: a kill in between costs the next run its time, but leaves no wrong promise.
        """
        with _disk(self.targets["records"]):
            self.path.unlink()
            for name in ("rejects", "records"):
                self.parts[name].replace(self.targets[name])
            _sync_folder(self.path.parent)

    def _open(self, begin: Journal, restart: bool) -> None:
        for name, path in self.parts.items():
            self._files[name] = path.open("ab")
            _lock(self._files[name], path)
        if restart:  # the old journal goes before its parts: it must never speak of those of the new run
            self.path.unlink(missing_ok=True)
        self.journal = self._load() or begin
        theirs = (self.journal.version, self.journal.language)
        if theirs != (begin.version, begin.language):
            raise InputError(f"was begun by version {theirs[0]} for language '{theirs[1]}'",
                             where=str(self.path), fix="finish it with that one, or --restart to begin anew")
        if (self.journal.model, self.journal.manner) != (begin.model, begin.manner):
            raise InputError("was begun by another command or with another model", where=str(self.path),
                             fix="finish it with that one, or --restart to begin anew")
        for name, file in self._files.items():
            size = self.journal.sizes.get(name, 0)
            if file.tell() < size:
                raise InputError(f"{file.tell()} bytes are left of {size}", where=str(self.parts[name]),
                                 fix="--restart begins anew")
            file.truncate(size)
            file.seek(size)

    def _load(self) -> Journal | None:
        try:
            return Journal(**json.loads(self.path.read_bytes()))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError):
            raise InputError("is not a journal of this program", where=str(self.path),
                             fix="remove it, or --restart to begin anew") from None


def rejects_of(target: Path) -> Path:
    """Return where the rejects of a run go: ``OUT.jsonl`` has them in ``OUT.rejects.jsonl``."""
    return target.with_name(target.name.removesuffix(".jsonl") + ".rejects.jsonl")


def files_of(target: Path) -> list[Path]:
    """Return every file that a run writes, at its end or on the way."""
    ends = [target, rejects_of(target)]
    journal = _beside(target, JOURNAL)
    return [*ends, *(_beside(path, PART) for path in ends), journal, _beside(journal, NEW)]


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


@contextmanager
def _disk(path: Path) -> Iterator[None]:
    """Turn an error of the disk into words."""
    try:
        yield
    except OSError as error:
        raise KatanyaError(f"cannot be written: {error.strerror}", where=str(path),
                           fix="mend that and give the same command; it goes on where it stopped") from error


def _lock(file: IO[bytes], path: Path) -> None:
    """Refuse a second run that writes the same files, where the system has such locks."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise InputError("another run is writing it", where=str(path),
                         fix="wait for it, or name another output") from None


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # not every system lets a folder be opened
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
