"""WARC, the archives of the web: responses as pages, wherever the damage lies between them.

WARC 1.1 (ISO 28500): a record is a header, a block of the length that it tells, and two line ends; packed, each record
is a gzip member of its own. What is damaged is told with its offset, and reading goes on at the next record.
"""

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import IO, Any

from katanya.batch.inputs.base import Item, Kind, Manner, Place
from katanya.batch.inputs.packed import BROKEN_OFF, GZIP, unpacked
from katanya.batch.inputs.window import Window
from katanya.core.errors import MissingExtra
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import MAX_BYTES
from katanya.fetch.packed import PackedError, unpack
from katanya.readers import read_bytes

LIMIT = 2 * MAX_BYTES  # of a record, unpacked: a page in chunks is longer than itself
HEAD = 1 << 16  # bytes in which a record's header ends
PEEK = 512  # packed bytes in which a record shows that it is one
MARK = b"WARC/"
MEMBER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
RECORD = re.compile(rb"(?<=\n)WARC/[01]\.\d\r?\n")
END = re.compile(rb"\r?\n\r?\n")
FIELD = re.compile(rb"(?m)^([\w-]+):[ \t]*(.*?)[ \t\r]*$")
CHUNK = re.compile(rb"\s*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
READ = (b"response", b"resource", b"conversion", b"revisit")  # the others are about these
PAGES = ("text/html", "application/xhtml+xml")
TEXTS = ("text/plain",)

Fault = tuple[Reason, str]


@dataclass(frozen=True, slots=True)
class _Part:
    """A record cut out of the file, or why it cannot be, and how many bytes it takes; none: up to the next record."""

    item: Item | None
    size: int = 0


class Records:
    """The records of a WARC file, packed or not, from a place on."""

    def __init__(self, file: IO[bytes], start: Place) -> None:
        """Go to the place; raises `InputError` where the file is not what it was, `MissingExtra` without fastwarc."""
        if find_spec("fastwarc") is None:
            raise MissingExtra("reading WARC needs fastwarc", fix="pip install 'katanya[archives]'")
        self._by_members = _has_members(file)
        self._window = Window(file if self._by_members else unpacked(file), start)
        self._count = start.items
        self._within = False  # a member of several records
        self._told = start.digest.endswith(BROKEN_OFF)

    def items(self) -> Iterator[Item]:
        """Yield the records that may hold an article, and one item for each stretch that is damaged."""
        for item in self._members() if self._by_members else self._plain():
            self._count += 1
            yield item

    def place(self) -> Place | None:
        """Return the place behind the last record; ``None`` where a member holds more of them."""
        digest = self._window.digest + BROKEN_OFF * self._told
        return None if self._within else Place(self._window.offset, self._count, digest)

    def _members(self) -> Iterator[Item]:
        window = self._window
        while len(window) or window.look():
            at = window.offset
            size, data, fault = _member(window)
            if fault is None:
                found = list(_records(data, at))
                window.leave(size)
                for number, item in enumerate(found, 1):
                    self._within = number < len(found)
                    yield item
                continue
            while window.find(MEMBER, 1) and not _is_record(window):
                pass
            yield Item(at, fault=fault)

    def _plain(self) -> Iterator[Item]:
        window = self._window
        while _skip_ends(window):
            self._told = False
            at = window.offset
            part = _record(window, at)
            if part.size:
                window.leave(part.size)
            else:
                window.find(RECORD, 1)
            if part.item is not None:
                yield part.item
        if window.fault and not self._told:
            self._told = True
            fault = f"the compressed file breaks off or is damaged from here on: {window.fault}"
            yield Item(window.offset, fault=(Reason.UNREADABLE, fault))


def read(item: Item, source: str, manner: Manner) -> Document | Rejected | None:
    """Read the page of a record."""
    from fastwarc.warc import ArchiveIterator

    record = next(iter(ArchiveIterator(io.BytesIO(item.data), parse_http=True, quirks_mode=True)), None)
    if record is None:
        return Rejected(source, Reason.UNREADABLE, "no record")
    address = str(record.headers.get("WARC-Target-URI") or "").strip("<>") or source
    kind = record.headers.get("WARC-Type")
    if kind == "revisit":
        return Rejected(source, Reason.NO_PAGE, f"as it was before: {address}")
    if kind == "response":
        found = _response(record, source, address)
    else:
        media = str(record.headers.get("Content-Type") or "")
        found = record.reader.read(), media, None
    if isinstance(found, Rejected):
        return found
    body, media, charset = found
    media = media.split(";")[0].strip().lower()
    if media and media not in PAGES + TEXTS:
        return Rejected(source, Reason.NO_PAGE, f"{media}: {address}")
    document = read_bytes(
        body, source=address, kind="html" if media in PAGES else "text" if media else None, language=manner.language,
        check_language=manner.check_language, charset=charset, bulk=manner.bulk,
    )  # fmt: skip
    return replace(document, url=document.url or address) if isinstance(document, Document) else document


def _response(record: Any, source: str, address: str) -> tuple[bytes, str, str | None] | Rejected:
    """Return the body of a response as it was before it was packed, its type and its charset."""
    headers, body = record.http_headers, record.reader.read()
    if not headers or headers.status_code is None:
        return Rejected(source, Reason.UNREADABLE, f"no whole HTTP header: {address}")
    if headers.status_code != 200:
        location = headers.get("Location")
        return Rejected(source, Reason.NO_PAGE, f"{headers.status_code}: {location or address}"[:500])
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        body = _joined(body)
    if body is None:
        return Rejected(source, Reason.UNREADABLE, f"the chunks of its body break off: {address}")
    encoding = headers.get("Content-Encoding") or ""
    try:  # crawlers keep the header of what they have unpacked
        body = unpack(body, encoding, MAX_BYTES) if encoding and not _is_text(body) else body
    except PackedError as error:
        return Rejected(source, Reason.UNREADABLE, f"its body {error}: {address}")
    return body, headers.get("Content-Type") or "", record.http_charset


def _is_text(body: bytes) -> bool:
    return body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _joined(body: bytes) -> bytes | None:
    """Return the chunks of a body as one, the body where it is in none; ``None`` where they break off."""
    if CHUNK.match(body) is None:
        return body
    joined, at = bytearray(), 0
    while size := CHUNK.match(body, at):
        length = int(size[1], 16)
        if not length:
            return bytes(joined)
        if size.end() + length > len(body):
            break
        joined += body[size.end() : size.end() + length]
        at = size.end() + length
    return None


def _has_members(file: IO[bytes]) -> bool:
    """Tell whether a file is packed record by record, as it should be, and not as a whole."""
    file.seek(0)
    window = Window(file, Place())
    window.reach(len(GZIP))
    packed = window.buffer.startswith(GZIP)
    if packed:
        _, data, _ = _member(window)
        inside = Window(io.BytesIO(data), Place())
        inside.leave(_record(inside, 0).size)
        packed = not _skip_ends(inside) or not inside.buffer.startswith(MARK) or inside.offset == 0
    file.seek(0)
    return packed


def _member(window: Window) -> tuple[int, bytes, Fault | None]:
    """Return the length of the gzip member at the window's beginning, its content, and what is wrong with it."""
    gzip, data, used = zlib.decompressobj(zlib.MAX_WBITS | 16), bytearray(), 0
    try:
        while not gzip.eof:
            if used == len(window) and not window.look():
                told = f"the file ends within a record, {len(data)} bytes of it are there"
                return 0, bytes(data), (Reason.UNREADABLE, told)
            piece = bytes(window.buffer[used:])
            data += gzip.decompress(piece, LIMIT + 1 - len(data))
            if len(data) > LIMIT:
                return 0, bytes(data), (Reason.TOO_LARGE, f"a record of more than {LIMIT} bytes")
            used += len(piece) - len(gzip.unconsumed_tail) - len(gzip.unused_data)
    except zlib.error as error:
        return 0, bytes(data), (Reason.UNREADABLE, f"a damaged gzip member: {error}")
    return used, bytes(data), None


def _is_record(window: Window) -> bool:
    """Tell whether the gzip member at the window's beginning holds a record."""
    window.reach(PEEK)
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(bytes(window.buffer[:PEEK]), len(MARK)) == MARK
    except zlib.error:
        return False


def _records(data: bytes, at: int) -> Iterator[Item]:
    """Yield the records of a member that are read; each further one stands a byte after the last."""
    window, number = Window(io.BytesIO(data), Place()), 0
    while _skip_ends(window):
        part = _record(window, at + number)
        if part.item is not None:
            yield part.item
        number += 1
        if not part.size:
            return
        window.leave(part.size)


def _record(window: Window, at: int) -> _Part:
    """Cut out the record at the window's beginning."""
    head = END.search(window.buffer) if window.reach(HEAD) or len(window) else None
    if not window.buffer.startswith(MARK) or head is None:
        shown = bytes(window.buffer[:40])
        return _Part(Item(at, fault=(Reason.UNREADABLE, f"no header of a record: {shown!r}")))
    fields = {name.lower(): value for name, value in FIELD.findall(window.buffer[: head.start()])}
    told = fields.get(b"content-length", b"")
    if not told.isdigit():
        return _Part(Item(at, fault=(Reason.UNREADABLE, f"a record of no length: {told[:40]!r}")))
    size, wanted = head.end() + int(told), fields.get(b"warc-type", b"").lower() in READ
    if size > LIMIT:
        return _Part(Item(at, fault=(Reason.TOO_LARGE, f"a record of {int(told)} bytes")))
    if not window.reach(size):
        there = len(window) - head.end()
        return _Part(Item(at, fault=(Reason.UNREADABLE, f"a record of {int(told)} bytes, {there} are there")))
    window.reach(size + 4 + len(MARK))
    behind = window.buffer[size : size + 4 + len(MARK)].lstrip(b"\r\n")
    if not MARK.startswith(behind[: len(MARK)]):
        return _Part(Item(at, fault=(Reason.UNREADABLE, f"a record that does not end after its {int(told)} bytes")))
    if not wanted:
        return _Part(None, size)
    fetched = fields.get(b"warc-date", b"").decode("ascii", "replace") or None
    return _Part(Item(at, bytes(window.buffer[:size]), fetched=fetched), size)


def _skip_ends(window: Window) -> bool:
    """Leave the line ends between two records behind; tell whether anything is left."""
    while len(window) or window.look():
        if window.buffer[0] not in b"\r\n":
            return True
        window.leave(1)
    return False


KIND = Kind("warc", read, Records, endings=(".warc", ".warc.gz", ".warc.zst"), starts=(MARK,), gathered=True)
