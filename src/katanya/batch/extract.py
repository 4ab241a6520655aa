"""Many articles: a line in, its record a line out, in the same order, whatever the number of workers."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from katanya import __version__
from katanya.batch.lines import Lines, Place
from katanya.batch.output import Journal, Output, files_of
from katanya.batch.reading import Task, model_digest, outcomes, reader, values
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

    ``repeated`` counts the articles with the id of an earlier one, ``repeated_ids`` holds the first few such ids.
    """

    records: int = 0
    rejected: int = 0
    resumed: int = 0
    consumed: int = 0
    size: int = 0
    repeated: int = 0
    repeated_ids: list[str] = field(default_factory=list)

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


def extract(
    source: Path,
    target: Path,
    *,
    language: str = LANGUAGE,
    model: str | Path | None = DEFAULT_MODEL,
    workers: int = 1,
    restart: bool = False,
    watch: Callable[[Progress], None] = lambda progress: None,
) -> Progress:
    """Read the articles of ``source`` into ``target``; rejects go beside it.

    A run that was ended early goes on where it stopped, unless ``restart`` is set. ``model`` is that of `Reader`.
    ``watch`` is called after every few articles. Raises `KatanyaError` where the run as a whole cannot go on.
    """
    return _run(_statements, model_digest, source, target, language, model, workers, restart, watch)


def extract_values(
    source: Path,
    target: Path,
    *,
    language: str = LANGUAGE,
    workers: int = 1,
    restart: bool = False,
    watch: Callable[[Progress], None] = lambda progress: None,
) -> Progress:
    """Read the times, figures and places of the articles of ``source`` into ``target``, in all else as `extract`."""
    return _run(_values, lambda model: VALUES, source, target, language, None, workers, restart, watch)


def _run(
    work: Callable[[Task], _Done],
    digest: Callable[[str | Path | None], str],
    source: Path,
    target: Path,
    language: str,
    model: str | Path | None,
    workers: int,
    restart: bool,
    watch: Callable[[Progress], None],
) -> Progress:
    _check_paths(source, target)
    reader(language, model)  # here as well as in the workers: a missing pack or model is told once, and at once
    begin = Journal(__version__, language, digest(model), digest=Place().digest)
    with Output(target, begin, restart=restart) as output:
        journal = output.journal
        with Lines(source, Place(journal.offset, journal.lines, journal.digest)) as lines:
            progress = Progress(journal.records, journal.rejected, size=lines.size)
            progress.resumed = progress.articles
            tasks = (Task(chunk, source.name, language, model) for chunk in lines.chunks())
            _drain(ordered(work, tasks, workers), lines, output, progress, watch)
        output.finish()
    return progress


def _drain(
    results: Iterator[_Done],
    lines: Lines,
    output: Output,
    progress: Progress,
    watch: Callable[[Progress], None],
) -> None:
    journal = output.journal
    ids = _Ids(progress, output.parts["records"])
    due = time.monotonic() + CHECKPOINT_SECONDS
    for done in results:
        output.write(done.records, done.rejects)
        progress.records += len(done.ids)
        progress.rejected += done.rejected
        progress.consumed = lines.consumed
        ids.add(done.ids)
        journal = replace(
            journal, offset=done.end.offset, lines=done.end.lines, digest=done.end.digest,
            records=progress.records, rejected=progress.rejected,
        )  # fmt: skip
        if time.monotonic() >= due:
            output.checkpoint(journal)
            due = time.monotonic() + CHECKPOINT_SECONDS
        watch(progress)
    output.checkpoint(journal)


def _statements(task: Task) -> _Done:
    """Read a chunk of lines: runs in a worker, gives bytes back."""
    return _done(task, outcomes(task))


def _values(task: Task) -> _Done:
    """Read the values of a chunk of lines, as `_statements` reads its statements."""
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


def _check_paths(source: Path, target: Path) -> None:
    wanted = "give a file of JSON lines, an article a line"
    if not source.exists():
        raise InputError("no such file", where=str(source), fix=wanted)
    if source.is_dir():
        raise InputError("is a folder", where=str(source), fix=wanted)
    if not target.parent.is_dir():
        raise InputError("no such folder", where=str(target.parent), fix=f"mkdir -p '{target.parent}'")
    if target.is_dir() or target.suffix == ".gz":
        raise InputError("no file of plain JSON lines", where=str(target), fix="name it OUT.jsonl")
    for path in files_of(target):
        if path.exists() and path.samefile(source):
            raise InputError("is the input, and would be written", where=str(path),
                             fix="name another file for the output")
