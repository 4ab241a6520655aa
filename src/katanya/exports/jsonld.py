"""Names of things for linked data, the same for the same thing, and graphs of such things."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import msgspec

from katanya.core.records import Statement
from katanya.core.settings import VERSION
from katanya.exports.files import whole_file
from katanya.ledger.provenance import Traced

TERMS = "urn:x-katanya:terms:"  # of the words for what no vocabulary has a word for
SPACE = UUID("c0a1fd55-6f64-5a35-9d4a-2a1f7ba4b1a2")  # of our names; any number would do, if it stays
WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]+")  # what may stand in an IRI


@contextmanager
def graph(out: Path, context: Any) -> Iterator[Callable[[dict[str, Any]], None]]:
    """Yield what adds a node to a file of JSON-LD."""
    with whole_file(out) as file:
        file.write(b'{"@context":' + msgspec.json.encode(context) + b',"@graph":[')
        between = b"\n"

        def add(node: dict[str, Any]) -> None:
            nonlocal between
            file.write(between + msgspec.json.encode(node))
            between = b",\n"

        yield add
        file.write(b"\n]}\n")


def urn(*names: str) -> str:
    """Return an IRI for what some names tell from everything else."""
    return uuid5(SPACE, "\n".join(names)).urn


def article(traced: Traced) -> str:
    """Return the address of an article, or where it has none an IRI that its text determines."""
    url = traced.article.document.url
    return url if url and WEB.fullmatch(url) else text(traced)


def text(traced: Traced) -> str:
    """Return the IRI of the very text that was read."""
    document = traced.article.document
    return urn("text", document.id, document.outlet or "", traced.digest)


def statement(traced: Traced, statement: Statement) -> str:
    """Return the IRI of a statement as it stands in this text and was read by this program."""
    provenance = traced.provenance
    return urn("statement", text(traced), statement.id, provenance.version, provenance.model)


def generator() -> dict[str, str]:
    """Return the program that writes the export."""
    return {"id": urn("program", VERSION), "type": "Software", "name": f"katanya {VERSION}"}
