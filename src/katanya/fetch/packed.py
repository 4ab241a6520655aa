"""Contents as servers pack them, unpacked no further than a limit: a few bytes can unpack to many millions."""

import io
import zlib

LIMIT_OF_WINDOW = 1 << 27  # bytes that a Zstandard frame may ask for
ENCODINGS = "gzip, deflate, br, zstd"


class PackedError(Exception):
    """What a server sent does not unpack."""


def unpack(data: bytes, encodings: str, limit: int) -> bytes:
    """Unpack a body by its Content-Encoding, to at most one byte more than ``limit``; raises `PackedError`."""
    names = [name.strip().lower() for name in encodings.split(",") if name.strip()]
    if len(names) > 2:
        raise PackedError(f"packed {len(names)} times")
    for name in reversed(names):
        if name == "identity" or not data:
            continue
        try:
            data = _unpack(data, name, limit)
        except PackedError:
            raise
        except Exception as error:  # each library has errors of its own
            raise PackedError(f"{name} does not unpack: {error}") from error
    return data


def _unpack(data: bytes, name: str, limit: int) -> bytes:
    if name in ("gzip", "x-gzip"):
        return _inflate(data, zlib.MAX_WBITS | 16, limit)
    if name == "deflate":  # with the header that it ought to have, or bare
        try:
            return _inflate(data, zlib.MAX_WBITS, limit)
        except zlib.error:
            return _inflate(data, -zlib.MAX_WBITS, limit)
    if name == "br":
        return _unbrotli(data, limit)
    if name == "zstd":
        import zstandard

        decompressor = zstandard.ZstdDecompressor(max_window_size=LIMIT_OF_WINDOW)
        with decompressor.stream_reader(io.BytesIO(data), read_across_frames=True) as stream:
            return bytes(stream.read(limit + 1))
    raise PackedError(f"packed as '{name}'")


def _inflate(data: bytes, window: int, limit: int) -> bytes:
    decompressor = zlib.decompressobj(window)
    unpacked = decompressor.decompress(data, limit + 1)
    if not decompressor.eof and len(unpacked) <= limit:
        raise PackedError(f"breaks off after {len(unpacked)} bytes")
    return unpacked


def _unbrotli(data: bytes, limit: int) -> bytes:
    import brotli  # type: ignore[import-untyped]

    decompressor, unpacked = brotli.Decompressor(), bytearray()
    while len(unpacked) <= limit and not decompressor.is_finished():
        block = decompressor.process(data, output_buffer_limit=1 << 20)
        if not block and decompressor.can_accept_more_data():
            raise PackedError(f"breaks off after {len(unpacked)} bytes")
        unpacked += block
        data = b""
    return bytes(unpacked[: limit + 1])
