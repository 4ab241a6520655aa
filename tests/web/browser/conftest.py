import os
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from newsroom import NOW, examples
from rooms import running, settings

import katanya
from katanya import Ledger
from katanya.core.outcomes import Reason, Rejected
from katanya.ledger.entries import Program
from katanya.ledger.feeds import TOLD

from .browsing import ARGUMENTS, charts_drawn, installed, reading, serving
from .places import addresses

REJECTS = (
    Rejected("arsip/maret.jsonl", Reason.NOT_JSON, "line 3: Expecting ',' delimiter"),
    Rejected("https://kabartirta.example/galeri/12", Reason.NO_ARTICLE, "no paragraph of running text"),
)
FEEDS = ("https://kabartirta.example/rss", "https://samudra.example/feed.xml", "https://wartarengas.example/umpan")
ADDED = "\nKoreksi: jumlah posko semula ditulis keliru."
EDITED = "pilkada-rahmat"  # the article that has two editions


@pytest.fixture(scope="package")
def chromium():
    """Debian's Chromium, one for all tests here; it is closed before others run."""
    executable = installed()
    if executable is None:
        pytest.skip("no chromium on this machine (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def newsroom(tmp_path_factory):
    """The ledger of the reading room's examples, with rejects, an article in two editions, and a correction."""
    path = tmp_path_factory.mktemp("newsroom") / "a.ledger"
    documents = examples()
    edited = next(one for one in documents if one.id == EDITED)
    with Ledger.open(path, write=True) as ledger:
        ledger.file(katanya.Reader().pipe([*documents, replace(edited, text=edited.text + ADDED)]), now=NOW)
        ledger.file(REJECTS, now=NOW)
        _watch(ledger)
        ledger.relate()
        said = ledger.listed(words="pencarian tiga hari").statements[0]
        ledger.correct_speaker(said.number, "Yosef Tamba", author="Sari", reason="nama lengkap", now=NOW)
    return path


def _watch(ledger):
    """Watch feeds: one that was read and names an article, one that could not be had, one that nobody asked yet."""
    with ledger.writing(Program(), NOW) as filer:
        filer.watched.begin([(url, url.split("/")[2]) for url in FEEDS], NOW)
    item = dict.fromkeys(TOLD) | {"guid": "banjir-1", "host": "kabartirta.example", "title": "Banjir surut"}
    for number, url in enumerate(FEEDS[:2]):
        feed = ledger.due(NOW, [one.split("/")[2] for one in FEEDS if one != url], patient=False)
        with ledger.writing(Program(), NOW) as filer:
            if number:
                failed = Rejected(url, Reason.UNREACHABLE, "the server does not answer")
                filer.watched.failed(feed, failed, NOW, "2026-01-31T09:00:00+00:00")
            else:
                due = "2026-01-31T08:30:00+00:00"
                filer.watched.had(feed, "Kabar Tirta: terbaru", (None, None), None, "", NOW, due)
                filer.watched.add(feed, item, NOW)


@pytest.fixture(scope="package")
def site(newsroom):
    """The address of a room that a process of its own serves; nobody changes its ledger."""
    with serving(newsroom, "--private-network", "--model", "none") as address:
        yield address


@pytest.fixture(scope="package")
def album(tmp_path_factory):
    """Keep a picture of a page under its name and look; KATANYA_SHOTS names the folder for people to look at."""
    named = os.environ.get("KATANYA_SHOTS")
    folder = Path(named) if named else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)

    def picture(page, name, look):
        charts_drawn(page)
        path = folder / f"{name.replace(' ', '-')}-{look}.png"
        page.screenshot(path=path, full_page=True, animations="disabled")
        return path

    return picture


@pytest.fixture
def desk(newsroom, tmp_path):
    """The address of a room over a copy of the ledger that may be changed."""
    path = tmp_path / "b.ledger"
    with sqlite3.connect(newsroom) as source, sqlite3.connect(path) as copy:
        source.backup(copy)
    with running(settings(path, model=None)) as client:
        yield str(client.base_url).rstrip("/")


@pytest.fixture
def reader(chromium, site):
    """A page in a browser that knows nothing yet."""
    with reading(chromium, site) as page:
        yield page


@pytest.fixture(scope="package")
def places(chromium, site):
    """Where each page is."""
    with reading(chromium, site) as page:
        return addresses(page, site)
