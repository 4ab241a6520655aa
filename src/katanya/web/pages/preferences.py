"""What a reader chooses: the language of the interface, and light or dark; each kept in a cookie."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from katanya.core.errors import NotThereError
from katanya.web.catalogue import LANGUAGES
from katanya.web.pages.addresses import local
from katanya.web.pages.shown import THEMES, YEAR

router = APIRouter(include_in_schema=False)
CHOICES = {"language": LANGUAGES, "theme": THEMES}


@router.get("/preferences/{kind}/{value}")
async def choose(request: Request, kind: str, value: str, back: str = "/") -> RedirectResponse:
    """Keep a choice and go back to where it was made."""
    if value not in CHOICES.get(kind, ()):
        raise NotThereError("no such choice", where=f"{kind}/{value}"[:80])
    answer = RedirectResponse(local(back), 303)
    answer.set_cookie(kind, value, max_age=YEAR, httponly=True, samesite="lax", path="/")
    return answer
