"""What goes wrong, as a page in the reader's language."""

from fastapi import Request
from fastapi.responses import HTMLResponse

from katanya.web.pages.shown import formats_of, page
from katanya.web.problems import Problem

WORDS = {
    400: "bad_input", 401: "not_allowed", 403: "not_allowed", 404: "not_found", 409: "bad_input", 413: "too_large",
    422: "bad_input", 423: "busy", 429: "too_many", 503: "too_many",
}  # fmt: skip


def problem_page(request: Request, status: int, problem: Problem) -> HTMLResponse:
    """Return the page of a problem: what it is in the reader's words, and what exactly was seen."""
    words = formats_of(request).words
    key = WORDS.get(status, "broken" if status >= 500 else "other")
    detail = f"{problem.where}: {problem.what}" if problem.where else problem.what
    seen = f"{detail} ({problem.fix})" if problem.fix and status != 422 else detail
    return page(
        request, "error.html", status=status, heading=words(f"error.{key}"), told=words(f"error.{key}_told"),
        detail=None if status == 404 else seen,
    )  # fmt: skip
