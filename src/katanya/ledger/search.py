"""Statements found by their words, speaker, role, outlet, kind, act and date."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from katanya.ledger.index import BETWEEN, contents
from katanya.ledger.query import MOST_PARTS, checked_period, expression, office_expression, words_expression
from katanya.ledger.words import Wording, storable

# What a hit in the words, their stems and the title is worth: so much more in the words that what is written as it was
# typed stands before what is only of its stem.
WEIGHTS = "30.0, 1.0, 0.5"
LIMIT = 20
ALL = -1  # to SQLite a limit below nought is none
LAST = "\U0010ffff"  # comes after every date that begins alike


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement of the ledger as it holds now, with its article.

    ``statement`` is its number in the ledger, ``article`` the article's own id; ``dated`` is the printed date in ISO
    8601. ``corrected`` names what an editor has corrected: speaker, content.
    """

    statement: int
    article: str
    outlet: str | None
    dated: str | None
    published: str | None
    title: str | None
    url: str | None
    speaker: str | None
    speaker_kind: str
    role: str | None
    affiliation: str | None
    kind: str
    act: str
    content: str
    confidence: float | None
    corrected: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the hit as plain values."""
        return {field.name: getattr(self, field.name) for field in fields(self)} | {"corrected": list(self.corrected)}


# The outlets, each once: from one to the next along their index, whatever the number of articles.
OUTLETS = """
WITH RECURSIVE outlets (name) AS (
  SELECT min(outlet) FROM editions
  UNION ALL SELECT (SELECT min(outlet) FROM editions WHERE outlet > name) FROM outlets WHERE name IS NOT NULL
) SELECT name FROM outlets WHERE """


@dataclass(frozen=True, slots=True)
class Filters:
    """What a statement must have besides its words; ``None`` asks nothing.

    The words of ``speaker``, ``role``, ``affiliation`` and ``outlet`` must all be there, in any order; an abbreviation
    of a role or affiliation finds what it stands for, and the other way about. ``since`` and ``until`` are ISO dates,
    whole or in part ("2022-11"), both included; an article without a date is in no period.
    """

    speaker: str | None = None
    role: str | None = None
    affiliation: str | None = None
    outlet: str | None = None
    kind: str | None = None
    act: str | None = None
    since: str | None = None
    until: str | None = None

    def conditions(
        self, connection: sqlite3.Connection, wording: Wording
    ) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """Yield conditions on statements s, readings r, editions e and overlays o, with their values.

        Raises `InputError` for a date that is none and for a period that ends before it begins.
        """
        if self.speaker:
            yield from _as_it_holds("speaker", "names_index", words_expression(self.speaker))
        for column, words in (("role", self.role), ("affiliation", self.affiliation)):
            if words:
                asked = office_expression(words, wording, connection)
                yield from _as_it_holds("person", "people_index", f"{column} : ({asked})")
        parts = tuple((self.outlet or "").lower().split()[:MOST_PARTS])
        if parts:
            yield f"e.outlet IN ({OUTLETS}{' AND '.join(['instr(lower(name), ?)'] * len(parts))})", parts
        for column, value in (("kind", self.kind), ("act", self.act)):
            if value:
                yield f"s.{column} = ?", (value,)
        checked_period(self.since, self.until)
        if self.since is not None:
            yield "e.dated >= ?", (self.since,)
        if self.until is not None:
            yield "e.dated <= ?", (self.until + LAST,)


# Somebody across articles: the sightings, and all that was said in one of them or by the office held then.
SEEN = "SELECT people FROM sightings WHERE person = ?"
SPOKEN = f"""
SELECT id FROM statements WHERE person IN ({SEEN})
UNION SELECT statement FROM overlays WHERE person IN ({SEEN})
UNION SELECT statement FROM office_holders WHERE person = ?
"""


@dataclass(frozen=True, slots=True)
class Spoken(Filters):
    """What somebody said across articles: a person by number, the offices included that were named alone."""

    person: int = 0

    def conditions(
        self, connection: sqlite3.Connection, wording: Wording
    ) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """Yield conditions as those of `Filters` are, that of the person first."""
        yield f"s.id IN ({SPOKEN})", (self.person,) * 3
        yield f"(o.speaker_correction IS NULL OR o.person IN ({SEEN}))", (self.person,)
        yield from Filters.conditions(self, connection, wording)


def _as_it_holds(column: str, index: str, asked: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the conditions that a column is among those found; the first one alone can be answered by its index."""
    found = f"SELECT rowid FROM {index} WHERE {index} MATCH ?"
    corrected = f"SELECT statement FROM overlays WHERE {column} IN ({found})"
    yield f"(s.{column} IN ({found}) OR s.id IN ({corrected}))", (asked, asked)
    yield f"CASE WHEN o.speaker_correction IS NULL THEN s.{column} ELSE o.{column} END IN ({found})", (asked,)


