"""What is done by saying it: cues, negated cues, and the words handed over."""

from dataclasses import replace

import pytest

from katanya.attribution.acts import ActReader
from katanya.attribution.drafts import Draft, Range
from katanya.core.analysis import Analysis
from katanya.core.records import Act, Document, Kind
from katanya.lang.pack import load_pack
from katanya.lang.tokens import tokenize

READER = ActReader(load_pack("id"))


def act_of(cue: str, content: str, kind: Kind) -> Act:
    """Read the act of a statement whose cue stands before its content."""
    text = f"{cue} {content}".strip()
    tokens = tokenize(text)
    cut = len(tokenize(cue))
    draft = Draft(kind, [(cut, len(tokens))], 0, cue=(0, cut) if cut else None)
    READER.read(Analysis(Document(text), tokens), draft)
    return draft.act


CUES = [
    ("meminta", "warga menutup sumur tua itu", Act.DIRECTIVE),
    ("mengimbau", "nelayan menunda melaut", Act.DIRECTIVE),
    ("berjanji", "membuka posko di tiap kelurahan", Act.COMMISSIVE),
    ("berharap", "jembatan itu selesai sebelum musim hujan", Act.EXPRESSIVE),
    ("membantah", "kabar tersebut", Act.DENIAL),
    ("mempertanyakan", "dasar penutupan pasar", Act.QUESTION),
    ("mengatakan", "jembatan itu dibangun pada 1978", Act.ASSERTIVE),
    ("menurutnya", "harga cabai turun dua hari terakhir", Act.ASSERTIVE),
    ("tidak merinci", "jumlah kapal yang ditahan", Act.WITHHELD),
    ("enggan menyebut", "nama perusahaan itu", Act.WITHHELD),
    ("belum bisa memastikan", "penyebab ledakan", Act.WITHHELD),
    ("menolak", "berkomentar soal gugatan itu", Act.WITHHELD),
    ("menolak", "usul pembongkaran gudang", Act.DENIAL),
    ("tidak membantah", "kabar pertemuan itu", Act.ASSERTIVE),
    ("tak menampik", "adanya kekurangan air bersih", Act.ASSERTIVE),
    ("tidak yakin", "pelabuhan itu rampung tahun ini", Act.DENIAL),
    ("mengingatkan", "agar pendaki membawa jas hujan", Act.DIRECTIVE),
    ("mengingatkan", "bahaya gas beracun di kawah", Act.ASSERTIVE),
    ("arahan", "agar semua sekolah diliburkan", Act.DIRECTIVE),
    ("memberikan apresiasi", "kepada para relawan", Act.EXPRESSIVE),
]

INDIRECT = [
    ("mengatakan", "akan mengirim dua kapal patroli", Act.COMMISSIVE),
    ("mengatakan", "pihaknya siap membantu keluarga korban", Act.COMMISSIVE),
    ("menyatakan", "tidak akan mencabut gugatan", Act.COMMISSIVE),
    ("memperkirakan", "akan ada hujan lebat di pesisir", Act.ASSERTIVE),
    ("menilai", "Suriname akan menang mudah", Act.ASSERTIVE),
    ("menyampaikan", "belasungkawa kepada keluarga awak kapal", Act.EXPRESSIVE),
    ("menyampaikan", "komitmennya untuk memperbaiki saluran", Act.COMMISSIVE),
    ("mengaku", "bangga dengan hasil panen itu", Act.EXPRESSIVE),
    ("menyebut", "dukungan warga terus bertambah", Act.ASSERTIVE),
    ("memastikan", "foto itu hoaks", Act.DENIAL),
    ("mengatakan", "belum bisa memberikan keterangan soal pemeriksaan itu", Act.WITHHELD),
]

DIRECT = [
    ("kata", "Siapa yang membayar ganti rugi itu?", Act.QUESTION),
    ("ujar", "Apakah jalan itu aman. Kami belum tahu", Act.QUESTION),
    ("kata", "Jangan menyeberang saat arus deras", Act.DIRECTIVE),
    ("kata", "Tolong jaga jarak dari tebing", Act.DIRECTIVE),
    ("ujar", "Kami mengimbau warga tetap di rumah", Act.DIRECTIVE),
    ("ujar", "Semoga hujan segera turun", Act.EXPRESSIVE),
    ("ujar", "Kami tentu sangat berharap bantuan segera datang", Act.EXPRESSIVE),
    ("tulis", "Terima kasih untuk semua relawan", Act.EXPRESSIVE),
    ("ujar", "Saya mohon maaf atas keterlambatan kereta", Act.EXPRESSIVE),
    ("tegas", "Kami akan memasang pagar di tepi sungai", Act.COMMISSIVE),
    ("kata", "Kami akan mampu melihat kawah dari sini", Act.ASSERTIVE),
    ("kata", "Jembatan itu roboh pukul tiga pagi", Act.ASSERTIVE),
    ("kata", "Air naik cepat. Rumah kami terendam. Semoga surut", Act.ASSERTIVE),
    ("", "Mari menanam bakau", Act.DIRECTIVE),
]


@pytest.mark.parametrize(("cue", "content", "act"), CUES)
def test_cue(cue: str, content: str, act: Act) -> None:
    """A cue names the act; negated, a cue of saying withholds, one of denying grants, a stance denies."""
    assert act_of(cue, content, Kind.INDIRECT) is act


@pytest.mark.parametrize(("cue", "content", "act"), INDIRECT)
def test_indirect(cue: str, content: str, act: Act) -> None:
    """Beside a plain cue, indirect speech shows its act in its first words: one's own plan, a feeling."""
    assert act_of(cue, content, Kind.INDIRECT) is act


@pytest.mark.parametrize(("cue", "content", "act"), DIRECT)
def test_direct(cue: str, content: str, act: Act) -> None:
    """Beside a plain cue, a quotation shows its act in its first sentence or by its question mark."""
    assert act_of(cue, content, Kind.DIRECT) is act


def test_contents_apart() -> None:
    """The question mark that counts is the one at the end of the last content."""
    text = "Benarkah , tanya Wirya , sumur itu kering ?"
    tokens = tokenize(text)
    contents: list[Range] = [(0, 1), (5, len(tokens))]
    draft = Draft(Kind.DIRECT, contents, 0)
    READER.read(Analysis(Document(text), tokens), draft)
    assert draft.act is Act.QUESTION


def test_a_language_may_have_several_suffixes() -> None:
    """Each suffix of a language is taken off the noun that conveys a feeling or a pledge."""
    pack = load_pack("id")
    reader = ActReader(replace(pack, lists={**pack.lists, "pronouns.suffix": ("nya", "ku", "mu")}))
    for word in ("komitmennya", "komitmenku", "komitmenmu"):
        text = f"menyampaikan {word} untuk memperbaiki saluran"
        tokens = tokenize(text)
        draft = Draft(Kind.INDIRECT, [(1, len(tokens))], 0, cue=(0, 1))
        reader.read(Analysis(Document(text), tokens), draft)
        assert draft.act is Act.COMMISSIVE
