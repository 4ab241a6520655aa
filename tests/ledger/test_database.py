import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from articles import many

from katanya import Ledger
from katanya.core.errors import InputError, KatanyaError, LedgerError
from katanya.ledger import database


@pytest.fixture
def path(tmp_path):
    """A ledger with some articles in it."""
    path = tmp_path / "a.ledger"
    with Ledger.open(path, write=True) as ledger:
        ledger.file(many(3))
    return path


def form(connection):
    """Return the form of a database: its tables, indexes and views, without white space that says nothing."""
    found = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    def plain(sql):
        return re.sub(r"\s*([(),])\s*|\s+", r"\1 ", re.sub(r"--.*", "", sql))

    return sorted((kind, name, plain(sql)) for kind, name, sql in found)


def test_it_is_safe_by_its_settings(path):
    """The file keeps a log before it writes, checks what refers to what, and waits for the disk."""
    with Ledger.open(path, write=True) as ledger:
        asked = {name: ledger._connection.execute(f"PRAGMA {name}").fetchone()[0]
                 for name in ("journal_mode", "foreign_keys", "synchronous", "integrity_check")}  # fmt: skip
        assert asked == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "integrity_check": "ok"}
        assert ledger._connection.execute("PRAGMA foreign_key_check").fetchall() == []


def nowhere(path):
    """Take the file away."""
    path.unlink()


def folder(path):
    """Put a folder in its place."""
    path.unlink()
    path.mkdir()


def text(path):
    """Put a text in its place."""
    path.write_text("no ledger at all, but long enough to be looked into " * 10)


def other_database(path):
    """Put another database in its place."""
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")


def newer(path):
    """Note a step that this program does not know."""
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO migrations VALUES (99, 'claims', '9.1')")


def damaged(path):
    """Write over all of it but its first bytes."""
    data = bytearray(path.read_bytes())
    data[100:] = b"\xff" * (len(data) - 100)
    path.write_bytes(data)


UNUSABLE = {
    "no such file": (nowhere, InputError, "no such ledger"),
    "a folder": (folder, InputError, "is a folder"),
    "a text": (text, LedgerError, "is no SQLite file"),
    "another database": (other_database, LedgerError, "no ledger"),
    "a newer ledger": (newer, LedgerError, "newer version, 9.1: .*'claims'.*upgrade"),
    "a damaged ledger": (damaged, LedgerError, "is damaged"),
}


MADE = "no such file"  # where it is to be written
OPENED = [pytest.param(*case, write, id=f"{name}, {write=}") for name, case in UNUSABLE.items()
          for write in (False, True) if not (write and name == MADE)]  # fmt: skip


@pytest.mark.parametrize(("change", "error", "says", "write"), OPENED)
def test_what_cannot_be_used_is_told(path, change, error, says, write):
    """What is no ledger, or one that this program does not know, is refused with the reason."""
    for beside in path.parent.glob("*-*"):
        beside.unlink()
    change(path)
    with pytest.raises(error, match=says):
        Ledger.open(path, write=write)


@pytest.mark.parametrize("make", [Path.mkdir, text], ids=["a folder", "a text"])
def test_nothing_is_left_beside_what_is_no_ledger(tmp_path, make):
    """Who names a file that is no ledger finds the folder as it was."""
    make(tmp_path / "kliping.csv")
    with pytest.raises(KatanyaError):
        Ledger.open(tmp_path / "kliping.csv", write=True)
    assert [path.name for path in tmp_path.iterdir()] == ["kliping.csv"]


def test_a_folder_that_does_not_exist(tmp_path):
    """A ledger is not made where there is no folder for it."""
    with pytest.raises(LedgerError, match=r"cannot be used: No such file or directory"):
        Ledger.open(tmp_path / "no" / "a.ledger", write=True)


def test_an_empty_file_becomes_a_ledger(tmp_path):
    """An empty file, as a kill at the very beginning may leave it, is made a ledger."""
    (tmp_path / "a.ledger").touch()
    with Ledger.open(tmp_path / "a.ledger", write=True) as ledger:
        assert ledger.counts()["articles"] == 0


def test_one_writer_at_a_time(path):
    """A second writer is refused and told who holds the ledger; readers are let in."""
    with Ledger.open(path, write=True, who="katanya file news.jsonl"):
        with pytest.raises(LedgerError, match=rf"written by 'katanya file news.jsonl', process {os.getpid()} on "):
            Ledger.open(path, write=True)
        with Ledger.open(path) as reader:
            assert len(reader.search("jembatan")) == 3
    Ledger.open(path, write=True).close()


