"""The full-text index over contents: one row for each statement of a current reading, as it holds now.

Beside it lies an index of whole articles, a row for each edition, which tells only that a word stands in one.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from katanya.ledger.words import Wording, spaced, words_of

BETWEEN = " … "  # stretches of one content
NAME = "index"  # in settings

ROW = "INSERT INTO contents_index (rowid, words, stems, title) VALUES (?, ?, ?, ?)"
GONE = "INSERT INTO contents_index (contents_index, rowid, words, stems, title) VALUES ('delete', ?, ?, ?, ?)"
TEXT = "INSERT INTO texts_index (rowid, words) VALUES (?, ?)"
STATEMENTS = """
SELECT s.id, s.reading, e.title
FROM statements s JOIN readings r ON r.id = s.reading AND r.current JOIN editions e ON e.id = r.edition
"""


def is_current(connection: sqlite3.Connection, wording: Wording) -> bool:
    """Tell whether the index was made by the rules of today."""
    row = connection.execute("SELECT value FROM settings WHERE name = ?", (NAME,)).fetchone()
    return row is not None and row[0] == wording.digest


def rebuild(connection: sqlite3.Connection, wording: Wording) -> None:
    """Make the index anew by the rules of today, inside an open transaction."""
    connection.execute("INSERT INTO contents_index (contents_index) VALUES ('delete-all')")
    found = connection.execute(f"{STATEMENTS} ORDER BY s.id")
    connection.executemany(ROW, _rows(connection, wording, found))
    connection.execute("INSERT INTO texts_index (texts_index) VALUES ('delete-all')")
    editions = connection.execute("SELECT id, title, text FROM editions ORDER BY id")
    connection.executemany(TEXT, (text_row(wording, *edition) for edition in editions))
    connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (NAME, wording.digest))


def remove(connection: sqlite3.Connection, wording: Wording, statements: Sequence[int]) -> None:
    """Take current statements out of the index; what they say must not have changed since they were put in."""
    connection.executemany(GONE, list(_rows(connection, wording, _found(connection, statements))))


def put(connection: sqlite3.Connection, wording: Wording, statements: Sequence[int]) -> None:
    """Put current statements into the index with the contents that hold now."""
    connection.executemany(ROW, list(_rows(connection, wording, _found(connection, statements))))


def remove_reading(connection: sqlite3.Connection, wording: Wording, article: int) -> None:
    """Take the statements of an article's current reading out of the index, before another takes its place."""
    found = connection.execute(f"{STATEMENTS} WHERE r.article = ? ORDER BY s.id", (article,)).fetchall()
    connection.executemany(GONE, list(_rows(connection, wording, found)))


def _found(connection: sqlite3.Connection, statements: Sequence[int]) -> list[tuple[int, int, str | None]]:
    marks = ", ".join("?" * len(statements))
    return connection.execute(f"{STATEMENTS} WHERE s.id IN ({marks})", statements).fetchall()


def _rows(
    connection: sqlite3.Connection, wording: Wording, found: Iterable[tuple[int, int, str | None]]
) -> Iterator[tuple[int, str, str, str]]:
    reading, names, title = 0, frozenset[str](), ""
    for statement, its_reading, its_title in found:
        if its_reading != reading:
            reading = its_reading
            people = connection.execute(
                "SELECT n.name FROM people p JOIN names n ON n.id = p.name WHERE p.reading = ?", (reading,)
            )
            names = words_of(name for (name,) in people)
            title = head(wording, its_title, names)
        yield row(wording, statement, contents(connection, statement), title, names)


def row(
    wording: Wording, statement: int, words: Sequence[str], title: str, names: frozenset[str]
) -> tuple[int, str, str, str]:
    """Return the row of a statement: its number, its words, their stems, and the `head` of its article."""
    text = BETWEEN.join(words)
    return statement, text, wording.stems(text, names), title


def text_row(wording: Wording, edition: int, title: str | None, text: str) -> tuple[int, str]:
    """Return the row of an edition in the index of whole texts: each word and stem of title and text once."""
    words = set(spaced(f"{title or ''} {text}").split())
    return edition, " ".join(sorted(words.union(map(wording.stem, words))))


def head(wording: Wording, title: str | None, names: frozenset[str]) -> str:
    """Return the title of an article and the stems of its words."""
    return f"{title} {wording.stems(title, names)}" if title else ""


def contents(connection: sqlite3.Connection, statement: int) -> list[str]:
    """Return the words of a statement as they hold now, a text for each stretch."""
    found = connection.execute("SELECT text FROM said_contents WHERE statement = ? ORDER BY number", (statement,))
    return [text for (text,) in found]
