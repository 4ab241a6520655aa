"""The card of a model: what it is, what it learned from, how good it is, and what it gets wrong."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from katanya.api import Reader
from katanya.batch.scoring import Figure, Score, score
from katanya.training.readings import outlet_of
from katanya.training.scorer import calibration_error

CARD = "CARD.md"
FEW = 20  # statements of an outlet below which its figures tell nothing
NAMES = (
    "detection", "detection, direct", "detection, indirect", "detection, mixed", "attribution", "cue", "act",
    "speaker kind", "time", "place", "event", "role", "affiliation",
)
HEAD = """# The default model

Reads Indonesian news: which reporting words report something, what, and whose words it is. Made by
`katanya train`; every figure below was written by that command.

| part | what it does |
| --- | --- |
| `encoder.npz`, `labeller.npz` | a dilated convolutional network of words and their pieces: reads what a cue reports |
| `tagger.npz` | on the same encoder: tags names of people, organisations, places, and roles and affiliations |
| `scorer/` | a logistic model that chooses, cue by cue, between rules and network, and gives the confidence |
| `salience/` | a conditional logit that tells whom a pronoun, `-nya` or a bare office means |

## Data and licences

| data | used for | terms |
| --- | --- | --- |
| raw news (`data/news.jsonl.gz`) | guessing words; copying the rules | its publishers'; no text is in the files |
| {articles} annotated articles of {outlets} outlets | all else | annotations made for this project |
| idner-news-2k (`data/ner`) | names | MIT (khairunnisaor) |
| nergrit (`data/ner`) | names | Apache-2.0 (Grit.id, by way of IndoNLU) |

No data whose licence forbids commercial use was used. The weights are under Apache-2.0, like the code.

## How good

"""
WORTH = """
What each part is worth, and what more annotation would buy (F1 on the articles kept back; the last rows are the
network alone, taught with a part of the annotated articles):

| | detection | indirect | attribution |
| --- | --- | --- | --- |
"""
TAGGED = """
Names (exact, F1; sentences that nothing was learnt from):

| | people | organisations | places |
| --- | --- | --- | --- |
"""
LIMITS = """
## Known limits

- It knows the print Indonesian of national and regional news outlets; spoken Indonesian, regional languages and Malay
  are not in its data.
- Annotations follow one set of rules; a reader with other rules would count other statements.
- It learned from outlets that print quotations with a cue; interviews as questions and answers are read poorly.
- Names of people it has never seen are found by their form; single unusual names may be missed.
- A confidence is a probability over articles like those it was trained on, not a promise about one statement.
"""


def write_card(
    folder: Path,
    reader: Reader,
    figures: Mapping[str, float],
    gold: Sequence[Mapping[str, Any]],
    kept_back: Sequence[Mapping[str, Any]],
    ablations: Mapping[str, tuple[float, float, float]],
    names: Mapping[str, Mapping[str, Figure]],
) -> None:
    """Write the card of the model in a folder, with its figures on articles that were kept back."""
    outlets = len({outlet_of(record) for record in gold})
    parts = [HEAD.format(articles=len(gold), outlets=outlets)]
    parts.append("On outlets that each fit had not seen (the training articles):\n\n")
    parts += [f"- {name}: {value:.3f}\n" for name, value in figures.items()]
    if kept_back:
        parts.append(_measured(reader, kept_back))
    if ablations:
        parts.append(WORTH)
        parts += [f"| {name} | {row[0]:.3f} | {row[1]:.3f} | {row[2]:.3f} |\n" for name, row in ablations.items()]
    if names:
        parts.append(TAGGED)
        rows = {corpus: " | ".join(f"{figure.f1:.3f}" for figure in row.values()) for corpus, row in names.items()}
        parts += [f"| {corpus} | {row} |\n" for corpus, row in rows.items()]
    parts.append(LIMITS)
    (folder / CARD).write_text("".join(parts), encoding="utf-8")


def _measured(reader: Reader, gold: Sequence[Mapping[str, Any]]) -> str:
    read = {record["id"]: reader.read(record["text"], id=record["id"]).to_dict() for record in gold}
    total = score(gold, read)
    lines = [f"\nOn {len(gold)} articles that were kept back:\n\n| | P | R | F1 |\n| --- | --- | --- | --- |\n"]
    lines += [_row(total, name, name) for name in NAMES if name in total.figures]
    error = _calibration(gold, read)
    lines.append(f"\nExpected calibration error of the confidence: {error:.3f}\n")
    lines.append("\nBy outlet (detection):\n\n| | P | R | F1 |\n| --- | --- | --- | --- |\n")
    for outlet in sorted({outlet_of(record) for record in gold}):
        own = score([record for record in gold if outlet_of(record) == outlet], read)
        if own.figures["detection"].gold >= FEW:
            lines.append(_row(own, "detection", outlet))
    return "".join(lines)


def _row(found: Score, name: str, label: str) -> str:
    figure = found.figures[name]
    return f"| {label} | {figure.precision:.3f} | {figure.recall:.3f} | {figure.f1:.3f} |\n"


def _calibration(gold: Sequence[Mapping[str, Any]], read: Mapping[str, Mapping[str, Any]]) -> float:
    """Return how far confidences are from the share of statements that match the gold."""
    likely: list[float] = []
    right: list[bool] = []
    for record in gold:
        statements = read[record["id"]]["statements"]
        extra = {id(fault.statement) for fault in score([record], read).faults if fault.what == "extra"}
        likely += [statement["confidence"] for statement in statements]
        right += [id(statement) not in extra for statement in statements]
    return calibration_error(likely, right)
