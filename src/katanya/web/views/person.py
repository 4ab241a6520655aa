"""One speaker: roles over time, statements by topic and date, counterparts, outlets."""

from dataclasses import dataclass

from katanya.ledger.identity.stored import Held
from katanya.ledger.listing import PAGE, Found, Sort
from katanya.ledger.people import Counted
from katanya.ledger.profiles import Bearer, Counterpart, Period
from katanya.ledger.store import Ledger
from katanya.web.views.statistics import Share


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker across articles.

    ``id`` is null where people were not related or the speaker is none: all whose names hold the words count as one
    then. ``names`` are those that articles use, ``roles`` stand in order of their first date, ``periods`` count
    statements by month, ``counterparts`` are who else speaks in the same articles, ``others`` bear the same name.
    ``statements`` are those about ``topic``, all where it is blank.
    """

    id: str | None
    name: str
    names: tuple[Counted, ...]
    articles: int
    spoken: int
    first: str | None
    last: str | None
    direct: Share
    roles: tuple[Held, ...]
    periods: tuple[Period, ...]
    outlets: tuple[Counted, ...]
    counterparts: tuple[Counterpart, ...]
    others: tuple[Bearer, ...]
    topic: str
    statements: Found


def person(
    ledger: Ledger,
    id: str | None = None,
    *,
    name: str = "",
    topic: str = "",
    cursor: str | None = None,
    limit: int = PAGE,
) -> Person:
    """Return a speaker by the name for addresses, else by words of the name; raises `NotThereError`.

    Of people across articles who bear a name it is the one who is quoted most. ``topic`` says what the statements are
    about.
    """
    with ledger.still():
        outline = ledger.outline(person=id, name=name)
        found = ledger.listed(topic, outline.filters, sort=Sort.LATEST, cursor=cursor, limit=limit)
    return Person(
        outline.person, outline.name, outline.names, outline.articles, outline.statements, outline.first, outline.last,
        Share.of(outline.direct), outline.roles, outline.periods, outline.outlets, outline.counterparts, outline.others,
        topic, found,
    )  # fmt: skip
