"""What is seen of a text before its figures are judged hides nothing that judging them would find."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from katanya.lang.pack import load_pack
from katanya.lang.stems import Stemmer
from katanya.ledger.tracks.counted import counting
from katanya.ledger.tracks.sieve import OFTEN, Sieve, Sifted

STEMMER = Stemmer(load_pack("id"))
TELL = counting("id")
AFFIXED = st.tuples(
    st.sampled_from(["", "me", "mem", "men", "meng", "meny", "pe", "peng", "di", "ter", "ber", "memper", "keber"]),
    st.sampled_from(["tewas", "sapu", "pukul", "kirim", "evakuasi", "tangkap", "rusak", "hilang", "bom"])
    | st.text("abeiknprstu", min_size=1, max_size=9),
    st.sampled_from(["", "kan", "i", "an", "nya", "lah", "kannya", "annyalah"]),
).map("".join)
WORDS = st.lists(
    AFFIXED | st.sampled_from(["orang", "12", "tiga", ",", ".", "korban", "jiwa", "luka-luka", "di", "longsor"]),
    max_size=60,
).map(" ".join)
TOPIC = TELL.question("longsor tambang")[1]


@given(AFFIXED | st.text("abdegiklmnprstuy-", min_size=1, max_size=20) | st.text(min_size=1, max_size=30))
def test_every_form_holds_the_trace_of_its_stem(word):
    """What is left of a stem without what a prefix may have swallowed stands in every word of the stem."""
    assert STEMMER.trace(STEMMER.stem(word)) in word


@given(WORDS, st.integers(0, 60), st.sampled_from(["korban tewas", "luka", "hilang", "ditangkap", "rugi"]))
def test_a_figure_of_a_class_is_never_passed_over(before, cut, asked):
    """Where a figure counts what is asked for, the sieve lets it through."""
    classes, _ = TELL.question(asked)
    after = before[cut:]
    text = f"{before} 15 {after}"
    start = len(before) + 1
    counted = TELL.counted(text, start, start + 2, "orang")
    if counted is not None and counted.label in classes:
        assert Sifted(Sieve(TELL, classes, TOPIC), text).may_tell(start, start + 2, len(text), "orang")


@given(WORDS, st.sampled_from(["longsor tambang", "bom", "pengiriman sapu", "pukul 12"]))
def test_what_a_text_names_is_what_its_stems_say(text, question):
    """A topic is named where the stem of a word is one of it, and an article is about it where that is often so."""
    topic = TELL.question(question)[1]
    sifted = Sifted(Sieve(TELL, frozenset(), topic), text)
    assert sifted.holds(text) == (not topic.isdisjoint(TELL.stems(text)))
    words = text.replace("-", " ").replace(",", " ").replace(".", " ").split()
    assert sifted.is_about == (sum(TELL.stem(word) in topic for word in words) >= OFTEN)


@pytest.mark.parametrize(("of", "let"), [("harga beras", True), ("kilogram gula", False), (None, False)])
def test_a_question_without_a_class_asks_for_things(of, let):
    """Where things are asked for, only figures that are said to count them are let through."""
    sieve = Sieve(TELL, frozenset(), TELL.question("harga beras")[1], things=True)
    assert Sifted(sieve, "Beras 12 ribu rupiah.").may_tell(6, 8, 21, of) is let


def test_letters_that_grow_in_lower_case_hide_nothing():
    """Where lower case is longer than what was written, every figure is looked at."""
    text = "İİİİ menewaskan 12 orang"
    assert Sifted(Sieve(TELL, frozenset({"luka"}), TOPIC), text).may_tell(16, 18, len(text), "orang")
