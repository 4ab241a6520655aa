"""The ledger as it is used from outside: opened, filed into, asked and corrected."""

import logging
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from math import isfinite
from pathlib import Path
from typing import Any, Self, TypeVar

from katanya.core.errors import LedgerError
from katanya.core.outcomes import Rejected
from katanya.core.records import Article, SpeakerKind
from katanya.core.settings import LANGUAGE, VERSION
from katanya.ledger import (
    corrections,
    database,
    feeds,
    fetches,
    index,
    people,
    progress,
    provenance,
    records,
    rejections,
    statistics,
)
from katanya.ledger.corrections import Correction, Target
from katanya.ledger.entries import Entry, Program, iso_date
from katanya.ledger.feeds import DueFeed, DueItem
from katanya.ledger.filing import Filed, Filer, Place, linked_as
from katanya.ledger.mentions import Mention, mentions
from katanya.ledger.people import Profile, Shift
from katanya.ledger.progress import Reached
from katanya.ledger.provenance import Traced
from katanya.ledger.rejections import Rejection
from katanya.ledger.room import Room
from katanya.ledger.search import LIMIT, Filters, Hit, numbers, search
from katanya.ledger.statistics import By, Share
from katanya.ledger.words import wording

Answer = TypeVar("Answer")

LOG = logging.getLogger("katanya.ledger")


