"""Pages out of templates: every request with its language, theme and words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from katanya.core.records import Act, Kind, SpeakerKind
from katanya.render.html import visible
from katanya.web import maps
from katanya.web.catalogue import LANGUAGES, Catalogue, catalogue, preferred
from katanya.web.format import Formats
from katanya.web.marked import Marked
from katanya.web.pages import addresses
from katanya.web.pages.addresses import Addresses, with_query, with_values
from katanya.web.security import form_token
from katanya.web.telling import in_words
from katanya.web.views.article import Correction
from katanya.web.views.track import Spot

WEB = Path(__file__).parents[1]
THEMES = ("light", "dark", "system")
YEAR = 31_536_000  # seconds that a choice is kept for
LONGEST = 600  # code points of a content in a list
OWN_NAMES = {"id": "Bahasa Indonesia", "en": "English"}  # what each language calls itself
NAV = (
    ("front", addresses.FRONT), ("track", addresses.TRACK), ("quotations", addresses.QUOTATIONS),
    ("people", addresses.PEOPLE), ("compare", addresses.COMPARE), ("statistics", addresses.STATISTICS),
    ("paste", addresses.PASTE),
)  # fmt: skip
MORE = (
    ("help", addresses.HELP), ("corrections", addresses.CORRECTIONS), ("feeds", addresses.FEEDS),
    ("rejects", addresses.REJECTS),
)  # fmt: skip
NOTICES = {"saved": "correct.saved", "undone": "correct.undone_now"}  # what a page says after a change


def language_of(request: Request) -> str:
    """Return the language of a reader: the one chosen, else the browser's."""
    return preferred(request.headers.get("accept-language"), request.cookies.get("language"))


def formats_of(request: Request) -> Formats:
    """Return what writes dates and numbers for a reader."""
    return Formats(catalogue(language_of(request)))


def page(request: Request, template: str, /, page: str = "", status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page: a template filled in, in the reader's language; ``page`` is its name in the navigation."""
    html = _environment().get_template(template).render(**_context(request, page), **values)
    response = HTMLResponse(html, status)
    response.headers["Content-Language"] = language_of(request)
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


def shortened(text: str | None, most: int = LONGEST) -> str:
    """Return a text cut at a space where it is longer than so many code points."""
    if text is None or len(text) <= most:
        return text or ""
    cut = text[:most].rsplit(None, 1)[0] if any(letter.isspace() for letter in text[most // 2 : most]) else text[:most]
    return cut.rstrip() + " …"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(WEB / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.globals.update(
        to=Addresses(), clean=lambda text: visible(str(text)), shortened=shortened, static=_static, nav=NAV, more=MORE,
        languages=tuple((code, OWN_NAMES[code]) for code in LANGUAGES), kinds=[kind.value for kind in Kind],
        acts=[act.value for act in Act], speaker_kinds=[kind.value for kind in SpeakerKind],
        map_of=maps.drawn, names_of=_names_of, speakers_of=_speakers_of, web_address=_web_address,
        was_words=_was_words, adds=_adds,
    )  # fmt: skip
    return environment


def _context(request: Request, page: str) -> dict[str, Any]:
    words = catalogue(language_of(request))
    formats = Formats(words)
    theme = request.cookies.get("theme")
    here = with_values(request.url.path, dict(request.query_params)) if request.method == "GET" else addresses.FRONT
    app = request.scope.get("app")  # none where a request is refused before it comes there

    def preference(kind: str, value: str) -> str:
        return with_query(f"/preferences/{kind}/{quote(value)}", back=here)

    def with_changes(**changes: Any) -> str:
        kept = {**request.query_params, **{name: value for name, value in changes.items() if value is not None}}
        dropped = {name for name, value in changes.items() if value is None}
        return with_values(request.url.path, {name: str(kept[name]) for name in kept if name not in dropped})

    done = request.query_params.get("done")
    return {
        "t": words, "f": formats, "page": page, "theme": theme if theme in THEMES[:2] else None,
        "here": here, "preference": preference, "with_query": with_changes,
        "writable": app is not None and not app.state.settings.read_only,
        "token": "" if app is None else form_token(request),
        "author": unquote(request.cookies.get("author", "")),
        "notice": words(NOTICES[done]) if done in NOTICES else None,
        "seen": partial(in_words, language=words.language),
        "corrected_to": lambda one: _corrected_to(one, formats, words),
    }  # fmt: skip


@cache
def _static(name: str) -> str:
    """Return the address of a file that is shipped, with a digest, so that a browser may keep it."""
    digest = sha256((WEB / "static" / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


def _adds(words: str, others: str | None) -> bool:
    """Tell whether words hold one that is not among others: what adds nothing is not shown twice."""
    return not set(words.lower().split()) <= set((others or "").lower().split())


def _names_of(spots: Iterable[Spot]) -> str:
    return ", ".join(visible(spot.name) for spot in spots)


def _speakers_of(shown: Marked) -> list[tuple[str | None, str, int]]:
    """Return the speakers of a part with their colours and how many statements each has, in order of appearance."""
    counted = Counter(note.statement.speaker for note in shown.notes)
    hues = {note.statement.speaker: note.mark.hue for note in shown.notes}
    return [(name, hues[name], count) for name, count in counted.items()]


def _web_address(url: str | None) -> bool:
    """Tell whether an article's address may be a link: no other scheme becomes one."""
    return bool(url) and str(url).startswith(("https://", "http://"))


def _was_words(was: Mapping[str, Any]) -> str:
    return " … ".join(str(span["text"]) for span in was.get("contents", ()))


def _corrected_to(one: Correction, formats: Formats, words: Catalogue) -> str:
    match one.target:
        case "speaker":
            return str(one.value.get("speaker") or words("correct.nobody_named"))
        case "content":
            return " … ".join(map(str, one.value.get("contents", ())))
    bounds = formats.bounds(one.value.get("low"), one.value.get("high"))
    return " ".join(part for part in (bounds, str(one.value.get("unit") or "")) if part)
