"""A file through a window that slides forward, knows where it stands, and digests all that it leaves behind."""

import re
from hashlib import sha256
from typing import IO

from katanya.batch.inputs.base import Place
from katanya.batch.inputs.packed import BROKEN, BROKEN_OFF, another

BLOCK = 1 << 16
SKIPPED = 1 << 20
KEPT = 32


class Window:
    """What of a file lies between ``offset`` and as far as was looked."""

    def __init__(self, file: IO[bytes], start: Place) -> None:
        """Open the window at a place; raises `InputError` where what lies before it is not what it was."""
        self._file = file
        self._hash = sha256()
        self.buffer = bytearray()
        self.offset = start.offset
        self.fault = ""  # why nothing more can be unpacked
        if start.digest:
            self._skip(start)

    @property
    def digest(self) -> str:
        """SHA-256 of all that lies before the window."""
        return self._hash.hexdigest()

    def __len__(self) -> int:
        return len(self.buffer)

    def look(self) -> bool:
        """Look further; tell whether there was anything more."""
        try:
            data = b"" if self.fault else _some(self._file, BLOCK)
        except BROKEN as error:
            self.fault, data = str(error), b""
        self.buffer += data
        return bool(data)

    def reach(self, size: int) -> bool:
        """Look until the window is so many bytes long; tell whether the file is."""
        while len(self.buffer) < size:
            if not self.look():
                return False
        return True

    def leave(self, size: int) -> None:
        """Leave so many bytes behind."""
        self._hash.update(memoryview(self.buffer)[:size])
        del self.buffer[:size]
        self.offset += size

    def find(self, pattern: "re.Pattern[bytes]", start: int) -> bool:
        """Leave all behind up to a pattern of fewer bytes than `KEPT` that begins at ``start`` or later; or all."""
        self.leave(min(start, len(self.buffer)))
        while (found := pattern.search(self.buffer)) is None:
            self.leave(max(0, len(self.buffer) - KEPT))
            if not self.look():
                self.leave(len(self.buffer))
                return False
        self.leave(found.start())
        return True

    def _skip(self, start: Place) -> None:
        left = start.offset
        try:
            while left and (data := _some(self._file, min(left, SKIPPED))):
                self._hash.update(data)
                left -= len(data)
        except BROKEN:
            left = -1
        if left or self.digest != start.digest.removesuffix(BROKEN_OFF):
            raise another()


def _some(file: IO[bytes], size: int) -> bytes:
    """Read what comes next: a packed file that breaks off gives what it can before it says so."""
    return bytes(file.read1(size)) if hasattr(file, "read1") else file.read(size)
