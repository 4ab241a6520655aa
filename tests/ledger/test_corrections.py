import sqlite3
from dataclasses import replace

import pytest
from articles import NOW, PROGRAM, told, whole

from katanya import Ledger
from katanya.core.errors import LedgerError
from katanya.core.records import SpeakerKind
from katanya.core.spans import Span
from katanya.ledger.entries import Program

BY = {"author": "Redaksi", "now": NOW}
WHY = {"reason": "dengar rekaman", **BY}
NEWER = Program("2.0", "id", "none")
RINI, BAGAS = "Rini Wulandari", "Bagas Prakoso"
URL = "https://tirta.example/jembatan"


@pytest.fixture
def ledger(tmp_path):
    """A ledger with an article of two statements."""
    with Ledger.open(tmp_path / "a.ledger", write=True) as opened:
        opened.file([article()], program=PROGRAM, now=NOW)
        yield opened


def article(*, first="jembatan gantung itu ditutup sementara", second="warga memakai perahu kecil"):
    """Return the article."""
    return told("a", (RINI, first), (BAGAS, second), url=URL)


def number(ledger, words):
    """Return the number of the only statement with some words."""
    (hit,) = ledger.search(words)
    return hit.statement


def spoken(ledger):
    """Return who says what."""
    return {hit.content: hit.speaker for hit in ledger.search()}


def machine(ledger):
    """Return what the machine read, in rows."""
    with sqlite3.connect(ledger.path) as connection:
        return [connection.execute(f"SELECT * FROM {table}").fetchall()
                for table in ("readings", "statements", "contents", "figures", "people")]  # fmt: skip


def test_a_corrected_speaker_is_who_is_found(ledger):
    """The corrected speaker is found, the machine's is not, and the machine's reading is what it was."""
    before = machine(ledger)
    statement = number(ledger, "jembatan")
    ledger.correct_speaker(statement, BAGAS, **WHY)
    (hit,) = ledger.search("jembatan", speaker="bagas")
    assert (hit.speaker, hit.role, hit.corrected) == (BAGAS, "Kepala", ("speaker",))
    assert ledger.search("jembatan", speaker="rini") == []
    assert ledger.search("jembatan", role="camat") == []
    assert len(ledger.search(role="kepala")) == 2
    assert (ledger.who("rini").statements, ledger.who("bagas").statements) == (0, 2)
    assert [share.statements for share in ledger.stats("speaker")] == [2]
    assert machine(ledger) == before


def test_nobody_spoke(ledger):
    """A statement can be taken from its speaker."""
    ledger.correct_speaker(number(ledger, "jembatan"), None, **WHY)
    (hit,) = ledger.search("jembatan")
    assert (hit.speaker, hit.speaker_kind) == (None, "none")


def test_a_body_spoke(ledger):
    """A speaker of another sort, one that no article names, can be put in."""
    ledger.correct_speaker(number(ledger, "jembatan"), "Forum Bantaran", SpeakerKind.ORGANISATION, **WHY)
    (hit,) = ledger.search(speaker="forum")
    assert (hit.speaker, hit.speaker_kind) == ("Forum Bantaran", "organisation")


def test_a_corrected_content_is_what_is_found(ledger):
    """The corrected words are found, those that were taken out are not."""
    ledger.correct_content(number(ledger, "jembatan"), "jembatan gantung", "ditutup sementara", **WHY)
    (hit,) = ledger.search("tutup")
    assert (hit.content, hit.corrected) == ("jembatan gantung … ditutup sementara", ("content",))
    assert ledger.search('"itu ditutup"') == []
    assert [said.contents[0].text for said in next(ledger.articles()).statements] == [
        "jembatan gantung", "warga memakai perahu kecil"
    ]  # fmt: skip
    assert next(ledger.articles(corrected=False)).to_dict() == article().to_dict()


def test_a_corrected_figure(ledger):
    """A figure's bounds and unit can be corrected, one by one; the rest stays."""
    ledger.file([whole()])
    statement = number(ledger, "rusak")
    ledger.correct_figure(statement, "sedikitnya 40", {"low": 41, "high": 44}, **WHY)
    figure = next(article for article in ledger.articles() if article.id == "banjir").statements[0].figures[0]
    assert (figure.low, figure.high, figure.unit) == (41, 44, "rumah")


def test_a_figure_keeps_its_bounds_in_order(ledger):
    """A bound may be opened; one that lies beyond the other is refused, and nothing of it is kept."""
    ledger.file([whole()])
    statement = number(ledger, "rusak")
    ledger.correct_figure(statement, "sedikitnya 40", {"low": None, "high": 44}, **WHY)
    with pytest.raises(LedgerError, match="above its upper"):
        ledger.correct_figure(statement, "sedikitnya 40", {"high": 2}, **WHY)
    figure = next(article for article in ledger.articles() if article.id == "banjir").statements[0].figures[0]
    assert (figure.low, figure.high, len(ledger.corrections())) == (None, 44, 1)


def test_the_later_correction_goes(ledger):
    """Of two corrections the later one holds, and the earlier again when that is undone."""
    statement = number(ledger, "jembatan")
    ledger.correct_speaker(statement, "Pak Karta", **WHY)
    second = ledger.correct_speaker(statement, BAGAS, **WHY)
    assert spoken(ledger)["jembatan gantung itu ditutup sementara"] == BAGAS
    ledger.undo(second, **BY)
    assert spoken(ledger)["jembatan gantung itu ditutup sementara"] == "Pak Karta"


