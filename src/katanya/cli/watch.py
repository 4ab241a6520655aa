"""``katanya watch`` and ``katanya feeds``: feeds followed for days, and how they stand."""

import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from katanya.cli.progress import PLAIN_SECONDS
from katanya.cli.shell import INTERRUPTED, REJECTED, ModelName, PrivateNetwork, counted, fail, model_of, say, tallied
from katanya.cli.tables import DEFAULT, AsCsv, AsJson, LedgerPath, answer, columns
from katanya.core.settings import DEFAULT_MODEL

if TYPE_CHECKING:
    from katanya.batch.watching import Watching

UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
SPAN = re.compile(r"(\d+(?:\.\d+)?)([smhd]?)")
LISTED = ("url", "title", "read", "due", "failures", "reason", "filed", "waiting", "rejected")


def _seconds(span: str) -> float:
    match = SPAN.fullmatch(span.strip())
    seconds = float(match[1]) * UNITS[match[2] or "s"] if match else 0.0
    if not 1 <= seconds <= 30 * UNITS["d"]:
        raise typer.BadParameter("say how long, from 1s to 30d: 90s, 15m, 1h")
    return seconds


def watch(
    feeds: Annotated[
        list[str], typer.Argument(metavar="FEEDS|URL…", help="OPML files, texts with an address a line, or addresses.")
    ],
    ledger: LedgerPath = DEFAULT,
    every: Annotated[
        float, typer.Option("--every", metavar="TIME", parser=_seconds, help="Between two visits: 90s, 15m, 1h.")
    ] = "15m",  # type: ignore[assignment]
    once: Annotated[bool, typer.Option("--once", help="Visit each feed once, file what is new, and end.")] = False,
    progress: Annotated[
        bool, typer.Option("--progress", help="Print a line whenever more articles are safely on the disk.")
    ] = False,
    private: PrivateNetwork = False,
    model: ModelName = DEFAULT_MODEL,
) -> None:
    """Watch feeds, and file what they name into a ledger, each article once.

    It goes on until it is told to stop (Ctrl-C, SIGTERM), and ends after the article at hand. After any end the same
    command goes on where it stopped.
    """
    from katanya.batch import watching

    wanted = [address for source in feeds for address in watching.feeds_of(source)]
    begun, stop = time.monotonic(), threading.Event()
    with _stopping(stop):
        done = watching.watch(
            wanted, ledger, rhythm=watching.Rhythm(every, once), clock=lambda: datetime.now(UTC), stop=stop,
            model=model_of(model), private=private, told=_shown(progress),
        )  # fmt: skip
    say(f"{_words(done)}; {time.monotonic() - begun:.1f} s: {ledger}")
    if done.failed or done.rejected:
        say(f"katanya rejects --ledger {ledger} lists what was rejected, with reasons")
    if once and done.visits < done.feeds:
        say(f"katanya feeds --ledger {ledger} says when the feeds that were left alone are due")
    if once and stop.is_set():
        fail("stopped before all was done; the same command goes on from there", INTERRUPTED)
    if done.visits and done.failed == done.visits and not done.articles:
        raise typer.Exit(REJECTED)


def feeds(ledger: LedgerPath = DEFAULT, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """List the feeds that are watched or were: when they were read, when they are due, why the last visit failed."""
    from katanya.ledger.store import Ledger

    with Ledger.open(ledger) as opened:
        rows = opened.feeds()
    shown = [{name: row[name] for name in LISTED} for row in rows]
    answer(rows, rows, lambda: columns(shown) or "no feed was watched\n", as_json=as_json, as_csv=as_csv)


@contextmanager
def _stopping(stop: threading.Event) -> Iterator[None]:
    """Stop in peace at the first signal, and at once at a second one."""

    def told(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, told) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _shown(each: bool) -> Callable[["Watching"], None]:
    """Return what tells how far a watch is: whenever more is filed, or now and then."""
    due, filed = time.monotonic() + PLAIN_SECONDS, 0

    def told(state: "Watching") -> None:
        nonlocal due, filed
        if each and state.articles > filed:
            say(f"filed {state.articles}")
        elif not each and time.monotonic() >= due:
            due = time.monotonic() + PLAIN_SECONDS
            say(_words(state))
        filed = state.articles

    return told


def _words(state: "Watching") -> str:
    counts = tallied(state.filed)
    failed = f", {state.failed} failed" if state.failed else ""
    waiting = f"; {state.waiting} waiting" if state.waiting else ""
    articles = f"{counted(state.articles, 'article')}{': ' if counts else ''}{counts}"
    return f"{counted(state.feeds, 'feed')}, {counted(state.visits, 'visit')}{failed}; {articles}{waiting}"