class Ledger(Room):
    """Statements of many articles in one file, to be filed, asked and corrected.

    One process writes at a time, any number read meanwhile, each seeing what was committed when it asked. Results are
    a function of what is filed; the time of day comes in only as a value.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, held: ExitStack, language: str) -> None:
        """Use `Ledger.open`."""
        self.path = path
        self.language = language
        self._connection, self._held = connection, held
        self._wording = wording(language)

    @classmethod
    def open(cls, path: str | Path, *, write: bool = False, language: str = LANGUAGE, who: str = "") -> Self:
        """Open a ledger to be asked, or with ``write`` to be filed into as well, which makes it where there is none.

        A ledger of an older form is brought up to date first, and the log says so: it may take minutes. ``who`` is what
        others are told while it is held. Raises `InputError` where there is none, `LedgerError` where it is another's,
        newer than the program or no ledger.
        """
        path = Path(path)
        with ExitStack() as held:
            if write:
                held.enter_context(database.writer_lock(path, who or database.command()))
                if not path.exists() or not path.stat().st_size:
                    database.create(path, VERSION)
            connection = database.connect(path, read_only=not write)
            held.callback(connection.close)
            if _is_behind(connection, path, language):
                if not write:
                    connection.close()
                    cls.open(path, write=True, language=language, who=who).close()
                    return cls.open(path, language=language)
                _bring_up_to_date(connection, path, language, VERSION)
            return cls(path, connection, held.pop_all(), language)

    def close(self) -> None:
        """Let go of the file."""
        self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def file(
        self,
        articles: Iterable[Article | Entry | Rejected],
        *,
        program: Program | None = None,
        now: str | None = None,
        source: str = "",
    ) -> Counter[Filed]:
        """File articles, all of them or none, and return how many were new, known and so on.

        ``program`` is what read them, ``now`` the time that is noted beside them, ``source`` the file that they came
        from. When this returns they are on the disk.
        """
        with self.writing(program or Program(language=self.language), now) as filer:
            return Counter(_file(filer, article, Place(source)) for article in articles)

    @contextmanager
    def writing(self, program: Program, now: str | None) -> Iterator[Filer]:
        """Yield what files articles one by one; at the end of the block all of them are on the disk, or none."""
        with self._told(), database.transaction(self._connection):
            filer = Filer(self._connection, self._wording, program, now)
            yield filer
            filer.flush()

    def is_linked(self, entry: Entry, program: Program) -> bool:
        """Tell whether an article that is not read need not be: it is known, or a copy of one that is filed."""

        def linked(connection: sqlite3.Connection) -> bool:
            row = (program.version, program.language, program.model)
            found = connection.execute("SELECT id FROM programs WHERE (version, language, model) = (?, ?, ?)", row)
            id = found.fetchone()
            return linked_as(connection, entry, id[0] if id else None) is not None

        return self._ask(linked)

    def reached(self, source: str, program: Program) -> Reached | None:
        """Return how far an input is filed by a program; ``None`` where it was not begun."""
        names = (program.version, program.language, program.model)
        return self._ask(lambda connection: progress.read(connection, source, names))

    def fetched(self, url: str, program: Program) -> tuple[str | None, str | None] | None:
        """Return ``ETag`` and ``Last-Modified`` of a page as a program filed it; ``None`` where it did not."""
        names = (program.version, program.language, program.model)
        return self._ask(lambda connection: fetches.read(connection, url, names))

    def feeds(self) -> list[dict[str, Any]]:
        """Return the feeds that are watched or were, with their state and what became of their items."""
        return self._ask(feeds.listed)

    def due(self, now: str, busy: Collection[str], *, patient: bool) -> DueFeed | DueItem | None:
        """Return which feed or page is to be visited next, on none of the ``busy`` hosts; ``None`` for none.

        What failed before comes last, and not at all unless one is ``patient``.
        """
        return self._ask(lambda connection: feeds.due(connection, now, busy, patient=patient))

    def waiting(self) -> int:
        """Return how many pages that watched feeds named are still to be read."""
        return self._ask(feeds.waiting)

    def search(
        self,
        words: str = "",
        *,
        speaker: str | None = None,
        role: str | None = None,
        affiliation: str | None = None,
        outlet: str | None = None,
        kind: str | None = None,
        act: str | None = None,
        since: str | None = None,
        until: str | None = None,
        titles: bool = False,
        limit: int = LIMIT,
        offset: int = 0,
    ) -> list[Hit]:
        """Return the statements that hold all the words, the best first; without words the latest first.

        Words are found in all their forms, those in quotation marks as they stand. The filters are those of `Filters`.
        """
        filters = Filters(speaker, role, affiliation, outlet, kind, act, since, until)
        return self._ask(lambda connection: search(
            connection, self._wording, words, filters, titles=titles, limit=limit, offset=offset
        ))  # fmt: skip

    def mentions(
        self, words: str, *, outlet: str | None = None, since: str | None = None, until: str | None = None,
        limit: int = LIMIT,
    ) -> list[Mention]:  # fmt: skip
        """Return the articles that hold all the words, in their statements or outside of them, the latest first."""
        filters = Filters(outlet=outlet, since=since, until=until)
        return self._ask(lambda connection: mentions(connection, self._wording, words, filters, limit=limit))

    def who(self, name: str = "", *, person: int | None = None, limit: int = LIMIT) -> Profile:
        """Return what is known of a speaker: roles over time, share of direct speech, counterparts, statements.

        After `relate` it is the person of that name who is quoted most, or the one of a number; its ``others`` are all
        others of the name.
        """
        return self._ask(lambda connection: people.who(connection, self._wording, name, person=person, limit=limit))

    def shift(self, name: str, topic: str, *, person: int | None = None, limit: int = LIMIT) -> Shift:
        """Return what a speaker said about a topic, the earlier half beside the later; who is meant as with `who`."""
        return self._ask(lambda connection: people.shift(
            connection, self._wording, name, topic, person=person, limit=limit
        ))  # fmt: skip

    def stats(self, by: By | str = By.ROLE, *, limit: int = LIMIT, **filters: str | None) -> list[Share]:
        """Return who is quoted: statements by role, affiliation and so on, as shares with 95 % intervals."""
        return self._ask(lambda connection: statistics.shares(
            connection, self._wording, By(by), Filters(**filters), limit=limit
        ))

    def articles(self, *, corrected: bool = True) -> Iterator[Article]:
        """Yield the current reading of every article, all of one state of the ledger.

        With ``corrected`` false they are as the machine read them.
        """
        with self._told(), database.snapshot(self._connection):
            yield from records.articles(self._connection, corrected=corrected)

    def traced(
        self, words: str = "", filters: Filters | None = None, *, whole: bool = False
    ) -> Generator[Traced, None, None]:
        """Yield articles as they hold now with their provenance: those with statements that a search finds.

        Words and filters are those of `search`; without any it is every article. Of an article the statements found
        are there, and those that they stand in; with ``whole`` all of them.
        """
        with self._told(), database.snapshot(self._connection):
            chosen = None
            if words.strip() or (filters or Filters()) != Filters():
                found = numbers(self._connection, self._wording, words, filters or Filters())
                chosen = provenance.by_reading(self._connection, found)
            for article, labels in provenance.traced(self._connection, chosen):
                yield article if whole or labels is None else article.only(labels)

    def rejected(
        self, *, source: str | None = None, reason: str | None = None, mended: bool = False
    ) -> list[Rejection]:
        """Return the inputs that were not read, or were read after all (``mended``), in the order of filing.

        ``source`` is a part of the file's path or of the address, ``reason`` a reason or its beginning.
        """
        return self._ask(lambda connection: rejections.listed(connection, source, reason, mended=mended))

    def rejected_counts(self, *, source: str | None = None, reason: str | None = None) -> list[dict[str, Any]]:
        """Return how many inputs were not read, by file and reason; the filters are those of `rejected`."""
        return self._ask(lambda connection: rejections.counted(connection, source, reason))

    def counts(self) -> dict[str, int]:
        """Return how many articles, editions, readings, statements and so on the ledger holds."""
        return self._ask(statistics.counts)

    def correct_speaker(
        self, statement: int, name: str | None, kind: SpeakerKind | None = None, *, author: str, reason: str, now: str
    ) -> int:
        """Say who really spoke, ``None`` for nobody who is named; returns the correction's number."""
        return self._correct(statement, Target.SPEAKER, corrections.speaker(name, kind), author, reason, now)

    def correct_content(self, statement: int, *contents: str, author: str, reason: str, now: str) -> int:
        """Say which words of the article are the content; returns the correction's number."""
        return self._correct(statement, Target.CONTENT, {"contents": list(contents)}, author, reason, now)

    def correct_figure(
        self, statement: int, figure: str, value: Mapping[str, float | str | None],
        *, author: str, reason: str, now: str,
    ) -> int:  # fmt: skip
        """Say what the figure of these words is (``low``, ``high``, ``unit``); returns the correction's number."""
        unknown = value.keys() - {"low", "high", "unit"}
        if unknown or not value:
            raise LedgerError(f"a figure has no {', '.join(sorted(unknown)) or 'such value'}", fix="low, high or unit")
        if not all(isfinite(bound) for bound in value.values() if isinstance(bound, int | float)):
            raise LedgerError("a bound is a number", fix="an open bound is null")
        return self._correct(statement, Target.FIGURE, value, author, reason, now, figure)

    def undo(self, correction: int, *, author: str, now: str) -> None:
        """Take a correction back; raises `LedgerError` where there is none to undo."""
        with self._told(), database.transaction(self._connection):
            corrections.undo(self._connection, self._wording, correction, author=author, now=now)

    def corrections(self, *, orphaned: bool = False) -> list[Correction]:
        """Return all corrections in the order in which they were made, or those that no longer lie on anything."""
        return self._ask(lambda connection: corrections.listed(connection, orphaned=orphaned))

    def _correct(
        self, statement: int, target: Target, value: Mapping[str, Any], author: str, reason: str, now: str,
        figure: str | None = None,
    ) -> int:  # fmt: skip
        with self._told(), database.transaction(self._connection):
            return corrections.correct(
                self._connection, self._wording, statement, target, value,
                author=author, made=now, reason=reason, figure=figure,
            )  # fmt: skip

    def _ask(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """Answer a question from one state of the ledger, whatever is written meanwhile."""
        with self._told(), database.snapshot(self._connection):
            return question(self._connection)

    def _told(self) -> AbstractContextManager[None]:
        """Turn an error of the disk or of SQLite into words."""
        return database.told(self.path)


def _file(filer: Filer, article: Article | Entry | Rejected, place: Place) -> Filed:
    match article:
        case Rejected():
            filer.reject(article, Place(article.source or place.source))
            return Filed.REJECTED
        case Entry():
            return filer.add(article, place)
    return filer.add(Entry(article, iso_date(article.document.published)), place)


def _is_behind(connection: sqlite3.Connection, path: Path, language: str) -> bool:
    return bool(database.missing_steps(connection, path)) or not index.is_current(connection, wording(language))


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, language: str, version: str) -> None:
    steps = database.missing_steps(connection, path)
    if connection.execute("SELECT 1 FROM editions LIMIT 1").fetchone():
        LOG.warning("%s is of an older form and is brought up to date, once; this may take minutes", path)
    if steps:
        database.migrate(connection, steps, version)
    if not index.is_current(connection, wording(language)):
        with database.transaction(connection):
            index.rebuild(connection, wording(language))
