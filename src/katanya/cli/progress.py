"""How far a long run is, on standard error: a bar on a terminal, else a line every ten seconds."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from katanya.cli.shell import say

PLAIN_SECONDS = 10.0


class Progress(Protocol):
    """What a run tells of itself: counts of articles, and bytes of its input."""

    resumed: int
    consumed: int
    size: int

    @property
    def articles(self) -> int:
        """All articles that are done with, those of an earlier part of the run included."""

    @property
    def rejected(self) -> int:
        """Those of them that could not be read."""


def rate(progress: Progress, seconds: float) -> str:
    """Return how fast a run is."""
    return f"{(progress.articles - progress.resumed) / max(seconds, 1e-9):.0f} articles/s"


class _Clock:
    """How long the rest of a run takes if it goes on as it has since this part of it began."""

    def __init__(self) -> None:
        self._from: int | None = None

    def left(self, progress: Progress, seconds: float) -> str:
        """Return the time that is left, in words; nothing where it cannot be told yet."""
        if self._from is None:
            self._from = progress.consumed
        done, rest = progress.consumed - self._from, progress.size - progress.consumed
        return f", {_span(seconds * rest / done)} left" if done > 0 and rest > 0 else ""


def _span(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"


@contextmanager
def shown() -> Iterator[Callable[[Progress], None]]:
    """Yield what shows progress."""
    if sys.stderr.isatty():
        with _bar() as watch:
            yield watch
        return
    begun = time.monotonic()
    due = begun + PLAIN_SECONDS
    clock = _Clock()

    def watch_plainly(progress: Progress) -> None:
        nonlocal due
        now = time.monotonic()
        if now < due:
            return
        due = now + PLAIN_SECONDS
        share, taken = progress.consumed / max(progress.size, 1), now - begun
        say(f"{progress.articles} articles, {share:.0%}, {rate(progress, taken)}{clock.left(progress, taken)}")

    yield watch_plainly


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    begun = time.monotonic()
    with Bars(*columns, console=Console(stderr=True)) as bars:
        task = bars.add_task("starting", total=None)

        def watch(progress: Progress) -> None:
            speed = rate(progress, time.monotonic() - begun)
            words = f"{progress.articles} articles, {progress.rejected} rejected, {speed}"
            bars.update(task, total=progress.size, completed=progress.consumed, description=words)

        yield watch
