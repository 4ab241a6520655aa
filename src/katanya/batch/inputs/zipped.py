"""Zip archives of pages, texts and whatever else is an input, and WACZ, which holds WARC files.

An entry that would unpack beyond all measure, or that shares its bytes with another, is refused without being unpacked.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import IO

from katanya.batch.inputs.base import Item, Kind, Manner, Place, Stream
from katanya.batch.inputs.packed import BROKEN, another
from katanya.core.errors import InputError
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import MAX_BYTES

RATIO = 200  # times its packed size: texts and pages come to 20
SMALL = 1 << 20  # bytes that an entry of any ratio may have
MOST = 1_000_000  # entries
FAULTS = (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, *BROKEN)
IN_WACZ = "archive/"  # where WACZ 1.1 keeps its WARC files
# Entries by which a zip archive is one document: Office Open XML, OpenDocument, EPUB.
ONE_DOCUMENT = frozenset(("[Content_Types].xml", "META-INF/manifest.xml", "META-INF/container.xml"))


class Entries:
    """The entries of a zip archive, each opened by its own kind, from a place on."""

    def __init__(self, file: IO[bytes], start: Place, *, folder: str = "") -> None:
        """Go to the place; raises `InputError` where the archive cannot be opened or is not what it was."""
        try:
            self._zip = zipfile.ZipFile(file)
            infos = self._zip.infolist()
        except FAULTS as error:
            raise InputError(f"is no zip archive that can be read: {error}", fix="give a whole one") from error
        if not ONE_DOCUMENT.isdisjoint(info.filename for info in infos):
            raise InputError("is an Office document or an e-book", fix="save it as text, PDF, HTML, or a table as CSV")
        if len(infos) > MOST:
            raise InputError(f"holds {len(infos)} entries", fix=f"{MOST} are read: divide it")
        self._infos = [info for info in infos if _is_wanted(info, folder)]
        self._shared = _shared(infos)
        self._digest = sha256("".join(f"{info.filename} {info.CRC:x} {info.file_size}\n" for info in infos).encode(
            "utf-8", "surrogatepass")).hexdigest()  # fmt: skip
        directory, _, self._inner = start.digest.partition(" ")
        if start.digest and directory != self._digest:
            raise another()
        self._number, self._start = start.entry, start
        self._stream: Stream | None = None

    def items(self) -> Iterator[Item]:
        """Yield the items of all entries, each with the name of its entry."""
        start = replace(self._start, digest=self._inner, entry=0)
        for number in range(self._number, len(self._infos)):
            self._number = number
            yield from self._entry(self._infos[number], start)
            start, self._stream = Place(), None
        self._number = len(self._infos)

    def place(self) -> Place | None:
        """Return the place behind the last item: in its entry, or before the next one."""
        if self._stream is None:
            return Place(digest=self._digest, entry=self._number + 1)
        inner = self._stream.place()
        return inner and replace(inner, digest=f"{self._digest} {inner.digest}", entry=self._number)

    def _entry(self, info: zipfile.ZipInfo, start: Place) -> Iterator[Item]:
        from katanya.batch.inputs.kinds import kind_of, opened  # which know this kind as well

        name = info.filename
        fault = self._fault(info)
        if fault is not None:
            yield Item(0, entry=name, fault=fault)
            return
        try:
            with self._zip.open(info) as file:
                kind = kind_of(name, file)
                if _is_single(kind):
                    yield _whole(file.read(MAX_BYTES + 1), name, kind)
                elif kind.name in (ZIP.name, WACZ.name):
                    yield Item(0, entry=name, fault=(Reason.UNREADABLE, "an archive within an archive"))
                else:
                    self._stream = opened(kind, file, start, name)
                    for item in self._stream.items():
                        within = f"{name}/{item.entry}" if item.entry else name  # what is attached to a letter
                        yield replace(item, entry=within, kind=item.kind or kind.name)
        except (*FAULTS, InputError) as error:
            self._stream = None
            told = error.what if isinstance(error, InputError) else f"cannot be unpacked: {error}"
            yield Item(0, entry=name, fault=(Reason.UNREADABLE, told))

    def _fault(self, info: zipfile.ZipInfo) -> tuple[Reason, str] | None:
        from katanya.batch.inputs.kinds import by_ending

        if info.flag_bits & 1:
            return Reason.UNREADABLE, "is locked by a password"
        if info.header_offset in self._shared:
            return Reason.UNREADABLE, "shares its bytes with another entry"
        if info.file_size > max(SMALL, RATIO * info.compress_size):
            return Reason.TOO_LARGE, f"{info.compress_size} bytes that unpack to {info.file_size}"
        kind = by_ending(info.filename)
        if (kind is None or _is_single(kind)) and info.file_size > MAX_BYTES:
            return Reason.TOO_LARGE, f"{info.file_size} bytes, {MAX_BYTES} are read"
        return None


def _is_single(kind: Kind) -> bool:
    return kind.open is None and kind.table is None


def _whole(data: bytes, name: str, kind: Kind) -> Item:
    if len(data) > MAX_BYTES:
        return Item(0, entry=name, fault=(Reason.TOO_LARGE, f"more than the {MAX_BYTES} bytes that are read"))
    return Item(0, data, name, kind.name)


def _is_wanted(info: zipfile.ZipInfo, folder: str) -> bool:
    parts = info.filename.split("/")
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return not info.is_dir() and not hidden and info.filename.startswith(folder)


def _shared(infos: list[zipfile.ZipInfo]) -> set[int]:
    """Return where the headers of entries stand whose bytes are also another's: so bombs are built."""
    found, end, last = set[int](), -1, -1
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            found |= {last, info.header_offset}
        elif info.header_offset == last:
            found.add(last)
        behind = info.header_offset + 30 + info.compress_size
        if behind > end:
            end, last = behind, info.header_offset
    return found


def _wacz(file: IO[bytes], start: Place) -> Entries:
    return Entries(file, start, folder=IN_WACZ)


def _read(item: Item, source: str, manner: Manner) -> Document | Rejected | None:
    raise AssertionError("each entry is read by its own kind")


ZIP = Kind("zip", _read, Entries, endings=(".zip",), starts=(b"PK\x03\x04", b"PK\x05\x06"), gathered=True)
WACZ = Kind("wacz", _read, _wacz, endings=(".wacz",), gathered=True)
