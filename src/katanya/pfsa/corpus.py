"""Files of the corpus: an article a line, its text and its labelled spans."""

import json
from pathlib import Path
from typing import Any

import msgspec

from katanya.core.errors import InputError, RecordError

WANTED = "give a file of JSON lines, an article a line"


class _Span(msgspec.Struct):
    start: int
    end: int
    label: str


class _Article(msgspec.Struct):
    id: str
    text: str
    spans: list[_Span] = []  # msgspec copies it


def read_corpus(path: Path) -> list[dict[str, Any]]:
    """Return the articles of a file; raises `InputError` or `RecordError` that names the line."""
    try:
        lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), fix=WANTED) from error
    decoder = msgspec.json.Decoder(_Article)
    articles: list[dict[str, Any]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            articles.append(msgspec.to_builtins(decoder.decode(line)))
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise RecordError(str(error), where=f"{path}:{number}", fix="id, text and spans, as in PFSA-ID") from None
    if not articles:
        raise InputError("holds no article", where=str(path), fix=WANTED)
    return articles


def write_corpus(path: Path, articles: list[dict[str, Any]]) -> None:
    """Write articles, one a line; raises `InputError` where the file cannot be written."""
    try:
        with path.open("w", encoding="utf-8") as lines:
            lines.writelines(json.dumps(article, ensure_ascii=False) + "\n" for article in articles)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", where=str(path),
                         fix="name a file in a folder that exists") from error
