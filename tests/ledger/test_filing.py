import hashlib
import json
import sqlite3
from collections import Counter
from dataclasses import replace

import pytest
from articles import NOW, PROGRAM, many, told, whole
from hypothesis import given
from hypothesis import strategies as st

from katanya import Ledger
from katanya.core.outcomes import Reason, Rejected
from katanya.core.spans import Span
from katanya.ledger.entries import Entry, Program, changed, difference, iso_date
from katanya.ledger.filing import Filed

NEWER = Program("1.1", "id", "none")
LONG = " ".join(f"kata{number}" for number in range(80))
OTHER = " ".join(f"lain{number}" for number in range(80))


@pytest.fixture
def path(tmp_path):
    """Where a ledger is made."""
    return tmp_path / "a.ledger"


@pytest.fixture
def ledger(path):
    """A new ledger, open to be written."""
    with Ledger.open(path, write=True) as opened:
        yield opened


def rows(ledger, question, *values):
    """Ask the file itself."""
    with sqlite3.connect(ledger.path) as connection:
        return connection.execute(question, values).fetchall()


def test_every_field_of_the_record_comes_back(ledger):
    """What was filed can be had again, to the last field."""
    article = whole()
    ledger.file([article], program=PROGRAM, now=NOW)
    (again,) = ledger.articles()
    assert again.to_dict() == article.to_dict()


def test_filing_twice_changes_nothing(ledger):
    """The same article filed again leaves every table as it was."""
    ledger.file(many(3), program=PROGRAM, now=NOW)
    before = ledger.counts(), rows(ledger, "SELECT * FROM readings"), rows(ledger, "SELECT * FROM abbreviations")
    assert ledger.file(many(3), program=PROGRAM, now="2027-01-01") == {Filed.KNOWN: 3}
    after = ledger.counts(), rows(ledger, "SELECT * FROM readings"), rows(ledger, "SELECT * FROM abbreviations")
    assert after == before


def test_twice_in_one_go(ledger):
    """An article that comes twice in one transaction is there once."""
    (article,) = many(1)
    assert ledger.file([article, article], program=PROGRAM) == {Filed.NEW: 1, Filed.KNOWN: 1}
    assert ledger.counts()["statements"] == 3


def test_an_update_keeps_both_readings(ledger):
    """A newer program's reading stands beside the older one and is the current one."""
    old, new = told("a", ("Rini Wulandari", "jalan ditutup")), told("a", ("Rini Wulandari", "jalan ditutup"))
    new = replace(new, statements=tuple(replace(said, confidence=0.5) for said in new.statements))
    ledger.file([old], program=PROGRAM)
    assert ledger.file([new], program=NEWER) == {Filed.READING: 1}
    versions = "SELECT p.version, r.current FROM readings r JOIN programs p ON p.id = r.program ORDER BY r.id"
    assert rows(ledger, versions) == [("1.0", 0), ("1.1", 1)]
    assert [hit.confidence for hit in ledger.search("jalan")] == [0.5]
    assert [article.statements[0].confidence for article in ledger.articles()] == [0.5]


def test_an_old_reading_that_is_filed_again_stays_old(ledger):
    """What a newer reading has replaced does not become current by being filed once more."""
    article = told("a", ("Rini Wulandari", "jalan ditutup"))
    ledger.file([article], program=PROGRAM)
    ledger.file([article], program=NEWER)
    assert ledger.file([article], program=PROGRAM) == {Filed.KNOWN: 1}
    current = rows(ledger, "SELECT p.version FROM readings r JOIN programs p ON p.id = r.program WHERE r.current")
    assert current == [("1.1",)]


def test_a_changed_text_is_another_edition(ledger):
    """The same address with another text is a new edition, with what is different; only it is found."""
    url = "https://tirta.example/jembatan"
    first = told("a", ("Rini Wulandari", "jembatan ditutup sepekan"), url=url)
    second = told("a", ("Rini Wulandari", "jembatan ditutup sebulan"), url=url + "#komentar")
    ledger.file([first], program=PROGRAM)
    assert ledger.file([second], program=PROGRAM) == {Filed.EDITION: 1}
    assert [hit.content for hit in ledger.search("jembatan")] == ["jembatan ditutup sebulan"]
    ((told_difference,),) = rows(ledger, "SELECT difference FROM editions WHERE number = 2")
    assert changed(first.text, json.loads(told_difference)["text"]) == second.text
    assert ledger.counts()["articles"] == 1
    assert rows(ledger, "SELECT text FROM editions ORDER BY number") == [(first.text,), (second.text,)]


