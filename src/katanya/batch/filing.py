"""Many articles into a ledger: read where they are not read yet, and filed so that a kill costs nothing reported."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from katanya import __version__
from katanya.api import dated
from katanya.batch.lines import Lines
from katanya.batch.lines import Place as Position
from katanya.batch.reading import Task, model_digest, outcome_of, read, reader
from katanya.batch.web import Page, Visitor
from katanya.batch.workers import ordered
from katanya.core.errors import InputError, RecordError
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Article
from katanya.core.settings import DEFAULT_MODEL, LANGUAGE
from katanya.fetch.fetcher import Unchanged, Validators
from katanya.ledger.entries import Entry, Program
from katanya.ledger.filing import Filed, Filer, Place
from katanya.ledger.progress import Reached
from katanya.ledger.store import Ledger
from katanya.readers import read_file
from katanya.readers.names import stem

COMMIT_SECONDS = 1.0
COMMIT_ARTICLES = 512  # at most so many wait to be committed
LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
READ_ALREADY = b'"statements"'

Outcome = tuple[int, Entry | Rejected]


@dataclass(slots=True)
class Progress:
    """How far a run is: what became of the articles, and bytes of its files; all of it is on the disk.

    ``resumed`` counts the articles that an earlier run had filed before it was ended.
    """

    filed: Counter[Filed] = field(default_factory=Counter)
    resumed: int = 0
    consumed: int = 0
    size: int = 0

    @property
    def articles(self) -> int:
        """All articles that are done with, those of an earlier part of the run included."""
        return self.filed.total() + self.resumed

    @property
    def rejected(self) -> int:
        """Those that could not be read, in this part of the run."""
        return self.filed[Filed.REJECTED]


@dataclass(frozen=True, slots=True)
class _Done:
    end: Position
    outcomes: list[Outcome]


@dataclass(frozen=True, slots=True)
class _Run:
    ledger: Ledger
    program: Program
    model: str | Path | None
    now: str | None
    workers: int
    progress: Progress
    watch: Callable[[Progress], None]


def file(
    sources: Iterable[Path | str],
    ledger: Path,
    *,
    language: str = LANGUAGE,
    model: str | Path | None = DEFAULT_MODEL,
    workers: int = 1,
    now: str | None = None,
    private: bool = False,
    watch: Callable[[Progress], None] = lambda progress: None,
) -> Progress:
    """File the articles of some files and addresses into a ledger, which is made where there is none.

    A string is an address of the web, fetched out of private networks too where ``private`` says so. A file of JSON
    lines holds an article or a record a line, any other file is one article. What was filed before is not filed again;
    a run that was ended early goes on where it stopped. ``now`` is the time that is noted beside them, ``watch`` is
    called when more articles are on the disk. Raises `KatanyaError` where the run as a whole cannot go on.
    """
    given = list(sources)
    files = [path for path in given if isinstance(path, Path)]
    for path in files:
        _check(path)
    reader(language, model)  # here as well as in the workers: a missing pack or model is told once, and at once
    progress = Progress(size=sum(path.stat().st_size for path in files))
    with Ledger.open(ledger, write=True, language=language) as opened:
        program = Program(__version__, language, model_digest(model))
        run = _Run(opened, program, model, now, workers, progress, watch)
        for path in files:
            before = progress.consumed
            (_file_lines if path.name.lower().endswith(LINES) else _file_article)(path, run)
            progress.consumed = before + path.stat().st_size
            watch(progress)
        if addresses := [address for address in given if isinstance(address, str)]:
            _file_addresses(addresses, run, private)
    return progress


def _file_lines(path: Path, run: _Run) -> None:
    """File a file of lines, in transactions of about a second's work each."""
    source, before = str(path.resolve()), run.progress.consumed
    lines, reached = _opened(path, source, run)
    run.progress.resumed += reached.articles + reached.rejected
    with lines:
        tasks = (Task(chunk, path.name, run.program.language, run.model) for chunk in lines.chunks())
        for group in _groups(ordered(_work, tasks, run.workers)):
            end, filed = group[-1].end, Counter[Filed]()
            with run.ledger.writing(run.program, run.now) as filer:
                for number, outcome in (pair for done in group for pair in done.outcomes):
                    filed[_put(filer, outcome, Place(source, number))] += 1
                rejected = reached.rejected + filed[Filed.REJECTED]
                articles = reached.articles + filed.total() - filed[Filed.REJECTED]
                reached = Reached(end.offset, end.lines, end.digest, articles, rejected)
                filer.note(source, reached)
            run.progress.filed += filed
            run.progress.consumed = before + lines.consumed
            run.watch(run.progress)


