"""``katanya extract``: many articles, with progress, resumable."""

import time
from collections.abc import Callable
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from katanya.cli.inputs import CheckLanguage, Columns, InputKind, Pages, bulk_of, said_of
from katanya.cli.progress import rate, shown
from katanya.cli.shell import INTERRUPTED, REJECTED, ModelName, fail, model_of, say
from katanya.core.errors import InputError, MissingExtra
from katanya.core.settings import DEFAULT_MODEL

if TYPE_CHECKING:
    from katanya.batch.extract import Form, Progress
    from katanya.batch.slices import Means
    from katanya.batch.tally import Tally
    from katanya.spark.commits import Progress as Committed

ON_SPARK = ("pandas", "pyarrow", "pyspark")


class Engine(StrEnum):
    """What reads."""

    LOCAL = "local"
    SPARK = "spark"


def extract(
    sources: Annotated[
        list[str], typer.Argument(metavar="IN…", help="JSON lines, archives, tables, texts, pages, folders of them.")
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="OUT", help="OUT.jsonl for records, one a line; else a folder.")
    ],
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, help="How many processes to use.")] = 1,
    restart: Annotated[bool, typer.Option("--restart", help="Begin anew instead of going on.")] = False,
    form: Annotated[
        str | None, typer.Option("--format", metavar="jsonl|parquet", help="What is written; the name of OUT tells.")
    ] = None,
    kind: InputKind = None,
    pages: Pages = None,
    check_language: CheckLanguage = None,
    columns: Columns = None,
    engine: Annotated[
        Engine, typer.Option("--engine", help="What reads: this program, or a Spark cluster.")
    ] = Engine.LOCAL,
    master: Annotated[
        str | None, typer.Option("--master", help="Of Spark: local[2], spark://…, yarn; else what spark-submit says.")
    ] = None,
    model: ModelName = DEFAULT_MODEL,
) -> None:
    """Read many articles: an article in, its record out, in the same order.

    Records go to OUT.jsonl, an article a line, those that fail with reasons to OUT.rejects.jsonl; or to a folder of
    Parquet, an article or reason a row, in shards. A run that was interrupted or killed goes on with the same command.
    """
    from katanya.batch import extract as batch

    if engine is Engine.SPARK:
        _check_spark({"--workers": workers > 1, "--restart": restart, "--format": form not in (None, "parquet")})
        from katanya.batch.reading import Chosen
        from katanya.batch.slices import Means

        chosen = Chosen(bulk_of(pages), check_language, said_of(columns))
        on_spark(sources, output, Means(chosen, model=model_of(model)), master, kind)
        return
    target = Path(output)
    written = _form(target, form)
    paths = list(map(Path, sources))
    run(
        target,
        lambda watch: batch.extract(
            paths, target, form=written, kind=kind, bulk=bulk_of(pages), check_language=check_language,
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
        fail(f"interrupted; the same command goes on where {output} stopped", INTERRUPTED)
    _report(progress, output, time.monotonic() - begun)
    if progress.rejected and not progress.records:
        raise typer.Exit(REJECTED)


def on_spark(sources: list[str], output: str, means: "Means", master: str | None, kind: str | None) -> None:
    """Do the work on a cluster, and report what came of it."""
    from katanya.spark.commits import extract_to
    from katanya.spark.reading import cut
    from katanya.spark.sessions import session
    from katanya.spark.summaries import tally

    begun = time.monotonic()
    parts = cut(sources, kind)
    spark = session(master)

    def told(progress: "Committed") -> None:
        say(f"{progress.done} of {progress.slices} slices")

    try:
        done = extract_to(spark, parts, output, means, watch=told)
        seconds = time.monotonic() - begun
        counts = tally(spark, output)
    except KeyboardInterrupt:
        fail(f"interrupted; the same command goes on where {output} stopped", INTERRUPTED)
    finally:
        spark.stop()
    took = f"{done.slices} slices, {done.resumed} of them before, {seconds:.1f} s"
    say(f"{counts.records} articles read, {counts.rejected} rejected, {took}: {output}/articles")
    _say_counts(counts, None if done.resumed else counts.words / seconds, f"the rows of {output} that have a reason")
    if counts.rejected and not counts.records:
        raise typer.Exit(REJECTED)


def _check_spark(given: dict[str, bool]) -> None:
    """Raise `KatanyaError` where something is missing, or an option is given that means nothing on a cluster."""
    if nothing := [option for option, said in given.items() if said]:
        raise InputError("is not for the engine spark", where=", ".join(nothing),
                         fix="the cluster has its own workers; what it writes is Parquet, in a folder for each run")
    missing = [name for name in ON_SPARK if find_spec(name) is None]
    if missing:
        raise MissingExtra(f"the engine spark needs {', '.join(missing)}", fix="pip install 'katanya[spark]'")


def _form(output: Path, form: str | None) -> "Form":
    from katanya.batch.extract import Form

    if form is None:
        return Form.JSONL if output.suffix else Form.PARQUET
    try:
        return Form(form)
    except ValueError:
        raise InputError(f"no format '{form}'", where="--format", fix="jsonl or parquet") from None


def _report(progress: "Progress", output: Path, seconds: float) -> None:
    from katanya.batch.output import rejects_of

    tally = progress.tally
    before = f", {progress.resumed} of them before" if progress.resumed else ""
    took = f"{seconds:.1f} s, {rate(progress, seconds)}"
    say(f"{progress.records} articles read, {progress.rejected} rejected{before}, {took}: {output}")
    where = rejects_of(output) if output.suffix else f"the rows of {output} that have a reason"
    _say_counts(tally, (tally.words - progress.resumed_words) / max(seconds, 1e-9), str(where))
    for note in progress.notes:
        say(note)
    if progress.repeated:
        named = progress.repeated_ids
        names = ", ".join(named) + (", …" if progress.repeated > len(named) else "")
        say(f"{progress.repeated} articles have the id of an earlier one ({names}); all were kept")


def _say_counts(tally: "Tally", speed: float | None, where: str) -> None:
    """Say what was found, at how many words a second, and what was rejected and ``where`` that is listed."""
    if tally.words:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(tally.kinds.items()))
        fast = "" if speed is None else f", {speed:,.0f} words/s"
        say(f"{tally.kinds.total():,} statements ({kinds or 'none'}) in {tally.words:,} words{fast}")
    if tally.rejected:
        reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(tally.reasons.items()))
        say(f"rejected: {reasons}; listed with details in {where}")
    if not tally.records + tally.rejected:
        say("the input held no article")
