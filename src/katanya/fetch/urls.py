"""Addresses of the web: whether a word is one, and what of it is asked for."""

from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

SCHEMES = {"http": 80, "https": 443}
SAFE = "/%:@!$&'()*+,;=~-._"
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Url:
    """An address in its parts; ``target`` is path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def place(self) -> str:
        """The host as it stands in an address, with its port where that is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == SCHEMES[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and place: what a robots.txt speaks for."""
        return f"{self.scheme}://{self.place}"

    def __str__(self) -> str:
        return self.origin + self.target


def is_url(text: str) -> bool:
    """Tell whether a word on the command line is an address of the web and no file."""
    return text.lower().startswith(("http://", "https://"))


def parse(text: str) -> Url:
    """Cut an address; raises `ValueError` that says what is amiss, where it is none that can be fetched."""
    if len(text) > LONGEST:
        raise ValueError(f"an address of {len(text)} characters")
    if any(char.isspace() or ord(char) < 32 for char in text.strip()):
        raise ValueError("white space in the address")
    parts = urlsplit(text.strip())
    if parts.scheme.lower() not in SCHEMES:
        raise ValueError(f"the scheme '{parts.scheme}', not http or https")
    if parts.username is not None or parts.password is not None:
        raise ValueError("a name or password in the address")
    host = (parts.hostname or "").rstrip(".")
    if not host:
        raise ValueError("no host")
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    target = "/" + quote(parts.path, SAFE).removeprefix("/") + ("?" if parts.query else "")
    target += quote(parts.query, SAFE + "?")
    scheme = parts.scheme.lower()
    return Url(scheme, host.lower(), parts.port or SCHEMES[scheme], target)


def joined(base: Url, location: str) -> Url:
    """Return where a link or redirect of a page leads; raises `ValueError` as `parse` does."""
    return parse(urljoin(str(base), location.strip()))
