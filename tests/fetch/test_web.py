"""Addresses on the command line: read, filed, fetched again only where they changed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import Handler, Site, serving
from typer.testing import CliRunner

from katanya.batch.web import Page, Visitor
from katanya.cli.main import app
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.fetch.fetcher import Limits

PAGES = Path(__file__).parents[1] / "fixtures" / "pages"
QUICK = Limits(delay=0, backoff=0.01, seconds=5, patience=2)
FIRST = ["Warga Kampung Baru menunggu air bersih sejak pekan lalu karena pipa induk pecah.",
         "“Kami mandi di sungai,” kata Suminah, warga Kampung Baru, Senin."]
SECOND = ["Kepala perusahaan air minum Darto Wibisono menjanjikan perbaikan selesai besok.",
          "“Pipanya sudah kami ganti,” ujar Darto."]
LAST = ["Camat meminta maaf."]


def page(*paragraphs: str, links: str = "") -> str:
    """Return an article's page."""
    body = "".join(f"<p>{line}</p>" for line in paragraphs)
    return (f"<html><head><title>Air Mati</title><meta property='og:type' content='article'></head><body><article>"
            f"<h1>Air Mati</h1>{body}</article><div class='paging'>{links}</div></body></html>")  # fmt: skip


@pytest.fixture
def site() -> Iterator[Site]:
    """Return a running server."""
    with serving() as running:
        yield running


def read(url: str) -> Document | Rejected:
    """Read an address with leave to visit loopback."""
    with Visitor(private=True, limits=QUICK) as visitor:
        found = visitor.read(url)
    return found.document if isinstance(found, Page) else found


@pytest.mark.parametrize(
    "addresses",
    [
        ["/a", "/a?page=2", "/a?page=3"], ["/a/", "/a/2", "/a/3/"], ["/a", "/a/page/2", "/a/page/3"],
        ["/a?id=7", "/a?id=7&halaman=2", "/a?id=7&halaman=3"],
    ],
)  # fmt: skip
@pytest.mark.parametrize("known_to", ["the first", "the one before"])
def test_the_pages_of_an_article_are_read_as_one(site: Site, addresses: list[str], known_to: str) -> None:
    """Where they are linked, from the first page or each from the one before; a short last page belongs to it."""
    one, two, three = addresses
    links = [f"<a href='{two}'>2</a>", f"<a href='{three}'>3</a>"]
    site.put(one, page(*FIRST, links="".join(links) if known_to == "the first" else links[0]))
    site.put(two, page(FIRST[0], *SECOND, links=f"<a href='{one}'>1</a>{links[1]}"))
    site.put(three, page(*LAST, links=f"<a href='{two}'>2</a>"))
    document = read(site.url + one)
    assert isinstance(document, Document)
    assert document.text.split("\n") == FIRST + SECOND + LAST
    assert document.url == site.url + one


def test_a_link_to_the_whole_article_goes_before_its_pages(site: Site) -> None:
    """One visit instead of many."""
    site.put("/a", page(*FIRST, links="<a href='?page=2'>2</a><a href='?page=all'>Semua</a>"))
    site.put("/a?page=all", page(*FIRST, *SECOND))
    document = read(f"{site.url}/a")
    assert isinstance(document, Document)
    assert document.text.split("\n") == FIRST + SECOND
    assert site.paths() == ["/a", "/a?page=all"]


@pytest.mark.parametrize("link", ["/b?page=2", "/b/2", "http://lain.example/a?page=2", "/a?foto=2", "/a?page=3", "/2", "http://[::1"])
def test_links_to_other_articles_are_not_followed(site: Site, link: str) -> None:
    """Only the next page of the same address."""
    site.put("/a", page(*FIRST, links=f"<a href='{link}'>lain</a>"))
    document = read(f"{site.url}/a")
    assert isinstance(document, Document)
    assert document.text.split("\n") == FIRST
    assert site.paths() == ["/a"]


def test_an_article_with_a_page_that_cannot_be_had_is_rejected(site: Site) -> None:
    """Half of it would be taken for all of it."""
    site.put("/a", page(*FIRST, links="<a href='?page=2'>2</a>"))
    outcome = read(f"{site.url}/a")
    assert outcome == Rejected(f"{site.url}/a", Reason.UNREACHABLE, "page 2: the server answers 404")


@pytest.mark.parametrize("name", ["portal", "cp1252-declared", "wire-breaks", "table-layout-2001"])
def test_a_fetched_page_reads_as_the_same_page_from_a_file(site: Site, name: str) -> None:
    """To the paragraph."""
    site.put("/berita", (PAGES / name / "source.html").read_bytes())
    document = read(f"{site.url}/berita")
    assert isinstance(document, Document)
    expected = json.loads((PAGES / name / "expected.json").read_text(encoding="utf-8"))
    assert document.text.split("\n") == expected["paragraphs"]


def run(*arguments: object):
    """Run the command line."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_katanya_read_takes_an_address(site: Site) -> None:
    """With leave to visit loopback; without it the refusal says why, with the code of rejected input."""
    site.put("/a", page(*FIRST))
    shown = run("read", f"{site.url}/a", "--model", "none", "--format", "json", "--private-network")
    record = json.loads(shown.stdout)
    assert (record["url"], record["title"]) == (f"{site.url}/a", "Air Mati")
    assert record["statements"][0]["speaker"] == "Suminah"
    refused = run("read", f"{site.url}/a", "--model", "none")
    assert refused.exit_code == 3
    assert "private address (127.0.0.1 is 127.0.0.1)" in refused.output


def filed(site: Site, ledger: Path, *more: object) -> str:
    """File the address ``/a`` and return what is reported."""
    done = run("file", f"{site.url}/a", "--ledger", ledger, "--model", "none", "--private-network", *more)
    return str(done.output)


def test_katanya_file_takes_addresses_and_fetches_again_what_changed(site: Site, tmp_path: Path) -> None:
    """A page whose validators still hold is known without being sent; a changed one is another edition."""
    text, tag = page(*FIRST), '"1"'

    def answer(handler: Handler) -> None:
        same = handler.headers["If-None-Match"] == tag
        handler.give(304 if same else 200, b"" if same else text.encode(), {"ETag": tag})

    site.answers["/a"] = answer
    ledger = tmp_path / "l.katanya"
    assert "1 new" in filed(site, ledger)
    assert "1 known" in filed(site, ledger)
    assert site.visits[-1].headers["if-none-match"] == '"1"'
    text, tag = page(*FIRST, *SECOND), '"2"'
    assert "1 edition" in filed(site, ledger)
    assert "Darto" in run("search", "pipanya", "--ledger", ledger).output


def test_what_cannot_be_fetched_is_filed_as_rejected(site: Site, tmp_path: Path) -> None:
    """With its address and reason; the others are filed."""
    site.put("/a", page(*FIRST))
    said = filed(site, tmp_path / "l.katanya", f"{site.url}/b", PAGES / "portal" / "source.html")
    assert "2 new" in said
    assert "1 rejected" in said
