"""The pages that are read: each asks a view and fills a template."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from katanya.core.errors import NotThereError
from katanya.ledger.listing import Sort
from katanya.ledger.naming import parted
from katanya.ledger.statistics import By
from katanya.ledger.store import Ledger
from katanya.web import charts
from katanya.web.marked import marked, place_of
from katanya.web.pages.addresses import CORRECTIONS, PEOPLE, Addresses, with_query
from katanya.web.pages.shown import formats_of, page
from katanya.web.views import asked
from katanya.web.views.article import Article, article
from katanya.web.views.compare import Side, compare
from katanya.web.views.corrections import corrections
from katanya.web.views.feeds import feeds
from katanya.web.views.front import front
from katanya.web.views.person import person
from katanya.web.views.quotation import quotation, quotations
from katanya.web.views.rejects import rejects
from katanya.web.views.statistics import statistics
from katanya.web.views.track import track

router = APIRouter(include_in_schema=False)
to = Addresses()
Answer = TypeVar("Answer")

Words = Annotated[str, Query(max_length=300)]
Number = Annotated[int | None, Query(ge=0, lt=1_000_000_000)]
Cursor = Annotated[str | None, Query(max_length=400)]
FILTERS = ("speaker", "role", "affiliation", "outlet", "kind", "act", "since", "until")
IN_ADDRESS = {"since": "from", "until": "to"}  # filters that are called otherwise there
SIDES = [side.value for side in Side]


async def ask(request: Request, question: Callable[[Ledger], Answer]) -> Answer:
    """Answer a question of the ledger on a thread of its own."""
    return await request.app.state.ledgers.ask(question)  # type: ignore[no-any-return]


def asked_for(request: Request) -> asked.Query:
    """Return the search that an address holds; what is empty there asks nothing."""
    given = request.query_params
    filters: dict[str, Any] = {
        name: (given.get(IN_ADDRESS.get(name, name)) or "").strip()[:300] or None for name in FILTERS
    }
    sort = Sort.LATEST if given.get("sort") == Sort.LATEST else Sort.BEST
    words, cursor = (given.get("q") or "")[:300], (given.get("after") or "")[:400] or None
    return asked.Query(words, **filters, titles=bool(given.get("titles")), sort=sort, cursor=cursor)


@router.get("/")
async def front_page(request: Request) -> Response:
    """Show the newest statements and who is quoted most, or what a search finds."""
    query = asked_for(request)
    shown = await ask(request, partial(front, query=query))
    return page(request, "front.html", "front", front=shown, **_filtered(request, query))


@router.get("/articles/{id}")
async def article_page(request: Request, id: str, edition: Number = None, part: Number = None) -> Response:
    """Show an article with its statements marked in place."""
    whole = await ask(request, partial(article, id=id, edition=edition))

    def address(number: int) -> str:
        return to.article(id, edition=edition, part=number)

    return page(request, "article.html", article=whole, shown=marked(whole, part or 1), part_address=address)


@router.get("/statements/{id:path}")
async def statement(request: Request, id: str) -> Response:
    """Lead to a statement where it stands in its article."""
    name, label = parted(id)
    whole = await ask(request, partial(article, id=name))
    return RedirectResponse(address_in(whole, label), 303)


def address_in(whole: Article, label: str) -> str:
    """Return the address of a statement within its article's page; raises `NotThereError` where it has none."""
    place = place_of(whole, label)
    if place is None or whole.id is None:
        raise NotThereError("no such statement in the current reading", where=label[:80])
    part, number = place
    return f"{to.article(whole.id, part=part if part > 1 else None)}#s-{number}"


@router.get(PEOPLE)
async def people_page(request: Request, name: Words = "", q: Words = "", after: Cursor = None) -> Response:
    """Show who is quoted most, or all that speaks under a name."""
    if not name.strip():
        bearers = await ask(request, Ledger.quoted_most)
        return page(request, "people.html", "people", name=name, bearers=bearers)
    return await _person(request, partial(person, name=name, topic=q, cursor=after), {"name": name})


@router.get(f"{PEOPLE}/{{id:path}}")
async def person_page(request: Request, id: str, q: Words = "", after: Cursor = None) -> Response:
    """Show a person across articles."""
    return await _person(request, partial(person, id=id, topic=q, cursor=after), {})


