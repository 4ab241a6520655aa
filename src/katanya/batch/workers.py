"""A function over many items on several processes: results in order, few items under way, no orphans."""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from typing import Self, TypeVar

from katanya.core.errors import KatanyaError

AHEAD = 3  # items under way for each worker: enough to keep all busy, few enough to keep memory flat

Item = TypeVar("Item")
Result = TypeVar("Result")


class Workers:
    """Some processes that functions are run by; ``number`` of 1 stays in this one. Use it as a context."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._pool = ProcessPoolExecutor(number, get_context("spawn"), initializer=_start) if number > 1 else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def ordered(
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        where: Callable[[Item], bool] = lambda item: True,
    ) -> Iterator[Result]:
        """Yield ``function(item)`` in the order of the items, in this process but ``where`` there is work."""
        if self._pool is None:
            yield from map(function, items)
            return
        waiting: deque[Future[Result]] = deque()
        try:
            for item in items:
                if where(item):
                    with _interrupts_held():
                        waiting.append(self._pool.submit(function, item))
                else:
                    waiting.append(_done(function(item)))
                if len(waiting) >= AHEAD * self._number:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise KatanyaError("a worker process was killed, perhaps for memory",
                               fix="the same command goes on where it stopped; try fewer --workers") from error


def _done(result: Result) -> Future[Result]:
    future: Future[Result] = Future()
    future.set_result(result)
    return future


def ordered(function: Callable[[Item], Result], items: Iterable[Item], workers: int) -> Iterator[Result]:
    """Yield ``function(item)`` in the order of the items; ``workers`` of 1 stays in this process."""
    with Workers(workers) as those:
        yield from those.ordered(function, items)


def _start() -> None:
    """Leave Ctrl-C to the parent, and end with it: a worker whose parent was killed must not linger."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
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
