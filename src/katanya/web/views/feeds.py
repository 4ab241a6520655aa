"""The feeds that the ledger watches."""

from dataclasses import dataclass
from typing import Any

from katanya.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed and how it does; what is not known is null.

    ``articles`` are those that were filed from it, ``waiting`` and ``rejected`` its other items. ``checked`` is when it
    was asked last, ``next`` when it is due; one that is ``paused`` is watched no longer. ``trouble`` is what went wrong
    at the last visit, ``failures`` how often in a row.
    """

    url: str
    title: str | None
    articles: int
    waiting: int
    rejected: int
    checked: str | None
    next: str | None
    failures: int
    trouble: str | None
    paused: bool


@dataclass(frozen=True, slots=True)
class Feeds:
    """All feeds, in the order in which they were first watched."""

    feeds: tuple[Feed, ...]


def feeds(ledger: Ledger) -> Feeds:
    """Return the feeds of a ledger, those that are watched no longer included."""
    return Feeds(tuple(_shown(feed) for feed in ledger.feeds()))


def _shown(feed: dict[str, Any]) -> Feed:
    trouble = ": ".join(filter(None, (feed["reason"], feed["detail"]))) or None
    watched = feed["watched"]
    return Feed(
        feed["url"], feed["title"], feed["filed"], feed["waiting"], feed["rejected"], feed["visited"],
        feed["due"] if watched else None, feed["failures"], trouble, not watched,
    )  # fmt: skip
