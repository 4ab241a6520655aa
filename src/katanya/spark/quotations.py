"""The same quotation in several articles, found over a cluster as `katanya relate` finds it on one machine.

Statements become versions; versions that share a key meet (``ledger.quotations.keys``); pairs are weighed (``alike``);
what good pairs hold together is one component, found by letting the smallest number run along them until none changes;
each component is clustered by itself (``linkage``). Whose words they are is told by names alone: people across
articles are the ledger's.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from katanya.exports.arrow import NUMBER, TEXT
from katanya.ledger.linkage import linkage
from katanya.ledger.quotations.alike import likeness
from katanya.ledger.quotations.clusters import MISSING, UNLIKE
from katanya.ledger.quotations.find import neighbours
from katanya.ledger.quotations.keys import keys, most, number_of
from katanya.ledger.quotations.stored import NAMED
from katanya.ledger.quotations.versions import Version
from katanya.spark.reading import spark_schema

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

ID, BOOL = pa.int64(), pa.bool_()
FIELDS = [
    ("article", TEXT), ("statement", TEXT), ("text", TEXT), ("direct", BOOL), ("speaker", TEXT), ("named", BOOL),
    ("date", TEXT), ("outlet", TEXT),
]  # fmt: skip
VERSIONS = pa.schema([("id", ID), *FIELDS])
KEYS = pa.schema([("sort", pa.int16()), ("key", ID), ("order", TEXT), ("id", ID), ("article", TEXT)])
PAIRS = pa.schema([("one", ID), ("other", ID)])
EDGES = pa.schema([("one", ID), ("other", ID), ("score", NUMBER), ("one_key", TEXT), ("other_key", TEXT)])
MEMBERS = pa.schema([("quotation", ID), ("id", ID)])

Rows = Iterator[dict[str, Any]]


def quotations(articles: "DataFrame") -> "DataFrame":
    """Return the versions of all quotations that stand in more than one article.

    ``articles`` are rows of `katanya.spark.extract`, each article once. Columns are ``quotation``, a number that its
    versions share, ``number``, 0 for the earliest, and what the version is: ``article`` (its ``source``),
    ``statement``, ``text``, ``direct``, ``speaker``, ``date``, ``outlet``.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    said = _mapped(articles.where("reason IS NULL").select("source", "dated", "outlet", "statements"), VERSIONS, _said)
    versions = said.cache()
    pairs = _mapped(_groups(_mapped(versions, KEYS, _keys)), PAIRS, _pairs).distinct()
    edges = _mapped(_sides(pairs, versions), EDGES, _edges).cache()
    members = _mapped(_components(edges), MEMBERS, _clustered)
    order = Window.partitionBy("quotation").orderBy(f.coalesce("date", f.lit("9999")), "article", "statement")
    found = members.join(versions, "id").withColumn("number", f.row_number().over(order) - 1)
    return found.select("quotation", "number", *(name for name, _ in FIELDS if name != "named"))


