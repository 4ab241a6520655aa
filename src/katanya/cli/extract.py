"""``katanya extract``: many articles, with progress, resumable."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from katanya.cli.shell import INTERRUPTED, REJECTED, ModelName, fail, model_of, say
from katanya.core.settings import DEFAULT_MODEL

if TYPE_CHECKING:
    from katanya.batch.extract import Progress

PLAIN_SECONDS = 10.0


def extract(
    source: Annotated[Path, typer.Argument(metavar="IN.jsonl", help="Articles, one a line; may be gzip.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUT.jsonl", help="Records, one a line.")],
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, help="How many processes to use.")] = 1,
    restart: Annotated[bool, typer.Option("--restart", help="Begin anew instead of going on.")] = False,
    model: ModelName = DEFAULT_MODEL,
) -> None:
    """Read many articles: a line in, its record a line out, in the same order.

    Articles that fail are listed with reasons in OUT.rejects.jsonl. A run that was interrupted or killed
    goes on with the same command.
    """
    from katanya.batch import extract as batch

    begun = time.monotonic()
    try:
        with _progress() as watch:
            progress = batch.extract(
                source, output, model=model_of(model), workers=workers, restart=restart, watch=watch
            )
    except KeyboardInterrupt:
        fail(f"interrupted; the same command goes on from {output}.part", INTERRUPTED)
    _report(progress, output, time.monotonic() - begun)
    if progress.rejected and not progress.records:
        raise typer.Exit(REJECTED)


def _report(progress: "Progress", output: Path, seconds: float) -> None:
    from katanya.batch.output import rejects_of

    before = f", {progress.resumed} of them before" if progress.resumed else ""
    took = f"{seconds:.1f} s, {_rate(progress, seconds)}"
    say(f"{progress.records} articles read, {progress.rejected} rejected{before}, {took}: {output}")
    if progress.rejected:
        say(f"the rejected are listed with reasons in {rejects_of(output)}")
    if progress.repeated:
        named = progress.repeated_ids
        names = ", ".join(named) + (", …" if progress.repeated > len(named) else "")
        say(f"{progress.repeated} articles have the id of an earlier one ({names}); all were kept")
    if not progress.articles:
        say("the input held no article")


def _rate(progress: "Progress", seconds: float) -> str:
    return f"{(progress.articles - progress.resumed) / max(seconds, 1e-9):.0f} articles/s"


@contextmanager
def _progress() -> Iterator[Callable[["Progress"], None]]:
    """Yield what shows progress on standard error: a bar on a terminal, else a line every ten seconds."""
    if sys.stderr.isatty():
        with _bar() as watch:
            yield watch
        return
    begun = time.monotonic()
    due = begun + PLAIN_SECONDS

    def watch_plainly(progress: "Progress") -> None:
        nonlocal due
        now = time.monotonic()
        if now < due:
            return
        due = now + PLAIN_SECONDS
        share = progress.consumed / max(progress.size, 1)
        say(f"{progress.articles} articles, {share:.0%}, {_rate(progress, now - begun)}")

    yield watch_plainly


@contextmanager
def _bar() -> Iterator[Callable[["Progress"], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    begun = time.monotonic()
    with Bars(*columns, console=Console(stderr=True)) as bars:
        task = bars.add_task("starting", total=None)

        def watch(progress: "Progress") -> None:
            rate = _rate(progress, time.monotonic() - begun)
            words = f"{progress.articles} articles, {progress.rejected} rejected, {rate}"
            bars.update(task, total=progress.size, completed=progress.consumed, description=words)

        yield watch
