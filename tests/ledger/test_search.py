import pytest
from articles import many, told
from hypothesis import given, settings
from hypothesis import strategies as st

from katanya import Ledger
from katanya.ledger.query import parse
from katanya.ledger.words import wording

RINI, BAGAS, DINAS = "Rini Wulandari", "Bagas Prakoso", "Dinas Perhubungan"
SAYINGS = {
    "a": ((RINI, "gempa itu menewaskan tiga warga"), {"published": "2022-11-21", "outlet": "Kabar Tirta"}),
    "b": ((BAGAS, '"Korban tewas sudah lima orang"'), {"published": "2022-11-22", "outlet": "Suara Tirta"}),
    "c": ((DINAS, "pengungsi yang ditewaskan banjir belum didata"), {"published": "2023-01-05"}),
    "d": ((RINI, "Komisi Pemberantasan Korupsi memeriksa jembatan"), {"published": "2023-02-01"}),
    "e": ((BAGAS, "KPK belum menghubungi kami"), {"published": None}),
    "f": ((RINI, "pemerintah menyerahkan bantuan"), {"title": "Gempa Tirta", "published": "2024-01-01"}),
    "g": ((RINI, "Kota Pemalang menerima tamu"), {"published": "2024-01-02"}),
    "h": ((BAGAS, "nasib kami memang malang"), {"published": "2024-01-03"}),
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    """A ledger of a few statements."""
    path = tmp_path_factory.mktemp("search") / "a.ledger"
    with Ledger.open(path, write=True) as opened:
        opened.file([told(id, saying, **more) for id, (saying, more) in SAYINGS.items()])
    with Ledger.open(path) as opened:
        yield opened


ASKED = {
    "the stem finds every form": ("tewas", "abc"),
    "a form finds the stem": ("menewaskan", "abc"),
    "a passive finds the active": ("ditewaskan", "abc"),
    "all words are wanted": ("korban tewas", "b"),
    "in any order": ("tewas korban", "b"),
    "a phrase as it stands": ('"korban tewas"', "b"),
    "a phrase in printed marks": ("“korban tewas”", "b"),
    "a phrase has no other forms": ('"tewas"', "b"),
    "a phrase in the wrong order": ('"tewas korban"', ""),
    "a phrase that is not closed": ('"korban tewas', "b"),
    "an abbreviation finds the name": ("KPK", "de"),
    "small letters do, too": ("kpk", "de"),
    "the name finds the abbreviation": ("komisi pemberantasan korupsi", "de"),
    "a name and another word": ("komisi pemberantasan korupsi jembatan", "d"),
    "an abbreviation in a phrase": ('"kpk belum"', "e"),
    "a name is not found by a stem": ("malang", "h"),
    "a name is found by itself": ("Pemalang", "g"),
    "titles are not searched": ("bantuan gempa", ""),
    "nothing but marks": ("*** --", ""),
    "nothing": ("gunung", ""),
}


@pytest.mark.parametrize(("words", "articles"), ASKED.values(), ids=ASKED)
def test_what_words_find(ledger, words, articles):
    """Words are found in all their forms, abbreviations by their names, phrases as they stand."""
    assert sorted(hit.article for hit in ledger.search(words)) == list(articles)


FIRST = {"tewas": "b", "menewaskan": "a", "ditewaskan": "c"}


@pytest.mark.parametrize(("word", "article"), FIRST.items())
def test_the_word_itself_comes_first(ledger, word, article):
    """What holds the word as it was typed stands before what holds another form."""
    assert ledger.search(word)[0].article == article


FILTERS = {
    "speaker": ({"speaker": "wulandari"}, "adfg"),
    "speaker, all words": ({"speaker": "wulandari rini"}, "adfg"),
    "a body": ({"speaker": "dinas"}, "c"),
    "role": ({"role": "kepala"}, "beh"),
    "affiliation": ({"affiliation": "bpbd"}, "beh"),
    "outlet": ({"outlet": "suara"}, "b"),
    "kind": ({"kind": "direct"}, "b"),
    "act": ({"act": "denial"}, ""),
    "from": ({"since": "2023"}, "cdfgh"),
    "from a day": ({"since": "2022-11-22", "until": "2022-11-22"}, "b"),
    "to a month": ({"until": "2022-11"}, "ab"),
    "both": ({"since": "2022-11-22", "until": "2023-01"}, "bc"),
    "nobody": ({"speaker": "nobody at all"}, ""),
    "only marks": ({"speaker": '"*'}, ""),
}


@pytest.mark.parametrize(("filters", "articles"), FILTERS.values(), ids=FILTERS)
def test_what_filters_find(ledger, filters, articles):
    """Without words the filters alone say what is found, with words both."""
    assert sorted(hit.article for hit in ledger.search(**filters)) == list(articles)
    among = {hit.article for hit in ledger.search("tewas", **filters)}
    assert among == set(articles) & set("abc")


@pytest.mark.parametrize("role", ["menkes", "Menteri Kesehatan", "kesehatan menteri"])
def test_an_office_in_short_and_in_full(tmp_path, role):
    """An office is found by its abbreviation and by what that stands for, however the article has it."""
    with Ledger.open(tmp_path / "a.ledger", write=True) as ledger:
        for id, written in (("a", "Menkes"), ("b", "Menteri Kesehatan"), ("c", "Menteri Sosial")):
            ledger.file([told(id, (RINI, "warga sehat"), roles={RINI: (written, None)})])
        found = sorted(hit.article for hit in ledger.search("sehat", role=role))
        assert found == (["b"] if role.startswith("kesehatan") else ["a", "b"])


def test_the_latest_first_without_words(ledger):
    """Without words the latest comes first and what has no date last."""
    assert [hit.article for hit in ledger.search()] == list("hgfdcbae")


def test_titles_when_asked_for(ledger):
    """A word of the title counts where it is asked for, and what has it in its words stands first."""
    assert [hit.article for hit in ledger.search("bantuan gempa", titles=True)] == ["f"]
    assert [hit.article for hit in ledger.search("gempa", titles=True)] == ["a", "f"]


def test_pages_of_answers(ledger):
    """Answers can be had in pieces, in one order."""
    whole = [hit.statement for hit in ledger.search("tewas")]
    assert [hit.statement for at in range(3) for hit in ledger.search("tewas", limit=1, offset=at)] == whole


HOSTILE = (
    '"', '""', '"""', "'", "AND", "OR NOT", "NEAR(", "NEAR/3", "a NEAR b", "words:x", "{words} : x", "-x", "+x", "^x",
    "x*", "(", ")", "x AND (", "*", ":", "\x00", "a\x00b", "\ud800", "x" * 5000, "x " * 5000, "é́", "👍🏽", "%", "_",
    "'; DROP TABLE statements; --", "\\", "\n", "１２", "ﬁ", "½", "ا", "中文", "\u200b",
)  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: ascii(words[:20]))
def test_no_search_is_a_syntax_error(ledger, words):
    """Whatever is typed, as words or as a filter, is looked for and never an error."""
    for filters in ({}, {"speaker": words}, {"role": words}, {"affiliation": words}, {"outlet": words}):
        assert isinstance(ledger.search(words, titles=True, **filters), list)
    assert ledger.who(words).statements >= 0
    assert ledger.shift(words, words).undated == 0


