"""The part of a ledger that readers in a browser ask: pages of statements, whole articles, speakers, two sides."""

import sqlite3
from abc import abstractmethod
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from katanya.ledger import articles, database, deadlines, fronts, listing, profiles, rejects, shares, sites
from katanya.ledger.articles import Opened
from katanya.ledger.corrections import Correction
from katanya.ledger.fronts import Counts, Speaker
from katanya.ledger.kept import Kept
from katanya.ledger.listing import ALL, PAGE, Found, Said, Sort
from katanya.ledger.people import Counted
from katanya.ledger.profiles import Outline
from katanya.ledger.quotations import stored as quotations
from katanya.ledger.quotations.stored import Quoted
from katanya.ledger.rejects import Reject
from katanya.ledger.relations import Relations
from katanya.ledger.search import Filters
from katanya.ledger.shares import Gathered, Shares
from katanya.ledger.sites import Site
from katanya.ledger.statistics import By
from katanya.ledger.tracks.answers import Answer as Tracks
from katanya.ledger.words import Wording

Answer = TypeVar("Answer")


class Room(Relations):
    """Questions of the reading room; several of them see one state of the ledger inside `still`."""

    path: Path
    _connection: sqlite3.Connection
    _wording: Wording
    _kept: Kept | None = None
    _patience: float | None = None
    _state: int | None = None

    @abstractmethod
    def _ask(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer: ...

    def keep(self, kept: Kept) -> None:
        """Share answers about the whole ledger with others who have it open."""
        self._kept = kept

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Give up what is asked in the block once it takes longer; raises `TooLongError`, and others may ask on."""
        self._patience = seconds
        try:
            with deadlines.within(self._connection, seconds, str(self.path)):
                yield
        finally:
            self._patience = None

    @contextmanager
    def still(self) -> Iterator[None]:
        """See one state of the ledger in all questions of the block."""
        state = self._kept.state() if self._kept else None  # before the ledger is looked at
        with self._told(), database.snapshot(self._connection):
            before, self._state = self._state, state if self._state is None else self._state
            try:
                yield
            finally:
                self._state = before

    def listed(
        self, words: str = "", filters: Filters = ALL, *, titles: bool = False, sort: Sort = Sort.BEST,
        cursor: str | None = None, limit: int = PAGE,
    ) -> Found:  # fmt: skip
        """Return a page of the statements that a search finds; the next one by its ``cursor``."""
        return self._ask(lambda connection: listing.listed(
            connection, self._wording, words, filters, titles=titles, sort=sort, cursor=cursor, limit=limit
        ))  # fmt: skip

    def some(
        self, words: str, filters: Filters, cursor: str | None, limit: int, *, titles: bool = False
    ) -> tuple[tuple[Said, ...], str | None]:
        """Return so many of the statements that a search finds, the latest first, and the cursor of what follows."""
        return self._ask(lambda connection: listing.everything(
            connection, self._wording, words, filters, cursor, limit, titles=titles
        ))  # fmt: skip

    def said(self, *numbers: int) -> tuple[Said, ...]:
        """Return statements by number; those that are not current are left out."""
        return self._ask(lambda connection: listing.said(connection, numbers))

    def counted(self) -> Counts:
        """Return how much the ledger holds."""
        return self._once("counts", lambda: self._ask(fronts.counts))

    def quoted_most(self, limit: int = fronts.SPEAKERS) -> tuple[Speaker, ...]:
        """Return the people who are quoted most."""
        return self._once(("quoted most", limit), lambda: self._ask(
            lambda connection: fronts.quoted_most(connection, limit)
        ))  # fmt: skip

    def outlets(self) -> tuple[str, ...]:
        """Return the outlets by name."""
        return self._once("outlets", lambda: self._ask(fronts.outlets))

    def opened(self, article: str, edition: int | None = None) -> Opened:
        """Return a whole article by its name for addresses; raises `NotThereError`."""
        return self._ask(lambda connection: articles.opened(connection, article, edition))

    def number(self, statement: str) -> int:
        """Return the number of a current statement by its name for addresses; raises `NotThereError`."""
        return self._ask(lambda connection: articles.number(connection, statement))

    def placed(self, corrections: Sequence[Correction]) -> list[tuple[str, str | None]]:
        """Return for each correction its article's name and the label of the statement that it lies on, if any."""
        return self._ask(lambda connection: articles.placed(connection, corrections))

    def outline(self, *, person: str | None = None, name: str = "") -> Outline:
        """Return a speaker by the name for addresses, else by words of the name; raises `NotThereError`."""
        return self._ask(lambda connection: profiles.outline(connection, self._wording, person=person, name=name))

    def quotation_of(self, statement: int) -> Quoted | None:
        """Return the quotation that a statement is a version of; ``None`` where it stands in no other article."""
        found = self._ask(lambda connection: quotations.of_statements(connection, [statement]))
        return found[0] if found else None

    def gathered(self, topic: str, filters: Filters) -> Gathered:
        """Return who and what the statements on a topic are that pass the filters."""
        return self._once(("gathered", topic, filters), lambda: self._ask(
            lambda connection: shares.gathered(connection, self._wording, topic, filters)
        ))  # fmt: skip

    def shares(self, by: By, filters: Filters, *, limit: int) -> Shares:
        """Return who is quoted how much, the largest shares first, with how many values there are in all."""
        return self._once(("shares", by, filters, limit), lambda: self._ask(
            lambda connection: shares.shares(connection, self._wording, by, filters, limit=limit)
        ))  # fmt: skip

    def tracked(self, words: str, *, since: str | None, until: str | None, limit: int) -> Tracks:
        """Return what `track` does; it is kept, as many articles are gone through for it."""
        return self._once(
            ("track", words, since, until, limit), lambda: self.track(words, since=since, until=until, limit=limit)
        )

    def sited(self, accounts: Sequence[tuple[str, str | None]]) -> list[Site | None]:
        """Return where accounts stand, each given by its article's key and a label there; ``None`` where it is gone."""
        return self._ask(lambda connection: sites.sited(connection, accounts))

    def rejects(
        self, *, reason: str | None = None, before: int | None = None, limit: int = PAGE
    ) -> tuple[Reject, ...]:
        """Return inputs that could not be read, the latest first: those of a reason, those before a number."""
        return self._ask(lambda connection: rejects.page(connection, reason, before, limit))

    def reasons(self) -> tuple[Counted, ...]:
        """Return how many inputs could not be read, by reason."""
        return self._once("reasons", lambda: self._ask(rejects.reasons))

    def _once(self, question: Hashable, work: Callable[[], Answer]) -> Answer:
        """Return the answer that is kept for this state of the ledger, or work it out."""
        if self._kept is None or self._state is None:
            return work()
        return self._kept.answer(question, self._state, work, patience=self._patience)
