"""How long a question may take: one that takes longer is given up where it stands."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

from katanya.core.errors import TooLongError

# Steps of SQLite's machine between two looks at the clock: some milliseconds where the pages are at hand, a second
# where they come from a slow disk. A look waits for Python's lock, which a busy thread holds for 5 ms: hence no more.
STEPS = 100_000
INTERRUPTED = "SQLITE_INTERRUPT"


@contextmanager
def within(connection: sqlite3.Connection, seconds: float, where: str) -> Iterator[None]:
    """Give up what is asked of a ledger in the block once it takes longer; raises `TooLongError`.

    ``where`` is what the error names. SQLite is held to it by its progress handler; what Python makes of the rows goes
    on until it asks for more.
    """
    until = monotonic() + seconds
    connection.set_progress_handler(lambda: monotonic() >= until, STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorname", "") != INTERRUPTED:
            raise
        raise _too_long(seconds, where) from None
    finally:
        connection.set_progress_handler(None, STEPS)


@contextmanager
def held(lock: Lock, seconds: float | None, where: str) -> Iterator[None]:
    """Hold a lock; raises `TooLongError` where others have it for longer. ``None`` waits as long as that takes."""
    if not lock.acquire(timeout=-1 if seconds is None else seconds):
        raise _too_long(seconds or 0, where)
    try:
        yield
    finally:
        lock.release()


def _too_long(seconds: float, where: str) -> TooLongError:
    return TooLongError(f"takes more than {seconds:g} s", where=where,
                        fix="ask for less: more words, a shorter period, one outlet")
