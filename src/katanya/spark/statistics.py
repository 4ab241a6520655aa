"""Who is quoted how much, counted over a cluster: as `katanya stats` counts it."""

from typing import TYPE_CHECKING

import pyarrow as pa

from katanya.exports.arrow import NUMBER
from katanya.ledger.statistics import By, Share
from katanya.spark.reading import spark_schema

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

INTERVAL = pa.schema([("share", NUMBER), ("low", NUMBER), ("high", NUMBER)])


def shares(articles: "DataFrame", by: By | str = By.ROLE) -> "DataFrame":
    """Return the shares of statements by a field, the largest first, with bounds that hold with 95 %.

    ``articles`` are rows of `katanya.spark.extract`. Columns are ``value`` (null where the articles do not say it),
    ``statements``, ``articles``, ``share``, ``low`` and ``high``; spellings that differ in case are one value.
    """
    from pyspark.sql import functions as f

    said = articles.where("reason IS NULL").select(
        "source", "outlet", "people", f.explode("statements").alias("statement")
    )
    counted = said.select("source", _value(By(by)).alias("value")).groupBy(f.lower("value")).agg(
        f.min("value").alias("value"),
        f.count("*").alias("statements"),
        f.countDistinct("source").alias("articles"),
    )
    total = counted.agg(f.sum("statements").alias("of"))
    interval = f.udf(_interval, spark_schema(INTERVAL))("statements", "articles", "of")
    found = counted.crossJoin(f.broadcast(total)).withColumn("bounds", interval)
    return found.select("value", "statements", "articles", "bounds.*").orderBy(f.desc("statements"), f.asc("value"))


def _value(by: By) -> "Column":
    from pyspark.sql import functions as f

    if by in (By.ROLE, By.AFFILIATION):
        return f.expr(f"get(filter(people, one -> one.name = statement.speaker), 0).{by.value}")
    if by is By.OUTLET:
        return f.col("outlet")
    return f.col(f"statement.{by.value.replace('-', '_')}")


def _interval(statements: int, articles: int, of: int) -> tuple[float, float, float]:
    share = Share(None, statements, of, articles)
    return share.share, share.low, share.high
