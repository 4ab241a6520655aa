"""One article: its text with every statement, as it holds now."""

from dataclasses import dataclass
from typing import Any

import msgspec

from katanya.core import records
from katanya.core.spans import Span
from katanya.ledger.articles import Around, Edition, Opened
from katanya.ledger.corrections import Correction as Made
from katanya.ledger.naming import statement_name
from katanya.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount as in the record, with the number of the correction that lies over it."""

    start: int
    end: int
    text: str
    low: float | None
    high: float | None
    unit: str | None
    of: Span | None
    hedge: Span | None
    per: Span | None
    kind: str
    change: str | None
    compared: dict[str, Any] | None
    flags: tuple[str, ...]
    because: str
    correction: int | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression as in the record; ``first`` and ``last`` are its ``from`` and ``to``."""

    start: int
    end: int
    text: str
    type: str
    value: str
    first: str | None
    last: str | None
    granularity: str | None
    modifier: str | None
    anchor: str | None
    flags: tuple[str, ...]
    because: str
    quantifier: str | None
    frequency: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A place as in the record."""

    start: int
    end: int
    text: str
    name: str | None
    kind: str | None
    country: str | None
    region: str | None
    lat: float | None
    lon: float | None
    role: str
    flags: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What an editor says against the reading.

    ``statement`` is the one that it lies on, null where it is undone or the current reading has no place for it
    (``orphaned``). ``words`` are those of the figure that it corrects, ``value`` what it says instead.
    """

    id: int
    target: str
    statement: str | None
    words: str | None
    value: dict[str, Any]
    author: str
    made: str
    reason: str
    orphaned: bool
    undone: str | None
    undone_by: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as it holds now; the fields of the record, and what leads from it.

    ``id``, ``person`` and ``quotation`` are names for addresses; ``number`` is that of ``katanya search``. ``within``
    is the id of the statement that this one stands in. ``quotation`` is null but where it stands in other articles,
    too, ``versions`` how many there are. ``corrections`` are the numbers of those that lie on it; ``was`` is what the
    machine had read where they change it: speaker, speaker_kind, contents, figures. ``id`` and ``number`` are null of
    a text that is not filed; ``within`` is a label then.
    """

    id: str | None
    number: int | None
    label: str
    kind: str
    act: str
    cue: Span | None
    source: Span | None
    contents: tuple[Span, ...]
    speaker: str | None
    speaker_kind: str
    person: str | None
    role: str | None
    affiliation: str | None
    time: Span | None
    place: Span | None
    event: Span | None
    within: str | None
    figures: tuple[Figure, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    confidence: float | None
    because: tuple[str, ...]
    quotation: str | None = None
    versions: int = 0
    corrections: tuple[int, ...] = ()
    was: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks in the article, as this article has it; ``id`` leads to the person across articles."""

    id: str | None
    name: str
    role: str | None
    affiliation: str | None
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it is shown: of the ledger, or just pasted (``id``, ``key`` and all of the ledger are null then).

    ``edition`` is the one that is shown, ``current`` whether that is the last. ``version``, ``model`` and ``filed``
    tell what read it and when that was filed. ``statements`` stand in order of appearance.
    """

    id: str | None
    key: str | None
    document: str
    url: str | None
    outlet: str | None
    title: str | None
    author: str | None
    published: str | None
    modified: str | None
    dated: str | None
    language: str | None
    text: str
    statements: tuple[Statement, ...]
    people: tuple[Person, ...]
    edition: int | None = None
    current: bool = True
    editions: tuple[Edition, ...] = ()
    corrections: tuple[Correction, ...] = ()
    version: str | None = None
    model: str | None = None
    filed: str | None = None


def article(ledger: Ledger, id: str, edition: int | None = None) -> Article:
    """Return an article by its name for addresses, in an edition; raises `NotThereError` where there is none."""
    return of_ledger(ledger.opened(id, edition))


def of_ledger(opened: Opened) -> Article:
    """Return an article of the ledger as it is shown."""
    whole = opened.article
    was = {statement.id: statement for statement in opened.was.statements} if opened.was else {}
    return Article(
        opened.name, opened.key, **_document(whole.document), dated=opened.dated,
        statements=tuple(
            _statement(statement, opened.name, around, was.get(statement.id))
            for statement, around in zip(whole.statements, opened.around, strict=True)
        ),
        people=tuple(
            _person(person, id) for person, id in zip(whole.people, opened.people, strict=True)
        ),
        edition=opened.edition, current=opened.is_current, editions=opened.editions,
        corrections=tuple(
            correction_of(made, opened.name, opened.placed.get(made.id)) for made in opened.corrections
        ),
        version=opened.version, model=opened.model, filed=opened.filed,
    )  # fmt: skip


def unfiled(whole: records.Article, dated: str | None = None) -> Article:
    """Return an article that no ledger has as it is shown."""
    return Article(
        None, None, **_document(whole.document), dated=dated,
        statements=tuple(_statement(statement, None, None, None, whole) for statement in whole.statements),
        people=tuple(_person(person, None) for person in whole.people),
    )  # fmt: skip


def correction_of(made: Made, article: str, label: str | None) -> Correction:
    """Return a correction as it is shown, by the label of the statement that it lies on."""
    return Correction(
        made.id, made.target.value, None if label is None else statement_name(article, label), made.words, made.value,
        made.author, made.made, made.reason, made.is_orphaned, made.undone, made.undone_by,
    )  # fmt: skip


def _document(document: records.Document) -> dict[str, Any]:
    fields = ("url", "outlet", "title", "author", "published", "modified", "language", "text")
    return {"document": document.id} | {name: getattr(document, name) for name in fields}


def _person(person: records.Person, id: str | None) -> Person:
    return Person(id, person.name, person.role, person.affiliation, person.mentions)


def _statement(
    statement: records.Statement,
    article: str | None,
    around: Around | None,
    was: records.Statement | None,
    whole: records.Article | None = None,
) -> Statement:
    person = whole.person(statement.speaker) if whole else None
    return Statement(
        id=None if article is None else statement_name(article, statement.id),
        number=around.number if around else None,
        label=statement.id, kind=statement.kind.value, act=statement.act.value, cue=statement.cue,
        source=statement.source, contents=statement.contents, speaker=statement.speaker,
        speaker_kind=statement.speaker_kind.value,
        person=around.person if around else None,
        role=around.role if around else person.role if person else None,
        affiliation=around.affiliation if around else person.affiliation if person else None,
        time=statement.time, place=statement.place, event=statement.event,
        within=statement.within if article is None or statement.within is None
        else statement_name(article, statement.within),
        figures=tuple(_figure(figure.to_dict(), around) for figure in statement.figures),
        times=tuple(_time(time.to_dict()) for time in statement.times),
        places=tuple(msgspec.convert(place.to_dict(), Place) for place in statement.places),
        confidence=statement.confidence, because=statement.because,
        quotation=around.quotation if around else None,
        versions=around.versions if around else 0,
        corrections=around.corrections if around else (),
        was=_was(statement, was) if was and around and around.corrections else None,
    )  # fmt: skip


def _figure(record: dict[str, Any], around: Around | None) -> Figure:
    correction = around.figures.get(record["start"]) if around else None
    return msgspec.convert(record | {"correction": correction}, Figure)


def _time(record: dict[str, Any]) -> Time:
    return msgspec.convert(record | {"first": record["from"], "last": record["to"]}, Time)


def _was(statement: records.Statement, was: records.Statement) -> dict[str, Any]:
    """Return what the machine had read where corrections say otherwise."""
    before, after = was.to_dict(), statement.to_dict()
    told = ("speaker", "speaker_kind", "contents", "figures")
    return {name: before[name] for name in told if before[name] != after[name]}
