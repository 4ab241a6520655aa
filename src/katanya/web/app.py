"""The reading room as an application: API, pages, and what guards them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.responses import Response

from katanya.core.errors import KatanyaError
from katanya.core.settings import VERSION
from katanya.learned.store import model_folder
from katanya.ledger.store import Ledger
from katanya.web import access, pages
from katanya.web.access import Rates
from katanya.web.api import changing, downloads, reading
from katanya.web.desk import Desk
from katanya.web.ledgers import Ledgers
from katanya.web.problems import http_problem, invalid
from katanya.web.security import Guard, Refuse
from katanya.web.settings import Settings
from katanya.web.views.front import front

STATIC = Path(__file__).parent / "static"
DESCRIPTION = """
Who said what, from the ledger that `katanya file` writes. Every answer is what a page of the reading room shows.

Lists come a page at a time: give the `cursor` of one page to get the next; null is the last. The `id` of an article is
made of its address, or outlet and id, and stays however often the ledger is made; that of a statement is its article's
and its place in the reading; any of a person's sightings leads to the person. Offsets are code points. Unknown is null.

What goes wrong is told as `what`, `where`, and the nearest `fix`.
"""


def create_app(settings: Settings) -> FastAPI:
    """Return the application that serves a ledger.

    Raises `InputError` where others could reach it without a token, that or `LedgerError` where the ledger cannot be
    opened, and `ModelError` where there is no such model. Routes find ``settings``, ``ledgers`` and ``desk`` in
    ``app.state``; ``pages.problem_page`` (request, status, problem), where there is one, shows what goes wrong.
    """
    access.check(settings)
    if settings.model is not None:
        model_folder(settings.model)  # a missing model is told at once, not with the first text that is pasted
    Ledger.open(settings.ledger, language=settings.language).close()  # an older one is brought up to date
    app = FastAPI(
        title="katanya", version=VERSION, description=DESCRIPTION, docs_url=None, redoc_url=None,
        openapi_url=f"{settings.prefix}/openapi.json", lifespan=_open,
    )  # fmt: skip
    app.state.settings = settings
    app.state.changes, app.state.pastes = Rates(settings.changes), Rates(settings.pastes)
    refuse = Refuse(settings.prefix, getattr(pages, "problem_page", None))
    api = APIRouter(prefix=settings.prefix)
    for part in (downloads, reading, changing):
        api.include_router(part.router)
    app.include_router(api)
    app.include_router(pages.router)
    if STATIC.is_dir():
        app.mount("/static", StaticFiles(directory=STATIC), name="static")
    _tell(app, refuse)
    app.add_middleware(Guard, settings=settings, refuse=refuse)
    return app


def _tell(app: FastAPI, refuse: Refuse) -> None:
    """Let every error be told in the same way."""

    @app.exception_handler(KatanyaError)
    async def _known(request: Request, error: KatanyaError) -> Response:
        return refuse(request, error)

    @app.exception_handler(HTTPException)
    async def _bare(request: Request, error: HTTPException) -> Response:
        return refuse.answer(request, error.status_code, http_problem(error.status_code), dict(error.headers or {}))

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> Response:
        return refuse.answer(request, 422, invalid(error.errors()))


@asynccontextmanager
async def _open(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    app.state.ledgers = Ledgers(
        settings.ledger, language=settings.language, threads=settings.readers, seconds=settings.question_seconds
    )  # fmt: skip
    app.state.desk = Desk(settings)
    app.state.ledgers.ahead(front)  # counts over the whole ledger
    try:
        yield
    finally:
        app.state.desk.close()
        app.state.ledgers.close()
