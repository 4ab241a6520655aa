"""``katanya stats``: who is quoted how much."""

from dataclasses import asdict
from typing import Annotated

import typer

from katanya.cli.filters import filtered
from katanya.cli.relate import remind
from katanya.cli.tables import DEFAULT, AsCsv, AsJson, LedgerPath, Limit, answer, columns
from katanya.ledger.search import Filters
from katanya.ledger.statistics import By


@filtered
def stats(
    by: Annotated[By, typer.Option("--by", help="What to count by.")] = By.ROLE,
    ledger: LedgerPath = DEFAULT,
    *,
    filters: Filters,
    limit: Limit = 20,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Count statements by role, affiliation, outlet and so on, with shares and their 95 % intervals.

    An empty value counts the statements of which the articles do not say it.
    """
    from katanya.ledger.store import Ledger

    with Ledger.open(ledger) as opened:
        shares = opened.stats(by, **asdict(filters), limit=limit)
        remind(opened)
    rows = [share.to_dict() for share in shares]
    answer(rows, rows, lambda: columns(rows) or "nothing found\n", as_json=as_json, as_csv=as_csv)
