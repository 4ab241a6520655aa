"""The card of the profile for PFSA-ID: what it is, from what, under which licence, how good."""

from collections.abc import Iterator, Mapping

from katanya.learned.weights import Weights
from katanya.pfsa.profile import FIRST
from katanya.pfsa.scoring import Figure, table

ABOUT = """# The profile `pfsa-id`

Two linear-chain models find what PFSA-ID labels: the direct quotations of public figures, their cues, the figures'
introductions, and when, where and on what occasion they spoke. The first reads what katanya's rules have found, words
and word clusters; the second reads the tags of the first as well, person by person. They serve
`katanya benchmark pfsa-id` and nothing else; `katanya read` never loads them.

**Licence: CC BY-NC-SA 4.0**, as the corpus that it was trained on. It may not be used commercially.
"""
LICENCE = """The files of this folder, and nothing else of this package, are licensed under Creative Commons
Attribution-NonCommercial-ShareAlike 4.0 International (CC BY-NC-SA 4.0):
https://creativecommons.org/licenses/by-nc-sa/4.0/legalcode

They were made from PFSA-ID and PFSA-ID-MED by Purnomo W.P. and others, under the same licence:
doi 10.1108/GKMC-04-2022-0091 and doi 10.1016/j.knosys.2024.111558. Changes: the annotated articles were turned into
the weights of a statistical model. There is no warranty.
"""
DATA = """## Data
- PFSA-ID (Purnomo W.P., Kumar and Zulkarnain, Global Knowledge, Memory and Communication, 2022,
  doi 10.1108/GKMC-04-2022-0091) and PFSA-ID-MED (Purnomo W.P. et al., Knowledge-Based Systems 289, 2024,
  doi 10.1016/j.knosys.2024.111558), CC BY-NC-SA: {articles} articles of its training part.
- Raw Indonesian news without labels, for the word clusters alone.

{features} features and {words} clustered words; {tags} tags.
"""
LIMITS = """## Limits
- The articles are of one newspaper, whose house style (one mark for both ends of a quotation, a full date in
  brackets, an introduction before the first quotation) the model has learned with everything else.
- Who counts as a public figure is the corpus's own judgement, and not always the same one.
- It finds direct quotations only; indirect speech has no label in the corpus.
"""


def card(figures: Mapping[str, Figure], articles: int, folds: int, weights: Weights) -> str:
    """Return the card of a model."""
    features = len(weights[f"{FIRST}.state"])
    told = DATA.format(
        articles=articles, features=features, words=len(weights.vocabulary) - features,
        tags=len(weights.settings["tags"]),
    )  # fmt: skip
    parts = [ABOUT, told]
    if figures:
        parts.append("\n".join(_figures(figures, folds)))
    return "\n".join((*parts, LIMITS))


def _figures(figures: Mapping[str, Figure], folds: int) -> Iterator[str]:
    yield "## Figures"
    yield f"Exact spans, cross-validated: {folds} models, each scored on the articles that it was not trained on. The"
    yield "first look's tags of an article always come from a model that has not seen the article."
    yield ""
    yield "```"
    yield from table(figures)
    yield "```"
    yield ""
