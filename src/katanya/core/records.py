"""The record: an article, its statements and its people. This is the contract with every user.

Each value points at the words that it was read from; an unknown is ``None``, never a guess.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from katanya.core import fields
from katanya.core.spans import Span
from katanya.core.values import Figure, Place, Time, Values


class Kind(StrEnum):
    """Whether the content stands in quotation marks."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Act(StrEnum):
    """What is done by saying it, after Searle."""

    ASSERTIVE = "assertive"
    DIRECTIVE = "directive"
    COMMISSIVE = "commissive"
    EXPRESSIVE = "expressive"
    QUESTION = "question"
    DENIAL = "denial"
    WITHHELD = "withheld"


class SpeakerKind(StrEnum):
    """What sort of source a speaker is; ``NONE`` is hearsay, nobody is named."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    DOCUMENT = "document"
    ANONYMOUS = "anonymous"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Document:
    """A text to be read, with what is known about where it came from.

    ``text`` is never changed after this point. ``published`` and ``modified`` are as printed or ISO 8601.
    """

    text: str
    id: str = ""
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    author: str | None = None
    modified: str | None = None

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """Load a document from an article's record; raises `RecordError` that names the field at fault."""
        return cls(
            text=fields.text(record, "text"),
            id=fields.text(record, "id"),
            title=fields.text_or_none(record, "title"),
            outlet=fields.text_or_none(record, "outlet"),
            published=fields.text_or_none(record, "published"),
            url=fields.text_or_none(record, "url"),
            language=fields.text_or_none(record, "language"),
            author=fields.text_or_none(record, "author"),
            modified=fields.text_or_none(record, "modified"),
        )


@dataclass(frozen=True, slots=True)
class Statement:
    """Words that the writer hands to somebody else, and whose they are."""

    id: str
    kind: Kind
    act: Act
    cue: Span | None
    source: Span | None
    contents: tuple[Span, ...]
    speaker: str | None
    speaker_kind: SpeakerKind
    time: Span | None = None
    place: Span | None = None
    event: Span | None = None
    within: str | None = None
    figures: tuple[Figure, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    confidence: float | None = None
    because: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the statement in the form of the record."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "act": self.act.value,
            "cue": _plain(self.cue),
            "source": _plain(self.source),
            "contents": [span.to_dict() for span in self.contents],
            "speaker": self.speaker,
            "speaker_kind": self.speaker_kind.value,
            "time": _plain(self.time),
            "place": _plain(self.place),
            "event": _plain(self.event),
            "within": self.within,
            "figures": [figure.to_dict() for figure in self.figures],
            "times": [time.to_dict() for time in self.times],
            "places": [place.to_dict() for place in self.places],
            "confidence": self.confidence,
            "because": list(self.because),
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """Load a statement from its record; raises `RecordError` that names the field at fault."""
        return cls(
            id=fields.text(record, "id"),
            kind=fields.choice(record, "kind", Kind),
            act=fields.choice(record, "act", Act),
            cue=fields.span_or_none(record, "cue"),
            source=fields.span_or_none(record, "source"),
            contents=fields.spans(record, "contents"),
            speaker=fields.text_or_none(record, "speaker"),
            speaker_kind=fields.choice(record, "speaker_kind", SpeakerKind),
            time=fields.span_or_none(record, "time"),
            place=fields.span_or_none(record, "place"),
            event=fields.span_or_none(record, "event"),
            within=fields.text_or_none(record, "within"),
            figures=tuple(map(Figure.from_dict, fields.mappings(record, "figures"))),
            times=tuple(map(Time.from_dict, fields.mappings(record, "times"))),
            places=tuple(map(Place.from_dict, fields.mappings(record, "places"))),
            confidence=fields.number_or_none(record, "confidence"),
            because=fields.texts(record, "because"),
        )


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks in the article: the fullest name, role and affiliation as written."""

    name: str
    role: str | None = None
    affiliation: str | None = None
    mentions: tuple[Span, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the person in the form of the record."""
        return {
            "name": self.name,
            "role": self.role,
            "affiliation": self.affiliation,
            "mentions": [span.to_dict() for span in self.mentions],
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """Load a person from the record; raises `RecordError` that names the field at fault."""
        return cls(
            name=fields.text(record, "name"),
            role=fields.text_or_none(record, "role"),
            affiliation=fields.text_or_none(record, "affiliation"),
            mentions=fields.spans(record, "mentions"),
        )


@dataclass(frozen=True, slots=True)
class Article:
    """One article with its statements in order of appearance and the people who speak in it.

    ``told`` are the values of the text that no statement holds: what the article tells in its own name. They stand
    beside the record and not in it.
    """

    document: Document
    statements: tuple[Statement, ...] = field(default=())
    people: tuple[Person, ...] = field(default=())
    told: Values = field(default=Values(), compare=False)

    @property
    def id(self) -> str:
        """The article's id."""
        return self.document.id

    @property
    def text(self) -> str:
        """The text that every offset points into."""
        return self.document.text

    def to_dict(self) -> dict[str, Any]:
        """Return the record of the contract as plain dicts, lists, strings and numbers."""
        document = self.document
        return {
            "id": document.id,
            "url": document.url,
            "outlet": document.outlet,
            "title": document.title,
            "author": document.author,
            "published": document.published,
            "modified": document.modified,
            "language": document.language,
            "text": document.text,
            "statements": [statement.to_dict() for statement in self.statements],
            "people": [person.to_dict() for person in self.people],
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """Load an article from its record; raises `RecordError` that names the field at fault."""
        return cls(
            document=Document.from_dict(record),
            statements=tuple(map(Statement.from_dict, fields.mappings(record, "statements"))),
            people=tuple(map(Person.from_dict, fields.mappings(record, "people"))),
        )

    def person(self, speaker: str | None) -> Person | None:
        """Return the person of that name, or ``None`` where the speaker is no person or nobody is named."""
        return next((person for person in self.people if person.name == speaker), None)


def _plain(span: Span | None) -> dict[str, int | str] | None:
    return None if span is None else span.to_dict()
