"""One speaker across articles: roles over time, counterparts, and what was said earlier and later."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from katanya.ledger.query import words_expression
from katanya.ledger.search import LIMIT, Filters, Hit, search
from katanya.ledger.statistics import Share
from katanya.ledger.words import Wording

ALL = -1  # no limit


@dataclass(frozen=True, slots=True)
class Seen:
    """A role and affiliation of a speaker, with the first and last printed date of articles that give it."""

    role: str | None
    affiliation: str | None
    first: str | None
    last: str | None
    articles: int

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "role": self.role,
            "affiliation": self.affiliation,
            "first": self.first,
            "last": self.last,
            "articles": self.articles,
        }


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

    ``names`` are those that hold all the words asked for, with their statements; ``roles`` stand in order of their
    first date; ``counterparts`` are who else speaks in the same articles, with the number of these.
    """

    name: str
    names: tuple[Counted, ...]
    articles: int
    statements: int
    first: str | None
    last: str | None
    direct: Share
    roles: tuple[Seen, ...]
    counterparts: tuple[Counted, ...]
    latest: tuple[Hit, ...]

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
        }


@dataclass(frozen=True, slots=True)
class Shift:
    """What a speaker said about a topic: the earlier statements and the later, each in order of date.

    Those of one date stay together; ``undated`` is how many could not be put in order.
    """

    earlier: tuple[Hit, ...]
    later: tuple[Hit, ...]
    undated: int

    def to_dict(self) -> dict[str, Any]:
        """Return both sides as plain values."""
        return {
            "earlier": [hit.to_dict() for hit in self.earlier],
            "later": [hit.to_dict() for hit in self.later],
            "undated": self.undated,
        }


MINE = """
WITH named (id) AS MATERIALIZED (SELECT rowid FROM names_index WHERE names_index MATCH :asked),
mine AS MATERIALIZED (
  SELECT * FROM said WHERE speaker IN (SELECT id FROM named) AND statement IN (
    SELECT id FROM statements WHERE speaker IN (SELECT id FROM named)
    UNION SELECT statement FROM overlays WHERE speaker IN (SELECT id FROM named)))
"""


def who(connection: sqlite3.Connection, wording: Wording, name: str, *, limit: int = LIMIT) -> Profile:
    """Return the profile of the speaker whose names hold all the words of ``name``."""
    asked = {"asked": words_expression(name)}

    def rows(question: str, **more: Any) -> list[tuple[Any, ...]]:
        return connection.execute(f"{MINE} {question}", asked | more).fetchall()

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
        "AND speaker IS NOT NULL AND speaker NOT IN (SELECT id FROM named) "
        "AND speaker_kind IN ('person', 'organisation') GROUP BY speaker "
        "ORDER BY count(DISTINCT article) DESC, speaker_name LIMIT :limit", limit=limit,
    )  # fmt: skip
    return Profile(
        names[0].name if names else name, names, articles, statements, first, last,
        Share("direct", direct, statements, spoken_in),
        tuple(Seen(*row) for row in roles), tuple(Counted(*row) for row in counterparts),
        tuple(search(connection, wording, "", Filters(speaker=name), limit=limit)),
    )  # fmt: skip


def shift(
    connection: sqlite3.Connection, wording: Wording, name: str, topic: str, *, limit: int = LIMIT
) -> Shift:
    """Return what a speaker said about a topic, at most ``limit`` statements a side, the first and the last ones.

    The sides part where the date changes, as near to the middle as that allows.
    """
    found = search(connection, wording, topic, Filters(speaker=name), limit=ALL)
    dated = sorted((hit for hit in found if hit.dated), key=lambda hit: (hit.dated or "", hit.statement))
    days = [(hit.dated or "")[:10] for hit in dated]
    cuts = [at for at in range(1, len(days)) if days[at] != days[at - 1]]
    cut = min(cuts, key=lambda at: (abs(2 * at - len(days)), at), default=len(days))
    return Shift(tuple(dated[:cut][:limit]), tuple(dated[cut:][-limit:]), len(found) - len(dated))