async def _person(request: Request, question: Callable[[Ledger], Any], kept: dict[str, str]) -> Response:
    shown = await ask(request, question)
    if not shown.spoken and kept:
        return page(request, "people.html", "people", 404, bearers=(), **kept)
    spec = charts.periods(shown.periods, formats_of(request)) if len(shown.periods) > 1 else None
    paged = "after" in request.query_params
    return page(request, "person.html", "people", person=shown, spec=spec, kept=list(kept.items()), paged=paged)


@router.get("/quotations")
async def quotations_page(request: Request, q: Words = "", speaker: Words = "") -> Response:
    """Show the quotations that hold some words."""
    found = await ask(request, partial(quotations, words=q, speaker=speaker or None))
    return page(request, "quotations.html", "quotations", asked=found)


@router.get("/quotations/{id:path}")
async def quotation_page(request: Request, id: str) -> Response:
    """Show a quotation in its versions."""
    found = await ask(request, partial(quotation, id=id))
    return page(request, "quotation.html", "quotations", quotation=found)


@router.get("/track")
async def track_page(request: Request) -> Response:
    """Show the figures that several accounts give for one thing."""
    query = asked_for(request)
    found = await ask(request, partial(track, question=query.words, since=query.since, until=query.until))
    formats = formats_of(request)
    specs = [charts.track(one, formats) for one in found.tracks]
    return page(request, "track.html", "track", tracks=found, specs=specs)


@router.get("/compare")
async def compare_page(request: Request, by: str = Side.SPEAKER, left: Words = "", right: Words = "") -> Response:
    """Show two sides next to each other."""
    query = asked_for(request)
    side = Side(by) if by in SIDES else Side.SPEAKER
    found = await ask(request, partial(
        compare, by=side, topic=query.words, left=left, right=right, since=query.since, until=query.until, limit=10
    ))  # fmt: skip
    return page(request, "compare.html", "compare", comparison=found, left=left, right=right, sides=SIDES)


@router.get("/statistics")
async def statistics_page(request: Request, by: str = By.ROLE) -> Response:
    """Show who gets to speak."""
    query = asked_for(request)
    field = By(by) if by in list(By) else By.ROLE
    found = await ask(request, partial(statistics, by=field, filters=query.filters))
    fields = [one.value for one in By]
    return page(
        request, "statistics.html", "statistics", statistics=found, fields=fields, **_filtered(request, query)
    )


@router.get("/rejects")
async def rejects_page(request: Request, reason: Words = "", after: Cursor = None) -> Response:
    """Show the inputs that could not be read."""
    found = await ask(request, partial(rejects, reason=reason or None, cursor=after))
    return page(request, "rejects.html", "rejects", rejects=found, paged=after is not None)


@router.get(CORRECTIONS)
async def corrections_page(request: Request, after: Cursor = None) -> Response:
    """Show what editors say against the reading."""
    found = await ask(request, partial(corrections, cursor=after))
    return page(request, "corrections.html", "corrections", found=found, paged=after is not None)


@router.get("/feeds")
async def feeds_page(request: Request) -> Response:
    """Show the feeds that are watched."""
    return page(request, "feeds.html", "feeds", feeds=await ask(request, feeds))


@router.get("/help")
async def help_page(request: Request) -> Response:
    """Explain the marks."""
    return page(request, "help.html", "help")


def _filtered(request: Request, query: asked.Query) -> dict[str, Any]:
    """Return what the form of filters shows: the search itself, and a link that drops each filter."""
    formats = formats_of(request)
    chips = []
    for name in FILTERS:
        value = getattr(query, name)
        if value:
            others = replace(query, **dict[str, Any]({"cursor": None, name: None}))
            words = formats.words.named(name, value) if name in ("kind", "act") else value
            label = f"{formats.words(f'find.{name}')}: {words}"
            chips.append({"label": label, "without": search_address(request, others)})
    return {"query": query, "chips": chips, "filtered": bool(chips)}


def search_address(request: Request, query: asked.Query) -> str:
    """Return the address of a search on the page that is shown."""
    filters = {IN_ADDRESS.get(name, name): getattr(query, name) for name in FILTERS}
    titles = "1" if query.titles else None
    return with_query(request.url.path, q=query.words, **filters, titles=titles)
