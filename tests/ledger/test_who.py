import pytest
from articles import NOW, PROGRAM, told
from hypothesis import given
from hypothesis import strategies as st

from katanya import Ledger
from katanya.core.errors import LedgerError
from katanya.ledger.statistics import By, wilson

SRI, RINI, DINAS = "Sri Handayani", "Rini Wulandari", "Dinas Perhubungan"


def office(role, affiliation):
    """Return the offices of an article."""
    return {SRI: (role, affiliation), RINI: ("Camat", "Sukamaju"), DINAS: (None, None)}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    """A ledger in which one person rises in office and changes her mind."""
    path = tmp_path_factory.mktemp("people") / "a.ledger"
    early, late = office("Camat", "Sukamaju"), office("Bupati", "Tirta")
    with Ledger.open(path, write=True) as opened:
        opened.file([
            told("a", (SRI, '"jembatan itu aman"'), (RINI, "sungai surut"), published="2019-01-01", roles=early),
            told("b", (SRI, "jembatan perlu diperiksa"), (DINAS, "jalan dialihkan"), published="2019-05-01",
                 roles=early),
            told("c", ("Sri", '"jembatan harus ditutup"'), (RINI, "warga kecewa"), published="2022-03-01",
                 roles={"Sri": (None, "x"), **late}),
            told("d", (SRI, '"jembatan baru segera dibangun"'), published="2023-01-01", roles=late, outlet="Suara"),
            told("e", (SRI, "jembatan lama dibongkar"), published=None, roles=late),
        ], program=PROGRAM, now=NOW)  # fmt: skip
    with Ledger.open(path) as opened:
        yield opened


def test_who_somebody_is(ledger):
    """A profile tells names, offices over time, the share of direct speech and who else speaks."""
    profile = ledger.who("handayani")
    assert (profile.name, profile.statements, profile.articles) == (SRI, 4, 4)
    assert (profile.first, profile.last) == ("2019-01-01", "2023-01-01")
    assert [(seen.role, seen.first, seen.last, seen.articles) for seen in profile.roles] == [
        ("Camat", "2019-01-01", "2019-05-01", 2), ("Bupati", "2023-01-01", "2023-01-01", 2),
    ]  # fmt: skip
    assert (profile.direct.statements, profile.direct.of) == (2, 4)
    assert [(other.name, other.count) for other in profile.counterparts] == [(DINAS, 1), (RINI, 1)]
    assert [hit.article for hit in profile.latest] == list("dbae")


def test_a_part_of_a_name_is_all_who_bear_it(ledger):
    """A short name leads to every name that holds it, each with its statements."""
    assert [(name.name, name.count) for name in ledger.who("sri").names] == [(SRI, 4), ("Sri", 1)]


@pytest.fixture
def related(tmp_path):
    """A ledger in which one person has two names and two people have one."""
    twice = {"Bagas Prakoso": ("Bupati", "Sukamaju")}
    also = {"Bagas Prakoso": ("pelatih renang", None)}
    mayor = {"Jatmiko Wirasena": ("Wali Kota", "Tirta")}
    with Ledger.open(tmp_path / "a.ledger", write=True) as opened:
        opened.file([
            told("a", ("Bagas Prakoso", "jalan ditutup"), published="2022-01-01", roles=twice),
            told("b", ("Bagas Prakoso", "jalan dibuka"), published="2022-01-03", roles=twice),
            told("c", ("Bagas Prakoso", "renang itu sehat"), published="2016-05-01", roles=also),
            told("d", ("Jatmiko Wirasena", "pasar ramai"), published="2022-02-01", roles=mayor),
            told("e", ("Miko", "pasar sepi"), published="2022-02-02", roles={"Miko": ("Wali Kota", "Tirta")}),
        ], program=PROGRAM, now=NOW)  # fmt: skip
        opened.relate()
        ((swims, *_),) = [[key for key in one.sightings if "\"c\"" in key[0]] for one in opened.people("prakoso")]
        opened.split(opened.people("prakoso")[0].id, [swims[0]], author="Redaksi", reason="orang lain", now=NOW)
        one, other = (opened.people(name)[0].id for name in ("Jatmiko", "Miko"))
        opened.merge(one, other, author="Redaksi", reason="sapaan", now=NOW)
        opened.relate()
        yield opened


