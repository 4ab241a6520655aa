"""Names of people among offices, organisations and places, and how a short name leads back to the full one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from katanya.attribution.likeness import likeness, shortens
from katanya.core.analysis import Analysis, Name
from katanya.core.records import Document
from katanya.lang.pack import load_pack
from katanya.pipeline.analyse import Analyser
from katanya.pipeline.names import NameReader

ANALYSER = Analyser(load_pack("id"))

PEOPLE = [
    ("Kepala BMKG Retno Wulandari mengatakan hujan akan turun.", ["Retno Wulandari"]),
    ("Direktur Utama PT Sinar Lentera, Bagus Prasetyo, hadir.", ["Bagus Prasetyo"]),
    ("Kapolres Wonogiri AKBP Yudi Hartono memimpin apel.", ["Yudi Hartono"]),
    ("Kabid Humas Polda Jateng Kombes Pol Slamet Riyadi menjawab.", ["Slamet Riyadi"]),
    ("Letjen TNI (Purn) Sutarno Wibowo tiba di Medan.", ["Sutarno Wibowo"]),
    ("Menurut Dr. Ratna Kusuma, vaksin itu aman.", ["Ratna Kusuma"]),
    ("Menteri Luar Negeri Norwegia Ingrid Halvorsen bertemu pers.", ["Ingrid Halvorsen"]),
    ("Petugas menyita barang milik Ahmad bin Yusuf.", ["Ahmad bin Yusuf"]),
    ("Ketua RT, H. Mulyadi, ikut mencari.", ["Mulyadi"]),
    ("Kementerian Perhubungan menutup jalan di Surabaya.", []),
    ("Pada Senin warga Kabupaten Bantul berkumpul.", []),
    ("Sekretaris Jenderal Kementerian Kehutanan belum menjawab.", []),
    ("Banjir melanda Kabupaten Lembah Sewu. Kepala BPBD Lembah Sewu Bagas Wiratno hadir.", ["Bagas Wiratno"]),
    ("Seorang penyintas, Muslimah (51), menunggu di posko.", ["Muslimah"]),
    ("Harga naik menjadi Rp92.000, kata Ir. Ratna Kusuma, M.Si.", ["Ratna Kusuma"]),
    ("Deputy CEO PT Telkomindo Djoko Tata Ibrahim hadir.", ["Djoko Tata Ibrahim"]),
    ("Badan Meteorologi, Klimatologi, dan Geofisika (BMKG) mencatat gempa.", []),
    ("Wali Nagari Fitri Handayani menutup jalan.", ["Fitri Handayani"]),
    ("Wali Nagari Sungai Batang Fitri Handayani menutup jalan.", ["Fitri Handayani"]),
    ("Kepala Desa Rudi Hartono menutup jalan.", ["Rudi Hartono"]),
    ("Kepala Desa Sukamaju Rudi Hartono menutup jalan.", ["Rudi Hartono"]),
    ("Kepala Kelurahan Rudi Hartono, Selasa, menutup jalan.", ["Rudi Hartono"]),
    ("Kepala Dusun Sri Wahyuni, S.Pd, menutup jalan.", ["Sri Wahyuni"]),
    ("Kepala Dusun Sri Mulyo, Ahmad Fauzi, menutup jalan.", ["Ahmad Fauzi"]),
    ("Kades Rahmat menutup jalan.", ["Rahmat"]),
    ("Keuchik Rusli Ismail menutup jalan.", ["Rusli Ismail"]),
    ("Keuchik Gampong Lamreung Rusli Ismail menutup jalan.", ["Rusli Ismail"]),
    ("Wali Kota Rina Marlina menutup jalan.", ["Rina Marlina"]),
    ("Kapolsek Agus Salim menutup jalan.", ["Agus Salim"]),
    ("Rektor Universitas Budi Luhur Rina Marlina menutup acara.", ["Rina Marlina"]),
    ("Warga di Desa Budi Lestari mengungsi. Kepala Desa Budi Lestari Ahmad Fauzi hadir.", ["Ahmad Fauzi"]),
    ("Rumah di Jalan Ahmad Yani terbakar.", []),
    ("Camat Bukit Raya Lukman Hakim menutup jalan.", ["Lukman Hakim"]),
    ("Menurut Hakim Rudi Hartono, sidang ditunda.", ["Rudi Hartono"]),
]


@pytest.mark.parametrize(("text", "people"), PEOPLE)
def test_people(text: str, people: list[str]) -> None:
    """A person's name leaves out office, organisation, rank, title and degree."""
    analysis = ANALYSER.analyse(Document(text))
    tokens = analysis.tokens
    found = [text[tokens.starts[n.first] : tokens.ends[n.last - 1]] for n in analysis.names if n.kind == "person"]
    assert found == people


