"""``katanya rejects``: what was not read, with reasons."""

from typing import Annotated

import typer

from katanya.cli.tables import DEFAULT, AsCsv, AsJson, LedgerPath, answer, columns


def rejects(
    ledger: LedgerPath = DEFAULT,
    source: Annotated[str | None, typer.Option("--source", help="Part of the file's path or of the address.")] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Only this reason, or how it begins.")] = None,
    counts: Annotated[bool, typer.Option("--counts", help="Count them by source and reason.")] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """List the inputs that were not read: file, entry, line or offset, reason, in the order of filing."""
    from katanya.ledger.store import Ledger

    with Ledger.open(ledger) as opened:
        if counts:
            rows = opened.rejected_counts(source=source, reason=reason)
        else:
            rows = [row.to_dict() for row in opened.rejected(source=source, reason=reason)]
    answer(rows, rows, lambda: columns(rows) or "nothing was rejected\n", as_json=as_json, as_csv=as_csv)
