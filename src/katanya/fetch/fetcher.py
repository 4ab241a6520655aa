"""Fetches pages: robots.txt, one request at a time and host, limits of size and time, retries, conditional requests."""

import asyncio
import re
import socket
import ssl
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self

import httpx
from protego import Protego

from katanya.core.outcomes import Reason, Rejected
from katanya.core.settings import MAX_BYTES, VERSION
from katanya.fetch.addresses import is_public, resolve
from katanya.fetch.hosts import LONGEST_PAUSE, Host, new_host
from katanya.fetch.packed import ENCODINGS, PackedError, unpack
from katanya.fetch.urls import Url, joined, parse

NAME = "katanya"  # what a robots.txt may call the program
AGENT = f"{NAME}/{VERSION} (reads news; obeys robots.txt as '{NAME}'; one request at a time)"
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.5"
ROBOTS_BYTES = 500 * 1024  # RFC 9309 asks for no more
ROBOTS_REDIRECTS = 5
READ = (200, 203)
REDIRECTS = (301, 302, 303, 307, 308)
AGAIN = (429, 500, 502, 503, 504)
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", re.IGNORECASE)
HOSTS = 512  # kept at hand
ROBOTS_SECONDS = 24 * 3600.0  # RFC 9309 lets nobody go by an older copy


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a page may take: bytes, packed and unpacked; seconds for all of its requests together, and others.

    ``patience`` is for each step of a connection, ``delay`` between two requests to a host, ``backoff`` before the
    first retry (doubled with each), all in seconds.
    """

    bytes: int = MAX_BYTES
    seconds: float = 60.0
    patience: float = 15.0
    delay: float = 1.0
    redirects: int = 8
    tries: int = 3
    backoff: float = 1.0


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server tells one version of a page by: ``ETag`` and ``Last-Modified`` as they came."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: unpacked, with the address that it came from in the end."""

    url: str
    data: bytes
    charset: str | None = None
    validators: Validators = field(default=Validators())


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A page that is what it was when its validators were given."""

    url: str


@dataclass(frozen=True, slots=True)
class Postponed(Rejected):
    """A page that its server asks to be asked for again, after ``wait`` seconds."""

    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: httpx.Headers
    data: bytes


class _NotFetchedError(Exception):
    """Why a page cannot be had; ``again`` where another try may help, after ``wait`` seconds at least."""

    def __init__(self, reason: Reason, detail: str, *, again: bool = False, wait: float = 0.0) -> None:
        super().__init__(detail)
        self.reason, self.detail, self.again, self.wait = reason, detail, again, wait


class _Budget:
    """The seconds that a page may still take; waiting for one's turn costs nothing."""

    def __init__(self, seconds: float) -> None:
        self.left, self._seconds, self._begun = seconds, seconds, 0.0

    async def __aenter__(self) -> None:
        self._begun = asyncio.get_running_loop().time()
        self._timeout = asyncio.timeout(max(0.0, self.left))
        await self._timeout.__aenter__()

    async def __aexit__(self, *error: object) -> None:
        self.left -= asyncio.get_running_loop().time() - self._begun
        try:
            await self._timeout.__aexit__(*error)  # type: ignore[arg-type]
        except TimeoutError:
            raise _NotFetchedError(Reason.UNREACHABLE, f"took more than {self._seconds:g} s") from None


