"""Texts and links that are read at once and not filed."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from rooms import API

from .browsing import reading

TEXT = (
    "KARANGSARI - Kepala Dinas Pengairan Kabupaten Karangsari, Wening Astuti, mengatakan 14 pintu air sudah diganti.\n"
    '"Kami menunggu musim hujan dengan tenang," kata Wening, Senin (3/2/2025).'
)
PAGE = f"""<!doctype html><html lang="id"><head><title>Pintu Air Karangsari Diganti</title></head><body><article>
<h1>Pintu Air Karangsari Diganti</h1>{"".join(f"<p>{line}</p>" for line in TEXT.split(chr(10)))}
<p>Pintu air lama dipasang sejak puluhan tahun lalu dan sering bocor ketika debit sungai naik pada musim penghujan,
sehingga sawah di tiga kecamatan terendam setiap tahun dan petani harus menanam ulang padi mereka.</p></article>
</body></html>"""


class Outlet(BaseHTTPRequestHandler):
    """An outlet's site: the same article at every address, and no rules for robots."""

    def do_GET(self) -> None:
        """Answer with the article."""
        found = self.path != "/robots.txt"
        body = PAGE.encode() if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def outlet():
    """Serve the outlet on loopback and yield its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Outlet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def counts(site: str) -> dict[str, int]:
    """Return what the ledger holds, as the API says."""
    return httpx.get(f"{site}{API}/front", timeout=60).json()["counts"]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_text_is_read_at_once_and_not_filed(chromium, site, scripts):
    """A pasted text is shown with its statements, and the ledger holds what it held."""
    before = counts(site)
    with reading(chromium, site, java_script_enabled=scripts) as page:
        page.goto("/paste")
        page.locator("[name=text]").fill(TEXT)
        page.locator("form.find button").click()
        page.locator("#result .notes > li").first.wait_for()
        assert page.locator("#result .notes .who").all_inner_texts() == ["1 Wening Astuti", "2 Wening Astuti"]
        assert "14 = 14 pintu air" in page.locator("#result .values").first.inner_text()
        assert page.locator("#result a[href^='/correct/']").count() == 0
        assert page.locator("[name=text]").input_value() == TEXT
    assert counts(site) == before


def test_a_link_is_read_at_once_and_not_filed(reader, site):
    """The page that a link leads to is fetched and shown with its statements, and nothing is filed."""
    before = counts(site)
    with outlet() as address:
        reader.goto("/paste")
        reader.locator("[name=url]").fill(f"{address}/pintu-air")
        reader.locator("form.find button").click()
        reader.locator("#result .notes > li").first.wait_for()
    assert "Pintu Air Karangsari Diganti" in reader.locator("#result h2").first.inner_text()
    assert reader.locator("#result mark").count() >= 2
    assert counts(site) == before


def test_marks_and_notes_of_a_pasted_text_lead_to_each_other(reader):
    """What was pasted can be read as an article of the ledger: mouse and keys work."""
    reader.goto("/paste")
    reader.locator("[name=text]").fill(TEXT)
    reader.locator("form.find button").click()
    reader.locator("#result mark[data-n='2']").first.hover()
    assert reader.locator("#m-2.over").count() == 1
    reader.locator("#result h2").first.click()
    reader.locator("[name=text]").blur()
    reader.keyboard.press("j")
    assert reader.locator("mark.chosen").first.get_attribute("data-n") == "1"


def test_what_cannot_be_read_is_told(reader):
    """A link that leads nowhere is told with the reason, in place."""
    reader.goto("/paste")
    reader.locator("[name=url]").fill("http://127.0.0.1:9/")
    reader.locator("form.find button").click()
    told = reader.locator("[role=alert]")
    told.wait_for()
    assert told.inner_text().startswith("Tidak dapat dibaca")