def test_a_changed_title_is_another_edition(ledger):
    """A changed title is kept beside the old one."""
    saying = ("Rini Wulandari", "jembatan ditutup")
    ledger.file([told("a", saying, title="Jembatan Ditutup"), told("a", saying, title="Jembatan Dibuka")])
    ((difference_told,),) = rows(ledger, "SELECT difference FROM editions WHERE number = 2")
    assert json.loads(difference_told) == {"title": ["Jembatan Ditutup", "Jembatan Dibuka"]}


def test_an_older_edition_that_is_filed_again_stays_old(ledger):
    """The order of filing goes: an edition that was replaced is known when it comes again."""
    first, second = (told("a", ("Rini Wulandari", words), url="https://t.example/1") for words in ("satu", "dua"))
    ledger.file([first, second])
    assert ledger.file([first]) == {Filed.KNOWN: 1}
    assert [hit.content for hit in ledger.search()] == ["dua"]
    assert ledger.file([first], program=NEWER) == {Filed.READING: 1}
    assert [hit.content for hit in ledger.search()] == ["dua"]


def test_the_address_of_a_list_leads_to_many_articles(ledger):
    """Articles with other titles and nothing in common are not editions of one another, whatever their address."""
    url = "https://tirta.example/cari?halaman=2"
    pair = [
        told("a", ("Rini Wulandari", LONG), url=url, title="Satu"),
        told("b", ("Rini Wulandari", OTHER), url=url, title="Dua"),
    ]
    assert ledger.file(pair) == {Filed.NEW: 2}
    assert ledger.file(pair) == {Filed.KNOWN: 2}
    assert ledger.counts()["articles"] == 2


IDENTITIES = {
    "another outlet": ({"outlet": "Suara Tirta"}, {}, 2),
    "another id": ({"id": "b"}, {}, 2),
    "the case of the host": ({"url": "https://T.example/1"}, {"url": "https://t.example/1"}, 1),
    "an address only one has": ({"url": "https://t.example/1"}, {}, 2),
}


@pytest.mark.parametrize(("one", "other", "articles"), IDENTITIES.values(), ids=IDENTITIES)
def test_what_an_article_is_known_by(ledger, one, other, articles):
    """An article is known by its address, else by its outlet and id."""
    for fields in (one, other):
        ledger.file([told(**{"id": "a"} | fields)])
    assert ledger.counts()["articles"] == articles


def test_a_made_up_id_tells_nothing(ledger):
    """Articles whose ids were made up for them are known by their text."""
    one, other = told("news:1", ("Rini Wulandari", "satu")), told("news:1", ("Rini Wulandari", "dua"))
    entries = [Entry(article, named=False) for article in (one, other, one)]
    assert ledger.file(entries) == {Filed.NEW: 2, Filed.KNOWN: 1}


def test_dates_are_never_made_up(ledger):
    """An article whose date cannot be told has none, and is in no period."""
    ledger.file([
        told("a", ("Rini Wulandari", "satu"), published="2025-06-03"),
        told("b", ("Rini Wulandari", "dua"), published="kemarin"),
        told("c", ("Rini Wulandari", "tiga"), published=None),
    ], now=NOW)  # fmt: skip
    assert [(hit.article, hit.dated) for hit in ledger.search()] == [("a", "2025-06-03"), ("b", None), ("c", None)]
    assert [hit.article for hit in ledger.search(since="1900", until="2100")] == ["a"]


DATES = {
    "2025-06-03": True, "2025-06-03T08:00:00+07:00": True, "2025-06-03 08:00": True, "2025-06": False,
    "2025-13-03": False, "03-06-2025": False, "Selasa, 3 Juni 2025": False, "": False, None: False,
}  # fmt: skip


@pytest.mark.parametrize(("printed", "is_one"), DATES.items(), ids=map(str, DATES))
def test_iso_dates(printed, is_one):
    """Only a whole date in ISO 8601 is one."""
    assert iso_date(printed) == (printed if is_one else None)


def broken(article, **fields):
    """Return an article whose first statement has other fields."""
    first, *others = article.statements
    return replace(article, statements=(replace(first, **fields), *others))


