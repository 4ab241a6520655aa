"""A file that is one text or one page."""

from collections.abc import Iterator
from hashlib import sha256
from typing import IO

from katanya.batch.inputs.base import Item, Kind, Manner, Place, Read
from katanya.batch.inputs.packed import another
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import MAX_BYTES
from katanya.readers import read_bytes
from katanya.readers.detect import PAGE_NAMES


class Whole:
    """A file that is one item: taken, or not."""

    def __init__(self, file: IO[bytes], start: Place) -> None:
        """Look whether it is taken already; raises `InputError` where it is not the file that was."""
        self._data = file.read(MAX_BYTES + 1)
        self._digest = sha256(self._data).hexdigest()
        self._taken = start.items
        if start.digest and start.digest != self._digest:
            raise another()

    def items(self) -> Iterator[Item]:
        """Yield the file, unless it is taken."""
        if not self._taken:
            self._taken = 1
            large = len(self._data) > MAX_BYTES
            fault = (Reason.TOO_LARGE, f"more than the {MAX_BYTES} bytes that are read") if large else None
            yield Item(0, b"" if large else self._data, fault=fault)

    def place(self) -> Place:
        """Return the place behind the file."""
        return Place(len(self._data), self._taken, self._digest)


def _as(kind: str | None, *, bulk: bool = False) -> Read:
    """Return what reads an item as a page, a text and so on, by its first bytes where no kind is named."""

    def read(item: Item, source: str, manner: Manner) -> Document | Rejected | None:
        return read_bytes(
            item.data, source=item.entry or source, kind=kind, language=manner.language,
            check_language=manner.check_language, bulk=bulk and manner.bulk,
        )  # fmt: skip

    return read


def _packed(*endings: str) -> tuple[str, ...]:
    return tuple(ending + packed for ending in endings for packed in ("", ".gz"))


PAGE = Kind("html", _as("html", bulk=True), endings=_packed(*PAGE_NAMES))
TEXT = Kind("text", _as("text"), endings=_packed(".txt"))
PDF = Kind("pdf", _as("pdf"), endings=_packed(".pdf"), starts=(b"%PDF-",))
ANY = Kind("file", _as(None, bulk=True))  # a page or a text, by its first bytes
