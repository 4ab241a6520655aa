"""What many articles together tell, asked of a real ledger and from the command line."""

import json

import pytest
from typer.testing import CliRunner

from katanya import Document, Ledger, Reader
from katanya.cli.main import app
from katanya.core.errors import LedgerError

READER = Reader(model=None)
RUNNER = CliRunner()
QUOTE = "Tanggul itu jebol karena hujan tiga hari dan tanahnya sudah lama retak di beberapa titik"
FIRST = (
    "Banjir bandang melanda Kecamatan Sukamaju, Kabupaten Tirta, pada Senin (6/1/2025).\n"
    "Kepala BPBD Kabupaten Tirta Bagas Prakoso mengatakan banjir bandang itu menewaskan 12 orang.\n"
    f'"{QUOTE}," kata Bagas Prakoso di posko, Selasa (7/1/2025).'
)
OWN = (
    "Jumlah korban banjir bandang di Kabupaten Tirta terus dihimpun petugas.\n"
    "Bupati Tirta Lestari Handayani mengatakan banjir bandang itu menewaskan 15 orang.\n"
    f'"{QUOTE.replace("sudah lama retak", "memang retak")}," ujar Kepala BPBD Kabupaten Tirta Bagas Prakoso, Selasa.'
)
ARTICLES = [
    ("a1", "Kabar Tirta", "2025-01-07T08:00:00+07:00", FIRST),
    ("a2", "Suara Bantar", "2025-01-07T09:30:00+07:00", FIRST + "\nBaca berita lain di sini."),
    ("a3", "Harian Bahari", "2025-01-07T10:30:00+07:00", OWN),
]


@pytest.fixture
def path(tmp_path):
    """A ledger with three reports of one flood: one, its reprint, and one of another reporter."""
    path = tmp_path / "a.ledger"
    with Ledger.open(path, write=True) as ledger:
        ledger.file(
            READER.read(Document(text, id, "Banjir bandang di Tirta", outlet, published))
            for id, outlet, published, text in ARTICLES
        )
        ledger.relate()
    return path


def run(*words: str) -> str:
    """Run a command that must succeed and return what it prints."""
    result = RUNNER.invoke(app, list(words))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_people_across_articles(path):
    """One person with one office in all articles, with the dates at which it was seen."""
    with Ledger.open(path) as ledger:
        (person,) = ledger.people("Bagas Prakoso")
    assert person.articles == 3
    assert [(held.role, held.affiliation) for held in person.offices] == [("Kepala", "BPBD Kabupaten Tirta")]
    assert (person.offices[0].first, person.offices[0].last) == (ARTICLES[0][2], ARTICLES[2][2])


def test_a_quotation_with_its_drift_and_origins(path):
    """Three outlets, two origins, and the words that one of them changed."""
    with Ledger.open(path) as ledger:
        (quotation,) = ledger.quote("tanggul jebol")
    assert [version.article for version in quotation.versions] == ["a1", "a2", "a3"]
    assert quotation.origins == 2
    assert [version.drift.changed for version in quotation.versions] == [False, False, True]


def test_a_track_of_figures_that_part(path):
    """Two sides, two figures, two origins of three outlets, and the pair that parts."""
    with Ledger.open(path) as ledger:
        (track,) = ledger.track("korban tewas banjir Tirta")
    assert [(source.name, source.low, source.high, source.origins) for source in track.sources] == [
        ("Bagas Prakoso", 12, 12, 1),
        ("Lestari Handayani", 15, 15, 1),
    ]
    assert track.origins == 2
    assert [(part.one.low, part.other.low) for part in track.parts] == [(12, 15)]


def test_before_relating_there_is_no_answer(tmp_path):
    """Who asks for people or quotations before they were looked for is told what to do."""
    with Ledger.open(tmp_path / "a.ledger", write=True) as ledger:
        assert not ledger.is_related()
        with pytest.raises(LedgerError, match="katanya relate"):
            ledger.quote("tanggul")


def test_relating_again_changes_nothing(path):
    """People and quotations are a function of what is filed."""
    with Ledger.open(path, write=True) as ledger:
        before = (ledger.people("Bagas"), ledger.quote("tanggul"))
        assert ledger.is_related()
        ledger.relate()
        assert (ledger.people("Bagas"), ledger.quote("tanggul")) == before


