"""``katanya stats``: who is quoted how much."""

from typing import Annotated

import typer

from katanya.cli.tables import DEFAULT, AsCsv, AsJson, LedgerPath, Limit, answer, columns
from katanya.core.records import Act, Kind
from katanya.ledger.statistics import By


def stats(
    by: Annotated[By, typer.Option("--by", help="What to count by.")] = By.ROLE,
    ledger: LedgerPath = DEFAULT,
    speaker: Annotated[str | None, typer.Option(help="Words of the speaker's name.")] = None,
    role: Annotated[str | None, typer.Option(help="Words of the role.")] = None,
    affiliation: Annotated[str | None, typer.Option(help="Words of the affiliation.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Part of the outlet's name.")] = None,
    kind: Annotated[Kind | None, typer.Option(help="Whether it stands in quotation marks.")] = None,
    act: Annotated[Act | None, typer.Option(help="What is done by saying it.")] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Published then or later.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Published then or earlier.")] = None,
    limit: Limit = 20,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Count statements by role, affiliation, outlet and so on, with shares and their 95 % intervals.

    An empty value counts the statements of which the articles do not say it.
    """
    from katanya.ledger.store import Ledger

    with Ledger.open(ledger) as opened:
        shares = opened.stats(
            by, speaker=speaker, role=role, affiliation=affiliation, outlet=outlet, kind=kind, act=act,
            since=since, until=until, limit=limit,
        )  # fmt: skip
    rows = [share.to_dict() for share in shares]
    answer(rows, rows, lambda: columns(rows) or "nothing found\n", as_json=as_json, as_csv=as_csv)
