"""The list of a folder of annotated documents: which file is which article, and what no mark in a text can hold."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from katanya.core.errors import InputError, KatanyaError
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Article
from katanya.exports.files import whole_file
from katanya.exports.marks import beside
from katanya.ledger.provenance import Traced

NAME = "documents.jsonl"


@contextmanager
def written(folder: Path) -> Iterator[Callable[[str, Traced], None]]:
    """Yield what notes the article that a file holds, by the file's name without its ending."""
    with whole_file(folder / NAME) as file:

        def listed(name: str, traced: Traced) -> None:
            record = {"file": name, **beside(traced.article), "provenance": traced.to_dict()["provenance"]}
            file.write(msgspec.json.encode(record) + b"\n")

        yield listed


def read(folder: Path, ending: str, reader: Callable[[Path, dict[str, Any]], Article]) -> Iterator[Article | Rejected]:
    """Yield the articles of all files with an ending, by name, each read with what the list knows of it.

    A file that the list does not name, or a folder without a list, has the file's name for its id. Raises `InputError`
    where there is no such file.
    """
    paths = sorted(folder.glob(f"*{ending}"))
    if not paths:
        raise InputError(f"holds no {ending} file", where=str(folder), fix="name the folder with the annotated files")
    known = _known(folder / NAME)
    for path in paths:
        try:
            yield reader(path, known.get(path.stem, {"id": path.stem}))
        except KatanyaError as error:
            yield Rejected(str(path), Reason.BAD_RECORD, str(error))
        except UnicodeDecodeError as error:
            yield Rejected(str(path), Reason.ENCODING, str(error))
        except OSError as error:
            yield Rejected(str(path), Reason.UNREADABLE, f"{error.filename}: {error.strerror}")


def _known(path: Path) -> dict[str, dict[str, Any]]:
    if not path.exists():
        return {}
    try:
        records = [msgspec.json.decode(line, type=dict[str, Any]) for line in path.read_bytes().split(b"\n") if line]
    except (OSError, msgspec.MsgspecError) as error:
        raise InputError(f"cannot be read: {error}", where=str(path), fix="take it from the export again") from error
    return {str(record.get("file")): record for record in records}
