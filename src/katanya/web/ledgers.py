"""The ledger for many who ask at a time: one open for each thread, and one to write for the moment of a change."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from typing import TypeVar

from katanya.ledger.kept import Kept
from katanya.ledger.store import Ledger
from katanya.web.problems import Refused

Answer = TypeVar("Answer")

WRITER = "katanya serve"  # what others are told while a correction is written


class Ledgers:
    """Answers questions of a ledger on threads of its own, each with the ledger open once."""

    def __init__(self, path: Path, *, language: str, threads: int, seconds: float) -> None:
        """Open the ledger; raises `InputError` or `LedgerError` where that cannot be.

        A question waits for a thread for so many seconds at most, and then has as many for its answer.
        """
        self._path, self._language, self._seconds = path, language, seconds
        self._kept = Kept(path)
        self._here = threading.local()
        self._threads = ThreadPoolExecutor(threads, "ledger")
        self._writing = asyncio.Lock()

    def close(self) -> None:
        """Wait for those who ask, and let go of the file."""
        self._threads.shutdown(cancel_futures=True)
        self._kept.close()

    async def ask(self, question: Callable[[Ledger], Answer]) -> Answer:
        """Answer a question on a thread, so that nobody else waits for it.

        Raises `TooLongError` where that takes too long, and `Refused` where too many ask.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._in_time, question, monotonic())

    async def go_on(self, question: Callable[[Ledger], Answer]) -> Answer:
        """Answer a question however long it takes: more of an answer whose beginning a client has already."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._answer, question)

    def ahead(self, question: Callable[[Ledger], object]) -> None:
        """Answer what will be asked soon, so that who asks first waits less; what goes wrong is told to them."""
        self._threads.submit(self._answer, question)

    async def change(self, change: Callable[[Ledger], Answer]) -> Answer:
        """Change the ledger, one change at a time; raises `HeldError` where somebody else is writing it."""
        async with self._writing:
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._change, change)

    def _in_time(self, question: Callable[[Ledger], Answer], asked: float) -> Answer:
        if monotonic() - asked > self._seconds:
            raise Refused(503, "too many ask at a time", fix="try again in a few seconds", wait=5)
        ledger = self._opened()
        with ledger.within(self._seconds):
            return question(ledger)

    def _answer(self, question: Callable[[Ledger], Answer]) -> Answer:
        return question(self._opened())

    def _opened(self) -> Ledger:
        ledger: Ledger | None = getattr(self._here, "ledger", None)
        if ledger is None:
            ledger = Ledger.open(self._path, language=self._language)
            ledger.keep(self._kept)
            self._here.ledger = ledger
        return ledger

    def _change(self, change: Callable[[Ledger], Answer]) -> Answer:
        with Ledger.open(self._path, write=True, language=self._language, who=WRITER) as ledger:
            return change(ledger)
