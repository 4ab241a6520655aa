"""Puts articles into the ledger: each once, whatever is filed again."""

import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

import msgspec

from katanya.core.errors import RecordError
from katanya.core.outcomes import SET_ASIDE, Reason, Rejected
from katanya.core.records import Article, Person, SpeakerKind, Statement
from katanya.core.spans import Span
from katanya.core.values import Values
from katanya.ledger import copies, corrections, editions, feeds, fetches, index, progress, rejections
from katanya.ledger.entries import Entry, Program, check
from katanya.ledger.progress import Reached
from katanya.ledger.words import Wording, words_of

NAMES_KEPT = 20_000  # ids of names that are kept at hand: those that come first come often, and memory stays flat

Row = tuple[Any, ...]


def _insert_into(table: str, columns: int, names: str = "") -> str:
    return f"INSERT INTO {table} {names} VALUES ({', '.join('?' * columns)})"


# Rows that wait to be written, parents before their children.
INSERTS = {
    "people": _insert_into("people", 7),
    "people_index": _insert_into("people_index", 3, "(rowid, role, affiliation)"),
    "statements": _insert_into("statements", 22),
    "contents": _insert_into("contents", 5),
    "figures": _insert_into("figures", 13),
    "times": _insert_into("times", 9, '(statement, start, "end", text, type, value, "from", "to", more)'),
    "places": _insert_into(
        "places", 12, '(statement, start, "end", text, name, kind, country, region, lat, lon, role, more)'
    ),
    "told_figures": _insert_into("told_figures", 11),
    "told_times": _insert_into("told_times", 7),
    "told_places": _insert_into("told_places", 11),
    "contents_index": index.ROW,
    "texts_index": index.TEXT,
}


