"""``katanya track``: the figures that several accounts give for one thing, by time and by source."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from katanya.cli.shell import counted
from katanya.cli.tables import DEFAULT, AsCsv, AsJson, LedgerPath, Limit, Since, Until, answer, columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from katanya.ledger.tracks.accounts import Account
    from katanya.ledger.tracks.tracks import Track

OPEN = "…"


def track(
    words: Annotated[
        str, typer.Argument(metavar="QUESTION", help='What is counted and where: "korban tewas gempa Cianjur".')
    ],
    ledger: LedgerPath = DEFAULT,
    since: Since = None,
    until: Until = None,
    limit: Limit = 5,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Show the figures of several accounts by time and by source, and which of them part. Evidence, never a verdict."""
    from katanya.ledger.store import Ledger

    with Ledger.open(ledger) as opened:
        found = opened.track(words, since=since, until=until, limit=limit)
    plain = [one.to_dict() for one in found]
    rows = [{"track": at} | account.to_dict() for at, one in enumerate(found, 1) for account in one.accounts]
    answer(plain, rows, lambda: shown(found), as_json=as_json, as_csv=as_csv)


def shown(found: "Sequence[Track]") -> str:
    """Return tracks for eyes: by time, by source, and the pairs that part."""
    return "\n".join(map(_track, found)) or "no two accounts give such a figure\n"


def _track(one: "Track") -> str:
    measure = " ".join(filter(None, (one.counted, one.unit, f"per {one.per}" if one.per else None)))
    head = f"{measure.upper()}: {len(one.accounts)} accounts from {counted(one.origins, 'origin')}\n\n"
    by_time = columns([_account(account) for account in one.accounts])
    by_source = columns([source.to_dict() for source in one.sources])
    parts = one.parts
    if not parts:
        return f"{head}{by_time}\n{by_source}\nno two of them part\n"
    pairs = columns([
        {"date": part.one.date, "one": part.one.speaker or part.one.outlet, "gives": _bounds(part.one),
         "other": part.other.speaker or part.other.outlet, "and gives": _bounds(part.other)} for part in parts
    ])  # fmt: skip
    return f"{head}{by_time}\n{by_source}\nthese part:\n{pairs}"


def _account(account: "Account") -> dict[str, Any]:
    origin = "" if account.origin is None else account.origin + 1
    return {"date": account.date, "figure": _bounds(account), "words": account.words, "source": account.speaker,
            "outlet": account.outlet, "origin": origin}  # fmt: skip


def _bounds(account: "Account") -> str:
    low, high = account.low, account.high
    if low == high and low is not None:
        return f"{low:.12g}"
    return f"{OPEN if low is None else format(low, '.12g')} to {OPEN if high is None else format(high, '.12g')}"
