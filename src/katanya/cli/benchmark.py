"""``katanya benchmark``: the figures on a published benchmark, by the profile that was trained for it."""

from pathlib import Path
from typing import Annotated

import typer

from katanya.cli.shell import guarded, put

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _group() -> None:
    """Score on a published benchmark, by the profile trained for it."""


@app.command("pfsa-id")
@guarded
def pfsa_id(
    gold: Annotated[Path, typer.Argument(metavar="GOLD.jsonl", help="Articles of PFSA-ID, one a line.")],
    predictions: Annotated[
        Path | None, typer.Option("--predictions", "-p", metavar="OUT.jsonl", help="Write the predicted spans.")
    ] = None,
    model: Annotated[Path | None, typer.Option("--model", help="A folder that `katanya train` wrote.")] = None,
) -> None:
    """Find the spans of PFSA-ID in the texts of GOLD, and print exact-span precision, recall and F1."""
    from katanya.learned.store import model_folder
    from katanya.pfsa.corpus import read_corpus, write_corpus
    from katanya.pfsa.profile import PROFILE, Profile
    from katanya.pfsa.scoring import score, table

    articles = read_corpus(gold)
    profile = Profile.load(model_folder(model or PROFILE))
    predicted = profile.predict({"id": article["id"], "text": article["text"]} for article in articles)
    if predictions:
        write_corpus(predictions, predicted)
    figures = score(articles, {article["id"]: article for article in predicted})
    put("".join(f"{line}\n" for line in table(figures)).encode(), None)
