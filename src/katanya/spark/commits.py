"""A run over a cluster whose commits stay: what is written is not read again, and nothing is there twice.

The output is a folder of Parquet, partitioned by shard, and a shard is one slice of one input. Slices are read in
rounds. A round takes the place of the shards that it holds (dynamic partition overwrite), and is noted when Spark has
committed it: one that is killed before is read again and written over.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Self

from katanya import __version__
from katanya.batch.reading import model_digest
from katanya.batch.shards import VIEWS
from katanya.batch.slices import Means, Slice
from katanya.core.errors import InputError
from katanya.spark.failures import in_words
from katanya.spark.folders import Folder
from katanya.spark.reading import SHARD, read_slices

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROUND = 4  # slices for each task that the cluster runs at once: what a driver that dies costs at most
ARTICLES, NOTES, NOTE = "articles", "commits", ".json"
ANEW = "name a new folder"

Inputs = dict[str, dict[str, Any]]


@dataclass(slots=True)
class Progress:
    """How far a run is: slices that are committed, those of an earlier run among them."""

    slices: int
    done: int = 0
    resumed: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """What a commit tells: by what the rows of some shards were read, and from inputs that were what.

    ``inputs`` holds `Slice.input` by what the names of its shards begin with.
    """

    version: str
    language: str
    model: str
    manner: str
    inputs: Inputs = field(default_factory=dict)
    shards: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, means: Means, parts: Sequence[Slice] = ()) -> Self:
        """Return the note of some slices that were read with some means."""
        inputs = {part.stem: part.input for part in parts}
        shards = [part.shard for part in parts]
        return cls(__version__, means.language, model_digest(means.model), means.chosen.told, inputs, shards)


def extract_to(
    spark: "SparkSession",
    parts: Sequence[Slice],
    out: str,
    means: Means,
    *,
    watch: Callable[[Progress], None] = lambda progress: None,
) -> Progress:
    """Read slices into a folder that Spark can write; what an earlier run has committed there is left as it is.

    A slice that is given twice is read once. ``watch`` is called after each round. Raises `InputError` where the folder
    is of another run or holds rows that no note tells of, `KatanyaError` where Spark gives up.
    """
    with in_words(out):
        folder, parts = Folder(spark, out), list(dict.fromkeys(parts))
        committed = _committed(folder, parts, out, means)
        left = [part for part in parts if part.shard not in committed]
        _clear(folder, left, committed, out)
        progress = Progress(len(parts), len(parts) - len(left), len(parts) - len(left))
        size = ROUND * spark.sparkContext.defaultParallelism
        for start in range(0, len(left), size):
            some = left[start : start + size]
            rows = read_slices(spark, some, means).sortWithinPartitions(SHARD, "dated", "source")
            writer = rows.write.mode("overwrite").option("partitionOverwriteMode", "dynamic")
            writer = writer.option("compression", "zstd").partitionBy(SHARD)
            writer.parquet(f"{out.rstrip('/')}/{ARTICLES}")
            folder.write(f"{NOTES}/{some[0].shard}{NOTE}", json.dumps(asdict(Note.of(means, some))))
            progress.done += len(some)
            watch(progress)
        folder.write(VIEWS.name, VIEWS.read_text())
    return progress


def _committed(folder: Folder, parts: Sequence[Slice], out: str, means: Means) -> set[str]:
    """Return the shards that notes tell of; what a kill has left of a note tells nothing."""
    wanted, inputs, shards = asdict(Note.of(means)), Inputs(), set[str]()
    for name in folder.names(NOTES):
        if name.endswith(NOTE):
            note = _note(folder.read(f"{NOTES}/{name}"), f"{out}/{NOTES}/{name}")
            _compare({**asdict(note), "inputs": {}, "shards": []}, wanted, "a run", out)
            inputs |= note.inputs
            shards |= set(note.shards)
    for part in parts:
        _compare(inputs.get(part.stem, part.input), part.input, part.name, out)
    return shards


def _note(text: str, where: str) -> Note:
    try:
        return Note(**json.loads(text))
    except (ValueError, TypeError):
        raise InputError("is no note of this program", where=where, fix=ANEW) from None


def _compare(held: dict[str, Any], wanted: dict[str, Any], what: str, out: str) -> None:
    """Raise `InputError` where something is not what it was when it was committed."""
    differs = [name for name, value in wanted.items() if held.get(name) != value]
    if differs:
        raise InputError(f"holds {what} with another {', '.join(differs)}", where=out, fix=ANEW)


def _clear(folder: Folder, left: Sequence[Slice], committed: set[str], out: str) -> None:
    """Take away what a kill has left of the slices that are read now: such as have no rows would not write over it.

    Raises `InputError` where there are other rows that no note tells of: with them something would be there twice.
    """
    there = {name for name in folder.names(ARTICLES) if not name.startswith(("_", "."))}
    unnoted = there - {f"{SHARD}={shard}" for shard in committed}
    if strange := unnoted - {f"{SHARD}={part.shard}" for part in left}:
        raise InputError(f"holds rows of another run: {ARTICLES}/{min(strange)}", where=out,
                         fix=f"remove them if a kill has left them, else {ANEW}")
    for name in sorted(unnoted):
        folder.remove(f"{ARTICLES}/{name}")
