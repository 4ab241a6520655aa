#!/usr/bin/env python3
"""How fast, how large and how right: this program, a peer and the floor over the same articles, in turn.

    compare.py ARTICLES.jsonl OUT [--gold GOLD.jsonl] [--peer PYTHON MODEL] [--rounds 3] [--without spark]

Every round runs each of them once, so that what the machine does beside meets all alike. OUT gets ``compare.json``,
``compare.md`` and ``compare.svg``. The peer is that of `bench/peer`, in an environment of its own.
"""

import argparse
import json
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from measure import Cost, run
from plot import plot

from katanya.batch.goldfile import predict, read_gold
from katanya.batch.scoring import score

HERE = Path(__file__).parent
ALONE, BOTH = [0], [0, 1]
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
UNTOLD = {
    "kind": "direct", "act": "assertive", "cue": None, "source": None, "speaker": None, "speaker_kind": "none",
    "time": None, "place": None, "event": None, "within": None,
}  # fmt: skip
HEAD = "| | words/s | of the first | memory, MB | F1 |\n| --- | --- | --- | --- | --- |\n"


@dataclass
class Runner:
    """One that reads: what it is called, how it is started, where, and what its figures are."""

    name: str
    command: Callable[[Path, Path], list[str]]
    cores: list[int] = field(default_factory=lambda: ALONE)
    f1: float | None = None
    start: float = 0.0  # seconds that are left out
    costs: list[Cost] = field(default_factory=list)

    def speed(self, words: int) -> float:
        """Return words a second, the median of all rounds."""
        return words / (statistics.median(cost.seconds for cost in self.costs) - self.start)

    @property
    def memory(self) -> int:
        """The most memory in any round, in bytes."""
        return max(cost.memory for cost in self.costs)


def runners(peer: list[str] | None, without: list[str]) -> list[Runner]:
    """Return those that are compared, this program on one core first."""
    katanya = [sys.executable, "-m", "katanya", "extract"]
    found = [
        Runner("katanya, one core", lambda source, out: [*katanya, str(source), "-o", f"{out}.jsonl", "--restart"]),
        Runner("katanya, two workers", lambda source, out: [*katanya, str(source), "-o", f"{out}.jsonl", "-w", "2",
                                                            "--restart"], BOTH),
        Runner("katanya, Spark local[2]", lambda source, out: [
            *katanya, str(source), "-o", f"{out}-spark", "--engine", "spark", "--master", "local[2]"
        ], BOTH),
        Runner("quotation marks alone", lambda source, out: [sys.executable, str(HERE / "quotes.py"), str(source),
                                                             f"{out}.jsonl"]),
    ]  # fmt: skip
    if peer:
        script = str(HERE.parent / "peer" / "spacy_ner.py")
        found.append(Runner("spaCy recipe", lambda source, out: [peer[0], script, "predict", peer[1], str(source),
                                                                 f"{out}.jsonl"]))
    return [runner for runner in found if not any(word in runner.name.lower() for word in without)]


def measured(them: list[Runner], source: Path, folder: Path, rounds: int) -> None:
    """Run each in turn, so many times; of Spark its start is measured over one article first."""
    tiny = folder / "one.jsonl"
    with source.open(encoding="utf-8") as lines:
        tiny.write_text(next(lines), encoding="utf-8")
    for runner in them:
        if "Spark" in runner.name:
            runner.start = run(runner.command(tiny, folder / "start"), runner.cores, ONE_THREAD).seconds
    for number in range(rounds):
        for at, runner in enumerate(them):
            runner.costs.append(run(runner.command(source, folder / f"{at}-{number}"), runner.cores, ONE_THREAD))
            print(f"round {number + 1}: {runner.name}: {runner.costs[-1]}", flush=True)


def judged(them: list[Runner], gold: Path, folder: Path) -> None:
    """Note how well each finds statements: F1 of detection against gold."""
    records = read_gold(gold)
    for runner in them:
        if runner.name.startswith("katanya"):
            runner.f1 = score(records, predict(records)).figures["detection"].f1
            continue
        out = folder / "gold"
        run(runner.command(gold, out), ALONE, ONE_THREAD)
        found = [json.loads(line) for line in Path(f"{out}.jsonl").read_text(encoding="utf-8").splitlines()]
        runner.f1 = score(records, {record["id"]: _plain(record) for record in found}).figures["detection"].f1


def _plain(record: dict) -> dict:
    """Return a record with statements that tell nothing but their words; the peer gives labelled spans."""
    spans = [span for span in record.get("spans", ()) if span["label"] == "STATEMENT"]
    said = record.get("statements") or [{"contents": [span]} for span in spans]
    return {**record, "statements": [{**UNTOLD, **one, "id": f"s{at}"} for at, one in enumerate(said)]}


def main() -> None:
    """Compare, and write what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--peer", nargs=2, metavar=("PYTHON", "MODEL"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--without", nargs="*", default=[])
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with given.articles.open(encoding="utf-8") as lines:
        words = sum(len(json.loads(line)["text"].split()) for line in lines)
    them = runners(given.peer, given.without)
    measured(them, given.articles, given.out, given.rounds)
    if given.gold:
        judged(them, given.gold, given.out)
    rows = [
        {"name": runner.name, "words_per_second": round(runner.speed(words)), "start": round(runner.start, 1),
         "ratio": round(runner.speed(words) / them[0].speed(words), 3), "memory": runner.memory, "f1": runner.f1,
         "seconds": [round(cost.seconds, 2) for cost in runner.costs],
         "processor": [round(cost.processor, 2) for cost in runner.costs]}
        for runner in them
    ]  # fmt: skip
    (given.out / "compare.json").write_text(json.dumps({"words": words, "rows": rows}, indent=2), encoding="utf-8")
    (given.out / "compare.md").write_text(HEAD + "".join(map(_line, rows)), encoding="utf-8")
    (given.out / "compare.svg").write_text(plot(rows), encoding="utf-8")
    print(HEAD + "".join(map(_line, rows)))


def _line(row: dict) -> str:
    f1 = "" if row["f1"] is None else f"{row['f1']:.3f}"
    memory = f"{row['memory'] / 1e6:.0f}"
    return f"| {row['name']} | {row['words_per_second']:,} | {row['ratio']:.2f} | {memory} | {f1} |\n"


if __name__ == "__main__":
    main()
