"""An input cut into parts that are read apart, by whoever: tasks of an engine that share nothing but a path."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pyarrow as pa

from katanya.batch.arrow import read_task
from katanya.batch.inputs import Given, Input
from katanya.batch.reading import Chosen, Task
from katanya.core.settings import DEFAULT_MODEL, LANGUAGE

SLICE_BYTES = 4 << 20  # of a file that is cut
MOST = 16  # slices of a file: each has to unpack all of it
WHOLE = ".warc", ".warc.gz", ".wacz", ".zip"  # an archive is one task: to unpack it costs more than to start another


@dataclass(frozen=True, slots=True)
class Slice:
    """Every ``of``-th chunk of an input, from that of ``number`` on.

    ``name`` is what its items are told by. How many slices there are follows from the file alone, so that a run
    repeated elsewhere cuts alike.
    """

    path: str
    name: str
    number: int = 0
    of: int = 1
    kind: str | None = None

    @property
    def shard(self) -> str:
        """The name of what it becomes: no other slice has it."""
        return f"{self.stem}-{self.number:02}-{self.of:02}"

    @property
    def stem(self) -> str:
        """What the names of all shards of its input begin with."""
        return f"{self.name.replace('/', '_')}-{sha256(self.path.encode()).hexdigest()[:8]}"


@dataclass(frozen=True, slots=True)
class Means:
    """What slices are read with; the fields are those of `Chosen` and `Reader`."""

    chosen: Chosen = field(default_factory=Chosen)
    language: str = LANGUAGE
    model: str | Path | None = DEFAULT_MODEL


def slices(given: Given, path: str | None = None, size: int | None = None) -> list[Slice]:
    """Cut an input; ``path`` and ``size`` in bytes are those of the file where it is not on this machine."""
    size = given.path.stat().st_size if size is None else size
    of = 1 if given.name.lower().endswith(WHOLE) else min(max(1, -(-size // SLICE_BYTES)), MOST)
    return [Slice(path or str(given.path.resolve()), given.name, number, of, given.kind) for number in range(of)]


def read_slice(part: Slice, path: Path, means: Means) -> Iterator[pa.RecordBatch]:
    """Read a slice from where its input lies; raises `InputError` where that cannot be opened."""
    with Input(Given(path, part.name, part.kind, said=means.chosen.said)) as opened:
        manner = means.chosen.manner(means.language, opened)
        for number, chunk in enumerate(opened.chunks()):
            if number % part.of == part.number:
                yield read_task(Task(chunk, part.name, opened.kind.name, manner, means.model))
