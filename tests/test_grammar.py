"""What the word classes tell of a word, and how much they remember."""

import pytest

from katanya.attribution import grammar
from katanya.attribution.grammar import Grammar
from katanya.lang.pack import load_pack

PACK = load_pack("id")

VERBS = [("memperbaiki", True), ("ditutup", True), ("jembatan", False), ("me", False), ("meja", False)]


@pytest.mark.parametrize(("word", "finite"), VERBS)
def test_finite_verbs(word: str, finite: bool) -> None:
    """A verb is known by its prefix, and not by that alone."""
    assert Grammar(PACK).is_finite(word) is finite


def test_what_is_remembered_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many different words a corpus has, few are remembered, and the answers stay the same."""
    monkeypatch.setattr(grammar, "MOST", 10)
    reader = Grammar(PACK)
    for number in range(100):
        assert reader.is_finite("memper" + "abcdefghij"[number // 10] + "abcdefghij"[number % 10])
        assert len(reader._verbs) <= 10
    assert not reader.is_finite("jembatan")
