"""Weighing drafts: the scorer, what it is fitted on, and what its probabilities are worth."""

from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from katanya.attribution.drafts import Draft
from katanya.attribution.scorer import BIAS, Scorer
from katanya.core.records import Kind
from katanya.learned.weights import Weights
from katanya.training.readings import folds, outlet_of
from katanya.training.scorer import calibration_error, fit, probability

WEIGHTS = Weights(
    {"threshold": 0.5}, (BIAS, "content=clause", "doubt:irrealis"), {"weights": np.array([0.5, 2.0, -4.0], np.float32)}
)


def draft(*features: str) -> Draft:
    """Return a draft with these features and nothing else."""
    return Draft(Kind.INDIRECT, [(0, 1)], 0, features=list(features))


@pytest.mark.parametrize(
    ("features", "odds"),
    [
        ((), 0.5),
        (("content=clause",), 2.5),
        (("content=clause", "doubt:irrealis"), -1.5),
        (("never seen",), 0.5),
    ],
)
def test_a_probability_is_the_logistic_of_the_weights(features: tuple[str, ...], odds: float) -> None:
    """Weights of features add up to log-odds; a feature without a weight changes nothing."""
    assert Scorer(WEIGHTS).probability(list(features)) == pytest.approx(1 / (1 + exp(-odds)))


@pytest.mark.parametrize(("confidence", "counts"), [(None, False), (0.49, False), (0.5, True), (0.9, True)])
def test_a_draft_counts_from_the_threshold_on(confidence: float | None, counts: bool) -> None:
    """A draft counts where its confidence reaches the threshold; one that was not weighed does not."""
    weighed = draft()
    weighed.confidence = confidence
    assert Scorer(WEIGHTS).counts(weighed) is counts


def test_a_fit_finds_what_speaks_for_and_against() -> None:
    """Features of right examples gain weight, those of wrong ones lose it."""
    pytest.importorskip("scipy")
    examples = [(("clause", "x"), True), (("phrase", "x"), False)] * 20
    weights = fit(examples)
    assert weights["clause"] > 0 > weights["phrase"]
    assert probability(weights, ["clause"]) > 0.5 > probability(weights, ["phrase"])


def test_a_rare_feature_is_none() -> None:
    """A feature seen in fewer than three drafts gets no weight."""
    pytest.importorskip("scipy")
    assert "rare" not in fit([(("rare",), True), (("common",), True), (("common",), False), (("common",), True)])


def test_the_same_examples_give_the_same_weights() -> None:
    """A fit can be repeated to the last digit."""
    pytest.importorskip("scipy")
    examples = [((f"a{n % 5}", f"b{n % 3}"), n % 7 < 3) for n in range(60)]
    assert fit(examples) == fit(examples)


@pytest.mark.parametrize(
    ("given_", "right", "error"),
    [
        ([0.95] * 20, [True] * 19 + [False], 0.0),
        ([0.95] * 20, [True] * 10 + [False] * 10, 0.45),
        ([0.25] * 4 + [0.75] * 4, [True, False, False, False, True, True, True, False], 0.0),
    ],
)
def test_calibration_is_the_gap_between_confidence_and_accuracy(
    given_: list[float], right: list[bool], error: float
) -> None:
    """The error is the mean gap between the confidence of a bin and the share that is right in it."""
    assert calibration_error(given_, right) == pytest.approx(error, abs=1e-9)


@pytest.mark.parametrize(
    ("printed", "house"),
    [
        ("kabartirta", "kabartirta"),
        ("Kabartirta.com", "kabartirta"),
        ("news.kabartirta.com", "kabartirta"),
        ("finance.kabartirta.com", "kabartirta"),
        ("kabartirtanews.com", "kabartirta"),
        (None, ""),
    ],
)
def test_the_sites_of_a_house_are_one_outlet(printed: str | None, house: str) -> None:
    """Desks and sites of one house count as one outlet, so that none of them is seen beside another."""
    assert outlet_of({"outlet": printed}) == house


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=60), st.integers(2, 6))
def test_an_outlet_lies_in_one_fold(outlets: list[str], count: int) -> None:
    """All articles of an outlet are in the same fold."""
    found = folds(outlets, count)
    assert len(set(zip(outlets, found, strict=True))) == len(set(outlets))
    assert set(found) <= set(range(count))
