"""A reading room for tests: a ledger of articles, served in this process, asked over HTTP."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from rooms import running, settings

import katanya
from katanya import Ledger
from katanya.core.records import Article, Document

NOW = "2026-01-31T08:00:00+00:00"
ARTICLES = Path(__file__).parents[2] / "examples" / "reading-room" / "articles.jsonl"


def examples() -> list[Document]:
    """Return the articles of the reading room's examples."""
    return [Document.from_dict(json.loads(line)) for line in ARTICLES.read_text(encoding="utf-8").splitlines()]


def filed(path: Path, articles: Iterable[Article]) -> Path:
    """File articles into a new ledger and look for people and quotations."""
    with Ledger.open(path, write=True) as ledger:
        ledger.file(articles, now=NOW)
        ledger.relate()
    return path


def read(documents: Iterable[Document]) -> list[Article]:
    """Read articles by the rules alone: quick, and the same on every machine."""
    return list(katanya.Reader(model=None).pipe(documents))


@contextmanager
def opened(ledger: Path, **told: object) -> Iterator[httpx.Client]:
    """Yield a browser of a kind for the room of a ledger: it asks, keeps cookies, runs no script."""
    with running(settings(ledger, model=None, **told)) as client:
        client.headers["accept-language"] = "id"
        yield client
