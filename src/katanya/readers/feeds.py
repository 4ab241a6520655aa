"""Feeds as bytes → their items: RSS, RDF and Atom by feedparser, sitemaps and JSON Feed by ourselves.

Dates stay as they are printed: feedparser takes zones that it does not know for UTC, so its reading is not used.
"""

import html
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import LANGUAGE
from katanya.readers.html import parse_page, read_html
from katanya.readers.xml import decoded, local, parsed, read_xml, tags

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_FEED = 8_000_000  # bytes of a feed
MOST_ITEMS = 1000  # of a feed that are read, the first: as many as a sitemap of news may have
MOST_TAGS = 100_000  # of a feed for feedparser, which takes time for each
MOST_MAPS = 5  # of an index of sitemaps that are read, the latest
FULL_WORDS = 80  # from so many on the words that a feed carries with an item may be all of the article
CUT = re.compile(r"(?:…|\.\.\.|\[[^\]]{0,20}\])\W*$")  # how a text ends that is but the beginning of one
PERIODS = {"hourly": 3600.0, "daily": 86400.0, "weekly": 604800.0, "monthly": 2592000.0, "yearly": 31536000.0}
ENDS = ("item", "entry", "url", "sitemap")
BY_FEEDPARSER = ("rss", "rdf:rdf", "rdf", "feed", "channel", "atom:feed")
MAPS = ("urlset", "sitemapindex")
FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
TAGS = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Item:
    """What a feed says of an article; dates are as printed, ``content`` is the markup that it carries, or empty.

    ``content`` is there only where it may be all of the article. An unknown is None.
    """

    guid: str
    url: str | None = None
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    published: str | None = None
    modified: str | None = None
    content: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was read.

    ``every`` is how many seconds it asks to be left alone for. ``maps`` are the sitemaps that an index leads to.
    ``note`` says what of it could not be read, where that is so.
    """

    title: str | None
    items: tuple[Item, ...]
    every: float | None = None
    maps: tuple[str, ...] = ()
    note: str = ""


def read_feed(data: bytes, *, source: str, charset: str | None = None) -> Feed | Rejected:
    """Read a feed that came from ``source``; what is broken is read as far as it goes, and ``Feed.note`` says so.

    ``charset`` is what its server says of it. A document that is no feed, has entities made to hang a parser, or holds
    nothing that can be read is rejected. Never raises.
    """
    if len(data) > MAX_FEED:
        return Rejected(source, Reason.TOO_LARGE, f"{len(data)} bytes, {MAX_FEED} are read")
    if not data.strip():
        return Rejected(source, Reason.EMPTY, f"{len(data)} bytes of white space" if data else "0 bytes")
    try:
        text = decoded(data, source=source, charset=charset)
        if isinstance(text, Rejected):
            return text
        feed = _json(text, source) if text.lstrip().startswith("{") else _xml(text, source)
    except Exception as error:  # parsers meet documents that nobody foresaw; the reason is kept
        return Rejected(source, Reason.UNREADABLE, f"{type(error).__name__}: {error}"[:300])
    if isinstance(feed, Feed) and len(feed.items) > MOST_ITEMS:
        told = f"{len(feed.items)} items, the first {MOST_ITEMS} are read"
        return replace(feed, items=feed.items[:MOST_ITEMS], note="; ".join(filter(None, (feed.note, told))))
    return feed


def read_content(item: Item, *, source: str, language: str = LANGUAGE) -> Document | Rejected:
    """Read the article that a feed carries with an item; one that is but the beginning of it is rejected."""
    if not item.content:
        return Rejected(source, Reason.NO_ARTICLE, "the feed does not carry it")
    title = html.escape(item.title or "")
    page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{item.content}</article></body>"
    document = read_html(page.encode("utf-8", "replace"), source=source, language=language)
    if isinstance(document, Rejected):
        return document
    words = len(document.text.split())
    if words < FULL_WORDS or CUT.search(document.text):
        return Rejected(source, Reason.NO_ARTICLE, f"the feed carries {words} words of it")
    return replace(
        document, url=item.url, title=item.title or document.title, outlet=item.outlet, author=item.author,
        published=item.published, modified=item.modified,
    )  # fmt: skip


def _xml(text: str, source: str) -> Feed | Rejected:
    xml = read_xml(text, source=source, ends=ENDS)
    if isinstance(xml, Rejected):
        return xml
    if xml.root in BY_FEEDPARSER:
        if (count := tags(xml.text)) > MOST_TAGS:
            return Rejected(source, Reason.UNREADABLE, f"{count} tags, {MOST_TAGS} are read")
        feed = _parsed(xml.text, source)
    elif xml.root.rpartition(":")[2] in MAPS:
        feed = _mapped(xml.text, source)
    else:
        return Rejected(source, Reason.NO_FEED, _no_feed(text, xml.root, source))
    if xml.fault and not (feed.items or feed.maps):
        return Rejected(source, Reason.UNREADABLE, xml.fault)
    if xml.fault:
        return replace(feed, note=f"{len(feed.items) + len(feed.maps)} items of a broken feed: {xml.fault}")
    return feed


def _no_feed(text: str, root: str, source: str) -> str:
    """Say what a document is, and where its feed is if it tells."""
    page = parse_page(text[:MAX_FEED // 8]) if root == "html" else None
    if page is None:
        return f"its first element is <{root}>"
    links = (link for link in page.iter("link") if (link.get("type") or "").lower() in FEED_TYPES)
    feed = next((link.get("href") for link in links if link.get("href")), None)
    return f"a page, whose feed is {urljoin(source, feed)}" if feed else "a page"


def _parsed(text: str, source: str) -> Feed:
    """Read RSS, RDF or Atom."""
    import feedparser

    # Out of a stream: words that feedparser is given as such it would take for an address or a file.
    found = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": source},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    atom = str(found.get("version") or "").startswith("atom")
    return Feed(
        _line(found.feed, "title"), tuple(_entry(entry, source, atom) for entry in found.entries), _asked(found.feed)
    )


def _entry(entry: dict[str, Any], source: str, atom: bool) -> Item:
    updated = _line(entry, "updated")
    url = _line(entry, "feedburner_origlink") or _line(entry, "link")
    # The dates of RDF are those of publication, under a name by which feedparser tells changes.
    published = _line(entry, "published") or (None if atom else updated)
    texts = [part.get("value") or "" for part in entry.get("content") or ()] + [dict.get(entry, "summary") or ""]
    return _item(
        _line(entry, "id"), url, source, title=_line(entry, "title"), author=_line(entry, "author"),
        outlet=_line(entry, "publisher"), published=published, modified=updated if atom else None,
        content=max(texts, key=len),
    )  # fmt: skip


def _item(
    guid: str | None, url: str | None, source: str, *, title: str | None, content: str = "", **told: str | None
) -> Item:
    """Return an item, its address made whole; one that has no name of its own is called by address or title."""
    address = None
    if url:
        try:
            address = urljoin(source, url.strip())
        except ValueError:
            address = url.strip()
    full = content if len(TAGS.sub(" ", content).split()) >= FULL_WORDS else ""
    plain = html.unescape(TAGS.sub("", title)) if title else None
    return Item(guid or address or title or "", address, " ".join((plain or "").split()) or None, content=full, **told)


def _asked(channel: dict[str, Any]) -> float | None:
    """Return how many seconds a feed asks to be left alone for: ``ttl`` in minutes, or its period of updates."""
    try:
        if ttl := _line(channel, "ttl"):
            return max(0.0, float(ttl) * 60) or None
        period = PERIODS.get((_line(channel, "sy_updateperiod") or "").lower())
        return period / max(1.0, float(_line(channel, "sy_updatefrequency") or 1)) if period else None
    except ValueError:
        return None


def _mapped(text: str, source: str) -> Feed:
    """Read a sitemap, or the addresses of the latest sitemaps of an index."""
    tree = parsed(text) if text else None
    if tree is None:
        return Feed(None, ())
    entries = [{local(field): field for field in entry.iter()} | {"": entry} for entry in tree if local(entry) in ENDS]
    if local(tree) == "sitemapindex":
        dated = sorted(entries, key=lambda entry: _said(entry, "lastmod") or "", reverse=True)
        maps = [urljoin(source, where) for entry in dated if (where := _said(entry, "loc"))]
        note = f"{len(maps)} sitemaps, the latest {MOST_MAPS} are read" if len(maps) > MOST_MAPS else ""
        return Feed(None, (), maps=tuple(maps[:MOST_MAPS]), note=note)
    items = tuple(
        _item(
            None, where, source, title=_said(entry, "title") if "news" in entry else None,
            outlet=_said(entry, "name") if "news" in entry else None, published=_said(entry, "publication_date"),
            modified=_said(entry, "lastmod"),
        )
        for entry in entries if (where := _said(entry, "loc"))
    )  # fmt: skip
    return Feed(next((item.outlet for item in items if item.outlet), None), items)


def _said(entry: dict[str, "Element"], name: str) -> str | None:
    element = entry.get(name)
    return " ".join("".join(element.itertext()).split()) or None if element is not None else None


def _json(text: str, source: str) -> Feed | Rejected:
    """Read a JSON Feed (jsonfeed.org, 1 and 1.1)."""
    try:
        feed = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        return Rejected(source, Reason.UNREADABLE, str(error)[:200])
    if "jsonfeed.org" not in str(feed.get("version")) or not isinstance(feed.get("items"), list):
        return Rejected(source, Reason.NO_FEED, "JSON, but no JSON Feed")
    return Feed(_line(feed, "title"), tuple(_json_items(feed["items"], source)))


def _json_items(items: list[Any], source: str) -> Iterator[Item]:
    for item in items:
        if isinstance(item, dict):
            authors = item.get("authors") or [item.get("author")]
            author = authors[0] if isinstance(authors, list) and isinstance(authors[0], dict) else {}
            text = item.get("content_text")
            plain = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n")) if isinstance(text, str) else ""
            yield _item(
                _line(item, "id"), _line(item, "url") or _line(item, "external_url"), source,
                title=_line(item, "title"), author=_line(author, "name"), published=_line(item, "date_published"),
                modified=_line(item, "date_modified"), content=str(item.get("content_html") or plain),
            )  # fmt: skip


def _line(fields: dict[str, Any], name: str) -> str | None:
    """Return a field as one line; asked past feedparser, which answers for one date with another."""
    value = dict.get(fields, name)
    return " ".join(str(value).split()) or None if isinstance(value, str | int | float) else None