HOLD = """
import sys
from katanya import Ledger
ledger = Ledger.open(sys.argv[1], write=True)
print("held", flush=True)
sys.stdin.read()
"""


def test_a_killed_writer_holds_nothing(path):
    """The lock ends with the process that held it, however it ended."""
    holder = subprocess.Popen([sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(LedgerError, match=f"process {holder.pid}"):
        Ledger.open(path, write=True)
    holder.kill()
    holder.communicate()
    Ledger.open(path, write=True).close()


def test_a_reader_cannot_write(path):
    """Who opened a ledger to ask cannot change it."""
    with Ledger.open(path) as ledger, pytest.raises(LedgerError, match="cannot be written"):
        ledger.file(many(4))


STEPS = {
    "9001-moods": "CREATE TABLE moods (id INTEGER PRIMARY KEY); -- a step\nINSERT INTO moods VALUES (1);",
    "9002-shades": "CREATE TABLE shades (mood INTEGER REFERENCES moods);\n"
    "CREATE TRIGGER t AFTER INSERT ON shades BEGIN DELETE FROM moods; SELECT 1; END;",
}


@pytest.fixture
def steps(tmp_path):
    """A folder of steps: those of the ledger and some more."""
    folder = shutil.copytree(database.STEPS, tmp_path / "steps")
    for name, script in STEPS.items():
        (folder / f"{name}.sql").write_text(script)
    return folder


def test_an_older_ledger_takes_the_steps_that_it_lacks(path, steps):
    """Steps are taken in order, each once, and noted with the version that took them."""
    connection = database.connect(path, read_only=False)
    missing = database.missing_steps(connection, path, steps)
    assert [step.stem for step in missing] == list(STEPS)
    database.migrate(connection, missing, "2.0")
    assert database.missing_steps(connection, path, steps) == []
    last = connection.execute("SELECT name, version FROM migrations ORDER BY number DESC LIMIT 2").fetchall()
    assert last == [("9002-shades", "2.0"), ("9001-moods", "2.0")]
    connection.close()


FAULTY = {
    "a wrong statement": ("CREATE TABLE late (x);\nCREATE TABLE moods (x);", sqlite3.OperationalError),
    "a broken reference": ("INSERT INTO shades VALUES (7);", LedgerError),
}


@pytest.mark.parametrize(("script", "error"), FAULTY.values(), ids=FAULTY)
def test_steps_are_taken_all_or_none(path, steps, script, error):
    """Where a step fails the ledger stays in the form that it had."""
    (steps / "9003-faulty.sql").write_text(script)
    connection = database.connect(path, read_only=False)
    before = form(connection)
    with pytest.raises(error):
        database.migrate(connection, database.missing_steps(connection, path, steps), "2.0")
    assert form(connection) == before
    assert len(database.missing_steps(connection, path, steps)) == 3
    connection.close()


def test_the_steps_lead_to_the_schema(tmp_path):
    """A ledger of the first form that has taken every step has the form of a new one."""
    first, new = tmp_path / "first.ledger", tmp_path / "new.ledger"
    nothing = tmp_path / "no steps"
    nothing.mkdir()
    database.create(first, "0.1.0", schema=FIRST, steps=nothing)
    database.create(new, "0.1.0")
    old, fresh = (database.connect(path, read_only=False) for path in (first, new))
    steps = database.missing_steps(old, first)
    if steps:
        database.migrate(old, steps, "0.1.0")
    assert form(old) == form(fresh)
    names = "SELECT number, name FROM migrations ORDER BY number"
    assert old.execute(names).fetchall() == fresh.execute(names).fetchall()
    old.close()
    fresh.close()


FIRST = Path(__file__).parents[1] / "fixtures/ledger/first.sql"  # the form that ledgers had before the first step


def test_what_may_take_minutes_is_told(path, caplog):
    """The log says that a ledger is brought up to date; of a new one or one that is current it says nothing."""
    Ledger.open(path).close()
    assert caplog.messages == []
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE settings SET value = 'of an older version' WHERE name = 'index'")
    Ledger.open(path).close()
    Ledger.open(path).close()
    assert [message.partition(" is ")[0] for message in caplog.messages] == [str(path)]


def test_who_holds_a_ledger_may_be_unknown(path):
    """A lock whose holder wrote nothing is told as held by somebody unknown."""
    lock = path.with_name(path.name + ".lock")
    with Ledger.open(path, write=True):
        lock.write_text(json.dumps([]))
        with pytest.raises(LedgerError, match="another process"):
            Ledger.open(path, write=True)
