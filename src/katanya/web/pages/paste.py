"""A text or a link that is read at once and not filed."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from katanya.core.outcomes import Reason
from katanya.web.marked import marked
from katanya.web.pages.shown import formats_of, page
from katanya.web.security import FromForm, Pasting
from katanya.web.views.paste import Pasted, read_link, read_text

router = APIRouter(include_in_schema=False)
EMPTY = {"text": "", "url": "", "published": ""}


@router.get("/paste")
async def empty(request: Request) -> Response:
    """Show the form."""
    return page(request, "paste.html", "paste", asked=EMPTY, pasted=None, shown=None, links=True)


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
    if text.strip():
        return await read_text(request.app.state.desk, text.replace("\r\n", "\n"), published=published or None)
    if url:
        return await read_link(request.app.state.desk, url)
    return Pasted(None, Reason.EMPTY.value, formats_of(request).words("paste.nothing"))
