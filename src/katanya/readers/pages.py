"""An article on several pages: the addresses of its other pages, and the pages put together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from urllib.parse import SplitResult, parse_qsl, urljoin, urlsplit

from katanya.core.records import Document
from katanya.lang.pack import Pack, load_pack
from katanya.readers.html import parse_page
from katanya.readers.text import decode

SINGLE = ("single", "1")
MOST = 30  # pages of an article


class PageLinks:
    """Finds the links from one page of an article to its others, by the names that a language's outlets give them."""

    def __init__(self, pack: Pack) -> None:
        self._fields, self._whole = pack.words("boilerplate.page_fields"), pack.words("boilerplate.page_wholes")
        fields = "|".join(map(re.escape, sorted(self._fields)))
        self._numbered = re.compile(rf"(.*?)(?:/(?:{fields}))?/(\d{{1,2}})/?")

    def whole(self, data: bytes, url: str) -> str | None:
        """Return the address that a page gives for all of its article on one page; None where it gives none."""
        for link in _links(data, url):
            pairs = parse_qsl(link.query)
            asked = {
                name for name, value in pairs
                if (name, value) == SINGLE or (name in self._fields and value.lower() in self._whole)
            }  # fmt: skip
            if asked and _same(link, urlsplit(url), asked):
                return link.geturl()
        return None

    def numbered(self, data: bytes, url: str, number: int) -> str | None:
        """Return the address that a page links for page ``number`` of the article at ``url``; None for none."""
        first = urlsplit(url)
        for link in _links(data, url):
            pairs = parse_qsl(link.query)
            asked = {name for name, value in pairs if name in self._fields and value == str(number)}
            if asked and _same(link, first, asked):
                return link.geturl()
            match = self._numbered.fullmatch(link.path)
            if match and int(match[2]) == number and _same(link._replace(path=match[1]), first, set()):
                return link.geturl()
        return None


def joined(documents: Sequence[Document]) -> Document:
    """Return the pages of an article as one; a line that stands on an earlier page already is not repeated."""
    lines = dict.fromkeys(line for document in documents for line in document.text.split("\n"))
    return replace(documents[0], text="\n".join(lines)) if len(documents) > 1 else documents[0]


@cache
def page_links(language: str) -> PageLinks:
    """Return the finder of a language."""
    return PageLinks(load_pack(language))


def _links(data: bytes, url: str) -> Iterator[SplitResult]:
    """Yield the links of a page to its own host."""
    page = decode(data, source=url)
    tree = parse_page(page) if isinstance(page, str) else None
    if tree is None:
        return
    host = urlsplit(url).netloc
    for element in tree.iter("a", "link"):
        try:
            link = urlsplit(urljoin(url, (element.get("href") or "").strip()))
        except ValueError:
            continue
        if link.netloc == host and link.scheme in ("http", "https"):
            yield link._replace(fragment="")


def _same(link: SplitResult, first: SplitResult, besides: set[str]) -> bool:
    """Tell whether two addresses are one but for some fields of the query."""
    rest = [pair for pair in parse_qsl(link.query) if pair[0] not in besides]
    told = [pair for pair in parse_qsl(first.query) if pair[0] not in besides]
    return link.path.rstrip("/") == first.path.rstrip("/") and all(pair in told for pair in rest)
