"""What a folder of rows comes to, counted over a cluster: the same counts as those of a run on this machine."""

from collections import Counter
from typing import TYPE_CHECKING

from katanya.batch.tally import Tally
from katanya.spark.commits import ARTICLES
from katanya.spark.failures import in_words
from katanya.spark.folders import Folder

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

BLANK = r"(?U)\s+"  # of any script


def tally(spark: "SparkSession", out: str) -> Tally:
    """Return the counts of all that is committed in a folder; raises `KatanyaError` where Spark gives up."""
    from pyspark.sql import functions as f

    with in_words(out):
        if not Folder(spark, out).names(ARTICLES):
            return Tally()
        rows = spark.read.parquet(f"{out.rstrip('/')}/{ARTICLES}")
        words = f.size(f.filter(f.split("text", BLANK), lambda word: word != ""))
        counted = rows.groupBy("reason").agg(f.count("*").alias("rows"), f.sum(words).alias("words")).collect()
        kinds = rows.select(f.explode("statements.kind").alias("kind")).groupBy("kind").count().collect()
    read = next((row for row in counted if row["reason"] is None), None)
    return Tally(
        records=read["rows"] if read else 0,
        words=read["words"] if read else 0,
        kinds=Counter({row["kind"]: row["count"] for row in kinds}),
        reasons=Counter({row["reason"]: row["rows"] for row in counted if row["reason"] is not None}),
    )
