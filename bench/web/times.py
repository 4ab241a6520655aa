"""How long the reading room takes to answer: varied requests of every kind, made of what the ledger itself holds.

    python bench/web/times.py news.ledger [--requests 300] [--seed 1] [--pages] [--only KIND …]

Starts `katanya serve` on a free port and asks it one request after the other, each once, so that what is kept of an
earlier answer helps no more than it would a reader. Prints milliseconds, those of the client from sending to the last
byte and those of processor that the server took for it, which other programs on the machine lengthen less: median, 99th
percentile and worst of each, the size of the median answer, and the slowest requests. With ``--pages`` the pages are
asked for instead of the API. Needs Linux, which tells what each thread took.
"""

import argparse
import random
import sqlite3
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx

from katanya import Ledger
from katanya.ledger.words import WORD

API = "/api/v1"
SLOWEST = 3
TOPICS = ("korban tewas gempa", "rumah rusak banjir", "kasus positif covid", "harga beras", "korban luka kecelakaan")


def main() -> None:
    """Ask, and print how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", action="store_true")
    parser.add_argument("--only", nargs="*")
    arguments = parser.parse_args()
    sample = Sample(arguments.ledger, random.Random(arguments.seed))
    server = subprocess.Popen(
        [sys.executable, "-m", "katanya", "serve", "--ledger", str(arguments.ledger), "--port", "0"],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert server.stderr
        address = next(word for word in server.stderr.readline().split() if word.startswith("http"))
        with httpx.Client(base_url=address, timeout=60) as client:
            for kind in arguments.only or sample.kinds:
                paths = [sample.path(kind, arguments.pages) for _ in range(arguments.requests)]
                report(kind, [timed(client, path, server.pid) for path in paths])
    finally:
        server.terminate()
        server.wait()


@dataclass(frozen=True, slots=True)
class Taken:
    """What a request took, in milliseconds, and what came of it."""

    client: float
    processor: float
    status: int
    size: int
    path: str


def timed(client: httpx.Client, path: str, server: int) -> Taken:
    """Ask for a path and return what that took."""
    before, begun = processor(server), time.perf_counter()
    answer = client.get(path)
    waited = 1000 * (time.perf_counter() - begun)
    return Taken(waited, processor(server) - before, answer.status_code, len(answer.content), path)


def processor(pid: int) -> float:
    """Return how many milliseconds of processor all threads of a process have taken."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e6


def report(kind: str, taken: list[Taken]) -> None:
    """Print one line for a kind of request, and its slowest."""
    failed = sum(one.status >= 400 for one in taken)
    size = statistics.median(one.size for one in taken) / 1000
    client, server = (spread([getattr(one, name) for one in taken]) for name in ("client", "processor"))
    print(f"{kind:11} {len(taken)} requests: client {client}; processor {server}; {size:.1f} KB; {failed} failed",
          flush=True)  # fmt: skip
    for one in sorted(taken, key=lambda one: -one.processor)[:SLOWEST]:
        print(f"    {one.client:7.1f} {one.processor:7.1f}  {one.status}  {one.path[:150]}")


def spread(times: list[float]) -> str:
    """Return the median, the 99th percentile and the worst."""
    times = sorted(times)
    return f"{statistics.median(times):.1f}, 99 % {times[int(0.99 * len(times))]:.1f}, worst {times[-1]:.1f} ms"


