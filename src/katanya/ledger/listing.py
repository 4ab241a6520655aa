"""Statements a page at a time, in an order that holds while others file."""

import base64
import binascii
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Self

import msgspec

from katanya.core.errors import InputError
from katanya.ledger.index import BETWEEN, contents
from katanya.ledger.naming import statement_name
from katanya.ledger.query import expression
from katanya.ledger.search import CURRENT, INDEXED, LATEST, Filters, numbers
from katanya.ledger.words import Wording, storable

PAGE = 20  # statements of a page unless told otherwise
DEEPEST = 1000  # statements that can be had the best first; the rest is had the latest first
COUNTED = 1000  # up to which all that is found is counted
ALL = Filters()


class Sort(StrEnum):
    """In which order statements are listed."""

    BEST = "best"  # the words as they were typed first; without words it is the latest
    LATEST = "latest"


FORM = tuple[Sort, int, int, str | None, int]  # of a cursor


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as it holds now, with its article and all that leads to them.

    ``id``, ``article`` and ``person`` are names for addresses, the same however often the ledger is made; ``number`` is
    that of ``katanya search``, which each new reading changes. ``document`` is the article's own id as it came in,
    ``dated`` the printed date in ISO 8601. ``corrected`` names what an editor has corrected: speaker, content.
    """

    id: str
    number: int
    article: str
    document: str
    outlet: str | None
    dated: str | None
    published: str | None
    title: str | None
    url: str | None
    speaker: str | None
    speaker_kind: str
    person: str | None
    role: str | None
    affiliation: str | None
    kind: str
    act: str
    content: str
    confidence: float | None
    corrected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A page of statements.

    ``cursor`` asks for the next page, null where this is the last. ``count`` is how many there are in all, at least
    that many where ``counted`` is false.
    """

    statements: tuple[Said, ...]
    cursor: str | None
    count: int
    counted: bool


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ends: the last statement with its date and edition.

    The latest-first order needs the first three alone; the best-first one goes by the last statement among those up to
    ``most``, the highest number when the first page was made, as what is filed meanwhile changes what words are worth.
    """

    sort: Sort
    statement: int
    edition: int = 0
    dated: str | None = None
    most: int = 0

    @classmethod
    def read(cls, text: str) -> Self:
        """Return a cursor from what `text` made of it; raises `InputError` for anything else."""
        try:
            padded = text + "=" * (-len(text) % 4)
            return cls(*msgspec.json.decode(base64.urlsafe_b64decode(padded), type=FORM))
        except (ValueError, binascii.Error, msgspec.MsgspecError):
            raise InputError("is no cursor", where=f"'{text[:40]}'",
                             fix="take it from the page before, unchanged") from None

    @property
    def text(self) -> str:
        """The cursor as an address holds it."""
        plain = msgspec.json.encode((self.sort, self.statement, self.edition, self.dated, self.most))
        return base64.urlsafe_b64encode(plain).decode().rstrip("=")


MATCHED = " AND contents_index MATCH ?"
BROAD = 5000  # statements that hold some words, from which on it is worth choosing their articles first
MANY = "SELECT 1 FROM contents_index WHERE contents_index MATCH ? LIMIT 1 OFFSET ?"
READINGS = "SELECT r.id FROM editions e CROSS JOIN readings r ON r.edition = e.id AND r.current WHERE {}"
SAID = """
SELECT a.name, s.label, s.document, s.outlet, s.dated, s.published, s.title, s.url, s.speaker_name, s.speaker_kind,
  s.role, s.affiliation, s.kind, s.act, s.confidence, s.speaker_correction, s.content_correction,
  coalesce(g.person, CASE WHEN s.speaker_correction IS NULL THEN h.person END)
