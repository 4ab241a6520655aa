"""Files of JSON lines, plain or packed: an article a line."""

from collections.abc import Iterator
from hashlib import sha256
from typing import IO

from katanya.batch.inputs.base import Item, Kind, Manner, Place
from katanya.batch.inputs.packed import BROKEN, BROKEN_OFF, another, unpacked
from katanya.core.errors import InputError
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import MAX_LINE
from katanya.readers import read_line

BLOCK = 1 << 20
UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Lines:
    """A file of lines, plain, gzip or Zstandard, from a place on; the part before it must be what it was.

    A line longer than `MAX_LINE` is cut to one byte more than that.
    """

    def __init__(self, file: IO[bytes], start: Place) -> None:
        """Go to the place; raises `InputError` where the file is not the one that was begun, or is UTF-16."""
        self._stream = unpacked(file)
        self._hash = sha256()
        self._offset, self._lines = start.offset, start.items
        self._told = start.digest.endswith(BROKEN_OFF)
        if start.digest:
            self._skip(start)

    def items(self) -> Iterator[Item]:
        """Yield the lines, then why the file ends before its end, where it does."""
        try:
            for line in self._read():
                self._told = False
                yield Item(self._lines, line)
        except BROKEN as error:
            if self._told:
                return
            self._told = True
            told = f"the compressed file breaks off or is damaged from here on: {error}"
            yield Item(self._lines + 1, fault=(Reason.UNREADABLE, told))

    def place(self) -> Place:
        """Return the place behind the last line."""
        return Place(self._offset, self._lines, self._hash.hexdigest() + BROKEN_OFF * self._told)

    def _read(self) -> Iterator[bytes]:
        while line := self._stream.readline(MAX_LINE + 1):
            if not self._offset and line.startswith(UTF16):
                raise InputError("is UTF-16, JSON lines are UTF-8", fix="iconv -f UTF-16 -t UTF-8")
            self._take(line)
            rest = line
            while len(rest) > MAX_LINE and not rest.endswith(b"\n"):
                rest = self._stream.readline(MAX_LINE + 1)
                self._take(rest)
            self._lines += 1
            yield line

    def _take(self, data: bytes) -> None:
        self._hash.update(data)
        self._offset += len(data)

    def _skip(self, start: Place) -> None:
        left = start.offset
        try:
            while left and (data := self._stream.read(min(left, BLOCK))):
                self._hash.update(data)
                left -= len(data)
        except (*BROKEN, OSError):
            left = -1
        if left or self._hash.hexdigest() != start.digest.removesuffix(BROKEN_OFF):
            raise another()


def read(item: Item, source: str, manner: Manner) -> Document | Rejected | None:
    """Read the article of one line."""
    return read_line(item.data, source=source, number=item.at)


KIND = Kind(
    "jsonl", read, Lines,
    endings=tuple(name + packed for name in (".jsonl", ".ndjson") for packed in ("", ".gz", ".zst")),
    starts=(b"{", b"\xef\xbb\xbf{"),
)  # fmt: skip
