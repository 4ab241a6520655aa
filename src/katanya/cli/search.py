"""``katanya search``: statements of the ledger by their words, speaker, outlet, date."""

from typing import TYPE_CHECKING, Annotated

import typer

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
    wrapped,
)
from katanya.core.records import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from katanya.ledger.search import Hit

INDENT = 4


def search(
    words: Annotated[str, typer.Argument(metavar="WORDS", help='What was said; "in quotes" as it stands.')] = "",
    ledger: LedgerPath = DEFAULT,
    speaker: Speaker = None,
    role: Role = None,
    affiliation: Affiliation = None,
    outlet: Outlet = None,
    kind: OfKind = None,
    act: OfAct = None,
    since: Since = None,
    until: Until = None,
    titles: Annotated[bool, typer.Option("--titles", help="Look for the words in the article's title, too.")] = False,
    limit: Limit = 20,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Find statements: all words, in any of their forms, the best first; without words the latest first."""
    from katanya.ledger.store import Ledger

    with Ledger.open(ledger) as opened:
        hits = opened.search(
            words, speaker=speaker, role=role, affiliation=affiliation, outlet=outlet, kind=kind, act=act,
            since=since, until=until, titles=titles, limit=limit,
        )  # fmt: skip
    rows = [hit.to_dict() for hit in hits]
    answer(rows, rows, lambda: listed(hits), as_json=as_json, as_csv=as_csv)


def listed(hits: "Iterable[Hit]") -> str:
    """Return hits for eyes: number, date, outlet, speaker, then what was said."""
    return "".join(_shown(hit) for hit in hits) or "nothing found\n"


def _shown(hit: "Hit") -> str:
    office = " · ".join(filter(None, (hit.role, hit.affiliation)))
    speaker = ", ".join(filter(None, (hit.speaker or f"({hit.speaker_kind})", office)))
    corrected = f" · corrected: {', '.join(hit.corrected)}" if hit.corrected else ""
    head = f"{hit.statement}  {hit.dated or 'undated'} · {hit.outlet or '–'} · {speaker}"
    said = f"“{hit.content}”" if hit.kind == Kind.DIRECT else hit.content
    return f"{head}\n{wrapped(said, INDENT)}{' ' * INDENT}{hit.kind} · {hit.act}{corrected}\n"


