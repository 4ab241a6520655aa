"""Which article a text is, and which of its editions."""

import json
import re
import sqlite3
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import msgspec

from katanya.core.records import Document
from katanya.ledger.entries import Entry, difference
from katanya.ledger.naming import FUNCTION

WORDS = re.compile(r"\w+")
RUN = 3  # words in a row by which texts are compared
LONG = 50  # words from which two texts can be told to have nothing in common
SHARED = 0.1  # runs of the shorter text; texts about the same event written apart share less, one that grew nearly all

TOLD = ("title", "outlet", "published")
ADD = f"INSERT INTO articles (key, number, name) VALUES (?1, ?2, {FUNCTION}(?1, ?2))"
INSERT = """
INSERT INTO editions (article, number, document, url, outlet, title, published, dated, language, text, digest,
  difference, filed, author, modified, fetched) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class Settled:
    """Where a text belongs: its article and edition, whether the edition is new, and whether it is the last."""

    article: int
    edition: int
    is_new: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class _Edition:
    id: int
    article: int
    number: int
    digest: bytes
    text: str
    told: tuple[str | None, ...]


def settle(connection: sqlite3.Connection, entry: Entry, now: str | None) -> Settled:
    """Find the edition that a text is, or add it: to the article of the same address or id, or as a new article.

    Addresses of lists and short links lead to many articles: what has another title and hardly a run of words in common
    is not the same one.
    """
    document = entry.article.document
    digest = digest_of(document.text)
    key = key_of(entry, digest)
    articles = [_editions(connection, id) for (id,) in connection.execute(
        "SELECT id FROM articles WHERE key = ? ORDER BY number", (key,))]  # fmt: skip
    told = tuple(getattr(document, name) for name in TOLD)
    for editions in articles:
        for edition in editions:
            if edition.digest == digest and edition.told == told:
                return Settled(edition.article, edition.id, is_new=False, is_last=edition is editions[-1])
    last = next((editions[-1] for editions in articles if _is_another_edition(editions[-1], document)), None)
    if last is None:
        row = (key, len(articles) + 1)
        article, number, changes = _added(connection, ADD, row), 1, None
    else:
        article, number = last.article, last.number + 1
        changes = msgspec.json.encode(_changes(last, document, digest, told)).decode()
    added = _added(connection, INSERT, (
        article, number, document.id, document.url, document.outlet, document.title, document.published, entry.dated,
        document.language, document.text, digest, changes, now,
        document.author, document.modified, entry.fetched,
    ))  # fmt: skip
    return Settled(article, added, is_new=True, is_last=True)


def is_read(connection: sqlite3.Connection, entry: Entry, key: str, digest: bytes, program: int) -> bool:
    """Tell whether this very edition was read by a program already."""
    told = tuple(getattr(entry.article.document, name) for name in TOLD)
    found = connection.execute(
        "SELECT 1 FROM articles a JOIN editions e ON e.article = a.id JOIN readings r ON r.edition = e.id "
        "WHERE a.key = ? AND e.digest = ? AND e.title IS ? AND e.outlet IS ? AND e.published IS ? AND r.program = ?",
        (key, digest, *told, program),
    ).fetchone()
    return found is not None


def _is_another_edition(last: _Edition, document: Document) -> bool:
    title = last.told[0]
    if title is None or document.title is None or title == document.title:
        return True
    before, after = _runs(last.text), _runs(document.text)
    shorter = min(len(before), len(after))
    return shorter < LONG or len(before & after) >= SHARED * shorter


def _runs(text: str) -> set[tuple[str, ...]]:
    words = WORDS.findall(text.lower())
    return set(zip(*(words[at:] for at in range(RUN)), strict=False))


def _changes(last: _Edition, document: Document, digest: bytes, told: tuple[str | None, ...]) -> dict[str, Any]:
    """Return what is different from the edition before: pairs of old and new, and the edits of the text."""
    pairs = zip(TOLD, last.told, told, strict=True)
    changes: dict[str, Any] = {name: [old, new] for name, old, new in pairs if old != new}
    return changes if digest == last.digest else changes | {"text": difference(last.text, document.text)}


def _editions(connection: sqlite3.Connection, article: int) -> list[_Edition]:
    found = connection.execute(
        f"SELECT id, article, number, digest, text, {', '.join(TOLD)} FROM editions WHERE article = ? ORDER BY number",
        (article,),
    )
    return [
        _Edition(id, its_article, number, digest, text, tuple(told))
        for id, its_article, number, digest, text, *told in found
    ]


def digest_of(text: str) -> bytes:
    """Return what a text is known by."""
    return sha256(text.encode("utf-8", "surrogatepass")).digest()


def key_of(entry: Entry, digest: bytes) -> str:
    """Return what an article is known by, whatever becomes of its text."""
    document = entry.article.document
    if document.url:
        return f"url {_url(document.url)}"
    if document.id and entry.named:
        return f"id {json.dumps([document.outlet, document.id], ensure_ascii=False)}"
    return f"text {digest.hex()}"


def _url(url: str) -> str:
    """Return an address without what does not tell articles apart: case of the host, fragment."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, parts.query, ""))


def _added(connection: sqlite3.Connection, sql: str, row: tuple[Any, ...]) -> int:
    return int(connection.execute(sql, row).lastrowid or 0)