def _opened(path: Path, source: str, run: _Run) -> tuple[Lines, Reached]:
    """Open a file where it is to be gone on with; from the beginning where it is not what it was."""
    reached = run.ledger.reached(source, run.program)
    if reached:
        try:
            return Lines(path, Position(reached.bytes, reached.lines, reached.digest)), reached
        except InputError:
            pass  # what is there already will be found to be known
    return Lines(path, Position()), Reached(0, 0, "", 0, 0)


def _groups(results: Iterator[_Done]) -> Iterator[list[_Done]]:
    group, articles = list[_Done](), 0
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


def _file_article(path: Path, run: _Run) -> None:
    """File a file that holds one text or page."""
    language = run.program.language
    outcome = read(read_file(path, language=language), reader(language, run.model), str(path))
    with run.ledger.writing(run.program, run.now) as filer:
        filed = _put(filer, _entry(outcome, made_up=stem(path.name)), Place(str(path.resolve())))
    run.progress.filed[filed] += 1


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
    outcome = read(document, reader(run.program.language, run.model), address)
    with run.ledger.writing(run.program, run.now) as filer:
        filed = _put(filer, _entry(outcome, made_up=stem(address)), Place(address))
        if isinstance(page, Page) and filed is not Filed.REJECTED:
            filer.note_fetched(address, page.validators.etag, page.validators.modified)
    return filed


def _put(filer: Filer, outcome: Entry | Rejected, place: Place) -> Filed:
    if isinstance(outcome, Entry):
        return filer.add(outcome, place)
    filer.reject(outcome, place)
    return Filed.REJECTED


def _work(task: Task) -> _Done:
    """Read a chunk of lines, or take the records that they hold: runs in a worker."""
    found: list[Outcome] = []
    for number, line in task.numbered:
        outcome = _recorded(line) if READ_ALREADY in line else None
        if outcome is None:
            article = outcome_of(task, number, line)
            if article is None:
                continue
            outcome = _entry(article, made_up=f"{stem(task.name)}:{number}")
        found.append((number, outcome))
    if task.broken:
        found.append(task.broken)
    return _Done(task.chunk.end, found)


def _recorded(line: bytes) -> Entry | Rejected | None:
    """Return what a line holds that was read already; None where it is an article still to be read."""
    try:
        record = msgspec.json.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    if not (isinstance(record, dict) and isinstance(record.get("statements"), list)):
        return None
    try:
        return _entry(Article.from_dict(record), program=Program())
    except RecordError as error:
        return Rejected("", Reason.BAD_RECORD, str(error))


def _entry(outcome: Article | Rejected, *, made_up: str = "", program: Program | None = None) -> Entry | Rejected:
    """Return what is to be filed; ``made_up`` is the id that an article without one was given."""
    if isinstance(outcome, Rejected):
        return outcome
    return Entry(outcome, dated(outcome.document.published), outcome.id != made_up, program)


def _check(path: Path) -> None:
    wanted = "give files of JSON lines, texts or pages"
    if not path.exists():
        raise InputError("no such file", where=str(path), fix=wanted)
    if not path.is_file():
        raise InputError("is a folder" if path.is_dir() else "is no file", where=str(path), fix=wanted)