def test_short_name_parts_a_stretch() -> None:
    """A word that speaks alone somewhere tells where the name begins in a stretch of unknown words."""
    text = 'Manajer Lintas Zorvex Quandro menolak. "Kami lelah," kata Quandro.'
    analysis = ANALYSER.analyse(Document(text))
    words = [analysis.tokens.words[n.first : n.last] for n in analysis.names if n.kind == "person"]
    assert words[-1] == ["Quandro"]
    assert words[0][-1] == "Quandro"


LEANING = [
    ("Kemarin Qandra Vellori tiba.", {"Qandra": -5.0, "Vellori": -5.0}, []),
    ("Kemarin Qandra Vellori tiba.", {"Qandra": 5.0, "Vellori": 5.0}, ["Qandra Vellori"]),
    ("Kepala Dinas Pasar Lembah Qandra hadir.", {"Pasar": -6.0, "Lembah": -6.0, "Qandra": 6.0}, ["Qandra"]),
    ("Menurut Menag, jemaah aman.", {"Menag": 6.0}, []),
]


@pytest.mark.parametrize(("text", "leanings", "people"), LEANING)
def test_a_model_leans(text: str, leanings: dict[str, float], people: list[str]) -> None:
    """What a model takes for a person's name weighs with the words, but makes no name of an office."""
    analysis = ANALYSER.analyse(Document(text))
    words = analysis.tokens.words
    told = {at: leanings[word] for at, word in enumerate(words) if word in leanings}
    found = NameReader(load_pack("id")).read(analysis, lambda _, asked: {at: told[at] for at in asked if at in told})
    assert [" ".join(words[name.first:name.last]) for name in found if name.kind == "person"] == people


@given(st.text(alphabet=st.sampled_from("Aa Bb.(),-'’“”\n&/ KombesDr"), max_size=80))
def test_names_are_ranges(text: str) -> None:
    """Whatever the text, names are filled ranges of its tokens, in order."""
    analysis = ANALYSER.analyse(Document(text))
    last = 0
    for name in analysis.names:
        assert last <= name.first < name.last <= len(analysis.tokens)
        last = name.last


LIKE = [
    ("wahyu", "wahyu adi nugraha", True),
    ("nugraha", "wahyu adi nugraha", True),
    ("wahyu nugraha", "wahyu adi nugraha", True),
    ("bima", "bimasakti ramadan", True),
    ("suryanto", "suriyanto hadi", True),
    ("waid", "wahyu idris", False),
    ("rina", "dewi lestari", False),
    ("adi wahyu", "wahyu adi nugraha", False),
    ("wahid", "wahyu hidayat", True),
]


@pytest.mark.parametrize(("short", "full", "fits"), LIKE)
def test_likeness(short: str, full: str, fits: bool) -> None:
    """A short name fits when its words, their beginnings or a slip of one letter are in the full name."""
    assert bool(likeness(tuple(short.split()), tuple(full.split()))) is fits


SHORT = [
    ("menkeu", "menteri keuangan", True),
    ("bps", "badan pusat statistik", True),
    ("pbb", "perserikatan bangsa-bangsa", True),
    ("kemenag", "kementerian agama", True),
    ("korsel", "korea selatan", True),
    ("bps", "badan pangan", False),
    ("menteri", "menteri keuangan", False),
    ("kemenkeu", "kementerian keuangan negara", True),
    ("menkeu", "menkeu", False),
    ("a" * 34 + "b", " ".join(["a" * 34] * 34), False),
    ("a" * 34, " ".join(["a" * 34] * 34), True),
    ("ab" * 5_000, " ".join(["ab" * 5_000] * 30), False),
]


@pytest.mark.parametrize(("short", "full", "fits"), SHORT)
def test_abbreviations(short: str, full: str, fits: bool) -> None:
    """An abbreviation is made of the initials or the beginnings of the words that it stands for."""
    assert shortens(short, full.split()) is fits


def test_names_are_read_once_and_only_when_asked() -> None:
    """An analysis finds its names when they are first asked for, and keeps them."""
    analysis = ANALYSER.analyse(Document("Menurut Qandra Vellori, jalan itu aman."))
    asked: list[Analysis] = []
    read = analysis.read_names

    def counted(own: Analysis) -> list[Name]:
        asked.append(own)
        return read(own)

    analysis.read_names = counted
    assert not asked
    assert analysis.names is analysis.names
    assert asked == [analysis]
    assert [(name.first, name.last, name.kind) for name in analysis.names] == [(1, 3, "person")]
