"""Fit the weights by which two contents are told for versions of one quotation.

Run from the root of the repository: ``python tables/quotation_weights.py LEDGER SET.jsonl...``. It writes
``weights.tsv`` into ``ledger/quotations`` and prints how good the weights are where they were not fitted: of ten
parts each is judged by weights of the nine others. LEDGER is a ledger with people (`katanya relate`). Of a set each
line is a pair that was judged by reading: ``a`` and ``b`` (the article's own id first), ``a_spans`` and ``b_spans``
(offsets of the content in the text), ``same``. A pair whose place no statement of the ledger holds is left out.

A logistic regression with a penalty on the square of the weights, of evidence that is scaled to a deviation of one;
Newton's method, which has no step to choose and nothing random.
"""

import json
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from katanya.ledger.quotations.alike import ALWAYS, SURE
from katanya.ledger.quotations.evidence import evidence
from katanya.ledger.quotations.stored import versions_of
from katanya.ledger.quotations.versions import Version

HOME = Path(__file__).parents[1] / "src" / "katanya" / "ledger" / "quotations" / "weights.tsv"
HEAD = "# What speaks for and against one utterance, in natural logarithms of odds; by tables/quotation_weights.py\n"
PENALTY = 10.0  # on the square of a weight; the best of 1, 3, 10, 33 where not fitted on
PARTS = 10
STEPS = 50  # of Newton's method, which is done after ten


def pairs(connection: sqlite3.Connection, paths: list[str]) -> Iterator[tuple[Version, Version, bool]]:
    """Yield the pairs of some sets, as the ledger reads them, and whether they are one."""
    versions = {statement: version for version, statement in versions_of(connection)}
    for path in paths:
        for pair in map(json.loads, Path(path).read_text("utf-8").splitlines()):
            one, other = (_found(connection, pair[side][0], pair[f"{side}_spans"]) for side in "ab")
            if one in versions and other in versions and versions[one].article != versions[other].article:
                yield versions[one], versions[other], pair["same"]


def _found(connection: sqlite3.Connection, document: str, spans: list[list[int]]) -> int | None:
    """Return the statement that holds most of some stretches of an article, at least half."""
    shared: dict[int, int] = {}
    for statement, start, end in connection.execute(
        'SELECT s.statement, c.start, c."end" FROM said s JOIN said_contents c ON c.statement = s.statement '
        "WHERE s.document = ? AND s.within IS NULL",
        (document,),
    ):
        held = sum(max(0, min(end, b) - max(start, a)) for a, b in spans)
        shared[statement] = shared.get(statement, 0) + held
    best = max(shared, key=lambda statement: (shared[statement], -statement), default=None)
    return best if best is not None and 2 * shared[best] >= sum(b - a for a, b in spans) else None


def fit(values: np.ndarray, same: np.ndarray) -> np.ndarray:
    """Return the weights of evidence (one row a pair), and last the one that is always added."""
    middle, width = values.mean(0), values.std(0)
    width[width == 0] = 1
    scaled = np.c_[(values - middle) / width, np.ones(len(values))]
    penalty = np.diag([PENALTY] * values.shape[1] + [0.0])
    weights = np.zeros(scaled.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (chance - same) + penalty @ weights
        bend = (scaled * (chance * (1 - chance))[:, None]).T @ scaled + penalty
        weights -= np.linalg.solve(bend, slope)
    return np.append(weights[:-1] / width, weights[-1] - (weights[:-1] * middle / width).sum())


def judged(values: np.ndarray, same: np.ndarray) -> str:
    """Tell how many pairs are judged right by weights of the other parts."""
    part = np.random.default_rng(0).permutation(len(same)) % PARTS
    said = np.zeros(len(same), bool)
    for at in range(PARTS):
        weights = fit(values[part != at], same[part != at])
        said[part == at] = values[part == at] @ weights[:-1] + weights[-1] > np.log(SURE / (1 - SURE))
    right = int((said & same).sum())
    return (f"{len(same)} pairs, {same.sum()} the same; of parts not fitted on: "
            f"precision {right / said.sum():.3f}, recall {right / same.sum():.3f}")  # fmt: skip


def main(ledger: str, paths: list[str]) -> None:
    """Fit and write the weights."""
    connection = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
    rows = [(evidence(one, other), same) for one, other, same in pairs(connection, paths)]
    values, same = np.array([list(found.values()) for found, _ in rows]), np.array([same for _, same in rows])
    print(judged(values, same))
    named = zip([*rows[0][0], ALWAYS], fit(values, same), strict=True)
    HOME.write_text(HEAD + "".join(f"{name}\t{weight:.2f}\n" for name, weight in named))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
