"""The input of a run, in chunks of lines that know their place, so that a run can go on where it stopped."""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from katanya.core.errors import InputError
from katanya.core.settings import MAX_LINE

CHUNK_LINES = 32
CHUNK_BYTES = 1 << 20
BLOCK = 1 << 20
GZIP = b"\x1f\x8b"
UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Place:
    """How far the input is read: bytes after decompression, lines, and the SHA-256 of all of it so far."""

    offset: int = 0
    lines: int = 0
    digest: str = sha256().hexdigest()


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some lines in a row: the number of the first, the lines, and the place after the last.

    A line longer than `MAX_LINE` is cut to one byte more than that. ``broken`` says why the input ends here
    before its end, where it does.
    """

    first: int
    lines: list[bytes]
    end: Place
    broken: str = ""


class Lines:
    """A file of lines, plain or gzip, read from a place on; the part before it must be what it was."""

    def __init__(self, path: Path, start: Place) -> None:
        """Open the file; raises `InputError` where it cannot be opened or is not the file that was begun."""
        self.path = path
        self._raw, self._stream = _open(path)
        self.size = path.stat().st_size
        self._hash = sha256()
        self._offset, self._lines = start.offset, start.lines
        self._skip(start)

    def __enter__(self) -> "Lines":
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()
        self._raw.close()

    @property
    def consumed(self) -> int:
        """How many bytes of the file itself are read, for a bar of progress."""
        return self._raw.tell()

    def chunks(self) -> Iterator[Chunk]:
        """Yield the rest of the file in chunks."""
        first, lines, size = self._lines + 1, list[bytes](), 0
        broken = ""
        try:
            for line in self._read():
                lines.append(line)
                size += len(line)
                if len(lines) >= CHUNK_LINES or size >= CHUNK_BYTES:
                    yield Chunk(first, lines, self._place())
                    first, lines, size = self._lines + 1, [], 0
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            broken = f"the compressed file breaks off or is damaged from here on: {error}"
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", where=str(self.path)) from error
        if lines or broken:
            yield Chunk(first, lines, self._place(), broken)

    def _read(self) -> Iterator[bytes]:
        while line := self._stream.readline(MAX_LINE + 1):
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

    def _place(self) -> Place:
        return Place(self._offset, self._lines, self._hash.hexdigest())

    def _skip(self, start: Place) -> None:
        left = start.offset
        try:
            while left and (data := self._stream.read(min(left, BLOCK))):
                self._hash.update(data)
                left -= len(data)
        except (EOFError, OSError, zlib.error):
            left = -1
        if left or self._hash.hexdigest() != start.digest:
            raise InputError("the input is not the one that this run was begun with", where=str(self.path),
                             fix="give the same file, or --restart to begin anew")


def _open(path: Path) -> tuple[IO[bytes], IO[bytes]]:
    """Return the file itself and the stream of its content; a gzip file is known by its first bytes."""
    try:
        raw = path.open("rb")
        head = raw.read(2)
        raw.seek(0)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path),
                         fix="give a file of JSON lines, plain or gzip") from error
    if head in UTF16:
        raw.close()
        raise InputError("is UTF-16, JSON lines are UTF-8", where=str(path), fix="iconv -f UTF-16 -t UTF-8")
    return raw, gzip.GzipFile(fileobj=raw) if head == GZIP else raw  # type: ignore[return-value]
