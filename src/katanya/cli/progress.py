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


@contextmanager
def shown() -> Iterator[Callable[[Progress], None]]:
    """Yield what shows progress."""
    if sys.stderr.isatty():
        with _bar() as watch:
            yield watch
        return
    begun = time.monotonic()
    due = begun + PLAIN_SECONDS

    def watch_plainly(progress: Progress) -> None:
        nonlocal due
        now = time.monotonic()
        if now < due:
            return
        due = now + PLAIN_SECONDS
        share = progress.consumed / max(progress.size, 1)
        say(f"{progress.articles} articles, {share:.0%}, {rate(progress, now - begun)}")

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
