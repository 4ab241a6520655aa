"""Feeds as bytes: what is read, what is mended, what is turned away."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.readers.feedlists import read_feed_list
from katanya.readers.feeds import MOST_ITEMS, Feed, Item, read_content, read_feed

SOURCE = "https://kabar.example/feed"
PARAGRAPHS = [
    "Sukamaju - Jembatan gantung di Desa Sukamaju ditutup sejak Senin karena kayunya lapuk dan talinya mulai putus.",
    '"Kayunya lapuk dan tidak aman dilewati kendaraan," kata Camat Sukamaju Rini Wulandari, Selasa (3/6/2025).',
    "Menurut Rini, perbaikan dikerjakan selama dua minggu oleh dua belas pekerja dari tiga desa di sekitar sungai.",
    "Warga diminta memakai jembatan lama di hilir. Anak sekolah diantar perahu milik kecamatan setiap pagi dan sore.",
    "Kepala Desa Sukamaju Bagus Harsono mengatakan warga sudah bersedia bergotong royong mengangkut kayu dari hutan.",
]
WHOLE = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
ITEM = """<item><title>Jembatan &amp; Tanggul</title><link>/berita/1</link><guid>tag:k1</guid>
<author>Sekar Melati</author>
<pubDate>Senin, 12 Sep 2022 06:00:00 WIB</pubDate></item>"""


def rss(items: str = ITEM, head: str = "") -> str:
    """Return a feed of RSS 2.0."""
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Kabar</title>{head}{items}</channel></rss>'


def feed(data: str | bytes, charset: str | None = None) -> Feed:
    """Read what is a feed."""
    found = read_feed(data.encode() if isinstance(data, str) else data, source=SOURCE, charset=charset)
    assert isinstance(found, Feed), found
    return found


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id"><title type="html">Kabar</title><entry><id>tag:k1</id>
<title type="html">Jembatan &amp;amp; Tanggul</title><link rel="alternate" href="/berita/1"/>
<link rel="self" href="/x"/>
<author><name>Sekar Melati</name></author><published>2022-09-12T06:00:00+07:00</published>
<updated>2022-09-13T06:00:00+07:00</updated></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Kabar</title></channel><item rdf:about="tag:k1">
<title>Jembatan &amp; Tanggul</title><link>https://kabar.example/berita/1</link><dc:creator>Sekar Melati</dc:creator>
<dc:date>2022-09-12T06:00:00+07:00</dc:date></item></rdf:RDF>"""
OLD = """<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
"http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>Kabar</title>
<item><title>Jembatan &amp; Tanggul</title><link>https://kabar.example/berita/1</link></item></channel></rss>"""
MAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc> https://kabar.example/berita/1 </loc>
<lastmod>2022-09-13</lastmod><news:news><news:publication><news:name>Kabar</news:name></news:publication>
<news:publication_date>2022-09-12T06:00:00+07:00</news:publication_date>
<news:title>Jembatan &amp; Tanggul</news:title></news:news></url></urlset>"""
JSON = json.dumps({
    "version": "https://jsonfeed.org/version/1", "title": "Kabar",
    "items": [{"id": "tag:k1", "url": "/berita/1", "title": "Jembatan & Tanggul", "author": {"name": "Sekar Melati"},
               "date_published": "2022-09-12T06:00:00+07:00"}],
})  # fmt: skip
URL, DAY = "https://kabar.example/berita/1", "2022-09-12T06:00:00+07:00"
TITLE, AUTHOR = "Jembatan & Tanggul", "Sekar Melati"
KINDS = {
    "rss": (rss(), Item("tag:k1", URL, TITLE, AUTHOR, None, "Senin, 12 Sep 2022 06:00:00 WIB")),
    "rss 0.91": (OLD, Item(URL, URL, TITLE)),
    "rdf": (RDF, Item("tag:k1", URL, TITLE, AUTHOR, None, DAY)),
    "atom": (ATOM, Item("tag:k1", URL, TITLE, AUTHOR, None, DAY, "2022-09-13T06:00:00+07:00")),
    "news": (MAP, Item(URL, URL, TITLE, None, "Kabar", DAY, "2022-09-13")),
    "json": (JSON, Item("tag:k1", URL, TITLE, AUTHOR, None, DAY)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_feed_tells_its_items(kind):
    """Name, address, title, author and dates, these as they are printed."""
    data, item = KINDS[kind]
    found = feed(data)
    assert (found.title, found.items, found.note) == ("Kabar", (item,), "")


UNTIDY = {
    "a bare ampersand": rss().replace("&amp;", "&"),
    "entities of HTML": rss().replace("Jembatan &amp;", "Jembatan&nbsp;&amp;"),
    "entities of its own": '<!DOCTYPE rss [<!ENTITY kb "Kabar">]>' + rss().split("?>")[1].replace(">Kabar", ">&kb;"),
    "a prefix that is not declared": rss(head="<atom:link href='x'/><sy:x/>"),
    "control characters": rss().replace("Jembatan", "Jembatan\x0b"),
    "words of the server before it": "<br />Warning: x in /srv/a.php\n" + rss(),
    "white space before it": "\n \n" + rss(),
    "an address in CDATA": rss().replace("/berita/1", "<![CDATA[/berita/1]]>"),
}


@pytest.mark.parametrize("fault", UNTIDY)
def test_what_is_commonly_wrong_is_mended(fault):
    """Nothing is lost, and nothing is said of it."""
    found = feed(UNTIDY[fault])
    assert (found.title, found.items, found.note) == ("Kabar", (KINDS["rss"][1],), "")


def test_addresses_keep_their_ampersands():
    """In quoted sections as outside of them, well formed or not."""
    link = "https://kabar.example/a?x=1&y=2"
    for told in (f"<![CDATA[{link}]]>", link, link.replace("&", "&amp;")):
        assert feed(rss(f"<item><link>{told}</link><title>&broken</title></item>")).items[0].url == link


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "windows-1252", "x-unknown"])
@pytest.mark.parametrize("really", ["utf-8", "cp1252", "utf-16"])
def test_a_wrong_charset_does_no_harm(declared, really):
    """What the bytes are goes before what is said of them."""
    data = rss().replace("Jembatan", "Jembatan “Merah”").replace('"1.0"', f'"1.0" encoding="{declared}"')
    assert feed(data.encode(really), declared).items[0].title == "Jembatan “Merah” & Tanggul"


def test_a_broken_feed_is_read_as_far_as_it_goes():
    """The item that breaks off is left, and the note says so."""
    data = rss(ITEM + ITEM.replace("1", "2") + "<item><link>/berita/99")
    for end in range(data.index("/berita/99"), data.index("/berita/99") + 10):
        found = feed(data[:end])
        assert [item.url for item in found.items] == [URL, "https://kabar.example/berita/2"]
        assert "2 items of a broken feed" in found.note


def test_the_end_may_be_missing_anywhere():
    """Cut at any place, whole items are read, or it is rejected; never more."""
    for end in range(0, len(rss()), 7):
        found = read_feed(rss()[:end].encode(), source=SOURCE)
        assert isinstance(found, Rejected) or found.items in ((), (KINDS["rss"][1],))


ASKED = {
    "<ttl>20</ttl>": 1200, "<ttl>0</ttl>": None, "<ttl>soon</ttl>": None, "": None,
    "<sy:updatePeriod> hourly </sy:updatePeriod>": 3600,
    "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>": 21600,
}  # fmt: skip


@pytest.mark.parametrize("head", ASKED)
def test_a_feed_tells_how_long_it_is_to_be_left_alone(head):
    """In minutes, or by its period of updates."""
    assert feed(rss(head=head)).every == ASKED[head]


def test_of_an_index_the_latest_sitemaps_are_told():
    """By their dates."""
    maps = "".join(f"<sitemap><loc>/{n}.xml</loc><lastmod>2022-09-{n:02}</lastmod></sitemap>" for n in range(1, 10))
    found = feed(f"<sitemapindex>{maps}</sitemapindex>")
    assert found.maps == tuple(f"https://kabar.example/{n}.xml" for n in (9, 8, 7, 6, 5))
    assert "9 sitemaps" in found.note


def test_of_many_items_the_first_are_read():
    """And it is said how many there were."""
    found = feed(rss("".join(ITEM.replace("k1", f"k{n}") for n in range(MOST_ITEMS + 5))))
    assert (len(found.items), found.note) == (MOST_ITEMS, f"{MOST_ITEMS + 5} items, the first {MOST_ITEMS} are read")


NESTED = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
TURNED_AWAY = {
    "nothing": ("", Reason.EMPTY),
    "white space": (" \n", Reason.EMPTY),
    "a page": ("<!doctype html><html><body>Situs dijual</body></html>", Reason.NO_FEED),
    "other markup": ("<svg><g/></svg>", Reason.NO_FEED),
    "words": ("Halaman tidak ditemukan", Reason.NO_FEED),
    "other JSON": ('{"a": 1}', Reason.NO_FEED),
    "broken JSON": ('{"version": ', Reason.UNREADABLE),
    "a beginning": ("<rss><channel><item><title>Jembatan", Reason.UNREADABLE),
    "nested entities": (f'<!DOCTYPE rss [<!ENTITY e0 "ha">{NESTED}]><rss>&e9;</rss>', Reason.UNREADABLE),
    "a wide entity": (f'<!DOCTYPE rss [<!ENTITY e "{"x" * 9999}">]><rss>{"&e;" * 999}</rss>', Reason.UNREADABLE),
    "a file": ('<!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/passwd">]><rss>&e;</rss>', Reason.UNREADABLE),
    "parameters": ('<!DOCTYPE rss [<!ENTITY % e SYSTEM "http://127.0.0.1/">%e;]><rss/>', Reason.UNREADABLE),
    "many entities": ("<!DOCTYPE rss [" + '<!ENTITY e "a">' * 999 + "]><rss/>", Reason.UNREADABLE),
    "many tags": (rss("<a/>" * 200_000), Reason.UNREADABLE),
    "deep tags": ("<rss>" + "<a>" * 100_000, Reason.UNREADABLE),
    "an image": (b"\x89PNG\r\n\x1a\n" + bytes(99), Reason.BINARY),
    "broken UTF-16": (b"\xff\xfe<\x00r\x00\x00\xd8\x00\x00>\x00", Reason.ENCODING),
    "too much": (b" " * 8_000_001, Reason.TOO_LARGE),
}


@pytest.mark.parametrize("name", TURNED_AWAY)
def test_what_is_no_feed_is_turned_away(name):
    """With a reason, and without being unfolded."""
    data, reason = TURNED_AWAY[name]
    found = read_feed(data if isinstance(data, bytes) else data.encode(), source=SOURCE)
    assert isinstance(found, Rejected)
    assert (found.source, found.reason) == (SOURCE, reason)
    assert found.detail


def test_a_page_tells_where_its_feed_is():
    """The nearest fix is in the reason."""
    page = '<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><body>Kabar</body></html>'
    found = read_feed(page.encode(), source=SOURCE)
    assert isinstance(found, Rejected)
    assert found.detail == "a page, whose feed is https://kabar.example/rss"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.integers(0, len(rss())), st.integers(0, 40))
def test_no_bytes_break_the_reader(data, at, length):
    """Alone, or in the middle of a feed."""
    whole = rss().encode()
    for tried in (data, whole[:at] + data + whole[at + length :]):
        assert isinstance(read_feed(tried, source=SOURCE), Feed | Rejected)


def carried(markup: str) -> Document | Rejected:
    """Read the article that a feed carries with an item."""
    encoded = f"<content:encoded><![CDATA[{markup}]]></content:encoded>"
    [item] = feed(rss(ITEM.replace("</item>", encoded + "</item>"))).items
    return read_content(item, source=URL)


def test_a_feed_may_carry_the_whole_article():
    """Paragraphs as they are, with what the feed says of it."""
    document = carried(WHOLE)
    assert isinstance(document, Document)
    assert document.text.split("\n") == PARAGRAPHS
    assert (document.url, document.title, document.author) == (URL, TITLE, AUTHOR)
    assert document.published == "Senin, 12 Sep 2022 06:00:00 WIB"


@pytest.mark.parametrize(
    "markup", ["", "<p>Jembatan ditutup.</p>", WHOLE + "<p>Warga diminta […]</p>", WHOLE + "<p>Warga diminta...</p>"]
)
def test_the_beginning_of_an_article_is_none(markup):
    """A few words, or what says itself that it is cut."""
    assert isinstance(carried(markup), Rejected)


LISTS = {
    "lines": "# kabar\nhttps://a.example/rss\n\n  https://b.example/rss \nhttps://a.example/rss\n",
    "opml": '<opml version="2.0"><body><outline text="Daerah"><outline type="rss" xmlUrl="https://a.example/rss"/></outline>'
    '<outline xmlurl="feed://b.example/rss" title="Tom & Jerry"/><outline text="x"/></body></opml>',
    "broken opml": '<opml><body><outline xmlUrl="https://a.example/rss"/><outline xmlUrl="https://b.example/rss"/><out',
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_of_feeds_are_read(name):
    """OPML in folders, lines with comments; each address once."""
    assert read_feed_list(LISTS[name].encode(), source="x") == ["https://a.example/rss", "https://b.example/rss"]


@pytest.mark.parametrize("data", ["", "# nothing\n", rss(), "<opml><body/></opml>"])
def test_what_lists_no_feeds_is_told(data):
    """A feed is not a list of them."""
    assert isinstance(read_feed_list(data.encode(), source="x"), Rejected)


LONG = {
    "white space": "<rss><channel>{}<item><link>https://kabartirta.example/1</link></item></channel></rss>",
    "brackets": "<rss><channel><item><title>{}</title><link>https://kabartirta.example/1</link></item></channel></rss>",
}
FILLED = {"white space": " \n", "brackets": "&lt;"}


@pytest.mark.parametrize("name", LONG)
def test_long_stretches_keep_nobody(name):
    """So long that a step of quadratic time would not end within anybody's patience."""
    feed = read_feed(LONG[name].format(FILLED[name] * 500_000).encode(), source="https://kabartirta.example/rss")
    assert len(feed.items) == 1
