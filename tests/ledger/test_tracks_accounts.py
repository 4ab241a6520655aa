"""Figures of several accounts gathered into tracks: what they count, by time and source, and where they part."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from katanya.ledger.tracks.accounts import Account, Spot, agree
from katanya.ledger.tracks.counted import counting
from katanya.ledger.tracks.tracks import tracks

TELL = counting("id")

COUNTED = [
    ("Banjir itu menewaskan sedikitnya [12] orang.", "orang", "tewas"),
    ("Ada [12] orang meninggal dunia akibat banjir.", "orang", "tewas"),
    ("Korban yang meninggal sudah [12] orang.", "orang", "tewas"),
    ("Tercatat [12] korban jiwa.", "korban jiwa", "tewas"),
    ("Tiga orang tewas dan [12] lainnya luka-luka.", "lainnya", "luka"),
    ("Tiga orang tewas, [12] orang masih dicari.", "orang", "hilang"),
    ("Sebanyak [12] warga mengungsi ke balai desa.", "warga", "mengungsi"),
    ("Sebanyak [12] pengungsi tinggal di tenda.", "pengungsi", "mengungsi"),
    ("Satu pohon jatuh dan melukai [12] orang.", "orang", "luka"),
    ("[Satu] pohon jatuh dan melukai 12 orang.", "pohon", "pohon"),
    ("Ada 12 orang tewas, termasuk [tiga] anak.", "anak", None),
    ("Ada 12 orang tewas, [tiga] di antaranya anak.", None, None),
    ("Sebanyak [12] rumah rusak.", "rumah", "rusak"),
    ("Pemerintah membangun [12] jembatan.", "jembatan", "jembatan"),
    ("Ada [12] orang di sana.", "orang", None),
]


@pytest.mark.parametrize(("sentence", "of", "label"), COUNTED)
def test_what_is_counted(sentence, of, label):
    """Figures of one thing have one class, whatever words they are told in; a part of another has none."""
    start = sentence.index("[")
    text = sentence.replace("[", "").replace("]", "")
    counted = TELL.counted(text, start, sentence.index("]") - 1, of)
    assert (None if counted is None or counted.part else counted.label) == label


def test_money_is_no_casualty():
    """Money beside the dead is not what became of them; a loss of money is a class."""
    text = "Keluarga korban tewas menerima Rp15 juta."
    assert TELL.counted(text, 31, 40, None, "money") is None
    assert TELL.counted("Kerugian mencapai Rp15 juta.", 18, 27, None, "money").label == "rugi"


QUESTIONS = [
    ("korban tewas banjir Sukamaju", {"tewas"}, {"banjir", "sukamaju"}),
    ("jumlah orang yang meninggal akibat longsor", {"tewas"}, {"longsor"}),
    ("pengungsi Tirta", {"mengungsi"}, {"tirta"}),
    ("harga beras", set(), {"harga", "beras"}),
    ("", set(), set()),
]


@pytest.mark.parametrize(("words", "classes", "topic"), QUESTIONS)
def test_questions(words, classes, topic):
    """A question is parted into what is counted and the event."""
    assert TELL.question(words) == (frozenset(classes), frozenset(topic))


def account(
    article: str,
    low: float | None,
    high: float | None = -1,
    speaker: str | None = None,
    date: str | None = "2025-01-10",
    **more,
) -> Account:
    """Return an account of the dead of an invented flood; without ``high`` the figure is exact."""
    exact = low if high == -1 else high
    return Account(article, "s1", date, f"outlet {article}", speaker, str(low), "tewas", low, exact, **more)


SUKAMAJU, TIRTA = (Spot("Sukamaju"),), (Spot("Tirta"),)
BANTAR, KOTA = (Spot("Bantar", "province", "ID", "ID-XB"),), (Spot("Lembang", "city", "ID", "ID-XB"),)
MONDAY = {"since": "2025-01-06", "until": "2025-01-06"}
TUESDAY = {"since": "2025-01-07", "until": "2025-01-07"}
YEAR = {"since": "2024-01-01", "until": "2024-12-31"}
NINE, ELEVEN = "2025-01-10T09:00", "2025-01-10T11:30"
AGREE = [
    ("one figure", account("a", 12), account("b", 12), True),
    ("two figures", account("a", 12), account("b", 14), False),
    ("an open bound that allows it", account("a", 12, None), account("b", 14), True),
    ("an open bound that does not", account("a", 15, None), account("b", 14), False),
    ("bounds that meet", account("a", 11, 19), account("b", 19, 30), True),
    ("another day", account("a", 12), account("b", 14, date="2025-01-11"), None),
    ("told on one day of the same days", account("a", 12, **MONDAY), account("b", 14, **MONDAY), False),
    ("told on one day of other days", account("a", 12, **MONDAY), account("b", 14, **TUESDAY), None),
    ("told later of the same day", account("a", 12, **MONDAY), account("b", 14, date="2025-01-11", **MONDAY), None),
    ("of one long time", account("a", 12, **YEAR), account("b", 14, date="2025-02-20", **YEAR), False),
    ("of a long time and of a day", account("a", 12, **YEAR), account("b", 14), None),
    ("told within hours", account("a", 12, date=NINE), account("b", 14, date=ELEVEN), False),
    ("told hours apart", account("a", 12, date=NINE), account("b", 14, date="2025-01-10T18:30"), None),
    ("told when the other was counted", account("a", 12, told=NINE), account("b", 14, date=ELEVEN), False),
    ("what came anew", account("a", 12, aspect="increase"), account("b", 14), None),
    ("some of those who are counted", account("a", 12, group="anak"), account("b", 14), None),
    ("a province and its town", account("a", 12, where=BANTAR), account("b", 14, where=KOTA), None),
    ("no day", account("a", 12, date=None), account("b", 14), None),
    ("another place", account("a", 12, where=SUKAMAJU), account("b", 14, where=TIRTA), None),
    ("one place", account("a", 12, where=SUKAMAJU), account("b", 14, where=SUKAMAJU + TIRTA), False),
    ("another unit", account("a", 12, unit="hectare"), account("b", 14), None),
]


@pytest.mark.parametrize(("one", "other", "result"), [case[1:] for case in AGREE], ids=[case[0] for case in AGREE])
def test_agreement(one, other, result):
    """Two accounts part where what they allow does not meet, at one time and place; else nothing is said."""
    assert agree(one, other) is result
    assert agree(other, one) is result


def test_a_track_by_time_and_source():
    """A track shows each source's lowest and highest, its last account, and how many origins it has."""
    (track,) = tracks(
        [
            account("a", 12, speaker="Bagas Prakoso", origin=0),
            account("b", 12, speaker="Bagas Prakoso", origin=0),
            account("c", 14, None, speaker="Bagas Prakoso", date="2025-01-12", origin=1),
            account("d", 20, speaker="Lestari Handayani", origin=2),
        ]
    )
    first, second = track.sources
    assert (first.name, first.low, first.high, first.accounts, first.origins) == ("Bagas Prakoso", 12, None, 3, 2)
    assert first.last.article == "c"
    assert (second.name, second.low, second.high, second.origins) == ("Lestari Handayani", 20, 20, 1)
    assert track.origins == 3
    assert [(part.one.low, part.other.low) for part in track.parts] == [(12, 20)]


