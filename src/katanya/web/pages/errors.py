"""What goes wrong, as a page in the reader's language."""

from dataclasses import replace

from fastapi import Request
from fastapi.responses import HTMLResponse

from katanya.web.pages.shown import formats_of, page
from katanya.web.problems import Problem
from katanya.web.telling import told

WORDS = {
    400: "bad_input", 401: "no_token", 403: "not_allowed", 404: "not_found", 408: "too_long", 409: "bad_input",
    413: "too_large", 422: "bad_input", 423: "busy", 429: "too_many", 503: "too_many", 504: "too_long",
}  # fmt: skip
PLAIN = (401, 404)  # what is told of them says all


def problem_page(request: Request, status: int, problem: Problem) -> HTMLResponse:
    """Return the page of a problem: what it is in the reader's words, and what exactly was seen."""
    words = formats_of(request).words
    key = WORDS.get(status, "broken" if status >= 500 else "other")
    seen = replace(problem, fix="") if status == 422 else problem  # the API's description helps nobody here
    return page(
        request, "error.html", status=status, heading=words(f"error.{key}"), told=words(f"error.{key}_told"),
        detail=None if status in PLAIN else told(seen, words.language),
    )  # fmt: skip
