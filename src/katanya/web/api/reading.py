"""The part of the API that answers questions."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from katanya.core.settings import VERSION
from katanya.ledger.listing import PAGE, Found, Said
from katanya.ledger.statistics import By
from katanya.web.api import parameters as given
from katanya.web.api.parameters import Asked, Cursor, Ledger, Limit, Name, Since, Told, Until, answers, plain
from katanya.web.views import article, compare, corrections, feeds, front, person, quotation, rejects, statistics, track
from katanya.web.views.about import About, about
from katanya.web.views.statement import statement as one_statement

router = APIRouter(tags=["reading"])

Topic = Annotated[str, Query(max_length=given.LONGEST, description="Words of what the statements are about.")]
SideName = Annotated[str, Query(max_length=given.LONGEST, description="Words of the side's name.")]


def answered(model: Any, what: str, *more: int) -> Told:
    """Return how the API's description has the answers to a question of the ledger."""
    return answers(model, what, *more, 503, 504)


@router.get("/about", summary="What this server is", responses=answered(About, "The server."))
async def what_it_is(request: Request, ledger: Ledger) -> Response:
    """Tell the version, how much the ledger holds, and what may be done here."""
    settings = request.app.state.settings
    return plain(await ledger.ask(lambda opened: about(opened, VERSION, settings)))


@router.get("/front", summary="The front page", responses=answered(front.Front, "The newest statements, or a search."))
async def front_page(asked: Asked, ledger: Ledger) -> Response:
    """Return the newest statements and who is quoted most; with words or filters what they find."""
    return plain(await ledger.ask(lambda opened: front.front(opened, asked)))


@router.get("/statements", summary="Search statements", responses=answered(Found, "A page of statements."))
async def statements(asked: Asked, ledger: Ledger) -> Response:
    """Find statements by words and filters, those of `katanya search`.

    With `sort=latest` every statement comes once, whatever is filed between two pages; with `sort=best` that holds
    while nothing is filed. Without words it is always the latest first.
    """
    return plain(await ledger.ask(lambda opened: front.found(opened, asked)))


@router.get("/statements/{id:path}", summary="One statement", responses=answered(Said, "The statement.", 404))
async def statement(id: Name, ledger: Ledger) -> Response:
    """Return a statement as it holds now. Its `id` stays the same as long as its article is read the same."""
    return plain(await ledger.ask(lambda opened: one_statement(opened, id)))


@router.get("/articles/{id}", summary="One article", responses=answered(article.Article, "The article.", 404))
async def one_article(
    id: Name, ledger: Ledger,
    edition: Annotated[int | None, Query(ge=1, le=10**9, description="Which edition; the last unless told.")] = None,
) -> Response:  # fmt: skip
    """Return an article with its text, statements, people, editions and corrections; offsets are code points."""
    return plain(await ledger.ask(lambda opened: article.article(opened, id, edition)))


@router.get("/articles/{id}/record", summary="An article's record", responses=answered(dict, "The record.", 404))
async def record(id: Name, ledger: Ledger) -> Response:
    """Return an article in the form of `katanya extract`, corrections laid over."""
    return plain(await ledger.ask(lambda opened: opened.opened(id).article.to_dict()))


@router.get("/people", summary="A speaker by name", responses=answered(person.Person, "The speaker.", 404))
async def by_name(
    ledger: Ledger, name: Annotated[str, Query(min_length=1, max_length=given.LONGEST, examples=["Rini Wulandari"])],
    topic: Topic = "", cursor: Cursor = None, limit: Limit = PAGE,
) -> Response:  # fmt: skip
    """Return who bears a name and is quoted most; before people were related all whose names hold its words."""
    return plain(await ledger.ask(
        lambda opened: person.person(opened, name=name, topic=topic, cursor=cursor, limit=limit)
    ))  # fmt: skip


@router.get("/people/{id:path}", summary="A person", responses=answered(person.Person, "The person.", 404))
async def one_person(
    id: Name, ledger: Ledger, topic: Topic = "", cursor: Cursor = None, limit: Limit = PAGE
) -> Response:
    """Return a person across articles: roles over time, months, outlets, counterparts, statements by topic."""
    return plain(await ledger.ask(
        lambda opened: person.person(opened, id, topic=topic, cursor=cursor, limit=limit)
    ))  # fmt: skip


@router.get("/quotations", summary="Quotations of several articles",
            responses=answered(quotation.Quotations, "The quotations."))
