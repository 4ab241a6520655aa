"""Reading rooms for the tests: ledgers of written examples, and real servers on loopback."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import uvicorn

from katanya import Ledger, Reader
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.web.app import create_app
from katanya.web.settings import Settings

EXAMPLES = Path(__file__).parents[2] / "examples"
API = "/api/v1"
NOW = "2026-01-31T08:00:00+00:00"
TOKEN = "a-token-of-enough-letters"
TWICE = (  # one quotation in two outlets, the second with other words in it
    'Bupati Tirta, Lestari Handayani, mengatakan kepada warga: "Kami akan membangun kembali seluruh rumah warga yang '
    'hanyut terbawa banjir bandang sebelum musim hujan tahun depan tiba di lembah ini." Sedikitnya 12 orang tewas.',
    '"Kami akan membangun kembali semua rumah warga yang hanyut terbawa banjir bandang sebelum musim hujan tahun depan '
    'tiba di lembah ini," kata Bupati Tirta Lestari Handayani. Ia menyebut 14 orang tewas akibat banjir di Sukamaju.',
)


def documents() -> list[Document]:
    """Return the written examples, and one quotation in two outlets."""
    texts = [(path.stem, path.read_text(encoding="utf-8")) for path in sorted(EXAMPLES.glob("*.txt"))]
    found = [
        Document(text, id, id.title(), "Kabar Tirta", f"2025-01-{day:02}", f"https://kabartirta.example/{id}", "id")
        for day, (id, text) in enumerate(texts, 1)
    ]
    for outlet, text in zip(("Kabar Tirta", "Suara Tirta"), TWICE, strict=True):
        found.append(Document(text, f"banjir-{outlet[:4]}", "Banjir bandang", outlet, "2025-02-03", language="id"))
    return found


def fill(path: Path) -> Path:
    """Make a ledger of the examples and one reject, related."""
    with Ledger.open(path, write=True) as ledger:
        ledger.file(Reader().pipe(documents()), now=NOW)
        ledger.file([Rejected("news.jsonl", Reason.NOT_JSON, "line 3: <b>no JSON</b>")], now=NOW)
        ledger.relate()
    return path


@contextmanager
def running(settings: Settings, app=None) -> Iterator[httpx.Client]:
    """Run a server on a free port and yield a client of it."""
    app = app or create_app(settings)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False, ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()


def settings(path: Path, **told) -> Settings:
    """Return the settings of a room over a ledger, without a limit to how often anything is done."""
    from katanya.web.settings import Rate

    often = Rate(10_000, 10_000)
    return replace(Settings(path, pastes=often, changes=often, guesses=often), **told)


def pages(client: httpx.Client, path: str, **asked) -> Iterator[dict]:
    """Yield the pages of an answer, one after the other."""
    cursor = None
    while True:
        more = {"cursor": cursor} if cursor else {}
        answer = client.get(API + path, params={**asked, **more})
        assert answer.status_code == 200, answer.text
        page = answer.json()
        yield page
        cursor = page["cursor"]
        if cursor is None:
            return
