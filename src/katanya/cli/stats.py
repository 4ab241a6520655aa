"""``katanya stats``: who is quoted how much."""

from typing import Annotated

import typer

from katanya.cli.relate import remind
from katanya.cli.tables import (
    DEFAULT,
    Affiliation,
    AsCsv,
    AsJson,
    LedgerPath,
    Limit,
    OfAct,
    OfKind,
    Outlet,
    Role,
    Since,
    Speaker,
    Until,
    answer,
    columns,
)
from katanya.ledger.statistics import By


def stats(
    by: Annotated[By, typer.Option("--by", help="What to count by.")] = By.ROLE,
    ledger: LedgerPath = DEFAULT,
    speaker: Speaker = None,
    role: Role = None,
    affiliation: Affiliation = None,
    outlet: Outlet = None,
    kind: OfKind = None,
    act: OfAct = None,
    since: Since = None,
    until: Until = None,
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
        remind(opened)
    rows = [share.to_dict() for share in shares]
    answer(rows, rows, lambda: columns(rows) or "nothing found\n", as_json=as_json, as_csv=as_csv)
