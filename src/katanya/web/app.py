"""The reading room as an application: API, pages, and what guards them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from katanya.core.settings import VERSION
from katanya.web import pages
from katanya.web.ledgers import Ledgers
from katanya.web.settings import Settings

STATIC = Path(__file__).parent / "static"


def create_app(settings: Settings) -> FastAPI:
    """Return the application that serves a ledger; raises `InputError` or `LedgerError` where it cannot be opened.

    ``app.state`` has ``settings`` and ``ledgers`` for the routes.
    """
    app = FastAPI(
        title="katanya", version=VERSION, docs_url=None, redoc_url=None, openapi_url=f"{settings.prefix}/openapi.json",
        lifespan=_open,
    )  # fmt: skip
    app.state.settings = settings
    if STATIC.is_dir():
        app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(pages.router)
    return app


@asynccontextmanager
async def _open(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    app.state.ledgers = Ledgers(settings.ledger, language=settings.language, threads=settings.readers)
    try:
        yield
    finally:
        app.state.ledgers.close()
