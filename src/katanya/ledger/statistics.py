"""Who is quoted how much: shares of statements, with intervals."""

import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Any

from katanya.ledger.search import CURRENT, LIMIT, Filters
from katanya.ledger.words import Wording, storable

Z = 1.959964  # 95 %


class By(StrEnum):
    """What statements can be counted by."""

    ROLE = "role"
    AFFILIATION = "affiliation"
    OUTLET = "outlet"
    SPEAKER = "speaker"
    SPEAKER_KIND = "speaker-kind"
    KIND = "kind"
    ACT = "act"


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some statements are such; ``low`` and ``high`` bound the share with 95 % (Wilson 1927).

    ``value`` is ``None`` for those of which the articles do not say it.
    """

    value: str | None
    statements: int
    of: int
    articles: int

    @property
    def share(self) -> float:
        """The share itself, 0 to 1."""
        return self.statements / self.of if self.of else 0.0

    @property
    def low(self) -> float:
        """The lower bound."""
        return wilson(self.statements, self.of)[0]

    @property
    def high(self) -> float:
        """The upper bound."""
        return wilson(self.statements, self.of)[1]

    def to_dict(self) -> dict[str, Any]:
        """Return the share as plain values, rounded to what they are worth."""
        return {
            "value": self.value,
            "statements": self.statements,
            "articles": self.articles,
            "share": round(self.share, 4),
            "low": round(self.low, 4),
            "high": round(self.high, 4),
        }


def wilson(hits: int, total: int) -> tuple[float, float]:
    """Return the bounds of a share that hold with 95 %, by Wilson's score; (0, 1) of nothing."""
    if not total:
        return 0.0, 1.0
    share = hits / total
    middle = share + Z * Z / (2 * total)
    spread = Z * sqrt(share * (1 - share) / total + Z * Z / (4 * total * total))
    scale = 1 + Z * Z / total
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


SPEAKER = "CASE WHEN o.speaker_correction IS NULL THEN s.speaker{} ELSE o.speaker{} END"
PERSON = "(SELECT {} FROM people p WHERE p.id = CASE WHEN o.speaker_correction IS NULL THEN s.person ELSE o.person END)"
VALUES = {
    By.ROLE: PERSON.format("role"),
    By.AFFILIATION: PERSON.format("affiliation"),
    By.OUTLET: "e.outlet",
    By.SPEAKER: f"(SELECT name FROM names n WHERE n.id = {SPEAKER.format('', '')})",
    By.SPEAKER_KIND: SPEAKER.format("_kind", "_kind"),
    By.KIND: "s.kind",
    By.ACT: "s.act",
}


def shares(
    connection: sqlite3.Connection, wording: Wording, by: By, filters: Filters, *, limit: int = LIMIT
) -> list[Share]:
    """Return the shares of current statements by a field, the largest first; spellings that differ in case are one."""
    conditions = list(filters.conditions(connection, wording))
    where = "".join(f" AND {condition}" for condition, _ in conditions)
    values = [storable(value) for _, more in conditions for value in more]
    counted = f"SELECT {VALUES[by]} AS value, s.reading AS reading FROM statements s {CURRENT} WHERE 1{where}"
    rows = connection.execute(
        f"SELECT min(value), count(*), count(DISTINCT reading) FROM ({counted}) "
        "GROUP BY lower(value) ORDER BY count(*) DESC, min(value)", values,
    ).fetchall()  # fmt: skip
    total = sum(count for _, count, _ in rows)
    return [Share(value, count, total, articles) for value, count, articles in rows[:limit]]


COUNTED = ("articles", "editions", "readings", "statements", "people", "figures", "times", "places", "copies")


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows of each sort the ledger holds, older readings included, and how many are current."""
    found = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}
    (standing,) = connection.execute("SELECT count(*) FROM rejections WHERE mended_by IS NULL").fetchone()
    (current,) = connection.execute(
        "SELECT count(*) FROM statements s JOIN readings r ON r.id = s.reading WHERE r.current"
    ).fetchone()
    return found | {"rejections": standing, "current statements": current}
