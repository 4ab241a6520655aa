"""Who is introduced as what: roles and affiliations beside a name, and the names that belong together."""

import pytest

from katanya.attribution.people import Cast, CastReader, Character
from katanya.core.analysis import Analysis
from katanya.core.records import Document
from katanya.lang.pack import load_pack
from katanya.pipeline.analyse import Analyser

PACK = load_pack("id")
ANALYSER = Analyser(PACK)
READER = CastReader(PACK)

INTRODUCED = [
    ("Kepala Dinas Kesehatan Kota Parepare, Nurlina Basri, hadir.", "Kepala", "Dinas Kesehatan Kota Parepare"),
    ("Menteri Luar Negeri Norwegia Ingrid Halvorsen hadir.", "Menteri Luar Negeri", "Norwegia"),
    (
        "Menteri Koordinator Bidang Hukum, Imigrasi, dan Perumahan Bagus Prasetyo hadir.",
        "Menteri Koordinator Bidang Hukum, Imigrasi, dan Perumahan",
        None,
    ),
    ("Kapolsek Ngemplak Kompol Bagus Prasetyo hadir.", "Kapolsek", "Ngemplak"),
    ("Wali Kota Palu Bagus Prasetyo hadir.", "Wali Kota", "Palu"),
    ("Ketua Komisi III DPRD Sleman Bagus Prasetyo hadir.", "Ketua Komisi III", "DPRD Sleman"),
    ("Bagus Prasetyo (37), dosen Universitas Hasanuddin, hadir.", "dosen", "Universitas Hasanuddin"),
    ("Bagus Prasetyo selaku Manajer Humas PT Sinar Lentera hadir.", "Manajer Humas", "PT Sinar Lentera"),
    ("Bagus Prasetyo, mantan penasihat gubernur, hadir.", "mantan penasihat gubernur", None),
    ("Mantan Direktur Teknik PLN Bagus Prasetyo hadir.", "Mantan Direktur Teknik", "PLN"),
    ("Peneliti dari Institut Bahari Bagus Prasetyo hadir.", "Peneliti", "Institut Bahari"),
    ("Kabid Humas Polda Bali Kombes Bagus Prasetyo hadir.", "Kabid Humas", "Polda Bali"),
    (
        "Kepala Bidang Humas Polda Bali, Komisaris Besar Polisi (Kombes Pol) Bagus Prasetyo, hadir.",
        "Kepala Bidang Humas",
        "Polda Bali",
    ),
    ("Kuasa hukum Rudi Hartawan, Bagus Prasetyo, hadir.", "Kuasa hukum", "Rudi Hartawan"),
    (
        "Kepala Badan Nasional Penanggulangan Bencana (BNPB) Bagus Prasetyo hadir.",
        "Kepala",
        "Badan Nasional Penanggulangan Bencana (BNPB)",
    ),
    ("Kuasa hukum korban, Bagus Prasetyo, hadir.", "Kuasa hukum", "korban"),
    ("Mertua Rudi Hartawan, Bagus Prasetyo, hadir.", "Mertua Rudi Hartawan", None),
    ("Ketua majelis hakim Bagus Prasetyo hadir.", "Ketua majelis hakim", None),
    ("Sekretaris Jenderal ASPERULA Bagus Prasetyo hadir.", "Sekretaris Jenderal", "ASPERULA"),
    ("Seorang warga Norwegia bernama Bagus Prasetyo hadir.", "warga", "Norwegia"),
    ("Rudi Hartawan, putra pengusaha Bagus Prasetyo, hadir.", None, None),
    ("Bagus Prasetyo, dari Sinar Bahari, hadir.", None, "Sinar Bahari"),
    ("Bagus Prasetyo dari Universitas Hasanuddin hadir.", None, "Universitas Hasanuddin"),
    ("Pagi itu Presiden Bagus Prasetyo hadir. Presiden Norwegia Bagus Prasetyo bicara.", "Presiden", "Norwegia"),
    ("Pagi itu Bagus Prasetyo hadir.", None, None),
]


def cast_of(text: str) -> tuple[Analysis, Cast]:
    """Read the cast of a text."""
    analysis = ANALYSER.analyse(Document(text))
    return analysis, READER.read(analysis)


def character(cast: Cast, word: str) -> Character:
    """Return the character with a word in the name."""
    return next(character for character in cast.characters if word in character.words)


