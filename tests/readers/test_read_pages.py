"""HTML pages: the article, its metadata, and pages that hold none or mean harm."""

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from katanya.api import Reader, dated
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.readers import read_bytes, read_file

PAGES = sorted((Path(__file__).parents[1] / "fixtures" / "pages").iterdir())
EXPECTED = {page.name: json.loads((page / "expected.json").read_text(encoding="utf-8")) for page in PAGES}
ARTICLES = [page for page in PAGES if "paragraphs" in EXPECTED[page.name]]
# Pages with boxes, links or credits of the outlet's between the quotations.
FULL = re.compile("baca juga|advertisement|scroll|simak|iklan|caption|follow|twitter-tweet|share", re.IGNORECASE)
FULL_PAGES = [page for page in ARTICLES if FULL.search((page / "source.html").read_text("utf-8", "replace"))]
PARAGRAPHS = (
    "<p>Warga Desa Lor menolak rencana pabrik itu sejak awal tahun.</p>"
    "<p>Camat Lor, Budi Hartanto, mengatakan izin pabrik belum keluar dan masih dikaji.</p>"
)
MANY = 100_000
SOON = 15.0  # seconds of one process, on a slow machine
HOSTILE = {
    "nested": b"<div>" * MANY + b"x",
    "unclosed": b"<b><i><u><p>" * MANY,
    "attributes": b"<div " + b" ".join(b"a%d=1" % number for number in range(MANY)) + b">",
    "attributes behind a quotation mark": b"<div ' " + b" ".join(b"a%d" % n for n in range(MANY)) + b">",
    "attributes with tags inside": b"<div " + b" ".join(b'a%d=">"' % n for n in range(MANY)) + b">",
    "attributes behind a declaration": b'<!x <a b="><div ' + b" ".join(b'a%d=">"' % n for n in range(MANY)),
    "elements": b"<p>Harga telur turun." * MANY,
    "script": b"<html><script>" + b"<" * 1_000_000,
    "entities": b'<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><p>' + b"&b;" * MANY,
    "brackets of JSON": b'<script type="application/ld+json">' + b"[" * MANY + b"</script><p>x",
    "nested boxes": b"<div class=share>x " * 250 + b"<p>a</p>" * 40_000,
    "nested pictures": b"<div>" * 250 + b"<img>x" * 40_000,
    "line breaks": b"<div>" + b"Warga menolak pabrik itu sejak lama.<br>" * 24_000,
    "a class of a megabyte": b'<div class="' + b"aB" * 500_000 + b'">x</div><p>x',
    "dates": b"<p>1 Januari 2020 " * 20_000,
    "tables": b"<table><tr><td>" * MANY,
    "lone brackets": b"<html>" + b"<" * MANY,
}


def name_of(page: Path) -> str:
    """Return the name of a page's folder."""
    return page.name


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Return a reader by the rules alone."""
    return Reader(model=None)


@pytest.mark.parametrize("page", ARTICLES, ids=name_of)
def test_the_text_of_a_page_is_its_article_a_paragraph_a_line(page: Path) -> None:
    """Menus, links, banners, captions, credits and signatures stay out, every paragraph of the article is in."""
    document = read_file(page / "source.html")
    assert isinstance(document, Document)
    assert document.text.split("\n") == EXPECTED[page.name]["paragraphs"]


@pytest.mark.parametrize("page", ARTICLES, ids=name_of)
@pytest.mark.parametrize("field", ["title", "author", "outlet", "published", "modified", "url", "language"])
def test_what_a_page_says_of_itself_is_kept_as_it_says_it(page: Path, field: str) -> None:
    """Dates keep their zone, addresses are the canonical ones, what is not said is None."""
    expected = EXPECTED[page.name]
    if field in expected:
        assert getattr(read_file(page / "source.html"), field) == expected[field]


@pytest.mark.parametrize("page", [page for page in ARTICLES if "dated" in EXPECTED[page.name]], ids=name_of)
def test_the_date_of_a_page_is_one_day_and_time(page: Path) -> None:
    """What is printed or given for programs can be read as a date."""
    document = read_file(page / "source.html")
    assert isinstance(document, Document)
    assert dated(document.published) == EXPECTED[page.name]["dated"]


@pytest.mark.parametrize("page", ARTICLES, ids=name_of)
def test_in_bulk_no_sentence_of_an_article_is_lost(page: Path) -> None:
    """The quicker way keeps every paragraph that ends as a sentence does, and adds at most one line of the page's."""
    document = read_bytes((page / "source.html").read_bytes(), source="x.html", bulk=True)
    assert isinstance(document, Document)
    lines = document.text.split("\n")
    told = [line for line in EXPECTED[page.name]["paragraphs"] if line[-1] in ".?!\"”:"]
    assert [line for line in lines if line in told] == told
    assert len(lines) <= len(told) + 1


