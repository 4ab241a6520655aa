"""What stands before the application: who may ask, how large and how slow a request may be, what a browser may do."""

import asyncio
import secrets
from collections.abc import Callable
from html import escape
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request
from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from katanya.web.access import COOKIE, FORM, Access, Rates, cookies, is_from_here
from katanya.web.problems import Problem, Refused, as_json, problem_of
from katanya.web.settings import Settings

SAFE = ("GET", "HEAD", "OPTIONS")
TOKEN = "token"  # the parameter that a first address holds
STATIC = "/static/"
PASTE, READ = "/paste", "/read"  # the page and, below its prefix, the part of the API that take long texts

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "cache-control": "private, no-cache",
}

Page = Callable[[Request, int, Problem], Response]  # shows a problem with its status


class Guard:
    """Answers in place of the application what must not reach it, and says to browsers what pages may do."""

    def __init__(self, app: ASGIApp, settings: Settings, refuse: "Refuse") -> None:
        self._app, self._settings, self._refuse = app, settings, refuse
        self._access = Access(settings)
        self._pastes = (PASTE, settings.prefix + READ)
        self._guesses = Rates(settings.guesses)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Guard one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            begun = True
            _add_headers(message, scope)
            await send(message)

        scope.setdefault("state", {})["access"] = self._access
        request = Request(scope)
        try:
            answer = await self._before(scope, request.headers)
            if answer is None:
                body = await self._body(scope, request.headers, receive)
                await self._app(scope, body, sent)
                return
        except Exception as error:
            if begun:
                raise
            answer = self._refuse(request, error)
        await answer(scope, receive, sent)

    async def _before(self, scope: Scope, headers: Headers) -> Response | None:
        """Return what a request is answered before its body is read; raises `Refused`."""
        self._form_cookie(scope, headers)  # first of all: the page of a refusal asks for it as well
        if not self._access.answers_to(headers.get("host", "")):
            raise Refused(421, "this server does not go by that name", where=headers.get("host", "")[:80],
                          fix="katanya serve --name NAME lets it")
        welcome = self._welcome(scope, headers)
        if welcome is not None:
            return welcome
        if scope["method"] not in SAFE:
            if not is_from_here(headers, scope["scheme"]):
                raise Refused(403, "a change that another site asks for", fix="make it on a page of this server")
            if self._settings.read_only and scope["path"] not in self._pastes:
                raise Refused(403, "nothing can be changed here", fix="serve the ledger without --read-only")
        return None

    def _welcome(self, scope: Scope, headers: Headers) -> Response | None:
        """Let in who shows the token; a first address that holds it is answered by a cookie."""
        path = scope["path"]
        if self._access.is_open or path.startswith(STATIC) or self._access.knows(headers):
            return None
        given = QueryParams(scope["query_string"]).get(TOKEN) if scope["method"] == "GET" else None
        if given is not None or "authorization" in headers or COOKIE in cookies(headers):
            wait = self._guesses.take(address(scope))
            if wait:
                raise Refused(429, "too many tokens that are none", fix=f"wait {wait} seconds", wait=wait)
        if given is not None and self._access.is_token(given):
            answer = HTMLResponse(_opening(path))
            answer.set_cookie(COOKIE, self._access.cookie, httponly=True, samesite="strict", path="/")
            return answer
        raise Refused(401, "a token is needed", fix="open the address that katanya serve shows, or send it as bearer")

    @staticmethod
    def _form_cookie(scope: Scope, headers: Headers) -> None:
        known = cookies(headers).get(FORM, "")
        scope["state"]["form"] = known or secrets.token_urlsafe(16)
        scope["state"]["form is new"] = not known

    async def _body(self, scope: Scope, headers: Headers, receive: Receive) -> Receive:
        """Read the body before anything is done with it, within its size and time, and return what gives it again."""
        settings = self._settings
        most = settings.largest_paste if scope["path"] in self._pastes else settings.largest_body
        told = headers.get("content-length", "0")
        if not told.isascii() or not told.isdecimal() or int(told[:20]) > most:
            raise Refused(413, f"a request of more than {most} bytes", fix="send less at a time")
        try:
            async with asyncio.timeout(settings.body_seconds):
                body = await _whole(receive, most)
        except TimeoutError:
            raise Refused(408, f"the request took more than {settings.body_seconds:g} s to arrive") from None
        messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def again() -> Message:
            return messages.pop() if messages else await receive()

        return again


