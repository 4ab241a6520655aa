"""How far a run is safely written, and what of its input that covers: kept beside its output until it ends."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from katanya.core.errors import InputError, KatanyaError

JOURNAL, NEW = ".journal", ".new"  # what is added to the names of files on their way


@dataclass(frozen=True, slots=True)
class Journal:
    """What is safely written: by which version, language, model and manner, up to where in the input, and how much.

    ``inputs`` of several are done with, and ``finished`` is a digest of their names and sizes. ``tally`` is that of
    all that was read.
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
    tally: dict[str, Any] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)


def load(path: Path, begin: Journal) -> Journal:
    """Return the journal of a run that was begun, ``begin`` where none was.

    Raises `InputError` where it was another run, or the file is no journal.
    """
    try:
        found = Journal(**json.loads(path.read_bytes()))
    except FileNotFoundError:
        return begin
    except (ValueError, TypeError):
        raise InputError("is not a journal of this program", where=str(path),
                         fix="remove it, or --restart to begin anew") from None
    if (found.version, found.language) != (begin.version, begin.language):
        raise InputError(f"was begun by version {found.version} for language '{found.language}'",
                         where=str(path), fix="finish it with that one, or --restart to begin anew")
    if (found.model, found.manner) != (begin.model, begin.manner):
        raise InputError("was begun by another command or with another model", where=str(path),
                         fix="finish it with that one, or --restart to begin anew")
    return found


def save(path: Path, journal: Journal) -> None:
    """Write a journal so that a kill leaves the old one or the new one; what it tells of must be on the disk."""
    fresh = beside(path, NEW)
    with fresh.open("wb") as page:
        page.write(json.dumps(asdict(journal)).encode())
        page.flush()
        os.fsync(page.fileno())
    fresh.replace(path)


def beside(path: Path, ending: str) -> Path:
    """Return a name with something added."""
    return path.with_name(path.name + ending)


@contextmanager
def disk(path: Path) -> Iterator[None]:
    """Turn an error of the disk into words."""
    try:
        yield
    except OSError as error:
        raise KatanyaError(f"cannot be written: {error.strerror}", where=str(path),
                           fix="mend that and give the same command; it goes on where it stopped") from error


def lock(file: IO[bytes], path: Path) -> None:
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


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to disk."""
    with suppress(OSError):  # not every system lets a folder be opened
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
