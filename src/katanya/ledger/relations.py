"""What only many articles together tell: people, quotations, tracks, and the choices that a person makes about them."""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TypeVar

from katanya.core.errors import LedgerError
from katanya.ledger import database
from katanya.ledger.identity import stored as identity
from katanya.ledger.identity.choices import Choice, Verb
from katanya.ledger.identity.stored import Known
from katanya.ledger.query import checked_period
from katanya.ledger.quotations import stored as quotations
from katanya.ledger.quotations.stored import Quoted
from katanya.ledger.search import LIMIT, Filters, numbers
from katanya.ledger.tracks import stored as figures
from katanya.ledger.tracks.answers import Answer as Tracks
from katanya.ledger.words import Wording

Answer = TypeVar("Answer")

STATE = """
SELECT (SELECT coalesce(max(id), 0) FROM readings), (SELECT coalesce(sum(id), 0) FROM readings WHERE current),
  (SELECT count(*) FROM corrections), (SELECT count(*) FROM corrections WHERE undone IS NOT NULL)
"""
SINCE = "SELECT count(*) FROM readings WHERE current AND id > CAST(coalesce(?, '0') AS INTEGER)"  # a state begins so
RELATED = "related"  # the setting that holds the state for which people and quotations were last made
SEEDS = 200  # statements that are looked at for quotations


@dataclass(frozen=True, slots=True)
class Related:
    """How many people and quotations of several articles were found."""

    people: int
    quotations: int


class Relations(ABC):
    """The part of a ledger that compares articles with each other."""

    language: str
    _connection: sqlite3.Connection
    _wording: Wording

    @abstractmethod
    def _ask(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer: ...

    @abstractmethod
    def _told(self) -> AbstractContextManager[None]: ...

    def relate(self) -> Related:
        """Find people and quotations across all articles anew; what they are depends on nothing but what is filed."""
        with self._told(), database.transaction(self._connection):
            found = Related(
                identity.relate(self._connection, self.language), quotations.relate(self._connection, self.language)
            )
            state = (RELATED, _state(self._connection))
            self._connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", state)
        return found

    def is_related(self) -> bool:
        """Tell whether people and quotations are those of all that is filed and corrected."""
        return self._ask(lambda connection: _related(connection) == _state(connection))

    def was_related(self) -> bool:
        """Tell whether people and quotations were ever looked for."""
        return self._ask(_related) is not None

    def filed_since(self) -> int:
        """Return how many articles were filed, or read anew, since people and quotations were last looked for."""
        return self._ask(lambda connection: int(connection.execute(SINCE, (_related(connection),)).fetchone()[0]))

    def people(self, name: str, *, limit: int = LIMIT) -> list[Known]:
        """Return the people who bear a name, with their offices over time; raises `LedgerError` before `relate`."""
        return self._ask_related(lambda connection: identity.persons(connection, name, limit))

    def person(self, number: int) -> Known:
        """Return the person of a number; raises `LedgerError` where there is none."""
        return self._ask_related(lambda connection: identity.person(connection, number))

    def quote(self, words: str, *, speaker: str | None = None, limit: int = LIMIT) -> list[Quoted]:
        """Return quotations of several articles that hold all the words, versions earliest first, with their drift."""
        def found(connection: sqlite3.Connection) -> list[Quoted]:
            seeds = numbers(connection, self._wording, words, Filters(speaker=speaker), limit=SEEDS)
            return quotations.of_statements(connection, seeds, limit)

        return self._ask_related(found)

    def track(
        self, words: str, *, since: str | None = None, until: str | None = None, limit: int = LIMIT
    ) -> Tracks:
        """Return the tracks of figures that a question such as ``korban tewas gempa Cianjur`` asks for.

        It is a list of tracks that knows as well which figures it left out and why.
        """
        checked_period(since, until)
        return self._ask(lambda connection: figures.track(
            connection, self._wording, self.language, words, since=since, until=until
        )).first(limit)  # fmt: skip

    def merge(self, *persons: int, author: str, reason: str, now: str) -> int:
        """Say that some people are one; returns the choice's number. It holds at once and for good."""
        keys = tuple(self.person(number).sightings[0] for number in persons)
        return self._choose(Choice(Verb.MERGE, keys, author, now, reason))

    def split(self, person: int, articles: Sequence[str], *, author: str, reason: str, now: str) -> int:
        """Say that a person's sightings in some articles are somebody else's; returns the choice's number."""
        keys = tuple(key for key in self.person(person).sightings if key[0] in set(articles))
        return self._choose(Choice(Verb.SPLIT, keys, author, now, reason))

    def undo_choice(self, choice: int, *, author: str, now: str) -> None:
        """Take a merge or split back; raises `LedgerError` where there is none to undo."""
        with self._told(), database.transaction(self._connection):
            identity.unchoose(self._connection, choice, author, now)
            identity.carry_out(self._connection, self.language)

    def choices(self) -> list[Choice]:
        """Return the merges and splits that hold, in the order in which they were made."""
        return self._ask(identity.choices)

    def _choose(self, choice: Choice) -> int:
        with self._told(), database.transaction(self._connection):
            number = identity.choose(self._connection, choice)
            identity.carry_out(self._connection, self.language)
        return number

    def _ask_related(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        def asked(connection: sqlite3.Connection) -> Answer:
            if _related(connection) is None:
                raise LedgerError("people and quotations have not been looked for yet", fix="katanya relate --ledger L")
            return question(connection)

        return self._ask(asked)


def _state(connection: sqlite3.Connection) -> str:
    return " ".join(map(str, connection.execute(STATE).fetchone()))


def _related(connection: sqlite3.Connection) -> str | None:
    row = connection.execute("SELECT value FROM settings WHERE name = ?", (RELATED,)).fetchone()
    return str(row[0]) if row else None
