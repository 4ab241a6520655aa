"""``katanya rejects``: what was not read, with reasons, and another try at it."""

from typing import Annotated

import typer

from katanya.cli.file import now
from katanya.cli.inputs import CheckLanguage, Columns, InputKind, Pages, bulk_of, said_of
from katanya.cli.shell import ModelName, PrivateNetwork, counted, model_of, say, tallied
from katanya.cli.tables import DEFAULT, AsCsv, AsJson, LedgerPath, answer, columns
from katanya.core.settings import DEFAULT_MODEL

DETAIL = 200  # characters of what was seen: it often ends in what to do


def rejects(
    ledger: LedgerPath = DEFAULT,
    source: Annotated[str | None, typer.Option("--source", help="Part of the file's path or of the address.")] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Only this reason, or how it begins.")] = None,
    counts: Annotated[bool, typer.Option("--counts", help="Count them by source and reason.")] = False,
    mended: Annotated[bool, typer.Option("--mended", help="List those that were read after all instead.")] = False,
    retry: Annotated[bool, typer.Option("--retry", help="Read them once more, from where they stand.")] = False,
    kind: InputKind = None,
    pages: Pages = None,
    check_language: CheckLanguage = None,
    columns_said: Columns = None,
    private: PrivateNetwork = False,
    model: ModelName = DEFAULT_MODEL,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """List the inputs that were not read: file, entry, line or offset, reason, in the order of filing.

    With --retry they are read once more by the program as it is now; those that succeed are filed and listed no longer.
    """
    from katanya.ledger.store import Ledger

    if retry:
        from katanya.batch import retrying

        done = retrying.retry(
            ledger, source=source, reason=reason, kind=kind, bulk=bulk_of(pages), check_language=check_language,
            columns=said_of(columns_said), model=model_of(model), now=now(), private=private,
        )  # fmt: skip
        gone = f"{done.gone} not where they stood" if done.gone else ""
        told = ", ".join(filter(None, (tallied(done.filed), gone)))
        say(f"{counted(done.tried, 'reject')} read once more: {told or 'none'}")
        return
    with Ledger.open(ledger) as opened:
        if counts:
            rows = opened.rejected_counts(source=source, reason=reason)
        else:
            rows = [row.to_dict() for row in opened.rejected(source=source, reason=reason, mended=mended)]
    answer(rows, rows, lambda: columns(rows, last=DETAIL) or "nothing was rejected\n", as_json=as_json, as_csv=as_csv)
