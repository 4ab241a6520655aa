"""How long a search takes: varied questions made of what the ledger itself holds, each asked once.

    python bench/ledger/search.py news.ledger [--questions 300] [--seed 1]

Single words, common and rare, two and three words, phrases, abbreviations, with and without filters by speaker, role,
affiliation, outlet, kind, act and date, and filters alone. Prints milliseconds: median, 99th percentile and worst, and
the slowest questions. The first question waits for the disk as any other may.
"""

import argparse
import random
import sqlite3
import statistics
import time
from pathlib import Path

from katanya import Ledger
from katanya.ledger.words import WORD

ABBREVIATIONS = ("KPK", "DPR", "BNPB", "komisi pemberantasan korupsi", "OJK", "menteri keuangan", "kpu", "polri")
SLOWEST = 5


def main() -> None:
    """Ask, and print how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    taken = []
    with Ledger.open(arguments.ledger) as ledger:
        for words, filters in questions(arguments.ledger, arguments.questions, random.Random(arguments.seed)):
            begun = time.perf_counter()
            found = len(ledger.search(words, **filters))
            taken.append((1000 * (time.perf_counter() - begun), found, words, filters))
    times = sorted(row[0] for row in taken)
    empty = sum(row[1] == 0 for row in taken)
    print(f"{len(times)} questions, {empty} without an answer: median {statistics.median(times):.1f} ms, "
          f"99 % {times[int(0.99 * len(times))]:.1f} ms, worst {times[-1]:.1f} ms")
    for milliseconds, found, words, filters in sorted(taken, key=lambda row: -row[0])[:SLOWEST]:
        print(f"{milliseconds:8.1f} ms  {found:3} found  {words!r} {filters}")


def questions(path: Path, count: int, chance: random.Random) -> list[tuple[str, dict[str, str]]]:
    """Return searches as somebody might type them: words that were said, names, offices and outlets that there are."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)

    def some(question: str) -> list[str]:
        found = [value for (value,) in connection.execute(question) if value]
        return chance.sample(found, min(1000, len(found)))

    contents = some("SELECT text FROM contents WHERE number = 0 AND length(text) > 40")
    pools = {
        "speaker": some("SELECT name FROM names"),
        "role": some("SELECT DISTINCT role FROM people"),
        "affiliation": some("SELECT name FROM organisations"),
        "outlet": some("SELECT DISTINCT outlet FROM editions"),
        "kind": ["direct", "indirect", "mixed"],
        "act": ["assertive", "directive", "denial", "question"],
        "since": ["2017", "2019-06", "2022-11-21"],
        "until": ["2018", "2020-03-01", "2023"],
    }
    connection.close()
    asked = []
    for number in range(count):
        said = WORD.findall(chance.choice(contents))
        at = chance.randrange(max(1, len(said) - 3))
        words = [
            said[at].lower(), " ".join(chance.sample(said, 2)), " ".join(said[at : at + 3]).lower(),
            f'"{" ".join(said[at : at + 2])}"', chance.choice(ABBREVIATIONS), "",
        ][number % 6]  # fmt: skip
        names = chance.sample(sorted(pools), (number // 6) % 3 if words else 1)
        asked.append((words, {name: chance.choice(pools[name]) for name in names}))
    return asked


if __name__ == "__main__":
    main()
