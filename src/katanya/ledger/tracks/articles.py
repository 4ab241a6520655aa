"""An article as the ledger holds it: its figures, said or told, with the places and times around them.

What few figures need, the times and what else makes their scene, is asked for apart.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from katanya.lang.pack import Pack
from katanya.ledger.tracks.accounts import Spot
from katanya.ledger.tracks.scene import Mention, Moment, Scene

KINDS = ("count", "money", "measure", "percent")  # of figures that can be compared
ARTICLE = """
SELECT a.key, r.id, e.text, e.title, e.url, e.outlet, e.dated
FROM readings r JOIN editions e ON e.id = r.edition JOIN articles a ON a.id = r.article
WHERE r.article = ? AND r.current
"""
SAID_FIGURES = """
SELECT f.statement, s.label, coalesce(p.name, s.speaker_name), s.role, f.start, f."end", f.text, f.low, f.high,
  f.unit, f."of", f.hedge, f.per, f.kind
FROM said s JOIN said_figures f ON f.statement = s.statement
LEFT JOIN sightings g ON g.people = s.person LEFT JOIN persons p ON p.id = g.person
WHERE s.reading = ? ORDER BY f.start
"""
TOLD_FIGURES = """
SELECT start, "end", low, high, unit, "of", hedge, per, kind FROM told_figures WHERE reading = ? ORDER BY number
"""
PLACES = """
SELECT p.start, p."end", p.name, p.kind, p.country, p.region, p.lat, p.lon, p.statement
FROM statements s JOIN places p ON p.statement = s.id WHERE s.reading = ?1 AND p.role = 'place' AND p.name <> ''
UNION ALL
SELECT start, "end", name, kind, country, region, lat, lon, NULL FROM told_places
WHERE reading = ?1 AND role = 'place' AND name <> '' ORDER BY 1
"""
TIMES = """
SELECT t.start, t."end", t."from", t."to", t.statement
FROM statements s JOIN times t ON t.statement = s.id WHERE s.reading = ?1 AND t.type IN ('DATE', 'TIME')
UNION ALL
SELECT start, "end", "from", "to", NULL FROM told_times WHERE reading = ?1 AND type IN ('DATE', 'TIME') ORDER BY 1
"""
SAYINGS = """
SELECT id, time_start, time_end, place_start, place_end, event_start, event_end, source_start, source_end
FROM statements WHERE reading = ?
"""


Value = tuple[Any, ...]


class Told(NamedTuple):
    """A figure of an article; ``statement`` and ``label`` are None where the article tells it in its own name."""

    statement: int | None
    label: str | None
    speaker: str | None
    role: str | None
    start: int
    end: int
    text: str
    low: float | None
    high: float | None
    unit: str | None
    of: str | None
    hedge: str | None
    per: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Whole:
    """An article with its figures in order, and the rows of all places in it."""

    key: str
    reading: int
    text: str
    title: str | None
    url: str | None
    outlet: str | None
    dated: str | None
    figures: tuple[Told, ...]
    placed: tuple[Value, ...]

    @property
    def spots(self) -> Iterator[tuple[str, str, Value]]:
        """Each place by the name on the map and as the article calls it, with what makes a `Spot` of it."""
        for start, end, *spot, _ in self.placed:
            yield spot[0], self.text[start:end], tuple(spot)


def whole(connection: sqlite3.Connection, article: int) -> Whole:
    """Return the current reading of an article with what tracks are made of."""
    key, reading, text, title, url, outlet, dated = connection.execute(ARTICLE, (article,)).fetchone()
    figures = sorted(_figures(connection, reading, text), key=lambda figure: (figure.start, figure.end))
    placed = tuple(connection.execute(PLACES, (reading,)))
    return Whole(key, reading, text, title, url, outlet, dated, tuple(figures), placed)


def scene(connection: sqlite3.Connection, pack: Pack, article: Whole) -> Scene:
    """Return what stands around the figures of an article."""
    text = article.text
    places = [Mention(start, end, Spot(*spot), text[start:end], said) for start, end, *spot, said in article.placed]
    times = [Moment(*row) for row in connection.execute(TIMES, (article.reading,)) if row[2] and row[3]]
    sayings, said_on = _sayings(connection, article.reading, times)
    return Scene(pack, text, places, times, sayings, said_on)


def _figures(connection: sqlite3.Connection, reading: int, text: str) -> Iterator[Told]:
    for row in connection.execute(SAID_FIGURES, (reading,)):
        yield Told(*row)
    for start, end, *amount in connection.execute(TOLD_FIGURES, (reading,)):
        yield Told(None, None, None, None, start, end, text[start:end], *amount)


def _sayings(
    connection: sqlite3.Connection, reading: int, times: list[Moment]
) -> tuple[list[tuple[int, int]], dict[int, str]]:
    """Return the stretches that say when, where, on what occasion and by whom it was said, and the day of each."""
    spans: list[tuple[int, int]] = []
    days: dict[int, str] = {}
    for statement, first, last, *others in connection.execute(SAYINGS, (reading,)):
        pairs = ((first, last), others[:2], others[2:4], others[4:])
        spans += [(start, end) for start, end in pairs if start is not None]
        if first is not None:
            told = [time for time in times if first <= time.start and time.end <= last and time.is_day]
            if told:
                days[statement] = told[0].first[:10]
    return spans, days
