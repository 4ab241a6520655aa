"""Lines of a file as articles or reasons: what every worker does, whatever becomes of it then."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from katanya.api import Reader
from katanya.batch.lines import Chunk
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Article, Document
from katanya.core.values import ArticleValues
from katanya.learned.store import model_folder
from katanya.learned.weights import MANIFEST
from katanya.readers import read_line

Outcome = TypeVar("Outcome", Article, ArticleValues)
Pipe = Callable[[Iterable[Document | Rejected]], Iterator[Outcome | Rejected]]


@dataclass(frozen=True, slots=True)
class Task:
    """Some lines of a file, and what they are to be read with; ``model`` is that of `Reader`."""

    chunk: Chunk
    name: str
    language: str
    model: str | Path | None

    @property
    def numbered(self) -> Iterator[tuple[int, bytes]]:
        """The lines with their numbers."""
        return enumerate(self.chunk.lines, self.chunk.first)

    @property
    def broken(self) -> tuple[int, Rejected] | None:
        """Where and why the file ends before its end, if it does."""
        number = self.chunk.first + len(self.chunk.lines)
        reason = self.chunk.broken
        return (number, Rejected(f"{self.name}:{number}", Reason.UNREADABLE, reason)) if reason else None


def outcomes(task: Task) -> Iterator[Article | Rejected]:
    """Read the lines of a task: an article or the reason why not for each that is not blank."""
    return _outcomes(task, reader(task.language, task.model).pipe)


def values(task: Task) -> Iterator[ArticleValues | Rejected]:
    """Read the values in the lines of a task, as `outcomes` reads their statements."""
    return _outcomes(task, reader(task.language, task.model).pipe_values)


def outcome_of(task: Task, number: int, line: bytes) -> Article | Rejected | None:
    """Read the article of one line; None where the line is blank."""
    document = read_line(line, source=task.name, number=number)
    return read(document, reader(task.language, task.model), f"{task.name}:{number}") if document else None


def read(document: Document | Rejected, reader: Reader, source: str) -> Article | Rejected:
    """Read an article; a reason why not names its ``source``."""
    return _read(document, reader.pipe, source)


def _outcomes(task: Task, pipe: Pipe[Outcome]) -> Iterator[Outcome | Rejected]:
    for number, line in task.numbered:
        document = read_line(line, source=task.name, number=number)
        if document is not None:
            yield _read(document, pipe, f"{task.name}:{number}")
    if task.broken:
        yield task.broken[1]


def _read(document: Document | Rejected, pipe: Pipe[Outcome], source: str) -> Outcome | Rejected:
    (outcome,) = pipe([document])
    return replace(outcome, source=source) if isinstance(outcome, Rejected) else outcome


@cache
def reader(language: str, model: str | Path | None) -> Reader:
    """Return the reader of this process; raises `PackError` or `ModelError`."""
    return Reader(language, model=model)


def model_digest(model: str | Path | None) -> str:
    """Return what tells one model from another: a hash of its manifests, which hold those of all its files."""
    if model is None:
        return "none"
    manifests = sorted(model_folder(model).rglob(MANIFEST))
    return sha256(b"".join(path.read_bytes() for path in manifests)).hexdigest()
