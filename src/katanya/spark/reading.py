"""Articles in a Spark table, or in files that tasks open, to rows with their statements."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from katanya import __version__
from katanya.batch.arrow import SCHEMA, Rows
from katanya.batch.inputs import Given, files
from katanya.batch.reading import model_digest
from katanya.batch.slices import Means, Slice, read_slice, slices
from katanya.core.errors import InputError, MissingExtra
from katanya.core.settings import DEFAULT_MODEL, LANGUAGE
from katanya.spark.paths import brought, is_remote, name_of, size_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType

SHARD = "shard"
SHARDED = SCHEMA.append(pa.field(SHARD, pa.string()))
SLICES = pa.schema([
    ("path", pa.string()), ("name", pa.string()), ("number", pa.int64()), ("of", pa.int64()), ("kind", pa.string()),
    ("found", pa.bool_()), ("size", pa.int64()), ("digest", pa.string()),
])  # fmt: skip


def extract(
    frame: "DataFrame",
    *,
    columns: Mapping[str, str] | None = None,
    language: str = LANGUAGE,
    model: str | Path | None = DEFAULT_MODEL,
) -> "DataFrame":
    """Read a table of articles, a row each, into rows of the form `katanya.batch.arrow.SCHEMA`.

    ``columns`` says which column holds what (``{"text": "isi"}``); those that are not said are known by their names.
    Nothing is shuffled: repartition a table that stands in few parts before. ``model`` is that of `katanya.Reader`.
    """
    read = Rows(columns, language, model)

    def reads(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return read(batches)

    return frame.mapInArrow(reads, spark_schema(SCHEMA))


def extract_paths(
    spark: "SparkSession", paths: Iterable[str], means: Means | None = None, *, kind: str | None = None
) -> "DataFrame":
    """Read files of any kind, an archive a task, each where a worker has it or can bring it from its address.

    The rows are those of `extract` and tell in ``shard`` which slice of which file they are from.
    """
    return read_slices(spark, cut(paths, kind), means or Means())


def cut(paths: Iterable[str], kind: str | None = None) -> list[Slice]:
    """Return the slices of files at addresses, then those of files and folders on this machine."""
    paths = list(paths)
    remote = {path: name_of(path) for path in paths if is_remote(path)}
    parts = [slices(Given(Path(name), name, kind), path, size_of(path)) for path, name in remote.items()]
    here = files((Path(path) for path in paths if path not in remote), kind)
    return [part for found in (*parts, *map(slices, here)) for part in found]


def read_slices(spark: "SparkSession", parts: list[Slice], means: Means) -> "DataFrame":
    """Read some slices, a task each."""
    version, model = __version__, model_digest(means.model)
    rows = spark.sparkContext.parallelize([tuple(asdict(part).values()) for part in parts], max(1, len(parts)))
    frame = spark.createDataFrame(rows, spark_schema(SLICES))

    def reads(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        check_worker(version, model, means)
        for batch in batches:
            for row in batch.to_pylist():
                part = Slice(**row)
                with brought(part.path) as path:
                    for found in read_slice(part, path, means):
                        shard = pa.array([part.shard] * found.num_rows, pa.string())
                        yield pa.RecordBatch.from_arrays([*found.columns, shard], schema=SHARDED)

    return frame.mapInArrow(reads, spark_schema(SHARDED))


def check_worker(version: str, model: str, means: Means) -> None:
    """Raise `InputError` where this worker has another version or model than its driver: a run has one of each."""
    if (version, model) != (__version__, model_digest(means.model)):
        raise InputError("a worker has another version or model than the driver", fix="give both one environment")


def spark_schema(schema: pa.Schema) -> "StructType":
    """Return an Arrow schema as Spark has it; raises `MissingExtra` where pyspark is not installed."""
    try:
        from pyspark.sql.pandas.types import from_arrow_schema
    except ImportError:
        raise MissingExtra("the engine spark needs pyspark", fix="pip install 'katanya[spark]'") from None
    return from_arrow_schema(schema)