@settings(deadline=None)
@given(st.text(max_size=40) | st.text('"“”abAND()*:-^{}+ ', max_size=30))
def test_any_search_has_an_answer(ledger, words):
    """No text is a search that fails."""
    assert isinstance(ledger.search(words), list)
    assert isinstance(ledger.search("tewas", speaker=words, role=words), list)


@given(st.text(max_size=60))
def test_parts_hold_only_words(words):
    """Every part of a search is made of letters and digits of what was typed."""
    for part in parse(words):
        assert all(word and word in words and word.isalnum() for word in part.words)


def test_names_are_not_stemmed():
    """A capital within a sentence, and a word of a person's name, have no stem; other words do."""
    words = wording("id")
    assert words.stems("Warga Berlian menyerahkan bantuan", frozenset()) == "serah bantu"
    assert words.stems("Menyerahkan bantuan. Pemukulan itu", frozenset({"bantuan"})) == "serah pukul"


EXPLAINED = {
    "Badan Pengelola Air Tirta (BPAT) menutup pintu": [("bpat", "badan pengelola air tirta")],
    "Badan Meteorologi, Klimatologi, dan Geofisika (BMKG)": [("bmkg", "badan meteorologi klimatologi dan geofisika")],
    "Kementerian Perairan (Kemenper) dan warga": [("kemenper", "kementerian perairan")],
    "Camat Sukamaju Rini Wulandari (RW)": [("rw", "rini wulandari")],
    "Rini Wulandari (47) mengatakan": [],
    "warga desa (WD) menolak": [],
    "Badan Pengelola Air (XYZ)": [],
    "(BPAT)": [],
}


@pytest.mark.parametrize(("text", "pairs"), EXPLAINED.items(), ids=EXPLAINED)
def test_abbreviations_that_a_text_explains(text, pairs):
    """An abbreviation in brackets stands for the words before it whose beginnings it spells."""
    assert list(wording("id").explained(text)) == pairs


def test_rebuilding_the_index_changes_no_answer(tmp_path):
    """An index that is made anew by other rules is the one that filing had made."""
    import sqlite3

    path = tmp_path / "a.ledger"
    with Ledger.open(path, write=True) as opened:
        opened.file(many(5))
        before = [hit.to_dict() for hit in opened.search("tutup")]
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE settings SET value = 'older' WHERE name = 'index'")
        connection.execute("INSERT INTO contents_index (contents_index) VALUES ('delete-all')")
    with Ledger.open(path) as opened:
        assert len(before) == 5
        assert [hit.to_dict() for hit in opened.search("tutup")] == before
