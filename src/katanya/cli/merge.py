"""``katanya people``, ``merge`` and ``split``: who is who across articles, and what somebody says against it."""

from typing import TYPE_CHECKING, Annotated

import typer

from katanya.cli.file import now
from katanya.cli.relate import remind
from katanya.cli.shell import WRONG, counted, fail, say
from katanya.cli.tables import DEFAULT, AsCsv, AsJson, LedgerPath, Limit, answer, changing, columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from katanya.ledger.identity.stored import Known



def _named(author: str) -> str:
    if not author.strip():
        raise typer.BadParameter("name who says so")
    return author


Author = Annotated[str, typer.Option("--author", callback=_named, help="Who says so.")]
Reason = Annotated[str, typer.Option("--reason", help="Why.")]


def people(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Words of the name.")] = "",
    ledger: LedgerPath = DEFAULT,
    choices: Annotated[bool, typer.Option("--choices", help="Show the merges and splits instead.")] = False,
    limit: Limit = 10,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Show the people who bear a name: their other names, and their offices with the dates at which they were seen."""
    from katanya.ledger.store import Ledger

    with Ledger.open(ledger) as opened:
        if choices:
            rows = [choice.to_dict() for choice in opened.choices()]
            answer(rows, rows, lambda: columns(rows) or "no choices\n", as_json=as_json, as_csv=as_csv)
            return
        found = opened.people(name, limit=limit)
        remind(opened)
    plain = [person.to_dict() for person in found]
    offices = [{"person": one.id, "name": one.name} | held.to_dict() for one in found for held in one.offices]
    answer(plain, offices, lambda: _shown(found), as_json=as_json, as_csv=as_csv)


def merge(
    author: Author,
    persons: Annotated[
        list[int] | None, typer.Argument(metavar="PERSON…", help="Their numbers, from katanya people.")
    ] = None,
    reason: Reason = "",
    ledger: LedgerPath = DEFAULT,
    undo: Annotated[int | None, typer.Option(help="Take this merge or split back.")] = None,
) -> None:
    """Say that some people are one. It holds at once, and through every new reading."""
    if (undo is None) == (not persons) or (persons and len(set(persons)) < 2):
        fail("name the people who are one, two at least, or only --undo", WRONG)
    with changing(ledger) as opened:
        if undo is not None:
            opened.undo_choice(undo, author=author, now=now())
            say(f"choice {undo} taken back")
            return
        assert persons is not None  # checked above
        number = opened.merge(*persons, author=author, reason=reason, now=now())
    say(f"choice {number}: they are one person, number {min(persons)}")


def split(
    person: Annotated[int, typer.Argument(metavar="PERSON", help="The number, from katanya people.")],
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE…", help="Keys of the articles of somebody else.")],
    author: Author,
    reason: Reason = "",
    ledger: LedgerPath = DEFAULT,
) -> None:
    """Say that a person is somebody else in some articles. It holds at once, and through every new reading."""
    with changing(ledger) as opened:
        number = opened.split(person, articles, author=author, reason=reason, now=now())
    say(f"choice {number}: somebody else in {counted(len(set(articles)), 'article')}")


def _shown(found: "Sequence[Known]") -> str:
    if not found:
        return "nobody of that name speaks in this ledger\n"
    return "\n".join(
        f"{one.id}  {one.name}: {counted(one.articles, 'article')}, "
        f"{one.first or 'undated'} to {one.last or 'undated'}\n"
        f"also: {', '.join(name for name in one.names if name != one.name) or '–'}\n"
        + columns([held.to_dict() for held in one.offices])
        for one in found
    )
