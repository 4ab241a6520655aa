"""What a question about figures is answered with: tracks, and what was left out of them and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from katanya.ledger.tracks.accounts import Account
from katanya.ledger.tracks.tracks import Track


class Why(StrEnum):
    """Why a figure of what is asked for is in no track."""

    LINK = "link"  # in the headline of another article that is linked to
    PART = "part"  # of another figure that is told beside it
    ELSEWHERE = "elsewhere"  # of a place that is not the one asked for
    UNNAMED = "unnamed"  # what is asked for is not named near it
    TIME = "time"  # of an article outside the days asked for
    ALONE = "alone"  # no other figure of one thing, place, time and size


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A figure that is in no track, and why."""

    account: Account
    why: Why

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as plain values."""
        return {"why": self.why.value} | self.account.to_dict()


class Answer(list[Track]):
    """The tracks that a question asks for, those with most origins first.

    ``left_out`` are the figures of what is asked for that are in none of them; ``passed_over`` counts the articles
    that were not looked into because too many have the words.
    """

    def __init__(self, found: Iterable[Track] = (), left_out: Iterable[LeftOut] = (), passed_over: int = 0) -> None:
        super().__init__(found)
        self.left_out = tuple(left_out)
        self.passed_over = passed_over

    def first(self, limit: int) -> Self:
        """Return the answer with so many tracks at most."""
        return type(self)(self[:limit], self.left_out, self.passed_over)

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain values."""
        return {
            "tracks": [track.to_dict() for track in self],
            "left_out": [one.to_dict() for one in self.left_out],
            "passed_over": self.passed_over,
        }
