from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from katanya.core.errors import PackError
from katanya.lang.pack import Pack, load_pack
from katanya.lang.stems import Stemmer

STEMMER = Stemmer(load_pack("id"))
LINES = (Path(__file__).parent / "families.txt").read_text(encoding="utf-8").splitlines()
FAMILIES = [line.split() for line in LINES if line[0] != "#"]
STRANGERS = [
    ("tewas", "tawas"), ("berita", "derita"), ("menteri", "mentega"), ("perang", "terang"), ("kepala", "pala"),
    ("setuju", "tujuan"), ("perdana", "dana"), ("selatan", "selat"), ("penduduk", "duduk"), ("sekarang", "karang"),
    ("sejarah", "menjarah"), ("divisi", "visi"), ("berlian", "lian"), ("pemerintah", "memerinci"), ("ketua", "tua"),
]  # fmt: skip


@pytest.mark.parametrize("words", FAMILIES, ids=lambda words: words[0])
def test_the_forms_of_a_word_meet(words):
    """All forms of a word have one stem."""
    assert len({STEMMER.stem(word) for word in words}) == 1, [(word, STEMMER.stem(word)) for word in words]


@pytest.mark.parametrize(("one", "other"), STRANGERS)
def test_words_that_only_look_alike_stay_apart(one, other):
    """Words of different roots have different stems."""
    assert STEMMER.stem(one) != STEMMER.stem(other)


@given(st.text("abdegiklmnprstuy", max_size=20) | st.text(max_size=60))
def test_the_stem_of_a_stem_is_itself(word):
    """Any text has a stem, which is its own stem."""
    stem = STEMMER.stem(word)
    assert STEMMER.stem(stem) == stem


def test_a_bad_row_is_refused(tmp_path):
    """A table of affixes with an unknown side is refused by name."""
    (tmp_path / "affixes.tsv").write_text("side\taffix\tletters\trestores\tclass\ninfix\tel\t*\t-\tany\n")
    pack = Pack("xx", {}, {"stems.roots": ()}, tmp_path)
    with pytest.raises(PackError, match=r"xx/affixes\.tsv: a bad row: infix el"):
        Stemmer(pack)
