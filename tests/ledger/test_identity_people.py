"""Who is who across articles: one person under several names, two under one, and who an office means."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from katanya.lang.pack import load_pack
from katanya.ledger.identity.choices import Choice, Verb, apply
from katanya.ledger.identity.holders import Holders
from katanya.ledger.identity.likeness import one_slip
from katanya.ledger.identity.resolve import Person, resolve
from katanya.ledger.identity.sightings import Sighting
from katanya.ledger.identity.words import lexicon
from katanya.ledger.linkage import components, linkage

WORDS = lexicon("id")


def seen(
    article: str,
    name: str,
    role: str | None = None,
    affiliation: str | None = None,
    date: str | None = None,
    *forms: str,
    beside: tuple[str, ...] = (),
) -> Sighting:
    """Return a sighting of an invented person."""
    return Sighting(article, name, role, affiliation, date, "Kabar Tirta", forms, beside)


MINISTER = ("Menteri Keuangan (Menkeu)", None)
SAME = [
    (
        "full name and its beginning",
        [
            seen("a", "Ratna Wiryani", *MINISTER, "2021-03-01"),
            seen("b", "Ratna Wiryani Kusumanegara", *MINISTER, "2021-05-01"),
        ],
    ),
    (
        "an office written out and short",
        [
            seen("a", "Ratna Wiryani", "Menkeu", None, "2021-03-01"),
            seen("b", "Ratna Wiryani", "Menteri Keuangan", "Republik Indonesia", "2021-05-01"),
        ],
    ),
    (
        "old and new spelling",
        [
            seen("a", "Soekarto Tjiptaningrat", "Rektor", "Universitas Bahari", "2020-01-01"),
            seen("b", "Sukarto Ciptaningrat", "Rektor", "Universitas Bahari", "2020-02-01"),
        ],
    ),
    (
        "a slip of the pen",
        [
            seen("a", "Wendra Kartasubrata", "Bupati", "Tirta", "2022-01-01"),
            seen("b", "Wendra Kartasubrota", "Bupati", "Tirta", "2022-01-03"),
        ],
    ),
    (
        "a first name that many leave out",
        [
            seen("a", "Muhammad Wendra Kartasubrata", "Bupati", "Tirta", "2022-01-01"),
            seen("b", "Wendra Kartasubrata", "Ketua", "Partai Laut", "2023-01-01"),
        ],
    ),
    (
        "a whole name of rare words in another office",
        [
            seen("a", "Wendra Kartasubrata", "Direktur", "PT Garam Tirta", "2018-01-01"),
            seen("b", "Wendra Kartasubrata", "Wakil Menteri Kelautan", None, "2025-01-01"),
        ],
    ),
    (
        "a nickname that both articles use",
        [
            seen("a", "Bambang Suryokusumo", "Ketua", "DPRD Tirta", "2021-01-01", "Bamsur"),
            seen("b", "Bambang Suryokusumo", "Ketua Umum", "Perkumpulan Sepeda", "2021-09-01", "Bamsur"),
        ],
    ),
    (
        "a verb that a lost link ran into the name",
        [
            seen("a", "Wendra Kartasubrata", "Bupati", "Tirta", "2022-01-01"),
            seen("b", "Wendra Kartasubratamengatakan", "Bupati", "Tirta", "2022-01-01"),
        ],
    ),
]
APART = [
    (
        "one name, two offices of two places",
        [
            seen("a", "Budi Santoso", "Menteri Perdagangan", None, "2025-01-01"),
            seen("b", "Budi Santoso", "Ketua", "DPRD Bantar", "2025-01-01"),
        ],
    ),
    (
        "a husband and his wife",
        [
            seen("a", "Saiful Yusrandi", "Menteri Sosial", None, "2025-01-01"),
            seen("b", "Fatma Saiful Yusrandi", "Penasihat", "Darma Wanita Kementerian Sosial", "2025-02-01"),
        ],
    ),
    (
        "two of a common single name",
        [
            seen("a", "Agus", "warga", "Tirta", "2025-01-01"),
            seen("b", "Agus", "pedagang", None, "2025-06-01"),
        ],
    ),
    (
        "two given names of one family",
        [
            seen("a", "Rini Wulandari", "Camat", "Sukamaju", "2025-01-01"),
            seen("b", "Tuti Wulandari", "Lurah", "Sukasari", "2025-01-01"),
        ],
    ),
]


@pytest.mark.parametrize("sightings", [case for _, case in SAME], ids=[name for name, _ in SAME])
def test_one_person(sightings):
    """What is written in different ways of one person leads to one person."""
    assert len(resolve(sightings, WORDS)) == 1


@pytest.mark.parametrize("sightings", [case for _, case in APART], ids=[name for name, _ in APART])
def test_two_people(sightings):
    """Names that are alike do not make one person where office, place or the order of names speak against it."""
    assert len(resolve(sightings, WORDS)) == len(sightings)


def crowd() -> list[Sighting]:
    """Return sightings of several people, some under several names."""
    found = [one for _, case in SAME + APART for one in case]
    return [
        Sighting(f"{at}-{one.article}", one.name, one.role, one.affiliation, one.date, one.outlet, one.forms)
        for at, one in enumerate(found)
    ]


def groups(people: list[Person]) -> list[list[tuple[str, str]]]:
    """Return who is together with whom."""
    return [[sighting.key for sighting in person.sightings] for person in people]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_filing_does_not_matter(seed):
    """The people are a function of the set of sightings."""
    shuffled = crowd()
    random.Random(seed).shuffle(shuffled)
    assert groups(resolve(shuffled, WORDS)) == groups(resolve(crowd(), WORDS))


def test_a_short_name_goes_where_it_leads_alone():
    """A name that says too little by itself goes to the one person whom articles call so, and else stays alone."""
    regent = [
        seen(f"a{at}", "Wendra Kartasubrata", "Bupati", "Tirta", f"2022-01-0{at}", "Wendra") for at in range(1, 6)
    ]
    people = resolve([*regent, seen("b", "Wendra", None, None, "2022-01-04")], WORDS)
    assert [len(person.sightings) for person in people] == [6]
    several = [
        seen(f"c{at}", f"Agus {name}", "Camat", name, "2022-01-01", "Agus")
        for at, name in enumerate(("Kartasubrata", "Wiryokusumo", "Ciptaningrat"))
    ]
    alone = seen("d", "Agus", None, None, "2022-01-02")
    assert [person.sightings for person in resolve([*several, alone], WORDS) if alone in person.sightings] == [[alone]]


def test_an_office_alone_means_who_held_it_then():
    """``Menkeu`` in 2012 and in 2022 are different people, and nobody where no one is sure."""
    people = resolve(
        [
            *(seen(f"a{at}", "Agung Martokusumo", *MINISTER, f"2012-03-0{at}") for at in (1, 2)),
            *(seen(f"b{at}", "Ratna Wiryaningtyas", "Menteri Keuangan", None, f"2022-03-0{at}") for at in (1, 2)),
            seen("c", "Doni Prawirodirjo", "Mantan Menteri Keuangan", None, "2022-03-01"),
        ],
        WORDS,
    )
    holders = Holders(dict(enumerate(people)), WORDS)
    name = {day: holders.holder("Menkeu", "z", day) for day in ("2012-04-01", "2022-04-01", "2017-01-01", None)}
    assert people[name["2012-04-01"]].name == "Agung Martokusumo"
    assert people[name["2022-04-01"]].name == "Ratna Wiryaningtyas"
    assert name["2017-01-01"] is None
    assert name[None] is None


def test_an_office_alone_means_its_holder_in_the_article():
    """Somebody of the same article who holds the office goes before all others; of two it means neither."""
    inside = [seen("a", "Ratna Wiryaningtyas", "Menteri Keuangan", None, None)]
    people = resolve(inside, WORDS)
    assert Holders(dict(enumerate(people)), WORDS).holder("Menkeu", "a", None) == 0
    both = resolve([*inside, seen("a", "Lars Halvorsen", "Menteri Keuangan", "Norwegia")], WORDS)
    assert Holders(dict(enumerate(both)), WORDS).holder("Menkeu", "a", None) is None


@pytest.mark.parametrize("calling", ["jaksa", "dokter", "warga", "mantan menteri keuangan", ""])
def test_a_calling_is_no_office(calling):
    """What many people are at a time leads to nobody."""
    people = resolve(
        [seen(f"a{at}", "Agung Martokusumo", calling or None, None, "2012-03-01") for at in range(3)], WORDS
    )
    assert Holders(dict(enumerate(people)), WORDS).holder(calling, "z", "2012-03-01") is None


def test_choices_lie_over_what_was_found():
    """A merge joins whole people, a split takes sightings out, in the order in which they were made."""
    people = resolve([case[at] for _, case in APART[:2] for at in (0, 1)], WORDS)
    people = dict(enumerate(people, 1))
    budis = [("a", "Budi Santoso"), ("b", "Budi Santoso")]
    merge = Choice(Verb.MERGE, tuple(budis), "Sari", "2026-01-01", "the same man")
    split = Choice(Verb.SPLIT, (budis[1],), "Sari", "2026-01-02", "not the same man")
    assert budis in groups([*apply(people, [merge]).values()])
    assert [budis[1]] in groups([*apply(people, [merge, split]).values()])
    assert apply(people, [merge, split, merge]) == apply(people, [merge])


def test_a_choice_outlives_a_reading_that_lost_its_name():
    """What a choice names and no reading has any more is passed over."""
    people = resolve(APART[0][1], WORDS)
    gone = Choice(Verb.SPLIT, (("gone", "Budi Santoso"),), "Sari", "2026-01-01", "a slip")
    numbered = dict(enumerate(people, 1))
    assert apply(numbered, [gone]) == numbered


def test_one_strong_edge_does_not_join_two_clusters():
    """Clusters join by the mean over all their pairs."""
    edges = dict.fromkeys(((0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5)), 2.0) | {(2, 3): 9.0}
    assert [sorted(part) for part in components(6, edges)] == [[0, 1, 2, 3, 4, 5]]
    assert sorted(linkage([0, 1, 4, 5], edges, -1.0)) == [[0, 1], [4, 5]]


@settings(max_examples=200)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]), st.floats(-9, 9)
    )
)
def test_linkage_keeps_every_member_once(edges):
    """Whatever the scores, each number is in one cluster."""
    clusters = linkage(list(range(8)), edges, -1.0)
    assert sorted(number for cluster in clusters for number in cluster) == list(range(8))


@given(st.text("abcdef", min_size=1, max_size=9), st.data())
def test_one_slip_is_found(word, data):
    """A letter that was changed, left out or put in is one slip."""
    at = data.draw(st.integers(0, len(word) - 1))
    assert one_slip(word, word[:at] + word[at + 1 :])
    assert one_slip(word, word[:at] + "x" + word[at:])
    assert one_slip(word, word[:at] + "x" + word[at + 1 :])


def test_an_abbreviation_is_written_out_in_one_place():
    """What the table of abbreviations says is not said again for offices, and offices know it."""
    pack = load_pack("id")
    assert set(pack.table("shortenings")) & set(pack.table("abbreviations")) == set()
    assert WORDS.office("Ketua AJI") == WORDS.office("Ketua Aliansi Jurnalis Independen")