def test_there_are_pages_enough() -> None:
    """The habits of forty outlets, half of them with something between the quotations."""
    assert (len(ARTICLES) >= 40, len(FULL_PAGES) >= 20) == (True, True)


@pytest.mark.parametrize("page", FULL_PAGES, ids=name_of)
def test_the_statements_of_a_page_are_those_of_its_clean_text(page: Path, reader: Reader) -> None:
    """What an outlet puts between two quotations changes nothing that is read."""
    document = read_file(page / "source.html")
    assert isinstance(document, Document)
    clean = "\n".join(EXPECTED[page.name]["paragraphs"])
    statements = reader.read(document).statements
    assert statements
    assert statements == reader.read(clean, title=document.title, published=document.published).statements


@pytest.mark.parametrize("page", [page for page in PAGES if page not in ARTICLES], ids=name_of)
def test_a_page_without_an_article_is_rejected_with_what_was_seen(page: Path) -> None:
    """A list of headlines is no article."""
    outcome = read_file(page / "source.html")
    assert isinstance(outcome, Rejected)
    assert outcome.reason.value == EXPECTED[page.name]["rejected"]
    assert outcome.detail


@pytest.mark.parametrize("page", [b"<html></html>", b"<!doctype html>", b"<html><div id=root></div></html>"])
def test_an_empty_page_holds_no_article(page: bytes) -> None:
    """A page that a script would fill has no text."""
    outcome = read_bytes(page, source="x.html")
    assert isinstance(outcome, Rejected)
    assert outcome.reason is Reason.NO_ARTICLE


def test_a_line_break_in_the_source_is_a_space() -> None:
    """Only tags part paragraphs."""
    page = f"<article>{PARAGRAPHS}<p>Ia meminta\nwarga\n bersabar menunggu kajian.</p></article>"
    document = read_bytes(page.encode(), source="x.html")
    assert isinstance(document, Document)
    assert document.text.endswith("\nIa meminta warga bersabar menunggu kajian.")


@pytest.mark.parametrize(
    ("data", "headline"),
    [
        ('{"@type":"NewsArticle","headline":"Pabrik Ditolak"}', "Pabrik Ditolak"),
        ('[{"@type":"WebPage"},{"@type":["NewsArticle"],"headline":"Pabrik Ditolak"}]', "Pabrik Ditolak"),
        ('{"@graph":[{"@type":"ReportageNewsArticle","headline":"Pabrik &amp; Warga"}]}', "Pabrik & Warga"),
        ('{"@type":"NewsArticle","headline":"Pabrik Ditolak",}', "Pabrik Ditolak"),
        ('{"@type":"NewsArticle","headline":"Pabrik\nDitolak"}', "Pabrik Ditolak"),
        ('{"@type":"NewsArticle","headline":["Pabrik Ditolak"]}', "Pabrik Ditolak"),
        ('{"@type":"NewsArticle","headline":7}', "Judul Halaman"),
        ("null", "Judul Halaman"),
        ("{", "Judul Halaman"),
        ("[" * MANY, "Judul Halaman"),
    ],
)
def test_json_ld_is_read_in_whatever_form_it_comes(data: str, headline: str) -> None:
    """Lists, graphs and broken JSON give the headline; without one the page's title goes."""
    page = f'<title>Judul Halaman</title><script type="application/ld+json">{data}</script>{PARAGRAPHS}'
    document = read_bytes(f"<html>{page}".encode(), source="x.html")
    assert isinstance(document, Document)
    assert document.title == headline


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_page_is_decoded_like_a_text(encoding: str) -> None:
    """Quotation marks survive every encoding that outlets use."""
    page = f"<html><body>{PARAGRAPHS}<p>“Kami bersabar menunggu kajian,” kata Sri Lestari.</p></body></html>"
    document = read_bytes(page.encode(encoding), source="x.html")
    assert isinstance(document, Document)
    assert "“Kami bersabar menunggu kajian,” kata" in document.text


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_a_page_made_to_do_harm_is_read_or_rejected_at_once(page: bytes) -> None:
    """No nesting, no number of attributes and no entity makes the reader crash or hang."""
    begun = time.process_time()
    assert isinstance(read_bytes(page, source="x.html"), Document | Rejected)
    assert time.process_time() - begun < SOON


TAGS = st.sampled_from(
    ["<p>", "</p>", "<a href='", "<script>", "<!--", "<div ", ">", "<table>", '"', "Baca juga:", "\x00"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TAGS | st.text(max_size=8), max_size=30).map("".join))
def test_any_page_is_read_or_rejected(page: str) -> None:
    """Whatever stands in a page, reading it never raises."""
    assert isinstance(read_bytes(page.encode("utf-8"), source="x", kind="html"), Document | Rejected)
