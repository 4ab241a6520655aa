"""Kills `katanya file` at random moments, again and again, and looks each time whether the ledger is whole.

    python bench/ledger/kills.py records.jsonl [--kills 200] [--seed 1] [--articles 3000]

After each kill: SQLite's own integrity check; every article that was reported as filed is there; none is there twice;
each has all of its statements and contents, and what is there is the beginning of the file, as far as the ledger says.
The same command then goes on. A ledger that is complete makes room for a new one. Exit code 1 where anything is amiss.
"""

import argparse
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 60.0  # seconds for a run to report anything


@dataclass
class Findings:
    """What the kills did."""

    kills: int = 0
    while_filing: int = 0
    completed: int = 0
    faults: list[str] = field(default_factory=list)


def killed(source: Path, folder: Path, kills: int, chance: random.Random, *options: str) -> Iterator[Findings]:
    """Kill as often as asked; yield the findings so far after each."""
    articles = [json.loads(line) for line in source.read_bytes().splitlines()]
    findings, ledger = Findings(), folder / "killed.ledger"
    while findings.kills < kills:
        finished, reported = _run(source, ledger, chance, options)
        findings.kills += not finished
        findings.while_filing += not finished and reported > 0
        findings.completed += finished
        findings.faults += faults(ledger, articles, len(articles) if finished else reported)
        if finished:
            for path in folder.glob("killed.ledger*"):
                path.unlink()
        yield findings


def _run(source: Path, ledger: Path, chance: random.Random, options: tuple[str, ...]) -> tuple[bool, int]:
    """Start the command and kill it: after its first report most of the time, else at any moment, start-up included."""
    command = [sys.executable, "-m", "katanya", "file", source, "--ledger", ledger, "--progress", *options]
    run = subprocess.Popen(list(map(str, command)), stderr=subprocess.PIPE, text=True, start_new_session=True)
    lines: list[str] = []
    if chance.random() < 0.8:
        deadline = time.monotonic() + PATIENCE
        while run.stderr and not lines and run.poll() is None and time.monotonic() < deadline:
            lines.append(run.stderr.readline())
        time.sleep(chance.random())
    else:
        time.sleep(2 * chance.random())
    finished = run.poll() == 0
    run.kill()
    lines += run.communicate()[1].splitlines()
    told = [int(line.split()[2]) for line in lines if line.startswith("katanya: filed ")]
    return finished, max(told, default=0)


def faults(ledger: Path, articles: list[dict[str, object]], reported: int) -> Iterator[str]:
    """Yield what is wrong with a ledger that was being filled with some articles when it was killed."""
    if not ledger.exists() or not ledger.stat().st_size:
        if reported:
            yield f"no ledger, but {reported} articles were reported"
        return
    connection = sqlite3.connect(ledger)
    try:
        (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            yield f"integrity: {verdict}"
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'editions'").fetchone():
            if reported:
                yield f"an empty ledger, but {reported} articles were reported"
            return
        connection.execute("INSERT INTO contents_index (contents_index) VALUES ('integrity-check')")
        connection.rollback()
        there = [id for (id,) in connection.execute("SELECT document FROM editions ORDER BY id")]
        expected = [str(article["id"]) for article in articles]
        if len(there) < reported:
            yield f"lost: {reported} articles were reported, {len(there)} are there"
        if len(set(there)) < len(there):
            yield f"doubled: {len(there) - len(set(there))} articles"
        if there != expected[: len(there)]:
            yield "what is there is not the beginning of the file"
        row = connection.execute("SELECT articles + rejected FROM progress").fetchone()
        if (row[0] if row else 0) != len(there):
            yield f"{len(there)} articles, but the ledger says {row}"
        wanted = sum(len(article["statements"]) for article in articles[: len(there)])  # type: ignore[arg-type]
        for table in ("statements", "contents_index"):
            (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            if count != wanted:
                yield f"{table}: {count} instead of {wanted}"
    finally:
        connection.close()


def main() -> None:
    """Kill, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", type=int, default=3000)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    source = folder / "in.jsonl"
    with arguments.records.open(encoding="utf-8") as lines, source.open("w", encoding="utf-8") as out:
        seen: set[str] = set()
        for line in lines:
            article = json.loads(line)
            if (article["url"] or article["id"]) not in seen and len(seen) < arguments.articles:
                seen.add(article["url"] or article["id"])
                out.write(line)
    try:
        findings = Findings()
        for findings in killed(source, folder, arguments.kills, random.Random(arguments.seed), "--model", "none"):
            if sys.stderr.isatty() or findings.kills % 20 == 0:
                print(f"{findings.kills} kills, {len(findings.faults)} faults", file=sys.stderr)
    finally:
        shutil.rmtree(folder)
    print(f"{findings.kills} kills, {findings.while_filing} of them after a report; {findings.completed} ledgers "
          f"completed; {len(findings.faults)} faults")
    print(*findings.faults, sep="\n")
    sys.exit(bool(findings.faults))


if __name__ == "__main__":
    main()
