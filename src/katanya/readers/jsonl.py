"""JSON lines: one article a line, its text kept exactly as it stands in the string."""

import gzip
import json
from collections.abc import Iterable, Iterator
from typing import IO, Any, cast

from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import MAX_LINE
from katanya.readers.names import stem
from katanya.readers.packed import BROKEN, GZIP
from katanya.readers.text import decode

# Where a field is looked for, the first name that holds something goes; in the order of `Document`.
TEXT = ("text", "content", "body")
FIELDS = (("id",), ("title",), ("outlet",), ("published", "date"), ("url",), ("language",))


def read_jsonl(
    lines: Iterable[bytes] | IO[bytes], *, source: str, first: int = 1
) -> Iterator[Document | Rejected]:
    """Read articles from lines or a binary file, plain or gzip, in their order; blank lines are passed over.

    ``first`` is the number of the first line. A gzip file that breaks off yields what stands before the
    break, then one `Rejected`.
    """
    number = first
    try:
        for number, line in enumerate(_lines_of(lines), first):
            outcome = read_line(line, source=source, number=number)
            if outcome is not None:
                yield outcome
    except BROKEN as error:
        yield Rejected(f"{source}:{number}", Reason.UNREADABLE, f"gzip breaks off after this line: {error}")
    except OSError as error:
        yield Rejected(f"{source}:{number}", Reason.UNREADABLE, f"cannot be read after this line: {error}")


def read_line(line: bytes, *, source: str, number: int) -> Document | Rejected | None:
    """Read the article of one line; None where the line is blank."""
    where = f"{source}:{number}"
    if len(line) > MAX_LINE:
        return Rejected(where, Reason.TOO_LARGE, f"a line of more than {MAX_LINE} bytes")
    if line.isspace() or not line:
        return None
    text = decode(line, source=where)
    if isinstance(text, Rejected):
        return text
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Rejected(where, Reason.NOT_JSON, _fault(error, text))
    if not isinstance(record, dict):
        return Rejected(where, Reason.NOT_JSON, f"{_kind(record)} instead of an object")
    return _document(record, where, f"{stem(source)}:{number}")


def _document(record: dict[str, Any], where: str, default_id: str) -> Document | Rejected:
    name = next((name for name in TEXT if record.get(name)), None) or next(
        (name for name in TEXT if name in record), None
    )
    if name is None:
        seen = ", ".join(map(repr, list(record)[:8])) or "none"
        return Rejected(where, Reason.NO_TEXT_FIELD, f"no 'text'; the fields are: {seen}"[:300])
    text = record[name]
    if text is not None and not isinstance(text, str):
        return Rejected(where, Reason.NO_TEXT_FIELD, f"'{name}' is {_kind(text)} instead of a string")
    if not text or not text.strip():
        return Rejected(where, Reason.EMPTY, f"'{name}' is empty")
    if "\x00" in text:
        return Rejected(where, Reason.BINARY, f"'{name}' holds NUL at {text.index(chr(0))}")
    id, *rest = (_plain(record, names) for names in FIELDS)
    try:
        "".join((text, *filter(None, (id, *rest)))).encode()
    except UnicodeEncodeError as error:
        return Rejected(where, Reason.ENCODING, f"half a surrogate pair: {error.reason}")
    return Document(text, id or default_id, *rest)


def _plain(record: dict[str, Any], names: tuple[str, ...]) -> str | None:
    """Return the first of the fields that holds a string or a whole number, as a string."""
    for name in names:
        value = record.get(name)
        if (isinstance(value, str) and value) or (isinstance(value, int) and not isinstance(value, bool)):
            return str(value)
    return None


def _lines_of(lines: Iterable[bytes] | IO[bytes]) -> Iterator[bytes]:
    if not hasattr(lines, "readline"):
        return iter(lines)
    return _lines_of_file(_unpacked(cast(IO[bytes], lines)))


def _lines_of_file(file: IO[bytes]) -> Iterator[bytes]:
    """Yield lines; one that is too long comes cut, the rest of it is passed over."""
    while line := file.readline(MAX_LINE + 1):
        rest = line
        while len(rest) > MAX_LINE and not rest.endswith(b"\n"):
            rest = file.readline(MAX_LINE + 1)
        yield line


def _unpacked(file: IO[bytes]) -> IO[bytes]:
    """Return the stream of a file's content; gzip shows in its first bytes, where they can be seen."""
    if hasattr(file, "peek"):
        head = file.peek(2)[:2]
    elif file.seekable():
        head = file.read(2)
        file.seek(-len(head), 1)
    else:
        head = b""
    return cast(IO[bytes], gzip.GzipFile(fileobj=file)) if head == GZIP else file


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _fault(error: Exception, text: str) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos} of {len(text)}"
    return "nested too deep" if isinstance(error, RecursionError) else str(error)[:200]
