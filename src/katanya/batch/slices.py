"""An input cut into parts that are read apart, by whoever: tasks of an engine that share nothing but a path."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa

from katanya.batch.arrow import read_task
from katanya.batch.inputs import Given, Input, known_by
from katanya.batch.reading import Chosen, Task
from katanya.core.errors import InputError
from katanya.core.settings import DEFAULT_MODEL, LANGUAGE

SLICE_BYTES = 4 << 20  # of a file that is cut
MOST = 16  # slices of a file: each has to unpack all of it
WHOLE = ".warc", ".warc.gz", ".wacz", ".zip"  # an archive is one task: to unpack it costs more than to start another
SHOWN = 80  # characters of a name that a shard's keeps: file systems take 255 bytes, some no colon or space


@dataclass(frozen=True, slots=True)
class Slice:
    """Every ``of``-th chunk of an input, from that of ``number`` on.

    ``name`` is what its items are told by, ``found`` is that of `Given`. How many slices there are follows from the
    file alone, so that a run repeated elsewhere cuts alike. ``size`` in bytes (0 is unknown) and ``digest`` (empty
    where only a worker has the file) tell whether the file is still the one that was cut.
    """

    path: str
    name: str
    number: int = 0
    of: int = 1
    kind: str | None = None
    found: bool = False
    size: int = 0
    digest: str = ""

    @property
    def shard(self) -> str:
        """The name of what it becomes: no other slice has it."""
        return f"{self.stem}-{self.number:02}-{self.of:02}"

    @property
    def stem(self) -> str:
        """What the names of all shards of its input begin with; a hash tells apart those that look alike."""
        shown = re.sub(r"[^\w.-]", "_", self.name, flags=re.ASCII)[-SHOWN:]
        whole = sha256("\n".join((self.path, self.name)).encode(errors="surrogateescape"))
        return f"{shown}-{whole.hexdigest()[:16]}"

    @property
    def input(self) -> dict[str, Any]:
        """What its input is known by, and how it is read; the same for all slices of it."""
        return {name: getattr(self, name) for name in ("name", "size", "digest", "of", "kind", "found")}


@dataclass(frozen=True, slots=True)
class Means:
    """What slices are read with; the fields are those of `Chosen` and `Reader`."""

    chosen: Chosen = field(default_factory=Chosen)
    language: str = LANGUAGE
    model: str | Path | None = DEFAULT_MODEL


def slices(given: Given, path: str | None = None, size: int | None = None) -> list[Slice]:
    """Cut an input; ``path`` and ``size`` in bytes are those of the file where it is not on this machine.

    Raises `InputError` where it cannot be read.
    """
    size, digest = known_by(given.path) if size is None else (size, "")
    whole = given.name.lower().endswith(WHOLE) or f".{given.kind}" in WHOLE
    of = 1 if whole else min(max(1, -(-size // SLICE_BYTES)), MOST)
    path = path or str(given.path.resolve())
    return [Slice(path, given.name, number, of, given.kind, given.found, size, digest) for number in range(of)]


def read_slice(part: Slice, path: Path, means: Means) -> Iterator[pa.RecordBatch]:
    """Read a slice from where its input lies.

    Raises `InputError` where that cannot be opened, or is not what was cut: slices of two files, or of one that is
    still growing, would not make up a whole.
    """
    with Input(Given(path, part.name, part.kind, part.found, means.chosen.said)) as opened:
        _check(part, path)
        manner = means.chosen.manner(means.language, opened)
        for number, chunk in enumerate(opened.chunks()):
            if number % part.of == part.number:
                yield read_task(Task(chunk, part.name, opened.kind.name, manner, means.model))
        _check(part, path)


def _check(part: Slice, path: Path) -> None:
    size, digest = known_by(path)
    if (part.size and size != part.size) or (part.digest and digest != part.digest):
        raise InputError("is not what it was when the run began", where=part.path,
                         fix="let it be as long as it is read, and give every worker the same")
