"""``katanya evaluate``: the figures against a gold set."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from katanya.cli.shell import ModelName, model_of, put, say
from katanya.core.settings import DEFAULT_MODEL

if TYPE_CHECKING:
    from katanya.batch.scoring import Fault, Score


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD.jsonl", help="Annotated articles, one a line.")],
    predictions: Annotated[
        Path | None, typer.Option("--predictions", "-p", metavar="PRED.jsonl", help="Records to score.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    errors: Annotated[int, typer.Option("--errors", min=0, metavar="N", help="Print N errors as well.")] = 0,
    model: ModelName = DEFAULT_MODEL,
) -> None:
    """Score against gold: read its articles here, or take the records of an earlier run."""
    from katanya.api import Reader
    from katanya.batch.goldfile import predict, read_gold, read_predictions
    from katanya.batch.scoring import score
    from katanya.render import encode

    articles = read_gold(gold)
    predicted = read_predictions(predictions) if predictions else predict(articles, Reader(model=model_of(model)))
    strangers = len(predicted.keys() - {article["id"] for article in articles})
    if strangers:
        say(f"{strangers} predicted articles are not in the gold and count for nothing")
    result = score(articles, predicted)
    if json:
        put(encode.pretty({name: figure.to_dict() for name, figure in result.figures.items()}), None)
    else:
        put("".join(f"{line}\n" for line in _table(result)).encode(), None)
    put("".join(f"{_fault(fault)}\n" for fault in result.faults[:errors]).encode("utf-8", "replace"), None)


def _table(result: "Score") -> Iterator[str]:
    yield f"{'':24}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'pred':>7}"
    for name, row in result.figures.items():
        yield f"{name:24}{row.precision:7.3f}{row.recall:7.3f}{row.f1:7.3f}{row.gold:7}{row.predicted:7}"


def _fault(fault: "Fault") -> str:
    statement: Any = fault.statement
    content = " … ".join(span.get("text", "") for span in statement["contents"])
    cue = (statement.get("cue") or {}).get("text")
    cells = (fault.article, fault.what, statement["kind"], cue, statement.get("speaker"), content[:160])
    return "\t".join(map(str, cells))
