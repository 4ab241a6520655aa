"""What servers told of the pages that are filed, so that a page that has not changed is not fetched again."""

import sqlite3


def note(connection: sqlite3.Connection, url: str, program: int, etag: str | None, modified: str | None) -> None:
    """Note the validators of a page as a program filed it, inside the transaction that files it."""
    connection.execute("INSERT OR REPLACE INTO fetched VALUES (?, ?, ?, ?)", (url, program, etag, modified))


def read(
    connection: sqlite3.Connection, url: str, program: tuple[str, str, str]
) -> tuple[str | None, str | None] | None:
    """Return ``ETag`` and ``Last-Modified`` of a page as a program filed it; ``None`` where it did not."""
    row = connection.execute(
        "SELECT etag, modified FROM fetched WHERE url = ? AND program = "
        "(SELECT id FROM programs WHERE (version, language, model) = (?, ?, ?))", (url, *program),
    ).fetchone()  # fmt: skip
    return (row[0], row[1]) if row else None
