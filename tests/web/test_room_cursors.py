import threading

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rooms import API, NOW, pages, running, settings

from katanya import Ledger, Reader
from katanya.core.errors import InputError
from katanya.core.records import Document
from katanya.ledger.listing import Cursor, Sort

NAMES = ("Rini Wulandari", "Bagas Prakoso", "Lestari Handayani")


def articles(first, last):
    """Return articles of three statements each; every fifth has no date, and ten share one."""
    reader = Reader(model=None)
    for number in range(first, last):
        told = " ".join(f"{name} mengatakan banjir ke-{number} sudah surut." for name in NAMES)
        day = f"2025-{number // 10 % 12 + 1:02}-02" if number % 5 else None
        yield reader.read(Document(told, f"a{number}", "Banjir", "Kabar Tirta", day))


@pytest.fixture
def path(tmp_path):
    """A ledger of forty articles."""
    with Ledger.open(tmp_path / "a.ledger", write=True) as ledger:
        ledger.file(LATER[:40], now=NOW)
    return tmp_path / "a.ledger"


LATER = list(articles(0, 140))  # of which the first forty are there before
ASKED = {
    "all": {},
    "words": {"q": "banjir"},
    "a speaker": {"speaker": "rini"},
    "an outlet": {"outlet": "kabar"},
    "words of a speaker": {"q": "surut", "speaker": "bagas"},
    "a kind": {"kind": "indirect"},
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_pages_are_complete_while_somebody_files(path, asked):
    """Latest first, each statement that was there comes once and in its place, whatever is filed between the pages."""
    with Ledger.open(path) as ledger:
        words = {"words" if name == "q" else name: value for name, value in asked.items()}
        before = {hit.statement for hit in ledger.search(**words, limit=10_000)}
    found, filed = [], 40
    with running(settings(path)) as client:
        for number, page in enumerate(pages(client, "/statements", limit=4, sort="latest", **asked)):
            found += [(one["dated"], one["number"]) for one in page["statements"]]
            if number % 4 == 0:
                with Ledger.open(path, write=True) as ledger:
                    ledger.file(LATER[filed : filed + 4], now=NOW)
                filed += 4
    assert filed > 40
    numbers = [number for _, number in found]
    assert len(set(numbers)) == len(numbers)
    assert set(numbers) >= before
    dates = [dated or "" for dated, _ in found]
    assert dates == sorted(dates, reverse=True)


def test_the_best_first_is_complete_while_nothing_is_filed(path):
    """Best first, each statement comes once, in the order of one page that holds all of them."""
    with running(settings(path)) as client:
        (whole,) = pages(client, "/statements", q="banjir", limit=200, sort="best")
        walk = pages(client, "/statements", q="banjir", limit=7, sort="best")
        parts = [one for page in walk for one in page["statements"]]
    assert parts == whole["statements"]
    assert len(parts) == 120


def test_a_page_of_what_was_filed_later_is_left_to_the_next_search(path):
    """Best first, what is filed after the first page comes on none of the later ones."""
    with running(settings(path)) as client:
        walk = pages(client, "/statements", q="banjir", limit=50, sort="best")
        found = next(walk)["statements"]
        with Ledger.open(path, write=True) as ledger:
            ledger.file(LATER[40:60], now=NOW)
        found += [one for page in walk for one in page["statements"]]
    numbers = [one["number"] for one in found]
    assert len(set(numbers)) == len(numbers)
    assert max(numbers) <= 120


@given(st.text(max_size=60) | st.binary(max_size=40).map(lambda data: Cursor(Sort.LATEST, 1).text[:9] + data.hex()))
def test_whatever_is_no_cursor_is_refused(text):
    """What no page gave is refused as such."""
    try:
        cursor = Cursor.read(text)
    except InputError:
        return
    assert Cursor.read(cursor.text) == cursor


NUMBERS = st.integers(0, 2**62)


@given(st.sampled_from(Sort), NUMBERS, NUMBERS, st.none() | st.dates().map(str), NUMBERS)
def test_a_cursor_comes_back_as_it_was(sort, statement, edition, dated, most):
    """A cursor holds what it was made of, in letters that an address takes."""
    cursor = Cursor(sort, statement, edition, dated, most)
    assert Cursor.read(cursor.text) == cursor
    assert cursor.text.replace("-", "").replace("_", "").isalnum()


def test_ten_readers_while_somebody_files(path):
    """Ten who read while articles are filed get an answer each time, and only whole articles."""
    done, wrong = threading.Event(), []

    def read(number, address):
        with httpx.Client(base_url=address, timeout=30) as client:
            while not done.is_set():
                for asked in ("/front", "/statements?q=banjir&sort=latest", "/statistics?by=role", "/people?name=Rini"):
                    answer = client.get(API + asked)
                    if answer.status_code != 200:
                        wrong.append(answer.text)
                counts = client.get(f"{API}/about").json()["counts"]
                if counts["statements"] != 3 * counts["articles"]:
                    wrong.append(counts)

    with running(settings(path)) as client:
        readers = [threading.Thread(target=read, args=(number, str(client.base_url))) for number in range(10)]
        for reader in readers:
            reader.start()
        try:
            for first in range(40, 140, 10):
                with Ledger.open(path, write=True) as ledger:
                    ledger.file(LATER[first : first + 10], now=NOW)
        finally:
            done.set()
            for reader in readers:
                reader.join()
        assert client.get(f"{API}/about").json()["counts"]["articles"] == 140
    assert wrong == []
