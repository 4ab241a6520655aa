"""What the first page needs is worked out when the server starts, and holds nobody up."""

import asyncio
from threading import Event

import pytest

from katanya import Document, Ledger, Reader
from katanya.core.errors import InputError
from katanya.web.ledgers import Ledgers

TEXT = "Camat Sukamaju, Rini Wulandari, mengatakan banjir sudah surut."


@pytest.fixture
def ledgers(tmp_path):
    """The ledger of one article, as the server has it open."""
    path = tmp_path / "a.ledger"
    with Ledger.open(path, write=True) as ledger:
        ledger.file([Reader(model=None).read(Document(TEXT, "a1", "Banjir", "Kabar Tirta", None))])
    opened = Ledgers(path, language="id", threads=1, seconds=60)
    yield opened
    opened.close()


def test_what_is_asked_ahead_is_kept(ledgers):
    """An answer that was worked out ahead is the one that the first to ask gets."""
    ready, answers = Event(), []

    def question(ledger):
        with ledger.still():
            answers.append(ledger.counted())
        ready.set()
        return answers[-1]

    ledgers.ahead(question)
    assert ready.wait(30)
    assert asyncio.run(ledgers.ask(question)) is answers[0]


def test_what_goes_wrong_ahead_is_told_to_who_asks(ledgers):
    """A question that fails ahead stops nothing, and fails again for those who ask it."""

    def question(ledger):
        raise InputError("is no question", where="here", fix="ask another")

    ledgers.ahead(question)
    with pytest.raises(InputError, match="no question"):
        asyncio.run(ledgers.ask(question))
    assert asyncio.run(ledgers.ask(lambda ledger: ledger.counted().articles)) == 1
