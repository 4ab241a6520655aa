"""Names as somebody typed them, with what no keyboard has: every export holds them, annotators give them back."""

import pytest
from printed import bridge

from katanya import Ledger
from katanya.exports.formats import Annotated, Format, read, write

NAMES = [
    "Rini\x01Wulandari", "\x00Rini", "Rini\x0bWulandari\x85", "Rini\n\tWulandari", "Rini\ufffe\uffff", "Rini\u2028",
    "\ud800Rini", "<Rini> & \"'Wulandari'\"", "  Rini  ", "😀\x1f", "]]>",
]  # fmt: skip
BROKEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF], "\ufffd")  # what XML has no place for


@pytest.fixture(params=NAMES, ids=ascii)
def ledger(request, tmp_path):
    """A ledger whose editor says under such a name that somebody of such a name spoke."""
    with Ledger.open(tmp_path / "a.ledger", write=True) as opened:
        opened.file([bridge()])
        (hit, *_) = opened.search("")
        opened.correct_speaker(hit.statement, request.param, author=request.param, reason="x", now="2026-01-01")
        yield opened


@pytest.mark.parametrize("form", Format)
def test_a_name_as_typed_breaks_no_export(ledger, tmp_path, form):
    """Whatever characters a name has, the article is written and none is rejected."""
    report = write(ledger.traced(), tmp_path / "out", form)
    assert (report.articles, report.rejected) == (1, [])


@pytest.mark.parametrize("form", Annotated)
def test_a_name_as_typed_comes_back(ledger, tmp_path, form):
    """Annotators' forms give the name back; XML gives a mark for each character that it has no place for."""
    write(ledger.traced(), tmp_path / "out", Format(form))
    (article,) = read(tmp_path / "out", form, unseen=True)
    (corrected,) = (hit.speaker for hit in ledger.search("") if hit.corrected)
    named = [statement.speaker for statement in article.statements]
    assert (corrected.translate(BROKEN) if form is Annotated.INCEPTION else corrected) in named
