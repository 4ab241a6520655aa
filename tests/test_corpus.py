"""Real articles, where the corpus lies beside the project: `../shared`."""

import gzip
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from katanya.batch.goldfile import predict, read_gold
from katanya.batch.scoring import Score, score
from katanya.core.records import Document
from test_robust import check

SHARED = Path(__file__).parents[2] / "shared"
EXAMPLE = SHARED / "examples" / "serangan-balasan.gold.jsonl"
NEWS = SHARED / "data" / "news.jsonl.gz"
SAMPLE, STEP = 500, 70  # every seventieth article, so that each outlet has its turn

needs_example = pytest.mark.skipif(not EXAMPLE.exists(), reason="no ../shared/examples beside the project")
needs_news = pytest.mark.skipif(not NEWS.exists(), reason="no ../shared/data beside the project")


@pytest.fixture(scope="module")
def example() -> Score:
    """Score our reading of the design's example, eleven sentences that hold every kind."""
    gold = read_gold(EXAMPLE)
    return score(gold, predict(gold))


@needs_example
@pytest.mark.parametrize("figure", ["detection", "attribution", "act", "cue"])
def test_the_example_is_read_whole(example: Score, figure: str) -> None:
    """Each of the example's twelve statements is found, with its speaker, its act and its cue, and no other."""
    found = example.figures[figure]
    assert (found.hit, found.predicted) == (found.gold, found.gold), example.faults


@needs_example
def test_the_example_holds_twelve_statements(example: Score) -> None:
    """The figures are taken from all twelve."""
    assert example.figures["detection"].gold == example.figures["act"].gold == 12


def articles() -> Iterator[Document]:
    """Return the sample of the corpus."""
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        for line in islice(lines, 0, SAMPLE * STEP, STEP):
            yield Document.from_dict({"id": "", **json.loads(line)})


@needs_news
def test_records_of_real_articles_hold() -> None:
    """Five hundred articles of every outlet are read: spans are the text at their place, `within` names a statement."""
    read = [check(document.text) for document in articles()]
    assert len(read) == SAMPLE
    assert sum(len(article.statements) for article in read) > SAMPLE
