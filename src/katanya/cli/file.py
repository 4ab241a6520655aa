"""``katanya file``: articles into a ledger, with progress, resumable."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from katanya.cli.inputs import CheckLanguage, Columns, InputKind, LinkCopies, Pages, bulk_of, said_of
from katanya.cli.progress import rate, shown
from katanya.cli.shell import INTERRUPTED, REJECTED, ModelName, PrivateNetwork, counted, fail, model_of, say, tallied
from katanya.cli.tables import DEFAULT, LedgerPath
from katanya.core.settings import DEFAULT_MODEL
from katanya.fetch.urls import is_url

if TYPE_CHECKING:
    from katanya.batch.filing import Progress


def file(
    sources: Annotated[
        list[str], typer.Argument(metavar="IN|URL…", help="Archives, tables, texts, pages, folders of them; addresses.")
    ],
    ledger: LedgerPath = DEFAULT,
    kind: InputKind = None,
    pages: Pages = None,
    check_language: CheckLanguage = None,
    link_copies: LinkCopies = None,
    columns: Columns = None,
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, help="How many processes read.")] = 1,
    progress: Annotated[
        bool, typer.Option("--progress", help="Print a line whenever more articles are safely on the disk.")
    ] = False,
    private: PrivateNetwork = False,
    model: ModelName = DEFAULT_MODEL,
    relating: Annotated[
        bool, typer.Option("--relate", help="Find people and quotations across all articles at the end.")
    ] = False,
) -> None:
    """File articles into a ledger, which is made where there is none.

    Articles are read first; records of `katanya extract` are filed as they are. What is filed already is not filed
    again, and a run that was interrupted or killed goes on with the same command. A page of the web is fetched again
    only where its server says that it has changed.
    """
    from katanya.batch import filing

    begun = time.monotonic()
    try:
        with shown() as watch:

            def told(state: "Progress") -> None:
                say(f"filed {state.articles}") if progress else watch(state)

            done = filing.file(
                [source if is_url(source) else Path(source) for source in sources], ledger,
                kind=kind, bulk=bulk_of(pages), check_language=check_language, link_copies=link_copies,
                columns=said_of(columns), model=model_of(model), workers=workers, now=now(), private=private,
                watch=told,
            )  # fmt: skip
    except KeyboardInterrupt:
        fail("interrupted; what was reported is filed, the same command goes on from there", INTERRUPTED)
    _report(done, ledger, time.monotonic() - begun)
    if done.filed and done.rejected < done.articles:
        _relate(ledger, relating)
    if done.rejected and done.rejected == done.articles:
        raise typer.Exit(REJECTED)


def _relate(ledger: Path, relating: bool) -> None:
    """Relate what is filed, or say that it is left to do."""
    from katanya.cli.relate import offer, relate
    from katanya.ledger.store import Ledger

    if relating:
        relate(ledger)
        return
    with Ledger.open(ledger) as opened:
        offer(opened)


def now() -> str:
    """Return the time of day, in UTC: the one place where the ledger's commands ask for it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _report(done: "Progress", ledger: Path, seconds: float) -> None:
    before = f"{done.resumed} filed before" if done.resumed else ""
    what = ", ".join(filter(None, (tallied(done.filed), before))) or "the input held no article"
    say(f"{counted(done.articles, 'article')}: {what}; {seconds:.1f} s, {rate(done, seconds)}: {ledger}")
    for note in done.notes:
        say(note)
    if done.rejected:
        say(f"katanya rejects --ledger {ledger} lists what was not read, with reasons")
