"""Whether two contents are versions of one quotation: what speaks for it and against it, weighed."""

import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from katanya.core.errors import MissingExtra, ModelError
from katanya.ledger.quotations.evidence import evidence
from katanya.ledger.quotations.versions import Version, days_between

SHARED_ROUGHLY = 0.4  # of the shorter version, in any order: less is not looked at
LEAST = 5  # words in the same order that two versions share at least
LEAST_OF_OTHERS = 8  # the same where no speaker is known to be one: a slogan, a ruling's first words are said by many
SURE = 0.6  # chance of being one beyond which two are alike: of parts not fitted on, 97 in 100 of those joined are one
ALWAYS = "always"  # the name of the weight that is added whatever the evidence


def likeness(one: Version, other: Version) -> float:
    """Return by how much the chance that two contents are versions of one quotation is above what is asked.

    Between -0.6 and 0.4; -1 where they have too little in common to be looked at. The chance is that of a logistic
    regression; ``tables/quotation_weights.py`` fits its weights.
    """
    shared = common(one.words, other.words)
    if shared < LEAST or shared < SHARED_ROUGHLY * min(len(one.words), len(other.words)):
        return -1.0
    known, found = weights(), evidence(one, other)
    if shared < LEAST_OF_OTHERS and not found["speaker"]:
        return -1.0
    if found["figure"] and (not found["speaker"] or days_between(one, other) not in (0, 1)):
        return -1.0  # a form filled in anew, however long it is
    odds = known[ALWAYS] + sum(known[name] * value for name, value in found.items())
    return 1 / (1 + math.exp(-odds)) - SURE


def common(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Return how many words stand in both contents in the same order."""
    return int(_lcs()(one, other))


@cache
def weights() -> Mapping[str, float]:
    """Return the weights, in natural logarithms of odds; raises `ModelError` where one is missing."""
    lines = files("katanya.ledger.quotations").joinpath("weights.tsv").read_text("utf-8").splitlines()
    found = {name: float(value) for name, value in (line.split("\t") for line in lines if not line.startswith("#"))}
    nothing = Version("", "", "a", False)
    if found.keys() != {ALWAYS, *evidence(nothing, nothing)}:
        raise ModelError("the weights are not those of what is weighed", where="weights.tsv",
                         fix="python tables/quotation_weights.py")  # fmt: skip
    return found


@cache
def _lcs():  # type: ignore[no-untyped-def]
    try:
        from rapidfuzz.distance import LCSseq
    except ImportError:
        raise MissingExtra("comparing quotations needs rapidfuzz", fix="pip install 'katanya[ledger]'") from None
    return LCSseq.similarity
