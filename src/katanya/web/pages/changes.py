"""Corrections made in place and undone, with author and reason."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import RedirectResponse, Response

from katanya.core.errors import HeldError, LedgerError, NotThereError
from katanya.core.records import SpeakerKind
from katanya.ledger.naming import parted
from katanya.ledger.store import Ledger
from katanya.web.format import Formats
from katanya.web.marked import place_of
from katanya.web.pages.addresses import FRONT, local
from katanya.web.pages.reading import address_in, ask
from katanya.web.pages.shown import YEAR, formats_of, page
from katanya.web.problems import Refused
from katanya.web.security import Changing, FromForm
from katanya.web.telling import told as said
from katanya.web.views.article import Article, Statement, article
from katanya.web.views.corrections import Amount, correct_content, correct_figure, correct_speaker
from katanya.web.views.corrections import undo as undo_it

router = APIRouter(include_in_schema=False)
Change = Callable[[Ledger], Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form held; ``None`` where it was not sent."""

    target: str | None = None
    speaker: str | None = None
    speaker_kind: str | None = None
    contents: str | None = None
    figure: str | None = None
    low: str | None = None
    high: str | None = None
    unit: str | None = None
    author: str | None = None
    reason: str | None = None


@router.get("/correct/{id:path}")
async def form(request: Request, id: str) -> Response:
    """Show what can be corrected of a statement."""
    if request.app.state.settings.read_only:
        raise Refused(403, "nothing can be changed here", fix="serve the ledger without --read-only")
    return await _form(request, id, Asked())


@router.post("/correct/{id:path}")
async def correct(request: Request, id: str, _: FromForm, __: Changing) -> Response:
    """Note a correction and go back to the statement; say what is wrong with it where it cannot be."""
    sent = await request.form()
    asked = Asked(**{field.name: str(sent[field.name]) for field in fields(Asked) if field.name in sent})
    try:
        await request.app.state.ledgers.change(_change(id, asked, formats_of(request)))
    except (HeldError, NotThereError):
        raise
    except (LedgerError, ValueError) as error:
        return await _form(request, id, asked, _problem(error, asked, formats_of(request)))
    whole = await ask(request, partial(article, id=parted(id)[0]))
    answer = RedirectResponse(told(address_in(whole, parted(id)[1]), "saved"), 303)
    answer.set_cookie("author", quote((asked.author or "")[:200]), max_age=YEAR, httponly=True, samesite="lax")
    return answer


@router.post("/corrections/{number}/undo")
async def undo(
    request: Request,
    number: Annotated[int, Path(ge=1, lt=2**63)],
    _: FromForm,
    __: Changing,
    author: Annotated[str, Form(max_length=200)],
    back: Annotated[str, Form(max_length=600)] = FRONT,
) -> Response:
    """Take a correction back."""
    if not author.strip():
        raise Refused(422, formats_of(request).words("correct.unsigned"))
    await request.app.state.ledgers.change(partial(undo_it, correction=number, author=author.strip(), now=_now()))
    return RedirectResponse(told(local(back), "undone"), 303)


async def _form(request: Request, id: str, asked: Asked, problem: str | None = None) -> Response:
    name, label = parted(id)
    whole = await ask(request, partial(article, id=name))
    place = place_of(whole, label)
    if place is None:
        raise NotThereError("no such statement in the current reading", where=id[:80])
    said = next(one for one in whole.statements if one.label == label)
    return page(
        request, "correct.html", status=200 if problem is None else 422, article=whole, said=said, number=place[1],
        back=address_in(whole, label), asked=asked, problem=problem, names=_names(whole),
        said_words="\n".join(span.text for span in said.contents), mine=_on(whole, said),
    )  # fmt: skip


def _names(whole: Article) -> list[str]:
    found = [person.name for person in whole.people] + [said.speaker for said in whole.statements if said.speaker]
    return list(dict.fromkeys(found))


def _on(whole: Article, said: Statement) -> list[Any]:
    return [one for one in whole.corrections if one.statement == said.id]


def _change(id: str, asked: Asked, formats: Formats) -> Change:
    """Return what a form asks for; raises `ValueError` for a bound that is no number."""
    author, reason, now = (asked.author or "").strip(), (asked.reason or "").strip(), _now()
    signed: dict[str, Any] = {"author": author, "reason": reason, "now": now}
    match asked.target:
        case "speaker":
            name = (asked.speaker or "").strip() or None
            kind = SpeakerKind(asked.speaker_kind) if asked.speaker_kind in list(SpeakerKind) else None
            given = kind if (name is None) == (kind is SpeakerKind.NONE) else None  # a name has a kind, nobody has none
            return partial(correct_speaker, id=id, name=name, kind=given, **signed)
        case "content":
            lines = [line.strip() for line in (asked.contents or "").splitlines() if line.strip()]
            return partial(correct_content, id=id, contents=lines, **signed)
        case "figure":
            low, high = formats.parsed(asked.low or ""), formats.parsed(asked.high or "")
            amount = Amount(asked.figure or "", low, high, (asked.unit or "").strip() or None)
            return partial(correct_figure, id=id, amount=amount, **signed)
    raise LedgerError("nothing to correct")


def _problem(error: LedgerError | ValueError, asked: Asked, formats: Formats) -> str:
    """Return in the reader's words what is wrong with a correction."""
    words = formats.words
    if not ((asked.author or "").strip() and (asked.reason or "").strip()):
        return words("correct.unsigned")
    if isinstance(error, ValueError):
        return words("correct.no_number")
    if asked.target == "content":
        return words("correct.not_there")
    if asked.target == "figure" and "bound" in str(error):
        return words("correct.crossed")
    return f"{words('correct.refused')} {said(error, words.language)}"


def told(address: str, done: str) -> str:
    """Return an address on which the page says what was done."""
    parts = urlsplit(address)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "done"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("done", done)])))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
