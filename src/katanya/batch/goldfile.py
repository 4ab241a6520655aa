"""Records to score: files of them, checked for what the scorer needs, and our own predictions."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from katanya.api import Reader
from katanya.core.errors import InputError, RecordError
from katanya.core.records import Article, Document

WANTED = "give a file of JSON lines, an article a line"


class _Span(msgspec.Struct):
    start: int
    end: int


class _Statement(msgspec.Struct):
    kind: str
    contents: list[_Span]
    cue: _Span | None = None
    speaker: str | None = None
    time: _Span | None = None
    place: _Span | None = None
    event: _Span | None = None


class _Person(msgspec.Struct):
    name: str
    role: str | None = None
    affiliation: str | None = None


class _Record(msgspec.Struct):
    id: str
    statements: list[_Statement] = []  # msgspec copies it
    people: list[_Person] = []


class _Gold(_Record, kw_only=True):
    text: str
    statements: list[_Statement]  # an article without any says so: []


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Return gold articles; raises `InputError` or `RecordError` that names the line."""
    return _read(path, msgspec.json.Decoder(_Gold))


def read_predictions(path: Path) -> dict[str, dict[str, Any]]:
    """Return predicted articles by id; raises `InputError` or `RecordError` that names the line."""
    records = _read(path, msgspec.json.Decoder(_Record))
    found = {record["id"]: record for record in records}
    if len(found) < len(records):
        raise RecordError(f"{len(records) - len(found)} ids occur twice", where=str(path),
                          fix="leave one prediction for each article")
    return found


def _read(path: Path, shape: msgspec.json.Decoder[Any]) -> list[dict[str, Any]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), fix=WANTED) from error
    records = []
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            shape.decode(line)
            records.append(msgspec.json.decode(line))
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise RecordError(str(error), where=f"{path}:{number}",
                              fix="an article a line, in the form of the record") from None
    if not records:
        raise InputError("holds no article", where=str(path), fix=WANTED)
    return records


def predict(gold: Iterable[dict[str, Any]], reader: Reader | None = None) -> dict[str, dict[str, Any]]:
    """Read the texts of gold articles and return the records by id; an article that fails is left out."""
    documents = (Document(article["text"], id=article["id"]) for article in gold)
    found = (reader or Reader()).pipe(documents)
    return {article.id: article.to_dict() for article in found if isinstance(article, Article)}
