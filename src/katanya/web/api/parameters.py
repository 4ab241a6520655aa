"""What requests of the API hold, described for its readers."""

from typing import Annotated, Any

import msgspec
from fastapi import Depends, Path, Query, Request
from starlette.responses import Response

from katanya.core.records import Act, Kind
from katanya.ledger.listing import PAGE, Sort
from katanya.web.ledgers import Ledgers
from katanya.web.problems import Problem
from katanya.web.views import asked

LONGEST = 300  # characters of what is asked for
WIDEST = 200  # things of one page
DAY = r"^\d{4}(-\d{2}(-\d{2}(T\d{2}(:\d{2})?)?)?)?$"

Words = Annotated[str, Query(
    alias="q", max_length=LONGEST, examples=["gempa menewaskan"],
    description="Words that were said, all of them, in any of their forms; \"in quotes\" as they stand.",
)]  # fmt: skip
Speaker = Annotated[str | None, Query(max_length=LONGEST, description="Words of the speaker's name.")]
Role = Annotated[str | None, Query(max_length=LONGEST, description="Words of the speaker's role in that article.")]
Affiliation = Annotated[str | None, Query(max_length=LONGEST, description="Words of the speaker's affiliation there.")]
Outlet = Annotated[str | None, Query(max_length=LONGEST, description="Part of the outlet's name.")]
OfKind = Annotated[Kind | None, Query(description="Whether it stands in quotation marks.")]
OfAct = Annotated[Act | None, Query(description="What is done by saying it.")]
Since = Annotated[str | None, Query(
    alias="from", pattern=DAY, examples=["2022-11"],
    description="Published then or later: an ISO date, or its beginning.",
)]  # fmt: skip
Until = Annotated[str | None, Query(
    alias="to", pattern=DAY, examples=["2022-12-31"], description="Published then or earlier.",
)]  # fmt: skip
Titles = Annotated[bool, Query(description="Look for the words in the article's title, too.")]
Sorted = Annotated[Sort, Query(description="The best first, 1,000 at most; or the latest first, all of them.")]
Cursor = Annotated[str | None, Query(max_length=LONGEST, description="The `cursor` of the page before, unchanged.")]
Limit = Annotated[int, Query(ge=1, le=WIDEST, description="At most so many.")]
Name = Annotated[str, Path(max_length=2000, description="The `id` that another answer gives.")]


def query(
    q: Words = "", speaker: Speaker = None, role: Role = None, affiliation: Affiliation = None, outlet: Outlet = None,
    kind: OfKind = None, act: OfAct = None, since: Since = None, until: Until = None, titles: Titles = False,
    sort: Sorted = Sort.BEST, cursor: Cursor = None, limit: Limit = PAGE,
) -> asked.Query:  # fmt: skip
    """Return a search from the parameters of a request."""
    return asked.Query(
        q, speaker, role, affiliation, outlet, kind.value if kind else None, act.value if act else None, since, until,
        titles, sort, cursor, limit,
    )  # fmt: skip


Asked = Annotated[asked.Query, Depends(query)]


def ledgers(request: Request) -> Ledgers:
    """Return the ledger that a request is answered from."""
    found: Ledgers = request.app.state.ledgers
    return found


Ledger = Annotated[Ledgers, Depends(ledgers)]


def plain(view: Any, status: int = 200) -> Response:
    """Return a view as JSON."""
    return Response(msgspec.json.encode(view), status, media_type="application/json")


Told = dict[int | str, dict[str, Any]]


def answers(model: Any, what: str, *more: int, status: int = 200) -> Told:
    """Return how the API's description has the answers of a path: its view, and the problems that there may be."""
    return {status: {"model": model, "description": what}} | problems(400, 401, 422, *more)


def problems(*codes: int) -> Told:
    """Return how the API's description has the problems that there may be."""
    return {code: {"model": Problem, "description": PROBLEMS[code]} for code in codes}


PROBLEMS = {
    400: "A date, cursor or body that is none.",
    401: "A token is needed.",
    403: "Nothing can be changed here, or the change does not come from here.",
    404: "There is no such thing in the ledger.",
    409: "The ledger does not allow it: the words are not in the article, or it has been undone already.",
    413: "The request is too large.",
    415: "The body is not JSON.",
    422: "A parameter is not as described.",
    423: "Somebody else is writing the ledger; try again later.",
    429: "Too often; `Retry-After` says when it may be asked again.",
    503: "Too many wait; `Retry-After` says when it may be asked again.",
    504: "It takes too long.",
}