class Filed(StrEnum):
    """What became of an article that was filed."""

    NEW = "new"
    EDITION = "edition"  # the article was there with another text, title or date
    READING = "reading"  # this edition was there, read otherwise
    KNOWN = "known"  # nothing changed
    COPY = "copy"  # another article says the same
    ASIDE = "set aside"  # in another language, or no page
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an input stands: its file or address, its line, row or offset there, 0 for the whole, and its entry."""

    source: str
    at: int = 0
    entry: str = ""


class Filer:
    """Files articles into an open transaction; `flush` before it ends."""

    def __init__(self, connection: sqlite3.Connection, wording: Wording, program: Program, now: str | None) -> None:
        self._connection, self.wording, self._now = connection, wording, now
        self._programs: dict[Program, int] = {}
        self.program = self._id_of_program(program)
        self._rows: dict[str, list[Row]] = {table: [] for table in INSERTS}
        self._next = {table: self._last(table) for table in ("people", "statements", "figures")}
        self._names: dict[str, int] = {}
        self._organisations: dict[str, int] = {}

    def add(self, entry: Entry, place: Place) -> Filed:
        """File one article; one that is not sound is filed as rejected."""
        try:
            check(entry.article)
            msgspec.json.encode(entry.article)  # fails where half a surrogate pair could not be stored
        except (RecordError, UnicodeEncodeError) as error:
            self.reject(Rejected("", Reason.BAD_RECORD, str(error)), place)
            return Filed.REJECTED
        return self._add(entry)

    def link(self, entry: Entry, place: Place) -> Filed | None:
        """File an article without its statements: as a copy, or where it is known; ``None`` where it is to be read."""
        linked = linked_as(self._connection, entry, self.program)
        if linked is None or linked.found is None:
            return None if linked is None else Filed.KNOWN
        where = (place.source, place.entry, place.at)
        copies.note(self._connection, entry, linked.key, linked.digest, linked.found, where, self._now)
        return Filed.COPY

    def reject(self, rejected: Rejected, place: Place) -> Filed:
        """File an input that was not read; the same one is noted once."""
        rejections.note(self._connection, (place.source, place.entry, place.at), rejected, self._now)
        return Filed.ASIDE if rejected.reason in SET_ASIDE else Filed.REJECTED

    def mend(self, rejection: int) -> None:
        """Note that a reject was read after all, or stands for another reason now."""
        rejections.mend(self._connection, rejection, self.program, self._now)

    def note(self, source: str, reached: Reached, *, fresh: bool) -> None:
        """Note how far an input is filed, and what came of it since the last note, or of it as a whole."""
        progress.note(self._connection, source, self.program, reached, fresh=fresh)

    def note_fetched(self, url: str, etag: str | None, modified: str | None) -> None:
        """Note what its server tells this version of a page by."""
        fetches.note(self._connection, url, self.program, etag, modified)

    @property
    def watched(self) -> feeds.Watched:
        """What is noted of feeds."""
        return feeds.Watched(self._connection, self.program)

    def flush(self) -> None:
        """Write what waits to be written."""
        for table, rows in self._rows.items():
            self._connection.executemany(INSERTS[table], rows)
            rows.clear()

    def _add(self, entry: Entry) -> Filed:
        program = self.program if entry.program is None else self._id_of_program(entry.program)
        settled = editions.settle(self._connection, entry, self._now)
        copies.remember(self._connection, settled.edition, entry.sketch)
        digest = sha256(msgspec.json.encode((entry.article.statements, entry.article.people))).digest()
        known = self._connection.execute(
            "SELECT 1 FROM readings WHERE (edition, program, digest) = (?, ?, ?)",
            (settled.edition, program, digest),
        ).fetchone()
        if known:
            return Filed.KNOWN
        replaces = settled.is_last and self._replaces(settled.article)
        reading = self._insert(
            "INSERT INTO readings (article, edition, program, digest, current, filed) VALUES (?, ?, ?, ?, ?, ?)",
            (settled.article, settled.edition, program, digest, int(settled.is_last), self._now),
        )
        _Reading(self, reading, entry.article).add(indexed=settled.is_last)
        if settled.is_new:
            document = entry.article.document
            self._learn(document.text)
            self.put("texts_index", index.text_row(self.wording, settled.edition, document.title, document.text))
        if replaces:
            self.flush()
            corrections.replay(self._connection, settled.article, self.wording)
        return (Filed.EDITION if replaces else Filed.NEW) if settled.is_new else Filed.READING

    def _replaces(self, article: int) -> bool:
        """Make room for another current reading; tell whether there was one."""
        if not self._connection.execute("SELECT 1 FROM readings WHERE article = ? AND current", (article,)).fetchone():
            return False
        self.flush()
        index.remove_reading(self._connection, self.wording, article)
        self._connection.execute("UPDATE readings SET current = 0 WHERE article = ? AND current", (article,))
        return True

    def _learn(self, text: str) -> None:
        self._connection.executemany(
            "INSERT INTO abbreviations VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET seen = seen + 1",
            self.wording.explained(text),
        )

    def next(self, table: str) -> int:
        """Return the next free id of a table whose rows wait to be written."""
        self._next[table] += 1
        return self._next[table]

    def put(self, table: str, row: Row) -> None:
        """Let a row wait to be written."""
        self._rows[table].append(row)

    def name(self, name: str) -> int:
        """Return the id of a speaker's name."""
        return self._interned("names", self._names, name)

    def organisation(self, name: str) -> int:
        """Return the id of an organisation."""
        return self._interned("organisations", self._organisations, name)

    def _interned(self, table: str, kept: dict[str, int], name: str) -> int:
        id = kept.get(name)
        if id is None:
            row = self._connection.execute(f"SELECT id FROM {table} WHERE name = ?", (name,)).fetchone()
            id = int(row[0]) if row else self._insert(f"INSERT INTO {table} (name) VALUES (?)", (name,))
            if not row and table == "names":
                self._connection.execute("INSERT INTO names_index (rowid, name) VALUES (?, ?)", (id, name))
            if len(kept) < NAMES_KEPT:
                kept[name] = id
        return id

    def _insert(self, sql: str, row: Row) -> int:
        return int(self._connection.execute(sql, row).lastrowid or 0)

    def _last(self, table: str) -> int:
        return int(self._connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0])

    def _id_of_program(self, program: Program) -> int:
        if program in self._programs:
            return self._programs[program]
        row = (program.version, program.language, program.model)
        self._connection.execute("INSERT OR IGNORE INTO programs (version, language, model) VALUES (?, ?, ?)", row)
        found = self._connection.execute("SELECT id FROM programs WHERE (version, language, model) = (?, ?, ?)", row)
        self._programs[program] = int(found.fetchone()[0])
        return self._programs[program]


@dataclass(frozen=True, slots=True)
class Linked:
    """An article that need not be read: what it is known by, and of what it is a copy, unless it is known itself."""

    key: str
    digest: bytes
    found: copies.Found | None


