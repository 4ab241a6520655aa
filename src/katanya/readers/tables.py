"""Rows of a table as articles, whatever the table's format."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.readers.cells import page_or_text
from katanya.readers.columns import Columns, Holders, article_of
from katanya.readers.names import stem

Fault = tuple[Reason, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells by the names of their columns, and which of them hold what."""

    cells: Mapping[str, Any]
    held: Holders


class Table(Protocol):
    """A table that is open."""

    fault: Fault | None

    @property
    def columns(self) -> Columns | None:
        """Which columns hold what, None where there is a fault instead."""

    def rows(self) -> Iterator[tuple[int, Row | Fault]]:
        """Yield the rows with their numbers, or what is wrong with them."""


def read_row(row: Row, number: int, source: str, language: str) -> Document | Rejected:
    """Read the article of a row; a cell that holds a piece of a page is read as one."""
    where, made_up = f"{source}:{number}", f"{stem(source)}:{number}"
    return page_or_text(article_of(row.cells, row.held, where=where, made_up=made_up), where, language)


def read_table(
    table: Table, source: str, language: str, told: Callable[[Columns], None]
) -> Iterator[tuple[int, Document | Rejected]]:
    """Read the articles of a table, each with its number; ``told`` is called with what its columns hold."""
    if table.columns is not None:
        told(table.columns)
    elif table.fault is not None:
        yield 1, Rejected(f"{source}:1", *table.fault)
    for number, row in table.rows():
        if isinstance(row, Row):
            yield number, read_row(row, number, source, language)
        else:
            yield number, Rejected(f"{source}:{number}", *row)
