"""Whose words: every kind of source phrase led back to a speaker."""

import pytest

from katanya.attribution.drafts import Draft, Range
from katanya.attribution.speakers import SpeakerResolver
from katanya.core.analysis import Analysis
from katanya.core.records import Document, Kind, Person
from katanya.lang.pack import load_pack
from katanya.pipeline.analyse import Analyser

PACK = load_pack("id")
ANALYSER = Analyser(PACK)
RESOLVER = SpeakerResolver(PACK)


def resolve(marked: str) -> tuple[list[Draft], tuple[Person, ...]]:
    """Resolve a text in which each statement is marked: ``{source}``, ``[cue]``, ``<content>``, in any order.

    ``{[ujarnya]}`` is a cue that holds its source; ``|`` ends a statement.
    """
    text = "".join(letter for letter in marked if letter not in "{}[]<>|")
    analysis = ANALYSER.analyse(Document(text))
    drafts = [draft for part in _parts(marked) if (draft := _draft(analysis, part))]
    people = RESOLVER.resolve(analysis, drafts)
    return drafts, people


def _parts(marked: str) -> list[dict[str, tuple[int, int]]]:
    parts: list[dict[str, tuple[int, int]]] = [{}]
    at, opened = 0, dict[str, int]()
    for letter in marked:
        if letter == "|":
            parts.append({})
        elif letter in "{[<":
            opened[letter] = at
        elif letter in "}]>":
            kind = {"}": "{", "]": "[", ">": "<"}[letter]
            parts[-1][kind] = (opened[kind], at)
        else:
            at += 1
    return parts


def _draft(analysis: Analysis, part: dict[str, tuple[int, int]]) -> Draft | None:
    if "<" not in part:
        return None
    content = _tokens(analysis, part["<"])
    quoted = any(quotation.first <= content[0] < quotation.last for quotation in analysis.quotations)
    return Draft(
        Kind.DIRECT if quoted else Kind.INDIRECT,
        [content],
        0,
        cue=_tokens(analysis, part["["]) if "[" in part else None,
        source=_tokens(analysis, part["{"]) if "{" in part else None,
    )


def _tokens(analysis: Analysis, span: tuple[int, int]) -> Range:
    inside = [index for index, start in enumerate(analysis.tokens.starts) if span[0] <= start < span[1]]
    return inside[0], inside[-1] + 1


FULL = "{Ketua Koperasi Nelayan Sukamaju, Wahyu Nugraha}, [mengatakan] <jalan itu rusak>. |"