FROM said s JOIN articles a ON a.id = s.article LEFT JOIN sightings g ON g.people = s.person
LEFT JOIN office_holders h ON h.statement = s.statement
WHERE s.statement = ?
"""
SIGHTED = """
SELECT a.name, n.name FROM sightings g JOIN people p ON p.id = g.people JOIN names n ON n.id = p.name
JOIN readings r ON r.id = p.reading JOIN articles a ON a.id = r.article WHERE g.person = ? ORDER BY g.people LIMIT 1
"""


def person_name(connection: sqlite3.Connection, person: int) -> str:
    """Return what a person across articles is called in an address: the first sighting, which no relating changes."""
    article, name = connection.execute(SIGHTED, (person,)).fetchone()
    return statement_name(article, name)


def said(connection: sqlite3.Connection, statements: Sequence[int]) -> tuple[Said, ...]:
    """Return statements by number, in the order asked for; those that are not current are left out."""
    found, known = [], dict[int, str]()
    for number in statements:
        row = connection.execute(SAID, (number,)).fetchone()
        if row is None:
            continue
        article, label, *told, role, affiliation, kind, act, confidence, speaker, content, person = row
        if person is not None and person not in known:
            known[person] = person_name(connection, person)
        by = {"speaker": speaker, "content": content}
        found.append(Said(  # type: ignore[call-arg]  # the row has all others
            statement_name(article, label), number, article, *told, known.get(person), role, affiliation, kind, act,
            BETWEEN.join(contents(connection, number)), confidence,
            tuple(name for name, correction in by.items() if correction is not None),
        ))  # fmt: skip
    return tuple(found)


def listed(
    connection: sqlite3.Connection,
    wording: Wording,
    words: str = "",
    filters: Filters = ALL,
    *,
    titles: bool = False,
    sort: Sort = Sort.BEST,
    cursor: str | None = None,
    limit: int = PAGE,
) -> Found:
    """Return a page of the statements that `search` finds.

    Latest first, each comes once and none is left out, whatever is filed between two pages. Best first, that holds
    while nothing is filed, and for the first `DEEPEST`. Raises `InputError` for a cursor or date that is none.
    """
    after = Cursor.read(cursor) if cursor else None
    question = _Question(connection, wording, words, filters, titles)
    chosen = after.sort if after else sort if words.strip() else Sort.LATEST
    if chosen is Sort.BEST:
        rows, following = _best(question, after, limit)
    else:
        rows, following = _latest(question, after, limit)
    count = question.count()
    return Found(said(connection, rows), following, min(count, COUNTED), count <= COUNTED)


class _Question:
    """What is asked, as SQL: tables, conditions and values."""

    def __init__(
        self, connection: sqlite3.Connection, wording: Wording, words: str, filters: Filters, titles: bool
    ) -> None:
        self.connection, self.wording, self.words, self.filters, self.titles = (
            connection, wording, words, filters, titles,
        )  # fmt: skip
        conditions = list(filters.conditions(connection, wording))
        self.where = "".join(f" AND {condition}" for condition, _ in conditions)
        self.values = [storable(value) for _, more in conditions for value in more]
        self.ordered = False  # whether the tables come in the order of the dates by themselves
        if words.strip():
            self.tables = INDEXED
            self.where = f"{MATCHED}{self.where}"
            self.values.insert(0, expression(words, wording, connection, titles=titles))
            self._narrow([condition for condition in conditions if condition[0].startswith("e.")])
        elif conditions and conditions[0][0].startswith(("(s.", "s.id IN")):  # somebody, whom an index finds
            self.tables = f"statements s {CURRENT}"
        else:
            self.tables, self.ordered = LATEST, True

    def _narrow(self, told: Sequence[tuple[str, tuple[Any, ...]]]) -> None:
        """Choose the readings first by what is asked of editions, where so many hold the words that it is worth it."""
        if told and self.connection.execute(MANY, (self.values[0], BROAD)).fetchone():
            readings = READINGS.format(" AND ".join(condition for condition, _ in told))
            self.where = self.where.replace(MATCHED, f"{MATCHED} AND s.reading IN ({readings})", 1)
            self.values[1:1] = [storable(value) for _, values in told for value in values]

    def rows(self, more: str = "", values: Sequence[Any] = (), *, limit: int) -> list[tuple[int, int, str | None]]:
        """Return number, edition and date of statements, the latest first."""
        return self.connection.execute(
            f"SELECT s.id, e.id, e.dated FROM {self.tables} WHERE 1{self.where}{more} "
            "ORDER BY e.dated DESC, e.id DESC, s.id LIMIT ?", (*self.values, *values, limit),
        ).fetchall()  # fmt: skip

    def count(self) -> int:
        """Return how many there are, one more than is counted where they are more."""
        few = f"SELECT 1 FROM {self.tables} WHERE 1{self.where} LIMIT {COUNTED + 1}"
        (count,) = self.connection.execute(f"SELECT count(*) FROM ({few})", self.values).fetchone()
        return int(count)


def _best(question: _Question, after: Cursor | None, limit: int) -> tuple[list[int], str | None]:
    most = after.most if after else _highest(question.connection)
    wanted = DEEPEST if after else limit + 1
    found = [
        number for number in numbers(
            question.connection, question.wording, question.words, question.filters,
            titles=question.titles, limit=wanted,
        ) if number <= most
    ]  # fmt: skip
    begin = found.index(after.statement) + 1 if after and after.statement in found else len(found) if after else 0
    rows = found[begin : begin + limit]
    if not rows or len(found) <= begin + limit:
        return rows, None
    return rows, Cursor(Sort.BEST, rows[-1], most=most).text


def _highest(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM statements").fetchone()[0])


def _latest(question: _Question, after: Cursor | None, limit: int) -> tuple[list[int], str | None]:
    rows: list[tuple[int, int, str | None]] = []
    for more, values in _segments(question, after):
        if len(rows) <= limit:
            rows += question.rows(more, values, limit=limit + 1 - len(rows))
    numbered = [number for number, _, _ in rows[:limit]]
    if len(rows) <= limit:
        return numbered, None
    number, edition, dated = rows[limit - 1]
    return numbered, Cursor(Sort.LATEST, number, edition, dated).text


def _segments(question: _Question, after: Cursor | None) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield what comes after a cursor as conditions that an index answers, one after the other."""
    if after is None:
        yield "", ()
        return
    within = "e.id = ? AND s.id > ?", (after.edition, after.statement)
    if after.dated is None:
        rest: list[tuple[str, tuple[Any, ...]]] = [within, ("e.dated IS NULL AND e.id < ?", (after.edition,))]
    else:
        rest = [within, ("(e.dated, e.id) < (?, ?)", (after.dated, after.edition)), ("e.dated IS NULL", ())]
    if question.ordered:
        yield from ((f" AND {condition}", values) for condition, values in rest)
        return
    either = " OR ".join(f"({condition})" for condition, _ in rest)
    yield f" AND ({either})", tuple(value for _, values in rest for value in values)


def everything(
    connection: sqlite3.Connection, wording: Wording, words: str, filters: Filters, cursor: str | None, limit: int,
    *, titles: bool = False,
) -> tuple[tuple[Said, ...], str | None]:
    """Return so many statements for a download and where it goes on; none is counted."""
    after = Cursor.read(cursor) if cursor else None
    question = _Question(connection, wording, words, filters, titles)
    rows, following = _latest(question, replace(after, sort=Sort.LATEST) if after else None, limit)
    return said(connection, rows), following
