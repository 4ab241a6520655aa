"""The command ``katanya``.

Exit codes: 0 done; 1 something stands in the way, and the message says what; 2 the command was written
wrongly; 3 the input was rejected, and there is nothing else; 130 interrupted.
"""

import os
import sys

import typer

from katanya.cli import (
    benchmark,
    correct,
    evaluate,
    export,
    extract,
    file,
    importing,
    merge,
    quote,
    read,
    rejects,
    relate,
    search,
    serve,
    stats,
    track,
    train,
    values,
    watch,
    who,
)
from katanya.cli.shell import INTERRUPTED, guarded

# One process uses one core: the matrices are small, and threads of numpy's would only get in each other's way. It has
# to be said before numpy is imported.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

app = typer.Typer(
    name="katanya",
    help="Who said what: attributed statements from Indonesian news.",
    epilog="Exit codes: 0 done, 1 cannot be done, 2 wrong usage, 3 input rejected, 130 interrupted.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("read")(guarded(read.read))
app.command("extract")(guarded(extract.extract))
app.command("values")(guarded(values.values))
app.command("file")(guarded(file.file))
app.command("watch")(guarded(watch.watch))
app.command("feeds")(guarded(watch.feeds))
app.command("rejects")(guarded(rejects.rejects))
app.command("search")(guarded(search.search))
app.command("who")(guarded(who.who))
app.command("shift")(guarded(who.shift))
app.command("relate")(guarded(relate.relate))
app.command("people")(guarded(merge.people))
app.command("merge")(guarded(merge.merge))
app.command("split")(guarded(merge.split))
app.command("quote")(guarded(quote.quote))
app.command("track")(guarded(track.track))
app.command("stats")(guarded(stats.stats))
app.command("correct")(guarded(correct.correct))
app.command("corrections")(guarded(correct.corrections))
app.command("export")(guarded(export.export))
app.command("import")(guarded(importing.import_))
app.command("serve")(guarded(serve.serve))
app.command("evaluate")(guarded(evaluate.evaluate))
app.command("train")(guarded(train.train))
app.add_typer(benchmark.app, name="benchmark")


@app.command()
@guarded
def version() -> None:
    """Print the version."""
    from katanya import __version__

    typer.echo(f"katanya {__version__}")


def main() -> None:
    """Run the command line."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
