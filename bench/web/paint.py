"""How soon a page of the reading room is seen, and what it weighs: opened in Debian's Chromium, as a reader does.

    python bench/web/paint.py news.ledger [--loads 5] [--warm]

Starts `katanya serve` on a free port and opens every sort of page so many times, each time in a browser that keeps
nothing (``--warm``: in one that has the stylesheet and scripts). Prints for each page the milliseconds to the first
contentful paint, median and worst, and the kilobytes that came over the line: all, and without the scripts of charts.
"""

import argparse
import statistics
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright

from katanya import Ledger

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
PAINT = """() => new Promise((done) => {
  const known = () => performance.getEntriesByName("first-contentful-paint")[0];
  const look = () => known() ? done(known().startTime) : setTimeout(look, 10);
  look();
})"""
LOADED = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .map((one) => [one.name, one.transferSize])"""
CHARTS = ("vega", "charts.js")


def main() -> None:
    """Open the pages, and print when they were seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--loads", type=int, default=5)
    parser.add_argument("--warm", action="store_true")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    arguments = parser.parse_args()
    server = subprocess.Popen(
        [sys.executable, "-m", "katanya", "serve", "--ledger", str(arguments.ledger), "--port", "0", "--read-only"],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert server.stderr
        site = next(word.rstrip("/") for word in server.stderr.readline().split() if word.startswith("http"))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=arguments.chromium, args=ARGUMENTS)
            for name, address in (pages(arguments.ledger) | first_quotation(browser, site)).items():
                report(name, [opened(browser, site + address, arguments.warm) for _ in range(arguments.loads)])
            browser.close()
    finally:
        server.terminate()
        server.wait()


def pages(path: Path) -> dict[str, str]:
    """Return an address of each sort of page, made of what the ledger holds."""
    with Ledger.open(path) as ledger:
        said = ledger.listed(words="banjir").statements[0]
        most, other = ledger.quoted_most()[:2]
    return {
        "front": "/", "search": "/?q=korban+banjir", "filtered": "/?q=gempa&kind=direct&from=2022",
        "article": f"/articles/{said.article}", "people": "/people",
        "person": f"/people/{quote(most.person)}" if most.person else f"/people?name={quote(most.name or '')}",
        "quotations": "/quotations?q=pemerintah", "figures": "/track?q=korban+tewas+gempa",
        "compare": f"/compare?by=speaker&left={quote(most.name or '')}&right={quote(other.name or '')}",
        "statistics": "/statistics?by=affiliation", "paste": "/paste", "corrections": "/corrections",
        "rejects": "/rejects", "feeds": "/feeds", "help": "/help",
    }  # fmt: skip


def first_quotation(browser: Browser, site: str) -> dict[str, str]:
    """Return the address of a quotation, if the ledger has one."""
    page = browser.new_page(base_url=site)
    page.goto("/quotations?q=pemerintah")
    links = page.locator("h2 a[href^='/quotations/']")
    found = {"quotation": links.first.get_attribute("href") or "/"} if links.count() else {}
    page.close()
    return found


def opened(browser: Browser, address: str, warm: bool) -> tuple[float, int, int]:
    """Return milliseconds to the first paint of a page, the bytes that it loads, and those without charts."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="id-ID")
    page: Page = context.new_page()
    if warm:
        page.goto(address, wait_until="load")
        page.goto("about:blank")
    page.goto(address, wait_until="load")
    painted, loaded = page.evaluate(PAINT), page.evaluate(LOADED)
    context.close()
    light = sum(size for name, size in loaded if not any(part in name for part in CHARTS))
    return painted, sum(size for _, size in loaded), light


def report(name: str, taken: list[tuple[float, int, int]]) -> None:
    """Print one line for a page."""
    painted = sorted(one[0] for one in taken)
    print(f"{name:12} first paint: median {statistics.median(painted):6.0f} ms, worst {painted[-1]:6.0f} ms; "
          f"{taken[0][1] / 1000:6.1f} KB, without charts {taken[0][2] / 1000:5.1f} KB", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
