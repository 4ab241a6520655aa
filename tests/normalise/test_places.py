"""Places: a corpus of sentences, each its own test, and what holds for any text."""

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from katanya.lang.pack import load_pack
from katanya.lang.tokens import tokenize
from katanya.normalise.places.gazetteer import Gazetteer, encloses, kilometres
from katanya.normalise.places.reader import PlaceReader

CORPUS = Path(__file__).parents[1] / "fixtures" / "places"
PACK = load_pack("id")
READER, OTHER = PlaceReader(PACK), PlaceReader(PACK)
GAZETTEER = Gazetteer(PACK, frozenset())
PLACE = "place"


def lines():
    """Yield the lines of the corpus: a sentence, and its places as ``span/name/country/kind[/role][/latitude]``."""
    for path in sorted(CORPUS.glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line and not line.startswith("#"):
                sentence, cells = line.split("\t")
                yield pytest.param(sentence, [] if cells == "-" else cells.split("; "), id=f"{path.stem}:{number}")


def read(text):
    """Return the places of a text."""
    return READER.read(text, tokenize(text))


def test_the_corpus_is_whole():
    """The corpus has at least 300 lines, no sentence twice."""
    sentences = [case.values[0] for case in lines()]
    assert len(sentences) >= 300
    assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize(("sentence", "wanted"), list(lines()))
def test_places_of_a_sentence(sentence, wanted):
    """A sentence has these places and no others: words, name, country, kind, role; where given, that latitude."""
    found = read(sentence)
    cells = [f"{place.span.text}/{place.name}/{place.country or '-'}/{place.kind}/{place.role}" for place in found]
    parts = [cell.split("/") for cell in wanted]
    assert cells == ["/".join([*part[:4], part[4] if len(part) > 4 else PLACE]) for part in parts]
    for place, part in zip(found, parts, strict=True):
        if len(part) == 6:
            assert place.lat == pytest.approx(float(part[5]), abs=0.3)


WORDS = (
    "di ke dan Kota Kabupaten Desa Gunung Jakarta Jakarta-Bandung AS RI Solo Malang Paris Moskow Universitas Polda . , "
    "( ) - \n Jawa Barat Timur se-Banyuwangi Kec . Cina Selatan Laut Rina berkata X İ ß ’ 2 St"
)
texts = st.lists(st.sampled_from(WORDS.split(" ")), max_size=25).map(" ".join) | st.text(max_size=60)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_offsets_of_any_text(text):
    """Whatever the text: spans are exact, in order, never over one another, and points are on the globe."""
    end = 0
    for place in read(text):
        span = place.span
        assert text[span.start : span.end] == span.text
        assert span.start >= end
        assert span.end > span.start
        end = span.end
        assert (place.lat is None) == (place.lon is None)
        assert place.lat is None or (abs(place.lat) <= 90 and abs(place.lon) <= 180)
        assert place.because


@settings(deadline=None)  # the first text loads the table
@given(texts)
def test_the_same_text_has_the_same_places(text):
    """Two readers give the same places, whatever either has read before."""
    assert read(text) == OTHER.read(text, tokenize(text))


UNITS = {"province": 38, "regency": 416, "city": 98}


@pytest.mark.parametrize(("kind", "count"), UNITS.items())
def test_every_unit_of_indonesia_is_there(kind, count):
    """All 38 provinces, 416 regencies and 98 cities are in the table, with points in the country."""
    cities = {"Ibu Kota Nusantara"}  # of the state, not of a province
    rows = {(row.name, row.region) for row in rows_of(kind) if row.country == "ID" and row.name not in cities}
    assert len(rows) == count
    assert all(-11.1 <= row.lat <= 6.0 and 95.0 <= row.lon <= 141.1 for row in rows_of(kind) if row.country == "ID")


def test_units_lie_in_their_provinces():
    """A regency or city lies within 450 km of the middle of its province, but for the far islands."""
    provinces = {row.region: row for row in rows_of("province")}
    far = {row.name for kind in ("regency", "city") for row in rows_of(kind) if row.region and (
        kilometres(row, provinces[row.region]) > 450)}
    assert far <= {"Natuna", "Maluku Barat Daya", "Kepulauan Aru", "Tual", "Maluku Tenggara", "Kepulauan Tanimbar",
                   "Pulau Taliabu"}


def rows_of(kind):
    """Return the places of a kind in the table that is written by hand."""
    count = len(PACK.table("places"))
    return [row for row in map(GAZETTEER.row, range(count)) if row.kind == kind]


def test_every_country_has_a_code():
    """Every country has its own code of two letters, and a point."""
    rows = rows_of("country")
    assert len({row.country for row in rows}) == len(rows) >= 190
    assert all(len(row.country) == 2 and math.isfinite(row.lat + row.lon) for row in rows)


def test_tables_name_no_place_twice():
    """No two rows of the table written by hand have the same name, kind, country and province."""
    keys = [(cells[0], *cells[2:5]) for cells in PACK.table("places")]
    assert len(set(keys)) == len(keys)


def test_what_lies_in_what():
    """A province encloses its regencies and no others, a country its provinces, and nothing itself."""
    by_name = {(row.name, row.kind): row for kind in ("country", "province", "regency") for row in rows_of(kind)}
    java, bali = by_name["Jawa Barat", "province"], by_name["Bali", "province"]
    cianjur, indonesia = by_name["Cianjur", "regency"], by_name["Indonesia", "country"]
    assert encloses(java, cianjur)
    assert encloses(indonesia, cianjur)
    assert not encloses(bali, cianjur)
    assert not encloses(cianjur, java)
    assert not encloses(java, java)


def test_a_small_place_inherits_what_encloses_it():
    """An unknown village has country, province and point of the place around it, and says so."""
    village, regency = read("Banjir merendam Desa Karangtirta, Kabupaten Blora.")
    assert (village.name, village.kind, village.flags) == ("Karangtirta", "village", ("enclosing",))
    assert (village.country, village.region, village.lat) == (regency.country, regency.region, regency.lat)
    assert regency.flags == ()


def test_a_small_place_takes_the_regency_named_before():
    """Where nothing stands beside it, a small place lies in the regency or city that was named last."""
    *_, district = read("Bupati Cilacap meninjau lokasi. Kecamatan Tirtajaya paling parah.")
    assert (district.country, district.region, district.flags) == ("ID", "ID-JT", ("enclosing",))


def test_what_encloses_an_ambiguous_name_decides():
    """An article about another country moves a name that both have."""
    here, there = "Warga Pakistan berduka. Ia lahir di Hyderabad.", "Warga India berduka. Ia lahir di Hyderabad."
    assert [read(text)[-1].country for text in (here, there)] == ["PK", "IN"]


def test_the_table_waits_for_the_first_text():
    """A reader that has read nothing holds no table."""
    reader = PlaceReader(PACK)
    assert "_engine" not in vars(reader)
    reader.read("Jakarta", tokenize("Jakarta"))
    assert "_engine" in vars(reader)