BROKEN = {
    "a span that is not the text's": (lambda article: broken(article, cue=Span(0, 4, "nope")), "not what stands at"),
    "a span beyond the text": (lambda article: broken(article, contents=(Span(9000, 9004, "a"),)), "not what stands"),
    "an id twice": (lambda article: broken(article, id="s2"), "the same id"),
    "within nothing": (lambda article: broken(article, within="s9"), "no other statement"),
    "within itself": (lambda article: broken(article, within="s1"), "no other statement"),
    "half a surrogate": (lambda article: replace(article, document=replace(article.document, title="\ud800")), ""),
}


@pytest.mark.parametrize(("breaks", "says"), BROKEN.values(), ids=BROKEN)
def test_what_is_not_sound_is_rejected_with_its_reason(ledger, breaks, says):
    """A record that is not sound is filed as rejected, and the rest is done."""
    good, bad = told("a", ("Rini Wulandari", "satu")), told("b", ("Rini Wulandari", "dua"), ("Bagas Prakoso", "tiga"))
    assert ledger.file([breaks(bad), good], source="in.jsonl") == {Filed.REJECTED: 1, Filed.NEW: 1}
    (row,) = ledger.rejected()
    assert (row.source, row.reason) == ("in.jsonl", "bad record")
    assert says in row.detail
    assert ledger.counts()["articles"] == 1


def test_rejects_are_kept_once(ledger):
    """An input that could not be read is kept with its reason, once however often it is met."""
    reject = Rejected("in.html", Reason.NO_ARTICLE, "3 words")
    for _ in range(2):
        ledger.file([reject], now=NOW)
    assert [row.to_dict() for row in ledger.rejected()] == [
        {"source": "in.html", "entry": "", "at": 0, "reason": "no article", "detail": "3 words"}
    ]


def test_all_or_nothing(ledger):
    """Where filing fails on the way, nothing of it is there."""

    def failing():
        yield told("a", ("Rini Wulandari", "satu"))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ledger.file(failing())
    assert set(ledger.counts().values()) == {0}
    assert ledger.search("satu") == []


def content(path):
    """Return everything that a ledger holds, as SQLite writes it out."""
    with sqlite3.connect(path) as connection:
        return hashlib.sha256("\n".join(connection.iterdump()).encode()).hexdigest()


def test_the_same_input_makes_the_same_ledger(tmp_path):
    """The content of a ledger is a function of what is filed, in which order, and of the time that is passed in."""
    for name in ("one", "two"):
        with Ledger.open(tmp_path / name, write=True) as ledger:
            ledger.file(many(5), program=PROGRAM, now=NOW)
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_abbreviations_are_learned(ledger):
    """What two articles explain as an abbreviation is found under both names; one that contradicts it is not."""
    explained = "Forum Warga Bantaran Sungai (FWBS) menolak"
    roles = {"Forum Warga Bantaran Sungai (FWBS)": (None, None)}
    for id in ("a", "b"):
        ledger.file([told(id, ("Rini Wulandari", f"{explained} {id}"), roles=roles)])
    ledger.file([told("c", ("Rini Wulandari", "FWBS menggugat")), told("d", ("Rini Wulandari", "warga menggugat"))])
    assert {hit.article for hit in ledger.search("forum warga bantaran sungai")} == {"a", "b", "c"}
    assert {hit.article for hit in ledger.search("fwbs menggugat")} == {"c"}


PIECES = ["jembatan ", "ditutup ", "lagi", "\n", "  ", "“", "40", "é"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(TEXTS, TEXTS)
def test_differences_make_the_new_text_of_the_old(old, new):
    """Whatever two texts are, the edits between them turn one into the other."""
    assert changed(old, difference(old, new)) == new


def test_the_difference_of_long_texts_is_not_searched_for_ever():
    """Two long texts that have nothing in common but their ends are told as a whole."""
    old = "awal " + " ".join(f"a{number}" for number in range(3000)) + " akhir"
    new = "awal " + " ".join(f"b{number}" for number in range(3000)) + " akhir"
    assert len(difference(old, new)) == 1
    assert changed(old, difference(old, new)) == new


def test_counts_are_by_what_became_of_it(ledger):
    """Filing tells how many articles were new, and so on."""
    assert ledger.file(many(4)) == Counter({Filed.NEW: 4})
