"""Many articles into a ledger: read where they are not read yet, and filed so that a kill costs nothing reported."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from katanya import __version__
from katanya.batch.inputs import Chunk, Given, Input, Item, Manner, Said, files
from katanya.batch.inputs import Place as Position
from katanya.batch.inputs.single import ANY
from katanya.batch.reading import Chosen, Task, blamed, model_digest, parts, read, reader
from katanya.batch.taking import Foreseer, Taken, blamed_of, entry_of, finish, joined, parts_of, put, take
from katanya.batch.web import Page, Visitor
from katanya.batch.workers import Mend, Workers
from katanya.core.errors import InputError
from katanya.core.outcomes import Reason, Rejected
from katanya.core.settings import DEFAULT_MODEL, LANGUAGE
from katanya.fetch.fetcher import Unchanged, Validators
from katanya.ledger.entries import Program
from katanya.ledger.filing import Filed, Place
from katanya.ledger.progress import Reached
from katanya.ledger.store import Ledger
from katanya.readers.names import stem

TAKE, FINISH = Mend(parts, blamed, joined), Mend(parts_of, blamed_of, joined)
COMMIT_SECONDS = 1.0
COMMIT_ARTICLES = 512  # at most so many wait to be committed


@dataclass(slots=True)
class Progress:
    """How far a run is: what became of the articles, and bytes of its files; all of it is on the disk.

    ``resumed`` counts the articles that an earlier run had filed before it was ended; ``notes`` tell what the
    columns of tables were taken for.
    """

    filed: Counter[Filed] = field(default_factory=Counter)
    resumed: int = 0
    consumed: int = 0
    size: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def articles(self) -> int:
        """All articles that are done with, those of an earlier part of the run included."""
        return self.filed.total() + self.resumed

    @property
    def rejected(self) -> int:
        """Those that could not be read, in this part of the run."""
        return self.filed[Filed.REJECTED]


@dataclass(frozen=True, slots=True)
class _Run:
    ledger: Ledger
    program: Program
    model: str | Path | None
    chosen: Chosen
    now: str | None
    workers: int
    progress: Progress
    watch: Callable[[Progress], None]


def file(
    sources: Iterable[Path | str],
    ledger: Path,
    *,
    kind: str | None = None,
    bulk: bool | None = None,
    check_language: bool | None = None,
    link_copies: bool | None = None,
    columns: Said = (),
    language: str = LANGUAGE,
    model: str | Path | None = DEFAULT_MODEL,
    workers: int = 1,
    now: str | None = None,
    private: bool = False,
    watch: Callable[[Progress], None] = lambda progress: None,
) -> Progress:
    """File the articles of some files, folders and addresses into a ledger, which is made where there is none.

    A string is an address of the web, fetched out of private networks too where ``private`` says so. What was filed
    before is not filed again; a run that was ended early goes on where it stopped. ``kind``, ``bulk``,
    ``check_language`` and ``columns`` are those of `extract`. With ``link_copies`` an article that says nothing that
    another does not say word for word is linked to it and not read; None leaves that to the kind. ``now`` is the time
    that is noted beside the articles, ``watch`` is called when more of them are on the disk. Raises `KatanyaError`
    where the run as a whole cannot go on.
    """
    sources = list(sources)
    given = files((path for path in sources if isinstance(path, Path)), kind, columns)
    reader(language, model)  # here as well as in the workers: a missing pack or model is told once, and at once
    progress = Progress(size=sum(one.path.stat().st_size for one in given))
    with Ledger.open(ledger, write=True, language=language) as opened:
        program = Program(__version__, language, model_digest(model))
        chosen = Chosen(bulk, check_language, columns, link_copies)
        run = _Run(opened, program, model, chosen, now, workers, progress, watch)
        _file_inputs(given, run)
        if addresses := [address for address in sources if isinstance(address, str)]:
            _file_addresses(addresses, run, private)
    return progress


def _file_inputs(given: Sequence[Given], run: _Run) -> None:
    """File the items of all inputs, in transactions of about a second's work each."""
    foreseer, again = Foreseer(run.ledger, run.program), reader(run.program.language, run.model)
    with Workers(run.workers) as workers:
        taken = workers.ordered(take, _tasks(given, run), mend=TAKE)
        foreseen = (foreseer.foresee(one) for one in taken)
        for group in _groups(workers.ordered(finish, foreseen, lambda one: one.waiting, FINISH)):
            counts = Counter[Filed]()
            with run.ledger.writing(run.program, run.now) as filer:
                for done in group:
                    filed = Counter(put(filer, outcome, place, again) for place, outcome in done.outcomes)
                    filer.note(done.source, _reached(done.end, filed), fresh=done.fresh)
                    counts += filed
            run.progress.filed += counts
            run.watch(run.progress)


