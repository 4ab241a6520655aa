"""A question that takes too long is given up, and the ledger is as it was."""

import sqlite3
from threading import Event, Thread

import pytest
from articles import many

from katanya import Ledger
from katanya.core.errors import TooLongError
from katanya.ledger.kept import Kept

COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) SELECT count(*) FROM n"
SLOW = COUNT.format(10**9)  # minutes
QUESTIONS = {
    "rows that are counted": SLOW,
    "a table that is made meanwhile": f"CREATE TEMP TABLE side AS {SLOW}",
    "many words": f"SELECT count(*) FROM contents_index, ({SLOW}) WHERE contents_index MATCH 'banjir'",
}


@pytest.fixture
def ledger(tmp_path):
    """A ledger of two articles, open to be asked."""
    path = tmp_path / "a.ledger"
    with Ledger.open(path, write=True) as writer:
        writer.file(many(2))
    with Ledger.open(path) as reader:
        yield reader


def asked(ledger, question):
    """Ask a question in SQL, in the way of all questions."""
    return ledger._ask(lambda connection: connection.execute(question).fetchall())


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_what_takes_too_long_is_given_up(ledger, question):
    """A question over its time is an error that says so, where, and what to try."""
    with pytest.raises(TooLongError, match=r"takes more than 0\.05 s") as told, ledger.within(0.05):
        asked(ledger, question)
    assert told.value.where == str(ledger.path)
    assert "ask for less" in told.value.fix


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_the_next_question_sees_what_was_filed_since(ledger, question):
    """A question that was given up leaves no state of the ledger behind, also amid others of one state."""

    def several():
        with ledger.within(0.05), ledger.still():
            assert ledger.counts()["articles"] == 2
            asked(ledger, question)

    with pytest.raises(TooLongError):
        several()
    with Ledger.open(ledger.path, write=True) as writer:
        writer.file(many(5))
    assert ledger.counts()["articles"] == 5
    with ledger.within(60):
        assert ledger.counts()["articles"] == 5


def test_without_a_deadline_a_question_takes_as_long_as_it_takes(ledger):
    """The deadline of one question is none of the next; outside of it there is none."""
    with ledger.within(0.0):
        assert asked(ledger, COUNT.format(10)) == [(10,)]
    assert asked(ledger, COUNT.format(200_000)) == [(200_000,)]


def test_other_errors_stay_what_they_are(ledger):
    """What is wrong with a question within its time is told as such."""
    with pytest.raises(sqlite3.OperationalError, match="no such table"), ledger.within(60):
        asked(ledger, "SELECT * FROM nowhere")


def test_nobody_waits_for_others_longer_than_for_an_answer(ledger):
    """Who asks what another is working out already waits for that as long as for an answer of their own."""
    kept, begun, over = Kept(ledger.path), Event(), Event()
    ledger.keep(kept)

    def work():
        begun.set()
        over.wait(60)

    other = Thread(target=lambda: kept.answer("outlets", kept.state(), work))
    other.start()
    begun.wait(60)
    with pytest.raises(TooLongError), ledger.within(0.05), ledger.still():
        ledger.outlets()
    over.set()
    other.join()
    kept.close()
