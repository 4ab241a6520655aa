"""How far a file of lines is filed: noted with the articles themselves, so that neither is without the other."""

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reached:
    """A place in a file: bytes after decompression, lines, SHA-256 of all of it so far, and what came of it."""

    bytes: int
    lines: int
    digest: str
    articles: int
    rejected: int


def note(connection: sqlite3.Connection, source: str, program: int, reached: Reached) -> None:
    """Note how far a file is filed, inside the transaction that files it."""
    row = (source, program, reached.bytes, reached.lines, reached.digest, reached.articles, reached.rejected)
    connection.execute("INSERT OR REPLACE INTO progress VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def read(connection: sqlite3.Connection, source: str, program: tuple[str, str, str]) -> Reached | None:
    """Return how far a file is filed by a program; ``None`` where it was not begun."""
    row = connection.execute(
        "SELECT bytes, lines, digest, articles, rejected FROM progress WHERE source = ? AND program = "
        "(SELECT id FROM programs WHERE (version, language, model) = (?, ?, ?))", (source, *program),
    ).fetchone()  # fmt: skip
    return Reached(*row) if row else None
