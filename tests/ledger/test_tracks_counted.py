"""What figures count beside other figures: parts and shares, sums and increases, degrees, risks, and links."""

import re

import pytest

from katanya.ledger.tracks.counted import Counted, counting

TELL = counting("id")
FIGURE = re.compile(r"[\[<](\w[\w.]*)[\]>]")

# The figure in square brackets is asked for, those in angle brackets stand beside it; then what is counted, the class,
# and what else is told of it.
CASES = [
    ("<Enam> orang selamat, [tiga] orang tewas.", "orang", "tewas", {}),
    ("[Enam] orang selamat, <tiga> orang tewas.", "orang", "selamat", {}),
    ("Korban tewas [12] orang, luka-luka <tujuh> orang.", "orang", "tewas", {}),
    ("Korban tewas <12> orang, luka-luka [tujuh] orang.", "orang", "luka", {}),
    ("Ada <65> kematian dengan [246] kasus suspek.", "kasus suspek", "suspek", {}),
    ("Longsor di <tiga> desa menewaskan [12] orang.", "orang", "tewas", {}),
    ("Sebanyak <46> warga meninggal dan [puluhan] rumah sakit lumpuh.", "rumah sakit", "rumah", {}),
    ("KPK menetapkan <lima> orang tersangka meski ada [enam] pihak yang ditangkap.", "pihak", "ditangkap",
     {"group": "pihak"}),
    ("Tercatat [241] dari <242> penumpang dinyatakan tewas.", None, "tewas", {}),
    ("Tercatat <241> dari [242] penumpang dinyatakan tewas.", "penumpang", None, {}),
    ("[Enam] orang dari <11> korban tewas dimakamkan.", "orang", None, {}),
    ("Polisi menahan [tiga] dari <tujuh> tersangka penipuan.", None, None, {}),
    ("Mereka adalah [tiga] dari <11> pelajar sekolah itu yang tewas.", None, None, {}),
    ("Dari [13] korban meninggal dunia, <lima> di antaranya belum dikenali.", "korban meninggal dunia", "tewas", {}),
    ("Ada <12> korban tewas, [tiga] orang di antaranya tewas tertimbun.", "orang", "tewas", {"part": True}),
    ("Sebanyak [247] orang tewas, termasuk <230> penumpang.", "orang", "tewas", {}),
    ("Sebanyak [11] orang tewas, terdiri dari <sembilan> siswa dan seorang guru.", "orang", "tewas", {}),
    ("Ia pergi bersama [dua] tersangka lain.", "tersangka", "tersangka", {"part": True}),
    ("Sebanyak <30> orang selamat dan [11] lainnya meninggal dunia.", "lainnya meninggal dunia", "tewas", {}),
    ("Kasus positif bertambah [12] orang menjadi <300> orang.", "orang", "positif", {"aspect": "increase"}),
    ("Kasus positif bertambah <12> orang menjadi [300] orang.", "orang", "positif", {}),
    ("Ada [12] kasus positif baru.", "kasus positif", "positif", {"aspect": "increase"}),
    ("Sebanyak [62] orang tewas dalam sehari.", "orang", "tewas", {"aspect": "increase"}),
    ("Hingga hari ini [62] orang tewas.", "orang", "tewas", {}),
    ("Sebanyak [20] anak terancam meninggal.", "anak", "tewas", {"aspect": "target", "group": "anak"}),
    ("Ada [12] orang luka berat.", "orang", "luka", {"group": "berat"}),
    ("Ada [11] korban jiwa, <27> orang luka berat.", "korban jiwa", "tewas", {}),
    ("<Enam> dari [11] korban tewas dimakamkan.", "korban tewas", "tewas", {}),
    ("Tercatat [12] korban tewas yang sudah teridentifikasi.", "korban tewas", "tewas", {"group": "teridentifikasi"}),
    ("Sebanyak [satu] orang yang belum ditetapkan sebagai tersangka.", "orang", "tersangka", {"group": "belum"}),
    ("Masih ada [30] orang yang belum ditemukan.", "orang", "hilang", {}),
    ("Sebanyak [tujuh] prajurit tewas.", "prajurit", "tewas", {"group": "prajurit"}),
    ("Ada [beberapa] gejala saat seseorang terinfeksi.", "gejala", "gejala", {}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "of", "label", "told"), CASES, ids=[case[0] for case in CASES])
def test_what_a_figure_counts_beside_others(sentence, of, label, told):
    """A figure has the words that belong to it, and says whether it is a part, an increase, or some of them."""
    plain = re.sub(r"[\[\]<>]", "", sentence)
    spans, asked = [], 0
    for number, match in enumerate(FIGURE.finditer(sentence)):
        start = match.start() - 2 * number
        spans.append((start, start + len(match[1])))
        asked = number if match[0][0] == "[" else asked
    start, end = spans[asked]
    between = (spans[asked - 1][1] if asked else 0, spans[asked + 1][0] if asked + 1 < len(spans) else len(plain))
    found = TELL.counted(plain, start, end, of, between=between)
    if label is None:
        assert found is None or found.part
    else:
        assert found is not None
        assert found == Counted(label, **told, grows=found.grows)


LINKS = [
    ("Baca juga: Longsor Tewaskan ", True),
    ("Baca juga:Daftar Korban Tewas di Lembah Tirta, ", True),
    ("Baca juga: Izin Tambang Dicabut di Tirta Sementara itu, longsor menewaskan ", False),
    ("Longsor menewaskan ", False),
]


@pytest.mark.parametrize(("before", "result"), LINKS)
def test_links(before, result):
    """A figure in the headline of a link is no account; one in the sentence glued to it is."""
    assert TELL.is_link(before) is result
