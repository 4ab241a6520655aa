import gzip
import json
import multiprocessing
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time

import pytest

from katanya.batch import output as module
from katanya.batch.extract import extract, extract_values
from katanya.batch.output import rejects_of
from katanya.batch.reading import model_digest
from katanya.core.errors import InputError, KatanyaError
from samples import TEXT


def corpus(size: int) -> list[bytes]:
    """Return articles as lines, each of its own length."""
    rows = [
        {"id": f"n{n}", "text": "\n".join([TEXT] * (n % 3 + 1)), "title": f"Berita {n}"} for n in range(size)
    ]
    return [json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows]


def records(path):
    """Return the records of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def folder(tmp_path):
    """A folder with a corpus of 150 articles in it."""
    (tmp_path / "in.jsonl").write_bytes(b"".join(corpus(150)))
    return tmp_path


def test_a_line_in_a_record_out(folder):
    """Each article has its record, in the same order, its text untouched; nothing else is left."""
    progress = extract(folder / "in.jsonl", folder / "out.jsonl")
    assert (progress.records, progress.rejected) == (150, 0)
    written = records(folder / "out.jsonl")
    assert [record["id"] for record in written] == [f"n{n}" for n in range(150)]
    assert [record["text"] for record in written] == [json.loads(line)["text"] for line in corpus(150)]
    assert sorted(path.name for path in folder.iterdir()) == ["in.jsonl", "out.jsonl", "out.rejects.jsonl"]
    assert (folder / "out.rejects.jsonl").read_bytes() == b""


def test_workers_and_gzip_change_no_byte(folder):
    """The output is the same to the byte for one worker or more, from a plain or a gzip file."""
    (folder / "in.jsonl.gz").write_bytes(gzip.compress((folder / "in.jsonl").read_bytes()))
    extract(folder / "in.jsonl", folder / "one.jsonl")
    extract(folder / "in.jsonl.gz", folder / "two.jsonl", workers=2)
    assert (folder / "one.jsonl").read_bytes() == (folder / "two.jsonl").read_bytes()


@pytest.mark.parametrize("workers", [1, 2])
def test_many_small_files_are_one_run(tmp_path, workers):
    """A folder of files with an article each keeps all workers busy, gives them in order, and goes on after an end."""
    (tmp_path / "pages").mkdir()
    for number, line in enumerate(corpus(40)):
        (tmp_path / "pages" / f"{number:02}.jsonl").write_bytes(line)
    processes = set()

    def watch(progress):
        processes.update(child.pid for child in multiprocessing.active_children())
        if progress.articles == 9:
            raise StopError

    with pytest.raises(StopError):
        extract(tmp_path / "pages", tmp_path / "out.jsonl", workers=workers, watch=watch)
    assert len(processes) == (workers if workers > 1 else 0)
    extract(tmp_path / "pages", tmp_path / "out.jsonl", workers=workers)
    assert [record["id"] for record in records(tmp_path / "out.jsonl")] == [f"n{n}" for n in range(40)]


GOOD = corpus(2)
INPUTS = {
    "empty file": (b"", [], []),
    "byte order mark": (b"\xef\xbb\xbf" + b"".join(GOOD), ["n0", "n1"], []),
    "CRLF": (b"".join(GOOD).replace(b"\n", b"\r\n"), ["n0", "n1"], []),
    "blank lines": (b"\n" + GOOD[0] + b" \n\n" + GOOD[1], ["n0", "n1"], []),
    "no line end at the end": (b"".join(GOOD).rstrip(), ["n0", "n1"], []),
    "half a last line": (GOOD[0] + GOOD[1][:40], ["n0"], [("in.jsonl:2", "not json")]),
    "no JSON in between": (GOOD[0] + b"nonsense\n" + GOOD[1], ["n0", "n1"], [("in.jsonl:2", "not json")]),
    "no text": (b'{"id": "a"}\n' + GOOD[1], ["n1"], [("in.jsonl:1", "no text field")]),
    "an id twice": (GOOD[0] * 2 + GOOD[1], ["n0", "n0", "n1"], []),
    "NUL bytes": (b"\0\0\0\n" + GOOD[1], ["n1"], [("in.jsonl:1", "binary")]),
}


@pytest.mark.parametrize(("data", "ids", "rejects"), INPUTS.values(), ids=INPUTS)
def test_bad_lines_are_listed_and_the_rest_is_done(tmp_path, data, ids, rejects):
    """A line that cannot be read is listed with its place and reason, and all others have their records."""
    (tmp_path / "in.jsonl").write_bytes(data)
    progress = extract(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    assert [record["id"] for record in records(tmp_path / "out.jsonl")] == ids
    listed = records(tmp_path / "out.rejects.jsonl")
    assert [(row["source"], row["reason"]) for row in listed] == rejects
    assert (progress.records, progress.rejected) == (len(ids), len(rejects))


def test_ids_that_occur_twice_are_told(tmp_path):
    """An id that an earlier article has is told, and both articles are kept."""
    (tmp_path / "in.jsonl").write_bytes(GOOD[0] * 2 + GOOD[1])
    progress = extract(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    assert (progress.repeated, progress.repeated_ids) == (1, ["n0"])


def test_few_of_many_ids_are_named(tmp_path):
    """However many ids occur again, they are counted, and the first few are named."""
    (tmp_path / "in.jsonl").write_bytes(b"".join(corpus(6)) * 3)
    progress = extract(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    assert (progress.repeated, progress.repeated_ids) == (12, ["n0", "n1", "n2"])


def test_a_gzip_file_that_breaks_off(folder):
    """What stands before the break of a gzip file is read, and the break is listed."""
    rows = [{"id": f"r{n}", "text": TEXT, "salt": random.Random(n).random()} for n in range(400)]
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    (folder / "cut.jsonl.gz").write_bytes(gzip.compress(data)[:-400])
    progress = extract(folder / "cut.jsonl.gz", folder / "out.jsonl")
    assert 300 < progress.records < 400
    (listed,) = records(folder / "out.rejects.jsonl")
    assert listed["source"] == f"cut.jsonl.gz:{progress.records + 1}"
    assert listed["reason"] == "unreadable"


def test_a_line_too_long_is_passed_over(tmp_path, monkeypatch):
    """A line beyond the limit is listed without being held in memory whole, and the next line is read."""
    monkeypatch.setattr("katanya.batch.inputs.jsonl.MAX_LINE", 5000)
    monkeypatch.setattr("katanya.readers.jsonl.MAX_LINE", 5000)
    (tmp_path / "in.jsonl").write_bytes(b"x" * 12000 + b"\n" + GOOD[1])
    extract(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    assert [row["reason"] for row in records(tmp_path / "out.rejects.jsonl")] == ["too large"]
    assert [record["id"] for record in records(tmp_path / "out.jsonl")] == ["n1"]


PATHS = {
    "no input": ("nowhere.jsonl", "out.jsonl", "nowhere.jsonl: no such file"),
    "no output folder": ("in.jsonl", "no/out.jsonl", "no such folder .mkdir"),
    "output is a folder": ("in.jsonl", ".", "no file of plain JSON lines"),
    "output is gzip": ("in.jsonl", "out.jsonl.gz", "no file of plain JSON lines"),
    "output is the input": ("in.jsonl", "in.jsonl", "is the input, and would be written"),
}


@pytest.mark.parametrize(("source", "target", "says"), PATHS.values(), ids=PATHS)
def test_paths_that_cannot_be_used(folder, source, target, says):
    """A path that cannot be used is refused before anything is written, with what to do."""
    with pytest.raises(InputError, match=says):
        extract(folder / source, folder / target)
    assert [path.name for path in folder.iterdir()] == ["in.jsonl"]


ON_THE_WAY = (
    "out.jsonl", "out.rejects.jsonl", "out.jsonl.part", "out.rejects.jsonl.part", "out.jsonl.journal",
    "out.jsonl.journal.new",
)  # fmt: skip


@pytest.mark.parametrize("name", ON_THE_WAY)
def test_no_file_of_the_run_is_its_input(folder, name):
    """An input that the run itself would write, at its end or on the way, is refused and left as it is."""
    (folder / "in.jsonl").rename(folder / name)
    with pytest.raises(InputError, match=f"{name}: is the input"):
        extract(folder / name, folder / "out.jsonl")
    assert (folder / name).read_bytes() == b"".join(corpus(150))
    assert [path.name for path in folder.iterdir()] == [name]


REJECTS = {
    "out.jsonl": "out.rejects.jsonl",
    "out.2024": "out.2024.rejects.jsonl",
    "out.2025.jsonl": "out.2025.rejects.jsonl",
    "out": "out.rejects.jsonl",
}


@pytest.mark.parametrize("name", REJECTS)
def test_each_output_has_rejects_of_its_own(tmp_path, name):
    """Only the ending of JSON lines gives way to that of the rejects: no two outputs share them."""
    assert rejects_of(tmp_path / name) == tmp_path / REJECTS[name]


def test_utf16_is_refused(tmp_path):
    """A UTF-16 file is refused as a whole, with the command that converts it."""
    (tmp_path / "in.jsonl").write_bytes(GOOD[0].decode().encode("utf-16"))
    with pytest.raises(InputError, match="iconv"):
        extract(tmp_path / "in.jsonl", tmp_path / "out.jsonl")


class StopError(Exception):
    """The end of a run that was to go on."""


def stop_after(chunks: int):
    """Return what ends a run after some chunks."""
    seen = []

    def watch(progress):
        seen.append(progress.articles)
        if len(seen) == chunks:
            raise StopError

    return watch


def begun(folder, chunks=2, source="in.jsonl"):
    """Leave a run behind that was ended after some chunks."""
    with pytest.raises(StopError):
        extract(folder / source, folder / "out.jsonl", watch=stop_after(chunks))


@pytest.mark.parametrize("chunks", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("source", ["in.jsonl", "in.jsonl.gz"])
def test_a_run_goes_on_where_it_stopped(folder, monkeypatch, chunks, source):
    """A run ended after any chunk goes on with the same command, and no line is lost or doubled."""
    monkeypatch.setattr(module, "CHECKPOINT_SECONDS", 0)
    (folder / "in.jsonl.gz").write_bytes(gzip.compress((folder / "in.jsonl").read_bytes()))
    extract(folder / source, folder / "whole.jsonl")
    begun(folder, chunks, source)
    with (folder / "out.jsonl.part").open("ab") as part:
        part.write(b'{"id": "half a rec')  # what a kill between two checkpoints leaves
    progress = extract(folder / source, folder / "out.jsonl")
    assert progress.resumed == min(150, 32 * chunks)
    assert (folder / "out.jsonl").read_bytes() == (folder / "whole.jsonl").read_bytes()


def test_ids_of_the_first_part_are_remembered(tmp_path, monkeypatch):
    """A run that went on tells the same ids as one that was let be."""
    monkeypatch.setattr(module, "CHECKPOINT_SECONDS", 0)
    (tmp_path / "in.jsonl").write_bytes(GOOD[1] + b"".join(corpus(40)) + GOOD[0])
    begun(tmp_path, 1)
    progress = extract(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    assert (progress.repeated, progress.repeated_ids) == (2, ["n1", "n0"])


def test_another_input_is_not_gone_on_with(folder, monkeypatch):
    """A run does not go on with another input than it was begun with, unless told to begin anew."""
    monkeypatch.setattr(module, "CHECKPOINT_SECONDS", 0)
    begun(folder)
    (folder / "in.jsonl").write_bytes(b"".join(corpus(151)[1:]))
    with pytest.raises(InputError, match="--restart"):
        extract(folder / "in.jsonl", folder / "out.jsonl")
    assert extract(folder / "in.jsonl", folder / "out.jsonl", restart=True).records == 150


def test_an_input_that_was_done_with_and_has_changed_is_told(folder, monkeypatch):
    """A file that a run has read to its end is known by what stands in it, not by its length alone."""
    monkeypatch.setattr(module, "CHECKPOINT_SECONDS", 0)
    (folder / "a.jsonl").write_bytes(GOOD[0])
    with pytest.raises(StopError):
        extract([folder / "a.jsonl", folder / "in.jsonl"], folder / "out.jsonl", watch=stop_after(2))
    (folder / "a.jsonl").write_bytes(GOOD[0].replace(b'"n0"', b'"x0"'))
    with pytest.raises(InputError, match="begun with other inputs"):
        extract([folder / "a.jsonl", folder / "in.jsonl"], folder / "out.jsonl")


def test_another_kind_is_not_gone_on_with(folder, monkeypatch):
    """A run does not go on with its input taken for another kind."""
    monkeypatch.setattr(module, "CHECKPOINT_SECONDS", 0)
    begun(folder)
    with pytest.raises(InputError, match="another command"):
        extract(folder / "in.jsonl", folder / "out.jsonl", kind="text")


def test_another_model_is_not_gone_on_with(folder, monkeypatch):
    """A run does not go on with another model than it was begun with, unless told to begin anew."""
    monkeypatch.setattr(module, "CHECKPOINT_SECONDS", 0)
    with pytest.raises(StopError):
        extract(folder / "in.jsonl", folder / "out.jsonl", model=None, watch=stop_after(2))
    journal = folder / "out.jsonl.journal"
    journal.write_text(journal.read_text().replace('"none"', '"ab12"'))
    with pytest.raises(InputError, match=r"another model .*--restart"):
        extract(folder / "in.jsonl", folder / "out.jsonl", model=None)
    assert extract(folder / "in.jsonl", folder / "out.jsonl", model=None, restart=True).records == 150


def test_a_changed_model_is_another(tmp_path):
    """A model is told by what its manifests hold, those of its parts included, not by the name of its folder."""
    (tmp_path / "part").mkdir()
    seen = {model_digest(None)}
    for path in (tmp_path / "manifest.json", tmp_path / "part" / "manifest.json"):
        for content in ("{}", '{"format": 1}'):
            path.write_text(content)
            seen.add(model_digest(tmp_path))
    assert len(seen) == 5


def test_a_new_beginning_forgets_the_old_one(folder, monkeypatch):
    """A run that was begun anew and killed at once leaves nothing of the first run to go on with."""
    monkeypatch.setattr(module, "CHECKPOINT_SECONDS", 0)
    begun(folder)
    monkeypatch.setattr(module, "CHECKPOINT_SECONDS", 60)
    with pytest.raises(StopError):
        extract(folder / "in.jsonl", folder / "out.jsonl", restart=True, watch=stop_after(1))
    progress = extract(folder / "in.jsonl", folder / "out.jsonl")
    assert (progress.resumed, progress.records) == (0, 150)


def test_a_journal_that_is_none(folder):
    """A broken journal is refused by name."""
    (folder / "out.jsonl.journal").write_text("[]")
    with pytest.raises(InputError, match=r"out\.jsonl\.journal: is not a journal"):
        extract(folder / "in.jsonl", folder / "out.jsonl")


def test_a_second_run_beside_the_first_is_refused(folder):
    """Two runs never write the same file."""

    def again(progress):
        with pytest.raises(InputError, match="another run"):
            extract(folder / "in.jsonl", folder / "out.jsonl")

    assert extract(folder / "in.jsonl", folder / "out.jsonl", watch=again).records == 150


def command(folder, *more):
    """Return the command line of a run in a folder."""
    return [
        sys.executable,
        "-m",
        "katanya",
        "extract",
        str(folder / "in.jsonl"),
        "-o",
        str(folder / "out.jsonl"),
        *more,
    ]


def test_a_full_disk_is_told_and_made_good(folder):
    """A disk that takes no more is told in one line, and the run goes on when there is room."""
    limit = 100_000

    def small_disk():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(command(folder), preexec_fn=small_disk, capture_output=True, text=True)
    assert done.returncode == 1
    assert "cannot be written: File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "out.jsonl").exists()
    assert subprocess.run(command(folder), capture_output=True).returncode == 0
    assert len(records(folder / "out.jsonl")) == 150


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A folder with a corpus that takes some seconds, and its output."""
    folder = tmp_path_factory.mktemp("many")
    (folder / "in.jsonl").write_bytes(b"".join(corpus(1000)))
    extract(folder / "in.jsonl", folder / "out.jsonl")
    return folder


