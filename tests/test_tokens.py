"""Words and marks with exact offsets, and the paragraphs they stand in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from katanya.lang.pack import load_pack
from katanya.lang.tokens import openers_of, paragraphs_of, tokenize

OPENERS = openers_of(load_pack("id"))

# The tokens of a text, parted by spaces.
WORDS = [
    ("Harga turun.", "Harga turun ."),
    ("  Harga\t turun \n", "Harga turun"),
    ("sama-sama warga Tirta-Lebak", "sama-sama warga Tirta-Lebak"),
    ("salat Jum'at dan Jum’at", "salat Jum'at dan Jum’at"),
    ("Mar`ah al-Qur'an", "Mar`ah al-Qur'an"),
    ("F-16 dan COVID-19", "F-16 dan COVID-19"),
    ("anak ke-3 berusia 7-tahun", "anak ke-3 berusia 7-tahun"),
    ("naik 2,5 persen jadi 1.250.000", "naik 2,5 persen jadi 1.250.000"),
    ("Rp1.200 atau Rp 1.200", "Rp1.200 atau Rp 1.200"),
    ("naik 2-3,5 persen", "naik 2-3,5 persen"),
    ("pukul 18.30, 18:30 WIB", "pukul 18.30 , 18:30 WIB"),
    ("Senin (13/4/2020)", "Senin ( 13/4/2020 )"),
    ("tahun 2020.", "tahun 2020 ."),
    ("10%-20%", "10 % - 20 %"),
    ("(BPBD)", "( BPBD )"),
    ("\"Ya,\" kata dia.", "\" Ya , \" kata dia ."),
    ("“Ya,” kata dia.", "“ Ya , ” kata dia ."),
    ("'Ya,' kata dia.", "' Ya , ' kata dia ."),
    (",,Ya,'' kata dia.", ",, Ya , '' kata dia ."),
    ("``Ya''", "`` Ya ''"),
    ("Ya... tidak ..", "Ya ... tidak . ."),
    ("Tirta -- Lebak", "Tirta -- Lebak"),
    ("https://kabartirta.example/a?b=1, lalu", "https://kabartirta.example/a?b=1, lalu"),
    ("www.kabartirta.example", "www.kabartirta.example"),
    ("@darto_w menulis #pasar2025", "@darto_w menulis #pasar2025"),
    ("Şükrü Ölçer", "Şükrü Ölçer"),
    ("kopi☕susu", "kopi ☕ susu"),
]

# Two sentences that a cut-out link ran together.
FUSED = [
    ("pasar TirtaMenurut Darto", "pasar Tirta Menurut Darto"),
    ("warga LebakIa pergi", "warga Lebak Ia pergi"),
    ("di LebakNamun air naik", "di Lebak Namun air naik"),
]
WHOLE = ["YouTube", "LinkAja", "iPhone", "McDonald", "TirtaBahari", "BPBDTirta", "TirtaMenurut-Lebak"]

PARAGRAPHS = [
    ("satu", ["satu"]),
    ("satu\ndua", ["satu", "dua"]),
    ("satu\r\n\r\ndua\n", ["satu", "dua"]),
    ("satu||dua||||tiga", ["satu", "dua", "tiga"]),
    ("satu\u2028dua\u2029tiga", ["satu", "dua", "tiga"]),
    ("\n \n satu \n\t\n", [" satu "]),
    ("satu|dua", ["satu|dua"]),
    ("", []),
    (" \n ", []),
]


@pytest.mark.parametrize(("text", "words"), WORDS, ids=[text for text, _ in WORDS])
def test_words_and_marks(text: str, words: str) -> None:
    """A word keeps its inner hyphens and apostrophes, a number its inner points; every other mark stands alone."""
    assert tokenize(text).words == words.split(" ")


@pytest.mark.parametrize(("text", "words"), FUSED)
def test_sentences_run_together_are_cut(text: str, words: str) -> None:
    """A word is cut before a capital where what follows is a word that begins sentences."""
    assert tokenize(text, OPENERS).words == words.split(" ")


@pytest.mark.parametrize("word", WHOLE)
def test_names_with_a_capital_inside_stay_whole(word: str) -> None:
    """A capital inside a word is no reason to cut where no sentence begins."""
    assert tokenize(word, OPENERS).words == [word]


def test_offsets_are_code_points() -> None:
    """An offset counts code points, also behind characters that take more than one unit elsewhere."""
    tokens = tokenize("👩‍👧 Rini, 𝕏 dan é")
    assert [(word, start) for word, start in zip(tokens.words, tokens.starts, strict=True) if word.isalpha()] == [
        ("Rini", 4), ("𝕏", 10), ("dan", 12), ("é", 16),
    ]


def test_lower_case_is_kept_beside_the_word() -> None:
    """Each token is there as written and in lower case."""
    tokens = tokenize("Menurut BPBD")
    assert (tokens.words, tokens.lower) == (["Menurut", "BPBD"], ["menurut", "bpbd"])


@pytest.mark.parametrize(("text", "lines"), PARAGRAPHS, ids=[repr(text) for text, _ in PARAGRAPHS])
def test_paragraphs_are_lines_that_hold_anything(text: str, lines: list[str]) -> None:
    """A paragraph ends with its line, however the line end is written; empty lines are none."""
    assert [text[start:end] for start, end in paragraphs_of(text)] == lines


PIECES = st.sampled_from(["TirtaMenurut", "Ia", "a-b", "1.200", ",,", "''", "...", "--", "||", "http://", *"@#İß"])
TEXTS = st.text() | st.lists(PIECES | st.text(max_size=3)).map("".join)


@given(TEXTS, st.sampled_from([frozenset(), OPENERS]))
def test_tokens_cover_all_but_white_space(text: str, openers: frozenset[str]) -> None:
    """Whatever the text, tokens are filled, in order and apart, and leave out nothing but white space."""
    tokens = tokenize(text, openers)
    last = 0
    for start, end, word, low in zip(tokens.starts, tokens.ends, tokens.words, tokens.lower, strict=True):
        assert last <= start < end
        assert not text[last:start].strip()
        assert text[start:end] == word
        assert word.lower() == low
        last = end
    assert not text[last:].strip()


@given(TEXTS)
def test_paragraphs_hold_every_word(text: str) -> None:
    """Whatever the text, paragraphs are in order, and what stands outside them is white space or a line end."""
    last, outside = 0, ""
    for start, end in paragraphs_of(text):
        assert last <= start < end <= len(text)
        outside += text[last:start]
        last = end
    assert not (outside + text[last:]).replace("|", "").strip()
