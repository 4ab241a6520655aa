"""``katanya import``: what annotators made of an export, as gold."""

from pathlib import Path
from typing import Annotated

import typer

from katanya.cli.export import tell
from katanya.cli.shell import REJECTED, put, say
from katanya.core.outcomes import Rejected
from katanya.core.records import Article
from katanya.exports.formats import Annotated as Annotation


def import_(
    source: Annotated[Path, typer.Argument(metavar="IN", help="A folder, or a file of Label Studio.")],
    format: Annotated[Annotation, typer.Option("--format", "-f", help="What wrote it.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUT.jsonl", help="The file for the gold.")],
    unseen: Annotated[
        bool, typer.Option("--unseen", help="Take what nobody has annotated as it went out (Label Studio).")
    ] = False,
) -> None:
    """Read annotated articles as gold for `katanya evaluate`, an article a line."""
    from katanya.exports.formats import read
    from katanya.render import encode

    found = list(read(source, format, unseen=unseen))
    articles = [one for one in found if isinstance(one, Article)]
    rejected = [one for one in found if isinstance(one, Rejected)]
    if articles:
        put(b"".join(encode.line(article) for article in articles), output)
    say(f"{len(articles)} articles, {sum(len(article.statements) for article in articles)} statements: {output}")
    tell(rejected)
    if rejected and not articles:
        raise typer.Exit(REJECTED)
