"""``katanya values``: the times, figures and places of many articles, resumable."""

from pathlib import Path
from typing import Annotated

import typer

from katanya.cli.extract import run


def values(
    source: Annotated[Path, typer.Argument(metavar="IN.jsonl", help="Articles, one a line; may be gzip.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUT.jsonl", help="Values, an article a line.")],
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, help="How many processes to use.")] = 1,
    restart: Annotated[bool, typer.Option("--restart", help="Begin anew instead of going on.")] = False,
) -> None:
    """Read the times, figures and places of whole articles: a line in, a line out, in the same order.

    No statements are read and no model is used. Articles that fail are listed with reasons in OUT.rejects.jsonl. A run
    that was interrupted or killed goes on with the same command.
    """
    from katanya.batch import extract as batch

    run(output, lambda watch: batch.extract_values(source, output, workers=workers, restart=restart, watch=watch))
