"""The options of every command that takes any input."""

from enum import StrEnum
from typing import Annotated

import typer


class Extraction(StrEnum):
    """How the text of pages is found: fast, or as well as it can be."""

    BULK = "bulk"
    PRECISE = "precise"


InputKind = Annotated[
    str | None, typer.Option("--kind", metavar="KIND", help="What all inputs are, where their names do not tell.")
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


def bulk_of(pages: Extraction | None) -> bool | None:
    """Return whether pages are read in bulk; None leaves it to the input."""
    return None if pages is None else pages is Extraction.BULK
