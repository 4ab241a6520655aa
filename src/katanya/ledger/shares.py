"""Shares of statements by one field, and what the statements of one side are."""

import sqlite3
from dataclasses import dataclass

from katanya.ledger.people import Counted
from katanya.ledger.query import expression
from katanya.ledger.search import CURRENT, INDEXED, Filters
from katanya.ledger.statistics import VALUES, By, Share
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


def shares(connection: sqlite3.Connection, wording: Wording, by: By, filters: Filters, *, limit: int) -> Shares:
    """Return the shares of current statements by a field, the largest first; spellings that differ in case are one."""
    conditions = list(filters.conditions(connection, wording))
    where = "".join(f" AND {condition}" for condition, _ in conditions)
    values = [storable(value) for _, more in conditions for value in more]
    counted = f"SELECT {VALUES[by]} AS value, s.reading AS reading FROM statements s {CURRENT} WHERE 1{where}"
    rows = connection.execute(
        f"SELECT min(value), count(*), count(DISTINCT reading) FROM ({counted}) "
        "GROUP BY lower(value) ORDER BY count(*) DESC, min(value)", values,
    ).fetchall()  # fmt: skip
    return _shares(rows, limit)


def gathered(connection: sqlite3.Connection, wording: Wording, topic: str, filters: Filters) -> Gathered:
    """Return who and what the statements on a topic are that pass the filters; without a topic all that pass them."""
    conditions = list(filters.conditions(connection, wording))
    where = "".join(f" AND {condition}" for condition, _ in conditions)
    values = [storable(value) for _, more in conditions for value in more]
    tables = f"statements s {CURRENT}"
    if topic.strip():
        tables, where = INDEXED, f" AND contents_index MATCH ?{where}"
        values.insert(0, expression(topic, wording, connection))
    columns = ", ".join(f"{VALUES[by]}" for by in (By.KIND, By.ACT, By.SPEAKER, By.OUTLET))
    rows = connection.execute(f"SELECT s.reading, e.dated, {columns} FROM {tables} WHERE 1{where}", values).fetchall()
    days = [row[1] for row in rows if row[1]]
    kinds, acts, speakers, outlets = (_counted([(row[at], row[0]) for row in rows]) for at in range(2, 6))
    return Gathered(
        len(rows), len({row[0] for row in rows}), min(days, default=None), max(days, default=None),
        _shares(kinds, NAMED).shares, _shares(acts, NAMED).shares,
        *(tuple(Counted(name, count) for name, count, _ in some if name is not None)[:NAMED]
          for some in (speakers, outlets)),
    )  # fmt: skip


def _counted(pairs: list[tuple[str | None, int]]) -> list[tuple[str | None, int, int]]:
    """Return values with how many statements and readings have them, those with most first."""
    readings: dict[str | None, list[int]] = {}
    for value, reading in pairs:
        readings.setdefault(value, []).append(reading)
    found = [(value, len(all_of_it), len(set(all_of_it))) for value, all_of_it in readings.items()]
    return sorted(found, key=lambda row: (-row[1], row[0] or ""))


def _shares(rows: list[tuple[str | None, int, int]], limit: int) -> Shares:
    total = sum(count for _, count, _ in rows)
    found = tuple(Share(value, count, total, articles) for value, count, articles in rows[:limit])
    return Shares(total, len(rows), found)