@pytest.mark.parametrize("workers", ["1", "2"])
def test_killed_at_any_moment(tmp_path, many, workers):
    """Killed again and again, a run ends with the bytes of one that was let be, and no process stays."""
    shutil.copy(many / "in.jsonl", tmp_path)
    moments = random.Random(workers)
    kills = 0
    for _ in range(3):
        run = subprocess.Popen(
            command(tmp_path, "-w", workers), stderr=subprocess.PIPE, start_new_session=True
        )
        before = journal_of(tmp_path)
        deadline = time.monotonic() + 30
        while run.poll() is None and journal_of(tmp_path) == before and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(moments.random() / 4)
        if run.poll() is None:
            kills += 1
        run.kill()
        run.communicate()
        wait_for_orphans(run.pid)
    assert kills
    assert subprocess.run(command(tmp_path, "-w", workers), capture_output=True).returncode == 0
    assert (tmp_path / "out.jsonl").read_bytes() == (many / "out.jsonl").read_bytes()


def test_interrupted_by_hand(tmp_path, many):
    """Ctrl-C ends a run in one line with exit code 130, workers included, and the run can go on."""
    shutil.copy(many / "in.jsonl", tmp_path)
    run = subprocess.Popen(command(tmp_path, "-w", "2"), stderr=subprocess.PIPE, start_new_session=True)
    while journal_of(tmp_path) is None and run.poll() is None:
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGINT)  # a terminal sends it to the workers as well
    _, told = run.communicate(timeout=20)
    assert run.returncode == 130
    assert told.decode().startswith("katanya: interrupted; the same command goes on")
    assert told.count(b"\n") == 1
    wait_for_orphans(run.pid)


