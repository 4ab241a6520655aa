"""``katanya export``: statements in the forms that other programs read."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from katanya.cli.filters import filtered
from katanya.cli.shell import REJECTED, WRONG, fail, say
from katanya.cli.tables import DEFAULT, LedgerPath
from katanya.core.outcomes import Rejected
from katanya.exports.formats import Annotated as ToAnnotate
from katanya.exports.formats import Format
from katanya.ledger.search import Filters

if TYPE_CHECKING:
    from katanya.exports.report import Report
    from katanya.ledger.provenance import Traced


@filtered
def export(
    format: Annotated[Format, typer.Option("--format", "-f", help="What to write.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUT", help="The file, or a new folder.")],
    source: Annotated[
        Path | None, typer.Argument(metavar="[RECORDS.jsonl]", help="Records to export instead of a ledger.")
    ] = None,
    ledger: LedgerPath = DEFAULT,
    words: Annotated[str, typer.Option("--words", help="Only statements that hold these words.")] = "",
    *,
    filters: Filters,
) -> None:
    """Write statements with where they come from, out of a ledger or a file of records.

    The filters are those of `katanya search`. What annotators are to go on with holds whole articles.
    """
    from katanya.exports.formats import write
    from katanya.ledger.store import Ledger

    if source is None:
        with Ledger.open(ledger) as opened:
            whole = format.value in list(ToAnnotate)
            with closing(opened.traced(words, filters, whole=whole)) as articles:
                report = write(articles, output, format)
        _report(report, output)
        return
    if words.strip() or filters != Filters():
        fail("the filters ask a ledger; a file of records is exported as a whole", WRONG)
    from katanya.batch.records import records

    rejected: list[Rejected] = []
    report = write(_sound(records(source), rejected), output, format)
    report.rejected = rejected + report.rejected
    _report(report, output)


def _sound(found: "Iterable[Traced | Rejected]", rejected: list[Rejected]) -> "Iterator[Traced]":
    for one in found:
        if isinstance(one, Rejected):
            rejected.append(one)
        else:
            yield one


def _report(report: "Report", output: Path) -> None:
    say(f"{report.articles} articles, {report.statements} statements: {output}")
    for why, count in sorted((+report.left_out).items()):
        say(f"{count} statements left out: {why}")
    tell(report.rejected)
    if report.rejected and not report.articles:
        raise typer.Exit(REJECTED)


def tell(rejected: list[Rejected]) -> None:
    """Print what could not be taken, and why."""
    for one in rejected:
        say(f"rejected: {one.source}: {one.reason}: {one.detail}")
