import gzip
import importlib.util
import json
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from articles import NOW, many, told, write_lines

from katanya import Document, Ledger, Reader
from katanya.batch import filing
from katanya.core.errors import InputError
from katanya.ledger.filing import Filed

BENCH = Path(__file__).parents[2] / "bench" / "ledger"
TEXT = 'Camat Sukamaju Rini Wulandari mengatakan jembatan ditutup. "Kayunya lapuk," kata Rini, Selasa (3/6/2025).'


def script(name):
    """Return a script of the bench as a module."""
    spec = importlib.util.spec_from_file_location(name, BENCH / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def path(tmp_path):
    """Where the ledger is made."""
    return tmp_path / "a.ledger"


def put(folder, *rows, name="in.jsonl"):
    """Write a file of lines."""
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / name


def file(path, *sources, **more):
    """File by the rules alone."""
    return filing.file(sources, path, model=None, now=NOW, **more)


def test_articles_are_read_and_filed(tmp_path, path):
    """Articles that were not read yet are read; their printed dates are told in ISO 8601."""
    source = put(tmp_path, {"id": "a", "text": TEXT, "published": "Selasa, 03 Juni 2025 08:30 WIB", "outlet": "Kabar"})
    assert file(path, source).filed == {Filed.NEW: 1}
    with Ledger.open(path) as ledger:
        (hit,) = ledger.search("jembatan")
    assert (hit.speaker, hit.dated) == ("Rini Wulandari", "2025-06-03T08:30")


def test_records_are_filed_as_they_are(tmp_path, path):
    """Records that were read before are filed without being read again, by a program that is not known."""
    write_lines(tmp_path / "out.jsonl", many(3))
    assert file(path, tmp_path / "out.jsonl").filed == {Filed.NEW: 3}
    with Ledger.open(path) as ledger:
        assert [article.to_dict() for article in ledger.articles()] == [article.to_dict() for article in many(3)]
    with sqlite3.connect(path) as connection:
        reads = "SELECT DISTINCT version FROM readings r JOIN programs p ON p.id = r.program"
        assert connection.execute(reads).fetchall() == [("",)]


def test_texts_and_pages_are_filed(tmp_path, path):
    """A file that holds one text is one article; one that cannot be read is kept with its reason."""
    (tmp_path / "jembatan.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "kosong.txt").write_text("")
    assert file(path, tmp_path / "jembatan.txt", tmp_path / "kosong.txt").filed == {Filed.NEW: 1, Filed.REJECTED: 1}
    with Ledger.open(path) as ledger:
        ((source, reason),) = [(row.source, row.reason) for row in ledger.rejected()]
    assert (source, reason) == (str(tmp_path / "kosong.txt"), "empty")


MENTION = {"start": 0, "end": 1, "text": "A"}
LINES = {
    "no JSON": ("nonsense", "not json"),
    "no text": ({"id": "x"}, "no text field"),
    "a record that is not sound": ({"id": "x", "text": TEXT, "statements": [{"id": "s1"}]}, "bad record"),
    "a span that is not there": (
        {"id": "x", "text": "", "statements": [], "people": [{"name": "A", "mentions": [MENTION]}]}, "bad record"
    ),
}


@pytest.mark.parametrize(("line", "reason"), LINES.values(), ids=LINES)
def test_bad_lines_are_kept_with_place_and_reason(tmp_path, path, line, reason):
    """A line that cannot be filed is kept with its file, line and reason; the rest is done."""
    source = put(tmp_path, {"id": "a", "text": TEXT}, line, {"id": "b", "text": TEXT + " Lagi."})
    progress = file(path, source)
    assert progress.filed == {Filed.NEW: 2, Filed.REJECTED: 1}
    assert (progress.articles, progress.rejected) == (3, 1)
    with Ledger.open(path) as ledger:
        (row,) = ledger.rejected()
    assert (row.source, row.at, row.reason) == (str(source), 2, reason)


def test_lines_without_an_id_are_known_by_their_text(tmp_path, path):
    """An article without an id is the same in another file and on another line."""
    one, other = {"text": TEXT}, {"text": TEXT + " Lagi."}
    assert file(path, put(tmp_path, one, other)).filed == {Filed.NEW: 2}
    assert file(path, put(tmp_path, other, one, name="other.jsonl")).filed == {Filed.KNOWN: 2}


def test_a_file_that_is_filed_is_not_read_again(tmp_path, path):
    """The same file takes no reading the second time; what was added to it is filed."""
    write_lines(tmp_path / "in.jsonl", many(5))
    file(path, tmp_path / "in.jsonl")
    again = file(path, tmp_path / "in.jsonl")
    assert (again.resumed, again.filed) == (5, {})
    write_lines(tmp_path / "in.jsonl", many(7))
    more = file(path, tmp_path / "in.jsonl")
    assert (more.resumed, more.filed) == (5, {Filed.NEW: 2})


def test_a_changed_file_is_filed_from_its_beginning(tmp_path, path):
    """A file that is not what it was is read again, and what is known stays as it is."""
    write_lines(tmp_path / "in.jsonl", many(5))
    file(path, tmp_path / "in.jsonl")
    write_lines(tmp_path / "in.jsonl", [told("z", ("Rini Wulandari", "lain")), *many(5)])
    assert file(path, tmp_path / "in.jsonl").filed == {Filed.NEW: 1, Filed.KNOWN: 5}


class StopError(Exception):
    """The end of a run that was to go on."""


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_a_run_goes_on_where_it_stopped(tmp_path, path, monkeypatch, packed):
    """What was reported before the end is there, and the same command does the rest."""
    monkeypatch.setattr(filing, "COMMIT_ARTICLES", 32)
    source = tmp_path / ("in.jsonl.gz" if packed else "in.jsonl")
    write_lines(tmp_path / "in.jsonl", many(100))
    if packed:
        source.write_bytes(gzip.compress((tmp_path / "in.jsonl").read_bytes()))
    reported = []

    def watch(progress):
        reported.append(progress.articles)
        if len(reported) == 2:
            raise StopError

    with pytest.raises(StopError):
        file(path, source, watch=watch)
    with Ledger.open(path) as ledger:
        assert ledger.counts()["articles"] == reported[-1] == 64
    progress = file(path, source)
    assert (progress.resumed, progress.filed) == (64, {Filed.NEW: 36})


def test_workers_change_nothing(tmp_path, path):
    """The rows of the ledger are the same for one worker or more; how the index lies in the file may differ."""
    source = put(tmp_path, *({"id": f"n{n}", "text": f"{TEXT} Nomor {n}."} for n in range(70)))
    contents = []
    for workers in (1, 2):
        file(tmp_path / f"{workers}.ledger", source, workers=workers)
        with sqlite3.connect(tmp_path / f"{workers}.ledger") as connection:
            contents.append([line for line in connection.iterdump() if "_index_" not in line])
            contents[-1] += connection.execute("SELECT rowid FROM contents_index WHERE contents_index MATCH 'lapuk'")
    assert contents[0] == contents[1]


@pytest.mark.parametrize(("name", "says"), [("nowhere.jsonl", "no such file"), ("empty", "is a folder without files")])
def test_files_that_are_not_there(tmp_path, path, name, says):
    """A file that cannot be filed is told before anything is written."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=says):
        file(path, tmp_path / name)
    assert not path.exists()


def test_killed_at_random_moments(tmp_path):
    """Killed again and again, the ledger has lost nothing that was reported, doubled nothing, and is whole."""
    write_lines(tmp_path / "in.jsonl", many(1200))
    kills = script("kills").killed(tmp_path / "in.jsonl", tmp_path, 5, random.Random(3), "--model", "none")
    *_, findings = kills
    assert findings.faults == []
    assert findings.while_filing


def test_readers_beside_a_writer(tmp_path):
    """Readers are not refused and see only whole articles while others are filed, and are not kept waiting."""
    readers = script("readers")
    write_lines(tmp_path / "records.jsonl", many(1200))
    met = readers.measure(tmp_path / "records.jsonl", tmp_path, 3, 1200)
    assert [(row["refused"], row["halves"]) for row in met] == [(0, 0)] * 3
    assert max(row["waits"] for row in met) < readers.LONGEST
    assert all(row["states"] > 1 for row in met)


def test_interrupted_by_hand(tmp_path, path):
    """Ctrl-C ends a run in one line with exit code 130; what it reported is filed, and it goes on."""
    write_lines(tmp_path / "in.jsonl", many(3000))
    options = ("-l", path, "--model", "none", "--progress")
    command = [sys.executable, "-m", "katanya", "file", tmp_path / "in.jsonl", *options]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    first = run.stderr.readline()
    time.sleep(0.2)
    run.send_signal(signal.SIGINT)
    _, told_then = run.communicate()
    reported = [int(count) for count in re.findall(r"filed (\d+)$", first + told_then, re.MULTILINE)]
    assert run.returncode == 130, told_then
    assert "Traceback" not in told_then
    with Ledger.open(path) as ledger:
        assert ledger.counts()["articles"] == max(reported) < 3000
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0
    with Ledger.open(path) as ledger:
        assert ledger.counts()["articles"] == 3000


def test_records_tell_what_their_articles_do(tmp_path):
    """An article filed from its record knows the same values outside of its statements as one that is read."""
    text = (
        "Banjir di Kabupaten Tirta menewaskan 12 orang pada Senin (6/1/2025). "
        "Bupati Tirta Lestari Handayani mengatakan 300 rumah rusak."
    )
    document = {"id": "a1", "title": "Banjir", "outlet": "Kabar Tirta", "published": "2025-01-07", "text": text}
    record = Reader(model=None).read(Document.from_dict(document)).to_dict()
    found = []
    for name, lines in (("read", document), ("recorded", record)):
        given, ledger = tmp_path / f"{name}.jsonl", tmp_path / f"{name}.ledger"
        given.write_text(json.dumps(lines) + "\n")
        filing.file([given], ledger, model=None)
        with Ledger.open(ledger) as opened:
            found.append([opened._connection.execute(f"SELECT * FROM told_{kind}").fetchall()
                          for kind in ("figures", "times", "places")])  # fmt: skip
    assert found[0] == found[1]
    assert [row[4:6] for row in found[0][0]] == [(12, 12)]
