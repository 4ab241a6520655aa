"""What a page says about its article: in JSON-LD, in Open Graph and other meta tags, in its own words."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_NODES = 5000  # of JSON-LD
ARTICLE_TYPES = ("Article", "BlogPosting", "ReportageNewsArticle", "LiveBlogPosting")
TITLES = ("og:title", "twitter:title", "title")
OUTLETS = ("og:site_name", "application-name", "publisher", "twitter:site")
DATES = (
    "article:published_time", "og:published_time", "datepublished", "publishdate", "pubdate", "publish_date",
    "published-date", "date", "dc.date", "dc.date.issued", "content_publisheddate", "parsely-pub-date",
)
# A page's title often ends in the outlet's name behind one of these.
TITLE_PARTS = re.compile(r"\s+[-–—|]\s+")
# The fields that matter, read from JSON-LD that is no JSON.
BROKEN = re.compile(r'"(headline|datePublished|url)"\s*:\s*"((?:[^"\\\n]|\\.){1,500})"')


@dataclass(frozen=True, slots=True)
class Metadata:
    """Title, outlet, date and address of a page; ``is_article`` is true where the page calls itself one."""

    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    is_article: bool = False


def read_metadata(tree: "HtmlElement") -> Metadata:
    """Read the metadata of a parsed page; what the page does not say is None."""
    meta = _meta(tree)
    linked = _article(tree)
    outlet = _text(linked.get("publisher")) or _first(meta, OUTLETS)
    links = (link for link in tree.iter("link") if link.get("rel", "").lower() == "canonical")
    canonical = next((link.get("href") for link in links), None)
    shown = next((time.get("datetime") for time in tree.iter("time") if time.get("datetime")), None)
    published = _text(linked.get("datePublished")) or _first(meta, DATES) or shown
    return Metadata(
        title=_text(linked.get("headline")) or _first(meta, TITLES) or _page_title(tree, outlet),
        outlet=outlet.lstrip("@") if outlet else None,
        published=published.strip() if published else None,
        url=_address(linked, canonical, meta),
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
    publisher = article.get("publisher")
    if isinstance(publisher, dict) and "name" not in publisher:
        named = (node for node in nodes if node.get("@id") == publisher.get("@id") and "name" in node)
        article = {**article, "publisher": next(named, None)}
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
    page = linked.get("mainEntityOfPage")
    candidates = (
        canonical, meta.get("og:url"), linked.get("url"), page.get("@id") if isinstance(page, dict) else page,
    )
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
    """Return the first headline or the page's title, without the outlet's name behind it."""
    headings = [" ".join(heading.text_content().split()) for heading in tree.iter("h1")]
    title = " ".join((tree.findtext(".//title") or "").split())
    parts = TITLE_PARTS.split(title)
    if len(parts) > 1 and (outlet is None or parts[-1].lower() in outlet.lower()):
        title = title[: title.rindex(parts[-1])].rstrip(" -–—|")
    return next((heading for heading in headings if heading), None) or title or None


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((html.unescape(meta[name]) for name in names if name in meta), None)


def _text(value: Any) -> str | None:
    """Return a JSON-LD value as text: a string, an object's name, the first of a list."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(html.unescape(value).split()) or None if isinstance(value, str) else None
