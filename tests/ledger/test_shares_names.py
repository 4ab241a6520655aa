"""Names that differ in case alone are one speaker where shares are counted, whatever the order of filing."""

import sqlite3

import pytest
from articles import NOW, PROGRAM, told

from katanya import Ledger
from katanya.ledger.listing import ALL
from katanya.ledger.statistics import By

TELLING = [
    told("a1", ("Rini Wulandari", "tanggul sudah diperbaiki"), ("RINI WULANDARI", "warga boleh pulang")),
    told("a2", ("RINI WULANDARI", "tanggul sudah diperbaiki"), ("Bagas Prakoso", "hujan akan turun")),
    told("a3", ("Rini wulandari", "jalan dibuka"), ("Bagas Prakoso", "posko dijaga"), (None, "air surut")),
    told("a4", ("Bagas Prakoso", "posko ditutup"), ("Agus Hartono", "beras cukup"), ("Dewi Anggraini", "obat cukup")),
]


def filed(path, articles):
    """Make a ledger of some articles."""
    with Ledger.open(path, write=True) as ledger:
        ledger.file(articles, program=PROGRAM, now=NOW)
    return path


@pytest.mark.parametrize("articles", [TELLING, TELLING[::-1]], ids=["in order", "the other way about"])
def test_spellings_are_counted_as_one(tmp_path, articles):
    """The shares by speaker are those that `katanya stats` tells, each article once whatever it writes."""
    with Ledger.open(filed(tmp_path / "a.ledger", articles)) as ledger:
        found = ledger.shares(By.SPEAKER, ALL, limit=50)
        counted = ledger.stats(By.SPEAKER)
    assert list(found.shares) == counted
    assert [(share.value, share.statements, share.articles) for share in counted] == [
        ("RINI WULANDARI", 4, 3), ("Bagas Prakoso", 3, 3), (None, 1, 1), ("Agus Hartono", 1, 1),
        ("Dewi Anggraini", 1, 1),
    ]  # fmt: skip
    assert found.values == len(counted)


def test_of_equal_shares_the_first_names_stay(tmp_path):
    """Where more names have as many statements as the last that is shown, those that come first by name are."""
    with Ledger.open(filed(tmp_path / "a.ledger", TELLING)) as ledger:
        whole = ledger.shares(By.SPEAKER, ALL, limit=50)
        for limit in range(1, 6):
            assert ledger.shares(By.SPEAKER, ALL, limit=limit).shares == whole.shares[:limit]


def test_a_name_has_the_number_of_the_first_like_it(tmp_path):
    """Each name is numbered by the first one that differs from it in case alone."""
    with sqlite3.connect(filed(tmp_path / "a.ledger", TELLING)) as connection:
        rows = connection.execute("SELECT id, name, folded FROM names ORDER BY id").fetchall()
    first: dict[str, int] = {}
    expected = [first.setdefault(name.lower(), id) for id, name, _ in rows]
    assert [folded for _, _, folded in rows] == expected
    assert len(first) == len(rows) - 2
