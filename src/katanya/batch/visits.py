"""Visits to feeds and to the pages that they name: fetched and read, nothing noted yet."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

from katanya.api import dated
from katanya.batch.addresses import untracked
from katanya.batch.reading import in_time, read, reader
from katanya.batch.web import Page, read_page
from katanya.core.errors import KatanyaError
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Article, Document
from katanya.fetch.fetcher import Fetched, Fetcher, Unchanged, Validators
from katanya.ledger.feeds import DueFeed, DueItem
from katanya.readers.feeds import MOST_ITEMS, Feed, Item, read_content, read_feed

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Had:
    """A feed as it was had, and what its server tells this version of it by."""

    feed: Feed
    validators: Validators


@dataclass(frozen=True, slots=True)
class Brought:
    """What a visit to a page brought: the article, the reason why not, or neither where nothing changed.

    ``refused`` is why the page itself could not be had; the article is then the one that the feed carries.
    """

    outcome: Article | Rejected | None
    validators: Validators | None = None
    refused: Rejected | None = None


class Visits:
    """Visits of one run, any number at a time: they wait for the net side by side, and are read one after the other."""

    def __init__(self, fetcher: Fetcher, thread: Executor, language: str, model: str | Path | None) -> None:
        self._fetcher, self._thread, self._language, self._model = fetcher, thread, language, model
        self.away: set[asyncio.Task[None]] = set()  # those that wait for the net: to be broken off at no loss

    async def feed(self, feed: DueFeed) -> Had | Unchanged | Rejected:
        """Fetch and read a feed, of an index of sitemaps the latest."""
        return await _safely(feed.url, self._feed(feed.url, Validators(feed.etag, feed.modified)))

    async def item(self, item: DueItem, known: Validators | None) -> Brought:
        """Fetch and read the page of an item; one that cannot be had is read from the feed if that carries it."""
        brought = await _safely(source_of(item), self._item(item, known))
        return Brought(brought) if isinstance(brought, Rejected) else brought

    async def _feed(self, url: str, known: Validators | None) -> Had | Unchanged | Rejected:
        page = await self._net(self._fetcher.fetch(url, known))
        if not isinstance(page, Fetched):
            return page
        feed = await self._in_time(read_feed, page.data, source=page.url, charset=page.charset)
        if isinstance(feed, Rejected):
            return feed
        if feed.maps:  # not conditional: a sitemap may change where the index of them does not
            return await self._mapped(feed, url)
        return Had(feed, page.validators)

    async def _mapped(self, index: Feed, url: str) -> Had | Rejected:
        """Return an index of sitemaps with the items of all of them; one that cannot be had is told in the note."""
        items, notes = list[Item](), [index.note] if index.note else []
        for address in index.maps:
            page = await self._net(self._fetcher.fetch(address))
            found: Feed | Unchanged | Rejected = page if not isinstance(page, Fetched) else await self._in_time(
                read_feed, page.data, source=page.url, charset=page.charset
            )  # fmt: skip
            if isinstance(found, Feed):
                items += found.items
            if isinstance(found, Rejected):
                notes.append(f"{address}: {found.reason.value}: {found.detail}")
        if not items and notes:
            return Rejected(url, Reason.UNREADABLE, "; ".join(notes)[:300])
        return Had(replace(index, items=tuple(items[:MOST_ITEMS]), note="; ".join(notes)[:300]), Validators())

    async def _item(self, item: DueItem, known: Validators | None) -> Brought:
        source = source_of(item)
        page: Page | Unchanged | Rejected = Rejected(source, Reason.NO_ARTICLE, "the feed gives no address for it")
        if item.url:
            page = await self._net(
                read_page(self._fetcher, item.url, known, language=self._language, run=self._in_time)
            )
        if isinstance(page, Unchanged):
            return Brought(None)
        if isinstance(page, Page):
            return Brought(await self._article(_filled(page.document, item, self._language), source), page.validators)
        carried = await self._in_time(read_content, _as_item(item), source=source, language=self._language)
        if isinstance(carried, Rejected):
            return Brought(page, refused=page)
        return Brought(await self._article(_filled(carried, item, self._language), source), refused=page)

    async def _article(self, document: Document, source: str) -> Article | Rejected:
        return await self._read(read, document, reader(self._language, self._model), source)

    async def _net(self, answer: Awaitable[Result]) -> Result:
        visit = asyncio.current_task()
        assert visit is not None
        self.away.add(visit)
        try:
            return await answer
        finally:
            self.away.discard(visit)

    async def _in_time(
        self, reader: Callable[Arguments, Result], *args: Arguments.args, **more: Arguments.kwargs
    ) -> Result | Rejected:
        """Run a reader within the time that it may take."""
        return await self._read(partial(in_time, reader, *args, **more))

    async def _read(
        self, function: Callable[Arguments, Result], *args: Arguments.args, **more: Arguments.kwargs
    ) -> Result:
        """Run what takes the processor in the thread for it, so that others can answer the net meanwhile."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(function, *args, **more))


def source_of(item: DueItem) -> str:
    """Return what an item is told by: its address, or its name in the feed where it has none."""
    return item.url or item.guid


def _filled(document: Document, item: DueItem, language: str) -> Document:
    """Return an article with what the feed says where the page says nothing, or of the date no more than the day.

    A day without a time may be one that the article tells of, where the page does not say when it was published.
    """
    names = ("title", "author", "outlet", "published", "modified")
    told = {name: getattr(document, name) or getattr(item, name) for name in names}
    if "T" not in (dated(document.published, language) or "") and dated(item.published, language):
        told["published"] = item.published
    return replace(document, **told, url=untracked(document.url) if document.url else None)


def _as_item(item: DueItem) -> Item:
    told = {field.name: getattr(item, field.name) for field in fields(Item)}
    return Item(**told | {"content": item.content or ""})


async def _safely(source: str, visit: Awaitable[Result]) -> Result | Rejected:
    """Return what a visit brings; what nobody foresaw becomes a reason: one feed must not end a watch over many."""
    try:
        return await visit
    except KatanyaError:
        raise
    except Exception as error:
        return Rejected(source, Reason.FAILED, f"{type(error).__name__}: {error}"[:300])
