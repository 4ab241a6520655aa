"""Letters (EML, mbox): press releases and newsletters, with what is attached to them.

A letter that was passed on is read as the one that it holds: its sender, date and subject, its words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr, parsedate_to_datetime
from functools import cache
from typing import IO, cast

from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import LANGUAGE, MAX_BYTES, MIN_WORDS
from katanya.lang.pack import load_pack
from katanya.readers.cells import paragraphs_of
from katanya.readers.html import read_html
from katanya.readers.names import stem
from katanya.readers.text import decode
from katanya.readers.wrapped import paragraphs

LETTER = "letter"
KINDS = {"text/plain": "text", "text/html": "html", "application/pdf": "pdf", "message/rfc822": LETTER}
ENDINGS = {".txt": "text", ".html": "html", ".htm": "html", ".pdf": "pdf", ".eml": LETTER}
SHOWN = ("image", "audio", "video", "font")  # kinds that no article is in
DEEPEST = 4  # letters in letters
MOST = 200  # parts of a letter
LONGEST = 8000  # characters of a field that is parsed: the standard library takes quadratic time for some
FIELDS = 10  # lines in which a letter that was passed on says who sent it
SIGNATURE = re.compile(r"--\s?")
QUOTED = re.compile(r"\s*(?:>\s?)+")
BOUNDARY = b"From "
ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
# Fields of which one stands in the first lines of every letter.
HEADERS = re.compile(r"^(?:Received|Return-Path|Delivered-To|From|Message-ID|MIME-Version|Date|Subject|X-[\w-]+):",
                     re.IGNORECASE | re.MULTILINE)
FIELD = re.compile(r"[A-Za-z][\w-]*:|\s+\S|>?From ")


@dataclass(frozen=True, slots=True)
class Part:
    """A letter or what is attached to one: its name, what it is, and its bytes, or why it is not read."""

    name: str
    kind: str
    data: bytes
    fault: tuple[Reason, str] | None = None


def is_letter(head: str) -> bool:
    """Tell whether a text begins with the header of a letter."""
    lines = head.removeprefix("\ufeff").split("\n")[:30]
    header = lines[: next((place for place, line in enumerate(lines) if not line.strip()), len(lines))]
    return all(map(FIELD.match, header[:-1] or header)) and len(HEADERS.findall("\n".join(header))) >= 2


def letters(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield the letters of an mbox, each with the offset of its first line in bytes; one that is too long comes cut."""
    offset, start, size, blank = 0, 0, 0, True
    lines: list[bytes] = []
    while line := file.readline(MAX_BYTES):
        if blank and line.startswith(BOUNDARY) and lines:
            yield start, _unescaped(lines)
            lines, start, size = [], offset, 0
        if size <= MAX_BYTES:
            lines.append(line)
        size, offset, blank = size + len(line), offset + len(line), not line.strip()
    if any(map(bytes.strip, lines)):
        yield start, _unescaped(lines)


def parts(data: bytes, depth: int = 0) -> Iterator[Part]:
    """Yield what a letter has attached: texts, pages, PDFs, letters; other files with a fault, pictures not at all."""
    try:
        found = list(_attached(_parsed(data)))[:MOST]
    except Exception as error:  # the standard library meets letters that nobody foresaw
        yield Part("", LETTER, b"", (Reason.UNREADABLE, f"attachments: {type(error).__name__}: {error}"[:300]))
        return
    for number, part in enumerate(found, 1):
        kind, name = _kind(part), _name(part) or f"part {number}"
        if kind is None:
            told = f"an attachment of the kind {part.get_content_type()} is not read"
            yield Part(name, "", b"", (Reason.BINARY, told))
            continue
        try:
            content = _inner(part) if kind == LETTER else _content(part)
        except Exception as error:
            yield Part(name, kind, b"", (Reason.UNREADABLE, f"attachment: {type(error).__name__}: {error}"[:300]))
            continue
        yield Part(name, kind, content)
        if kind == LETTER and depth < DEEPEST:
            for inner in parts(content, depth + 1):
                yield Part(f"{name}/{inner.name}", inner.kind, inner.data, inner.fault)


def read_letter(data: bytes, *, source: str, made_up: str = "", language: str = LANGUAGE) -> Document | Rejected:
    """Read the article that a letter holds, without what is attached to it; ``made_up`` is its id where it has none."""
    if len(data) > MAX_BYTES:
        return Rejected(source, Reason.TOO_LARGE, f"more than {MAX_BYTES} bytes")
    try:
        message = _parsed(data)
        body = message.get_body(("html", "plain"))
        lines = _lines(cast(EmailMessage | None, body), source, language)
        plain = message.get_body(("plain",)) if isinstance(lines, Rejected) and body is not None else None
        if plain is not None and plain is not body:
            lines = _lines(cast(EmailMessage, plain), source, language)
    except Exception as error:  # the standard library meets letters that nobody foresaw
        return Rejected(source, Reason.UNREADABLE, f"{type(error).__name__}: {error}"[:300])
    if isinstance(lines, Rejected):
        return lines
    words = _words(language)
    told, lines = words.passed_on(lines)
    if not lines:
        return Rejected(source, Reason.EMPTY, "a letter without words")
    listed = _header(message, "List-Id").partition("<")[0].strip(' "')
    document = Document(
        "\n".join(lines),
        id=_header(message, "Message-ID").strip("<> \t") or made_up or stem(source),
        title=words.subject(told.get("about") or _header(message, "Subject")) or None,
        outlet=listed or None,
        published=_moment(told.get("sent") or _header(message, "Date")) or None,
        author=_sender(told.get("from") or _header(message, "From")) or None,
    )
    return document if "\x00" not in document.text else Rejected(source, Reason.BINARY, "the text holds NUL")


