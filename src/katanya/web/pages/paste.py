"""A text or a link that is read at once and not filed."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from katanya.core.outcomes import Reason, Rejected
from katanya.web.desk import PASTED, Desk, Link, Text
from katanya.web.marked import marked
from katanya.web.pages.shown import page
from katanya.web.security import FromForm, Pasting
from katanya.web.views.article import unfiled
from katanya.web.views.paste import Pasted

router = APIRouter(include_in_schema=False)


@router.get("/paste")
async def empty(request: Request) -> Response:
    """Show the form."""
    return page(request, "paste.html", "paste", asked={}, pasted=None, shown=None, links=True)


@router.post("/paste")
async def read(
    request: Request,
    _: FromForm,
    __: Pasting,
    text: Annotated[str, Form()] = "",
    url: Annotated[str, Form()] = "",
    published: Annotated[str, Form()] = "",
) -> Response:
    """Read what was pasted and show it below the form."""
    found = await _read(request, text, url.strip(), published.strip())
    shown = marked(found.article) if found.article else None
    asked = {"text": text, "url": url, "published": published}
    status = 200 if found.article else 422
    return page(request, "paste.html", "paste", status, asked=asked, pasted=found, shown=shown, links=True)


async def _read(request: Request, text: str, url: str, published: str) -> Pasted:
    desk: Desk = request.app.state.desk
    settings = request.app.state.settings
    if text.strip():
        outcome = await desk.read(Text(text.replace("\r\n", "\n"), published=published or None))
    elif url:
        outcome = await desk.read(Link(url, settings.private, settings.link_seconds, settings.largest_link))
    else:
        outcome = Rejected(PASTED, Reason.EMPTY)
    if isinstance(outcome, Rejected):
        return Pasted(None, outcome.reason.value, outcome.detail)
    return Pasted(unfiled(outcome.article, outcome.dated))
