"""Answers of the ledger as they leave the command line: a table for eyes, JSON, CSV."""

import csv
import io
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from katanya.cli.shell import put
from katanya.core.errors import InputError

if TYPE_CHECKING:
    from katanya.ledger.store import Ledger

Row = dict[str, Any]

WIDEST = 40  # characters of a column of a table
GAP = 2

LedgerPath = Annotated[
    Path, typer.Option("--ledger", "-l", metavar="L", envvar="KATANYA_LEDGER", help="The ledger's file.")
]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many.")]


def _one_form(context: typer.Context, asked: bool) -> bool:
    """Return whether a form was asked for; raises `BadParameter` where the other one was, too."""
    if asked and (context.params.get("as_json") or context.params.get("as_csv")):
        raise typer.BadParameter("--json and --csv exclude each other")
    return asked


def _day(context: typer.Context, option: typer.CallbackParam, day: str | None) -> str | None:
    """Return a date as it was written; raises `BadParameter` for what is none, or ends before the other one begins."""
    from katanya.ledger.query import checked_period

    period = {**context.params, option.name: day}
    try:
        checked_period(period.get("since"), period.get("until"))
    except InputError as error:
        raise typer.BadParameter(str(error)) from error
    return day


AsJson = Annotated[bool, typer.Option("--json", callback=_one_form, help="Print JSON.")]
AsCsv = Annotated[bool, typer.Option("--csv", callback=_one_form, help="Print CSV.")]
Speaker = Annotated[str | None, typer.Option("--speaker", help="Words of the speaker's name.")]
Since = Annotated[
    str | None, typer.Option("--from", metavar="DATE", callback=_day, help="Published then or later.")
]
Until = Annotated[
    str | None, typer.Option("--to", metavar="DATE", callback=_day, help="Published then or earlier.")
]

DEFAULT = Path("katanya.ledger")


def changing(path: Path) -> "Ledger":
    """Open a ledger to be written that exists: what only changes one does not make it."""
    from katanya.ledger.store import Ledger

    Ledger.open(path).close()
    return Ledger.open(path, write=True)


def answer(plain: Any, rows: Sequence[Row], table: Callable[[], str], *, as_json: bool, as_csv: bool) -> None:
    """Print an answer: ``plain`` as JSON, ``rows`` as CSV, or what ``table`` returns."""
    if as_json:
        put(msgspec.json.format(msgspec.json.encode(plain), indent=2) + b"\n", None)
    elif as_csv:
        put(to_csv(rows).encode("utf-8", "replace"), None)
    else:
        put(table().encode("utf-8", "replace"), None)


def to_csv(rows: Sequence[Row]) -> str:
    """Return rows as CSV with a heading, all columns of any of them; null is an empty cell."""
    out = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    table = csv.DictWriter(out, names, lineterminator="\n")
    table.writeheader()
    table.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def columns(rows: Sequence[Row], last: int = WIDEST) -> str:
    """Return rows as aligned columns with a heading; numbers stand to the right, long cells are cut.

    Those of the last column are cut at ``last`` characters.
    """
    if not rows:
        return ""
    names = list(rows[0])
    widest = [*[WIDEST] * (len(names) - 1), last]
    cells = [names, *([_cut(_cell(row[name]), most) for name, most in zip(names, widest, strict=True)] for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(names))]
    numeric = [all(isinstance(row[name], int | float) for row in rows) for name in names]
    lines = []
    for line in cells:
        padded = (
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, numeric, strict=True)
        )
        lines.append((" " * GAP).join(padded).rstrip() + "\n")
    return "".join(lines)


def wrapped(text: str, indent: int) -> str:
    """Return a text in lines as wide as the terminal, each indented."""
    import textwrap

    width = max(40, shutil.get_terminal_size((100, 24)).columns)
    lines = textwrap.wrap(" ".join(text.split()), width - indent, break_on_hyphens=False) or [""]
    return "".join(f"{' ' * indent}{line}\n" for line in lines)


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case float():
            return f"{value:g}"
        case list():
            return "; ".join(map(_cell, value))
        case dict():
            return msgspec.json.encode(value).decode()
    return str(value)


def _cut(cell: str, most: int) -> str:
    cell = " ".join(cell.split())
    return cell if len(cell) <= most else cell[: most - 1] + "…"