def test_undone_is_as_before(ledger):
    """What is undone leaves no trace in any answer, and stays in the list of corrections."""
    before = [hit.to_dict() for words in ("", "tutup", "perahu") for hit in ledger.search(words)]
    statement = number(ledger, "jembatan")
    made = [
        ledger.correct_speaker(statement, BAGAS, **WHY),
        ledger.correct_content(statement, "jembatan gantung", **WHY),
    ]
    for correction in made:
        ledger.undo(correction, **BY)
    assert [hit.to_dict() for words in ("", "tutup", "perahu") for hit in ledger.search(words)] == before
    told = [(row.undone, row.undone_by, row.is_orphaned) for row in ledger.corrections()]
    assert told == [(NOW, "Redaksi", False)] * 2


def test_a_new_reading_takes_the_corrections_over(ledger):
    """Corrections lie on the statement of a new reading that says the same, whatever its number and order."""
    statement = number(ledger, "jembatan")
    ledger.correct_speaker(statement, BAGAS, **WHY)
    ledger.correct_content(statement, "jembatan gantung itu ditutup", **WHY)
    said = article()
    first, second = said.statements
    (content,) = first.contents
    shorter = Span(content.start + 9, content.end, content.text[9:])
    again = replace(said, statements=(
        replace(second, id="s1"), replace(first, id="s2", contents=(shorter,), confidence=0.1),
    ))  # fmt: skip
    ledger.file([again], program=NEWER)
    (hit,) = ledger.search("jembatan")
    assert (hit.content, hit.speaker, hit.confidence) == ("jembatan gantung itu ditutup", BAGAS, 0.1)
    assert ledger.corrections(orphaned=True) == []


def test_a_new_edition_takes_the_corrections_over(ledger):
    """In a changed text a correction lies on the statement with the same words."""
    ledger.correct_speaker(number(ledger, "jembatan"), BAGAS, **WHY)
    ledger.file([article(first="jembatan gantung itu ditutup sepekan")], program=PROGRAM)
    assert spoken(ledger) == {"jembatan gantung itu ditutup sepekan": BAGAS, "warga memakai perahu kecil": BAGAS}


def test_what_finds_no_place_is_orphaned(ledger):
    """A correction of what a new reading does not have any more is kept, listed, and holds again when it is back."""
    correction = ledger.correct_speaker(number(ledger, "jembatan"), BAGAS, **WHY)
    ledger.file([replace(article(), statements=article().statements[1:])], program=NEWER)
    (orphan,) = ledger.corrections(orphaned=True)
    assert (orphan.id, orphan.statement) == (correction, None)
    ledger.file([article()], program=Program("3.0", "id", "none"))
    assert ledger.corrections(orphaned=True) == []
    assert spoken(ledger)["jembatan gantung itu ditutup sementara"] == BAGAS


def test_a_correction_says_who_when_and_why(ledger):
    """The list of corrections tells author, time and reason."""
    ledger.correct_speaker(number(ledger, "jembatan"), BAGAS, **WHY)
    (row,) = [correction.to_dict() for correction in ledger.corrections()]
    assert {name: row[name] for name in ("author", "made", "reason", "value")} == {
        "author": "Redaksi", "made": NOW, "reason": "dengar rekaman",
        "value": {"speaker": BAGAS, "speaker_kind": "person"},
    }  # fmt: skip


REFUSED = {
    "no such statement": (lambda ledger, n: ledger.correct_speaker(999, BAGAS, **WHY), "no current statement"),
    "no author": (
        lambda ledger, n: ledger.correct_speaker(n, BAGAS, author=" ", reason="x", now=NOW), "an author and a reason"
    ),
    "no reason": (
        lambda ledger, n: ledger.correct_speaker(n, BAGAS, author="x", reason="", now=NOW), "an author and a reason"
    ),
    "words that are not there": (lambda ledger, n: ledger.correct_content(n, "sungai", **WHY), "not in the article"),
    "no words": (lambda ledger, n: ledger.correct_content(n, **WHY), "not in the article"),
    "no such figure": (lambda ledger, n: ledger.correct_figure(n, "40", {"low": 1}, **WHY), "its figures: none"),
    "no such value": (lambda ledger, n: ledger.correct_figure(n, "40", {"of": "x"}, **WHY), "low, high or unit"),
    "a blank name": (lambda ledger, n: ledger.correct_speaker(n, " ", **WHY), "a speaker has a name"),
    "no number": (lambda ledger, n: ledger.correct_figure(n, "40", {"low": float("nan")}, **WHY), "is a number"),
    "nothing to undo": (lambda ledger, n: ledger.undo(7, **BY), "does not exist"),
}


@pytest.mark.parametrize(("correct", "says"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_corrected(ledger, correct, says):
    """A correction that cannot hold is refused with its reason, and nothing of it is kept."""
    with pytest.raises(LedgerError, match=says):
        correct(ledger, number(ledger, "jembatan"))
    assert ledger.corrections() == []


def test_undone_twice(ledger):
    """What is undone cannot be undone again."""
    correction = ledger.correct_speaker(number(ledger, "jembatan"), BAGAS, **WHY)
    ledger.undo(correction, **BY)
    with pytest.raises(LedgerError, match="undone already"):
        ledger.undo(correction, **BY)
