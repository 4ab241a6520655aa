"""Plain text: bytes decoded and otherwise left as they are: offsets hold for the caller's own copy."""

import codecs

from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.readers.detect import binary_kind, utf16_order
from katanya.readers.names import stem

BOM = "\ufeff"
# Encodings that a page may declare; the others are no encodings of text, or a way to smuggle things in.
DECLARABLE = ("iso8859", "cp", "koi8", "mac", "gb", "big5", "shift_jis", "euc")
# So many valid sequences of UTF-8 to each broken one make it UTF-8 with a broken byte.
VALID_TO_BROKEN = 4


def read_text(data: bytes, *, source: str, charset: str | None = None) -> Document | Rejected:
    """Read a plain text; nothing is changed but the encoding and a byte order mark."""
    text = decode(data, source=source, declared=charset)
    if isinstance(text, Rejected):
        return text
    if not text.strip():
        return Rejected(source, Reason.EMPTY, f"{len(data)} bytes of white space" if data else "0 bytes")
    return Document(text, id=stem(source))


def decode(data: bytes, *, source: str, declared: str | None = None) -> str | Rejected:
    """Decode a text: UTF-8 where it is valid, else UTF-16, the declared encoding, Windows-1252 or Latin-1.

    Bytes that are valid UTF-8 are never read as anything else.
    """
    if (kind := binary_kind(data)) is not None:
        return Rejected(source, Reason.BINARY, f"looks like {kind}")
    if (order := utf16_order(data)) is not None:
        try:
            text = data.decode(order).removeprefix(BOM)
        except UnicodeDecodeError as error:
            return Rejected(source, Reason.ENCODING, f"{order} breaks at byte {error.start}: {error.reason}")
        nulls = text.count("\x00")
        return Rejected(source, Reason.BINARY, f"{order} with {nulls} NUL characters") if nulls else text
    try:
        return data.decode("utf-8").removeprefix(BOM)
    except UnicodeDecodeError as error:
        return _decode_other(data, declared, error).removeprefix(BOM)


def _decode_other(data: bytes, declared: str | None, error: UnicodeDecodeError) -> str:
    if error.reason == "unexpected end of data":  # cut in the middle of its last character
        return data[: error.start].decode("utf-8")
    mended = data.decode("utf-8", "replace")
    broken = mended.count("\ufffd")
    if sum(char > "\x7f" for char in mended) - broken > VALID_TO_BROKEN * broken:
        return mended
    for encoding in (_known(declared), "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _known(declared: str | None) -> str:
    """Return the codec of a declared encoding, Windows-1252 where there is none that may be used."""
    try:
        name = codecs.lookup(declared or "").name
    except (LookupError, ValueError):
        return "cp1252"
    # What calls itself Latin-1 or ASCII is Windows-1252 in practice, and so read by browsers.
    return name if name.startswith(DECLARABLE) and name != "iso8859-1" else "cp1252"
