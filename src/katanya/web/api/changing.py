"""The part of the API that changes something, or reads what is not in the ledger."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from pydantic import BaseModel, ConfigDict, Field, model_validator
from starlette.responses import Response

from katanya.core.records import SpeakerKind
from katanya.web.api.parameters import Ledger, answers, plain
from katanya.web.problems import Refused
from katanya.web.security import Changing, Pasting
from katanya.web.views import corrections, paste
from katanya.web.views.article import Correction

router = APIRouter(tags=["changing"])

LONG = 2000  # characters of words, reasons, names
Text = Annotated[str, Field(min_length=1, max_length=LONG)]
Stretch = Annotated[str, Field(min_length=1, max_length=100_000)]


class Body(BaseModel):
    """A body that has no other fields than those described."""

    model_config = ConfigDict(extra="forbid")


class Figure(Body):
    """What a figure really is: its words as they stand in the article, and its bounds; an open one is null."""

    words: Text
    low: Annotated[float | None, Field(allow_inf_nan=False)]
    high: Annotated[float | None, Field(allow_inf_nan=False)]
    unit: Annotated[str | None, Field(max_length=100)] = None


class NewCorrection(Body):
    """A correction of one statement: its speaker (`nobody` where nobody is named), its contents, or one figure."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [
        {"statement": "k7m2q9x4t8wzabcd.s3", "speaker": "Rini Wulandari", "author": "desk", "reason": "byline misread"},
    ]})  # fmt: skip

    statement: Text
    author: Text
    reason: Text
    speaker: Text | None = None
    speaker_kind: SpeakerKind | None = None
    nobody: bool = False
    contents: Annotated[list[Stretch] | None, Field(max_length=50)] = None
    figure: Figure | None = None

    @model_validator(mode="after")
    def _one(self) -> "NewCorrection":
        if sum([self.speaker is not None, self.nobody, bool(self.contents), self.figure is not None]) != 1:
            raise ValueError("give one of speaker, nobody, contents, figure")
        return self


class Undoing(Body):
    """Who takes a correction back."""

    author: Text


class Pasted(Body):
    """A text, or the address of a page, with what is known about it."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [
        {"text": "Camat Sukamaju, Rini Wulandari, mengatakan banjir sudah surut.", "published": "2025-06-03"},
        {"url": "https://kabartirta.example/berita/banjir-surut"},
    ]})  # fmt: skip

    text: Annotated[str | None, Field(min_length=1)] = None
    url: Annotated[str | None, Field(min_length=1, max_length=LONG)] = None
    title: Annotated[str | None, Field(max_length=LONG)] = None
    outlet: Annotated[str | None, Field(max_length=LONG)] = None
    published: Annotated[str | None, Field(max_length=100)] = None

    @model_validator(mode="after")
    def _one(self) -> "Pasted":
        if (self.text is None) == (self.url is None):
            raise ValueError("give one of text, url")
        return self


def now() -> str:
    """Return the time of day, in UTC: the one place where the reading room asks for it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


async def is_json(request: Request) -> None:
    """Refuse a body that is no JSON: a form of another site could send it."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(415, "the body is not JSON", fix="send it as application/json")


@router.post("/read", summary="Read a text or a page", dependencies=[Depends(is_json)],
             responses=answers(paste.Pasted, "What was read.", 403, 413, 415, 429, 503, 504))
async def read(request: Request, pasted: Pasted, _: Pasting) -> Response:
    """Read a text, or the page of an address, at once and without filing it; else tell the reason why not."""
    about = {"title": pasted.title, "outlet": pasted.outlet, "published": pasted.published}
    if pasted.url is not None:
        return plain(await paste.read_link(request.app.state.desk, pasted.url))
    return plain(await paste.read_text(request.app.state.desk, pasted.text or "", **about))


@router.post("/corrections", summary="Correct a statement", status_code=201, dependencies=[Depends(is_json)],
             responses=answers(Correction, "The correction.", 403, 404, 409, 413, 415, 423, 429, status=201))
async def correct(made: NewCorrection, ledger: Ledger, _: Changing) -> Response:
    """Say what is right instead of what was read; the machine's reading stays beneath."""
    told: dict[str, Any] = {"author": made.author, "reason": made.reason, "now": now()}
    if made.contents:
        contents = made.contents
        view = await ledger.change(lambda one: corrections.correct_content(one, made.statement, contents, **told))
    elif made.figure is not None:
        amount = corrections.Amount(made.figure.words, made.figure.low, made.figure.high, made.figure.unit)
        view = await ledger.change(lambda one: corrections.correct_figure(one, made.statement, amount, **told))
    else:
        view = await ledger.change(
            lambda one: corrections.correct_speaker(one, made.statement, made.speaker, made.speaker_kind, **told)
        )
    return plain(view, 201)


@router.post("/corrections/{number}/undo", summary="Take a correction back", dependencies=[Depends(is_json)],
             responses=answers(Correction, "The correction, undone.", 403, 404, 409, 413, 415, 423, 429))
async def undo(
    number: Annotated[int, Path(ge=1, lt=2**63)], undoing: Undoing, ledger: Ledger, _: Changing
) -> Response:
    """Take a correction back; it stays in the ledger as undone."""
    return plain(await ledger.change(
        lambda one: corrections.undo(one, number, author=undoing.author, now=now())
    ))  # fmt: skip
