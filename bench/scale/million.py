"""Read a million articles: a corpus so many times over, killed on the way, and look what came of it.

``python bench/scale/million.py CORPUS.jsonl.gz --work DIR`` reads the corpus once unbroken, then its copies (each
with ids of its own) into another folder of Parquet, killing that run with ``kill -9`` where ``--kills`` says and giving
the same command again. It tells articles a second, memory in the first and the last tenth, and whether the rows of
every copy are those of the unbroken run. Exit code 1 where anything is amiss. What is there already is gone on with.
"""

import argparse
import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parents[1] / "compare"))
from measure import Memory

EVERY = 5.0  # seconds between two looks
WITHIN = 0.10  # of the memory of the first tenth
ROWS = 4096  # of a shard
BEGIN = "c{:02}-"  # of the ids of a copy


@dataclass
class Run:
    """How a run went: seconds that it ran, times that it was killed, memory in bytes at so many rows."""

    seconds: float = 0.0
    kills: int = 0
    memory: list[tuple[int, int]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    ended: bool = False


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="a folder for input and outputs")
    parser.add_argument("--copies", type=int, default=28)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=float, nargs="*", default=[0.15, 0.3], help="parts of the way")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    findings = check(given.corpus, given.work, given.copies, given.workers, given.kills)
    print(json.dumps(findings, indent=1))
    sys.exit(bool(findings["faults"]))


def check(corpus: Path, work: Path, copies: int, workers: int, kills: list[float]) -> dict:
    """Do both runs and return what was found; ``faults`` is empty where all is as it should be."""
    many = work / "copies.jsonl"
    one, articles = copied(corpus, many, copies)
    unbroken = extract(corpus, work / "once", workers, [])
    run = extract(many, work / "copies", workers, [int(part * articles) for part in kills])
    first, last = tenth(run, articles, 0), tenth(run, articles, 9)
    equal = equal_copies(work / "once", work / "copies")
    faults = []
    if equal != copies:
        faults.append(f"{equal} of {copies} copies have the rows of the unbroken run")
    if run.kills != len(kills):
        faults.append(f"killed {run.kills} times of {len(kills)}")
    if last > first * (1 + WITHIN):
        faults.append("memory grows")
    return {
        "articles": articles, "once": summary(unbroken, one), "copies": summary(run, articles), "kills": run.kills,
        "memory_first_tenth": round(first / 2**20, 1), "memory_last_tenth": round(last / 2**20, 1),
        "memory_most": round(max(memory for _, memory in run.memory) / 2**20, 1),
        "growth": round(last / first - 1, 4), "equal_copies": equal, "faults": faults,
        "memory": [[rows, memory >> 20] for rows, memory in run.memory[:: max(1, len(run.memory) // 100)]],
    }  # fmt: skip


def copied(corpus: Path, target: Path, copies: int) -> tuple[int, int]:
    """Write the copies if they are not there; return how many articles are in one, and in all."""
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines if line.strip()]
    if not target.exists():
        fresh = target.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as page:
            for copy in range(copies):
                for article in articles:
                    changed = article | {"id": BEGIN.format(copy) + article["id"]}
                    page.write(json.dumps(changed, ensure_ascii=False) + "\n")
        fresh.replace(target)
    return len(articles), len(articles) * copies


def extract(source: Path, target: Path, workers: int, kills: list[int]) -> Run:
    """Read into a folder, killing the run at so many rows; the log beside the folder keeps how it went."""
    log = target.with_suffix(".run.json")
    run = Run(**json.loads(log.read_text())) if log.exists() else Run()
    for kill in [*kills[run.kills :], None] if not run.ended else []:
        _until(run, log, source, target, workers, kill)
    return run


def _until(run: Run, log: Path, source: Path, target: Path, workers: int, kill: int | None) -> None:
    """Run the command to its end, or to its killing once it has written so many rows; the log is of the latest look."""
    ran = run.seconds
    command = [sys.executable, "-m", "katanya", "extract", str(source), "-o", str(target), "--workers", str(workers)]
    begun = time.monotonic()
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True, text=True
    ) as running:
        memory, looked = Memory(running.pid), begun
        while running.poll() is None:
            time.sleep(0.1)
            if time.monotonic() - looked < EVERY:
                continue
            looked = time.monotonic()
            rows = ROWS * sum(1 for _ in (target / "articles").glob("shard=*/rows.parquet"))
            run.memory.append((rows, memory.now()))
            run.seconds = ran + looked - begun
            log.write_text(json.dumps(vars(run)))
            if kill is not None and rows >= kill:
                os.killpg(running.pid, signal.SIGKILL)
                run.kills += 1
                break
        said = running.communicate()[1]
    run.seconds = ran + time.monotonic() - begun
    run.told.append(said[-400:])
    if kill is None and running.returncode:
        raise RuntimeError(said[-2000:])
    run.ended = kill is None
    log.write_text(json.dumps(vars(run)))


def tenth(run: Run, articles: int, number: int) -> float:
    """Return the mean memory over a tenth of the way."""
    low, high = number * articles / 10, (number + 1) * articles / 10
    return mean(memory for rows, memory in run.memory if low <= rows < high or (number == 9 and rows >= high))


def equal_copies(once: Path, copies: Path) -> int:
    """Return how many copies have the rows of the corpus, whatever their ids begin with and where they stood."""
    wanted = _by_id(list(_shards(once)))
    held: dict[str, list[pa.Table]] = {}
    equal = 0
    for shard in _shards(copies):
        begins = pc.utf8_slice_codeunits(shard["id"], 0, len(BEGIN.format(0)))
        for begin in pc.unique(begins).to_pylist():
            held.setdefault(begin, []).append(shard.filter(pc.equal(begins, begin)))
            if sum(part.num_rows for part in held[begin]) == wanted.num_rows:  # more would be left over, and less too
                equal += _by_id(held.pop(begin)).equals(wanted)
    return -1 if held else equal


def _shards(folder: Path) -> Iterator[pa.Table]:
    """Yield the rows of a folder without where they stood."""
    for path in sorted((folder / "articles").glob("shard=*/rows.parquet")):
        yield pq.read_table(path, partitioning=None).drop_columns(["source"])


def _by_id(parts: list[pa.Table]) -> pa.Table:
    """Return rows in the order of their ids, without what the ids of a copy begin with."""
    rows = pa.concat_tables(parts)
    bare = pc.replace_substring_regex(rows["id"], pattern="^c[0-9]+-", replacement="")
    rows = rows.set_column(rows.schema.get_field_index("id"), "id", bare)
    return rows.take(pc.sort_indices(rows, [("id", "ascending")])).combine_chunks()


def summary(run: Run, articles: int) -> dict:
    """Return time and rate."""
    rate = round(articles / run.seconds, 1)
    return {"seconds": round(run.seconds, 1), "articles_a_second": rate, "told": run.told[-1]}


if __name__ == "__main__":
    main()
