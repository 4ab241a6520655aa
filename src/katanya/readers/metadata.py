"""What a page says about its article: in JSON-LD, in Open Graph and other meta tags, in its own words."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from katanya.readers.dates import PrintedDates, settle

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_NODES = 5000  # of JSON-LD
ARTICLE_TYPES = ("Article", "BlogPosting", "LiveBlogPosting")  # and what ends so: NewsArticle
TITLES = ("og:title", "twitter:title", "title")
OUTLETS = ("og:site_name", "application-name", "publisher", "twitter:site")
AUTHORS = ("author", "article:author", "content_author", "dc.creator", "parsely-author")
DATES = (
    "article:published_time", "og:published_time", "datepublished", "publishdate", "pubdate", "publish_date",
    "published-date", "date", "dc.date", "dc.date.issued", "content_publisheddate", "parsely-pub-date",
)
CHANGES = ("article:modified_time", "og:updated_time", "datemodified", "last-modified")
# A page's title often ends in the outlet's name behind one of these.
TITLE_PARTS = re.compile(r"\s+[-–—|»]\s+")
OUTLET_WORDS = 6  # what stands beside the headline in a page's title, if it is no longer than this
NAME_WORDS = 8
# The fields that matter, read from JSON-LD that is no JSON.
BROKEN = re.compile(r'"(headline|datePublished|url)"\s*:\s*"((?:[^"\\\n]|\\.){1,500})"')


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says about its article; ``is_article`` is true where it calls itself one."""

    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    published: str | None = None
    modified: str | None = None
    url: str | None = None
    language: str | None = None
    is_article: bool = False


def read_metadata(tree: "HtmlElement", dates: PrintedDates, writers: tuple[str, ...]) -> Metadata:
    """Read the metadata of a parsed page; what the page does not say is None.

    ``writers`` are the labels before a writer's name in the page's language.
    """
    meta = _meta(tree)
    linked = _article(tree)
    outlet = _text(linked.get("publisher")) or _first(meta, OUTLETS) or _titled_outlet(tree)
    outlet = outlet.lstrip("@") if outlet else None
    links = (link for link in tree.iter("link") if link.get("rel", "").lower() == "canonical")
    canonical = next((link.get("href") for link in links), None)
    said = _text(linked.get("datePublished")) or _first(meta, DATES) or _timed(tree, "published")
    modified = _text(linked.get("dateModified")) or _first(meta, CHANGES) or _timed(tree, "modified", given=True)
    url = _address(linked, canonical, meta)
    title = _text(linked.get("headline")) or _first(meta, TITLES)
    return Metadata(
        title=_without_outlet(title, outlet) if title else _page_title(tree, outlet),
        author=_author(tree, linked, meta, writers),
        outlet=outlet,
        published=settle(said.strip() if said else None, dates.find(tree), url),
        modified=modified,
        url=url,
        language=(tree.get("lang") or "")[:2].lower() or None,
        is_article=bool(linked.get("headline")) or meta.get("og:type") == "article",
    )


def _meta(tree: "HtmlElement") -> dict[str, str]:
    """Return the meta tags by name or property in lower case; the first of a name goes."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        content = " ".join((tag.get("content") or "").split())
        if content:
            found.setdefault(name.strip().lower(), content)
    return found


def _article(tree: "HtmlElement") -> dict[str, Any]:
    """Return the article's node of the page's JSON-LD, its publisher looked up; empty where there is none."""
    broken: dict[str, Any] = {}
    nodes: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            text = script.text or ""
            try:
                nodes += _nodes(json.loads(text, strict=False))
            except (ValueError, RecursionError):
                broken |= {name: html.unescape(value) for name, value in BROKEN.findall(text[:100_000])}
    article = next((node for node in nodes if _is_article(node)), broken)
    for field in ("publisher", "author"):
        value = article.get(field)
        if isinstance(value, dict) and "name" not in value:
            named = (node for node in nodes if node.get("@id") == value.get("@id") and "name" in node)
            article = {**article, field: next(named, None)}
    return article


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON-LD value in order, whatever lists and graphs they lie in."""
    waiting, seen = [value], 0
    while waiting and seen < MAX_NODES:
        node = waiting.pop()
        seen += 1
        if isinstance(node, dict):
            yield node
            waiting += reversed([child for child in node.values() if isinstance(child, dict | list)])
        elif isinstance(node, list):
            waiting += reversed(node)


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    return any(str(kind).endswith(ARTICLE_TYPES) for kind in (types if isinstance(types, list) else [types]))


