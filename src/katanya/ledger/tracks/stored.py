"""Tracks from the ledger's file: the figures that answer a question, with where each article has its words from."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from katanya.lang.pack import load_pack
from katanya.ledger.query import checked_day, parse, whole_expression, words_expression
from katanya.ledger.quotations.origins import Piece, houses_of, origins
from katanya.ledger.search import LAST
from katanya.ledger.tracks.accounts import Account, Spot, touch
from katanya.ledger.tracks.answers import Answer, LeftOut, Why
from katanya.ledger.tracks.articles import KINDS, Told, Whole, scene, whole
from katanya.ledger.tracks.counted import Counted, Counting, counting
from katanya.ledger.tracks.scene import HEAD, Scene, Setting, named
from katanya.ledger.tracks.sieve import Sieve, Sifted
from katanya.ledger.tracks.tracks import Track, by_weight, tracks
from katanya.ledger.words import Wording, spaced

MOST = 200  # articles of one answer; the rest is counted
MOST_FIGURES = 1500  # that are judged where a question asks for no class of them
NEARBY = frozenset({"where: sentence", "where: statement"})  # how a place is known that is surely a figure's own
NEAR = 300  # characters around a figure in which a word of the topic must stand
FOUND = """
SELECT r.article FROM texts_index i CROSS JOIN readings r ON r.edition = i.rowid AND r.current
CROSS JOIN editions e ON e.id = i.rowid WHERE texts_index MATCH ?
ORDER BY CASE WHEN e.dated IS NULL THEN 1 WHEN e.dated >= ? AND e.dated <= ? THEN 0 ELSE 2 END, r.article DESC
"""


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked: the classes of what is counted, the stems of the event, the places, and the days."""

    classes: frozenset[str]
    topic: frozenset[str]
    spots: frozenset[Spot]
    since: str | None
    until: str | None


def track(
    connection: sqlite3.Connection, wording: Wording, language: str, words: str,
    *, since: str | None = None, until: str | None = None,
) -> Answer:  # fmt: skip
    """Return the tracks of figures that a question asks for, those with most origins first.

    The question names what is counted and the event, in any order. Each word for the event must stand in the article,
    in any of its forms; ``since`` and ``until`` are ISO dates, both included. Raises `InputError` for a date that is
    none.
    """
    checked_day(since)
    checked_day(until)
    tell = counting(language)
    classes, topic = tell.question(words)
    numbers = _articles(connection, wording, words, tell, since, until)
    articles = [whole(connection, number) for number in sorted(numbers[:MOST])]
    spots = named(words, (spot for article in articles for spot in article.spots))
    asked = _Question(classes, topic, spots, since, until)
    around = partial(scene, connection, load_pack(language))
    kept, left_out = _judged(tell, articles, asked, classes or topic, around)
    dropped = max(0, len(numbers) - MOST)
    if not classes and not kept:  # no figure counts what is asked for: those of the event, whatever they count
        few = _latest(articles)
        kept, left_out = _judged(tell, few, asked, frozenset(), around)
        dropped += len(articles) - len(few)
    found = tracks(kept, placed=_is_one(spots))
    inside = {account for one in found for account in one.accounts}
    left_out += [LeftOut(account, Why.ALONE) for account in kept if account not in inside]
    texts = {article.key: article for article in articles}
    ordered = by_weight(_with_origins(one, texts, language) for one in found)
    return Answer(ordered, sorted(left_out, key=lambda one: one.account.order), dropped)


def _judged(
    tell: Counting, articles: Iterable[Whole], asked: _Question, only: frozenset[str], around: Callable[[Whole], Scene]
) -> tuple[list[Account], list[LeftOut]]:
    """Return the accounts that answer a question, of some classes or things where any are given, and what else is."""
    sieve = Sieve(tell, asked.classes, asked.topic, things=bool(only) and not asked.classes)
    kept: list[Account] = []
    left_out: list[LeftOut] = []
    for article in articles:
        for account, why in _accounts(tell, article, asked, only, Sifted(sieve, article.text), around):
            if why is None:
                kept.append(account)
            else:
                left_out.append(LeftOut(account, why))
    return kept, left_out


def _latest(articles: Sequence[Whole]) -> Sequence[Whole]:
    """Return the articles that were filed last, as many as have the most figures that are judged without a class."""
    figures = 0
    for at in range(len(articles) - 1, -1, -1):
        figures += len(articles[at].figures)
        if figures > MOST_FIGURES:
            return articles[at + 1 :]
    return articles


def _articles(
    connection: sqlite3.Connection, wording: Wording, words: str, tell: Counting, since: str | None, until: str | None
) -> list[int]:
    """Return the articles that hold all words of the topic and some of a class, those of the period first.

    Of equal ones the latest filed comes first.
    """
    classes, topic = tell.question(words)
    parts = [part for part in parse(words) if part.exact or tell.question(part.text)[1] & topic]
    typed = " ".join(f'"{part.text}"' if part.exact else " ".join(part.words) for part in parts)
    if not typed:
        return []
    asked = f"({whole_expression(typed, wording, connection)})"
    if classes:
        runs = (f"({words_expression(' '.join(run))})" for run in sorted(tell.telling(classes)))
        asked += f" AND ({' OR '.join(runs)})"
    values = (asked, since or "", (until or "") + LAST)
    found = [number for (number,) in connection.execute(FOUND, values)]
    phrases = [f" {part.text} " for part in parts if part.exact and len(part.words) > 1]
    return [number for number in found if not phrases or _holds(connection, number, phrases)]


