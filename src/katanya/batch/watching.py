"""Feeds watched for days: what they name is fetched, read and filed, each once.

All state is in the ledger, so that memory stays as it is and a kill costs nothing: what a feed names is noted together
with what its server tells that version of it by, and what became of an item together with the article that was filed.
"""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from katanya import __version__
from katanya.api import dated
from katanya.batch.addresses import known_as
from katanya.batch.reading import model_digest, reader
from katanya.batch.turns import Turns
from katanya.batch.visits import Brought, Had, Visits, source_of
from katanya.core.errors import InputError
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Article
from katanya.core.settings import DEFAULT_MODEL, LANGUAGE
from katanya.fetch.fetcher import Fetcher, Limits, Postponed, Validators
from katanya.fetch.urls import is_url, parse
from katanya.ledger.entries import Entry, Program
from katanya.ledger.feeds import DueFeed, DueItem
from katanya.ledger.filing import Filed, Filer, Place
from katanya.ledger.store import Ledger
from katanya.readers.feedlists import read_feed_list
from katanya.readers.feeds import MAX_FEED, Item
from katanya.readers.names import stem

EVERY = 900.0  # seconds between two visits to a feed
MOST_ASKED = 3600.0  # that a feed gets which asks for more by itself: many do by a default of their software
LONGEST = 24 * 3600.0  # between two tries, however often they failed and whatever the server asks for
PAGE_TRIES, PAGE_WAIT = 4, 300.0  # for a page that cannot be reached; the wait is three times as long each time
AT_ONCE = 32  # hosts that are visited at the same time
FAILED_AT_ONCE = 16  # of them those that failed before: slow ones must not take all the room
WAKE = 0.5  # seconds within which a stop is noticed
LIMITS = Limits(bytes=MAX_FEED)
WANTED = "give an OPML file, a text with an address a line, or addresses"


