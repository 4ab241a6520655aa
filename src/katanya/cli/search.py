"""``katanya search``: statements of the ledger by their words, speaker, outlet, date."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from katanya.cli.filters import filtered
from katanya.cli.shell import counted, say
from katanya.cli.tables import DEFAULT, AsCsv, AsJson, LedgerPath, Limit, answer, wrapped
from katanya.core.records import Kind
from katanya.ledger.search import Filters

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from katanya.ledger.mentions import Mention
    from katanya.ledger.search import Hit

INDENT = 4


@filtered
def search(
    words: Annotated[str, typer.Argument(metavar="WORDS", help='What was said; "in quotes" as it stands.')] = "",
    ledger: LedgerPath = DEFAULT,
    *,
    filters: Filters,
    titles: Annotated[bool, typer.Option("--titles", help="Look for the words in the article's title, too.")] = False,
    limit: Limit = 20,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Find statements: all words, in any of their forms, the best first; without words the latest first."""
    from katanya.ledger.store import Ledger

    with Ledger.open(ledger) as opened:
        hits = opened.search(words, **asdict(filters), titles=titles, limit=limit)
        elsewhere: Sequence[Mention] = ()
        if not hits and words.strip():
            elsewhere = opened.mentions(
                words, outlet=filters.outlet, since=filters.since, until=filters.until, limit=limit
            )  # fmt: skip
    rows = [hit.to_dict() for hit in hits]
    if elsewhere:
        say(_told(elsewhere, limit))
    answer(rows, rows, lambda: _mentions(elsewhere) or listed(hits), as_json=as_json, as_csv=as_csv)


def listed(hits: "Iterable[Hit]") -> str:
    """Return hits for eyes: number, date, outlet, speaker, then what was said."""
    return "".join(_shown(hit) for hit in hits) or "nothing found\n"


def _told(elsewhere: "Sequence[Mention]", limit: int) -> str:
    """Say that no statement holds the words, and how many articles do."""
    least = "at least " if len(elsewhere) == limit else ""
    hold = "holds" if len(elsewhere) == 1 else "hold"
    return f"no such statement; {least}{counted(len(elsewhere), 'article')} {hold} the words:"


def _mentions(elsewhere: "Sequence[Mention]") -> str:
    """Return the articles that hold the words for eyes, told apart from statements: no number, no speaker."""
    return "".join(
        f"{one.article} · {one.dated or 'undated'} · {one.outlet or '–'} · {one.title or '–'}\n"
        f"{wrapped(one.words, INDENT)}" for one in elsewhere
    )  # fmt: skip


def _shown(hit: "Hit") -> str:
    office = " · ".join(filter(None, (hit.role, hit.affiliation)))
    speaker = ", ".join(filter(None, (hit.speaker or f"({hit.speaker_kind})", office)))
    corrected = f" · corrected: {', '.join(hit.corrected)}" if hit.corrected else ""
    head = f"{hit.statement}  {hit.dated or 'undated'} · {hit.outlet or '–'} · {speaker}"
    said = f"“{hit.content}”" if hit.kind == Kind.DIRECT else hit.content
    return f"{head}\n{wrapped(said, INDENT)}{' ' * INDENT}{hit.kind} · {hit.act}{corrected}\n"


