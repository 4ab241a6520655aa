"""``katanya values``: the times, figures and places of many articles, resumable."""

from pathlib import Path
from typing import Annotated

import typer

from katanya.cli.extract import run
from katanya.cli.inputs import Columns, InputKind, said_of


def values(
    sources: Annotated[
        list[Path], typer.Argument(metavar="IN…", help="JSON lines, archives, tables, texts, pages, folders of them.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUT.jsonl", help="Values, an article a line.")],
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, help="How many processes to use.")] = 1,
    restart: Annotated[bool, typer.Option("--restart", help="Begin anew instead of going on.")] = False,
    kind: InputKind = None,
    columns: Columns = None,
) -> None:
    """Read the times, figures and places of whole articles: an article in, a line out, in the same order.

    No statements are read and no model is used. Articles that fail are listed with reasons in OUT.rejects.jsonl. A run
    that was interrupted or killed goes on with the same command.
    """
    from katanya.batch import extract as batch

    run(
        output,
        lambda watch: batch.extract_values(
            sources, output, kind=kind, columns=said_of(columns), workers=workers, restart=restart, watch=watch
        ),
    )
