"""The feeds that the ledger watches."""

from dataclasses import dataclass

from katanya.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed and how it does; what is not known is null."""

    url: str
    title: str | None
    articles: int
    checked: str | None
    next: str | None
    failures: int
    trouble: str | None
    paused: bool


@dataclass(frozen=True, slots=True)
class Feeds:
    """All feeds, in order of their addresses."""

    feeds: tuple[Feed, ...]


def feeds(ledger: Ledger) -> Feeds:
    """Return the feeds of a ledger."""
    return Feeds(())
