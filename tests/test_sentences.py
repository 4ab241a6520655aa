"""Where sentences end: the writer's own, and those inside quotations."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from katanya.core.analysis import Analysis, Sentence
from katanya.core.records import Document
from katanya.lang.pack import load_pack
from katanya.pipeline.analyse import Analyser

ANALYSER = Analyser(load_pack("id"))

# "¦" stands where one sentence ends and the next begins; it is no part of the text.
ABBREVIATIONS = {
    "a full stop and a capital": "Harga turun.¦ Stok aman.",
    "question and exclamation marks": "Siapa itu?¦ Lari!¦ Semua pergi.",
    "three full stops": "Ia diam...¦ Lalu ia pergi.",
    "a rank in two parts": "Komandan itu Kol. Inf. Budi Santosa.¦ Ia baru dilantik.",
    "a rank in brackets": "Letjen TNI (Purn.) Budi Santosa hadir.",
    "degrees before a name": "Dr. Ir. Widya Sari hadir.¦ Rini tidak.",
    "degrees behind a name": "Widya Sari, S.H., M.H. hadir di sana.",
    "an honorific": "H. Darto Wibowo dan Hj. Rini Wulandari hadir.",
    "initials": "Menurut W. S. Darto, harga turun.",
    "initials without spaces": "Menurut W.S. Darto, harga turun.",
    "an initial behind a name": "Menurut Darto W. Santosa, harga turun.",
    "an administrative unit": "Desa Lebak, Kec. Sukamaju, Kab. Tirta terendam.",
    "a street": "Kantornya di Jl. Pahlawan No. 5 Arunajaya.",
    "a company": "Saham PT. Tirta Bahari Tbk. naik.",
    "a sum of money": "Denda itu Rp1.200 per hari.¦ Tarif lain Rp 2.500.",
    "a time of day": "Hujan turun pukul 18.30.¦ Air naik pukul 19.00 WIB.",
    "a number at the end": "Jembatan itu dibangun pada 1978.¦ Kayunya lapuk.",
    "a domain inside a sentence": "Pesanan lewat kabartirta.id ditutup.",
    "a capital behind a colon": "Ada dua syarat: Kayu diganti.¦ Pagar dinaikkan.",
    "a sentence that begins with a number": "Harga turun.¦ 40 warga melintas.",
    "a sentence that begins with a mark": "Harga turun.¦ (Stok aman.)",
    "a small letter goes on": "Ia diam . . . lalu pergi.",
}
QUOTATIONS = {
    "full stops inside a quotation": "“Air naik. Kami lari. Semua selamat,” kata Karta.¦ Ia menangis.",
    "a full stop before the cue": "“Air naik.” kata Karta.¦ Ia menangis.",
    "a question before the cue": "“Siapa itu?” tanya Karta.",
    "a quotation by itself": "Karta menangis.¦ “Air naik. Kami lari.”¦ Ia diam.",
    "a quotation behind the statement": "“Air naik,” kata Karta.¦ “Kami lari.”",
    "a quotation split by its cue": "“Kalau hujan,” kata Karta, “air naik.”¦ Ia diam.",
    "a quotation at the end of a sentence": "Karta berteriak, “Air naik!”¦ Ia lari.",
    "a title before more of the sentence": "Film “Hujan!” diputar lagi.",
    "over paragraphs": "“Air naik.\nKami lari,” kata Karta.¦\nIa diam.",
}
RUN_TOGETHER = {
    "behind a full stop": "Harga turun.¦Menurut Darto, stok aman.",
    "behind a number": "Jembatan itu dibangun pada 1978.¦Menurut Darto, kayunya lapuk.",
    "behind a bracket": "Rini hadir (37).¦Menurut Darto, kayunya lapuk.",
    "behind a quotation": "“Air naik,” kata Karta.¦“Kami lari.”",
    "without a full stop": "Kapal itu tiba di Tirta¦Menurut Darto, stok aman.",
    "a page is none": "Menurut Kabar.id, harga turun.",
    "an outlet is none": "Menurut TEMPO.CO, harga turun.",
}
PARAGRAPHS = {
    "a line without a full stop": "Harga Telur Turun¦\nHarga telur turun.",
    "bars for line ends": "Harga telur turun¦||Stok aman",
}
# What stands between ⟦ and ⟧ is passed over: no sentence reaches into it.
PASSED_OVER = {
    "a dateline": "⟦TEMPO.CO, Arunajaya -⟧ Harga turun.¦ Stok aman.",
    "a link on its line": "Harga turun.¦\n⟦Baca juga: Petani Arunajaya Panen Raya⟧\nStok aman.",
    "a link and its headlines, a paragraph each": (
        "Harga turun.¦\n⟦Baca Juga\n\nPetani Arunajaya Panen Raya\n\nHarga Cabai Naik Lagi⟧\n\nStok aman."
    ),
    "a banner inside a paragraph": "Harga turun.¦ ⟦ADVERTISEMENT SCROLL TO CONTINUE WITH CONTENT⟧ Stok aman.",
    "a byline": "Harga turun. ⟦(tfq/asa)⟧",
}
INNER = {
    "each sentence of a quotation": (
        "“Air naik. Kami lari. Semua selamat,” kata Karta.",
        ["Air naik.", "Kami lari.", "Semua selamat,"],
    ),
    "an abbreviation in a quotation": (
        "“Kami ke Kab. Tirta. Jalan putus,” kata Karta.",
        ["Kami ke Kab. Tirta.", "Jalan putus,"],
    ),
    "a quotation in a quotation is kept whole": (
        "“Ia berteriak, ‘Lari! Air naik!’ Kami lari,” kata Karta.",
        ["Ia berteriak, ‘Lari! Air naik!’", "Kami lari,", "Lari!", "Air naik!"],
    ),
}
# Cases above that are not cut so yet; one that passes leaves this list.
WANTED: set[str] = set()


def outer(text: str) -> list[str]:
    """Return the writer's own sentences of a text."""
    analysis = ANALYSER.analyse(Document(text))
    return [printed(analysis, sentence) for sentence in analysis.sentences if sentence.quotation is None]