def linked_as(connection: sqlite3.Connection, entry: Entry, program: int | None) -> Linked | None:
    """Return how an article that is not read is linked; ``None`` where it is to be read.

    It is where nothing is there by its address or id, and another article says the same.
    """
    digest = editions.digest_of(entry.article.text)
    key = editions.key_of(entry, digest)
    if connection.execute("SELECT 1 FROM articles WHERE key = ?", (key,)).fetchone():
        known = program is not None and editions.is_read(connection, entry, key, digest, program)
        return Linked(key, digest, None) if known else None
    if copies.is_noted(connection, key, digest):
        return Linked(key, digest, None)
    found = copies.find(connection, entry.article.text, entry.sketch) if entry.sketch else None
    return Linked(key, digest, found) if found else None


class _Reading:
    """The rows of one reading."""

    def __init__(self, filer: Filer, reading: int, article: Article) -> None:
        self._filer, self._reading, self._article = filer, reading, article
        self._people: dict[str, int] = {}
        self._words = words_of(person.name for person in article.people)
        self._head = index.head(filer.wording, article.document.title, self._words)
        self._labels = {statement.id: filer.next("statements") for statement in article.statements}

    def add(self, *, indexed: bool) -> None:
        """Let all rows wait to be written, ``indexed`` where the reading is the current one."""
        for person in self._article.people:
            self._add_person(person)
        for statement in self._article.statements:
            self._add_statement(statement)
            if indexed:
                words = [span.text for span in statement.contents]
                row = index.row(self._filer.wording, self._labels[statement.id], words, self._head, self._words)
                self._filer.put("contents_index", row)
        self._add_told(self._article.told)

    def _add_person(self, person: Person) -> None:
        filer, id = self._filer, self._filer.next("people")
        self._people.setdefault(person.name, id)
        organisation = filer.organisation(person.affiliation) if person.affiliation else None
        mentions = _json([[span.start, span.end] for span in person.mentions])
        name = filer.name(person.name)
        filer.put("people", (id, self._reading, name, person.role, person.affiliation, organisation, mentions))
        if person.role or person.affiliation:
            filer.put("people_index", (id, person.role, person.affiliation))

    def _add_statement(self, statement: Statement) -> None:
        filer, id, speaker = self._filer, self._labels[statement.id], statement.speaker
        body = speaker if statement.speaker_kind is SpeakerKind.ORGANISATION else None
        spans = (statement.cue, statement.source, statement.time, statement.place, statement.event)
        filer.put("statements", (
            id, self._reading, statement.id, statement.kind.value, statement.act.value,
            filer.name(speaker) if speaker else None, statement.speaker_kind.value,
            self._people.get(speaker) if speaker else None, filer.organisation(body) if body else None,
            self._labels[statement.within] if statement.within is not None else None,
            *(offset for span in spans for offset in _offsets(span)),
            statement.confidence, _json(statement.because),
        ))  # fmt: skip
        for number, span in enumerate(statement.contents):
            filer.put("contents", (id, number, span.start, span.end, span.text))
        self._add_values(statement, id)

    def _add_values(self, statement: Statement, id: int) -> None:
        put = self._filer.put
        for figure in statement.figures:
            record = figure.to_dict()
            words = [span.text if span else None for span in (figure.of, figure.hedge, figure.per)]
            columns = _taken(record, "start", "end", "text", "low", "high", "unit", "kind")
            put("figures", (self._filer.next("figures"), id, *columns, *words, _json(record)))
        for time in statement.times:
            record = time.to_dict()
            put("times", (id, *_taken(record, "start", "end", "text", "type", "value", "from", "to"), _json(record)))
        for place in statement.places:
            record = place.to_dict()
            columns = _taken(record, "start", "end", "text", "name", "kind", "country", "region", "lat", "lon", "role")
            put("places", (id, *columns, _json(record)))

    def _add_told(self, told: Values) -> None:
        """Let the values wait that the article tells in its own name."""
        put, reading = self._filer.put, self._reading
        for number, figure in enumerate(told.figures):
            words = [span.text if span else None for span in (figure.of, figure.hedge, figure.per)]
            amount = (figure.low, figure.high, figure.unit, figure.kind)
            put("told_figures", (reading, number, *_offsets(figure.span), *amount, *words))
        for number, time in enumerate(told.times):
            put("told_times", (reading, number, *_offsets(time.span), time.type.value, time.start, time.end))
        for number, place in enumerate(told.places):
            where = (place.name, place.kind, place.country, place.region, place.lat, place.lon, place.role)
            put("told_places", (reading, number, *_offsets(place.span), *where))


def _offsets(span: Span | None) -> tuple[int | None, int | None]:
    return (span.start, span.end) if span else (None, None)


def _taken(record: dict[str, Any], *names: str) -> list[Any]:
    return [record.pop(name) for name in names]


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
