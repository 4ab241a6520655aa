"""Tracks from the ledger's file: the figures that answer a question, with where each article has its words from."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from katanya.lang.pack import load_pack
from katanya.ledger.query import checked_day, parse, whole_expression
from katanya.ledger.quotations.origins import Piece, houses_of, origins
from katanya.ledger.search import LAST
from katanya.ledger.tracks.accounts import Account, Spot, touch
from katanya.ledger.tracks.answers import Answer, LeftOut, Why
from katanya.ledger.tracks.articles import KINDS, Told, Whole, whole
from katanya.ledger.tracks.counted import Counted, Counting, counting
from katanya.ledger.tracks.scene import HEAD, Setting, named
from katanya.ledger.tracks.tracks import Track, by_weight, tracks
from katanya.ledger.words import WORD, Wording, spaced

MOST = 1000  # articles of one answer
OFTEN = 4  # words of the topic in an article that is about it
NEARBY = frozenset({"where: sentence", "where: statement"})  # how a place is known that is surely a figure's own
NEAR = 300  # characters around a figure in which a word of the topic must stand
FOUND = """
SELECT DISTINCT r.article FROM texts_index i JOIN readings r ON r.edition = i.rowid
WHERE texts_index MATCH ? AND r.current ORDER BY r.article DESC
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
    pack = load_pack(language)
    classes, topic = tell.question(words)
    numbers = _articles(connection, wording, words, tell, topic)
    articles = [whole(connection, pack, number) for number in sorted(numbers[:MOST])]
    spots = named(words, (place for article in articles for place in article.places))
    asked = _Question(classes, topic, spots, since, until)
    accounts: list[Account] = []
    left_out: list[LeftOut] = []
    for article in articles:
        for account, why in _accounts(tell, article, asked):
            if why is None:
                accounts.append(account)
            else:
                left_out.append(LeftOut(account, why))
    kept = _of_things(accounts, asked)
    found = tracks(kept, placed=_is_one(spots))
    inside = {account for one in found for account in one.accounts}
    left_out += [LeftOut(account, Why.ALONE) for account in kept if account not in inside]
    texts = {article.key: article for article in articles}
    ordered = by_weight(_with_origins(one, texts, language) for one in found)
    return Answer(ordered, sorted(left_out, key=lambda one: one.account.order), max(0, len(numbers) - MOST))


def _articles(
    connection: sqlite3.Connection, wording: Wording, words: str, tell: Counting, topic: frozenset[str]
) -> list[int]:
    """Return the articles that hold all words of the topic, the latest filed first."""
    parts = [part for part in parse(words) if part.exact or tell.question(part.text)[1] & topic]
    typed = " ".join(f'"{part.text}"' if part.exact else " ".join(part.words) for part in parts)
    if not typed:
        return []
    asked = whole_expression(typed, wording, connection)
    found = [number for (number,) in connection.execute(FOUND, (asked,))]
    phrases = [f" {part.text} " for part in parts if part.exact and len(part.words) > 1]
    return [number for number in found if not phrases or _holds(connection, number, phrases)]


def _holds(connection: sqlite3.Connection, article: int, phrases: Sequence[str]) -> bool:
    sql = "SELECT e.title, e.text FROM readings r JOIN editions e ON e.id = r.edition WHERE r.article = ? AND r.current"
    title, text = connection.execute(sql, (article,)).fetchone()
    whole = f" {spaced(f'{title} {text}')} "
    return all(phrase in whole for phrase in phrases)


def _accounts(tell: Counting, article: Whole, asked: _Question) -> Iterator[tuple[Account, Why | None]]:
    """Yield the figures of an article that are of the classes asked for, each once, and why one is left out."""
    head = tell.stems(f"{article.title or ''} {article.text[:HEAD]}")
    seen: set[tuple[object, ...]] = set()
    about = _is_about(tell, article, asked.topic)
    ends = [0, *(figure.end for figure in article.figures)]
    starts = [*(figure.start for figure in article.figures[1:]), len(article.text)]
    for figure, *between in zip(article.figures, ends, starts, strict=False):
        if figure.kind not in KINDS:
            continue
        counted = tell.counted(
            article.text, figure.start, figure.end, figure.of, figure.kind, between=(between[0], between[1])
        )
        if counted is None or (asked.classes and counted.label not in asked.classes):
            continue
        if figure.low is None and figure.high is None:
            continue
        setting = article.scene.around(figure.start, figure.end, figure.statement)
        account = _account(article, figure, counted, setting)
        once = (account.speaker, account.low, account.high, account.measure, account.group, account.days)
        if once not in seen:
            seen.add(once)
            near = tell.stems(article.text[max(0, figure.start - NEAR) : figure.end + NEAR])
            named_near = about or not asked.topic.isdisjoint(head | near)
            linked = tell.is_link(article.text[setting.sentence[0] : figure.start])
            yield account, _why_not(account, counted, article.scene.head, asked, named_near, linked)


def _is_about(tell: Counting, article: Whole, topic: frozenset[str]) -> bool:
    """Tell whether an article names a topic time and again, so that all of it is about that."""
    words = [word.lower() for word in WORD.findall(article.text)]
    return sum(tell.stem(word) in topic for word in words) >= OFTEN


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


def _of_things(accounts: list[Account], asked: _Question) -> list[Account]:
    """Return the accounts of the thing that a question names where it names no class, if there are any."""
    if asked.classes:
        return accounts
    return [account for account in accounts if account.counted in asked.topic] or accounts


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
