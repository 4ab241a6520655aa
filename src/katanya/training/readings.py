"""What the rules and a network read of articles that the network has not seen, held against the gold."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from katanya.attribution.detect import Detector
from katanya.attribution.drafts import Draft
from katanya.core.analysis import Tokens
from katanya.core.records import Document
from katanya.pipeline.analyse import Analyser

SAME = 0.8  # of their union that two contents share where they count as the same
Weighed = tuple[tuple[str, ...], bool]
Told = tuple[frozenset[int], frozenset[int]]


@dataclass(frozen=True, slots=True)
class Reading:
    """One article: the options of every cue and the direct statements, as features and whether they are right.

    ``wanted`` counts the statements of the gold.
    """

    outlet: str
    options: list[list[Weighed]]
    direct: list[Weighed]
    wanted: int


def read_article(record: Mapping[str, Any], analyser: Analyser, detector: Detector) -> Reading:
    """Read an article of the gold and tell which readings are right."""
    analysis = analyser.analyse(Document(record["text"]))
    tokens = analysis.tokens
    truth = [
        (_words(tokens, statement["contents"]), _words(tokens, [statement["cue"]] if statement["cue"] else []))
        for statement in record["statements"]
    ]
    direct, options = detector.options(analysis)
    return Reading(
        outlet_of(record),
        [[_weighed(tokens, draft, truth) for draft in drafts] for drafts in options if drafts],
        [_weighed(tokens, draft, truth) for draft in direct],
        len(truth),
    )


def outlet_of(record: Mapping[str, Any]) -> str:
    """Return the house that an article comes from, its desks and sites taken together."""
    parts = str(record.get("outlet") or "").lower().split(".")
    name = next((part for part in parts if part not in ("news", "finance", "www")), "")
    return name.removesuffix("news") if len(name) > 8 else name


def folds(outlets: Sequence[str], count: int) -> list[int]:
    """Return a fold for every article, all of an outlet in one, the folds as even as may be."""
    sizes = [0] * count
    fold_of: dict[str, int] = {}
    for outlet, size in sorted(Counter(outlets).items(), key=lambda item: (-item[1], item[0])):
        fold_of[outlet] = sizes.index(min(sizes))
        sizes[fold_of[outlet]] += size
    return [fold_of[outlet] for outlet in outlets]


def _words(tokens: Tokens, spans: Sequence[Mapping[str, Any]]) -> frozenset[int]:
    """Return the words that begin inside any of the spans, as token indices."""
    found: set[int] = set()
    for span in spans:
        first, last = bisect_left(tokens.starts, span["start"]), bisect_left(tokens.starts, span["end"])
        found.update(index for index in range(first, last) if tokens.words[index][0].isalnum())
    return frozenset(found)


def _weighed(tokens: Tokens, draft: Draft, truth: Sequence[Told]) -> Weighed:
    mine = {index for part in draft.contents for index in range(*part) if tokens.words[index][0].isalnum()}
    cue = range(*draft.cue) if draft.cue else range(0)
    right = any(
        len(mine & contents) >= SAME * len(mine | contents) and (not cue or not its_cue.isdisjoint(cue))
        for contents, its_cue in truth
    )
    return tuple(draft.features), right
