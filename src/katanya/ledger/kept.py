"""Answers that are kept as long as the ledger does not change: for counts over all of it that many ask for."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, cast

from katanya.ledger.database import connect, told
from katanya.ledger.deadlines import held

Answer = TypeVar("Answer")

MOST = 256  # answers kept


class Kept:
    """Answers by question, each with the state of the file that it holds for; threads may share it.

    The state is SQLite's own: it changes with every write of anybody. It is asked for before an answer is worked out,
    so that an answer may be newer than the state it is kept for, and never older.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = connect(path, read_only=True, shared=True)
        self._answers: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()
        self._working: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def state(self) -> int:
        """Return the state of the file; two are the same where nothing was written between them."""
        with self._lock, told(self._path):
            (state,) = self._connection.execute("PRAGMA data_version").fetchone()
            return int(state)

    def answer(
        self, question: Hashable, state: int, work: Callable[[], Answer], *, patience: float | None = None
    ) -> Answer:
        """Return the answer that is kept for a state, or work it out; who asks meanwhile waits for that.

        ``state`` is one that was asked for before the ledger was looked at. Raises `TooLongError` for who has waited
        for others for so many seconds.
        """
        with self._lock:
            working = self._working.setdefault(question, Lock())
        with held(working, patience, str(self._path)):
            kept = self._answers.get(question)
            if kept is None or kept[0] != state:
                try:
                    kept = (state, work())
                except BaseException:
                    with self._lock:
                        self._working.pop(question, None)
                    raise
                self._keep(question, kept)
            return cast(Answer, kept[1])

    def _keep(self, question: Hashable, kept: tuple[int, Any]) -> None:
        with self._lock:
            self._answers[question] = kept
            self._answers.move_to_end(question)
            while len(self._answers) > MOST:
                oldest, _ = self._answers.popitem(last=False)
                self._working.pop(oldest, None)
