"""A ledger with a correction, for all tests of exports."""

from pathlib import Path

import pytest
from printed import bridge, flood, silent

from katanya import Ledger
from katanya.ledger.entries import Program

PROGRAM = Program("1.0", "id", "ab" * 32)
NOW = "2026-01-31T08:00:00+00:00"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger of three articles; editors say that Joko said the first statement, and that 45 houses were meant."""
    path = tmp_path / "tirta.ledger"
    with Ledger.open(path, write=True) as ledger:
        ledger.file([flood(), bridge(), silent()], program=PROGRAM, now=NOW)
        hits = {hit.content: hit.statement for hit in ledger.search(limit=100)}
        first, second = (next(hits[text] for text in hits if word in text) for word in ("Airnya", "Sedikitnya"))
        by = {"author": "Sari", "now": NOW}
        ledger.correct_speaker(first, "Joko", reason="dibacakan ulang", **by)
        ledger.correct_figure(second, "Sedikitnya 40", {"low": 45}, reason="ralat", **by)
    return path


@pytest.fixture
def traced(path):
    """The articles of the ledger with their provenance."""
    with Ledger.open(path) as ledger:
        return list(ledger.traced())
