"""Boilerplate inside a text handed in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from katanya.lang.pack import load_pack
from katanya.pipeline.segments import SegmentReader

READER = SegmentReader(load_pack("id"))

# The stretches between ⟦ and ⟧ are boilerplate; everything else is the article's.
TEXTS = [
    "⟦Jakarta, CNN Indonesia --⟧ Harga telur turun.",
    "⟦Jakarta, CNN Indonesia - -⟧ Harga telur turun.",
    "⟦TEMPO.CO, Jakarta -⟧ Harga telur turun.",
    "⟦Arunajaya (ANTARA) -⟧ Harga telur turun.",
    "⟦Kuala Lumpur, (ANTARA News) -⟧ Harga telur turun.",
    "⟦KOMPAS.com -⟧ Harga telur turun.",
    "⟦JAKARTA, KOMPAS.com–⟧Harga telur turun.",
    "⟦Liputan6.com, Jakarta⟧ Harga telur turun.",
    "⟦REPUBLIKA.CO.ID, JAKARTA --⟧ Harga telur turun.",
    "⟦Bisnis.com, JAKARTA –⟧ Harga telur turun.",
    "⟦KONTAN.CO.ID - JAKARTA.⟧ Harga telur turun.",
    "⟦Kabarsatu.id - ARUNAJAYA -⟧ Harga telur turun.",
    "⟦Arunajaya -⟧ Harga telur turun.",
    "Darto Minta Maaf\n⟦ARUNAJAYA, KABAR.id -⟧ Sopir itu meminta maaf.",
    "Harga turun.\n⟦Baca juga: Petani Arunajaya Panen Raya⟧\nStok aman.",
    "Harga turun.\n⟦Baca juga: petani di Arunajaya panen raya⟧\nStok aman.",
    "Harga turun.\n⟦Baca Juga\n\nPetani Arunajaya Panen Raya\nHarga Cabai Naik Lagi⟧\n\nStok aman.",
    "Harga turun. ⟦Baca juga: Petani Arunajaya Panen Raya di Tengah Kemarau⟧ Menurut dia, stok aman.",
    "Harga turun. ⟦Baca juga: Ke Mana Perginya Stok Telur?⟧ Stok aman.",
    "Harga turun. ⟦Baca juga:Petani Arunajaya Panen Raya Cabai⟧ “Stok aman,” kata Darto.",
    "Harga turun.⟦BACA JUGA:Petani Arunajaya Panen Raya Cabai⟧Sementara itu, stok aman.",
    "Harga turun, kata Widya Sari. ⟦Baca juga: Petani Arunajaya Panen Raya⟧ Widya Sari menyebut stok aman.",
    "Harga turun. ⟦Baca Juga⟧“Stok aman,” kata Darto.",
    "Harga turun. ⟦(Baca juga: Petani Arunajaya Panen Raya)⟧ Stok aman.",
    "Harga turun. ⟦Simak Video \"Petani Arunajaya Panen Raya\"⟧ Stok aman.",
    "Harga turun.\n⟦Lihat juga Video 'Petani Panen Raya':⟧\n⟦[Gambas:Video 20detik]⟧\n⟦(tfq/asa)⟧",
    "Harga turun. ⟦ADVERTISEMENT SCROLL TO CONTINUE WITH CONTENT⟧ Stok aman.",
    "Harga turun. ⟦Pilihan Editor: Ke Mana Perginya Stok Telur?⟧",
    "Harga turun.\n⟦Foto: Darto Wibowo⟧\nStok aman.",
    "Harga turun ⟦(Foto: Dok. Dinas Perdagangan)⟧ di pasar.",
    "Harga turun di pasar. ⟦(ANTARA FOTO/Darto Wibowo)⟧",
    "Harga turun,\" kata Darto.⟦[way/but]⟧",
    "Harga turun, kata Darto. ⟦(chs)⟧\n",
    "Harga turun. ⟦Artikel ini telah tayang di Kabarsatu.id dengan judul Harga Telur Turun.⟧ Stok aman.",
    "Harga turun.⟦Pewarta: Darto WibowoEditor: Widya Sari⟧",
    "Harga turun.\n⟦Laporan Wartawan Kabarsatu, Darto Wibowo⟧\nStok aman.",
]
PLAIN = [
    "Warga diminta baca juga petunjuk di kemasan.",
    "Darto (PPU/PMI) mengatakan harga turun.",
    "Badan Pusat Statistik (BPS) mencatat harga turun.",
    "Ia lihat juga harga cabai di pasar.",
    "Selanjutnya, ia menyebut harga turun.",
    "Sumber air di desa itu kering.",
    "\"Saya tidak tahu (harga) itu,\" katanya.",
    "Ia berpesan lewat panggilan video (video call) tadi.",
    "Harga turun 5-10 persen - lebih besar daripada bulan lalu.",
    "Harga turun.\nScroll to contınue with content\nStok aman.",
    "Harga turun.\nAdvertiſement\nStok aman.",
]


def marked(text: str) -> tuple[str, list[str]]:
    """Return a text without its brackets and the stretches that stood in them."""
    stretches = [part.partition("⟧")[0] for part in text.split("⟦")[1:]]
    return text.replace("⟦", "").replace("⟧", ""), stretches


@pytest.mark.parametrize("case", TEXTS)
def test_boilerplate_is_named_from_its_first_to_its_last_letter(case: str) -> None:
    """Links, banners, credits, bylines and datelines are ranges without the words around them."""
    text, stretches = marked(case)
    found = [text[start:end] for start, end in READER.read(text)]
    assert found == stretches


@pytest.mark.parametrize("text", PLAIN)
def test_words_of_the_article_are_left_alone(text: str) -> None:
    """A phrase inside a sentence is no boilerplate, whatever it looks like."""
    assert READER.read(text) == []


PIECES = st.sampled_from(
    ["Baca juga", ":", " ", "\n", "Harga Telur", "naik", "“", '"', "(", ")", "[Gambas", "]", ".", "-", "İ"]
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join))
def test_ranges_lie_in_order_inside_the_text(text: str) -> None:
    """Whatever the text, ranges are filled, in order, apart from each other and inside it."""
    last = 0
    for start, end in READER.read(text):
        assert last <= start < end <= len(text)
        last = end


def test_a_page_full_of_labels_is_read_in_linear_time() -> None:
    """Ten thousand labels in one paragraph cost no more than a moment."""
    assert READER.read("Baca juga: Harga Telur Arunajaya naik lagi. Foto: (" * 10_000)
