"""How far an input is filed: noted with the articles themselves, so that neither is without the other."""

import sqlite3
from dataclasses import dataclass

COLUMNS = "source, program, bytes, lines, digest, articles, rejected, entry"


@dataclass(frozen=True, slots=True)
class Reached:
    """A place in an input: bytes or rows, items, a digest of all of it so far, and what came of it.

    In an archive it is a place in the entry of number ``entry``.
    """

    bytes: int
    lines: int
    digest: str
    articles: int
    rejected: int
    entry: int = 0


def note(connection: sqlite3.Connection, source: str, program: int, reached: Reached, *, fresh: bool) -> None:
    """Note how far an input is filed, inside the transaction that files it.

    What came of it is what came since the last note, all of it where the run began anew with ``fresh``.
    """
    row = (source, program, reached.bytes, reached.lines, reached.digest, reached.articles, reached.rejected,
           reached.entry)  # fmt: skip
    add = "" if fresh else "progress.articles + ", "" if fresh else "progress.rejected + "
    connection.execute(
        f"INSERT INTO progress ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
        "bytes = excluded.bytes, lines = excluded.lines, digest = excluded.digest, entry = excluded.entry, "
        f"articles = {add[0]}excluded.articles, rejected = {add[1]}excluded.rejected", row,
    )  # fmt: skip


def read(connection: sqlite3.Connection, source: str, program: tuple[str, str, str]) -> Reached | None:
    """Return how far an input is filed by a program; ``None`` where it was not begun."""
    row = connection.execute(
        "SELECT bytes, lines, digest, articles, rejected, entry FROM progress WHERE source = ? AND program = "
        "(SELECT id FROM programs WHERE (version, language, model) = (?, ?, ?))", (source, *program),
    ).fetchone()  # fmt: skip
    return Reached(*row) if row else None