def test_one_article_parts_by_its_sources():
    """Two sources of one article part where their figures do; one source, or one not named, is laid against nobody."""
    two = [account("a", 21, speaker="Bagas Prakoso"), account("a", 14, speaker="Lestari Handayani")]
    (track,) = tracks(two)
    assert [(part.one.low, part.other.low) for part in track.parts] == [(14, 21)]
    for speaker in ("Bagas Prakoso", None):
        (track,) = tracks([account("a", 21, speaker="Bagas Prakoso"), account("a", 14, speaker=speaker)])
        assert track.parts == []


def test_accounts_of_one_statement_have_an_order():
    """Two figures of one statement in the same words stand in one order, whatever the order of the input."""
    two = [account("a", 12, high, of=of) for high in (12, None) for of in ("orang", "warga")]
    assert {tracks(order)[0].accounts for order in permutations(two)} == {tracks(two)[0].accounts}


def test_one_event_a_track():
    """What lies more than three weeks or another place away is another event."""
    found = tracks(
        [
            account("a", 12, where=SUKAMAJU),
            account("b", 13, where=SUKAMAJU),
            account("c", 12, date="2025-03-01", where=SUKAMAJU),
            account("d", 13, date="2025-03-02", where=SUKAMAJU),
            account("e", 12, where=TIRTA),
            account("f", 12, where=TIRTA),
        ]
    )
    assert sorted(sorted(one.article for one in track.accounts) for track in found) == [
        ["a", "b"],
        ["c", "d"],
        ["e", "f"],
    ]


def test_one_scope_a_track():
    """A village's figure and a province's are not laid side by side."""
    found = tracks([account("a", 3), account("b", 4), account("c", 310), account("d", 290)])
    assert sorted(sorted(one.article for one in track.accounts) for track in found) == [["a", "b"], ["c", "d"]]


def test_without_a_date_an_account_joins_the_only_event():
    """An account without a date joins an event where there is one that it can be of, and else stands alone."""
    (track,) = tracks([account("a", 12), account("b", 13), account("c", 12, date=None)])
    assert len(track.accounts) == 3
    two = [account("a", 12), account("b", 13, date="2025-06-01"), account("c", 12, date=None)]
    assert tracks(two) == []


NUMBERS = st.one_of(st.none(), st.integers(0, 500).map(float))
ACCOUNTS = st.lists(
    st.builds(
        lambda at, low, high, day: account(f"a{at}", *sorted((low, high), key=lambda n: n or 0), date=day),
        st.integers(0, 5),
        NUMBERS,
        NUMBERS,
        st.sampled_from(["2025-01-10", "2025-01-11", "2025-09-01", None]),
    ),
    max_size=8,
)


@given(ACCOUNTS)
def test_tracks_do_not_depend_on_the_order(accounts):
    """Whatever the accounts, their order does not matter, and no account is in two tracks."""
    found = tracks(accounts)
    assert tracks(accounts[::-1]) == found
    inside = [one for track in found for one in track.accounts]
    assert len(inside) == len(set(inside))
    assert all(agree(part.one, part.other) is False for track in found for part in track.parts)


def test_origin_is_what_counts():
    """The same report in five outlets is one origin."""
    same = [replace(account(str(at), 12), origin=0) for at in range(5)]
    (track,) = tracks(same)
    assert (len(track.accounts), track.origins) == (5, 1)