def printed(analysis: Analysis, sentence: Sentence) -> str:
    """Return a sentence as printed."""
    tokens = analysis.tokens
    return analysis.text[tokens.starts[sentence.first] : tokens.ends[sentence.last - 1]]


def named(cases: dict[str, object]) -> pytest.MarkDecorator:
    """Give each case its name."""
    later = pytest.mark.xfail(strict=True, reason="wanted, not cut so yet")
    params = [pytest.param(case, id=name, marks=later if name in WANTED else ()) for name, case in cases.items()]
    return pytest.mark.parametrize("case", params)


def parted(case: str) -> tuple[str, list[str]]:
    """Return a text without its bars, and its sentences."""
    return case.replace("¦", ""), [part.strip(" \n|") for part in case.split("¦")]


@named(ABBREVIATIONS)
def test_sentence_ends(case: str) -> None:
    """A stop ends a sentence before a capital, a number or a mark, but not behind an abbreviation or an initial."""
    text, sentences = parted(case)
    assert outer(text) == sentences


@named(QUOTATIONS)
def test_quotations_are_kept_whole(case: str) -> None:
    """A stop inside a quotation ends no sentence of the writer's, and a cue behind the quotation belongs to it."""
    text, sentences = parted(case)
    assert outer(text) == sentences


@named(RUN_TOGETHER)
def test_sentences_run_together(case: str) -> None:
    """Where a link was cut out, two sentences stand without a space; names of outlets and pages are no such place."""
    text, sentences = parted(case)
    assert outer(text) == sentences


@named(PARAGRAPHS)
def test_a_paragraph_ends_a_sentence(case: str) -> None:
    """The end of a paragraph ends a sentence, with a stop or without."""
    text, sentences = parted(case)
    assert outer(text) == sentences


@named(PASSED_OVER)
def test_no_sentence_reaches_into_boilerplate(case: str) -> None:
    """Datelines, links, banners and bylines belong to no sentence; the sentences around them are there."""
    text = case.replace("¦", "").replace("⟦", "").replace("⟧", "")
    kept = "".join(part.rpartition("⟧")[2] for part in case.split("⟦"))
    assert outer(text) == [part.strip() for part in kept.split("¦")]


@named(INNER)
def test_sentences_inside_a_quotation(case: tuple[str, list[str]]) -> None:
    """The sentences inside a quotation are listed apart, by the same rules."""
    text, sentences = case
    analysis = ANALYSER.analyse(Document(text))
    inner = [sentence for sentence in analysis.sentences if sentence.quotation is not None]
    assert [printed(analysis, sentence) for sentence in inner] == sentences


PIECES = st.sampled_from([*"“”\".?, \n", "Kab", "Rini", "kata", "1.200", "Baca juga: ", "(tfq/asa)", "||"])


@given(st.lists(PIECES).map("".join) | st.text())
def test_sentences_cover_a_text_once(text: str) -> None:
    """Whatever the text, outer sentences are filled, in order and apart, and leave out only what is passed over."""
    analysis = ANALYSER.analyse(Document(text))
    own = [sentence for sentence in analysis.sentences if sentence.quotation is None]
    assert all(sentence.first < sentence.last for sentence in own)
    covered = [token for sentence in own for token in range(sentence.first, sentence.last)]
    assert covered == sorted(set(covered))
    inside = {token for start, end in analysis.paragraphs for token in range(start, end)}
    passed = {token for start, end in analysis.passed_over for token in range(start, end)}
    assert set(covered) | passed >= inside


@pytest.mark.xfail(strict=True, reason="a quotation of nothing but line ends has an empty sentence")
@given(st.lists(PIECES).map("".join))
@example("“||”")
def test_inner_sentences_lie_in_their_quotation(text: str) -> None:
    """Whatever the text, a sentence inside a quotation is filled and does not leave it."""
    analysis = ANALYSER.analyse(Document(text))
    for sentence in analysis.sentences:
        if sentence.quotation is not None:
            quotation = analysis.quotations[sentence.quotation]
            assert quotation.first <= sentence.first < sentence.last <= quotation.last
