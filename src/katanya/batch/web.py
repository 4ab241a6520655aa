"""Pages of the web as documents: fetched, read, and the pages of one article put together."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Self

from katanya.core.outcomes import Rejected
from katanya.core.records import Document
from katanya.core.settings import LANGUAGE
from katanya.fetch.fetcher import Fetched, Fetcher, Limits, Unchanged, Validators
from katanya.readers import read_bytes
from katanya.readers.html import read_html
from katanya.readers.pages import MOST, joined, page_links

Run = Callable[..., Awaitable[Any]]  # calls a reader with its arguments


async def at_once(reader: Callable[..., Any], *args: Any, **more: Any) -> Any:
    """Call a reader here and now."""
    return reader(*args, **more)


@dataclass(frozen=True, slots=True)
class Page:
    """An article of the web, and what its server tells this version of it by."""

    document: Document
    validators: Validators


async def read_page(
    fetcher: Fetcher,
    url: str,
    known: Validators | None = None,
    *,
    language: str = LANGUAGE,
    check_language: bool = False,
    run: Run = at_once,
) -> Page | Unchanged | Rejected:
    """Fetch and read an article, all of its pages where it links several.

    ``known`` are the validators of the version that was read before, ``run`` calls the readers. A page that is linked
    and cannot be had rejects the article: half of one would be taken for all of it.
    """
    first = await fetcher.fetch(url, known)
    if not isinstance(first, Fetched):
        return first
    document: Document | Rejected = await run(
        read_bytes, first.data, source=first.url, language=language, check_language=check_language,
        charset=first.charset,
    )  # fmt: skip
    if isinstance(document, Rejected):
        return replace(document, source=url)
    rest = await _rest(fetcher, first, document, language, run)
    if isinstance(rest, Rejected):
        return replace(rest, source=url)
    return Page(replace(rest, url=document.url or first.url), first.validators)


async def _rest(fetcher: Fetcher, first: Fetched, document: Document, language: str, run: Run) -> Document | Rejected:
    """Return the article with its other pages, or the whole of it where the page links that."""
    links = page_links(language)
    if whole := links.whole(first.data, first.url):
        page = await fetcher.fetch(whole)
        if isinstance(page, Fetched):
            found = await run(
                read_bytes, page.data, source=first.url, kind="html", language=language, charset=page.charset
            )
            if isinstance(found, Document):
                return replace(document, text=found.text)
    documents, latest = [document], first.data
    for number in range(2, MOST + 1):
        address = links.numbered(latest, first.url, number) or links.numbered(first.data, first.url, number)
        if address is None:
            break
        page = await fetcher.fetch(address)
        if isinstance(page, Rejected):
            return replace(page, detail=f"page {number}: {page.detail}")
        if isinstance(page, Unchanged):  # it was not asked whether it is
            break
        more = await run(
            read_html, page.data, source=address, language=language, charset=page.charset, continued=True
        )
        if isinstance(more, Rejected):
            break
        documents.append(more)
        latest = page.data
    return joined(documents)


class Visitor:
    """Reads addresses one after the other, for those who are not asynchronous; use it as a context."""

    def __init__(self, *, private: bool = False, limits: Limits | None = None, language: str = LANGUAGE) -> None:
        self._runner = asyncio.Runner()
        self._fetcher = Fetcher(limits or Limits(), private=private)
        self._language = language

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._runner.run(self._fetcher.__aexit__(kind, error, trace))
        finally:
            self._runner.close()

    def read(
        self, url: str, known: Validators | None = None, *, check_language: bool = False
    ) -> Page | Unchanged | Rejected:
        """Fetch and read one article, as `read_page` does."""
        return self._runner.run(
            read_page(self._fetcher, url, known, language=self._language, check_language=check_language)
        )
