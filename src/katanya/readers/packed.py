"""Gzip, unpacked no further than a limit: a few bytes can unpack to many millions."""

import gzip
import io
import zlib

GZIP = b"\x1f\x8b"
BROKEN = (EOFError, zlib.error, gzip.BadGzipFile)


def unpack(data: bytes, limit: int) -> tuple[bytes, str]:
    """Return what can be unpacked, at most one byte more than ``limit``, and the fault that ended it."""
    unpacked = bytearray()
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
        try:
            while len(unpacked) <= limit and (block := stream.read1(1 << 20)):
                unpacked += block
        except BROKEN as error:
            return bytes(unpacked[: limit + 1]), f"gzip breaks off after {len(unpacked)} bytes: {error}"
    return bytes(unpacked[: limit + 1]), ""