class Sample:
    """Requests as readers might make them, drawn from the ledger."""

    kinds = ("front", "search", "article", "statement", "person", "quotations", "quotation", "track", "compare",
             "statistics", "rejects", "feeds")  # fmt: skip

    def __init__(self, path: Path, chance: random.Random) -> None:
        self.chance = chance
        with Ledger.open(path) as ledger:
            self.last = ledger.counts()["statements"]
            numbers = [chance.randint(1, self.last) for _ in range(3000)]
            self.said = [one for number in numbers for one in ledger.said(number)]
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        self.quoted = [
            f"{article}.{label}" for article, label in connection.execute(
                "SELECT a.name, s.label FROM versions v JOIN statements s ON s.id = v.statement "
                "JOIN readings r ON r.id = s.reading AND r.current JOIN articles a ON a.id = r.article ORDER BY s.id")
        ]  # fmt: skip
        connection.close()
        self.people = [one.person for one in self.said if one.person]
        self.pools = {
            name: [value for one in self.said if (value := getattr(one, name))]
            for name in ("speaker", "role", "affiliation", "outlet", "kind", "act")
        }

    def path(self, kind: str, pages: bool) -> str:
        """Return the address of one request."""
        path, asked = getattr(self, f"_{kind}")()
        if pages:
            path = {"/front": "/", "/tracks": "/track", "/statements": "/"}.get(path, path)
        query = f"?{urlencode(asked)}" if asked else ""
        return f"{'' if pages else API}{path}{query}"

    def _words(self, most: int = 3) -> str:
        words = [word for word in WORD.findall(self.chance.choice(self.said).content) if len(word) > 2] or ["banjir"]
        at = self.chance.randrange(len(words))
        return " ".join(words[at : at + self.chance.randint(1, most)])

    def _filters(self, most: int = 2) -> dict[str, str]:
        names = self.chance.sample(sorted(self.pools), self.chance.randint(0, most))
        asked = {name: self.chance.choice(self.pools[name]) for name in names}
        if self.chance.random() < 0.3:
            year = self.chance.randint(2015, 2025)
            asked |= {"from": f"{year}-{self.chance.randint(1, 12):02}", "to": str(year)}
        return asked

    def _front(self) -> tuple[str, dict[str, str]]:
        return "/front", {}

    def _search(self) -> tuple[str, dict[str, str]]:
        asked = self._filters() | ({"q": self._words()} if self.chance.random() < 0.8 else {})
        return "/front", asked | ({"sort": "latest"} if self.chance.random() < 0.4 else {})

    def _article(self) -> tuple[str, dict[str, str]]:
        return f"/articles/{self.chance.choice(self.said).article}", {}

    def _statement(self) -> tuple[str, dict[str, str]]:
        return f"/statements/{quote(self.chance.choice(self.said).id)}", {}

    def _person(self) -> tuple[str, dict[str, str]]:
        topic = {"topic": self._words(1)} if self.chance.random() < 0.3 else {}
        if self.chance.random() < 0.2:
            return "/people", topic | {"name": self.chance.choice(self.pools["speaker"])}
        return f"/people/{quote(self.chance.choice(self.people))}", topic

    def _quotations(self) -> tuple[str, dict[str, str]]:
        return "/quotations", {"q": self._words()}

    def _quotation(self) -> tuple[str, dict[str, str]]:
        return f"/quotations/{quote(self.chance.choice(self.quoted))}", {}

    def _track(self) -> tuple[str, dict[str, str]]:
        topic = self.chance.choice(TOPICS)
        return "/tracks", {"q": f"{topic} {self._words(1)}" if self.chance.random() < 0.8 else topic}

    def _compare(self) -> tuple[str, dict[str, str]]:
        by = self.chance.choice(("speaker", "outlet", "affiliation", "role"))
        left, right = self.chance.sample(self.pools[by], 2)
        topic = {"topic": self._words(1)} if self.chance.random() < 0.8 else {}
        return "/compare", {"by": by, "left": left, "right": right} | topic

    def _statistics(self) -> tuple[str, dict[str, str]]:
        by = self.chance.choice(("role", "affiliation", "outlet", "speaker", "speaker-kind", "kind", "act"))
        return "/statistics", {"by": by} | self._filters(1)

    def _rejects(self) -> tuple[str, dict[str, str]]:
        return "/rejects", {}

    def _feeds(self) -> tuple[str, dict[str, str]]:
        return "/feeds", {}


if __name__ == "__main__":
    main()
