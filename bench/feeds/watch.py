"""Watches 200 feeds on loopback, 20 of them hostile, and tells what became of each.

    python bench/feeds/watch.py [--good 180] [--delay 1.0] [--model none]

Loopback stands for the open internet: its addresses count as public, all others are as they are, so that a redirect
into a private network is met as it would be outside. Exit code 1 where a good feed was not read or an article of one
not filed, or a hostile one not rejected.
"""

import argparse
import resource
import sqlite3
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from pathlib import Path

import site_on_loopback as site

from katanya.batch import watching
from katanya.fetch import fetcher
from katanya.ledger.store import Ledger

LOOPBACK = ip_network("127.0.0.0/8")


def loopback_is_public() -> None:
    """Let loopback, and nothing else that is private, be fetched from."""
    asked = fetcher.is_public
    fetcher.is_public = lambda address: ip_address(address) in LOOPBACK or asked(address)


def main() -> int:
    """Run the watch and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--good", type=int, default=180)
    parser.add_argument("--delay", type=float, default=watching.LIMITS.delay, help="seconds, for each host")
    parser.add_argument("--model", default="default")
    options = parser.parse_args()
    model = None if options.model == "none" else options.model
    loopback_is_public()
    finished: dict[int, float] = {}
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, site.running(site.populated(options.good)) as net:
        ledger = Path(folder) / "feeds.ledger"
        done = watching.watch(
            net.feeds(), ledger, rhythm=watching.Rhythm(once=True), clock=lambda: datetime.now(UTC),
            limits=replace(watching.LIMITS, delay=options.delay), model=model,
            told=lambda state: finished.setdefault(state.articles, time.monotonic() - begun),
        )  # fmt: skip
        with Ledger.open(ledger) as opened:
            rows, rejected = opened.feeds(), opened.rejected()
        with sqlite3.connect(ledger) as connection:
            (dated,) = connection.execute("SELECT count(*) FROM editions WHERE dated LIKE '2022-09-12T%'").fetchone()
    hostile = {net.url(host): answer.__name__ for host, answer in net.hosts.items() if answer in site.HOSTILE}
    for row in rows:
        if row["reason"]:
            print(f"{hostile.get(row['url'], 'GOOD'):14} {row['reason']}: {row['detail']}")
    read = sum(not row["reason"] for row in rows)
    filed = sum(row["filed"] for row in rows)
    sources = {row.source for row in rejected}
    print(f"{len(rows)} feeds: {read} read, {len(rows) - read} failed, {len(sources & hostile.keys())} of the hostile "
          "ones among the rejections")
    print(f"{filed} articles filed of {options.good * net.articles}, {dated} dated, the last after "
          f"{finished[done.articles]:.1f} s; all done after {time.monotonic() - begun:.1f} s; "
          f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")
    whole = read == options.good and filed == options.good * net.articles and sources == hostile.keys()
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