def test_a_choice_by_hand_survives_another_reading(path):
    """A split and a merge hold after the articles were read anew, and can be taken back."""
    with Ledger.open(path, write=True) as ledger:
        (person,) = ledger.people("Bagas Prakoso")
        keys = sorted(article for article, _ in person.sightings)
        number = ledger.split(person.id, keys[:1], author="Sari", reason="orang lain", now="2026-01-01T00:00:00")
        assert sorted(one.articles for one in ledger.people("Bagas Prakoso")) == [1, 2]
        ledger.file([READER.read(Document(FIRST, "a1", "Judul baru", "Kabar Tirta", ARTICLES[0][2]))])
        ledger.relate()
        parts = ledger.people("Bagas Prakoso")
        assert sorted(one.articles for one in parts) == [1, 2]
        merge = ledger.merge(*(one.id for one in parts), author="Sari", reason="salah", now="2026-01-02T00:00:00")
        assert [one.articles for one in ledger.people("Bagas Prakoso")] == [3]
        assert [choice.id for choice in ledger.choices()] == [number, merge]
        ledger.undo_choice(merge, author="Sari", now="2026-01-03T00:00:00")
        assert len(ledger.people("Bagas Prakoso")) == 2
        with pytest.raises(LedgerError, match="no choice"):
            ledger.undo_choice(merge, author="Sari", now="2026-01-03T00:00:00")


def test_nothing_to_merge(path):
    """A merge of one person with itself is refused in words."""
    with Ledger.open(path, write=True) as ledger:
        (person,) = ledger.people("Bagas Prakoso")
        with pytest.raises(LedgerError, match="nothing to merge"):
            ledger.merge(person.id, author="Sari", reason="", now="2026-01-01")
        with pytest.raises(LedgerError, match="no person 999"):
            ledger.person(999)


def test_quote_on_the_command_line(path):
    """The drift is marked in the text, and is there as JSON and CSV."""
    shown = run("quote", "tanggul jebol", "-l", str(path))
    assert "3 versions, 2 origins" in shown
    assert "[-sudah lama-] [+memang+]" in " ".join(shown.split())
    (quotation,) = json.loads(run("quote", "tanggul", "-l", str(path), "--json"))
    assert [version["changed"] for version in quotation["versions"]] == [False, False, True]
    lines = run("quote", "tanggul", "-l", str(path), "--csv").splitlines()
    assert len(lines) == 4
    assert "changed: sudah lama > memang" in lines[3]


def test_track_on_the_command_line(path):
    """A track is a table by time and by source, JSON or CSV; a newcomer is told what parts, and of what."""
    shown = run("track", "korban tewas banjir Tirta", "-l", str(path))
    assert "TEWAS: 3 accounts of 2 sources in 3 outlets, from 2 origins; 2025-01-07" in shown
    assert "these part" in shown
    found = json.loads(run("track", "korban tewas banjir Tirta", "-l", str(path), "--json"))
    (track,) = found["tracks"]
    assert [account["low"] for account in track["accounts"]] == [12, 12, 15]
    assert [part["because"] for part in track["parts"]] == [["tewas", "Tirta", "2025-01-07"]]
    assert len(run("track", "korban tewas banjir Tirta", "-l", str(path), "--csv").splitlines()) == 4
    assert run("track", "korban tewas gempa Tirta", "-l", str(path)) == "no two accounts give such a figure\n"


def test_merge_and_split_on_the_command_line(path):
    """People are shown with their numbers, split and merged, and the choices listed."""
    (person,) = json.loads(run("people", "Bagas", "-l", str(path), "--json"))
    run("split", str(person["id"]), person["sightings"][0][0], "--author", "Sari", "--reason", "lain", "-l", str(path))
    parts = json.loads(run("people", "Bagas", "-l", str(path), "--json"))
    run("merge", *(str(one["id"]) for one in parts), "--author", "Sari", "--reason", "sama", "-l", str(path))
    assert [row["verb"] for row in json.loads(run("people", "--choices", "-l", str(path), "--json"))] == [
        "split",
        "merge",
    ]
    run("merge", "--undo", "1", "--author", "Sari", "-l", str(path))
    assert RUNNER.invoke(app, ["merge", "--author", "Sari", "-l", str(path)]).exit_code == 2
