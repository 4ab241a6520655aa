"""What the annotation tools share: a statement as an anchor with parts that play a role, and gold made of such."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from katanya.core import fields
from katanya.core.errors import RecordError
from katanya.core.records import Act, Article, Document, Kind, Person, SpeakerKind, Statement
from katanya.core.spans import Span

STATEMENT, PERSON = "Statement", "Person"
CONTENT = "Content"
ROLES = (CONTENT, "Cue", "Source", "Time", "Place", "Event")  # the labels of parts; in lower case the record's fields
WITHIN = "Within"
CHOICES = {"kind": Kind, "act": Act, "speaker_kind": SpeakerKind}
DOCUMENT = ("id", "url", "outlet", "title", "published", "language")


def parts(statement: Statement) -> Iterator[tuple[str, Span]]:
    """Yield the stretches of a statement with their roles, contents first; one without letters cannot be marked."""
    spans = (statement.cue, statement.source, statement.time, statement.place, statement.event)
    every = [*((CONTENT, span) for span in statement.contents), *zip(ROLES[1:], spans, strict=True)]
    yield from ((role, span) for role, span in every if span is not None and is_marked(span))


def mentions(person: Person) -> Iterator[Span]:
    """Yield the stretches that name a person."""
    return filter(is_marked, person.mentions)


def is_marked(span: Span) -> bool:
    """Tell whether a stretch can be marked: whether anything but white space stands in it."""
    return bool(span.text.strip())


def anchor(statement: Statement) -> Span | None:
    """Return the stretch that a statement hangs on: its first part."""
    return next((span for _, span in parts(statement)), None)


def beside(article: Article) -> dict[str, Any]:
    """Return what no mark in the text can hold: the document's fields, statements and people without a stretch."""
    record = article.to_dict()
    known: dict[str, Any] = {name: record[name] for name in DOCUMENT}
    known["statements"] = [statement.to_dict() for statement in article.statements if anchor(statement) is None]
    known["people"] = [person.to_dict() for person in article.people if not any(mentions(person))]
    return known


@dataclass(slots=True)
class Draft:
    """A statement as it is read back.

    ``key`` is how the tool names it, ``within`` the key of another; without any part its ``anchor`` is its content.
    """

    key: str
    anchor: Span
    fields: dict[str, Any] = field(default_factory=dict)  # id, speaker, and the names of CHOICES
    parts: list[tuple[str, Span]] = field(default_factory=list)
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of a person with what is known of them."""

    span: Span
    known: Mapping[str, Any]  # name, role, affiliation


def gold(text: str, known: Mapping[str, Any], drafts: Iterable[Draft], named: Iterable[Mention]) -> Article:
    """Return the annotated article; raises `RecordError` that says which statement lacks what.

    ``known`` is what `beside` gave. A statement that an annotator added gets an id of its own; confidence, rules and
    values are none: what they were was the machine's.
    """
    drafts = list(drafts)
    labels = _labels(drafts, {statement["id"] for statement in fields.mappings(known, "statements")})
    made = [_statement(draft, labels) for draft in drafts]
    document = {name: known.get(name) for name in DOCUMENT} | {"text": text, "id": known.get("id") or ""}
    unplaced = map(Statement.from_dict, fields.mappings(known, "statements"))
    people = [*_people(named), *map(Person.from_dict, fields.mappings(known, "people"))]
    return Article(Document.from_dict(document), (*made, *unplaced), tuple(people))


def _labels(drafts: Iterable[Draft], taken: set[str]) -> dict[str, str]:
    """Return the id of each draft by its key: the one that it brings, where it is the first to, else the next free."""
    labels: dict[str, str] = {}
    drafts = list(drafts)
    for draft in drafts:
        id = draft.fields.get("id")
        if isinstance(id, str) and id and id not in taken:
            labels[draft.key] = id
            taken.add(id)
    number = 0
    for draft in drafts:
        while draft.key not in labels:
            number += 1
            if f"s{number}" not in taken:
                labels[draft.key] = f"s{number}"
                taken.add(f"s{number}")
    return labels


def _statement(draft: Draft, labels: Mapping[str, str]) -> Statement:
    values = dict(draft.fields)
    for name, choices in CHOICES.items():
        if values.get(name) not in list(choices):
            seen = values.get(name)
            raise RecordError(f"statement {draft.key} has {'no' if seen is None else 'an unknown'} {name}",
                              fix=f"choose {' or '.join(choices)}")
    record: dict[str, Any] = {**values, "id": labels[draft.key], "speaker": values.get("speaker") or None}
    parts = draft.parts or [(CONTENT, draft.anchor)]
    record["contents"] = [span.to_dict() for role, span in parts if role == CONTENT]
    for role, span in parts:
        if role != CONTENT:
            if record.get(role.lower()):
                raise RecordError(f"statement {draft.key} has two of {role}", fix="leave one")
            record[role.lower()] = span.to_dict()
    if draft.within is not None:
        if draft.within not in labels or draft.within == draft.key:
            raise RecordError(f"statement {draft.key} is within {draft.within}, which is no other statement",
                              fix="link it to one of the document")
        record["within"] = labels[draft.within]
    return Statement.from_dict(record)


def _people(named: Iterable[Mention]) -> Iterator[Person]:
    found: dict[str, list[Mention]] = {}
    for mention in named:
        name = fields.text_or_none(mention.known, "name") or mention.span.text
        found.setdefault(name, []).append(mention)
    for name, same in found.items():
        role, affiliation = (
            next(filter(None, (fields.text_or_none(one.known, key) for one in same)), None)
            for key in ("role", "affiliation")
        )
        yield Person(name, role, affiliation, tuple(one.span for one in same))
