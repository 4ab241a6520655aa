"""``katanya read``: one article, shown or exported."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from katanya.api import Article, Reader
from katanya.cli.shell import REJECTED, fail, put
from katanya.core.errors import InputError
from katanya.core.outcomes import Rejected
from katanya.core.settings import MAX_BYTES


class Format(StrEnum):
    """What an article can be shown as."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    HTML = "html"


def read(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="Text or HTML; - is standard input.")],
    format: Annotated[Format, typer.Option("--format", "-f", help="What to show it as.")] = Format.TEXT,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to a file instead.")] = None,
    published: Annotated[str | None, typer.Option(help="When the article was published.")] = None,
    check_language: Annotated[
        bool, typer.Option("--check-language", help="Reject what is surely not Indonesian (slower).")
    ] = False,
    why: Annotated[bool, typer.Option("--why", help="Show the rules behind each statement.")] = False,
) -> None:
    """Show who said what in one article."""
    from katanya.readers import read_bytes, read_file

    if file == "-":
        data = sys.stdin.buffer.read(MAX_BYTES + 1)  # one byte more than is read: enough to be told so
        document = read_bytes(data, source="standard input", check_language=check_language)
    elif Path(file).is_file():
        document = read_file(Path(file), check_language=check_language)
    else:
        raise InputError("no such file", where=file, fix="give a text or a page, or - for standard input")
    if isinstance(document, Rejected):
        detail = f" ({document.detail})" if document.detail else ""
        fail(f"{document.source}: {document.reason.value}{detail}", REJECTED)
    article = Reader().read(document, published=published)
    if format is Format.TEXT and output is None and sys.stdout.isatty():
        _show(article, why)
    else:
        put(_render(article, format, why), output)


def _render(article: Article, format: Format, why: bool) -> bytes:
    """Return the article in a format; each is imported only where it is asked for."""
    if format is Format.JSON or format is Format.JSONL:
        from katanya.render import encode

        return encode.pretty(article) if format is Format.JSON else encode.line(article)
    from katanya.render import html, table, terminal

    match format:
        case Format.CSV:
            shown = table.to_csv([article])
        case Format.HTML:
            shown = html.page(article)
        case _:
            shown = terminal.plain(article, why=why)
    return shown.encode("utf-8", "replace")


def _show(article: Article, why: bool) -> None:
    """Print the view on a terminal: coloured unless NO_COLOR is set, long lines wrapped in place."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    from katanya.render import terminal

    console = Console(highlight=False, emoji=False, markup=False)
    for line in terminal.view(article, why=why):
        console.print(Padding(Text.assemble(*line.parts), (0, 0, 0, line.indent)))
