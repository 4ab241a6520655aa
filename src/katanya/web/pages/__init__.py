"""The pages of the reading room: routes that ask a view and fill a template."""

from fastapi import APIRouter

from katanya.web.pages import changes, paste, preferences, reading
from katanya.web.pages.errors import problem_page

__all__ = ["problem_page", "router"]

router = APIRouter()
for part in (reading, changes, paste, preferences):
    router.include_router(part.router)
