"""JSON lines: one article a line, its text kept exactly as it stands in the string."""

import gzip
import json
from collections.abc import Iterable, Iterator
from typing import IO, cast

from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import LANGUAGE, MAX_LINE
from katanya.readers.columns import article_of, holders, kind
from katanya.readers.names import stem
from katanya.readers.packed import BROKEN, GZIP
from katanya.readers.text import decode


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


def read_line(
    line: bytes, *, source: str, number: int, language: str = LANGUAGE
) -> Document | Rejected | None:
    """Read the article of one line; None where the line is blank.

    The fields are known by the names that a ``language`` gives them, as those of a table are.
    """
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
        return Rejected(where, Reason.NOT_JSON, f"{kind(record)} instead of an object")
    return article_of(record, holders(record, language), where=where, made_up=f"{stem(source)}:{number}")


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


def _fault(error: Exception, text: str) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos} of {len(text)}"
    return "nested too deep" if isinstance(error, RecursionError) else str(error)[:200]
