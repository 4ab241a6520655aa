"""A limit on the time that one article may take: a run over millions must not stand still for one."""

import faulthandler
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import IO

from katanya.core.settings import MAX_SECONDS

AGAIN = 1.0  # seconds after which it is said again to code that has caught it
HARD = 3  # times the limit: then a worker that hears nothing ends itself

_nowhere: IO[str] | None = None


class TookTooLong(BaseException):
    """The time is up."""


@contextmanager
def within(seconds: float = MAX_SECONDS) -> Iterator[None]:
    """Raise `TookTooLong` in the block after so many seconds of the processor's time.

    Only the main thread of a process can be told; elsewhere, and where the system has no such clock, there is no
    limit. A worker that stays in compiled code ends itself after `HARD` times as many seconds, and others take over.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _ring)
    worker = multiprocessing.parent_process() is not None
    if worker:
        faulthandler.dump_traceback_later(HARD * seconds, exit=True, file=_silent())
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        if worker:
            faulthandler.cancel_dump_traceback_later()
        signal.signal(signal.SIGVTALRM, before)


def _ring(number: int, frame: FrameType | None) -> None:
    raise TookTooLong


def _silent() -> IO[str]:
    global _nowhere
    if _nowhere is None:
        _nowhere = open(os.devnull, "w")  # noqa: SIM115 - as long as the process
    return _nowhere