@pytest.mark.parametrize(("text", "role", "affiliation"), INTRODUCED)
def test_introductions(text: str, role: str | None, affiliation: str | None) -> None:
    """The role ends where an organisation or a place begins, and that is the affiliation."""
    analysis, cast = cast_of(text)
    word = "prasetyo" if "Prasetyo" in text else "halvorsen" if "Halvorsen" in text else "basri"
    person = READER.person(analysis, character(cast, word))
    assert (person.role, person.affiliation) == (role, affiliation)


SAME = [
    ("Wahyu Adi Nugraha datang. Nugraha lalu bicara dengan warga.", "Wahyu Adi Nugraha"),
    ("Sore itu Surti datang. Surti Handayani Putri tersenyum.", "Surti Handayani Putri"),
    ("Bambang Sutejo (Bamsut) datang. Menurut Bamsut, jalan rusak.", "Bambang Sutejo"),
    ("Rudi Hartawan alias Wenang datang. Menurut Wenang, jalan rusak.", "Rudi Hartawan"),
]


@pytest.mark.parametrize(("text", "name"), SAME)
def test_one_person(text: str, name: str) -> None:
    """Short names, other names in brackets and aliases belong to the person with the fullest name."""
    analysis, cast = cast_of(text)
    assert [person.name for person in (READER.person(analysis, one) for one in cast.characters)] == [name]


def test_mentions_are_cut_from_the_text() -> None:
    """Every mention's span holds its own words."""
    text = "Wahyu Adi Nugraha datang. Nugraha lalu bicara dengan warga."
    analysis, cast = cast_of(text)
    person = READER.person(analysis, cast.characters[0])
    assert [span.text for span in person.mentions] == ["Wahyu Adi Nugraha", "Nugraha"]
    assert all(text[span.start : span.end] == span.text for span in person.mentions)


def test_abbreviations_of_organisations() -> None:
    """An abbreviation in brackets stands for the organisation before it."""
    _, cast = cast_of("Asosiasi Petani Rumput Laut (Asperula) menolak. Asperula meminta rapat.")
    assert cast.organisations == {"asperula": "Asosiasi Petani Rumput Laut (Asperula)"}


SPELT = [
    ("Departemen Luar Negeri Amerika Serikat (AS) diam.", "as", "Amerika Serikat (AS)"),
    ("Wahyu datang dari Palembang, Sumatera Selatan (Sumsel), kemarin.", "sumsel", "Sumatera Selatan (Sumsel)"),
    ("Sidang itu dihadiri Jaksa Penuntut Umum (JPU).", "jpu", "Jaksa Penuntut Umum (JPU)"),
    (
        "Aturan itu dibuat Kementerian Komunikasi dan Digital (Komdigi).",
        "komdigi",
        "Kementerian Komunikasi dan Digital (Komdigi)",
    ),
    ("Kereta itu milik PT Kereta Api Indonesia (KAI).", "kai", "PT Kereta Api Indonesia (KAI)"),
]


@pytest.mark.parametrize(("text", "short", "full"), SPELT)
def test_an_abbreviation_stands_for_the_words_that_spell_it(text: str, short: str, full: str) -> None:
    """Of the words before its brackets those count whose beginnings make it up, and what sort of body they are."""
    assert cast_of(text)[1].organisations[short] == full


def test_a_headline_lends_no_words_to_a_name() -> None:
    """With a capital on every word, a headline that a text quotes does not lengthen the names in it."""
    _, cast = cast_of(
        'Presiden Bagus Prasetyo tiba. Prasetyo lalu pulang.\nSimak Video "Prasetyo Singgung Perdamaian, Ada Apa?"'
    )
    assert character(cast, "prasetyo").name == "Bagus Prasetyo"


APART = [
    (
        "Rahmat Hidayat tiba pagi itu. Sore itu Rahmat Subagyo Wirawan ikut hadir. Rahmat Hidayat lalu pulang. "
        "Rahmat menutup acara.",
        "Rahmat Hidayat",
    ),
    (
        "Rahmat Subagyo Wirawan tiba pagi itu. Rahmat Hidayat ikut hadir. Subagyo Wirawan lalu pulang. "
        "Rahmat menutup acara. Menurut warga, Rahmat Subagyo Wirawan sering datang.",
        "Rahmat Subagyo Wirawan",
    ),
]


@pytest.mark.parametrize(("text", "name"), APART)
def test_a_short_name_goes_to_the_one_named_last(text: str, name: str) -> None:
    """Where two people share a name, it leads back to the one mentioned last, whatever the length of the mentions."""
    analysis, cast = cast_of(text)
    at = next(index for index, lower in enumerate(analysis.tokens.lower) if lower == "menutup") - 1
    assert cast.by_token[at].name == name