async def quotations(
    ledger: Ledger, q: given.Words = "", speaker: given.Speaker = None,
    limit: Annotated[int, Query(ge=1, le=50, description="At most so many.")] = 10,
) -> Response:  # fmt: skip
    """Find quotations that stand in several articles by their words: all versions, the earliest first."""
    return plain(await ledger.ask(lambda opened: quotation.quotations(opened, q, speaker=speaker, limit=limit)))


@router.get("/quotations/{id:path}", summary="One quotation",
            responses=answered(quotation.Quotation, "The quotation.", 404))
async def one_quotation(id: Name, ledger: Ledger) -> Response:
    """Return the versions of a quotation with the words that differ, by the id of any of its statements."""
    return plain(await ledger.ask(lambda opened: quotation.quotation(opened, id)))


@router.get("/tracks", summary="Figures over time", responses=answered(track.Tracks, "The tracks."))
async def tracks(
    ledger: Ledger,
    q: Annotated[str, Query(max_length=given.LONGEST, examples=["korban tewas gempa Cianjur"],
                            description="What is counted, and the event.")] = "",
    since: Since = None, until: Until = None,
    limit: Annotated[int, Query(ge=1, le=50, description="At most so many.")] = track.MOST,
) -> Response:  # fmt: skip
    """Lay the figures side by side that several accounts give for one thing: evidence, never a verdict."""
    return plain(await ledger.ask(lambda opened: track.track(opened, q, since=since, until=until, limit=limit)))


@router.get("/compare", summary="Two sides", responses=answered(compare.Comparison, "Both sides."))
async def two_sides(
    ledger: Ledger, by: compare.Side = compare.Side.SPEAKER, topic: Topic = "", left: SideName = "",
    right: SideName = "", since: Since = None, until: Until = None, left_cursor: Cursor = None,
    right_cursor: Cursor = None, limit: Limit = PAGE,
) -> Response:  # fmt: skip
    """Return what two speakers, outlets, affiliations or roles say about one topic."""
    return plain(await ledger.ask(lambda opened: compare.compare(
        opened, by, topic, left=left, right=right, since=since, until=until, left_cursor=left_cursor,
        right_cursor=right_cursor, limit=limit,
    )))  # fmt: skip


@router.get("/statistics", summary="Who gets to speak", responses=answered(statistics.Statistics, "The shares."))
async def who_speaks(
    ledger: Ledger, by: By = By.ROLE, speaker: given.Speaker = None, role: given.Role = None,
    affiliation: given.Affiliation = None, outlet: given.Outlet = None, kind: given.OfKind = None,
    act: given.OfAct = None, since: Since = None, until: Until = None, limit: Limit = statistics.MOST,
) -> Response:  # fmt: skip
    """Count statements by one field, as shares with their 95 % bounds."""
    filters = given.query("", speaker, role, affiliation, outlet, kind, act, since, until).filters
    return plain(await ledger.ask(lambda opened: statistics.statistics(opened, by, filters, limit=limit)))


@router.get("/rejects", summary="What could not be read", responses=answered(rejects.Rejects, "A page of rejects."))
async def not_read(
    ledger: Ledger, reason: Annotated[str | None, Query(max_length=given.LONGEST)] = None, cursor: Cursor = None,
    limit: Limit = rejects.PAGE,
) -> Response:  # fmt: skip
    """Return the inputs that could not be read, the latest first, with the reason."""
    return plain(await ledger.ask(lambda opened: rejects.rejects(opened, reason, cursor=cursor, limit=limit)))


@router.get("/feeds", summary="The feeds", responses=answered(feeds.Feeds, "The feeds."))
async def watched(ledger: Ledger) -> Response:
    """Return the feeds that the ledger watches, and how they do."""
    return plain(await ledger.ask(feeds.feeds))


@router.get("/corrections", summary="The corrections", responses=answered(corrections.Corrections, "The corrections."))
async def made(
    ledger: Ledger, orphaned: Annotated[bool, Query(description="Only those that lie on nothing now.")] = False,
    cursor: Cursor = None, limit: Limit = corrections.PAGE,
) -> Response:  # fmt: skip
    """Return what editors say against the reading, the latest first, what was undone included."""
    return plain(await ledger.ask(
        lambda opened: corrections.corrections(opened, orphaned=orphaned, cursor=cursor, limit=limit)
    ))  # fmt: skip
