"""The reading on Ray: the same rows as on one machine."""

import pyarrow as pa
import pytest

from katanya.batch.arrow import Rows

ray = pytest.importorskip("ray", reason="ray is not installed")
pytest.importorskip("ray.data", reason="ray's data is not installed")

from katanya.ray import extract  # noqa: E402 - behind the look for ray

ARTICLES = [
    {"id": "a", "isi": "Camat Sukamaju Rini Wulandari mengatakan jembatan ditutup."},
    {"id": "b", "isi": None},
    {"id": "c", "isi": "Menurut Kepala BPBD Tirta, Bagas Prakoso, 12 rumah terendam banjir."},
]


@pytest.fixture(scope="module", autouse=True)
def machine():
    """Ray on this machine."""
    ray.init(num_cpus=1, include_dashboard=False, log_to_driver=False)
    yield
    ray.shutdown()


def test_a_dataset_is_read_row_by_row():
    """A dataset of articles gives the rows that a table of them gives, rejects included."""
    table = pa.Table.from_pylist(ARTICLES)
    wanted = [row for batch in Rows(model=None)(table.to_batches()) for row in batch.to_pylist()]
    found = pa.concat_tables(ray.get(extract(ray.data.from_arrow(table), model=None).to_arrow_refs()))
    assert found.sort_by("source").to_pylist() == wanted
