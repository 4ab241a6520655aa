"""The formats by name."""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from katanya.core.errors import MissingExtra

if TYPE_CHECKING:
    from katanya.core.outcomes import Rejected
    from katanya.core.records import Article
    from katanya.exports.report import Report
    from katanya.ledger.provenance import Traced


class Format(StrEnum):
    """What statements can be written as."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    WEB_ANNOTATION = "web-annotation"
    CLAIMS = "claims"
    PROV = "prov"
    BRAT = "brat"
    INCEPTION = "inception"
    LABEL_STUDIO = "label-studio"


class Annotated(StrEnum):
    """What annotators write, and gold can be read from."""

    BRAT = Format.BRAT
    INCEPTION = Format.INCEPTION
    LABEL_STUDIO = Format.LABEL_STUDIO


# Loaded when they are asked for: two of them need an extra.
WRITERS = {
    Format.JSONL: ("lines", "write_jsonl"),
    Format.CSV: ("lines", "write_csv"),
    Format.PARQUET: ("parquet", "write"),
    Format.WEB_ANNOTATION: ("webannotation", "write"),
    Format.CLAIMS: ("claims", "write"),
    Format.PROV: ("prov", "write"),
    Format.BRAT: ("brat", "write"),
    Format.INCEPTION: ("inception", "write"),
    Format.LABEL_STUDIO: ("labelstudio", "write"),
}


def write(articles: "Iterable[Traced]", out: Path, format: Format) -> "Report":
    """Write articles in a format, to a file or a new folder; the same articles make the same bytes.

    Raises `InputError` where they cannot be written, `MissingExtra` where the format needs one.
    """
    module, name = WRITERS[format]
    writer: Callable[[Iterable[Traced], Path], Report] = getattr(_module(module), name)
    return writer(articles, out)


def read(path: Path, format: Annotated, *, unseen: bool = False) -> "Iterator[Article | Rejected]":
    """Yield what annotators made of an export as gold, or reasons why not; raises `InputError`, `MissingExtra`.

    Label Studio alone tells what nobody has annotated; it is rejected unless ``unseen`` is set.
    """
    reader: Callable[..., Iterator[Article | Rejected]] = _module(WRITERS[Format(format)][0]).read
    return reader(path, unseen=unseen) if format is Annotated.LABEL_STUDIO else reader(path)


def _module(name: str) -> Any:
    try:
        return import_module(f"katanya.exports.{name}")
    except ModuleNotFoundError as missing:
        raise MissingExtra(f"this format needs {missing.name}", fix="pip install 'katanya[exports]'") from None
