"""What goes wrong, told to a client: what, where, and the nearest fix; never how the program is made."""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import msgspec
from starlette.responses import Response

from katanya.core.errors import HeldError, InputError, KatanyaError, NotThereError, RecordError, TooLongError

LOG = logging.getLogger("katanya.web")

STATUS: tuple[tuple[type[KatanyaError], int], ...] = (
    (NotThereError, HTTPStatus.NOT_FOUND),
    (HeldError, HTTPStatus.LOCKED),
    (TooLongError, HTTPStatus.GATEWAY_TIMEOUT),
    (InputError, HTTPStatus.BAD_REQUEST),
    (RecordError, HTTPStatus.BAD_REQUEST),
)
OF_THE_FILE = (HTTPStatus.LOCKED, HTTPStatus.GATEWAY_TIMEOUT)  # these lie at the ledger's file, no client's business
FORM = "is not written as described"
DESCRIPTION = "/api/v1/openapi.json"
FIXES = {
    HTTPStatus.NOT_FOUND: "begin at the front page",
    HTTPStatus.METHOD_NOT_ALLOWED: "the API's description says which methods there are",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and the nearest thing to try.

    ``id`` finds it in the server's log, where it is an error of the program itself.
    """

    what: str
    where: str = ""
    fix: str = ""
    id: str | None = None


class Refused(KatanyaError):  # noqa: N818 - it reads as what it is
    """A request that is not answered, with the status that says why and how many seconds to wait."""

    def __init__(self, status: int, what: str, *, where: str = "", fix: str = "", wait: int = 0) -> None:
        super().__init__(what, where=where, fix=fix)
        self.status, self.wait = status, wait


def problem_of(error: BaseException) -> tuple[int, Problem]:
    """Return the status and the problem of an error; one of the program itself is logged under a number."""
    match error:
        case Refused():
            return error.status, Problem(error.what, error.where, error.fix)
        case KatanyaError():
            status = next((status for kind, status in STATUS if isinstance(error, kind)), HTTPStatus.CONFLICT)
            return status, Problem(error.what, "" if status in OF_THE_FILE else error.where, error.fix)
    id = secrets.token_hex(4)
    LOG.error("error %s: %s", id, error, exc_info=error)
    fix = f"please report it, with what the server's log has under {id}"
    return HTTPStatus.INTERNAL_SERVER_ERROR, Problem("an error of the program itself", "", fix, id)


def http_problem(status: int, detail: str = "") -> Problem:
    """Return the problem of a bare status: no such page, a method that there is not."""
    known = HTTPStatus(status)
    return Problem(detail.lower() or known.phrase.lower(), "", FIXES.get(known, ""))


def invalid(errors: Sequence[Any]) -> Problem:
    """Return the problem of parameters that are not as the API's description has them."""
    first = errors[0]
    where = ".".join(str(part) for part in first["loc"])
    what = FORM if first["type"] == "string_pattern_mismatch" else str(first["msg"])
    return Problem(what[:1].lower() + what[1:], where, f"see the API's description, {DESCRIPTION}")


def as_json(status: int, problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """Return a problem as the API tells it."""
    return Response(msgspec.json.encode(problem), status, headers, media_type="application/json")