def _holds(connection: sqlite3.Connection, article: int, phrases: Sequence[str]) -> bool:
    sql = "SELECT e.title, e.text FROM readings r JOIN editions e ON e.id = r.edition WHERE r.article = ? AND r.current"
    title, text = connection.execute(sql, (article,)).fetchone()
    whole = f" {spaced(f'{title} {text}')} "
    return all(phrase in whole for phrase in phrases)


def _accounts(
    tell: Counting, article: Whole, asked: _Question, only: frozenset[str], sifted: Sifted,
    around: Callable[[Whole], Scene],
) -> Iterator[tuple[Account, Why | None]]:  # fmt: skip
    """Yield the figures of an article that are of what is asked for, each once, and why one is left out."""
    near: Scene | None = None
    headed = False
    seen: set[tuple[object, ...]] = set()
    for figure, between in _told(article):
        if not sifted.may_tell(figure.start, figure.end, between[1], figure.of):
            continue
        counted = tell.counted(
            article.text, figure.start, figure.end, figure.of, figure.kind, between=between, only=only
        )
        if counted is None:
            continue
        if near is None:
            near, headed = around(article), sifted.holds(f"{article.title or ''} {article.text[:HEAD]}")
        setting = near.around(figure.start, figure.end, figure.statement)
        account = _account(article, figure, counted, setting)
        once = (account.speaker, account.low, account.high, account.measure, account.group, account.days)
        if once not in seen:
            seen.add(once)
            named_near = headed or sifted.is_named(figure.start - NEAR, figure.end + NEAR)
            linked = tell.is_link(article.text[setting.sentence[0] : figure.start])
            yield account, _why_not(account, counted, near.head, asked, named_near, linked)


def _told(article: Whole) -> Iterator[tuple[Told, tuple[int, int]]]:
    """Yield the figures that can be compared, with the end of the figure before each and the start of the next."""
    ends = [0, *(figure.end for figure in article.figures)]
    starts = [*(figure.start for figure in article.figures[1:]), len(article.text)]
    for figure, *between in zip(article.figures, ends, starts, strict=False):
        if figure.kind in KINDS and not (figure.low is None and figure.high is None):
            yield figure, (between[0], between[1])


def _account(article: Whole, figure: Told, counted: Counted, setting: Setting) -> Account:
    sentence = " ".join(article.text[slice(*setting.sentence)].split())
    return Account(
        article.key, figure.label, article.dated, article.outlet, figure.speaker, figure.text, counted.label,
        figure.low, figure.high, figure.unit, figure.kind, figure.per, figure.of, figure.hedge,
        setting.since, setting.until, setting.where, None, counted.aspect, counted.group, setting.told,
        figure.role, article.title, article.url, sentence, figure.start, counted.grows, setting.because,
    )  # fmt: skip


def _why_not(
    account: Account, counted: Counted, head: Sequence[Spot], asked: _Question, named_near: bool, linked: bool
) -> Why | None:
    """Return why a figure is no account of what is asked for, None where it is one."""
    if not _within(account.date or account.told, asked.since, asked.until):
        return Why.TIME
    if linked:
        return Why.LINK
    if counted.part:
        return Why.PART
    if asked.topic and not named_near:
        return Why.UNNAMED
    if asked.spots and _elsewhere(account.where, asked.spots):
        if NEARBY.isdisjoint(account.because) and not _elsewhere(head, asked.spots):
            return None
        return Why.ELSEWHERE
    return None


def _elsewhere(where: Iterable[Spot], asked: frozenset[Spot]) -> bool:
    """Tell whether all places of a figure lie surely apart from all that are asked for."""
    spots = list(where)
    if any(touch(spot, other) for spot in spots for other in asked):
        return False
    return bool(spots) and all(spot.is_apart(other) for spot in spots for other in asked)


def _is_one(spots: frozenset[Spot]) -> bool:
    """Tell whether places are one, or lie in one another."""
    return bool(spots) and not any(one.is_apart(other) for one in spots for other in spots)


def _within(day: str | None, since: str | None, until: str | None) -> bool:
    """Tell whether a day is in a period, both ends included; without a date nothing is in any."""
    if since is None and until is None:
        return True
    return day is not None and (since or "") <= day and (until is None or day <= until + LAST)


def _with_origins(one: Track, articles: dict[str, Whole], language: str) -> Track:
    """Number where each article of a track has its words from, reprints alike."""
    keys = sorted({account.article for account in one.accounts})
    pieces = [Piece(articles[key].dated, key, articles[key].outlet, articles[key].text) for key in keys]
    found = origins(pieces, houses_of(language))
    number = {piece.article: at for at, origin in enumerate(found) for piece in origin.pieces}
    return replace(one, accounts=tuple(replace(account, origin=number[account.article]) for account in one.accounts))
