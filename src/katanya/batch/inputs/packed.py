"""Packed files as streams: gzip and Zstandard are known by their first bytes, whatever the name says."""

import gzip
import io
import zlib
from typing import IO, cast

from katanya.core.errors import InputError

GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
WINDOW = 1 << 27  # bytes that a Zstandard frame may ask for
BLOCK = 1 << 18
BITE = 1 << 10  # bytes of a Zstandard file that are unpacked at once: each four may become 128 KiB


class PackedError(Exception):
    """A packed file breaks off or is damaged."""


BROKEN = (EOFError, gzip.BadGzipFile, zlib.error, PackedError)


def unpacked(file: IO[bytes]) -> IO[bytes]:
    """Return the stream of a file's content; one that is not packed is its own stream."""
    head = file.read(4)
    file.seek(0)
    if head.startswith(GZIP):
        return cast(IO[bytes], gzip.GzipFile(fileobj=file))
    if head == ZSTD:
        return cast(IO[bytes], io.BufferedReader(_Zstandard(file), BLOCK))
    return file


def beginning(file: IO[bytes], size: int) -> bytes:
    """Return the first bytes of a file's content, as far as they can be unpacked; the file stands at its start then."""
    try:
        return unpacked(file).read(size)
    except (*BROKEN, OSError):
        return b""
    finally:
        file.seek(0)


BROKEN_OFF = "!"  # behind the digest of a place where a packed file breaks off, and that was told


def another() -> InputError:
    """Return what is raised where an input is not the one that a run was begun with."""
    return InputError("the input is not the one that this run was begun with",
                      fix="give the same file, or --restart to begin anew")


class _Zstandard(io.RawIOBase):
    """The content of a file of Zstandard frames; one that breaks off or is damaged raises `PackedError`."""

    def __init__(self, file: IO[bytes]) -> None:
        import zstandard

        self._error = zstandard.ZstdError
        self._new = zstandard.ZstdDecompressor(max_window_size=WINDOW).decompressobj
        self._frame = self._new()
        self._file, self._rest, self._content = file, b"", memoryview(b"")
        self._begun = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._content:
            data = self._rest or self._file.read(BITE)
            self._rest = b""
            if not data:
                if self._begun:
                    raise PackedError("the last Zstandard frame is not whole")
                return 0
            self._unpack(data)
        taken = self._content[: len(buffer)]
        buffer[: len(taken)] = taken
        self._content = self._content[len(taken) :]
        return len(taken)

    def _unpack(self, data: bytes) -> None:
        self._begun = True
        try:
            self._content = memoryview(self._frame.decompress(data))
        except self._error as error:
            raise PackedError(str(error)) from error
        if self._frame.eof:
            self._rest = self._frame.unused_data
            self._frame, self._begun = self._new(), False