@dataclass(slots=True)
class Watching:
    """What a watch did so far, all of it on the disk.

    ``visits`` to feeds and how many of them ``failed``; what became of the items that feeds name, and how many of them
    are ``waiting`` to be read.
    """

    feeds: int = 0
    visits: int = 0
    failed: int = 0
    filed: Counter[Filed] = field(default_factory=Counter)
    waiting: int = 0

    @property
    def articles(self) -> int:
        """Items that are done with."""
        return self.filed.total()

    @property
    def rejected(self) -> int:
        """Those of them that could not be read."""
        return self.filed[Filed.REJECTED]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often feeds are visited: ``every`` so many seconds, or ``once`` and no more."""

    every: float = EVERY
    once: bool = False

    def next(self, asked: float | None) -> float:
        """Return the seconds to the next visit of a feed that could be had; it asks for some, or for none."""
        return max(self.every, min(asked or 0.0, MOST_ASKED))

    def again(self, failures: int, asked: float) -> float:
        """Return the seconds to the next visit of a feed that failed so often in a row; its server asks for some."""
        return min(LONGEST, max(asked, self.every * 2.0 ** min(failures, 20)))


def watch(
    feeds: Iterable[str],
    ledger: Path,
    *,
    clock: Callable[[], datetime],
    rhythm: Rhythm = Rhythm(),
    stop: threading.Event | None = None,
    language: str = LANGUAGE,
    model: str | Path | None = DEFAULT_MODEL,
    private: bool = False,
    limits: Limits = LIMITS,
    told: Callable[[Watching], None] = lambda state: None,
) -> Watching:
    """Watch feeds by their addresses, and file what they name into a ledger, which is made where there is none.

    It ends when ``stop`` is set, after the items at hand, or once all is done that is due at its beginning. What was
    seen before is not read again, however the run before ended. ``clock`` tells the time of day, with its zone;
    ``told`` is called when more is on the disk. Raises `KatanyaError` where the run as a whole cannot go on; a feed or
    page that cannot be had is noted as rejected, with its address as the source.
    """
    reader(language, model)  # a missing pack or model is told at once
    wanted, stop, turns = list(dict.fromkeys(feeds)), stop or threading.Event(), Turns()

    async def visit_all(opened: Ledger) -> Watching:
        program = Program(__version__, language, model_digest(model))
        async with Fetcher(limits, private=private) as fetcher:
            run = _Run(opened, program, rhythm, clock, Visits(fetcher, turns, language, model), told)
            return await run.run(wanted, stop, Reason.PRIVATE if private else "")

    def watched() -> Watching:
        try:
            with Ledger.open(ledger, write=True, language=language) as opened:
                return asyncio.run(visit_all(opened))
        finally:
            turns.shutdown()

    with ThreadPoolExecutor(1, "watch") as thread:
        done = thread.submit(watched)
        try:
            turns.run()  # what is read is read here, where it can be told that its time is up
        except BaseException:
            stop.set()
            raise
        return done.result()


def feeds_of(source: str) -> list[str]:
    """Return the feeds that a word names: one by its address, or those of a list in a file.

    A list is an OPML file or a text with an address a line. Raises `InputError` where it is neither.
    """
    if is_url(source):
        return [source]
    try:
        data = Path(source).read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=source, fix=WANTED) from error
    found = read_feed_list(data, source=source)
    if isinstance(found, Rejected):
        raise InputError(f"no list of feeds: {found.detail}", where=source, fix=WANTED)
    return found


class _Run:
    """One run: some visits at a time, each to a host of its own, and what they bring filed."""

    def __init__(
        self,
        ledger: Ledger,
        program: Program,
        rhythm: Rhythm,
        clock: Callable[[], datetime],
        visits: Visits,
        told: Callable[[Watching], None],
    ) -> None:
        self._ledger, self._program, self._rhythm, self._clock = ledger, program, rhythm, clock
        self._visits, self._told = visits, told
        self._state = Watching()
        self._under_way: dict[asyncio.Task[None], DueFeed | DueItem] = {}

    async def run(self, feeds: list[str], stop: threading.Event, mended: str = "") -> Watching:
        """Visit what is due, until told to stop or, once, until nothing is left.

        Feeds that failed before for the reason that is ``mended`` are due as well.
        """
        self._begun = self._after(0)
        with self._writing() as filer:
            filer.watched.begin([(url, _host(url)) for url in feeds], self._begun, mended)
        self._state.feeds, self._state.waiting = len(feeds), self._ledger.waiting()
        try:
            while not stop.is_set():
                self._set_out()
                if self._rhythm.once and not self._under_way:
                    break
                await self._wait()
        finally:
            await self._come_home()
        return self._state

    async def _come_home(self) -> None:
        """Break off what waits for the net, and let end what is being read and filed; raises what ended a visit."""
        waiting = set(self._under_way)
        while waiting:
            for visit in waiting & self._visits.away:
                visit.cancel()
            ended, waiting = await asyncio.wait(waiting, timeout=WAKE / 5)
            for visit in ended:
                if not visit.cancelled():
                    visit.result()

    def _set_out(self) -> None:
        """Begin as many visits as there is room for."""
        while len(self._under_way) < AT_ONCE:
            busy = {due.host for due in self._under_way.values()}
            patient = sum(due.failures > 0 for due in self._under_way.values()) < FAILED_AT_ONCE
            due = self._ledger.due(self._when(), busy, patient=patient)
            if due is None:
                return
            visit = self._feed(due) if isinstance(due, DueFeed) else self._item(due)
            self._under_way[asyncio.create_task(visit)] = due

    async def _wait(self) -> None:
        """Wait for a visit to end, for something to be due, or a little; raises what a visit could not go on for."""
        if not self._under_way:
            await asyncio.sleep(WAKE)
            return
        ended, _ = await asyncio.wait(self._under_way, timeout=WAKE, return_when=asyncio.FIRST_COMPLETED)
        for visit in ended:
            del self._under_way[visit]
            visit.result()

    async def _feed(self, feed: DueFeed) -> None:
        """Visit a feed, and let what is new in it wait to be read."""
        found = await self._visits.feed(feed)
        now, new = self._after(0), 0
        with self._writing() as filer:
            if isinstance(found, Rejected):
                wait = found.wait if isinstance(found, Postponed) else 0.0
                filer.reject(found, Place(feed.url))
                filer.watched.failed(feed, found, now, self._after(self._rhythm.again(feed.failures + 1, wait)))
            elif isinstance(found, Had):
                told = (found.validators.etag, found.validators.modified)
                due = self._after(self._rhythm.next(found.feed.every))
                filer.watched.had(feed, found.feed.title, told, found.feed.every, found.feed.note, now, due)
                # The oldest stand last in a feed, and are filed first.
                new = sum(filer.watched.add(feed, _told(item), self._when()) for item in reversed(found.feed.items))
            else:
                filer.watched.unchanged(feed, now, self._after(self._rhythm.next(feed.asked)))
        self._state.visits += 1
        self._state.failed += isinstance(found, Rejected)
        self._state.waiting += new
        self._told(self._state)

    async def _item(self, item: DueItem) -> None:
        """Visit the page of an item, and file what it brings; one that cannot be reached is tried again later."""
        known = self._ledger.fetched(item.url, self._program) if item.url else None
        brought = await self._visits.item(item, Validators(*known) if known else None)
        if wait := _patience(item, brought):
            with self._writing() as filer:
                filer.watched.postpone(item, self._after(wait))
            return
        with self._writing() as filer:
            filed = self._put(filer, item, brought)
            filer.watched.done(item, filed=filed is not Filed.REJECTED)
        self._state.filed[filed] += 1
        self._state.waiting -= 1
        self._told(self._state)

    def _put(self, filer: Filer, item: DueItem, brought: Brought) -> Filed:
        place, outcome = Place(source_of(item)), brought.outcome
        if outcome is None:
            return Filed.KNOWN
        if brought.refused:
            filer.reject(brought.refused, place)
        if isinstance(outcome, Rejected):
            filer.reject(outcome, place)
            return Filed.REJECTED
        filed = filer.add(self._entry(item, outcome), place)
        if item.url and brought.validators and filed is not Filed.REJECTED:
            filer.note_fetched(item.url, brought.validators.etag, brought.validators.modified)
        return filed

    def _entry(self, item: DueItem, article: Article) -> Entry:
        named = article.id != stem(source_of(item))
        return Entry(article, dated(article.document.published, self._program.language), named)

    def _writing(self) -> AbstractContextManager[Filer]:
        return self._ledger.writing(self._program, self._clock().astimezone(UTC).isoformat(timespec="seconds"))

    def _when(self) -> str:
        """Return the time by which things are due: to go once is to do what is due at the beginning."""
        return self._begun if self._rhythm.once else self._after(0)

    def _after(self, seconds: float) -> str:
        moment = self._clock().astimezone(UTC) + timedelta(seconds=seconds)
        return moment.isoformat(timespec="milliseconds")


def _patience(item: DueItem, brought: Brought) -> float:
    """Return after how many seconds a page that cannot be reached is tried again; 0 where it is not."""
    refused = brought.refused
    if refused is None or refused.reason is not Reason.UNREACHABLE or item.failures + 1 >= PAGE_TRIES:
        return 0.0
    asked = refused.wait if isinstance(refused, Postponed) else 0.0
    return min(LONGEST, max(asked, PAGE_WAIT * 3.0**item.failures))


def _told(item: Item) -> dict[str, str | None]:
    """Return what a feed says of an item, with what its page is known by and where it lies."""
    told: dict[str, str | None] = {name: value or None for name, value in asdict(item).items()}
    return told | {"address": known_as(item.url) if item.url else None, "host": _host(item.url or "")}


def _host(url: str) -> str:
    """Return scheme and place of an address, empty where it is none of the web."""
    try:
        return parse(url).origin
    except ValueError:
        return ""
