"""Tracks from the ledger's file: the figures that answer a question, with where each article has its words from."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from katanya.ledger.query import checked_day, expression, parse
from katanya.ledger.quotations.origins import Piece, houses_of, origins
from katanya.ledger.search import LAST
from katanya.ledger.tracks.accounts import Account
from katanya.ledger.tracks.counted import Counting, counting
from katanya.ledger.tracks.tracks import Track, tracks
from katanya.ledger.words import Wording

KINDS = ("count", "money", "measure", "percent")  # of figures that can be compared
COUNTRY = "country"
MOST = 400  # articles of one answer
NEAR = 300  # characters around a figure in which a word of the topic must stand
FOUND = """
SELECT r.article FROM contents_index i JOIN statements s ON s.id = i.rowid JOIN readings r ON r.id = s.reading
WHERE contents_index MATCH ? AND r.current GROUP BY r.article
"""
FIGURES = """
SELECT s.statement, s.label, a.key, s.dated, s.outlet, coalesce(p.name, s.speaker_name),
  f.start, f."end", f.text, f.low, f.high, f.unit, f."of", f.hedge, f.per, f.kind
FROM said s JOIN said_figures f ON f.statement = s.statement JOIN articles a ON a.id = s.article
LEFT JOIN sightings g ON g.people = s.person LEFT JOIN persons p ON p.id = g.person
WHERE s.article = ? AND s.within IS NULL ORDER BY s.statement, f.start
"""
WHOLE = "SELECT e.text, r.id FROM readings r JOIN editions e ON e.id = r.edition WHERE r.article = ? AND r.current"


def track(
    connection: sqlite3.Connection, wording: Wording, language: str, words: str,
    *, since: str | None = None, until: str | None = None,
) -> list[Track]:  # fmt: skip
    """Return the tracks of figures that a question asks for, those with most origins first.

    The question names what is counted and the event, in any order. Each word for the event must stand in an article's
    title or statements, in any of its forms; ``since`` and ``until`` are ISO dates, both included. Raises `InputError`
    for a date that is none.
    """
    checked_day(since)
    checked_day(until)
    tell = counting(language)
    classes, topic = tell.question(words)
    articles = _articles(connection, wording, words, tell, topic)
    accounts: list[Account] = []
    texts: dict[str, tuple[str, str | None, str | None]] = {}
    for article in articles:
        accounts += _accounts(connection, tell, article, classes, topic, texts)
    kept = [account for account in accounts if _within(account.date, since, until)]
    return tracks(_with_origins(kept, texts, language))


def _articles(
    connection: sqlite3.Connection, wording: Wording, words: str, tell: Counting, topic: frozenset[str]
) -> list[int]:
    """Return the articles that hold all words of the topic in their title or statements."""
    found: set[int] | None = None
    for part in parse(words):
        if part.exact or tell.question(part.text)[1] & topic:
            typed = f'"{part.text}"' if part.exact else " ".join(part.words)
            asked = expression(typed, wording, connection, titles=True)
            here = {row[0] for row in connection.execute(FOUND, (asked,))}
            found = here if found is None else found & here
    return sorted(found or ())[:MOST]


def _accounts(
    connection: sqlite3.Connection,
    tell: Counting,
    article: int,
    classes: frozenset[str],
    topic: frozenset[str],
    texts: dict[str, tuple[str, str | None, str | None]],
) -> Iterable[Account]:
    """Yield the figures of an article as accounts, those of the classes that are asked for."""
    rows = connection.execute(FIGURES, (article,)).fetchall()
    text, reading = connection.execute(WHOLE, (article,)).fetchone()
    places, times = _around(connection, [row[0] for row in rows])
    everywhere = _places(connection, "statement IN (SELECT id FROM statements WHERE reading = ?)", reading)
    for row in rows:
        statement, label, key, dated, outlet, speaker, start, end, said, low, high, unit, of, hedge, per, kind = row
        counted = tell.classify(text, start, end, of, kind) if kind in KINDS else None
        if counted is None or (classes and counted not in classes) or (low is None and high is None):
            continue
        if topic and topic.isdisjoint(tell.stems(text[max(0, start - NEAR) : end + NEAR])):
            continue
        texts[key] = (text, outlet, dated)
        first, last = times.get(statement, (None, None))
        yield Account(
            key, label, dated, outlet, speaker, said, counted, low, high, unit, kind, per, of, hedge, first, last,
            places[statement] or everywhere,
        )  # fmt: skip


def _within(day: str | None, since: str | None, until: str | None) -> bool:
    """Tell whether a day is in a period, both ends included; without a date nothing is in any."""
    if since is None and until is None:
        return True
    return day is not None and (since or "") <= day and (until is None or day <= until + LAST)


def _around(
    connection: sqlite3.Connection, statements: Sequence[int]
) -> tuple[dict[int, frozenset[str]], dict[int, tuple[str | None, str | None]]]:
    """Return the places of each statement, and the days that it tells of where they are one."""
    places: dict[int, frozenset[str]] = {}
    times: dict[int, tuple[str | None, str | None]] = {}
    for statement in sorted(set(statements)):
        places[statement] = _places(connection, "statement = ?", statement)
        days = {
            (first[:10], last[:10])
            for first, last in connection.execute(
                'SELECT "from", "to" FROM times WHERE statement = ? AND type IN (\'DATE\', \'TIME\')', (statement,)
            )
            if first and last and len(first) >= 10 and len(last) >= 10
        }
        if len(days) == 1:
            times[statement] = days.pop()
    return places, times


def _places(connection: sqlite3.Connection, where: str, number: int) -> frozenset[str]:
    """Return the names of the places of some statements; countries say too little of where it was."""
    rows = connection.execute(f"SELECT name, kind FROM places WHERE {where}", (number,))
    return frozenset(name for name, kind in rows if name and kind != COUNTRY)


def _with_origins(
    accounts: Sequence[Account], texts: dict[str, tuple[str, str | None, str | None]], language: str
) -> list[Account]:
    """Number where each article has its words from, reprints alike."""
    pieces: list[Any] = [Piece(dated, key, outlet, text) for key, (text, outlet, dated) in sorted(texts.items())]
    found = origins(pieces, houses_of(language))
    number = {piece.article: at for at, origin in enumerate(found) for piece in origin.pieces}
    return [replace(account, origin=number[account.article]) for account in accounts]
