"""Work on several processes: what becomes of an item that never ends, or takes its process with it."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from itertools import chain
from pathlib import Path

import pytest

from katanya.batch import workers as module
from katanya.batch.limits import TookTooLong, within
from katanya.batch.workers import Mend, Workers
from katanya.core.errors import KatanyaError


def doubled(numbers):
    """Double some numbers; a 13 takes its process with it, and a 666 that one the first time only."""
    for number in numbers:
        if number == 13:
            os.kill(os.getpid(), signal.SIGKILL)
        if isinstance(number, Path) and not number.exists():
            number.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return [number if isinstance(number, Path) else 2 * number for number in numbers]


def told_by(number):
    """Return a number and the process that it was given to."""
    return number, os.getpid()


def done(items, mend=None):
    """Double many numbers on two processes."""
    with Workers(2) as workers:
        return list(workers.ordered(doubled, items, mend=mend))


MEND = Mend(lambda item: [[one] for one in item], lambda item: [0], lambda found: list(chain(*found)))


def test_the_item_that_kills_is_told_and_the_rest_is_done():
    """Only what kills its process is left undone, wherever it stands; all else is done, in order."""
    items = [[n, n + 1, n + 2] for n in range(1, 30, 3)]
    wanted = [[0 if number == 13 else 2 * number for number in item] for item in items]
    assert done(items, MEND) == wanted


def test_fresh_processes_take_over(monkeypatch):
    """After so many items other processes go on, and nothing is left out or out of order; the old ones have ended."""
    monkeypatch.setattr(module, "RENEWED", 5)
    with Workers(2) as workers:
        told = list(workers.ordered(told_by, range(35)))
        assert len(multiprocessing.active_children()) <= 2
    assert [number for number, _ in told] == list(range(35))
    assert 4 <= len({process for _, process in told}) <= 8


def test_an_item_beside_which_a_process_died_once_is_done(tmp_path):
    """A process that is killed once, as for want of memory, costs nothing but time."""
    once = tmp_path / "once"
    assert done([[1], [once], [2]], MEND) == [[2], [once], [4]]


def test_without_a_way_to_mend_a_killed_process_is_told():
    """Where nothing can be cut into parts the run stops with a word on how to go on."""
    with pytest.raises(KatanyaError, match="worker process was killed"):
        done([[1], [13], [2]])


def slow(seconds):
    """Take some seconds."""
    time.sleep(seconds)


def test_nobody_waits_for_what_a_run_that_was_given_up_has_under_way():
    """Where the run ends with an error its processes end at once, whatever they are at."""
    begun = time.monotonic()
    with suppress(KeyboardInterrupt), Workers(2) as workers:
        for _ in workers.ordered(slow, [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 600.0, 600.0, 600.0]):
            raise KeyboardInterrupt
    assert time.monotonic() - begun < 300
    assert not multiprocessing.active_children()


def stubborn(seconds):
    """Run on for some seconds, whatever happens."""
    begun = time.process_time()
    while time.process_time() < begun + seconds:
        with suppress(Exception):
            sum(range(1000))


def test_a_block_that_takes_too_long_is_left():
    """Code that runs on is left after its time, even where it catches every error."""
    with pytest.raises(TookTooLong), within(0.2):
        stubborn(20)
    assert signal.getsignal(signal.SIGVTALRM) is signal.SIG_DFL


def test_a_block_in_time_is_left_alone():
    """After a block that ends in time nothing rings."""
    with within(0.1):
        sum(range(10))
    sum(range(20_000_000))


RUN = """
import itertools, os, signal, sys
from pathlib import Path
from katanya import api
from katanya.batch import limits, reading
from katanya.batch.extract import Form, extract

read = api.Reader.read

def poisoned(self, text, **more):
    words = getattr(text, "text", text)
    while "MACET" in words:  # runs forever
        pass
    if "BUNTU" in words:  # stays in compiled code
        sum(itertools.repeat(0))
    if "MATI" in words:
        os.kill(os.getpid(), signal.SIGKILL)
    return read(self, text, **more)

api.Reader.read = poisoned
limits.within.__wrapped__.__defaults__ = (0.5,)

if __name__ == "__main__":
    form = Form.PARQUET if sys.argv[2] == "out" else Form.JSONL
    done = extract(Path(sys.argv[1]), Path(sys.argv[2]), form=form, workers=int(sys.argv[3]), model=None)
    print(done.records, done.rejected)
"""
TEXT = "Camat Sukamaju Rini Wulandari mengatakan jembatan ditutup."


POISONS = [
    ("MACET", 1, "out.jsonl"),
    ("MACET", 2, "out"),
    ("BUNTU", 2, "out.jsonl"),
    ("MATI", 2, "out.jsonl"),
    ("MATI", 2, "out"),
]


@pytest.mark.parametrize(("poison", "workers", "out"), POISONS)
def test_a_poisoned_article_is_rejected_and_the_run_goes_on(tmp_path, poison, workers, out):
    """An article that runs forever, or takes its worker with it, is a reject; all others have their records."""
    texts = [f"{TEXT} {poison}" if number == 40 else TEXT for number in range(70)]
    lines = [json.dumps({"id": f"n{number}", "text": text}) for number, text in enumerate(texts)]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    (tmp_path / "run.py").write_text(RUN)
    command = [sys.executable, "run.py", "in.jsonl", out, str(workers)]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.stdout.split() == ["69", "1"], ran.stderr
    if out == "out.jsonl":
        (reject,) = map(json.loads, (tmp_path / "out.rejects.jsonl").read_text().splitlines())
        assert (reject["source"], reject["reason"]) == ("in.jsonl:41", "failed")
        assert ("seconds" if poison == "MACET" else "killed") in reject["detail"]
