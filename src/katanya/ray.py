"""The same reading on Ray: a dataset of articles in, a row an article out, by the contract that every engine shares."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from katanya.batch.arrow import SCHEMA, Rows
from katanya.core.settings import DEFAULT_MODEL, LANGUAGE

if TYPE_CHECKING:
    from ray.data import Dataset

BATCH = 256  # rows that Ray hands over at once


def extract(
    articles: "Dataset",
    *,
    columns: Mapping[str, str] | None = None,
    language: str = LANGUAGE,
    model: str | Path | None = DEFAULT_MODEL,
) -> "Dataset":
    """Read a dataset of articles, a row each, into rows of the form `katanya.batch.arrow.SCHEMA`.

    ``columns`` says which column holds what (``{"text": "isi"}``); those that are not said are known by their names.
    ``model`` is that of `katanya.Reader`.
    """
    rows = Rows(columns, language, model)

    def read(table: pa.Table) -> pa.Table:
        return pa.Table.from_batches(list(rows(table.to_batches())), SCHEMA)

    return articles.map_batches(read, batch_format="pyarrow", batch_size=BATCH)