SPEAKERS = [
    ("full name", FULL, "Wahyu Nugraha", "person"),
    ("first name", FULL + ' "<Kami lelah>," [kata] {Wahyu}.', "Wahyu Nugraha", "person"),
    ("pronoun", FULL + " {Ia} [meminta] <warga sabar>.", "Wahyu Nugraha", "person"),
    ("cue with a pronoun", FULL + ' "<Kami lelah>," {[ujarnya]}.', "Wahyu Nugraha", "person"),
    ("quotation alone", FULL + '\n"<Kami semua lelah menunggu>."', "Wahyu Nugraha", "person"),
    ("office again", FULL + ' "<Kami lelah>," [kata] {ketua koperasi itu}.', "Wahyu Nugraha", "person"),
    ("his side", FULL + " {Pihaknya} [berharap] <bantuan datang>.", "Wahyu Nugraha", "person"),
    (
        "new subject",
        FULL + " Hal serupa dikatakan Bupati Sleman Rini Astuti. {[Menurutnya]}, <dana sudah ada>.",
        "Rini Astuti",
        "person",
    ),
    (
        "organisation",
        "{Dinas Perhubungan Kota Palu} [menyatakan] <jalan itu ditutup>.",
        "Dinas Perhubungan Kota Palu",
        "organisation",
    ),
    (
        "abbreviation",
        "Asosiasi Petani Rumput Laut (Asperula) bertemu. {Asperula} [menyatakan] <harga turun>.",
        "Asosiasi Petani Rumput Laut (Asperula)",
        "organisation",
    ),
    ("country", "{Rusia} [menyatakan] <perang usai>.", "Rusia", "organisation"),
    ("police", "{Polisi} [menyebut] <pelaku kabur>.", "Polisi", "organisation"),
    ("group", "{Para nelayan} [menolak] <aturan itu>.", "Para nelayan", "group"),
    ("counted group", "{Tiga saksi} [mengaku] <mendengar ledakan>.", "Tiga saksi", "group"),
    (
        "two people",
        "Ada Rudi Hartawan. Ada Wahyu Nugraha. {Rudi Hartawan dan Wahyu Nugraha} [menolak] <aturan itu>.",
        "Rudi Hartawan dan Wahyu Nugraha",
        "group",
    ),
    ("document", "{Laporan Bank Dunia} [menyebut] <ekonomi tumbuh>.", "Laporan Bank Dunia", "document"),
    ("data", "[Berdasarkan] {data BPS}, <inflasi turun>.", "data BPS", "document"),
    ("words of an organisation", "[Menurut] {keterangan Polda Bali}, <pelaku kabur>.", "Polda Bali", "organisation"),
    ("nobody", "Jembatan itu [dikabarkan] <ambruk>.", None, "none"),
    ("one unnamed", "{Seorang nelayan} [mengaku] <melihat kapal>.", "Seorang nelayan", "anonymous"),
    (
        "unnamed again",
        "{Seorang pejabat intelijen} [menyebut] <ada ancaman>. | {Pejabat itu} [menolak] <bicara lebih jauh>.",
        "Seorang pejabat intelijen",
        "anonymous",
    ),
    (
        "phrase cut before its name",
        "[Kata] {Camat Ngemplak}, Wahyu Nugraha, <jalan itu rusak>.",
        "Wahyu Nugraha",
        "person",
    ),
    ("pronoun at the end of a phrase", FULL + " {Selain itu dia} [meminta] <warga sabar>.", "Wahyu Nugraha", "person"),
    ("nobody before", "{Mereka} [meminta] <bantuan>.", "Mereka", "group"),
    ("initials", "Pelaku berinisial RK (24) ditangkap. {RK} [mengaku] <menyesal>.", "RK", "person"),
    (
        "first mention of a document",
        "Laporan tahunan Yayasan Bahari terbit kemarin. {Laporan itu} [menyebut] <hutan berkurang>.",
        "Laporan tahunan Yayasan Bahari",
        "document",
    ),
    (
        "another word for the document",
        "{Penelitian Yayasan Bahari} [menyebut] <hutan berkurang>. | {Studi ini} [menemukan] <air keruh>.",
        "Penelitian Yayasan Bahari",
        "document",
    ),
    (
        "first mention of many",
        "Kabar datang dari dua sumber pemerintah. {Kedua sumber itu} [menyebut] <rapat batal>.",
        "dua sumber pemerintah",
        "group",
    ),
    (
        "that kind of body",
        "Jalur itu milik maskapai Nusa Terbang. {Polisi} [menyebut] <badai>. | {Maskapai itu} [membantah] <kabar itu>.",
        "Nusa Terbang",
        "organisation",
    ),
    ("authorities", "{Pihak berwenang} [menyebut] <pelaku kabur>.", "Pihak berwenang", "organisation"),
    ("account", '"<Macet lagi>," [tulis] {akun wenang_77}.', "akun wenang_77", "anonymous"),
    (
        "counsel of somebody",
        FULL + " {Pengacara Wahyu} [membantah] <tuduhan itu>.",
        "Pengacara Wahyu",
        "anonymous",
    ),
    (
        "head of state",
        "Presiden Bagus Prasetyo tiba. {Kepala Negara} [meminta] <warga sabar>.",
        "Bagus Prasetyo",
        "person",
    ),
    ("outlet", "{Media Norwegia} [melaporkan] <badai datang>.", "Media Norwegia", "group"),
    (
        "called",
        FULL + ' "<Kami lelah>," [kata] {pria yang akrab disapa Wenang itu}. | "<Sudah>," [kata] {Wenang}.',
        "Wahyu Nugraha",
        "person",
    ),
    (
        "counsel, not whose",
        "{Rini Astuti} [mengaku] <sakit>. | Kuasa hukum Rini Astuti, Wahyu Nugraha, bicara. {Ia} [menilai] <itu sah>.",
        "Wahyu Nugraha",
        "person",
    ),
    (
        "agent of any passive",
        FULL + " Hal yang sama dirasakan oleh Rini Astuti. {Ia} [mengeluhkan] <jalan yang gelap>.",
        "Rini Astuti",
        "person",
    ),
    (
        "subject after a long office",
        FULL + " Kepala Bidang Hubungan Masyarakat (Kabid Humas) Polda Palu, Komisaris Besar Polisi (Kombes Pol) Rini "
        'Astuti, membenarkan. "<Benar>," {[ujarnya]}.',
        "Rini Astuti",
        "person",
    ),
    (
        "the source of the first cue again",
        FULL + ' "<Awas>," {[ujarnya]}. | "Awas," {ujarnya} seraya [menyebut] <jalan itu licin>.',
        "Wahyu Nugraha",
        "person",
    ),
    (
        "one unnamed whose clause points",
        FULL + " {Seorang pejabat yang mengetahui hal itu} [menyebut] <dana habis>.",
        "Seorang pejabat yang mengetahui hal itu",
        "anonymous",
    ),
    (
        "a document whose clause points",
        "{Laporan rahasia Yayasan Bahari} [menyebut] <air keruh>. | "
        "{Laporan panel ahli yang terbit bulan ini} [menyebut] <ikan mati>.",
        "Laporan panel ahli yang terbit bulan ini",
        "document",
    ),
    (
        "group behind what opens the sentence",
        "{Polisi} [menyebut] <jalan sepi>. | Sementara itu, para nelayan berunjuk rasa. {Mereka} [menuntut] <ganti>.",
        "para nelayan",
        "group",
    ),
    (
        "people told of since",
        "{Polisi} [menyebut] <jalan ditutup>. | Rencana itu ditolak sejumlah warga. {Mereka} [meminta] <waktu>.",
        "sejumlah warga",
        "group",
    ),
    ("people told of", "Kritik datang dari para nelayan. {Mereka} [meminta] <bantuan>.", "para nelayan", "group"),
    (
        "somebody and a party",
        FULL + " {Wahyu Nugraha dan Partai Bahari} [menolak] <aturan itu>.",
        "Wahyu Nugraha dan Partai Bahari",
        "group",
    ),
    (
        "account again",
        FULL + ' Video itu diunggah akun @warta_sukamaju. "<Macet lagi>," [tulis] {akun tersebut}.',
        "@warta_sukamaju",
        "organisation",
    ),
    (
        "name in front of an office with another name in it",
        '"<Aman>," [kata] {Waluyo Prakosa, direktur Nugraha Digital}.',
        "Waluyo Prakosa",
        "person",
    ),
    (
        "abbreviation without brackets",
        "Perkara itu ditangani Kejaksaan Agung. {Kejagung} [menyebut] <saksi diperiksa>.",
        "Kejaksaan Agung",
        "organisation",
    ),
    (
        "abbreviation at the end of a name",
        "Pemerintah Amerika Serikat diam. {Pemerintah AS} [menyebut] <itu soal lama>.",
        "Pemerintah Amerika Serikat",
        "organisation",
    ),
]