def _mapped(frame: "DataFrame", schema: pa.Schema, function: Callable[[Rows], Rows]) -> "DataFrame":
    """Return what a function makes of rows."""

    def batches(found: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in found:
            yield pa.RecordBatch.from_pylist(list(function(iter(batch.to_pylist()))), schema)

    return frame.mapInArrow(batches, spark_schema(schema))


def _said(rows: Rows) -> Rows:
    """Yield the versions of articles that are long enough to be compared."""
    for row in rows:
        for said in row["statements"]:
            text = " ".join(span["text"] for span in said["contents"])
            version = Version(
                row["source"], said["id"], text, said["kind"] != "indirect", said["speaker"],
                said["speaker_kind"] in NAMED, None, row["dated"], row["outlet"],
            )  # fmt: skip
            if said["within"] is None and version.is_long_enough:
                yield {"id": number_of("\n".join(version.key))} | {name: getattr(version, name) for name, _ in FIELDS}


def _keys(rows: Rows) -> Rows:
    for row in rows:
        version = _version(row)
        for sort, key in keys(version):
            yield {"sort": sort, "key": key, "order": "\n".join(version.order), "id": row["id"],
                   "article": version.article}


def _groups(found: "DataFrame") -> "DataFrame":
    """Return those that share a key, of keys that tell enough."""
    from pyspark.sql import functions as f

    groups = found.groupBy("sort", "key").agg(f.collect_list(f.struct("order", "id", "article")).alias("group"))
    return groups.where("size(group) > 1")


def _pairs(rows: Rows) -> Rows:
    for row in rows:
        group, limit = sorted(row["group"], key=lambda one: one["order"]), most(row["sort"])
        if limit is None or len(group) <= limit:
            for at, other in neighbours(len(group)):
                if group[at]["article"] != group[other]["article"]:
                    low, high = sorted((group[at]["id"], group[other]["id"]))
                    yield {"one": low, "other": high}


def _sides(pairs: "DataFrame", versions: "DataFrame") -> "DataFrame":
    """Return pairs with both versions."""
    from pyspark.sql import functions as f

    def side(name: str) -> "DataFrame":
        return versions.select(f.col("id").alias(name), f.struct("*").alias(f"{name}_version"))

    return pairs.join(side("one"), "one").join(side("other"), "other")


def _edges(rows: Rows) -> Rows:
    for row in rows:
        one, other = _version(row["one_version"]), _version(row["other_version"])
        score = likeness(*sorted((one, other), key=lambda version: version.key))
        if score > -1:
            yield {"one": row["one"], "other": row["other"], "score": max(score, UNLIKE),
                   "one_key": "\n".join(one.key), "other_key": "\n".join(other.key)}


def _components(edges: "DataFrame") -> "DataFrame":
    """Return the edges of each component: a number that its members share, and the edges as a list."""
    from pyspark.sql import functions as f

    good = edges.where("score > 0")
    links = good.select("one", "other").union(good.select("other", "one")).cache()
    labels = links.select(f.col("one").alias("id")).distinct().withColumn("label", f.col("id"))
    while True:
        heard = links.join(labels, links.other == labels.id).groupBy("one").agg(f.min("label").alias("heard"))
        nearer = labels.join(heard, labels.id == heard.one).select(
            "id", f.least("label", "heard").alias("label"), (f.col("heard") < f.col("label")).alias("changed")
        )
        nearer = nearer.localCheckpoint()  # else every round would begin at the first
        if not nearer.where("changed").limit(1).count():
            break
        labels = nearer.select("id", "label")
    one = nearer.select(f.col("id").alias("one"), "label")
    other = nearer.select(f.col("id").alias("other"), f.col("label").alias("same"))
    inside = edges.join(one, "one").join(other, "other").where("label = same")
    return inside.groupBy("label").agg(f.collect_list(f.struct(*EDGES.names)).alias("edges"))


def _clustered(rows: Rows) -> Rows:
    """Yield the members of each quotation, which is known by the first of them in order of articles."""
    for row in rows:
        ids = {edge[f"{side}_key"]: edge[side] for edge in row["edges"] for side in ("one", "other")}
        place = {key: at for at, key in enumerate(sorted(ids))}
        edges = {}
        for edge in row["edges"]:
            low, high = sorted((place[edge["one_key"]], place[edge["other_key"]]))
            edges[low, high] = edge["score"]
        numbers = [ids[key] for key in sorted(ids)]
        for group in linkage(list(range(len(numbers))), edges, MISSING):
            if len(group) > 1:
                for member in group:
                    yield {"quotation": numbers[group[0]], "id": numbers[member]}


def _version(row: Mapping[str, Any]) -> Version:
    article, statement, text, direct, speaker, named, date, outlet = (row[name] for name, _ in FIELDS)
    return Version(article, statement, text, direct, speaker, named, None, date, outlet)
