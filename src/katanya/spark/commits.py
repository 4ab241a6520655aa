"""A run over a cluster whose commits stay: what is written is not read again, and nothing is there twice.

The output is a folder of Parquet, partitioned by shard, and a shard is one slice of one input. Slices are read in
rounds. A round takes the place of the shards that it holds (dynamic partition overwrite), and is noted when Spark has
committed it: one that is killed before is read again and written over.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from katanya import __version__
from katanya.batch.reading import model_digest
from katanya.batch.slices import Means, Slice
from katanya.core.errors import InputError
from katanya.spark.folders import NEW, Folder
from katanya.spark.reading import SHARD, read_slices

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROUND = 4  # slices for each task that the cluster runs at once: what a driver that dies costs at most
ARTICLES, NOTES = "articles", "commits"


@dataclass(slots=True)
class Progress:
    """How far a run is: slices that are committed, those of an earlier run among them."""

    slices: int
    done: int = 0
    resumed: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """What a run is known by; one that goes on must be the same."""

    version: str
    language: str
    model: str
    manner: str
    shards: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, means: Means, shards: list[str]) -> "Run":
        """Return what a run with some means is known by."""
        return cls(__version__, means.language, model_digest(means.model), means.chosen.told, shards)


def extract_to(
    spark: "SparkSession",
    parts: Sequence[Slice],
    out: str,
    means: Means,
    *,
    watch: Callable[[Progress], None] = lambda progress: None,
) -> Progress:
    """Read slices into a folder that Spark can write; what an earlier run has committed there is left as it is.

    ``watch`` is called after each round. Raises `InputError` where the folder is of another run.
    """
    folder = Folder(spark, out)
    committed = set[str]()
    for name in folder.names(NOTES):
        if name.endswith(NEW):
            continue  # a kill left it: what it was to tell is read again
        committed |= _checked(json.loads(folder.read(f"{NOTES}/{name}")), means, out)
    _check_cut(parts, committed, out)
    left = [part for part in parts if part.shard not in committed]
    progress = Progress(len(parts), len(parts) - len(left), len(parts) - len(left))
    size = ROUND * spark.sparkContext.defaultParallelism
    for start in range(0, len(left), size):
        some = left[start : start + size]
        rows = read_slices(spark, some, means).sortWithinPartitions(SHARD, "dated", "source")
        writer = rows.write.mode("overwrite").option("partitionOverwriteMode", "dynamic").option("compression", "zstd")
        writer.partitionBy(SHARD).parquet(f"{out.rstrip('/')}/{ARTICLES}")
        note = Run.of(means, [part.shard for part in some])
        folder.write(f"{NOTES}/{some[0].shard}.json", json.dumps(_plain(note)))
        progress.done += len(some)
        watch(progress)
    return progress


def _checked(note: dict[str, Any], means: Means, out: str) -> set[str]:
    wanted = _plain(Run.of(means, []))
    differs = [name for name in wanted if name != "shards" and note.get(name) != wanted[name]]
    if differs:
        raise InputError(f"holds a run with another {', '.join(differs)}", where=out, fix="name a new folder")
    return set(note["shards"])


def _check_cut(parts: Sequence[Slice], committed: set[str], out: str) -> None:
    """Raise `InputError` where an input is cut otherwise than when it was committed: it has another size now."""
    slices = {stem: int(of) for stem, _, of in (shard.rsplit("-", 2) for shard in committed)}
    for part in parts:
        if slices.get(part.stem, part.of) != part.of:
            raise InputError(f"holds another {part.name}, of another size", where=out, fix="name a new folder")


def _plain(run: Run) -> dict[str, Any]:
    return {name: getattr(run, name) for name in Run.__dataclass_fields__}
