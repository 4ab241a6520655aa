"""Who may ask: the token, the names that the server answers to, and where a change may come from."""

import hashlib
import hmac
import ipaddress
import secrets
import socket
from collections import OrderedDict
from http.cookies import CookieError, SimpleCookie
from time import monotonic

from starlette.datastructures import Headers

from katanya.core.errors import InputError
from katanya.web.settings import LOOPBACK, Rate, Settings

COOKIE = "katanya"
FORM = "katanya-form"
SHORTEST = 16  # characters of a token
MOST = 10_000  # addresses whose rates are kept
# What listens to all, and an address out there by which the machine's own is found; those of documentation, nothing is
# sent to them.
ANYWHERE = {"0.0.0.0": (socket.AF_INET, "192.0.2.1"), "::": (socket.AF_INET6, "2001:db8::1")}


def new_token() -> str:
    """Return a token that nobody guesses."""
    return secrets.token_urlsafe(24)


def check(settings: Settings) -> None:
    """Raise `InputError` where others could reach the server without a token, or guess it."""
    if settings.token is None and not settings.is_local:
        raise InputError("would be open to everybody who can reach it", where=f"--host {settings.host}",
                         fix="give a --token, or stay on 127.0.0.1")
    if settings.token is not None and len(settings.token) < SHORTEST:
        raise InputError(f"is shorter than {SHORTEST} characters", where="--token", fix="'--token new' makes one")


def address_for_others(settings: Settings) -> str:
    """Return where other machines find the server: by the first name it was given, else by an address of the machine.

    Where it listens to this machine alone it is the address there.
    """
    if settings.is_local:
        return settings.address
    if settings.names:
        return settings.at(settings.names[0])
    if settings.host in ANYWHERE:
        return settings.at(_own_address(*ANYWHERE[settings.host]) or socket.gethostname())
    return settings.address


def _own_address(family: socket.AddressFamily, out_there: str) -> str | None:
    """Return the address that this machine would ask others from; ``None`` where it has no way to them."""
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as asking:
            asking.connect((out_there, 9))
            return str(asking.getsockname()[0])
    except OSError:
        return None


class Access:
    """Tells by the headers of a request whether it may be answered."""

    def __init__(self, settings: Settings) -> None:
        self._token = settings.token
        self._local = settings.is_local
        self._names = {name.lower() for name in (*LOOPBACK, settings.host, *settings.names)}
        if not self._local:
            self._names |= {socket.gethostname().lower(), socket.getfqdn().lower()}
        self._secret = secrets.token_bytes(32)
        self.is_open = settings.token is None

    def answers_to(self, host: str) -> bool:
        """Tell whether a ``Host`` is one of the server's own: a name that others gave it leads here by deceit."""
        name = _name(host)
        if name in self._names:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return address.is_loopback or not self._local

    def is_token(self, token: str) -> bool:
        """Tell whether this is the token, in a time that tells nothing of it."""
        return self._token is not None and hmac.compare_digest(token.encode(), self._token.encode())

    @property
    def cookie(self) -> str:
        """What a browser keeps in place of the token; it lasts as long as the token does."""
        return hmac.new((self._token or "").encode(), b"cookie", hashlib.sha256).hexdigest()

    def knows(self, headers: Headers) -> bool:
        """Tell whether a request shows the token, as a bearer or by the cookie."""
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self.is_token(token.strip()):
            return True
        return hmac.compare_digest(cookies(headers).get(COOKIE, "").encode(), self.cookie.encode())

    def form_token(self, value: str) -> str:
        """Return what a form must hold that belongs to a cookie."""
        return hmac.new(self._secret, value.encode(), hashlib.sha256).hexdigest()

    def is_form_token(self, value: str, token: str) -> bool:
        """Tell whether a form is one of ours, shown to who has the cookie."""
        return bool(value) and hmac.compare_digest(token.encode(), self.form_token(value).encode())


def is_from_here(headers: Headers, scheme: str) -> bool:
    """Tell whether a change comes from a page of this server, or from a program that is no browser."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or origin == f"{scheme}://{headers.get('host', '')}"


def cookies(headers: Headers) -> dict[str, str]:
    """Return the cookies of a request; what is none is passed over."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(headers.get("cookie", "")).items()}
    except CookieError:
        return {}


class Rates:
    """Counts what addresses do, so that each may do it only so often."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str) -> int:
        """Do it once; return 0, or in how many seconds it may be done again."""
        now = monotonic()
        left, then = self._left.get(address, (float(self._rate.burst), now))
        left = min(float(self._rate.burst), left + (now - then) * self._rate.minute / 60)
        allowed = left >= 1
        self._left[address] = (left - 1 if allowed else left, now)
        self._left.move_to_end(address)
        while len(self._left) > MOST:
            self._left.popitem(last=False)
        return 0 if allowed else max(1, round((1 - left) * 60 / self._rate.minute))


def _name(host: str) -> str:
    """Return the name in a ``Host`` header without its port and brackets."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()
