"""One speaker across articles: roles over time, counterparts, and what was said earlier and later."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from katanya.ledger.identity import stored as identity
from katanya.ledger.identity.stored import Bearer, Held
from katanya.ledger.search import CURRENT, LIMIT, Filters, Hit, Spoken, search
from katanya.ledger.statistics import Share
from katanya.ledger.words import Wording, storable

ALL = -1  # no limit


@dataclass(frozen=True, slots=True)
class Counted:
    """A name and how often it occurs."""

    name: str
    count: int

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {"name": self.name, "count": self.count}


@dataclass(frozen=True, slots=True)
class Profile:
    """What the ledger holds of a speaker.

    ``person`` is the number across articles, where people were related; else all whose names hold the words count as
    one. ``names`` are those that the statements give; ``roles`` stand in order of their first date; ``counterparts``
    are who else speaks in the same articles, with the number of these; ``others`` are other people of the name.
    """

    name: str
    names: tuple[Counted, ...]
    articles: int
    statements: int
    first: str | None
    last: str | None
    direct: Share
    roles: tuple[Held, ...]
    counterparts: tuple[Counted, ...]
    latest: tuple[Hit, ...]
    person: int | None = None
    others: tuple[Bearer, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the profile as plain values."""
        return {
            "name": self.name,
            "names": [name.to_dict() for name in self.names],
            "articles": self.articles,
            "statements": self.statements,
            "first": self.first,
            "last": self.last,
            "direct": self.direct.to_dict(),
            "roles": [seen.to_dict() for seen in self.roles],
            "counterparts": [other.to_dict() for other in self.counterparts],
            "latest": [hit.to_dict() for hit in self.latest],
            "person": self.person,
            "others": [other.to_dict() for other in self.others],
        }


@dataclass(frozen=True, slots=True)
class Shift:
    """What a speaker said about a topic: the earlier statements and the later, each in order of date.

    Those of one date stay together; ``undated`` is how many could not be put in order. ``person`` and ``others`` are
    as in `Profile`.
    """

    earlier: tuple[Hit, ...]
    later: tuple[Hit, ...]
    undated: int
    person: int | None = None
    others: tuple[Bearer, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return both sides as plain values."""
        return {
            "earlier": [hit.to_dict() for hit in self.earlier],
            "later": [hit.to_dict() for hit in self.later],
            "undated": self.undated,
            "person": self.person,
            "others": [other.to_dict() for other in self.others],
        }


MINE = """
WITH mine AS MATERIALIZED (SELECT * FROM said WHERE statement IN (SELECT s.id FROM statements s {} WHERE {}))
"""


def who(
    connection: sqlite3.Connection, wording: Wording, name: str, *, person: int | None = None, limit: int = LIMIT
) -> Profile:
    """Return the profile of a speaker: a person by number, else the one of that name who is quoted most.

    Where people have not been related, it is that of all whose names hold all the words of ``name``.
    """
    person, others = _meant(connection, name, person)
    filters = Filters(speaker=name) if person is None else Spoken(person=person)
    conditions = list(filters.conditions(connection, wording))
    mine = MINE.format(CURRENT, " AND ".join(condition for condition, _ in conditions) or "0")
    values = tuple(storable(value) for _, more in conditions for value in more)

    def rows(question: str, *more: Any) -> list[tuple[Any, ...]]:
        return connection.execute(f"{mine} {question}", values + more).fetchall()

    ((statements, articles, direct, spoken_in, first, last),) = rows(
        "SELECT count(*), count(DISTINCT article), coalesce(sum(kind = 'direct'), 0), "
        "count(DISTINCT CASE WHEN kind = 'direct' THEN article END), min(dated), max(dated) FROM mine"
    )
    names = tuple(
        Counted(*row)
        for row in rows("SELECT speaker_name, count(*) FROM mine GROUP BY speaker ORDER BY count(*) DESC, speaker_name")
    )
    roles = rows(
        "SELECT role, affiliation, min(dated), max(dated), count(DISTINCT article) FROM mine "
        "WHERE role IS NOT NULL OR affiliation IS NOT NULL GROUP BY lower(role), lower(affiliation) "
        "ORDER BY min(dated) IS NULL, min(dated), role, affiliation"
    )
    counterparts = rows(
        "SELECT speaker_name, count(DISTINCT article) FROM said WHERE reading IN (SELECT reading FROM mine) "
        "AND speaker IS NOT NULL AND speaker NOT IN (SELECT speaker FROM mine) "
        "AND speaker_kind IN ('person', 'organisation') GROUP BY speaker "
        "ORDER BY count(DISTINCT article) DESC, speaker_name LIMIT ?", limit,
    )  # fmt: skip
    return Profile(
        names[0].name if names else name, names, articles, statements, first, last,
        Share("direct", direct, statements, spoken_in),
        tuple(Held(*row) for row in roles), tuple(Counted(*row) for row in counterparts),
        tuple(search(connection, wording, "", filters, limit=limit)), person, others,
    )  # fmt: skip


def shift(
    connection: sqlite3.Connection, wording: Wording, name: str, topic: str,
    *, person: int | None = None, limit: int = LIMIT,
) -> Shift:  # fmt: skip
    """Return what a speaker said about a topic, at most ``limit`` statements a side, the first and the last ones.

    The sides part where the date changes, as near to the middle as that allows. Who is meant is as in `who`.
    """
    person, others = _meant(connection, name, person)
    filters = Filters(speaker=name) if person is None else Spoken(person=person)
    found = search(connection, wording, topic, filters, limit=ALL)
    dated = sorted((hit for hit in found if hit.dated), key=lambda hit: (hit.dated or "", hit.statement))
    days = [(hit.dated or "")[:10] for hit in dated]
    cuts = [at for at in range(1, len(days)) if days[at] != days[at - 1]]
    cut = min(cuts, key=lambda at: (abs(2 * at - len(days)), at), default=len(days))
    return Shift(tuple(dated[:cut][:limit]), tuple(dated[cut:][-limit:]), len(found) - len(dated), person, others)


def _meant(
    connection: sqlite3.Connection, name: str, person: int | None
) -> tuple[int | None, tuple[Bearer, ...]]:
    """Return who across articles is meant, and the other people of the name; raises `LedgerError` for no person."""
    if person is not None:
        identity.person(connection, person)
    bearers = identity.bearers(connection, name)
    if person is None and bearers:
        person = bearers[0].person
    return person, tuple(bearer for bearer in bearers if bearer.person != person)