class Fetcher:
    """Fetches pages; use it as an asynchronous context, and one for all: the pauses are kept between its requests.

    ``private`` lets it into private networks; ``tls`` says which certificates it trusts.
    """

    def __init__(
        self,
        limits: Limits = Limits(),
        *,
        private: bool = False,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._limits, self._private = limits, private
        self._tls = tls or httpx.create_ssl_context()
        self._hosts: dict[str, Host] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for host in self._hosts.values():
            await host.client.aclose()
        self._hosts.clear()

    async def fetch(self, url: str, known: Validators | None = None) -> Fetched | Unchanged | Rejected:
        """Fetch a page, following its redirects; ``known`` are the validators of the version that is there already.

        Nothing of the net raises: what cannot be had is `Rejected` with what was seen.
        """
        try:
            return await self._follow(parse(url), known or Validators())
        except ValueError as error:
            return Rejected(url, Reason.UNREACHABLE, f"no address of the web: {error}")
        except _NotFetchedError as error:
            if error.wait:
                return Postponed(url, error.reason, error.detail, error.wait)
            return Rejected(url, error.reason, error.detail)

    async def _follow(self, url: Url, known: Validators) -> Fetched | Unchanged:
        seen, budget = {str(url)}, _Budget(self._limits.seconds)
        while True:
            host = await self._host(url)
            async with host.lock:
                await self._ask(host, url, budget)
                answer = await self._get(host, url, budget, _conditions(known))
            if answer.status not in REDIRECTS:
                return _outcome(url, answer)
            url = _redirected(url, answer)
            if str(url) in seen:
                raise _NotFetchedError(Reason.UNREACHABLE, f"redirects in a circle, by {url}")
            seen.add(str(url))
            if len(seen) > self._limits.redirects + 1:
                raise _NotFetchedError(Reason.UNREACHABLE, f"more than {self._limits.redirects} redirects")

    async def _host(self, url: Url) -> Host:
        host = self._hosts.pop(url.origin, None) or new_host(self._tls, self._limits.patience)
        self._hosts[url.origin] = host  # the latest last
        if len(self._hosts) > HOSTS:
            idle = next((name for name, kept in self._hosts.items() if not kept.lock.locked()), url.origin)
            if idle != url.origin:
                await self._hosts.pop(idle).client.aclose()
        return host

    async def _ask(self, host: Host, url: Url, budget: _Budget) -> None:
        """Ask the host's robots.txt, fetched on the first visit, whether the page may be fetched.

        After RFC 9309: where there is none everything may be, where it cannot be had nothing may.
        """
        now = asyncio.get_running_loop().time()
        if host.robots is None or now - host.asked > ROBOTS_SECONDS:
            host.robots, host.asked = await self._robots(host, url, budget), now
        if not host.robots.can_fetch(str(url), NAME):
            raise _NotFetchedError(Reason.FORBIDDEN, f"{url.origin}/robots.txt")

    async def _robots(self, host: Host, url: Url, budget: _Budget) -> Protego:
        where, visited = Url(url.scheme, url.host, url.port, "/robots.txt"), host
        for _ in range(ROBOTS_REDIRECTS + 1):
            try:
                answer = await self._get(visited, where, budget, {}, limit=ROBOTS_BYTES)
            except _NotFetchedError as error:
                detail = error.detail if error.reason is Reason.PRIVATE else f"robots.txt: {error.detail}"
                raise _NotFetchedError(error.reason, detail, wait=error.wait) from None
            finally:
                if visited is not host:
                    await visited.client.aclose()
            if answer.status not in REDIRECTS:
                break
            where = _redirected(where, answer)
            if where.origin != url.origin:  # a visit of its own: that host may be waiting for this one
                visited = new_host(self._tls, self._limits.patience)
        return Protego.parse(answer.data[:ROBOTS_BYTES].decode("utf-8", "replace"))

    async def _get(
        self, host: Host, url: Url, budget: _Budget, headers: dict[str, str], limit: int | None = None
    ) -> _Answer:
        """Send a request, again where that may help."""
        for tried in range(1, self._limits.tries + 1):
            await host.pause()
            try:
                async with budget:
                    return await self._once(host, url, headers, limit)
            except _NotFetchedError as error:
                wait = max(error.wait, self._limits.backoff * 2 ** (tried - 1))
                if not error.again or tried == self._limits.tries or wait > min(budget.left, LONGEST_PAUSE):
                    raise
                await asyncio.sleep(wait)
            finally:
                host.rest(self._limits.delay, NAME)
        raise AssertionError("no try at all")  # pragma: no cover

    async def _once(self, host: Host, url: Url, headers: dict[str, str], limit: int | None) -> _Answer:
        addresses = await self._checked(url)
        for address in addresses:
            try:
                return await self._send(host, url, address, headers, limit)
            except httpx.ConnectError as error:
                if address == addresses[-1]:
                    raise _NotFetchedError(Reason.UNREACHABLE, _words(error), again=True) from None
            except httpx.InvalidURL as error:  # httpx looks at a redirect's address, though it is not to follow it
                raise _NotFetchedError(Reason.UNREACHABLE, f"redirects to what is no address: {error}") from None
            except (httpx.HTTPError, httpx.StreamError, ssl.SSLError) as error:
                raise _NotFetchedError(Reason.UNREACHABLE, _words(error), again=True) from None
        raise _NotFetchedError(Reason.UNREACHABLE, "the name has no address")

    async def _checked(self, url: Url) -> list[str]:
        """Return the addresses of a host, all of them of the open internet unless private ones are allowed."""
        try:
            addresses = await resolve(url.host, url.port)
        except (OSError, UnicodeError) as error:
            again = getattr(error, "errno", None) == socket.EAI_AGAIN
            raise _NotFetchedError(Reason.UNREACHABLE, f"'{url.host}' does not resolve", again=again) from None
        if not self._private and (private := [address for address in addresses if not is_public(address)]):
            raise _NotFetchedError(Reason.PRIVATE, f"{url.host} is {private[0]}")
        return addresses

    async def _send(
        self, host: Host, url: Url, address: str, headers: dict[str, str], limit: int | None
    ) -> _Answer:
        """Send a request to the very address that was checked; the name goes into Host and the TLS handshake."""
        place = f"[{address}]" if ":" in address else address
        request = host.client.build_request(
            "GET",
            f"{url.scheme}://{place}:{url.port}{url.target}",
            headers={
                "Host": url.place, "User-Agent": AGENT, "Accept": ACCEPT, "Accept-Encoding": ENCODINGS,
                "Accept-Language": "id,ms;q=0.8,en;q=0.5,*;q=0.3", **headers,
            },
            extensions={"sni_hostname": url.host},
        )  # fmt: skip
        response = await host.client.send(request, stream=True)
        try:
            if response.status_code in AGAIN:
                raise _NotFetchedError(Reason.UNREACHABLE, _status(response), again=True, wait=_asked_wait(response))
            wanted = response.status_code in READ
            data = await _body(response, limit, self._limits.bytes) if wanted else b""
            return _Answer(response.status_code, response.headers, data)
        finally:
            await response.aclose()


async def _body(response: httpx.Response, limit: int | None, most: int) -> bytes:
    """Read a body and unpack it, within the limit: beyond it what ``limit`` allows is enough, else it is refused."""
    allowed = limit or most
    stated = response.headers.get("Content-Length", "")
    if limit is None and stated.isdecimal() and int(stated) > allowed:
        raise _NotFetchedError(Reason.TOO_LARGE, f"{stated} bytes, {allowed} are read")
    packed = bytearray()
    async for block in response.aiter_raw():
        packed += block
        if len(packed) > allowed:
            if limit is None:
                raise _NotFetchedError(Reason.TOO_LARGE, f"more than {allowed} bytes")
            break
    try:
        data = unpack(bytes(packed), response.headers.get("Content-Encoding", ""), allowed)
    except PackedError as error:
        raise _NotFetchedError(Reason.UNREADABLE, str(error)) from None
    if limit is None and len(data) > allowed:
        raise _NotFetchedError(Reason.TOO_LARGE, f"more than {allowed} bytes unpacked, out of {len(packed)}")
    return data


def _conditions(known: Validators) -> dict[str, str]:
    pairs = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in pairs.items() if value}


