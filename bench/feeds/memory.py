"""Watches a few feeds that change all the time, for many rounds, and prints how the memory goes.

    python bench/feeds/memory.py [--rounds 300] [--feeds 4] [--model none]

Every round each feed names one more article; the run ends when all of them are filed. Prints the resident memory at
each tenth. Exit code 1 where an article is missing or twice, or where the last holds more than 10 % above the second.
"""

import argparse
import sqlite3
import sys
import tempfile
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import site_on_loopback as site

from katanya.batch import watching

ROUND = 1.0  # seconds


def resident() -> int:
    """Return the memory that is held now, in kilobytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def main() -> int:
    """Run the watch and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--feeds", type=int, default=4)
    parser.add_argument("--model", default="default")
    options = parser.parse_args()
    stop, held = threading.Event(), dict[int, int]()
    net = site.populated(options.feeds, (), articles=1, ttl=0)
    with tempfile.TemporaryDirectory() as folder, site.running(net):

        def told(state: watching.Watching) -> None:
            """Go on to the next round when all articles of this one are filed."""
            if state.articles >= net.articles * options.feeds:
                held[net.articles] = resident()
                if net.articles >= options.rounds:
                    stop.set()
                net.articles += 1

        ledger = Path(folder) / "feeds.ledger"
        done = watching.watch(
            net.feeds(), ledger, rhythm=watching.Rhythm(ROUND), clock=lambda: datetime.now(UTC), stop=stop,
            private=True, limits=replace(watching.LIMITS, delay=0.01), told=told,
            model=None if options.model == "none" else options.model,
        )  # fmt: skip
        with sqlite3.connect(ledger) as connection:
            articles, editions = connection.execute(
                "SELECT count(DISTINCT article), count(*) FROM editions").fetchone()  # fmt: skip
        fetched = [count for path, count in net.asked.items() if "/berita/" in path]
    tenths = [held[max(1, options.rounds * tenth // 10)] // 1024 for tenth in range(11)]
    print(f"{done.visits} visits to {options.feeds} feeds, {articles} articles in {editions} editions of "
          f"{options.rounds * options.feeds}, each fetched {max(fetched)} time at most")
    print("MB at each tenth: " + " ".join(map(str, tenths)))
    whole = articles == editions == options.rounds * options.feeds and max(fetched) == 1
    return 0 if whole and tenths[10] <= 1.1 * tenths[2] else 1


if __name__ == "__main__":
    sys.exit(main())
