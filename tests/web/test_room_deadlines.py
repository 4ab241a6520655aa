"""No question holds a reader's connection for long."""

import asyncio

import pytest
from rooms import API, running, settings

from katanya.core.errors import TooLongError
from katanya.web.app import create_app
from katanya.web.ledgers import Ledgers
from katanya.web.problems import Refused

SLOW = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT count(*) FROM n"


def slow(ledger):
    """Ask what SQLite would take minutes for."""
    return ledger._ask(lambda connection: connection.execute(SLOW).fetchone())


@pytest.fixture(scope="module")
def hurried(filled):
    """A client of a room with little patience, in which a page and a path of the API ask what takes long."""
    app = create_app(settings(filled, question_seconds=0.1, readers=1))

    @app.get("/test-slow")
    @app.get(f"{API}/test-slow")
    async def asked() -> None:
        await app.state.ledgers.ask(slow)

    with running(settings(filled), app) as client:
        yield client


def test_the_api_says_that_it_takes_too_long(hurried):
    """A question over its time is told as JSON with what to try, and not where the ledger lies."""
    answer = hurried.get(f"{API}/test-slow")
    assert answer.status_code == 504
    assert answer.json() == {
        "what": "takes more than 0.1 s", "where": "",
        "fix": "ask for less: more words, a shorter period, one outlet", "id": None,
    }  # fmt: skip


SAID = {
    "id": ("Terlalu lama", "memerlukan lebih dari 0.1 detik", "masa yang lebih pendek"),
    "en": ("Too long", "takes more than 0.1 s", "a shorter period"),
}


@pytest.mark.parametrize("language", SAID)
def test_a_page_says_that_it_takes_too_long(hurried, language):
    """A page over its time is told as a page in the reader's language."""
    answer = hurried.get("/test-slow", headers={"accept-language": language})
    assert answer.status_code == 504
    assert answer.headers["content-language"] == language
    for words in SAID[language]:
        assert words in answer.text


@pytest.mark.parametrize("path", ["/help", f"{API}/about", "/?q=banjir", f"{API}/statements"])
def test_others_are_answered_after_it(hurried, path):
    """What was given up stands in nobody's way."""
    assert hurried.get("/test-slow").status_code == 504
    assert hurried.get(path).status_code == 200


def test_who_waits_too_long_for_their_turn_is_told_to_come_back(filled):
    """Where many ask what takes long, those who wait are told to come back instead of waiting for all others."""
    ledgers = Ledgers(filled, language="id", threads=1, seconds=0.1)

    async def crowd():
        return await asyncio.gather(*(ledgers.ask(slow) for _ in range(6)), return_exceptions=True)

    told = asyncio.run(crowd())
    ledgers.close()
    assert isinstance(told[0], TooLongError)
    assert isinstance(told[-1], Refused)
    assert (told[-1].status, told[-1].wait) == (503, 5)


def test_a_download_that_has_begun_goes_on(filled):
    """What is more of an answer has no deadline: half a file would look like a whole one."""
    ledgers = Ledgers(filled, language="id", threads=1, seconds=0.0)
    medium = SLOW.replace("1000000000", "200000")
    asked = asyncio.run(ledgers.go_on(
        lambda ledger: ledger._ask(lambda connection: connection.execute(medium).fetchone())
    ))  # fmt: skip
    ledgers.close()
    assert asked == (200_000,)


def test_the_description_says_so(room):
    """The API's description has the status beside every question of the ledger."""
    paths = room.get(f"{API}/openapi.json").json()["paths"]
    asks = {path: methods["get"]["responses"] for path, methods in paths.items() if "get" in methods}
    assert len(asks) >= 15
    assert [path for path, told in asks.items() if not {"503", "504"} <= told.keys()] == []
