"""Items of an input as articles or reasons: what every worker does, whatever becomes of it then."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import ParamSpec, TypeVar

from katanya.api import Reader
from katanya.batch.inputs.base import Chunk, Item, Manner
from katanya.batch.inputs.kinds import named
from katanya.batch.inputs.opened import Input
from katanya.batch.limits import TookTooLong, within
from katanya.core.errors import KatanyaError
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Article, Document
from katanya.core.settings import MAX_SECONDS
from katanya.core.values import ArticleValues
from katanya.learned.store import model_folder
from katanya.learned.weights import MANIFEST
from katanya.readers.columns import Said
from katanya.readers.names import stem

KILLED = (Reason.FAILED, "the process that read it was killed, again and again")

Outcome = TypeVar("Outcome", Article, ArticleValues)
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
Pipe = Callable[[Iterable[Document | Rejected]], Iterator[Outcome | Rejected]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the caller says about the manner of reading; None leaves it to the kind of the input."""

    bulk: bool | None = None
    check_language: bool | None = None
    said: Said = ()  # of the columns of tables
    link_copies: bool | None = None

    def manner(self, language: str, opened: Input) -> Manner:
        """Return the manner in which an input is read; in bulk by itself only where that can be."""
        bulk = opened.gathered and find_spec("resiliparse") is not None if self.bulk is None else self.bulk
        check = opened.gathered if self.check_language is None else self.check_language
        return Manner(language, bulk, check, opened.gathered if self.link_copies is None else self.link_copies)

    @property
    def told(self) -> str:
        """The same in words, to tell one run from another."""
        choices = "".join("-" if choice is None else str(int(choice)) for choice in (self.bulk, self.check_language))
        return " ".join((choices, *(f"{field}={name}" for field, name in self.said)))


@dataclass(frozen=True, slots=True)
class Task:
    """Some items of the input of some name and kind, and what they are to be read with; ``model`` is `Reader`'s."""

    chunk: Chunk
    name: str
    kind: str
    manner: Manner
    model: str | Path | None
    source: str = ""  # the whole path
    fresh: bool = False  # they are the first of their input


def parts(task: Task) -> list[Task]:
    """Return a task for each item: what a task is cut into whose worker was killed."""
    return [replace(task, chunk=Chunk([item], task.chunk.end)) for item in task.chunk.items]


def blamed(task: Task) -> Task:
    """Return a task of one item with the reason why that is not read."""
    (item,) = task.chunk.items
    return replace(task, chunk=Chunk([replace(item, data=b"", fault=KILLED)], task.chunk.end))


def outcomes(task: Task) -> Iterator[Article | Rejected]:
    """Read the items of a task: an article or the reason why not for each that is not blank."""
    return _outcomes(task, reader(task.manner.language, task.model).pipe)


def values(task: Task) -> Iterator[ArticleValues | Rejected]:
    """Read the values in the items of a task, as `outcomes` reads their statements."""
    return _outcomes(task, reader(task.manner.language, task.model).pipe_values)


def document_of(task: Task, item: Item) -> Document | Rejected | None:
    """Return what is to be read of an item; None where it is blank."""
    where = place_of(task.name, item)
    if item.fault is not None:
        return Rejected(where, *item.fault)
    try:
        with within():
            document = named(item.kind or task.kind).read(item, item.entry or task.name, task.manner)
    except TookTooLong:
        return _late(where)
    except KatanyaError:
        raise
    except Exception as error:  # one item that nobody foresaw must not end a run over millions
        return Rejected(where, Reason.FAILED, f"{type(error).__name__}: {error}"[:300])
    return replace(document, source=where) if isinstance(document, Rejected) else document


def place_of(name: str, item: Item) -> str:
    """Return where an item stands, in words: ``news.jsonl:3``, ``crawl.wacz/archive/data.warc.gz:5120``."""
    entry = f"/{item.entry}" if item.entry else ""
    return f"{name}{entry}:{item.at}" if item.at else f"{name}{entry}"


def made_up(name: str, item: Item) -> tuple[str, ...]:
    """Return the ids that an article without one of its own is given: they do not tell one from another."""
    return tuple(id for source in (item.entry or name, name) for id in (stem(source), f"{stem(source)}:{item.at}"))


def read(document: Document | Rejected, reader: Reader, source: str) -> Article | Rejected:
    """Read an article; a reason why not names its ``source``."""
    return _read(document, reader.pipe, source)


def in_time(
    function: Callable[Arguments, Result], *args: Arguments.args, **more: Arguments.kwargs
) -> Result | Rejected:
    """Return what a reader makes of its arguments, or that it takes too long; ``source`` is among them."""
    try:
        with within():
            return function(*args, **more)
    except TookTooLong:
        return _late(str(more["source"]))


def _outcomes(task: Task, pipe: Pipe[Outcome]) -> Iterator[Outcome | Rejected]:
    for item in task.chunk.items:
        document = document_of(task, item)
        if document is not None:
            yield _read(document, pipe, place_of(task.name, item))


def _read(document: Document | Rejected, pipe: Pipe[Outcome], source: str) -> Outcome | Rejected:
    try:
        with within():
            (outcome,) = pipe([document])
    except TookTooLong:
        return _late(source)
    return replace(outcome, source=source) if isinstance(outcome, Rejected) else outcome


def _late(source: str) -> Rejected:
    return Rejected(source, Reason.FAILED, f"not done after {MAX_SECONDS:.0f} seconds of the processor")


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
