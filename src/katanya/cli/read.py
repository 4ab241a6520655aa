"""``katanya read``: one article, shown or exported."""

import re
import stat
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from katanya.api import Article, Reader
from katanya.cli.shell import REJECTED, ModelName, PrivateNetwork, fail, model_of, put
from katanya.core.errors import InputError
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import DEFAULT_MODEL, MAX_BYTES
from katanya.fetch.urls import is_url

WANTED = "give a text or a page, or - for standard input"
MANY = "to read articles from JSON lines: katanya extract IN.jsonl -o OUT.jsonl"
LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
TABLES = (".csv", ".tsv", ".csv.gz", ".tsv.gz", ".parquet", ".mbox")
JSON = re.compile(r'\s*(?:\[\s*)?\{\s*"')  # how no article begins


class Format(StrEnum):
    """What an article can be shown as."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    HTML = "html"


def read(
    file: Annotated[str, typer.Argument(metavar="FILE|URL|-", help="Text, HTML, PDF or EML; - is standard input.")],
    format: Annotated[Format, typer.Option("--format", "-f", help="What to show it as.")] = Format.TEXT,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to a file instead.")] = None,
    published: Annotated[str | None, typer.Option(help="When the article was published.")] = None,
    check_language: Annotated[
        bool, typer.Option("--check-language", help="Reject what is surely not Indonesian (slower).")
    ] = False,
    private: PrivateNetwork = False,
    why: Annotated[bool, typer.Option("--why", help="Show the rules behind each statement.")] = False,
    model: ModelName = DEFAULT_MODEL,
) -> None:
    """Show who said what in one article."""
    from katanya.readers import read_bytes, read_file

    if file == "-":
        data = sys.stdin.buffer.read(MAX_BYTES + 1)  # one byte more than is read: enough to be told so
        document = read_bytes(data, source="standard input", check_language=check_language)
    elif is_url(file):
        document = _fetched(file, private, check_language)
    else:
        _check(file)
        document = read_file(Path(file), check_language=check_language)
    if isinstance(document, Rejected):
        detail = f" ({document.detail})" if document.detail else ""
        fail(f"{document.source}: {document.reason.value}{detail}", REJECTED)
    if JSON.match(document.text):
        raise InputError("holds JSON, not a text", where=file, fix=MANY)
    article = Reader(model=model_of(model)).read(document, published=published)
    if format is Format.TEXT and output is None and sys.stdout.isatty():
        _show(article, why)
    else:
        put(_render(article, format, why), output)


def _fetched(url: str, private: bool, check_language: bool) -> Document | Rejected:
    from katanya.batch.web import Page, Visitor
    from katanya.fetch.fetcher import Unchanged

    with Visitor(private=private) as visitor:
        page = visitor.read(url, check_language=check_language)
    if isinstance(page, Unchanged):
        return Rejected(url, Reason.UNREACHABLE, "the server answers 304 though nothing was known")
    return page.document if isinstance(page, Page) else page


def _check(file: str) -> None:
    """Refuse what holds no single article: raises `InputError` that says what it is."""
    try:
        mode = Path(file).stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise InputError("no such file", where=file, fix=WANTED) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=file, fix=WANTED) from error
    if stat.S_ISDIR(mode):
        raise InputError("is a folder", where=file, fix=WANTED)
    if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
        raise InputError("is a device, not a file", where=file, fix=WANTED)
    if file.lower().endswith(LINES):
        raise InputError("is a file of JSON lines by its name", where=file, fix=MANY)
    if file.lower().endswith(TABLES):
        raise InputError("holds many articles by its name", where=file, fix=f"katanya extract '{file}' -o OUT.jsonl")


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
