"""The same reading on a Spark cluster: tables or archives of articles in, a row an article out.

The rows are those of `katanya.batch.arrow.SCHEMA`, whoever reads them. pyspark comes with the extra ``spark``.
"""

from katanya.spark.reading import extract, extract_paths

__all__ = ["extract", "extract_paths"]
