"""Readers beside a writer: how long each is kept waiting, and whether any sees half an article.

    python bench/ledger/readers.py records.jsonl [--readers 8] [--articles 6000]

A process files the records; readers, each a process, ask all the while: the last article must have all of its
statements and contents, its words must be in the index, and there must be as many articles as the ledger says of its
progress.
Waiting is time in which a question neither computed nor stood in the queue for a processor (Linux tells these apart in
/proc/self/schedstat); wall time is printed beside it. Exit code 1 where a reader was kept waiting for more than 100 ms,
was refused, or saw half an article.
"""

import argparse
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from katanya import Ledger

LONGEST = 100.0  # milliseconds
PAUSE = 0.02  # seconds between the questions of a reader: somebody reads the answer
SCHEDULER = Path("/proc/self/schedstat")


def main() -> None:
    """Write and read at once, and print what the readers met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--articles", type=int, default=6000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        rows = measure(arguments.records, Path(name), arguments.readers, arguments.articles)
    waits = sorted(row["waits"] for row in rows)
    print(f"{len(rows)} readers, {sum(row['questions'] for row in rows)} questions while {arguments.articles} articles "
          f"were filed: kept waiting {waits[-1]:.1f} ms at most, wall time of a question "
          f"{max(row['wall'] for row in rows):.1f} ms at most; "
          f"{sum(row['refused'] for row in rows)} refused, {sum(row['halves'] for row in rows)} halves seen, "
          f"{min(row['states'] for row in rows)} states or more seen by each")
    sys.exit(any(row["waits"] > LONGEST or row["refused"] or row["halves"] for row in rows))


def measure(records: Path, folder: Path, readers: int, articles: int) -> list[dict[str, float]]:
    """File some records while others read; return what each reader met."""
    source, ledger, done = folder / "in.jsonl", folder / "read.ledger", folder / "done"
    with records.open(encoding="utf-8") as lines:
        wanted = [line for line, _ in zip(lines, range(articles), strict=False)]
    source.write_text("".join(wanted), encoding="utf-8")
    counts = {(record := json.loads(line))["id"]: len(record["statements"]) for line in wanted}
    Ledger.open(ledger, write=True).close()
    (folder / "counts.json").write_text(json.dumps(counts), encoding="utf-8")
    code = f"import runpy; runpy.run_path({__file__!r})['tell'](*{(str(ledger), str(done))!r}, {str(folder)!r})"
    found = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) for _ in range(readers)]
    try:
        command = [sys.executable, "-m", "katanya", "file", source, "--ledger", ledger, "--model", "none"]
        subprocess.run(list(map(str, command)), check=True, stderr=subprocess.DEVNULL)
    finally:
        done.touch()
        told = [reader.communicate()[0] for reader in found]
    return [json.loads(line) for line in told]


def tell(ledger: str, done: str, folder: str) -> None:
    """Be one reader, and print what it met."""
    print(json.dumps(read(ledger, done, json.loads((Path(folder) / "counts.json").read_text(encoding="utf-8")))))


def read(path: str, done: str, counts: dict[str, int]) -> dict[str, float]:
    """Ask until the writer is done."""
    met = {"questions": 0, "waits": 0.0, "wall": 0.0, "refused": 0, "halves": 0}
    states = set()
    with Ledger.open(path) as ledger:
        connection = ledger._connection  # looks into one state of the ledger, as its own questions do
        while not Path(done).exists():
            begun = _times()
            try:
                connection.execute("BEGIN")
                state, whole = _look(connection, counts)
                connection.execute("COMMIT")
            except sqlite3.OperationalError:
                met["refused"] += 1
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                continue
            wall, busy = (1000 * (after - before) for after, before in zip(_times(), begun, strict=True))
            met["waits"] = max(met["waits"], wall - busy)
            met["wall"] = max(met["wall"], wall)
            met["questions"] += 1
            met["halves"] += not whole
            states.add(state)
            time.sleep(PAUSE)
    return met | {"states": len(states)}


def _look(connection: sqlite3.Connection, counts: dict[str, int]) -> tuple[int, bool]:
    """Return how many articles there are, and whether the last one is whole."""
    (editions,) = connection.execute("SELECT count(*) FROM editions").fetchone()
    reached = connection.execute("SELECT articles FROM progress").fetchone()
    last = connection.execute(
        "SELECT e.document, r.id FROM editions e JOIN readings r ON r.edition = e.id ORDER BY r.id DESC LIMIT 1"
    ).fetchone()
    if last is None:
        return 0, reached is None
    statements = [id for (id,) in connection.execute("SELECT id FROM statements WHERE reading = ?", (last[1],))]
    marks = ", ".join("?" * len(statements))
    said = f"SELECT count(DISTINCT statement) FROM contents WHERE statement IN ({marks})"
    (with_contents,) = connection.execute(said, statements).fetchone()
    indexed = f"SELECT count(*) FROM contents_index WHERE rowid IN ({marks})"
    (in_index,) = connection.execute(indexed, statements).fetchone()
    whole = len(statements) == counts[last[0]] == with_contents == in_index and reached == (editions,)
    return editions, whole


def _times() -> tuple[float, float]:
    """Return wall time, and the time that was spent computing or in the queue for a processor, in seconds."""
    if not SCHEDULER.exists():
        return time.monotonic(), time.process_time()
    running, queued, _ = SCHEDULER.read_text().split()
    return time.monotonic(), (int(running) + int(queued)) / 1e9


if __name__ == "__main__":
    main()
