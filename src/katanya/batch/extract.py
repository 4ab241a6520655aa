"""Many articles: a line in, its record a line out, in the same order, whatever the number of workers."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import msgspec

from katanya import __version__
from katanya.api import Reader
from katanya.batch.lines import Chunk, Lines, Place
from katanya.batch.output import Journal, Output, rejects_of
from katanya.batch.workers import ordered
from katanya.core.errors import InputError
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Article
from katanya.core.settings import LANGUAGE
from katanya.readers import read_line
from katanya.render import encode

CHECKPOINT_SECONDS = 1.0
IDS_WATCHED = 1_000_000  # ids are watched for doubles up to this many: memory stays flat over any corpus


@dataclass(slots=True)
class Progress:
    """How far a run is: counts of articles, and bytes of the input file."""

    records: int = 0
    rejected: int = 0
    resumed: int = 0
    consumed: int = 0
    size: int = 0
    repeated: list[str] = field(default_factory=list)

    @property
    def articles(self) -> int:
        """All articles that are done with, those of an earlier part of the run included."""
        return self.records + self.rejected


@dataclass(frozen=True, slots=True)
class _Task:
    chunk: Chunk
    name: str
    language: str


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
    workers: int = 1,
    restart: bool = False,
    watch: Callable[[Progress], None] = lambda progress: None,
) -> Progress:
    """Read the articles of ``source`` into ``target``; rejects go beside it.

    A run that was ended early goes on where it stopped, unless ``restart`` is set. ``watch`` is called after
    every few articles. Raises `KatanyaError` where the run as a whole cannot go on.
    """
    _check_paths(source, target)
    _reader(language)  # here as well as in the workers: a missing pack is told once, and at once
    begin = Journal(__version__, language, digest=Place().digest)
    with Output(target, begin, restart=restart) as output:
        journal = output.journal
        with Lines(source, Place(journal.offset, journal.lines, journal.digest)) as lines:
            progress = Progress(journal.records, journal.rejected, size=lines.size)
            progress.resumed = progress.articles
            tasks = (_Task(chunk, source.name, language) for chunk in lines.chunks())
            _drain(ordered(_work, tasks, workers), lines, output, progress, watch)
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
    ids = _Ids(output.parts["records"])
    due = time.monotonic() + CHECKPOINT_SECONDS
    for done in results:
        output.write(done.records, done.rejects)
        progress.records += len(done.ids)
        progress.rejected += done.rejected
        progress.consumed = lines.consumed
        progress.repeated += ids.repeated(done.ids)
        journal = replace(
            journal, offset=done.end.offset, lines=done.end.lines, digest=done.end.digest,
            records=progress.records, rejected=progress.rejected,
        )  # fmt: skip
        if time.monotonic() >= due:
            output.checkpoint(journal)
            due = time.monotonic() + CHECKPOINT_SECONDS
        watch(progress)
    output.checkpoint(journal)


def _work(task: _Task) -> _Done:
    """Read a chunk of lines: runs in a worker, gives bytes back."""
    records, rejects, ids = bytearray(), bytearray(), list[str]()
    rejected = 0
    for outcome in _outcomes(task):
        if isinstance(outcome, Article):
            records += encode.line(outcome)
            ids.append(outcome.id)
        else:
            rejects += encode.line(outcome)
            rejected += 1
    return _Done(task.chunk.end, bytes(records), bytes(rejects), ids, rejected)


def _outcomes(task: _Task) -> Iterator[Article | Rejected]:
    reader = _reader(task.language)
    chunk = task.chunk
    for number, line in enumerate(chunk.lines, chunk.first):
        document = read_line(line, source=task.name, number=number)
        for outcome in reader.pipe([document] if document else []):
            if isinstance(outcome, Rejected):
                outcome = replace(outcome, source=f"{task.name}:{number}")
            yield outcome
    if chunk.broken:
        yield Rejected(f"{task.name}:{chunk.first + len(chunk.lines)}", Reason.UNREADABLE, chunk.broken)


class _Ids:
    """Ids seen so far, those of an earlier part of the run included, as hashes."""

    def __init__(self, part: Path) -> None:
        class Head(msgspec.Struct):
            id: str

        decode = msgspec.json.Decoder(Head).decode
        self._seen: set[int] = set()
        with part.open("rb") as lines:
            for line in lines:
                self.repeated([decode(line).id])

    def repeated(self, ids: list[str]) -> list[str]:
        """Return those of the ids that were there before, and remember all."""
        found = []
        for id in filter(None, ids):
            key = hash(id)
            if key in self._seen:
                found.append(id)
            elif len(self._seen) < IDS_WATCHED:
                self._seen.add(key)
        return found


@cache
def _reader(language: str) -> Reader:
    return Reader(language)


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
    for path in (target, rejects_of(target)):
        if path.exists() and path.samefile(source):
            raise InputError("is the input itself", where=str(path), fix="name another file for the output")
