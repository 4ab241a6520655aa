import pytest
from rooms import fill, running, settings


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """The ledger of the examples."""
    return fill(tmp_path_factory.mktemp("room") / "a.ledger")


@pytest.fixture(scope="session")
def room(filled):
    """A client of a room over the examples; nobody changes its ledger."""
    with running(settings(filled)) as client:
        yield client


@pytest.fixture
def desk(filled, tmp_path):
    """A client of a room over a copy that may be changed."""
    import sqlite3

    path = tmp_path / "b.ledger"
    with sqlite3.connect(filled) as source, sqlite3.connect(path) as copy:
        source.backup(copy)
    with running(settings(path)) as client:
        yield client