def _tasks(given: Sequence[Given], run: _Run) -> Iterator[Task]:
    """Yield what is still to be done of all inputs; one of a folder that cannot be opened is a task of its own."""
    before = 0
    for one in given:
        source, fresh = str(one.path.resolve()), True
        try:
            with _opened(one, source, run) as opened:
                run.progress.notes += filter(None, [opened.note])
                fresh = opened.start == Position()
                manner = run.chosen.manner(run.program.language, opened)
                for chunk in opened.chunks():
                    run.progress.consumed = before + opened.consumed
                    yield Task(chunk, one.name, opened.kind.name, manner, run.model, source, fresh)
                    fresh = False
        except InputError as error:
            if not one.found:
                raise
            fault = Item(0, fault=(Reason.UNREADABLE, str(error)))
            yield Task(Chunk([fault], Position()), one.name, ANY.name, Manner(), run.model, source, fresh)
        before += one.path.stat().st_size
        run.progress.consumed = before


def _opened(given: Given, source: str, run: _Run) -> Input:
    """Open a file where it is to be gone on with; from the beginning where it is not what it was."""
    reached = run.ledger.reached(source, run.program)
    if reached:
        try:
            opened = Input(given, Position(reached.bytes, reached.lines, reached.digest, reached.entry))
        except InputError:
            return Input(given)  # what is there already will be found to be known
        run.progress.resumed += reached.articles + reached.rejected
        return opened
    return Input(given)


def _reached(end: Position, filed: Counter[Filed]) -> Reached:
    rejected = filed[Filed.REJECTED]
    return Reached(end.offset, end.items, end.digest, filed.total() - rejected, rejected, end.entry)


def _groups(results: Iterator[Taken]) -> Iterator[list[Taken]]:
    group, articles = list[Taken](), 0
    due = time.monotonic() + COMMIT_SECONDS
    for done in results:
        group.append(done)
        articles += len(done.outcomes)
        if articles >= COMMIT_ARTICLES or time.monotonic() >= due:
            yield group
            group, articles = [], 0
            due = time.monotonic() + COMMIT_SECONDS
    if group:
        yield group


def _file_addresses(addresses: list[str], run: _Run, private: bool) -> None:
    """File pages of the web; one that is as it was when this program filed it is not fetched again."""
    with Visitor(private=private, language=run.program.language) as visitor:
        for address in addresses:
            known = run.ledger.fetched(address, run.program)
            page = visitor.read(address, Validators(*known) if known else None)
            run.progress.filed[_file_page(address, page, run)] += 1
            run.watch(run.progress)


def _file_page(address: str, page: Page | Unchanged | Rejected, run: _Run) -> Filed:
    if isinstance(page, Unchanged):
        return Filed.KNOWN
    document = page if isinstance(page, Rejected) else page.document
    by = reader(run.program.language, run.model)
    outcome = entry_of(read(document, by, address), made_up=(stem(address),), fetched=run.now)
    with run.ledger.writing(run.program, run.now) as filer:
        filed = put(filer, outcome, Place(address), by)
        if isinstance(page, Page) and filed is not Filed.REJECTED:
            filer.note_fetched(address, page.validators.etag, page.validators.modified)
    return filed
