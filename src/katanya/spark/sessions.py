"""A Spark session as a run needs it."""

import os
import sys
from typing import TYPE_CHECKING

from katanya.core.errors import MissingExtra
from katanya.spark.failures import in_words

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

BATCH = 256  # rows that Spark hands to Python at once: articles are long
THREADS = "OMP_NUM_THREADS"  # of numpy in a worker: Spark allows it all cores, of which each task has one
FAILURES = 4  # of a task before a run ends, on one machine too


def session(master: str | None = None) -> "SparkSession":
    """Return the session of a master, or the one that ``spark-submit`` or the environment sets up.

    Workers use the Python that this is, unless ``PYSPARK_PYTHON`` names another. Raises `MissingExtra` where pyspark
    is not installed, `KatanyaError` where Spark does not start.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise MissingExtra("the engine spark needs pyspark", fix="pip install 'katanya[spark]'") from None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("katanya").config("spark.sql.execution.arrow.maxRecordsPerBatch", BATCH)
    builder = builder.config(f"spark.executorEnv.{THREADS}", "1")
    if master:
        builder = builder.master(_patient(master)).config("spark.ui.enabled", not master.startswith("local"))
    with in_words(master or "the master", "it needs Java 17 or later, and a master that answers"):
        found = builder.getOrCreate()
    found.sparkContext.setLogLevel("ERROR")
    return found


def _patient(master: str) -> str:
    """Return a master on one machine that tries a task again, as a cluster does."""
    if master == "local":
        return f"local[1,{FAILURES}]"
    if master.startswith("local[") and "," not in master:
        return f"{master[:-1]},{FAILURES}]"
    return master
