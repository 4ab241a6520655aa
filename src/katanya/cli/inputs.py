"""The options of every command that takes any input."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from katanya.core.errors import InputError

if TYPE_CHECKING:
    from katanya.batch.inputs import Said


class Extraction(StrEnum):
    """How the text of pages is found: fast, or as well as it can be."""

    BULK = "bulk"
    PRECISE = "precise"


def _kind(name: str | None) -> str | None:
    """Return the name of a kind; raises `BadParameter` where there is none."""
    from katanya.batch.inputs.kinds import named

    try:
        return name and named(name).name
    except InputError as error:
        raise typer.BadParameter(str(error)) from error


InputKind = Annotated[
    str | None,
    typer.Option("--kind", metavar="KIND", callback=_kind, help="What all inputs are, where their names do not tell."),
]
Pages = Annotated[
    Extraction | None, typer.Option("--pages", help="How the text of pages is found; in bulk for archives and folders.")
]
CheckLanguage = Annotated[
    bool | None,
    typer.Option(
        "--check-language/--any-language",
        help="Set aside what is surely in another language; archives and folders do by themselves.",
    ),
]
Columns = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="FIELD=NAME", help="Which column of a table holds what; its name or number."),
]
LinkCopies = Annotated[
    bool | None,
    typer.Option(
        "--link-copies/--read-copies",
        help="Link articles that say the same, and read one of them; archives and folders do by themselves.",
    ),
]


def said_of(columns: list[str] | None) -> "Said":
    """Return what is said of columns; raises `InputError` where it says nothing."""
    from katanya.readers.columns import chosen

    return chosen(columns or ())


def bulk_of(pages: Extraction | None) -> bool | None:
    """Return whether pages are read in bulk; None leaves it to the input."""
    return None if pages is None else pages is Extraction.BULK
