"""Exports of news archives in plain text: many articles in one file, each by its offset in bytes."""

from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from typing import IO, Protocol

from katanya.batch.inputs.base import Item, Kind, Manner, Place
from katanya.batch.inputs.packed import BROKEN, another, unpacked
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.readers.exports import Piece
from katanya.readers.factiva import factiva_pieces, is_factiva, read_factiva
from katanya.readers.language import refused
from katanya.readers.nexis import is_nexis, nexis_pieces, read_nexis


class Pieces:
    """The articles of an export from a place on; those before must be what they were."""

    def __init__(self, cut: Callable[[IO[bytes]], Iterator[Piece]], file: IO[bytes], start: Place) -> None:
        """Go to the place; raises `InputError` where the file is not the one that was begun."""
        self._pieces = cut(unpacked(file))
        self._hash, self._end, self._items = sha256(), 0, 0
        try:
            while self._items < start.items and self._next() is not None:
                pass
        except BROKEN:
            raise another() from None
        if start.digest and self._hash.hexdigest() != start.digest:
            raise another()

    def items(self) -> Iterator[Item]:
        """Yield the articles, then why the file ends before its end, where it does."""
        try:
            while (piece := self._next()) is not None:
                yield Item(piece.offset, piece.data)
        except BROKEN as error:
            told = f"the compressed file breaks off or is damaged from here on: {error}"
            yield Item(self._end, fault=(Reason.UNREADABLE, told))

    def place(self) -> Place:
        """Return the place behind the last article."""
        return Place(self._end, self._items, self._hash.hexdigest())

    def _next(self) -> Piece | None:
        piece = next(self._pieces, None)
        if piece is not None:
            self._hash.update(piece.data)
            self._end, self._items = piece.offset + len(piece.data), self._items + 1
        return piece


class _Reader(Protocol):
    def __call__(self, data: bytes, *, source: str, offset: int, language: str) -> Document | Rejected: ...


def _read(read: _Reader, item: Item, source: str, manner: Manner) -> Document | Rejected | None:
    """Read one article."""
    document = read(item.data, source=source, offset=item.at, language=manner.language)
    return refused(document, source, manner.language) if manner.check_language else document


def _looks(is_export: Callable[[str], bool], head: bytes) -> bool:
    return is_export(head.decode("utf-8", "replace"))


def _kind(
    name: str, read: _Reader, cut: Callable[[IO[bytes]], Iterator[Piece]], looks: Callable[[str], bool]
) -> Kind:
    return Kind(name, partial(_read, read), partial(Pieces, cut), looks=partial(_looks, looks))


FACTIVA = _kind("factiva", read_factiva, factiva_pieces, is_factiva)
NEXIS = _kind("nexis", read_nexis, nexis_pieces, is_nexis)
