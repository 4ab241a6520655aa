"""Copies: articles that say nothing that another does not say word for word.

They are found by MinHash (Broder 1997) over runs of words, in bands (Leskovec, Rajaraman, Ullman, *Mining of Massive
Datasets*, chapter 3), and each that is found is held against the text itself. Everything is in the ledger and a
function of what was filed before, in its order: memory is bounded, and a run that goes on decides as one let be.
"""

import re
import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from katanya.ledger.entries import Entry, difference

WORDS = re.compile(r"\w+")
MARKS = re.compile(r"[\"“”„«»]")
RUN = 5  # words in a row by which texts are compared
BANDS, ROWS = 5, 4  # of two texts that share 90 % of their runs 99.5 % share a band, of those that share half 27 %
MOST = 8  # editions of a band that are looked at: the earliest ones
NEW_WORDS = 0.05  # share of a copy's words that may be others: what is left of the page around it
NEW_IN_A_ROW = 12
SHORTEST = 30  # words: a shorter text is a copy only of the very same one

Sketch = tuple[int, ...]
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Of which edition a text is a copy, and the share of its words that stand there in the same runs."""

    edition: int
    likeness: float


def sketch(text: str) -> Sketch:
    """Return the bands by which a text is found again, as whole numbers of 64 bits."""
    runs = _hashed_runs(_words(text))
    least = np.array([(runs * factor + offset).min() for factor, offset in _FUNCTIONS], dtype=np.uint64)
    bands = least.reshape(BANDS, ROWS)
    digests = (sha256(bytes([number]) + band.tobytes()).digest()[:8] for number, band in enumerate(bands))
    return tuple(int.from_bytes(digest, "big", signed=True) for digest in digests)


def likeness(text: str, other: str, title: str | None = None) -> float | None:
    """Return the share of a text's words that stand in the other in the same runs; ``None`` where it says more.

    It says more by a figure, a quotation mark, a dozen words in a row or one word in twenty; not by the other's title.
    """
    if text == other:
        return 1.0
    words = _words(text)
    if len(words) < SHORTEST or len(MARKS.findall(text)) > len(MARKS.findall(other)):
        return None
    theirs, titles, new = _runs(other), _runs(title or ""), [True] * len(words)
    for at in range(len(words) - RUN + 1):
        if words[at : at + RUN] in theirs or words[at : at + RUN] in titles:
            new[at : at + RUN] = [False] * RUN
    others, row = 0, 0
    for word, is_new in zip(words, new, strict=True):
        row = row + 1 if is_new else 0
        others += is_new
        if row > NEW_IN_A_ROW or others > NEW_WORDS * len(words) or (is_new and any(map(str.isdigit, word))):
            return None
    return 1 - others / len(words)


def find(connection: sqlite3.Connection, text: str, bands: Sketch) -> Found | None:
    """Return of which edition a text is a copy: of the first that was filed, where there are several."""
    met: dict[int, int] = {}
    for band in bands:
        for id, edition in connection.execute(
            "SELECT id, edition FROM sketches WHERE hash = ? ORDER BY id LIMIT ?", (band, MOST)
        ):
            met[edition] = min(id, met.get(edition, id))
    for edition in sorted(met, key=lambda edition: met[edition]):
        other = connection.execute("SELECT text, title FROM editions WHERE id = ?", (edition,)).fetchone()
        share = likeness(text, *other)
        if share is not None:
            return Found(edition, share)
    return None


def remember(connection: sqlite3.Connection, edition: int, bands: Sketch) -> None:
    """Let copies of an edition be found from now on."""
    if bands and not connection.execute("SELECT 1 FROM sketches WHERE edition = ?", (edition,)).fetchone():
        connection.executemany(
            "INSERT INTO sketches (hash, edition) VALUES (?, ?)", [(band, edition) for band in bands]
        )


def is_noted(connection: sqlite3.Connection, key: str, digest: bytes) -> bool:
    """Tell whether a copy is noted already."""
    found = connection.execute("SELECT 1 FROM copies WHERE (key, digest) = (?, ?)", (key, digest)).fetchone()
    return found is not None


def note(
    connection: sqlite3.Connection, entry: Entry, key: str, digest: bytes, found: Found, where: tuple[str, str, int],
    now: str | None,
) -> None:  # fmt: skip
    """Note that an article is a copy of an edition; its text is kept as what is different there."""
    document = entry.article.document
    (other,) = connection.execute("SELECT text FROM editions WHERE id = ?", (found.edition,)).fetchone()
    edits = None if document.text == other else msgspec.json.encode(difference(other, document.text)).decode()
    connection.execute(
        "INSERT INTO copies (key, edition, likeness, document, url, outlet, title, published, dated, language, author, "
        "modified, digest, difference, source, entry, at, fetched, filed) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (key, found.edition, found.likeness, document.id, document.url, document.outlet, document.title,
         document.published, entry.dated, document.language, document.author, document.modified, digest, edits,
         *where, entry.fetched, now),
    )  # fmt: skip


@lru_cache(maxsize=256)
def _runs(text: str) -> frozenset[Words]:
    words = _words(text)
    return frozenset(words[at : at + RUN] for at in range(max(1, len(words) - RUN + 1)))


def _words(text: str) -> Words:
    return tuple(WORDS.findall(text.lower()))


def _hashed_runs(words: Words) -> NDArray[np.uint64]:
    """Return a number for each run of words; of a text shorter than a run, one for all of it."""
    numbers = np.array([crc32(word.encode("utf-8", "surrogatepass")) for word in words] or [0], dtype=np.uint64)
    length = min(RUN, len(numbers))
    runs = np.zeros(len(numbers) - length + 1, dtype=np.uint64)
    for at in range(length):
        runs = runs * np.uint64(0x9E3779B97F4A7C15) + numbers[at : at + len(runs)]
    return (runs ^ (runs >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)


def _functions() -> list[tuple[np.uint64, np.uint64]]:
    """Return the factors and offsets, modulo 2⁶⁴, of the hash functions: odd numbers out of a digest."""
    found = []
    for number in range(BANDS * ROWS):
        digest = sha256(f"katanya {number}".encode()).digest()
        factor, offset = int.from_bytes(digest[:8], "big") | 1, int.from_bytes(digest[8:16], "big")
        found.append((np.uint64(factor), np.uint64(offset)))
    return found


_FUNCTIONS = _functions()
