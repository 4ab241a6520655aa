"""Feeds and what they name: whose turn it is, what is new in them, and what became of it."""

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from typing import Any

from katanya.core.outcomes import Rejected
from katanya.ledger.words import storable

TOLD = ("guid", "address", "url", "host", "title", "author", "outlet", "published", "modified", "content")
STATE = """
SELECT f.url, f.title, f.watched, f.visited, f.read, f.due, f.failures, f.reason, f.detail,
  count(i.id) FILTER (WHERE i.state = 'filed') AS filed,
  count(i.id) FILTER (WHERE i.state = 'waiting') AS waiting,
  count(i.id) FILTER (WHERE i.state = 'rejected') AS rejected
FROM feeds f LEFT JOIN feed_items i ON i.feed = f.id GROUP BY f.id ORDER BY f.id
"""
FREE = "host NOT IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class DueFeed:
    """A feed that is to be asked."""

    id: int
    url: str
    host: str
    etag: str | None
    modified: str | None
    asked: float | None
    failures: int


@dataclass(frozen=True, slots=True)
class DueItem:
    """An item of a feed, named as its feed names it, whose page is to be read."""

    id: int
    feed: int
    guid: str
    url: str | None
    host: str
    title: str | None
    author: str | None
    outlet: str | None
    published: str | None
    modified: str | None
    content: str | None
    failures: int


FEED = tuple(field.name for field in fields(DueFeed))
ITEM = tuple(field.name for field in fields(DueItem))


def due(connection: sqlite3.Connection, now: str, busy: Collection[str], *, patient: bool) -> DueFeed | DueItem | None:
    """Return what is to be visited next on a host that nobody visits: feeds first; ``None`` where nothing is due.

    What failed before comes last, and not at all unless one is ``patient``: it may take long.
    """
    given = (now, json.dumps(sorted(busy)), int(patient))
    feed = connection.execute(
        f"SELECT {', '.join(FEED)} FROM feeds WHERE watched AND due <= ? AND {FREE} AND (failures = 0 OR ?) "
        "ORDER BY failures > 0, due, id LIMIT 1", given,
    ).fetchone()  # fmt: skip
    if feed:
        return DueFeed(*feed)
    item = connection.execute(
        f"SELECT {', '.join(f'i.{name}' for name in ITEM)} FROM feed_items i JOIN feeds f ON f.id = i.feed "
        f"WHERE i.state = 'waiting' AND f.watched AND i.due <= ? AND i.{FREE} AND (i.failures = 0 OR ?) "
        "ORDER BY i.failures > 0, i.due, i.id LIMIT 1", given,
    ).fetchone()  # fmt: skip
    return DueItem(*item) if item else None


def waiting(connection: sqlite3.Connection) -> int:
    """Return how many items of the watched feeds are still to be read."""
    (count,) = connection.execute(
        "SELECT count(*) FROM feed_items i JOIN feeds f ON f.id = i.feed WHERE i.state = 'waiting' AND f.watched"
    ).fetchone()
    return int(count)


def listed(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """Return all feeds with their state, in the order in which they were first watched."""
    cursor = connection.execute(STATE)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) | {"watched": bool(row[2])} for row in cursor]


class Watched:
    """What is noted of feeds, inside the transaction that files what they lead to."""

    def __init__(self, connection: sqlite3.Connection, program: int) -> None:
        self._connection, self._program = connection, program

    def begin(self, feeds: Iterable[tuple[str, str]], now: str, mended: str = "") -> None:
        """Watch these feeds, given with their hosts, and no others.

        Those that did not fail are due at once, and so are those that failed for a reason that is ``mended``.
        """
        self._connection.execute("UPDATE feeds SET watched = 0")
        self._connection.executemany(
            "INSERT INTO feeds (url, host, watched, due, failures) VALUES (?, ?, 1, ?, 0) ON CONFLICT (url) DO UPDATE "
            "SET watched = 1, due = CASE WHEN failures = 0 OR reason = ? THEN excluded.due ELSE due END",
            ((storable(url), storable(host), now, mended) for url, host in feeds),
        )

    def failed(self, feed: DueFeed, rejected: Rejected, now: str, due: str) -> None:
        """Note that a feed could not be had, and when to try again."""
        self._connection.execute(
            "UPDATE feeds SET visited = ?, due = ?, failures = failures + 1, reason = ?, detail = ? WHERE id = ?",
            (now, due, rejected.reason.value, storable(rejected.detail), feed.id),
        )

    def unchanged(self, feed: DueFeed, now: str, due: str) -> None:
        """Note that a feed is what it was."""
        self._connection.execute(
            "UPDATE feeds SET visited = ?, read = ?, due = ?, failures = 0, reason = NULL WHERE id = ?",
            (now, now, due, feed.id),
        )
        self._mend(feed.url, now)

    def had(
        self, feed: DueFeed, title: str | None, validators: tuple[str | None, str | None], asked: float | None,
        note: str, now: str, due: str,
    ) -> None:  # fmt: skip
        """Note that a feed was read, what it and its server say of it, and what of it could not be read."""
        told = (title and storable(title), *(value and storable(value) for value in validators), asked)
        self._connection.execute(
            "UPDATE feeds SET visited = ?, read = ?, due = ?, title = coalesce(?, title), etag = ?, modified = ?, "
            "asked = ?, failures = 0, reason = NULL, detail = ? WHERE id = ?",
            (now, now, due, *told, storable(note) or None, feed.id),
        )
        self._mend(feed.url, now)

    def add(self, feed: DueFeed, item: dict[str, str | None], now: str) -> bool:
        """Let an item wait to be read, unless it was named before: by this feed, or any other under its address."""
        known = self._connection.execute(
            "SELECT 1 FROM feed_items WHERE (feed, guid) = (?, ?) UNION ALL SELECT 1 FROM feed_items WHERE address = ?",
            (feed.id, storable(item["guid"] or ""), item["address"]),
        ).fetchone()
        if not known:
            told = [value and storable(value) for value in (item[name] for name in TOLD)]
            self._connection.execute(
                f"INSERT INTO feed_items (feed, {', '.join(TOLD)}, state, failures, due) "
                f"VALUES (?, {', '.join('?' * len(TOLD))}, 'waiting', 0, ?)", (feed.id, *told, now),
            )  # fmt: skip
        return not known

    def postpone(self, item: DueItem, due: str) -> None:
        """Note that the page of an item could not be had, and when to try again."""
        self._connection.execute(
            "UPDATE feed_items SET failures = failures + 1, due = ? WHERE id = ?", (due, item.id)
        )

    def done(self, item: DueItem, *, filed: bool) -> None:
        """Note what became of an item, and forget what its feed said of it."""
        self._connection.execute(
            "UPDATE feed_items SET state = ?, due = NULL, title = NULL, author = NULL, outlet = NULL, "
            "published = NULL, modified = NULL, content = NULL WHERE id = ?",
            ("filed" if filed else "rejected", item.id),
        )

    def _mend(self, source: str, now: str) -> None:
        """Note that what could not be had before was had now."""
        self._connection.execute(
            "UPDATE rejections SET mended_by = ?, mended = ? WHERE source = ? AND mended IS NULL",
            (self._program, now, storable(source)),
        )