def _outcome(url: Url, answer: _Answer) -> Fetched | Unchanged:
    if answer.status == 304:
        return Unchanged(str(url))
    if answer.status not in READ:
        raise _NotFetchedError(Reason.UNREACHABLE, f"the server answers {answer.status}")
    charset = CHARSET.search(answer.headers.get("Content-Type", ""))
    validators = Validators(answer.headers.get("ETag"), answer.headers.get("Last-Modified"))
    return Fetched(str(url), answer.data, charset[1] if charset else None, validators)


def _redirected(url: Url, answer: _Answer) -> Url:
    location = answer.headers.get("Location", "")
    try:
        return joined(url, location)
    except ValueError as error:
        raise _NotFetchedError(Reason.UNREACHABLE, f"redirects to {location[:200]!r}: {error}") from None


def _asked_wait(response: httpx.Response) -> float:
    """Return the seconds that ``Retry-After`` asks for; a date is taken by the server's own clock."""
    asked = response.headers.get("Retry-After", "").strip()
    if asked.isdecimal():
        return float(asked[:9])
    try:
        until, now = parsedate_to_datetime(asked), parsedate_to_datetime(response.headers.get("Date", ""))
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError):
        return 0.0


def _status(response: httpx.Response) -> str:
    return f"the server answers {response.status_code} {response.reason_phrase}".rstrip()


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200] if str(error) else type(error).__name__
