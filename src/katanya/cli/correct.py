"""``katanya correct`` and ``katanya corrections``: what editors say against the machine's reading."""

from math import isfinite
from typing import Annotated

import typer

from katanya.cli.file import now
from katanya.cli.shell import WRONG, fail, say
from katanya.cli.tables import DEFAULT, AsCsv, AsJson, LedgerPath, answer, changing, columns
from katanya.core.records import SpeakerKind

OPEN = "open"  # a bound that the words leave open


def correct(
    statement: Annotated[int | None, typer.Argument(help="The statement's number, as katanya search shows it.")] = None,
    author: Annotated[str, typer.Option(help="Who corrects.")] = "",
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    ledger: LedgerPath = DEFAULT,
    speaker: Annotated[str | None, typer.Option(help="Who really spoke.")] = None,
    nobody: Annotated[bool, typer.Option("--nobody", help="Nobody is named.")] = False,
    speaker_kind: Annotated[SpeakerKind | None, typer.Option(help="What sort of speaker; person unless told.")] = None,
    content: Annotated[
        list[str] | None, typer.Option(help="The words of the article that were said; once for each stretch.")
    ] = None,
    figure: Annotated[str | None, typer.Option(help="The words of the figure to be corrected.")] = None,
    low: Annotated[str | None, typer.Option(metavar="N|open", help="Its lower bound.")] = None,
    high: Annotated[str | None, typer.Option(metavar="N|open", help="Its upper bound.")] = None,
    unit: Annotated[str | None, typer.Option(help="Its unit.")] = None,
    undo: Annotated[int | None, typer.Option(help="Take this correction back.")] = None,
) -> None:
    """Correct the speaker, the content or a figure of a statement; the machine's reading stays beneath."""
    asked = [undo is not None, speaker is not None, nobody, bool(content), figure is not None]
    _check({
        "name a statement and one of --speaker, --nobody, --content, --figure, or only --undo":
            sum(asked) != 1 or (undo is None and statement is None),
        "say who corrects, with --author, and why, with --reason":
            not author.strip() or (undo is None and not reason.strip()),
        "a speaker has a name; --nobody says that nobody is named": speaker is not None and not speaker.strip(),
        "--speaker-kind belongs to --speaker or --nobody": speaker_kind is not None and speaker is None and not nobody,
        "with --figure say what is right of it: --low, --high, --unit":
            (figure is None) == any(part is not None for part in (low, high, unit)),
    })  # fmt: skip
    value: dict[str, float | str | None] = {
        name: _bound(name, bound) for name, bound in (("low", low), ("high", high)) if bound is not None
    }
    with changing(ledger) as opened:
        if undo is not None:
            opened.undo(undo, author=author, now=now())
            say(f"correction {undo} is undone")
            return
        assert statement is not None  # checked above
        if content:
            made = opened.correct_content(statement, *content, author=author, reason=reason, now=now())
        elif figure is not None:
            value |= {"unit": unit} if unit is not None else {}
            made = opened.correct_figure(statement, figure, value, author=author, reason=reason, now=now())
        else:
            made = opened.correct_speaker(
                statement, speaker, speaker_kind, author=author, reason=reason, now=now()
            )
    say(f"noted as correction {made}; katanya correct --undo {made} takes it back")


def _check(wrong: dict[str, bool]) -> None:
    """End the command with the first message that holds."""
    for message, holds in wrong.items():
        if holds:
            fail(message, WRONG)


def _bound(name: str, bound: str) -> float | None:
    """Return a bound as it was written, ``None`` for an open one."""
    if bound == OPEN:
        return None
    try:
        number = int(bound) if bound.lstrip("-").isdecimal() else float(bound)
        if isfinite(number):
            return number
    except (ValueError, OverflowError):
        pass
    fail(f"--{name} '{bound}' is no number (write 1250000, 2.5 or {OPEN})", WRONG)


def corrections(
    ledger: LedgerPath = DEFAULT,
    orphaned: Annotated[
        bool, typer.Option("--orphaned", help="Only those that the current reading has no place for.")
    ] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """List the corrections in the order in which they were made."""
    from katanya.ledger.store import Ledger

    with Ledger.open(ledger) as opened:
        rows = [correction.to_dict() for correction in opened.corrections(orphaned=orphaned)]
    answer(rows, rows, lambda: columns(rows) or "no corrections\n", as_json=as_json, as_csv=as_csv)
