"""Letters, one a file or many in an mbox, each followed by what is attached to it."""

from collections.abc import Iterator
from hashlib import sha256
from typing import IO

from katanya.batch.inputs.base import Item, Kind, Manner, Place
from katanya.batch.inputs.packed import BROKEN, another, unpacked
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import MAX_BYTES
from katanya.readers import letters
from katanya.readers.language import refused
from katanya.readers.names import stem

BLOCK = 1 << 20
KINDS = {letters.LETTER: "eml", "text": "text", "html": "html", "pdf": "pdf", "": ""}  # of parts, in this room


class Letters:
    """The letters of an mbox from a place on, by their numbers; the part before it must be what it was.

    A place lies before a letter; behind its digest stands how many parts of that are taken.
    """

    def __init__(self, file: IO[bytes], start: Place) -> None:
        """Go to the place; raises `InputError` where the file is not the one that was begun."""
        self._letters = enumerate(letters.letters(unpacked(file)), 1)
        self._hash, self._items, self._number = sha256(), start.items, 0
        digest, _, taken = start.digest.partition(":")
        self._offset, self._taken = start.offset, int(taken or 0)
        self._waiting: tuple[int, tuple[int, bytes]] | None = None
        if digest:
            self._skip(start.offset, digest)

    def items(self) -> Iterator[Item]:
        """Yield each letter, then its parts; then why the file ends before its end, where it does."""
        try:
            while (found := self._waiting or next(self._letters, None)) is not None:
                self._number, (self._offset, letter) = found
                self._taken, self._waiting, already = 0, None, self._taken if self._waiting else 0
                yield from self._parts(letter, already)
                self._hash.update(letter)
        except BROKEN as error:
            told = f"the compressed file breaks off or is damaged from here on: {error}"
            yield Item(self._number + 1, fault=(Reason.UNREADABLE, told))

    def place(self) -> Place:
        """Return the place in the letter of which something was yielded last."""
        return Place(self._offset, self._items, f"{self._hash.hexdigest()}:{self._taken}")

    def _parts(self, letter: bytes, already: int) -> Iterator[Item]:
        for number, item in enumerate(_items(letter, self._number), 1):
            self._taken = number
            if number > already:
                self._items += 1
                yield item

    def _skip(self, start: int, digest: str) -> None:
        """Go to the letter of a place; raises `InputError` where there is none, or another before it."""
        try:
            for number, (offset, letter) in self._letters:
                if offset >= start:
                    self._waiting = number, (offset, letter)
                    break
                self._hash.update(letter)
        except BROKEN:
            raise another() from None
        if self._waiting is None or self._waiting[1][0] != start or self._hash.hexdigest() != digest:
            raise another()


class Letter:
    """A file that is one letter: it and its parts, from a place on."""

    def __init__(self, file: IO[bytes], start: Place) -> None:
        """Look how much of it is taken; raises `InputError` where it is not the file that was."""
        try:
            self._data = unpacked(file).read(MAX_BYTES + 1)
        except BROKEN:
            self._data = b""
        self._digest, self._taken = sha256(self._data).hexdigest(), start.items
        if start.digest and start.digest != self._digest:
            raise another()

    def items(self) -> Iterator[Item]:
        """Yield the letter, then its parts."""
        for number, item in enumerate(_items(self._data, 0), 1):
            if number > self._taken:
                self._taken = number
                yield item

    def place(self) -> Place:
        """Return the place behind the part that was yielded last."""
        return Place(len(self._data), self._taken, self._digest)


def _items(letter: bytes, number: int) -> Iterator[Item]:
    yield Item(number, letter)
    for part in letters.parts(letter):
        yield Item(number, part.data, part.name, KINDS[part.kind], part.fault)


def _read(item: Item, source: str, manner: Manner) -> Document | Rejected | None:
    """Read what one letter says."""
    made_up = stem(item.entry or source)
    document = letters.read_letter(
        item.data, source=source, made_up=f"{made_up}:{item.at}" if item.at else made_up, language=manner.language
    )
    return refused(document, source, manner.language) if manner.check_language else document


def _looks(head: bytes) -> bool:
    return letters.is_letter(head.decode("utf-8", "replace"))


def _packed(ending: str) -> tuple[str, ...]:
    return tuple(ending + packed for packed in ("", ".gz", ".zst"))


LETTER = Kind("eml", _read, Letter, endings=_packed(".eml"), looks=_looks)
MBOX = Kind("mbox", _read, Letters, endings=_packed(".mbox"), starts=(letters.BOUNDARY,))
