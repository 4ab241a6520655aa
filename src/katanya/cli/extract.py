"""``katanya extract``: many articles, with progress, resumable."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from katanya.cli.inputs import CheckLanguage, Columns, InputKind, Pages, bulk_of, said_of
from katanya.cli.progress import rate, shown
from katanya.cli.shell import INTERRUPTED, REJECTED, ModelName, fail, model_of, say
from katanya.core.settings import DEFAULT_MODEL

if TYPE_CHECKING:
    from katanya.batch.extract import Progress


def extract(
    sources: Annotated[
        list[Path], typer.Argument(metavar="IN…", help="JSON lines, archives, tables, texts, pages, folders of them.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUT.jsonl", help="Records, one a line.")],
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, help="How many processes to use.")] = 1,
    restart: Annotated[bool, typer.Option("--restart", help="Begin anew instead of going on.")] = False,
    kind: InputKind = None,
    pages: Pages = None,
    check_language: CheckLanguage = None,
    columns: Columns = None,
    model: ModelName = DEFAULT_MODEL,
) -> None:
    """Read many articles: an article in, its record a line out, in the same order.

    Articles that fail are listed with reasons in OUT.rejects.jsonl. A run that was interrupted or killed
    goes on with the same command.
    """
    from katanya.batch import extract as batch

    run(
        output,
        lambda watch: batch.extract(
            sources, output, kind=kind, bulk=bulk_of(pages), check_language=check_language,
            columns=said_of(columns), model=model_of(model), workers=workers, restart=restart, watch=watch,
        ),
    )  # fmt: skip


def run(output: Path, work: Callable[[Callable[["Progress"], None]], "Progress"]) -> None:
    """Do the work of a run over many articles with its progress shown, and report what came of it."""
    begun = time.monotonic()
    try:
        with shown() as watch:
            progress = work(watch)
    except KeyboardInterrupt:
        fail(f"interrupted; the same command goes on from {output}.part", INTERRUPTED)
    _report(progress, output, time.monotonic() - begun)
    if progress.rejected and not progress.records:
        raise typer.Exit(REJECTED)


def _report(progress: "Progress", output: Path, seconds: float) -> None:
    from katanya.batch.output import rejects_of

    before = f", {progress.resumed} of them before" if progress.resumed else ""
    took = f"{seconds:.1f} s, {rate(progress, seconds)}"
    say(f"{progress.records} articles read, {progress.rejected} rejected{before}, {took}: {output}")
    for note in progress.notes:
        say(note)
    if progress.rejected:
        say(f"the rejected are listed with reasons in {rejects_of(output)}")
    if progress.repeated:
        named = progress.repeated_ids
        names = ", ".join(named) + (", …" if progress.repeated > len(named) else "")
        say(f"{progress.repeated} articles have the id of an earlier one ({names}); all were kept")
    if not progress.articles:
        say("the input held no article")
