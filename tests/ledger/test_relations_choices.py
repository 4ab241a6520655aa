"""Choices by hand take effect at once, and come to the same as a relating of everything."""

import sqlite3
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from articles import told
from hypothesis import given, settings
from hypothesis import strategies as st

from katanya import Article, Ledger
from katanya.core.records import SpeakerKind

ROLES = {
    "Wendra Kartasubrata": ("Bupati", "Tirta"),
    "Wendra Kartasubrota": ("Bupati", "Tirta"),
    "Rini Wulandari": ("Camat", "Sukamaju"),
    "Budi Santoso": ("Ketua", "DPRD Bantar"),
    "Lestari Handayani": ("Menteri Perdagangan", None),
}
SAID = "Jembatan gantung itu kami tutup sementara karena talinya aus dan papannya lapuk"
OFFICE = "Mendag"


def report(number: int, one: str, other: str) -> Article:
    """Return a report in which two people speak, and the minister by the office alone."""
    article = told(
        f"n{number}", (one, f'"{SAID}"'), (other, f"jalur nomor {number} dialihkan sejak pagi"),
        (OFFICE, "harga naik lagi"), published=f"2025-06-{number + 1:02}", outlet=f"Kabar {number}", roles=ROLES,
    )  # fmt: skip
    spoken = (
        replace(said, speaker_kind=SpeakerKind.ANONYMOUS) if said.speaker == OFFICE else said
        for said in article.statements
    )
    return replace(article, statements=tuple(spoken))


ARTICLES = [report(*row) for row in ((at, *pair) for at, pair in enumerate(combinations(ROLES, 2)))]
TABLES = {
    "persons": "SELECT id, name FROM persons",
    "sightings": "SELECT people, person FROM sightings",
    "office_holders": "SELECT statement, person FROM office_holders",
    "versions": "SELECT statement, quotation, number, origin FROM versions",
    "origins": "SELECT quotation, number, house, because FROM origins",
}
KEYED = """
SELECT g.person, a.key, n.name FROM sightings g JOIN people p ON p.id = g.people JOIN names n ON n.id = p.name
JOIN readings r ON r.id = p.reading JOIN articles a ON a.id = r.article ORDER BY 2, 3
"""
ACT = st.tuples(st.sampled_from(("merge", "split", "undo")), st.integers(0, 9), st.integers(0, 9))
ACTS = st.lists(ACT, max_size=5)


def state(ledger: Ledger) -> dict[str, list[tuple]]:
    """Return all that is derived from many articles."""
    with sqlite3.connect(ledger.path) as connection:
        return {table: sorted(connection.execute(sql).fetchall()) for table, sql in TABLES.items()}


def choose(ledger: Ledger, verb: str, one: int, other: int) -> None:
    """Make one choice, or take one back, where there is something to choose."""
    people = sorted(ledger.people("", limit=99), key=lambda person: person.id)
    first, second = people[one % len(people)], people[other % len(people)]
    by = {"author": "Sari", "now": "2026-01-01"}
    if verb == "merge" and first.id != second.id:
        ledger.merge(first.id, second.id, reason="", **by)
    elif verb == "split":
        ledger.split(first.id, [first.sightings[other % len(first.sightings)][0]], reason="", **by)
    elif verb == "undo" and ledger.choices():
        ledger.undo_choice(ledger.choices()[one % len(ledger.choices())].id, **by)


@settings(max_examples=25, deadline=None)
@given(st.permutations(ARTICLES), ACTS)
def test_a_choice_at_once_and_a_relating_of_everything_come_to_the_same(articles, acts):
    """Whatever the order of filing and the choices, what a choice leaves is what relating all anew leaves."""
    with TemporaryDirectory() as folder, Ledger.open(Path(folder) / "a.ledger", write=True) as ledger:
        ledger.file(articles)
        ledger.relate()
        for act in acts:
            choose(ledger, *act)
            at_once = state(ledger)
            ledger.relate()
            assert state(ledger) == at_once


@settings(max_examples=15, deadline=None)
@given(st.permutations(ARTICLES), st.integers(0, len(ARTICLES)))
def test_who_is_who_does_not_depend_on_the_order_of_filing(articles, first):
    """People and their numbers are the same whatever was filed first, and related in between."""
    with TemporaryDirectory() as folder:
        found = []
        for name, parts in (("a", [ARTICLES]), ("b", [articles[:first], articles[first:]])):
            with Ledger.open(Path(folder) / name, write=True) as ledger:
                for part in parts:
                    ledger.file(part)
                    ledger.relate()
                with sqlite3.connect(ledger.path) as connection:
                    found.append(connection.execute(KEYED).fetchall())
        assert found[0] == found[1]


@pytest.fixture
def ledger(tmp_path):
    """A ledger of reports about five people, related."""
    with Ledger.open(tmp_path / "a.ledger", write=True) as opened:
        opened.file(ARTICLES)
        opened.relate()
        yield opened


def test_an_office_follows_a_choice(ledger):
    """What an office said alone is hers who held it, and after a merge theirs who she is."""
    (minister,) = ledger.people("Lestari Handayani")
    said = len(state(ledger)["office_holders"])
    assert said > 0
    (regent, *_) = ledger.people("Wendra Kartasubrata")
    ledger.merge(minister.id, regent.id, author="Sari", reason="", now="2026-01-01")
    merged = min(minister.id, regent.id)
    assert {person for _, person in state(ledger)["office_holders"]} == {merged}


def test_others_keep_their_numbers(ledger):
    """A merge takes the lower number, a split the next free one, and nobody else is called otherwise."""
    before = {person.name: person.id for person in ledger.people("", limit=99)}
    low, high = sorted((before["Budi Santoso"], before["Rini Wulandari"]))
    ledger.merge(high, low, author="Sari", reason="", now="2026-01-01")
    merged = {person.id for person in ledger.people("", limit=99)}
    assert merged == set(before.values()) - {high}
    ledger.split(low, [ledger.person(low).sightings[0][0]], author="Sari", reason="", now="2026-01-02")
    assert {person.id for person in ledger.people("", limit=99)} == merged | {max(before.values()) + 1}


def test_a_choice_does_not_make_relations_old(ledger):
    """What was related stays so after a choice, and says how much was filed since after a filing."""
    one, other, *_ = ledger.people("", limit=9)
    ledger.merge(one.id, other.id, author="Sari", reason="", now="2026-01-01")
    assert (ledger.is_related(), ledger.filed_since()) == (True, 0)
    ledger.file([told("new", ("Rini Wulandari", "pasar dibuka lagi"))])
    assert (ledger.is_related(), ledger.filed_since()) == (False, 1)


def test_a_choice_holds_over_what_was_related(ledger):
    """A choice made after more was filed lies over the people as they were last related, and over all of them later."""
    (before,) = ledger.people("Rini Wulandari")
    ledger.file([told("new", ("Rini Wulandari", "pasar dibuka lagi"))])
    ledger.split(before.id, [before.sightings[0][0]], author="Sari", reason="", now="2026-01-01")
    assert sorted(one.articles for one in ledger.people("Rini Wulandari")) == [1, before.articles - 1]
    ledger.relate()
    assert sum(one.articles for one in ledger.people("Rini Wulandari")) == before.articles + 1