def _address(linked: dict[str, Any], canonical: str | None, meta: dict[str, str]) -> str | None:
    """Return the page's own address: canonical link, Open Graph, JSON-LD; only one of the web counts."""
    pages = (linked.get("mainEntityOfPage"), linked.get("isPartOf"))
    named = (page.get("@id") if isinstance(page, dict) else page for page in pages)
    candidates = (canonical, meta.get("og:url"), linked.get("url"), *named)
    for address in candidates:
        if isinstance(address, str) and _is_web(address.strip()):
            return address.strip()
    return None


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _page_title(tree: "HtmlElement", outlet: str | None) -> str | None:
    """Return the first headline, or the page's title without the outlet's name behind it."""
    return _heading(tree) or _without_outlet(_title(tree), outlet) or None


def _without_outlet(title: str, outlet: str | None) -> str:
    parts = TITLE_PARTS.split(title)
    if len(parts) > 1 and (outlet is None or parts[-1].lower() in outlet.lower()):
        return title[: title.rindex(parts[-1])].rstrip(" -–—|»")
    return title


def _titled_outlet(tree: "HtmlElement") -> str | None:
    """Return the few words that stand beside the headline in the page's title."""
    heading, title = _heading(tree), _title(tree)
    if not heading or heading not in title or heading == title:
        return None
    rest = title.replace(heading, "", 1).strip(" -–—|»:")
    return rest if 0 < len(rest.split()) <= OUTLET_WORDS and not TITLE_PARTS.search(rest) else None


def _heading(tree: "HtmlElement") -> str | None:
    """Return the headline: the first of the highest rank, or a lower one that the page's title holds as well."""
    title = _title(tree)
    for rank in ("h1", "h2", "h3"):
        headings = (" ".join(heading.text_content().split()) for heading in tree.iter(rank))
        found = next((words for words in headings if words and (rank == "h1" or words in title)), None)
        if found:
            return found
    return None


def _title(tree: "HtmlElement") -> str:
    return " ".join((tree.findtext(".//title") or "").split())


def _timed(tree: "HtmlElement", name: str, given: bool = False) -> str | None:
    """Return the first date that an element holds for programs and names so; or the first of all unless ``given``."""
    first: str | None = None
    for element in tree.iter("time", "abbr", "span", "meta"):
        value = element.get("datetime") or (element.get("title") if element.tag == "abbr" else element.get("content"))
        if value and value[:4].isdigit():
            names = f"{element.get('class', '')} {element.get('itemprop', '')} {element.get('pubdate', '')}".lower()
            if name in names:
                return str(value).strip()
            first = first or str(value).strip()
    return None if given else first


def _author(
    tree: "HtmlElement", linked: dict[str, Any], meta: dict[str, str], writers: tuple[str, ...]
) -> str | None:
    """Return the first author: of the metadata, of an element that is marked as one, or behind a writer's label."""
    candidates = [_text(linked.get("author")), *(html.unescape(meta[name]) for name in AUTHORS if name in meta)]
    candidates += [" ".join(link.text_content().split()) for link in tree.iter("a") if link.get("rel") == "author"]
    for element in tree.iter("span", "a"):
        if "fn" in (element.get("class") or "").split() or element.get("itemprop") == "author":
            candidates.append(" ".join(element.text_content().split()))
    name = next((name for name in candidates if name and "//" not in name and len(name.split()) <= NAME_WORDS), None)
    return name or _labelled(tree, writers)


def _labelled(tree: "HtmlElement", writers: tuple[str, ...]) -> str | None:
    labels = "|".join(map(re.escape, writers))
    label = re.compile(rf"(?:{labels})\s*:\s*(\S[^:|/]{{2,60}}?)\s*(?:[|/].*)?", re.IGNORECASE)
    for element in tree.iter("p", "div", "span", "b", "strong", "i", "em"):
        match = label.fullmatch(" ".join((element.text or "").split()))
        if match and len(match[1].split()) <= NAME_WORDS:
            return match[1]
    return None


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((html.unescape(meta[name]) for name in names if name in meta), None)


def _text(value: Any) -> str | None:
    """Return a JSON-LD value as text: a string, an object's name, the first of a list."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(html.unescape(value).split()) or None if isinstance(value, str) else None