def test_two_people_of_one_name_stay_apart(related):
    """After relating, a name is whoever is quoted most; the others are told, and each can be asked for."""
    profile = related.who("bagas prakoso")
    assert (profile.statements, [seen.role for seen in profile.roles]) == (2, ["Bupati"])
    ((other, name, statements),) = [(one.person, one.name, one.statements) for one in profile.others]
    assert (name, statements) == ("Bagas Prakoso", 1)
    assert [hit.content for hit in related.who("prakoso", person=other).latest] == ["renang itu sehat"]
    assert related.shift("prakoso", "renang").earlier == ()
    assert [hit.content for hit in related.shift("prakoso", "renang", person=other).earlier] == ["renang itu sehat"]


def test_one_person_of_two_names_is_one(related):
    """After relating, either name leads to all that was said under both; the numbers are those of `people`."""
    for name in ("wirasena", "miko"):
        profile = related.who(name)
        assert {one.name for one in profile.names} == {"Jatmiko Wirasena", "Miko"}
        assert (profile.person, profile.others) == (related.people(name)[0].id, ())


def test_no_such_person(related):
    """A number that nobody has is told."""
    with pytest.raises(LedgerError, match="no person 99"):
        related.who("prakoso", person=99)


def test_a_correction_takes_a_statement_from_a_person(related):
    """What a correction gives to somebody else is no longer said by the person that it was read as."""
    hit = related.who("bagas prakoso").latest[0]
    related.correct_speaker(hit.statement, "Bu Darmi", author="Redaksi", reason="rekaman", now=NOW)
    assert hit.statement not in {one.statement for one in related.who("bagas prakoso").latest}


def test_nobody_of_that_name(ledger):
    """A name that nobody bears has an empty profile."""
    profile = ledger.who("Tidak Ada")
    assert (profile.name, profile.statements, profile.roles, profile.counterparts) == ("Tidak Ada", 0, (), ())


def test_earlier_and_later(ledger):
    """What somebody said about a topic is parted where the date changes, and what has no date is counted."""
    shift = ledger.shift("sri handayani", "jembatan")
    assert [[hit.article for hit in side] for side in (shift.earlier, shift.later)] == [["a"], ["b", "d"]]
    assert shift.undated == 1


def test_one_day_is_not_parted(ledger):
    """Statements of one date stay on one side."""
    shift = ledger.shift("rini", "surut")
    assert ([hit.article for hit in shift.earlier], shift.later) == (["a"], ())




@pytest.mark.parametrize("by", [By.OUTLET, By.KIND, By.SPEAKER_KIND, By.ROLE, By.SPEAKER, By.AFFILIATION, By.ACT])
def test_shares_add_up(ledger, by):
    """The shares of all values are one, and each lies within its own bounds; the largest comes first."""
    shares = ledger.stats(by)
    assert sum(share.statements for share in shares) == 8 == shares[0].of
    assert sum(share.share for share in shares) == pytest.approx(1)
    assert all(share.low <= share.share <= share.high for share in shares)
    assert [share.statements for share in shares] == sorted((share.statements for share in shares), reverse=True)


def test_shares_by_value(ledger):
    """Statements are counted by what their articles say, and those of which they say nothing by themselves."""
    assert {share.value: share.statements for share in ledger.stats("outlet")} == {"Kabar Tirta": 7, "Suara": 1}
    assert {share.value: share.statements for share in ledger.stats("role")} == {"Camat": 4, "Bupati": 2, None: 2}
    assert {share.value for share in ledger.stats("speaker", since="2020")} == {"Sri", SRI, RINI}


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_wilson_bounds_hold_the_share(hits, more):
    """The bounds of any share lie between 0 and 1 and hold it."""
    low, high = wilson(hits, hits + more)
    share = hits / (hits + more) if hits + more else 0.5
    assert 0 <= low <= share + 1e-12
    assert share - 1e-12 <= high <= 1


def test_wilson_by_a_textbook():
    """Ten of a hundred are between 5.5 and 17.4 % (Wilson 1927, by the tables of Newcombe 1998)."""
    assert wilson(10, 100) == pytest.approx((0.0552, 0.1744), abs=5e-5)
