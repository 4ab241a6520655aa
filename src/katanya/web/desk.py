"""Reads what was pasted, in processes of their own: a long text stalls nobody who looks something up."""

import asyncio
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING

from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Article, Document
from katanya.web.problems import Refused
from katanya.web.settings import Settings

if TYPE_CHECKING:
    from katanya.api import Reader

PASTED = "pasted"  # where a rejected text came from


@dataclass(frozen=True, slots=True)
class Text:
    """A text, or a page as it was copied, with what is known about it."""

    text: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An address to be fetched, by the rule for private networks."""

    url: str
    private: bool
    seconds: float
    bytes: int


@dataclass(frozen=True, slots=True)
class Read:
    """An article with its date in ISO 8601, as far as it can be told."""

    article: Article
    dated: str | None


@dataclass(frozen=True, slots=True)
class How:
    """What texts are read with."""

    language: str
    model: str | Path | None


Job = Text | Link


class Desk:
    """Reads texts and links, each at a process that starts with the first and is ended where it takes too long."""

    def __init__(self, settings: Settings) -> None:
        how = How(settings.language, settings.model)
        self._settings = settings
        self._texts, self._links = _Worker(how), _Worker(how)
        self._threads = ThreadPoolExecutor(2, "desk")
        self._waiting = 0

    def close(self) -> None:
        """End the processes."""
        for worker in (self._texts, self._links):
            worker.end()
        self._threads.shutdown(cancel_futures=True)

    def link(self, url: str) -> Link:
        """Return a link to be read, within the limits of the server."""
        told = self._settings
        return Link(url, told.private, told.link_seconds, told.largest_link)

    async def read(self, job: Job) -> Read | Rejected:
        """Read a text or a link; raises `Refused` where too many wait or it takes too long."""
        if self._waiting >= self._settings.waiting:
            raise Refused(503, "too many texts are being read", fix="try again in a few seconds", wait=5)
        worker = self._links if isinstance(job, Link) else self._texts
        seconds = self._settings.read_seconds + (job.seconds if isinstance(job, Link) else 0)
        self._waiting += 1
        try:
            async with worker.turn:
                return await asyncio.get_running_loop().run_in_executor(self._threads, worker.read, job, seconds)
        finally:
            self._waiting -= 1


class _Worker:
    """One process that reads one thing after the other."""

    def __init__(self, how: How) -> None:
        self._how = how
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self.turn = asyncio.Lock()

    def read(self, job: Job, seconds: float) -> Read | Rejected:
        """Read within some seconds, those of the process's own start not counted."""
        try:
            pipe = self._started()
            pipe.send(job)
            if pipe.poll(seconds):
                answer: Read | Rejected = pipe.recv()
                return answer
        except (EOFError, OSError):
            self.end()
            return Rejected(PASTED, Reason.FAILED, "the process that reads ended")
        self.end()
        raise Refused(504, f"took more than {seconds:g} s to read", fix="try a shorter text")

    def end(self) -> None:
        """End the process; the next thing to be read starts another."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    def _started(self) -> Connection:
        if self._process is not None and self._pipe is not None and self._process.is_alive():
            return self._pipe
        self.end()
        context = get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=_work, args=(there, self._how), daemon=True, name="katanya desk")
        process.start()
        there.close()
        self._process, self._pipe = process, here
        here.recv()  # it is ready
        return here


def _work(pipe: Connection, how: How) -> None:
    """Read what comes in until nobody asks any longer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from katanya.api import Reader

    reader = Reader(how.language, model=how.model)
    pipe.send(None)
    while True:
        try:
            job = pipe.recv()
        except EOFError:
            return
        pipe.send(_read(job, reader))


def _read(job: Job, reader: "Reader") -> Read | Rejected:
    from katanya.api import dated

    document = _page(job, reader.language) if isinstance(job, Link) else _text(job, reader.language)
    if isinstance(document, Rejected):
        return document
    (outcome,) = reader.pipe([document])
    if isinstance(outcome, Rejected):
        return outcome
    return Read(outcome, dated(outcome.document.published, reader.language))


def _text(job: Text, language: str) -> Document | Rejected:
    """Return a text as it was pasted, unchanged; a page has its article taken out."""
    from katanya.readers import read_bytes

    document = read_bytes(job.text.encode("utf-8", "surrogatepass"), source=PASTED, language=language, charset="utf-8")
    if isinstance(document, Rejected):
        return document
    known = {name: value for name in ("title", "outlet", "published") if (value := getattr(job, name))}
    return replace(document, id="", **known)


def _page(job: Link, language: str) -> Document | Rejected:
    from katanya.batch.web import Page, Visitor
    from katanya.fetch.fetcher import Limits

    limits = Limits(bytes=job.bytes, seconds=job.seconds, patience=job.seconds, tries=1)
    with Visitor(private=job.private, limits=limits, language=language) as visitor:
        page = visitor.read(job.url)
    return page.document if isinstance(page, Page) else page if isinstance(page, Rejected) else NOTHING


NOTHING = Rejected(PASTED, Reason.UNREACHABLE, "nothing came")
