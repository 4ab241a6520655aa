"""Many articles: an item in, its record a line out, in the same order, whatever the number of workers."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import msgspec

from katanya import __version__
from katanya.batch.inputs import Given, Input, Place, Said, files
from katanya.batch.output import Journal, Output, files_of
from katanya.batch.reading import Chosen, Task, model_digest, outcomes, reader, values
from katanya.batch.workers import ordered
from katanya.core.errors import InputError
from katanya.core.outcomes import Rejected
from katanya.core.records import Article
from katanya.core.settings import DEFAULT_MODEL, LANGUAGE
from katanya.core.values import ArticleValues
from katanya.render import encode

CHECKPOINT_SECONDS = 1.0
IDS_WATCHED = 1_000_000  # ids are watched for doubles up to this many: memory stays flat over any corpus
IDS_NAMED = 3  # of those that occur again
VALUES = "values"  # stands in a journal for the model of a run that reads values, and needs none


@dataclass(slots=True)
class Progress:
    """How far a run is: counts of articles, and bytes of the input file.

    ``repeated`` counts the articles with the id of an earlier one, ``repeated_ids`` holds the first few such ids;
    ``notes`` tell what the columns of tables were taken for.
    """

    records: int = 0
    rejected: int = 0
    resumed: int = 0
    consumed: int = 0
    size: int = 0
    repeated: int = 0
    repeated_ids: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def articles(self) -> int:
        """All articles that are done with, those of an earlier part of the run included."""
        return self.records + self.rejected


@dataclass(slots=True)
class _Done:
    end: Place
    records: bytes
    rejects: bytes
    ids: list[str]
    rejected: int


@dataclass(frozen=True, slots=True)
class _Job:
    """What is done with every item, by what, and how it is told."""

    work: Callable[[Task], _Done]
    digest: Callable[[str | Path | None], str]
    language: str
    model: str | Path | None
    workers: int
    watch: Callable[[Progress], None]


def extract(
    sources: Path | Iterable[Path],
    target: Path,
    *,
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
    """Read the articles of some files and folders into ``target``; rejects go beside it.

    A run that was ended early goes on where it stopped, unless ``restart`` is set. ``kind`` is that of all files, each
    is asked where it is None. ``columns`` names those of tables by what they hold. ``bulk`` and ``check_language`` are
    those of `read_bytes`, None leaves them to the kind. ``model`` is that of `Reader`. ``watch`` is called after every
    few articles. Raises `KatanyaError` where the run as a whole cannot go on.
    """
    job = _Job(_statements, model_digest, language, model, workers, watch)
    return _run(job, sources, target, kind, Chosen(bulk, check_language, columns), restart)


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
    job: _Job, sources: Path | Iterable[Path], target: Path, kind: str | None, chosen: Chosen, restart: bool
) -> Progress:
    given = files([sources] if isinstance(sources, Path) else sources, kind, chosen.said)
    _check_paths(given, target)
    reader(job.language, job.model)  # here as well as in the workers: a missing pack or model is told at once
    begin = Journal(__version__, job.language, job.digest(job.model), manner=chosen.told)
    with Output(target, begin, restart=restart) as output:
        journal = output.journal
        _check_finished(given, journal, output.path)
        progress = Progress(journal.records, journal.rejected, size=sum(one.path.stat().st_size for one in given))
        progress.resumed = progress.articles
        ids = _Ids(progress, output.parts["records"])
        for number, one in enumerate(given):
            if number >= journal.inputs:
                before = progress.consumed
                _read(one, number, chosen, job, output, progress, ids)
                progress.consumed = before
            progress.consumed += one.path.stat().st_size
        output.finish()
    return progress


def _read(
    given: Given, number: int, chosen: Chosen, job: _Job, output: Output, progress: Progress, ids: "_Ids"
) -> None:
    """Read one input into the output, from where its journal stands."""
    journal, before = output.journal, progress.consumed
    begun = Place(journal.offset, journal.lines, journal.digest, journal.entry)
    with Input(given, begun) as opened:
        progress.notes += filter(None, [opened.note])
        manner = chosen.manner(job.language, opened)
        tasks = (Task(chunk, given.name, opened.kind.name, manner, job.model) for chunk in opened.chunks())
        due = time.monotonic() + CHECKPOINT_SECONDS
        for done in ordered(job.work, tasks, job.workers):
            output.write(done.records, done.rejects)
            progress.records += len(done.ids)
            progress.rejected += done.rejected
            progress.consumed = before + opened.consumed
            ids.add(done.ids)
            journal = replace(
                journal, offset=done.end.offset, lines=done.end.items, digest=done.end.digest, entry=done.end.entry,
                records=progress.records, rejected=progress.rejected,
            )  # fmt: skip
            if time.monotonic() >= due:
                output.checkpoint(journal)
                due = time.monotonic() + CHECKPOINT_SECONDS
            job.watch(progress)
    finished = sha256(f"{journal.finished}{_told(given)}".encode()).hexdigest()
    output.checkpoint(replace(journal, offset=0, lines=0, digest="", entry=0, inputs=number + 1, finished=finished))


def _told(given: Given) -> str:
    return f"{given.name} {given.path.stat().st_size}\n"


def _check_finished(given: list[Given], journal: Journal, where: Path) -> None:
    """Raise `InputError` where the inputs that are done with are not those that the run is given now."""
    finished = ""
    for one in given[: journal.inputs]:
        finished = sha256(f"{finished}{_told(one)}".encode()).hexdigest()
    if journal.inputs > len(given) or finished != journal.finished:
        raise InputError("was begun with other inputs", where=str(where),
                         fix="give the same in the same order, or --restart to begin anew")


def _statements(task: Task) -> _Done:
    """Read a chunk of items: runs in a worker, gives bytes back."""
    return _done(task, outcomes(task))


def _values(task: Task) -> _Done:
    """Read the values of a chunk of items, as `_statements` reads its statements."""
    return _done(task, values(task))


def _done(task: Task, found: Iterator[Article | Rejected] | Iterator[ArticleValues | Rejected]) -> _Done:
    records, rejects, ids = bytearray(), bytearray(), list[str]()
    rejected = 0
    for outcome in found:
        if isinstance(outcome, Rejected):
            rejects += encode.line(outcome)
            rejected += 1
        else:
            records += encode.line(outcome)
            ids.append(outcome.id)
    return _Done(task.chunk.end, bytes(records), bytes(rejects), ids, rejected)


class _Ids:
    """Ids seen so far, those of an earlier part of the run included, as hashes; tells progress what occurs again."""

    def __init__(self, progress: Progress, part: Path) -> None:
        class Head(msgspec.Struct):
            id: str

        decode = msgspec.json.Decoder(Head).decode
        self._progress = progress
        self._seen: set[int] = set()
        with part.open("rb") as lines:
            for line in lines:
                self.add([decode(line).id])

    def add(self, ids: list[str]) -> None:
        """Remember the ids, and count those that were there before."""
        for id in filter(None, ids):
            key = hash(id)
            if key in self._seen:
                self._progress.repeated += 1
                if len(self._progress.repeated_ids) < IDS_NAMED:
                    self._progress.repeated_ids.append(id)
            elif len(self._seen) < IDS_WATCHED:
                self._seen.add(key)


def _check_paths(given: list[Given], target: Path) -> None:
    if not target.parent.is_dir():
        raise InputError("no such folder", where=str(target.parent), fix=f"mkdir -p '{target.parent}'")
    if target.is_dir() or target.suffix == ".gz":
        raise InputError("no file of plain JSON lines", where=str(target), fix="name it OUT.jsonl")
    for path in files_of(target):
        if path.exists() and any(path.samefile(one.path) for one in given):
            raise InputError("is the input, and would be written", where=str(path),
                             fix="name another file for the output")
