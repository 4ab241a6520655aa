"""Many articles: an item in, its record out, in the same order, whatever the number of workers."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from katanya import __version__
from katanya.batch.inputs import Chunk, Given, Input, Place, Said, files, known_by
from katanya.batch.journal import Journal
from katanya.batch.output import Done, Lines, Output, Pair, files_of, joined
from katanya.batch.reading import Chosen, Task, blamed, model_digest, outcomes, parts, reader, values
from katanya.batch.repeats import Repeats
from katanya.batch.tally import Tally
from katanya.batch.workers import Mend, Workers
from katanya.core.errors import InputError, MissingExtra
from katanya.core.outcomes import Rejected
from katanya.core.records import Article
from katanya.core.settings import DEFAULT_MODEL, LANGUAGE
from katanya.core.values import ArticleValues
from katanya.render import encode

IDS_NAMED = 3  # of those that occur again
VALUES = "values"  # stands in a journal for the model of a run that reads values, and needs none


MEND = Mend(parts, blamed, joined)


class Form(StrEnum):
    """What a run writes: records a line each, or a folder of Parquet shards."""

    JSONL = "jsonl"
    PARQUET = "parquet"


@dataclass(slots=True)
class Progress:
    """How far a run is: what it has come to, and bytes of the input files.

    ``repeated`` counts the articles with the id of an earlier one, ``repeated_ids`` holds the first few such ids;
    ``notes`` tell what the columns of tables were taken for.
    """

    tally: Tally = field(default_factory=Tally)
    resumed: int = 0
    resumed_words: int = 0
    consumed: int = 0
    size: int = 0
    repeated: int = 0
    repeated_ids: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def records(self) -> int:
        """Articles that were read."""
        return self.tally.records

    @property
    def rejected(self) -> int:
        """Those that could not be."""
        return self.tally.rejected

    @property
    def articles(self) -> int:
        """All articles that are done with, those of an earlier part of the run included."""
        return self.records + self.rejected

    def again(self, ids: Iterable[str]) -> None:
        """Count ids that occurred before."""
        for id in ids:
            self.repeated += 1
            if len(self.repeated_ids) < IDS_NAMED:
                self.repeated_ids.append(id)


@dataclass(frozen=True, slots=True)
class _Job:
    """What is done with every item, by what, and how it is told."""

    work: Callable[[Task], Done[Any]]
    digest: Callable[[str | Path | None], str]
    language: str
    model: str | Path | None
    workers: int
    watch: Callable[[Progress], None]


def extract(
    sources: Path | Iterable[Path],
    target: Path,
    *,
    form: Form = Form.JSONL,
    kind: str | None = None,
    bulk: bool | None = None,
    check_language: bool | None = None,
    columns: Said = (),
    language: str = LANGUAGE,
    model: str | Path | None = DEFAULT_MODEL,
    workers: int = 1,
    restart: bool = False,
    watch: Callable[[Progress], None] = lambda progress: None,
) -> Progress:
    """Read the articles of some files and folders into ``target``: lines with the rejects beside, or Parquet.

    A run that was ended early goes on where it stopped, unless ``restart`` is set. ``kind`` is that of all files, each
    is asked where it is None. ``columns`` names those of tables by what they hold. ``bulk`` and ``check_language`` are
    those of `read_bytes`, None leaves them to the kind. ``model`` is that of `Reader`. ``watch`` is called after every
    few articles. Raises `KatanyaError` where the run as a whole cannot go on.
    """
    work = _statements if form is Form.JSONL else _rows
    job = _Job(work, model_digest, language, model, workers, watch)
    return _run(job, sources, target, kind, Chosen(bulk, check_language, columns), restart, form)


def extract_values(
    sources: Path | Iterable[Path],
    target: Path,
    *,
    kind: str | None = None,
    bulk: bool | None = None,
    check_language: bool | None = None,
    columns: Said = (),
    language: str = LANGUAGE,
    workers: int = 1,
    restart: bool = False,
    watch: Callable[[Progress], None] = lambda progress: None,
) -> Progress:
    """Read the times, figures and places of the articles of ``sources`` into ``target``, in all else as `extract`."""
    job = _Job(_values, lambda model: VALUES, language, None, workers, watch)
    return _run(job, sources, target, kind, Chosen(bulk, check_language, columns), restart)


def _run(
    job: _Job,
    sources: Path | Iterable[Path],
    target: Path,
    kind: str | None,
    chosen: Chosen,
    restart: bool,
    form: Form = Form.JSONL,
) -> Progress:
    given = files([sources] if isinstance(sources, Path) else sources, kind, chosen.said)
    opener = _lines if form is Form.JSONL else _shards
    _check_folder(target)
    manner = f"{chosen.told} {kind}" if kind else chosen.told
    begin = Journal(__version__, job.language, job.digest(job.model), manner=manner)
    with opener(given, target, begin, restart) as output, Workers(job.workers) as workers:
        reader(job.language, job.model)  # here as well as in the workers: a missing pack or model is told at once
        _check_finished(given, output.journal, output.path)
        progress = Progress(Tally.from_dict(output.journal.tally), size=sum(one.path.stat().st_size for one in given))
        progress.resumed, progress.resumed_words = progress.articles, progress.tally.words
        repeats = Repeats()
        progress.again(repeats.again(output.ids()))
        tasks = _tasks(given, output.journal, chosen, job, progress)
        _write(workers.ordered(job.work, tasks, _holds, MEND), given, output, progress, repeats, job.watch)
        output.finish()
    return progress


def _tasks(given: list[Given], begun: Journal, chosen: Chosen, job: _Job, progress: Progress) -> Iterator[Task]:
    """Yield what is still to be done of all inputs; a task that holds nothing ends each."""
    before = 0
    for number, one in enumerate(given):
        if number >= begun.inputs:
            place = Place(begun.offset, begun.lines, begun.digest, begun.entry) if number == begun.inputs else Place()
            with Input(one, place) as opened:
                progress.notes += filter(None, [opened.note])
                manner = chosen.manner(job.language, opened)
                for chunk in chain(opened.chunks(), [Chunk([], Place())]):
                    progress.consumed = before + opened.consumed
                    yield Task(chunk, one.name, opened.kind.name, manner, job.model)
        before += one.path.stat().st_size
        progress.consumed = before


def _holds(task: Task) -> bool:
    return bool(task.chunk.items)


def _write(
    results: Iterator[Done[Any]], given: list[Given], output: Output[Any], progress: Progress, repeats: Repeats,
    watch: Callable[[Progress], None],
) -> None:  # fmt: skip
    """Write what comes back of the tasks, and note how far the run is: in which input, and up to where there."""
    journal = output.journal
    for done in results:
        if done.empty:
            finished = sha256(f"{journal.finished}{_told(given[journal.inputs])}".encode()).hexdigest()
            journal = replace(journal, inputs=journal.inputs + 1, finished=finished, **_reached(done.end))
            output.note(journal)
            continue
        progress.tally.join(done.tally)
        progress.again(repeats.again(done.ids))
        journal = replace(journal, tally=progress.tally.to_dict(), **_reached(done.end))
        output.take(done.payload, journal)
        watch(progress)


def _reached(end: Place) -> dict[str, Any]:
    return {"offset": end.offset, "lines": end.items, "digest": end.digest, "entry": end.entry}


def _told(given: Given) -> str:
    size, digest = known_by(given.path)
    return f"{given.name} {size} {digest}\n"


def _check_finished(given: list[Given], journal: Journal, where: Path) -> None:
    """Raise `InputError` where the inputs that are done with are not those that the run is given now."""
    finished = ""
    for one in given[: journal.inputs]:
        finished = sha256(f"{finished}{_told(one)}".encode()).hexdigest()
    if journal.inputs > len(given) or finished != journal.finished:
        raise InputError("was begun with other inputs", where=str(where),
                         fix="give the same in the same order, or --restart to begin anew")


def _statements(task: Task) -> Done[Pair]:
    """Read a chunk of items: runs in a worker, gives bytes back."""
    return _done(task, outcomes(task))


def _values(task: Task) -> Done[Pair]:
    """Read the values of a chunk of items, as `_statements` reads its statements."""
    return _done(task, values(task))


def _done(task: Task, found: Iterator[Article | Rejected] | Iterator[ArticleValues | Rejected]) -> Done[Pair]:
    records, rejects = bytearray(), bytearray()
    done = Done(task.chunk.end, Pair(b"", b""), empty=not _holds(task))
    for outcome in found:
        done.tally.add(outcome)
        if isinstance(outcome, Rejected):
            rejects += encode.line(outcome)
        else:
            records += encode.line(outcome)
            done.ids.append(outcome.id)
    done.payload = Pair(bytes(records), bytes(rejects))
    return done


def _rows(task: Task) -> Done[Any]:
    """Read a chunk of items, a row each: runs in a worker."""
    from katanya.batch.arrow import batch_of, read_items

    found = list(read_items(task))
    done = Done(task.chunk.end, [batch_of(found, task.manner.language)], empty=not _holds(task))
    for _, outcome in found:
        done.tally.add(outcome)
        if not isinstance(outcome, Rejected):
            done.ids.append(outcome.id)
    return done


def _lines(given: list[Given], target: Path, begin: Journal, restart: bool) -> Output[Any]:
    _check_target(given, target)
    return Lines(target, begin, restart=restart)


def _shards(given: list[Given], target: Path, begin: Journal, restart: bool) -> Output[Any]:
    try:
        from katanya.batch.shards import Shards
    except ImportError:
        raise MissingExtra("writing Parquet needs pyarrow", fix="pip install 'katanya[archives]'") from None
    return Shards(target, begin, restart=restart)


def _check_folder(target: Path) -> None:
    if not target.resolve().parent.is_dir():
        raise InputError("no such folder", where=str(target.parent), fix=f"mkdir -p '{target.parent}'")


def _check_target(given: list[Given], target: Path) -> None:
    if target.is_dir() or target.suffix == ".gz":
        raise InputError("no file of plain JSON lines", where=str(target), fix="name it OUT.jsonl")
    for path in files_of(target):
        if path.exists() and any(path.samefile(one.path) for one in given):
            raise InputError("is the input, and would be written", where=str(path),
                             fix="name another file for the output")
