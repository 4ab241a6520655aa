"""Shares of statements by one field, and what the statements of one side are."""

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from katanya.ledger.listing import READINGS
from katanya.ledger.people import Counted
from katanya.ledger.query import expression
from katanya.ledger.search import Filters
from katanya.ledger.statistics import By, Share
from katanya.ledger.words import Wording, storable

NAMED = 12  # speakers and outlets of a side


@dataclass(frozen=True, slots=True)
class Shares:
    """The largest shares; ``values`` is how many values there are in all, ``statements`` how many statements."""

    statements: int
    values: int
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Who and what the statements of one side are, and when they were published."""

    statements: int
    articles: int
    first: str | None
    last: str | None
    kinds: tuple[Share, ...]
    acts: tuple[Share, ...]
    speakers: tuple[Counted, ...]
    outlets: tuple[Counted, ...]


# Statements are counted by reading first, in the order of an index that holds all that is asked of them, and those
# whose speaker was corrected beside them; what a number stands for is looked up once for each of these counts.
COUNTED = """
WITH counted (reading, key, n) AS (
  SELECT s.reading, {key}, count(*) FROM {plain} GROUP BY 1, 2
  UNION ALL SELECT s.reading, {laid}, count(*) FROM {overlaid} GROUP BY 1, 2
),
named (value, reading, n) AS (SELECT {value}, c.reading, c.n FROM counted c {join})
SELECT min(value), sum(n), count(DISTINCT reading) FROM named GROUP BY lower(value) ORDER BY sum(n) DESC, min(value)
"""
# Of speakers there are many: they are counted by the number of a name, and only those that are shown are looked up.
SPEAKERS = """
SELECT (SELECT folded FROM names WHERE id = {speaker}) AS name, count(*), count(DISTINCT s.reading) FROM {base}
GROUP BY 1
"""
SPELLED = """
SELECT f.id, (SELECT min(n.name) FROM names n WHERE lower(n.name) = lower(f.name)) FROM names f
WHERE f.id IN (SELECT value FROM json_each(?))
"""
OUTLETS = "CROSS JOIN readings r ON r.id = c.reading CROSS JOIN editions w ON w.id = r.edition"
PEOPLE = "LEFT JOIN people p ON p.id = c.key"
KEYS = {  # what is counted, the same where it was corrected, what it is called, and where that is found
    By.ROLE: ("s.person", "o.person", "p.role", PEOPLE),
    By.AFFILIATION: ("s.person", "o.person", "p.affiliation", PEOPLE),
    By.OUTLET: ("NULL", "NULL", "w.outlet", OUTLETS),
    By.SPEAKER_KIND: ("s.speaker_kind", "o.speaker_kind", "c.key", ""),
    By.KIND: ("s.kind", "s.kind", "c.key", ""),
    By.ACT: ("s.act", "s.act", "c.key", ""),
}
CORRECTED = "SELECT statement FROM overlays WHERE speaker_correction IS NOT NULL"
OVERLAID = f"""
overlays o CROSS JOIN statements s ON s.id = o.statement CROSS JOIN readings r ON r.id = s.reading AND r.current
WHERE o.statement IN ({CORRECTED})"""
AS_IT_HOLDS = "CASE WHEN o.speaker_correction IS NULL THEN s.{0} ELSE o.{0} END"
SIDE = """
CREATE TEMP TABLE side AS SELECT s.reading, s.kind, s.act, {speaker} AS speaker FROM {base}
"""
BY_OUTLET = """
SELECT e.outlet, sum(m.n), count(*), min(e.dated), max(e.dated)
FROM (SELECT reading, count(*) AS n FROM temp.side GROUP BY reading) m
CROSS JOIN readings r ON r.id = m.reading CROSS JOIN editions e ON e.id = r.edition GROUP BY 1 ORDER BY 2 DESC, 1
"""
BY_SPEAKER = """
SELECT n.name, count(*) FROM temp.side m JOIN names n ON n.id = m.speaker GROUP BY n.id ORDER BY 2 DESC, 1 LIMIT ?
"""
BY_SORT = """
SELECT {0}, sum(n), count(*) FROM (SELECT {0}, reading, count(*) AS n FROM temp.side GROUP BY reading, 1)
GROUP BY 1 ORDER BY 2 DESC, 1
"""


def shares(connection: sqlite3.Connection, wording: Wording, by: By, filters: Filters, *, limit: int) -> Shares:
    """Return the shares of current statements by a field, the largest first; spellings that differ in case are one."""
    base = _base(connection, wording, filters)
    if by is By.SPEAKER:
        return _speakers(connection, base, limit)
    key, laid, value, join = KEYS[by]
    counted = COUNTED.format(
        key=key, laid=laid, value=value, join=join, plain=f"{base.sql} AND s.id NOT IN ({CORRECTED})",
        overlaid=f"{OVERLAID}{base.where}",
    )  # fmt: skip
    return _shares(connection.execute(counted, (*base.values, *base.again)).fetchall(), limit)


def gathered(connection: sqlite3.Connection, wording: Wording, topic: str, filters: Filters) -> Gathered:
    """Return who and what the statements on a topic are that pass the filters; without a topic all that pass them."""
    base = _base(connection, wording, filters, topic)
    connection.execute("DROP TABLE IF EXISTS temp.side")
    connection.execute(SIDE.format(speaker=AS_IT_HOLDS.format("speaker"), base=base.sql), base.values)

    def rows(question: str, *more: int) -> list[tuple[Any, ...]]:
        return connection.execute(question, more).fetchall()

    outlets = rows(BY_OUTLET)
    days = sorted(day for row in outlets for day in row[3:] if day is not None)
    found = Gathered(
        sum(row[1] for row in outlets), sum(row[2] for row in outlets),
        days[0] if days else None, days[-1] if days else None,
        _shares(rows(BY_SORT.format("kind")), NAMED).shares, _shares(rows(BY_SORT.format("act")), NAMED).shares,
        tuple(Counted(*row) for row in rows(BY_SPEAKER, NAMED)),
        tuple(Counted(*row[:2]) for row in outlets if row[0] is not None)[:NAMED],
    )  # fmt: skip
    connection.execute("DROP TABLE temp.side")
    return found


@dataclass(frozen=True, slots=True)
class _Base:
    """Current statements that pass some filters, as SQL from tables to conditions, with its values.

    ``where`` are all conditions for tables that begin elsewhere, with the values ``again``.
    """

    sql: str
    values: tuple[Any, ...]
    where: str
    again: tuple[Any, ...]


def _base(connection: sqlite3.Connection, wording: Wording, filters: Filters, topic: str = "") -> _Base:
    """Return the statements that pass the filters and are on a topic, if one is given.

    What is asked of editions chooses readings, so that no text of theirs is passed over for each of their statements.
    """
    conditions = list(filters.conditions(connection, wording))
    told = [(condition, values) for condition, values in conditions if condition.startswith("e.")]
    asked = [(condition, values) for condition, values in conditions if not condition.startswith("e.")]
    readings = READINGS.format(" AND ".join(condition for condition, _ in told))
    chosen = tuple(storable(value) for _, values in told for value in values)
    values = tuple(storable(value) for _, more in asked for value in more)
    within = f" AND s.reading IN ({readings})" if told else ""
    where = "".join(f" AND {condition}" for condition, _ in asked)
    laid = "LEFT JOIN overlays o ON o.statement = s.id WHERE 1"
    if topic.strip():
        words = storable(expression(topic, wording, connection))
        tables = "contents_index CROSS JOIN statements s ON s.id = contents_index.rowid"
        sql = f"{tables} {laid} AND contents_index MATCH ?{where}{within}"
        return _Base(sql, (words, *values, *chosen), "", ())
    if told and not any((filters.speaker, filters.role, filters.affiliation)):
        sql = f"({readings}) r CROSS JOIN statements s ON s.reading = r.id {laid}{where}"
        return _Base(sql, (*chosen, *values), f"{where}{within}", (*values, *chosen))
    sql = f"statements s CROSS JOIN readings r ON r.id = s.reading AND r.current {laid}{where}{within}"
    return _Base(sql, (*values, *chosen), f"{where}{within}", (*values, *chosen))


def _speakers(connection: sqlite3.Connection, base: _Base, limit: int) -> Shares:
    """Return the shares of speakers, those of equal size in order of their names."""
    counted = SPEAKERS.format(speaker=AS_IT_HOLDS.format("speaker"), base=base.sql)
    rows = sorted(connection.execute(counted, base.values).fetchall(), key=lambda row: -row[1])
    total = sum(count for _, count, _ in rows)
    least = rows[:limit][-1][1] if rows else 0
    first = [row for row in rows if row[1] >= least]
    names = dict(connection.execute(SPELLED, (json.dumps([number for number, _, _ in first if number]),)).fetchall())
    named = [(names.get(number), count, articles) for number, count, articles in first]
    ordered = sorted(named, key=lambda row: (-row[1], row[0] or ""))[:limit]
    return Shares(total, len(rows), tuple(Share(name, count, total, articles) for name, count, articles in ordered))


def _shares(rows: list[tuple[str | None, int, int]], limit: int) -> Shares:
    total = sum(count for _, count, _ in rows)
    found = tuple(Share(value, count, total, articles) for value, count, articles in rows[:limit])
    return Shares(total, len(rows), found)