class _Words:
    """The words by which letters of a language are known to be passed on."""

    def __init__(self, language: str) -> None:
        pack = load_pack(language)
        alike = "|".join(map(re.escape, pack.entries("letters.forwarded")))
        self._mark = re.compile(rf"[\s>*_-]*(?:{alike})[\s:*_-]*", re.IGNORECASE)
        self._names = {
            name: field for field in ("from", "sent", "about", "others") for name in pack.entries(f"letters.{field}")
        }
        before = "|".join(map(re.escape, pack.entries("letters.prefixes")))
        self._before = re.compile(rf"(?:\s*(?:{before})\s*:\s*)+", re.IGNORECASE)

    def subject(self, text: str) -> str:
        """Return a subject without what answering and passing on have put before it."""
        return " ".join(self._before.sub("", text, count=1).split()) if self._before.match(text) else text

    def passed_on(self, lines: Sequence[str]) -> tuple[dict[str, str], list[str]]:
        """Return what a letter that was passed on says of itself, and its lines; of another letter nothing and all."""
        told: dict[str, str] = {}
        for place in (place for place, line in enumerate(lines) if self._mark.fullmatch(line)):
            start = place + 1
            for line in lines[start : start + FIELDS]:
                name, sign, value = line.partition(":")
                field = self._names.get(name.strip(" *\t").lower())
                if not sign or field is None:
                    break
                told.setdefault(field, value.strip(" *"))
                start += 1
            if len(told) > 1:
                inner, rest = self.passed_on(lines[start:])
                return told | inner, rest
            told = {}
        return told, list(lines)


@cache
def _words(language: str) -> _Words:
    return _Words(language)


def _parsed(data: bytes) -> EmailMessage:
    if data.startswith(BOUNDARY):
        data = data.partition(b"\n")[2]
    return message_from_bytes(data, policy=policy.default)


def _unescaped(lines: list[bytes]) -> bytes:
    return ESCAPED.sub(rb"\1", b"".join(lines))


def _lines(part: EmailMessage | None, source: str, language: str) -> list[str] | Rejected:
    """Return the paragraphs of the part of a letter that holds its words."""
    if part is None:
        return Rejected(source, Reason.EMPTY, "a letter without words")
    data, charset = _content(part), part.get_content_charset()
    if part.get_content_type() == "text/html":
        page = read_html(data, source=source, language=language, charset=charset)
        if isinstance(page, Document):
            return page.text.split("\n")
        text = decode(data, source=source, declared=charset)
        if isinstance(text, Rejected):
            return text
        return (paragraphs_of(text, language) or "").split("\n") if text.strip() else page
    text = decode(data, source=source, declared=charset)
    return text if isinstance(text, Rejected) else paragraphs(_own(text.splitlines()))


def _own(lines: Sequence[str]) -> list[str]:
    """Return the lines of a letter without its signature, and without what it answers to where it says something."""
    ends = next((place for place, line in enumerate(lines) if SIGNATURE.fullmatch(line)), len(lines))
    lines = lines[:ends]
    own = [line for line in lines if not QUOTED.match(line)]
    if sum(len(line.split()) for line in own) >= MIN_WORDS:
        return own
    return [line[quoted.end() :] if (quoted := QUOTED.match(line)) else line for line in lines]


def _attached(message: Message) -> Iterator[Message]:
    """Yield the parts of a letter that are not its own words."""
    if not message.is_multipart() or not isinstance(message, EmailMessage):
        return
    for part in message.iter_attachments():
        if part.get_content_maintype() == "multipart":
            yield from _attached(part)
        elif part.get_content_maintype() not in SHOWN:
            yield part


def _kind(part: Message) -> str | None:
    name = _name(part).lower()
    by_name = next((kind for ending, kind in ENDINGS.items() if name.endswith(ending)), None)
    return KINDS.get(part.get_content_type()) or by_name


def _name(part: Message) -> str:
    try:
        return re.sub(r"[\x00-\x1f/\\]+", " ", part.get_filename() or "").strip()[:120]
    except Exception:  # the parsers of the standard library fail on some names
        return ""


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _inner(part: Message) -> bytes:
    """Return the bytes of a letter that is attached to one."""
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    return inner.as_bytes(policy=policy.compat32) if isinstance(inner, Message) else _content(part)


def _header(message: Message, name: str) -> str:
    """Return a field of the header, as it stands where it cannot be understood."""
    plain = next((str(value) for field, value in message.raw_items() if field.lower() == name.lower()), "")
    try:
        value = str(message.get(name, "")) if len(plain) <= LONGEST else plain
    except Exception:  # the parsers of the standard library fail on some fields
        value = plain
    return " ".join(value.encode("utf-8", "replace").decode().split())[:1000]


def _moment(text: str) -> str:
    """Return the date of a header in ISO 8601, any other as it stands."""
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return text if any(map(str.isdigit, text)) else ""


def _sender(text: str) -> str:
    try:
        name, address = parseaddr(text)
    except RecursionError:  # comments within comments
        return text
    told = name.strip(" \"'") or address or text.strip()
    return told if any(map(str.isalnum, told)) else ""