class Refuse:
    """Answers errors: as JSON below the API's address, as a page elsewhere."""

    def __init__(self, prefix: str, page: Page | None) -> None:
        self._prefix, self._page = prefix, page

    def __call__(self, request: Request, error: BaseException) -> Response:
        """Return the answer to an error."""
        status, problem = problem_of(error)
        headers = {"retry-after": str(error.wait)} if isinstance(error, Refused) and error.wait else None
        return self.answer(request, status, problem, headers)

    def answer(
        self, request: Request, status: int, problem: Problem, headers: dict[str, str] | None = None
    ) -> Response:
        """Return the answer to a problem."""
        if self._page is None or request.url.path.startswith(self._prefix):
            return as_json(status, problem, headers)
        answer = self._page(request, status, problem)
        answer.headers.update(headers or {})
        return answer


async def _whole(receive: Receive, most: int) -> bytes:
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise Refused(400, "the request ended before its end")
        part = message.get("body", b"")
        size += len(part)
        if size > most:
            raise Refused(413, f"a request of more than {most} bytes", fix="send less at a time")
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)


def _add_headers(message: Message, scope: Scope) -> None:
    if message["type"] != "http.response.start":
        return
    headers = MutableHeaders(scope=message)
    for name, value in HEADERS.items():
        if name == "cache-control" and scope["path"].startswith(STATIC):
            headers.setdefault(name, "public, max-age=3600")
        else:
            headers.setdefault(name, value)
    state = scope["state"]
    if state.get("form is new") and headers.get("content-type", "").startswith("text/html"):
        headers.append("set-cookie", f"{FORM}={state['form']}; HttpOnly; SameSite=Strict; Path=/")


def _opening(path: str) -> str:
    """Return a page that goes on to an address without the token: a cookie that was just set goes along from here."""
    to = escape("/" + quote(path.lstrip("/\\")), quote=True)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={to}">'
        f'<title>katanya</title></head><body><p><a href="{to}">katanya</a></p></body></html>'
    )


def address(scope: Scope) -> str:
    """Return the address that a request comes from."""
    client = scope.get("client")
    return client[0] if client else ""


def form_token(request: Request) -> str:
    """Return what a form of a page must hold in a field ``csrf`` or htmx in a header ``X-CSRF-Token``."""
    access: Access = request.state.access
    return access.form_token(request.state.form)


async def from_form(request: Request) -> None:
    """Refuse a change that does not come from a form of ours; a dependency of every page that changes something."""
    access: Access = request.state.access
    token = request.headers.get("x-csrf-token") or str((await request.form()).get("csrf", ""))
    if not access.is_form_token(cookies(request.headers).get(FORM, ""), token):
        raise Refused(403, "the form is not from here, or too old", fix="load the page anew and send it again")


async def as_change(request: Request) -> None:
    """Refuse changes that come too often; a dependency of whatever changes the ledger."""
    _take(request, request.app.state.changes)


async def as_paste(request: Request) -> None:
    """Refuse texts and links that come too often; a dependency of whatever reads them."""
    _take(request, request.app.state.pastes)


def _take(request: Request, rates: Rates) -> None:
    wait = rates.take(address(request.scope))
    if wait:
        raise Refused(429, "too often", fix=f"wait {wait} seconds", wait=wait)


Changing = Annotated[None, Depends(as_change)]
Pasting = Annotated[None, Depends(as_paste)]
FromForm = Annotated[None, Depends(from_form)]