def journal_of(folder):
    """Return the journal of a run as it stands, if there is one."""
    path = folder / "out.jsonl.journal"
    return path.read_bytes() if path.exists() else None


def wait_for_orphans(group):
    """Wait until no process of the group is left; fail where one stays."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    raise AssertionError("a worker outlived its parent")


def test_an_error_of_the_disk_has_its_own_class():
    """Errors of a run are all of the package's own kind, so that a caller can catch them."""
    assert issubclass(InputError, KatanyaError)


def test_values_of_whole_articles(tmp_path):
    """Each article has its times, figures and places with offsets into its text, under its id; bad lines are listed."""
    text = "BLORA - Banjir merendam lebih dari 20 rumah di Kecamatan Cepu pada 3 Juni 2025."
    articles = ({"id": "a", "text": text}, {"id": "b", "text": "Ya."})
    lines = [*(json.dumps(article).encode() for article in articles), b"nonsense"]
    (tmp_path / "in.jsonl").write_bytes(b"\n".join(lines))
    progress = extract_values(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    assert (progress.records, progress.rejected) == (2, 1)
    first, second = records(tmp_path / "out.jsonl")
    assert second == {"id": "b", "times": [], "figures": [], "places": []}
    assert [first["id"], *first] == ["a", "id", "times", "figures", "places"]
    assert [(time["value"], time["from"]) for time in first["times"]] == [("2025-06-03", "2025-06-03")]
    assert [(figure["low"], figure["high"]) for figure in first["figures"]] == [(20, None)]
    assert [(place["name"], place["country"]) for place in first["places"]] == [("Blora", "ID"), ("Cepu", "ID")]
    for value in (*first["times"], *first["figures"], *first["places"]):
        assert text[value["start"] : value["end"]] == value["text"]


def test_values_are_the_same_for_any_number_of_workers(folder):
    """The values are the same to the byte for one worker or two."""
    extract_values(folder / "in.jsonl", folder / "one.jsonl")
    extract_values(folder / "in.jsonl", folder / "two.jsonl", workers=2)
    assert (folder / "one.jsonl").read_bytes() == (folder / "two.jsonl").read_bytes()


def test_a_run_for_statements_is_not_gone_on_with_for_values(folder, monkeypatch):
    """What one command has begun is not gone on with by the other."""
    monkeypatch.setattr(module, "CHECKPOINT_SECONDS", 0)
    begun(folder)
    with pytest.raises(InputError, match=r"another command .*--restart"):
        extract_values(folder / "in.jsonl", folder / "out.jsonl")
