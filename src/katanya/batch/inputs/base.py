"""What every kind of input comes down to: items that know where they stand, and a place up to which they were taken."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any, Protocol

from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import LANGUAGE
from katanya.readers.columns import Said

CHUNK_ITEMS = 32
CHUNK_BYTES = 1 << 20
ROW = CHUNK_BYTES // CHUNK_ITEMS  # what a row of a table counts for


@dataclass(frozen=True, slots=True)
class Place:
    """How far an input is read, in the measure of its kind.

    ``offset`` is bytes (after decompression, where nothing can be skipped) or rows, in the entry of number ``entry``
    where the input is an archive of several; ``items`` counts those taken. ``digest`` tells whether all before it is
    what it was.
    """

    offset: int = 0
    items: int = 0
    digest: str = ""
    entry: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One article to be, unread: what it holds, and where it stands.

    ``at`` is its line, its row or the offset of its record in bytes; 0 is the input, or its ``entry``, as a whole.
    ``data`` is bytes, or what else a worker can be handed. ``kind`` is that of the entry where it is another than the
    input's. ``fetched`` is when it came from the web, in ISO 8601. Where ``fault`` says why nothing can be read here,
    there is no data.
    """

    at: int
    data: Any = b""
    entry: str = ""
    kind: str = ""
    fault: tuple[Reason, str] | None = None
    fetched: str | None = None

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return len(self.data) if isinstance(self.data, bytes) else ROW


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some items in a row, and the place after the last."""

    items: list[Item]
    end: Place


@dataclass(frozen=True, slots=True)
class Manner:
    """How items are read: for which language, pages in bulk or precisely, whether other languages are turned away.

    With ``link_copies`` copies of articles are looked for, where they are filed.
    """

    language: str = LANGUAGE
    bulk: bool = False
    check_language: bool = False
    link_copies: bool = False


class Stream(Protocol):
    """An opened input: its items from a place on."""

    def items(self) -> Iterator[Item]:
        """Yield the items; what is damaged is an item with a fault, never an error."""

    def place(self) -> Place | None:
        """Return the place behind the item that was yielded last; ``None`` where nobody can go on from there."""


Opener = Callable[[IO[bytes], Place], Stream]
Read = Callable[[Item, str, Manner], Document | Rejected | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of input: how it is known, opened and read.

    ``open`` takes the file and where to go on; it raises `InputError` where what stands before is not what it was, or
    the file is nothing for this kind. ``None`` is a file that is one item. ``read`` makes an item (without fault) of
    the input of some name a document; it gives None where there is nothing to be read, as in a blank line, and runs in
    workers. ``starts`` are first bytes after decompression, for files whose names tell nothing; ``looks`` tells by the
    beginning whether a file is of this kind, for those and for what is called a text. ``table`` opens a table in place
    of ``open``: it is told the file's name and what is said of its columns, too. ``gathered`` are articles that nobody
    has chosen: other languages are set aside, copies linked, pages read in bulk.
    """

    name: str
    read: Read
    open: Opener | None = None
    endings: tuple[str, ...] = ()
    starts: tuple[bytes, ...] = ()
    looks: Callable[[bytes], bool] = lambda head: False
    table: Callable[[IO[bytes], Place, str, Said], Stream] | None = None
    gathered: bool = False


def chunks(stream: Stream) -> Iterator[Chunk]:
    """Yield the items of a stream in chunks of about as much work and memory each."""
    items, size = list[Item](), 0
    for item in stream.items():
        items.append(item)
        size += item.size
        if len(items) >= CHUNK_ITEMS or size >= CHUNK_BYTES:
            end = stream.place()
            if end is not None:
                yield Chunk(items, end)
                items, size = [], 0
    if items:
        yield Chunk(items, stream.place() or Place())
