"""A reader at a browser: Debian's Chromium, a page that is watched while it is used, and rooms to go to."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, Page

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 360, "height": 740}
SHEET = {"width": 673, "height": 986}  # A4 within its margins
PATIENCE = 30_000  # milliseconds; a loaded machine is slow, and no test is about that
CHARTS = ("vega", "charts.js")  # what the weight of a page does not count
OBSERVED = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
"""


def installed() -> str | None:
    """Return where Chromium is, if anywhere."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@dataclass(slots=True)
class Watch:
    """What a page did while it was used."""

    told: list[str] = field(default_factory=list)  # errors and warnings on the console, exceptions in scripts
    asked: list[str] = field(default_factory=list)  # addresses of all requests
    dialogs: list[str] = field(default_factory=list)

    def hosts(self) -> set[str]:
        """Return the hosts that were asked for anything."""
        return {urlsplit(address).netloc for address in self.asked if not address.startswith("data:")}


@contextmanager
def reading(browser: Browser, site: str, **told: object) -> Iterator[Page]:
    """Yield a page in a browser that knows nothing yet; ``page.watch`` is what it does."""
    options = {"base_url": site, "viewport": DESKTOP, "locale": "id-ID", "reduced_motion": "reduce"} | told
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    context.add_init_script(OBSERVED)
    page = context.new_page()
    page.watch = watch = Watch()
    page.on("request", lambda request: watch.asked.append(request.url))
    page.on("pageerror", lambda error: watch.told.append(str(error)))
    page.on("console", lambda line: watch.told.append(line.text) if line.type in ("error", "warning") else None)

    def dismissed(dialog) -> None:
        watch.dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismissed)
    try:
        yield page
    finally:
        context.close()


@contextmanager
def serving(ledger: Path, *more: str) -> Iterator[str]:
    """Run `katanya serve` in a process of its own and yield its address."""
    command = [sys.executable, "-m", "katanya", "serve", "--ledger", str(ledger), "--port", "0", *more]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | {"KATANYA_DEBUG": ""})
    try:
        line = process.stderr.readline()
        yield next((word.rstrip("/") for word in line.split() if word.startswith("http")), line)
    finally:
        process.terminate()
        process.communicate(timeout=60)


def charts_drawn(page: Page) -> None:
    """Wait until all charts of a page are drawn."""
    page.wait_for_function("() => [...document.querySelectorAll('.chart')].every((one) => one.querySelector('canvas'))")


def overflow(page: Page) -> int:
    """Return by how many pixels a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def sought(**filters: str) -> str:
    """Return the address of a search."""
    return "/?" + "&".join(f"{name}={quote(value)}" for name, value in filters.items())