# From the index on, which holds current statements alone; from the statements on; from the editions down, the latest
# first.
INDEXED = """
contents_index CROSS JOIN statements s ON s.id = contents_index.rowid CROSS JOIN readings r ON r.id = s.reading
CROSS JOIN editions e ON e.id = r.edition LEFT JOIN overlays o ON o.statement = s.id
"""
CURRENT = """
JOIN readings r ON r.id = s.reading AND r.current
JOIN editions e ON e.id = r.edition
LEFT JOIN overlays o ON o.statement = s.id
"""
LATEST = """
editions e CROSS JOIN readings r ON r.edition = e.id AND r.current CROSS JOIN statements s ON s.reading = r.id
LEFT JOIN overlays o ON o.statement = s.id
"""


def search(
    connection: sqlite3.Connection,
    wording: Wording,
    words: str = "",
    filters: Filters = Filters(),
    *,
    titles: bool = False,
    limit: int = LIMIT,
    offset: int = 0,
) -> list[Hit]:
    """Return current statements that hold all the words, the best first; without words the latest first.

    With ``titles`` a word may stand in the article's title instead.
    """
    return hits(connection, numbers(connection, wording, words, filters, titles=titles, limit=limit, offset=offset))


def numbers(
    connection: sqlite3.Connection,
    wording: Wording,
    words: str = "",
    filters: Filters = Filters(),
    *,
    titles: bool = False,
    limit: int = ALL,
    offset: int = 0,
) -> list[int]:
    """Return the numbers of the statements that `search` finds, all of them unless told otherwise."""
    conditions = list(filters.conditions(connection, wording))
    values = [storable(value) for _, more in conditions for value in more]
    where = "".join(f" AND {condition}" for condition, _ in conditions)
    if words.strip():
        asked = expression(words, wording, connection, titles=titles)
        tables = INDEXED if conditions else "contents_index"
        sql = (
            f"SELECT contents_index.rowid FROM {tables} WHERE contents_index MATCH ?{where} "
            f"ORDER BY bm25(contents_index, {WEIGHTS}), contents_index.rowid LIMIT ? OFFSET ?"
        )
        values.insert(0, asked)
    else:
        few = filters.speaker or filters.role or filters.affiliation
        tables = f"statements s {CURRENT}" if few else LATEST
        sql = f"SELECT s.id FROM {tables} WHERE 1{where} ORDER BY e.dated DESC, s.id LIMIT ? OFFSET ?"
    found = connection.execute(sql, (*values, limit, offset)).fetchall()
    return [statement for (statement,) in found]


HIT = """
SELECT statement, document, outlet, dated, published, title, url, speaker_name, speaker_kind, role, affiliation,
  kind, act, confidence, speaker_correction, content_correction
FROM said WHERE statement = ?
"""


def hits(connection: sqlite3.Connection, statements: Sequence[int]) -> list[Hit]:
    """Return statements by number, in the order asked for; those that are not current are left out."""
    found = []
    for statement in statements:
        row = connection.execute(HIT, (statement,)).fetchone()
        if row:
            *values, confidence, speaker, content = row
            by = {"speaker": speaker, "content": content}
            corrected = tuple(name for name, correction in by.items() if correction is not None)
            words = BETWEEN.join(contents(connection, statement))
            found.append(Hit(*values, words, confidence, corrected))  # type: ignore[call-arg]  # the row has all others
    return found
