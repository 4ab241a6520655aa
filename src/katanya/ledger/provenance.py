"""Articles with where they come from: which program read them by which model, when, and what editors changed."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, Self

from katanya.core import fields
from katanya.core.records import Article, Statement
from katanya.ledger import records

CURRENT = """
SELECT r.id, p.version, p.language, p.model, r.filed
FROM readings r JOIN programs p ON p.id = r.program WHERE r.current ORDER BY r.article
"""
LAID = """
SELECT s.reading, c.id, s.label, c.target, f.text, c.value, c.author, c.made, c.reason
FROM laid l JOIN corrections c ON c.id = l.correction JOIN statements s ON s.id = l.statement
JOIN readings r ON r.id = s.reading AND r.current LEFT JOIN figures f ON f.id = l.figure ORDER BY c.id
"""


@dataclass(frozen=True, slots=True)
class Change:
    """A correction as it lies on a statement of the article; ``words`` are those of the figure that it changes."""

    number: int
    statement: str
    target: str
    words: str | None
    value: Mapping[str, Any]
    author: str
    made: str
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """Return the change as plain values."""
        return {
            "number": self.number,
            "statement": self.statement,
            "target": self.target,
            "words": self.words,
            "value": dict(self.value),
            "author": self.author,
            "made": self.made,
            "reason": self.reason,
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """Load a change from its record; raises `RecordError` that names the field at fault."""
        return cls(
            number=int(fields.number_or_none(record, "number") or 0),
            statement=fields.text(record, "statement"),
            target=fields.text(record, "target"),
            words=fields.text_or_none(record, "words"),
            value=fields.mapping(record, "value"),
            author=fields.text(record, "author"),
            made=fields.text(record, "made"),
            reason=fields.text(record, "reason"),
        )


@dataclass(frozen=True, slots=True)
class Provenance:
    """What an article was read by, '' where that is not known, when it was filed, and its changes, oldest first.

    ``model`` is the digest of the model's manifests; ``was`` holds the statements that are changed, as they were read.
    """

    version: str = ""
    language: str = ""
    model: str = ""
    filed: str | None = None
    changes: tuple[Change, ...] = ()
    was: tuple[Statement, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the provenance as plain values."""
        return {
            "version": self.version,
            "language": self.language,
            "model": self.model,
            "filed": self.filed,
            "changes": [change.to_dict() for change in self.changes],
            "was": [statement.to_dict() for statement in self.was],
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """Load a provenance from its record; raises `RecordError` that names the field at fault."""
        return cls(
            version=fields.text(record, "version"),
            language=fields.text(record, "language"),
            model=fields.text(record, "model"),
            filed=fields.text_or_none(record, "filed"),
            changes=tuple(map(Change.from_dict, fields.mappings(record, "changes"))),
            was=tuple(map(Statement.from_dict, fields.mappings(record, "was"))),
        )


@dataclass(frozen=True, slots=True)
class Traced:
    """An article, the changes of its editors laid over, and where it comes from."""

    article: Article
    provenance: Provenance = field(default_factory=Provenance)

    @property
    def digest(self) -> str:
        """The SHA-256 of the text in UTF-8, in hexadecimal digits."""
        return sha256(self.article.text.encode()).hexdigest()

    def to_dict(self) -> dict[str, Any]:
        """Return the article's record with its provenance as one field more."""
        provenance = {"sha256": self.digest, **self.provenance.to_dict()}
        return {**self.article.to_dict(), "provenance": provenance}

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """Load an article with what its record knows of its provenance; raises `RecordError`."""
        known = record.get("provenance") is not None
        provenance = Provenance.from_dict(fields.mapping(record, "provenance")) if known else Provenance()
        return cls(Article.from_dict(record), provenance)

    def only(self, labels: Collection[str]) -> "Traced":
        """Return the article with these statements alone, those that they stand in, and the people who speak there."""
        parents = {statement.id: statement.within for statement in self.article.statements}
        kept = set[str]()
        for label in labels:
            at: str | None = label
            while at is not None and at not in kept:
                kept.add(at)
                at = parents.get(at)
        statements = tuple(statement for statement in self.article.statements if statement.id in kept)
        speakers = {statement.speaker for statement in statements}
        people = tuple(person for person in self.article.people if person.name in speakers)
        return replace(self, article=replace(self.article, statements=statements, people=people))


def traced(
    connection: sqlite3.Connection, selected: Mapping[int, Collection[str]] | None = None
) -> Iterator[tuple[Traced, Collection[str] | None]]:
    """Yield current readings with their provenance and the labels that ``selected`` has for them, by reading.

    Without a selection it is all of them, and no labels. The order is that in which the articles were first filed.
    """
    changes: dict[int, list[Change]] = {}
    for reading, number, label, target, words, value, *by in connection.execute(LAID):
        changes.setdefault(reading, []).append(Change(number, label, target, words, json.loads(value), *by))
    for reading, version, language, model, filed in connection.execute(CURRENT).fetchall():
        if selected is not None and reading not in selected:
            continue
        article = records.article(connection, reading)
        made = tuple(changes.get(reading, ()))
        labels = {change.statement for change in made}
        read = records.article(connection, reading, corrected=False).statements if made else ()
        was = tuple(statement for statement in read if statement.id in labels)
        provenance = Provenance(version, language, model, filed, made, was)
        yield Traced(article, provenance), None if selected is None else selected[reading]


def by_reading(connection: sqlite3.Connection, statements: Collection[int]) -> dict[int, list[str]]:
    """Return the labels of statements, given by number, by the reading that they stand in."""
    found: dict[int, list[str]] = {}
    for number in statements:
        reading, label = connection.execute(
            "SELECT reading, label FROM statements WHERE id = ?", (number,)
        ).fetchone()
        found.setdefault(reading, []).append(label)
    return found