@pytest.mark.parametrize(
    ("marked", "name", "kind"), [case[1:] for case in SPEAKERS], ids=[case[0] for case in SPEAKERS]
)
def test_speaker(marked: str, name: str | None, kind: str) -> None:
    """The last statement's speaker is the canonical name of whom its source leads back to."""
    drafts, _ = resolve(marked)
    assert (drafts[-1].speaker, drafts[-1].speaker_kind.value) == (name, kind)
    assert any(rule.startswith("speaker:") for rule in drafts[-1].because)


def test_first_person_is_whose_quotation_it_is() -> None:
    """*saya* inside a quotation is its speaker, even where the name comes after."""
    text = '"Kami lelah, sejak awal saya minta warga sabar," kata Wahyu Nugraha.'
    analysis = ANALYSER.analyse(Document(text))

    def found(words: str) -> Range:
        return _tokens(analysis, (text.index(words), text.index(words) + len(words)))

    outer = Draft(
        Kind.DIRECT, [found("Kami lelah, sejak awal saya minta warga sabar")], 0, found("kata"), found("Wahyu Nugraha")
    )
    inner = Draft(Kind.INDIRECT, [found("warga sabar")], 0, found("minta"), found("saya"))
    RESOLVER.resolve(analysis, [outer, inner])
    assert inner.speaker == "Wahyu Nugraha"


def test_third_person_is_not_whose_quotation_it_is() -> None:
    """*dia* inside a quotation is somebody else than its speaker, even where the name comes after."""
    text = 'Polisi menahan Rudi Hartawan. "Dia mengaku lapar, kami beri makan," kata Wahyu Nugraha.'
    analysis = ANALYSER.analyse(Document(text))

    def found(words: str) -> Range:
        return _tokens(analysis, (text.index(words), text.index(words) + len(words)))

    outer = Draft(Kind.DIRECT, [found("Dia mengaku lapar, kami beri makan")], 0, found("kata"), found("Wahyu Nugraha"))
    inner = Draft(Kind.INDIRECT, [found("lapar")], 0, found("mengaku"), found("Dia"))
    RESOLVER.resolve(analysis, [outer, inner])
    assert (outer.speaker, inner.speaker) == ("Wahyu Nugraha", "Rudi Hartawan")


def test_people_are_those_who_speak() -> None:
    """Only people who speak are returned, with role and affiliation, in order of their first words."""
    _, people = resolve(FULL + " Camat Rudi Hartawan diam. {Bupati Sleman Rini Astuti} [meminta] <warga sabar>.")
    assert [(person.name, person.role, person.affiliation) for person in people] == [
        ("Wahyu Nugraha", "Ketua", "Koperasi Nelayan Sukamaju"),
        ("Rini Astuti", "Bupati", "Sleman"),
    ]


def test_nothing_but_a_pointer() -> None:
    """A source that only points (*itu*) still has a speaker."""
    drafts, _ = resolve("{Itu} [menyebut] <jalan rusak>.")
    assert drafts[0].speaker == "Itu"


def test_no_drafts() -> None:
    """A text without statements has no speakers."""
    assert resolve("Hujan turun di Palu.") == ([], ())
