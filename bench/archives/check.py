"""File an archive twice, once unbroken and once killed at random moments, and look what came of it.

``python bench/archives/check.py OUT.warc.gz --work DIR --records 50000`` tells whether every record is accounted for,
how memory at the end compares with memory at the beginning, and whether both ledgers hold the same. Exit code 1 where
anything is amiss. Both runs go on at the same time; DIR is for the ledgers.
"""

import argparse
import json
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

TIMES = ("filed", "mended")  # columns that hold the time of day
INDICES = ("contents_index", "names_index", "people_index", "texts_index")  # told by what they find, below
WORDS = ("jembatan", "presiden", "harga", "polisi")
FOUND = "SELECT rowid FROM contents_index WHERE contents_index MATCH ? ORDER BY rowid"
TWICE = "SELECT url FROM editions WHERE url != '' GROUP BY url, digest, title, outlet, published HAVING count(*) > 1"
WITHIN = 0.10  # of the memory of the first tenth


@dataclass
class Run:
    """How a run went: articles done with, memory in bytes at so many articles, times that it was killed."""

    last: int = 0
    memory: list[tuple[int, int]] = field(default_factory=list)
    kills: int = 0
    seconds: float = 0.0
    report: str = ""


def main() -> None:
    """Check the archive that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="a folder for the ledgers")
    parser.add_argument("--records", type=int, required=True, help="how many the archive holds")
    parser.add_argument("--kills", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    given, options = parser.parse_known_args()
    findings = check(given.archive, given.work, given.records, given.kills, given.seed, options)
    print(json.dumps(findings, indent=1))
    sys.exit(bool(findings["faults"]))


def check(archive: Path, work: Path, records: int, kills: int, seed: int, options: list[str]) -> dict:
    """Do both runs and return what was found; ``faults`` is empty where all is as it should be."""
    work.mkdir(parents=True, exist_ok=True)
    ledgers = [work / "unbroken.ledger", work / "killed.ledger"]
    for ledger in ledgers:
        for path in work.glob(f"{ledger.name}*"):
            path.unlink()
    runs, chance = [Run(), Run()], random.Random(seed)
    moments = sorted(chance.randrange(records) for _ in range(kills))
    threads = [
        threading.Thread(target=unbroken, args=(archive, ledgers[0], runs[0], options)),
        threading.Thread(target=killed, args=(archive, ledgers[1], runs[1], options, moments, chance)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counts = [accounted(ledger) for ledger in ledgers]
    first, last = tenths(runs[0].memory, records)
    different = differences(*ledgers)
    faults = [
        f"{name}: {done} of {records} accounted for"
        for name, done in zip(("unbroken", "killed"), map(done_with, ledgers), strict=True) if done != records
    ]  # fmt: skip
    faults += [f"{table}: {what}" for table, what in different.items()]
    if first and abs(last / first - 1) > WITHIN:
        faults.append(f"memory: {first:.0f} MiB in the first tenth, {last:.0f} MiB in the last")
    return {
        "unbroken": {"report": runs[0].report, "seconds": round(runs[0].seconds)},
        "killed": {"report": runs[1].report, "seconds": round(runs[1].seconds), "kills": runs[1].kills},
        "ledger": counts[0], "memory MiB": {"first tenth": round(first, 1), "last tenth": round(last, 1)},
        "faults": faults,
    }  # fmt: skip


def unbroken(archive: Path, ledger: Path, run: Run, options: list[str]) -> None:
    """File the archive in one go."""
    begun = time.monotonic()
    process = _start(archive, ledger, options)
    _follow(process, run)
    process.wait()
    run.seconds = time.monotonic() - begun


def killed(
    archive: Path, ledger: Path, run: Run, options: list[str], moments: list[int], chance: random.Random
) -> None:
    """File the archive, killed when so many records are done; at every third time during the start-up."""
    begun = time.monotonic()
    for moment in moments:
        process = _start(archive, ledger, options)
        if run.kills % 3 == 2:
            time.sleep(chance.random() * 4)
        else:
            _follow(process, run, until=moment)
            time.sleep(chance.random())
        run.kills += process.poll() is None
        process.kill()
        process.wait()
    process = _start(archive, ledger, options)
    _follow(process, run)
    process.wait()
    run.seconds = time.monotonic() - begun


def accounted(ledger: Path) -> dict[str, int]:
    """Return how many rows of some tables a ledger holds, and its rejects by reason."""
    with sqlite3.connect(ledger) as connection:
        counts = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("articles", "editions", "copies", "statements")
        }
        found = connection.execute("SELECT reason, count(*) FROM rejections GROUP BY reason ORDER BY reason")
        return counts | {f"rejected: {reason}": count for reason, count in found}


def done_with(ledger: Path) -> int:
    """Return how many items of its inputs a ledger has done with."""
    with sqlite3.connect(ledger) as connection:
        return int(connection.execute("SELECT sum(articles + rejected) FROM progress").fetchone()[0])


def tenths(memory: list[tuple[int, int]], records: int) -> tuple[float, float]:
    """Return the mean memory, in MiB, during the first and the last tenth of the records."""
    first = [size for at, size in memory if at <= records / 10]
    last = [size for at, size in memory if at > records * 9 / 10]
    return (mean(first) / 2**20, mean(last) / 2**20) if first and last else (0.0, 0.0)


def differences(one: Path, other: Path) -> dict[str, str]:
    """Return the tables in which two ledgers differ, times of day aside, and how."""
    found: dict[str, str] = {}
    with sqlite3.connect(one) as left, sqlite3.connect(other) as right:
        tables = [name for (name,) in left.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        for table in tables:
            if table.startswith(INDICES) or table.startswith("sqlite_"):
                continue
            rows = [_rows(connection, table) for connection in (left, right)]
            if rows[0] != rows[1]:
                missing, more = rows[0] - rows[1], rows[1] - rows[0]
                found[table] = f"{missing.total()} rows are missing, {more.total()} are more"
        for word in WORDS:
            hits = [connection.execute(FOUND, (word,)).fetchall() for connection in (left, right)]
            if hits[0] != hits[1]:
                found[f"contents_index, '{word}'"] = f"{len(hits[0])} and {len(hits[1])} hits"
        for connection, name in ((left, "unbroken"), (right, "killed")):
            doubled = connection.execute(TWICE).fetchall()
            if doubled:
                found[f"editions, {name}"] = f"{len(doubled)} are there twice, {doubled[0][0]} is one"
            if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                found[name] = "is damaged"
    return found


def _rows(connection: sqlite3.Connection, table: str) -> Counter:
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in TIMES]
    columns = ", ".join(f'"{name}"' for name in names)
    return Counter(map(hash, connection.execute(f"SELECT {columns} FROM {table}")))


def _start(archive: Path, ledger: Path, options: list[str]) -> subprocess.Popen:
    command = [sys.executable, "-m", "katanya", "file", archive, "--ledger", ledger, "--progress", *options]
    return subprocess.Popen(list(map(str, command)), stderr=subprocess.PIPE, text=True)


def _follow(process: subprocess.Popen, run: Run, until: int | None = None) -> None:
    """Follow a run to its end, or until it has reported so many articles."""
    for line in process.stderr:
        word, _, number = line.strip().removeprefix("katanya: ").partition(" ")
        if word != "filed" or not number.isdigit():
            run.report = line.strip() if " articles: " in line else run.report
            continue
        run.last = int(number)
        run.memory.append((run.last, _memory(process.pid)))
        if until is not None and run.last >= until:
            return


def _memory(pid: int) -> int:
    """Return the resident memory of a process in bytes; 0 where it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096
    except (OSError, IndexError):
        return 0


if __name__ == "__main__":
    main()
