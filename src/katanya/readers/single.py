"""One text, page, PDF or letter: sized, unpacked, its kind guessed, then read."""

from pathlib import Path

from katanya.core.errors import InputError
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import LANGUAGE, MAX_BYTES
from katanya.readers.detect import is_page
from katanya.readers.html import read_html
from katanya.readers.language import refused
from katanya.readers.letters import read_letter
from katanya.readers.packed import GZIP, unpack
from katanya.readers.pdf import read_pdf
from katanya.readers.text import read_text

KINDS = ("text", "html", "pdf", "letter")
PDF, LETTERS = b"%PDF-", ".eml"


def read_file(
    path: Path, *, kind: str | None = None, language: str = LANGUAGE, check_language: bool = False
) -> Document | Rejected:
    """Read a text or page from a file; one that is too large or cannot be opened is not read at all."""
    source = str(path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            return Rejected(source, Reason.TOO_LARGE, _too_large(size))
        data = path.read_bytes()
    except OSError as error:
        return Rejected(source, Reason.UNREADABLE, error.strerror or type(error).__name__)
    return read_bytes(data, source=source, kind=kind, language=language, check_language=check_language)


def read_bytes(
    data: bytes,
    *,
    source: str,
    kind: str | None = None,
    language: str = LANGUAGE,
    check_language: bool = False,
    charset: str | None = None,
    bulk: bool = False,
) -> Document | Rejected:
    """Read one text, page, PDF or letter; ``kind`` is one of `KINDS`, or None: guessed by name and content.

    ``charset`` and ``bulk`` are those of `read_html`. With ``check_language`` a text that is surely in another language
    than ``language`` is rejected. Bad input never raises; an unknown ``kind`` is no input and raises `InputError`.
    """
    if kind is not None and kind not in KINDS:
        raise InputError(f"no kind '{kind}'", where=source, fix=f"give one of {', '.join(KINDS)}")
    if data.startswith(GZIP):
        data, fault = unpack(data, MAX_BYTES)
        if fault:
            return Rejected(source, Reason.UNREADABLE, fault)
    if not data:
        return Rejected(source, Reason.EMPTY, "0 bytes")
    if len(data) > MAX_BYTES:
        return Rejected(source, Reason.TOO_LARGE, _too_large(len(data)))
    if kind == "pdf" or (kind is None and data.startswith(PDF)):
        document = read_pdf(data, source=source)
    elif kind == "letter" or (kind is None and source.lower().endswith(LETTERS)):
        document = read_letter(data, source=source, language=language)
    elif kind == "html" or (kind is None and is_page(data, source)):
        document = read_html(data, source=source, language=language, charset=charset, bulk=bulk)
    else:
        document = read_text(data, source=source, charset=charset)
    return refused(document, source, language) if check_language else document


def _too_large(size: int) -> str:
    return f"{size} bytes, {MAX_BYTES} are read"
