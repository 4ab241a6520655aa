"""What a search finds as a file: streamed, a stretch at a time, so that memory stays flat and nobody waits."""

import csv
import io
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import astuple, fields
from functools import partial

import msgspec
from fastapi import APIRouter
from starlette.responses import StreamingResponse

from katanya.ledger.listing import Said
from katanya.ledger.store import Ledger as Opened
from katanya.web.api.parameters import Asked, Ledger, problems
from katanya.web.ledgers import Ledgers
from katanya.web.views.asked import Query

router = APIRouter(tags=["downloads"])

STRETCH = 500  # statements of one state of the ledger
COLUMNS = tuple(field.name for field in fields(Said))


@router.get("/statements.jsonl", summary="A search as JSON lines", response_class=StreamingResponse,
            responses=problems(400, 401, 422, 503, 504)
            | {200: {"content": {"application/jsonl": {}}, "description": "A statement a line."}})
async def as_lines(asked: Asked, ledger: Ledger) -> StreamingResponse:
    """Return all statements that a search finds, the latest first, one a line; order, cursor and limit say nothing."""
    return await _streamed(ledger, asked, _lines, "application/jsonl", "statements.jsonl")


@router.get("/statements.csv", summary="A search as CSV", response_class=StreamingResponse,
            responses=problems(400, 401, 422, 503, 504)
            | {200: {"content": {"text/csv": {}}, "description": "A statement a row."}})
async def as_rows(asked: Asked, ledger: Ledger) -> StreamingResponse:
    """Return all statements that a search finds, the latest first, as a table with a heading; null is an empty cell."""
    return await _streamed(ledger, asked, _rows, "text/csv; charset=utf-8", "statements.csv", _row(COLUMNS))


async def _streamed(
    ledger: Ledgers, asked: Query, form: Callable[[Iterable[Said]], bytes], media: str, name: str, head: bytes = b""
) -> StreamingResponse:
    said, cursor = await ledger.ask(partial(_stretch, asked=asked, cursor=None))  # what is wrong is told beforehand
    stretches = _stretches(ledger, asked, form, head + form(said), cursor)
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(stretches, media_type=media, headers=headers)


async def _stretches(
    ledger: Ledgers, asked: Query, form: Callable[[Iterable[Said]], bytes], begun: bytes, cursor: str | None
) -> AsyncIterator[bytes]:
    yield begun
    while cursor:
        said, cursor = await ledger.go_on(partial(_stretch, asked=asked, cursor=cursor))
        yield form(said)


def _stretch(opened: Opened, asked: Query, cursor: str | None) -> tuple[tuple[Said, ...], str | None]:
    return opened.some(asked.words, asked.filters, cursor, STRETCH, titles=asked.titles)


def _lines(said: Iterable[Said]) -> bytes:
    return b"".join(msgspec.json.encode(one) + b"\n" for one in said)


def _rows(said: Iterable[Said]) -> bytes:
    return b"".join(_row(astuple(one)) for one in said)


def _row(values: Iterable[object]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(
        "" if value is None else "; ".join(value) if isinstance(value, tuple) else value for value in values
    )
    return out.getvalue().encode("utf-8", "replace")
