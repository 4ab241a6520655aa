"""The same quotation in several articles: found, verified, compared word by word, led back to where it comes from."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from katanya.ledger.quotations.alike import likeness, weights
from katanya.ledger.quotations.clusters import quotations
from katanya.ledger.quotations.drift import Change, drift
from katanya.ledger.quotations.evidence import evidence
from katanya.ledger.quotations.find import candidates, sentences
from katanya.ledger.quotations.origins import Piece, houses_of, origins
from katanya.ledger.quotations.versions import Version, words_of

SAID = "Jembatan gantung itu kami tutup sementara karena talinya aus dan papannya lapuk dimakan rayap"
MORE = "Warga kami minta memutar lewat jalan desa sampai perbaikan selesai bulan depan"
HOUSES = houses_of("id")


def told(
    article: str,
    text: str,
    speaker: str | None = "Rini Wulandari",
    date: str | None = "2025-06-03",
    direct: bool = True,
    outlet: str | None = "Kabar Tirta",
    named: bool = True,
) -> Version:
    """Return a version told in an invented paper."""
    return Version(article, "s1", text, direct, speaker, named, None, date, outlet)


SAME = [
    ("word for word", told("a", SAID), told("b", SAID)),
    ("a changed word", told("a", SAID), told("b", SAID.replace("sementara", "untuk sementara waktu"))),
    ("an excerpt", told("a", f"{SAID}. {MORE}."), told("b", SAID)),
    ("another mark and capital", told("a", SAID), told("b", f"“{SAID.upper()}!”")),
    ("told indirectly", told("a", SAID), told("b", SAID.replace("kami tutup", "ditutup"), direct=False)),
    ("the speaker's name cut short", told("a", SAID), told("b", SAID, "Rini")),
    ("a name that a lost link ran on", told("a", SAID), told("b", SAID, "Rini Wulandarimengatakan")),
    (
        "nobody named, in quotation marks with a change",
        told("a", f"{SAID}, kata kami tadi"),
        told("b", f"{SAID}, begitu adanya di sini", None),
    ),
    (
        "nobody named, reported with another end",
        told("a", f"{SAID}, kata kami tadi", direct=False),
        told("b", f"{SAID}, begitu adanya di sini", None, direct=False),
    ),
    ("nobody named, word for word", told("a", SAID), told("b", SAID, None)),
    ("years later, word for word", told("a", SAID), told("b", SAID, date="2027-01-01")),
    (
        "money written together and apart",
        told("a", "Perbaikan jembatan itu menelan Rp12,6 miliar dari kas desa, sisanya Rp4 miliar"),
        told("b", "Perbaikan jembatan itu menelan Rp 12,6 miliar dari kas desa, sisanya Rp 4 miliar", date=None),
    ),
    (
        "translated by two hands",
        told("a", "Kejadian di Tirta mengejutkan dan membuat kita sedih, sungguh tak bisa ditulis dengan kata-kata"),
        told("b", "Kejadian di Tirta mengejutkan dan membuat kami sedih. Sungguh tak terlukiskan"),
    ),
    (
        "reported by two hands, in other forms of the words",
        told("a", "desa harus mengakui dan menjamin hak warga untuk melintas di jembatan itu dengan aman"),
        told("b", "harus ada pengakuan dan jaminan hak warga untuk melintas di jembatan itu dengan aman", direct=False),
    ),
    (
        "an excerpt of five words",
        told("a", "jembatan gantung di desa itu disebut pelanggar aturan"),
        told("b", "Jadi warga harus tahu bahwa jembatan gantung di desa itu adalah pelanggar aturan dan harus ditutup"),
    ),
    (
        "word for word by a speaker whom one article names otherwise",
        told("a", SAID),
        told("b", SAID, "Bagas Prakoso"),
    ),
]
OTHER = [
    ("other words", told("a", SAID), told("b", MORE)),
    (
        "a form filled in anew",
        told("a", "harga emas batangan hari ini naik menjadi Rp 950.000 per gram", "data Antam"),
        told("b", "harga emas batangan hari ini naik menjadi Rp 970.000 per gram", "data Antam", "2025-07-01"),
    ),
    (
        "a formula of the law by two speakers",
        told(
            "a",
            "Terdakwa terbukti melanggar Pasal 5 ayat 1 juncto Pasal 7 tentang tindak pidana perikanan",
            "Bagas Prakoso",
        ),
        told(
            "b",
            "Pelaku dijerat Pasal 5 ayat 1 juncto Pasal 7 tentang tindak pidana perikanan di laut",
            "Lestari Handayani",
        ),
    ),
    (
        "an office's full name in two reports",
        told("a", "surat Kepala Badan Penanggulangan Bencana Daerah Kabupaten Tirta belum dibalas warga", direct=False),
        told(
            "b",
            "rapat dengan Kepala Badan Penanggulangan Bencana Daerah Kabupaten Tirta ditunda lagi",
            direct=False,
        ),
    ),
    (
        "nobody named, half of the words of a report",
        told("a", f"{SAID}, kata kami tadi kepada para pewarta di balai desa Sukamaju sesudah rapat", direct=False),
        told("b", "Jembatan gantung itu kami tutup sementara karena banjir lewat di sana semalam", None, direct=False),
    ),
    (
        "a slogan that many say",
        told("a", "Jembatan aman, warga tenang!", "Bagas Prakoso"),
        told("b", "Jembatan aman, warga tenang!", "Lestari Handayani"),
    ),
    (
        "a form filled in anew, without a date",
        told("a", f"{SAID}, jumlahnya 12 papan dan biayanya 5 juta rupiah", direct=False, date=None),
        told("b", f"{SAID}, jumlahnya 14 papan dan biayanya 6 juta rupiah", direct=False),
    ),
    (
        "one official's two reports of different months",
        told("a", "pihaknya terus memperkuat koordinasi dengan pemerintah desa untuk memantau jembatan", direct=False),
        told(
            "b",
            "pihaknya akan terus memperkuat koordinasi dengan pemerintah kecamatan untuk memantau banjir dan longsor",
            date="2025-09-09",
            direct=False,
        ),
    ),
    (
        "too few words in common",
        told("a", "Kami akan bekerja sama dengan semua pihak di kabupaten ini untuk itu"),
        told("b", "Semua pihak harus tahu bahwa kami tidak akan diam dan menunggu kabar dari kabupaten"),
    ),
]


@pytest.mark.parametrize(("one", "other"), [case[1:] for case in SAME], ids=[case[0] for case in SAME])
def test_versions_of_one_quotation(one, other):
    """The words of one utterance are known again, whatever an outlet changed in them."""
    assert likeness(one, other) > 0
    assert [quotation.versions for quotation in quotations([one, other])] == [
        tuple(sorted((one, other), key=lambda v: v.order))
    ]


@pytest.mark.parametrize(("one", "other"), [case[1:] for case in OTHER], ids=[case[0] for case in OTHER])
def test_different_quotations(one, other):
    """What only sounds alike is not one utterance."""
    assert likeness(one, other) < 0
    assert quotations([one, other]) == []


def test_the_earliest_comes_first():
    """Versions stand in order of their days, those without a date last, and the order of filing does not matter."""
    versions = [told("c", SAID, date=None), told("b", SAID, date="2025-06-04"), told("a", SAID, date="2025-06-05")]
    (found,) = quotations(versions)
    assert [version.article for version in found.versions] == ["b", "a", "c"]
    assert quotations(versions[::-1]) == [found]


def test_one_article_is_no_second_source():
    """Two statements of one article with the same words are no quotation of several articles."""
    twice = [told("a", SAID), Version("a", "s2", SAID, True, "Rini Wulandari", True, None, "2025-06-03", "Kabar Tirta")]
    assert quotations(twice) == []


def test_a_sentence_is_found_inside_a_speech():
    """MinHash works on sentences, so that a short version is found inside a long one."""
    speech = ". ".join([*(f"Kalimat nomor {at} berbicara tentang hal lain sama sekali" for at in range(20)), SAID])
    assert list(candidates([told("a", speech), told("b", SAID)])) == [(0, 1)]


def test_words_are_found_inside_a_long_sentence():
    """Words in a row bring versions together, however long the sentence that they stand in."""
    long = " ".join(f"kata{at}" for at in range(40))
    inside = told("a", f"{long} {SAID} {long[::-1]}")
    assert list(candidates([inside, told("b", SAID)])) == [(0, 1)]


def test_a_way_of_speaking_brings_nobody_together():
    """Words in a row that stand in very many contents are a formula, unless more than they is the same."""
    letters = str.maketrans("0123456789", "abcdefghij")
    others = [" ".join(f"kata{at}ke{place}".translate(letters) for place in range(150)) for at in range(50)]
    many = [told(f"a{at:02}", f"kami ucapkan terima kasih kepada semua {rest}") for at, rest in enumerate(others)]
    assert list(candidates(many)) == []
    assert list(candidates(many[:2])) == [(0, 1)]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from([SAID, MORE, f"{SAID}. {MORE}", f"Ya, {SAID}"]), max_size=8), st.randoms())
def test_candidates_are_a_function_of_the_versions(texts, chance):
    """Which pairs are compared does not depend on the order in which versions come."""
    versions = [told(f"a{at}", text) for at, text in enumerate(texts)]
    shuffled = chance.sample(versions, len(versions))
    pairs = {frozenset((shuffled[one].article, shuffled[other].article)) for one, other in candidates(shuffled)}
    assert pairs == {frozenset((versions[one].article, versions[other].article)) for one, other in candidates(versions)}


def test_sentences_keep_all_words():
    """Cutting into sentences loses nothing, and very short ones go with the one before."""
    text = "Ya. Benar sekali. Jembatan itu kami tutup sementara! Warga memutar lewat jalan desa."
    assert sum(sentences(text), ()) == words_of(text)
    assert min(map(len, sentences(text))) >= 5


CHANGED = [
    ("harga naik 5 persen", "harga naik 6 persen", 1),
    ("harga naik 5 persen", "harga naik 5 persen lagi", 0),
    ("harga naik lima persen", "harga naik 5 persen", 0),
    ("harga naik Rp5 ribu", "harga naik Rp 5 ribu", 0),
]


@pytest.mark.parametrize(("one", "other", "changed"), CHANGED)
def test_changed_figures(one, other, changed):
    """A figure in the place of another tells a form from a quotation, however money is written."""
    assert evidence(told("a", one), told("b", other))["figure"] == changed


WORDS = st.lists(st.sampled_from(["air", "Bupati", "surut", "pagi", "dan", "12", "Rp5"]), min_size=1, max_size=9)


@given(WORDS, WORDS, st.sampled_from([None, "Rini", "Bagas Prakoso"]), st.booleans())
def test_evidence_is_of_the_pair(one, other, speaker, direct):
    """What is weighed lies between 0 and 1, has a weight, and is the same whichever of two comes first."""
    a, b = told("a", " ".join(one)), told("b", " ".join(other), speaker, direct=direct)
    found = evidence(a, b)
    assert found == evidence(b, a)
    assert all(0 <= value <= 1 for value in found.values())
    assert {*found, "always"} == weights().keys()


DRIFT = [
    (
        "talinya aus dan papan lapuk",
        "talinya putus dan papan lapuk",
        [
            (Change.KEPT, "talinya", "talinya"),
            (Change.CHANGED, "aus", "putus"),
            (Change.KEPT, "dan papan lapuk", "dan papan lapuk"),
        ],
    ),
    (
        "talinya memang aus",
        "Talinya aus!",
        [
            (Change.KEPT, "talinya", "Talinya"),
            (Change.OMITTED, "memang", ""),
            (Change.KEPT, "aus", "aus!"),
        ],
    ),
    (
        "talinya aus",
        "talinya sudah aus",
        [
            (Change.KEPT, "talinya", "talinya"),
            (Change.ADDED, "", "sudah"),
            (Change.KEPT, "aus", "aus"),
        ],
    ),
    (
        "jadi talinya aus",
        "talinya aus semua",
        [
            (Change.OUTSIDE, "jadi", ""),
            (Change.KEPT, "talinya aus", "talinya aus"),
            (Change.OUTSIDE, "", "semua"),
        ],
    ),
]


@pytest.mark.parametrize(("before", "after", "steps"), DRIFT)
def test_drift(before, after, steps):
    """What was kept, changed, left out and put in is told apart from where one only quotes more."""
    found = drift(before, after)
    assert [(step.change, " ".join(step.before), " ".join(step.after)) for step in found.steps] == steps
    assert found.changed is any(change not in (Change.KEPT, Change.OUTSIDE) for change, _, _ in steps)


SENTENCE = st.lists(
    st.sampled_from(["air", "Air", "surut", "sejak", "pagi", "dan", "2", "jam", "itu", "di", "sana"]), max_size=12
)


@given(SENTENCE, SENTENCE)
def test_drift_rebuilds_both_versions(before, after):
    """The words of the steps are the words of both versions, in order, as written."""
    found = drift(" ".join(before), " ".join(after))
    assert found.before == tuple(before)
    assert found.after == tuple(after)
    assert all(
        [word.lower() for word in step.before] == [word.lower() for word in step.after]
        for step in found.steps
        if step.change is Change.KEPT
    )


def test_drift_keeps_the_marks():
    """Words are shown with the marks that stand at them; marks alone are no change."""
    found = drift("Sudah. Aman, kata dia", "Sudah, \"aman\" kata dia!")
    assert (found.before, found.after) == (("Sudah.", "Aman,", "kata", "dia"), ("Sudah,", '"aman"', "kata", "dia!"))
    assert not found.changed


@given(SENTENCE)
def test_nothing_drifts_from_itself(words):
    """A version compared with itself is kept whole."""
    found = drift(" ".join(words), " ".join(words))
    assert not found.changed
    assert found.count(Change.KEPT) == len(words)


def piece(article: str, outlet: str | None, text: str, date: str = "2025-06-03") -> Piece:
    """Return an article with the quotation in it."""
    start = text.index(SAID)
    return Piece(date, article, outlet, text, start, start + len(SAID))


REPORT = (
    "SUKAMAJU - Pemerintah kecamatan menutup jembatan gantung di Desa Sukamaju sejak Senin pagi setelah seorang warga "
    f'terperosok. "{SAID}," kata Camat Sukamaju Rini Wulandari di kantornya, Selasa. Menurut dia, perbaikan mulai '
    "pekan depan dengan dana desa, dan warga diminta memutar lewat jalan kabupaten yang lebih jauh empat kilometer."
)
OWN = (
    f'Camat Rini Wulandari ditemui saat meninjau lokasi pada Selasa sore. "{SAID}," ucapnya kepada para pewarta yang '
    "menunggu sejak siang. Ia belum mau bicara soal biaya maupun siapa yang akan mengerjakan perbaikan tersebut nanti."
)
ORIGINS = [
    ("two papers that were there", [piece("a", "Kabar Tirta", REPORT), piece("b", "Suara Bantar", OWN)], 2),
    (
        "a reprint",
        [piece("a", "Kabar Tirta", REPORT), piece("b", "Suara Bantar", REPORT + " Baca berita lain di sini.")],
        1,
    ),
    ("one house under two names", [piece("a", "news.detik.com", REPORT), piece("b", "detikcom", OWN)], 1),
    (
        "a credit to the other",
        [piece("a", "Antara", REPORT), piece("b", "Suara Bantar", f"{OWN} Demikian dikutip dari Antara.")],
        1,
    ),
    (
        "a credit to a paper of two words",
        [piece("a", "Suara Bantar", f"{OWN} Demikian dikutip dari Kabar Tirta."), piece("b", "Kabar Tirta", REPORT)],
        1,
    ),
    (
        "a credit to one agency",
        [piece("a", "Kabar Tirta", f"{REPORT} (ANTARA)"), piece("b", "Suara Bantar", f"{OWN} (Antara)")],
        1,
    ),
    (
        "a copied paragraph",
        [
            piece("a", "Kabar Tirta", REPORT),
            piece(
                "b",
                "Suara Bantar",
                "Kabar buruk bagi pelintas. " + " ".join(["Banyak yang mengeluh soal itu."] * 20) + REPORT[20:],
            ),
        ],
        1,
    ),
    ("outlets that are not known", [piece("a", None, REPORT), piece("b", None, OWN)], 2),
    (
        "five papers, two origins",
        [
            *(piece(str(at), f"Kabar {at}", REPORT, f"2025-06-0{at}") for at in range(1, 5)),
            piece("b", "Suara Bantar", OWN),
        ],
        2,
    ),
]


@pytest.mark.parametrize(("pieces", "count"), [case[1:] for case in ORIGINS], ids=[case[0] for case in ORIGINS])
def test_origins(pieces, count):
    """Five outlets are not five sources: reprints, credits and houses fold, whatever the order."""
    found = origins(pieces, HOUSES)
    assert len(found) == count
    assert origins(pieces[::-1], HOUSES) == found
    assert sorted(one.article for origin in found for one in origin.pieces) == sorted(one.article for one in pieces)


HOUSE = [
    ("news.detik.com", "detik"),
    ("DETIK NEWS", "detik"),
    ("Kompas.com", "kompas"),
    ("lampung.antaranews.com", "antara"),
    ("Kabar Tirta", "kabar tirta"),
    ("https://www.tempo.co", "tempo"),
    (None, None),
]


@pytest.mark.parametrize(("outlet", "house"), HOUSE)
def test_houses(outlet, house):
    """The names and addresses of an outlet lead to one house."""
    assert HOUSES.house(outlet) == house


def test_who_credits_another_comes_after():
    """Of one day the paper that is credited is the first, whatever the names of the articles."""
    (found,) = origins(
        [piece("a", "Suara Bantar", f"{OWN} Demikian dikutip dari Kabar Tirta."), piece("b", "Kabar Tirta", REPORT)],
        HOUSES,
    )
    assert ([one.article for one in found.pieces], found.house) == (["b", "a"], "kabar tirta")
