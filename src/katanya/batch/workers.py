"""A function over many items on several processes: results in order, few items under way, no orphans."""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Generic, Self, TypeVar

from katanya.core.errors import KatanyaError

RENEWED = 1000  # items for each worker, after which fresh ones take over: what long work leaves in pieces is given back
AHEAD = 3  # items under way for each worker: enough to keep all busy, few enough to keep memory flat

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Mend(Generic[Item, Result]):
    """How items are gone on with whose workers were killed: cut into parts, of which the one to blame is told.

    ``blamed`` makes a part one that can be done without harm, ``joined`` puts the results of parts together.
    """

    parts: Callable[[Item], list[Item]]
    blamed: Callable[[Item], Item]
    joined: Callable[[list[Result]], Result]


class Workers:
    """Some processes that functions are run by; ``number`` of 1 stays in this one. Use it as a context."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._hears, self._holds = get_context("spawn").Pipe(duplex=False)
        self._pool = self._fresh() if number > 1 else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error is not None:
            self._holds.close()  # nobody waits for what is under way: it may take long
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._holds.close()
        self._hears.close()

    def ordered(
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        where: Callable[[Item], bool] = lambda item: True,
        mend: Mend[Item, Result] | None = None,
    ) -> Iterator[Result]:
        """Yield ``function(item)`` in the order of the items, in this process but ``where`` there is work.

        Items whose workers are killed are done again, each by itself, and by ``mend`` their parts; without it a
        killed worker raises `KatanyaError`.
        """
        if self._pool is None:
            yield from map(function, items)
            return
        waiting: deque[tuple[Item, Future[Result]]] = deque()
        for item in items:
            if self._given >= RENEWED * self._number:
                self._renew()
            waiting.append((item, self._submit(function, item) if where(item) else _done(function(item))))
            if len(waiting) >= AHEAD * self._number:
                yield self._next(function, waiting, mend)
        while waiting:
            yield self._next(function, waiting, mend)

    def _next(
        self,
        function: Callable[[Item], Result],
        waiting: deque[tuple[Item, Future[Result]]],
        mend: Mend[Item, Result] | None,
    ) -> Result:
        item, future = waiting.popleft()
        try:
            return future.result()
        except BrokenProcessPool as error:
            if mend is None:
                raise KatanyaError("a worker process was killed, perhaps for memory",
                                   fix="the same command goes on where it stopped; try fewer --workers") from error
            result = self._mended(function, item, mend)
            for number, (other, broken) in enumerate(waiting):
                if broken.done() and isinstance(broken.exception(), BrokenProcessPool):
                    waiting[number] = other, self._submit(function, other)
            return result

    def _mended(self, function: Callable[[Item], Result], item: Item, mend: Mend[Item, Result]) -> Result:
        """Do an item with nothing beside it; where its worker is killed again its parts, and in the end without it."""
        try:
            return self._submit(function, item).result()
        except BrokenProcessPool:
            parts = mend.parts(item)
            if len(parts) == 1:
                return self._submit(function, mend.blamed(item)).result()
            return mend.joined([self._mended(function, part, mend) for part in parts])

    def _submit(self, function: Callable[[Item], Result], item: Item) -> Future[Result]:
        """Hand an item to a worker, of a new set where the old one has lost one."""
        self._given += 1
        with _interrupts_held():
            try:
                return self._running.submit(function, item)
            except BrokenProcessPool:
                self._renew()
                return self._running.submit(function, item)

    def _renew(self) -> None:
        """Put fresh workers in the place of these, once they have done what they were given."""
        self._running.shutdown(wait=True)
        self._pool = self._fresh()

    @property
    def _running(self) -> ProcessPoolExecutor:
        assert self._pool is not None
        return self._pool

    def _fresh(self) -> ProcessPoolExecutor:
        self._given = 0
        return ProcessPoolExecutor(self._number, get_context("spawn"), initializer=_start, initargs=(self._hears,))


def _done(result: Result) -> Future[Result]:
    future: Future[Result] = Future()
    future.set_result(result)
    return future


def _start(hears: Connection) -> None:
    """Leave Ctrl-C to the parent, and end with it: a worker whose parent was killed or gave up must not linger."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, args=(hears,), daemon=True).start()


def _end_with_parent(hears: Connection) -> None:
    """Wait for the other end of a pipe, which only the parent holds, to be closed."""
    hears.poll(None)
    os._exit(1)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while a process may start: the child inherits the mask and starts up in peace."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
