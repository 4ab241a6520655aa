"""Files that a task reads: where the worker has them, or brought from an address for as long as it takes."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar
from urllib.parse import unquote, urlsplit

import httpx

from katanya.core.errors import InputError

TRIES, PAUSE = 4, 5.0  # seconds, doubled with each try
TIMEOUT = 60.0  # seconds without a byte
BLOCK = 1 << 20
AS_IT_IS = {"accept-encoding": "identity"}  # else a server may pack what it sends, and tell the size of that
LATER = 408, 425, 429  # of the answers 4xx those that say: try again

Answer = TypeVar("Answer")


def is_remote(path: str) -> bool:
    """Tell whether a path is an address."""
    return path.startswith(("http://", "https://"))


def name_of(address: str) -> str:
    """Return the name of a file at an address, without what is asked of its server (keys, signatures)."""
    parts = urlsplit(address)
    return unquote(parts.path.rstrip("/").rpartition("/")[2]) or parts.hostname or address


def size_of(address: str) -> int:
    """Return the size in bytes that its server tells; 0 where it tells none."""
    answer = _tried(address, lambda: _head(address))
    return int(answer.headers.get("content-length", 0))


@contextmanager
def brought(path: str) -> Iterator[Path]:
    """Yield where a file lies on this machine; one from an address goes away afterwards.

    Raises `InputError` where it cannot be had after `TRIES` tries.
    """
    if not is_remote(path):
        yield Path(path)
        return
    with TemporaryDirectory(prefix="katanya-") as folder:
        target = Path(folder) / "input"
        _tried(path, lambda: _bring(path, target))
        yield target


def _head(address: str) -> httpx.Response:
    return httpx.head(address, headers=AS_IT_IS, follow_redirects=True, timeout=TIMEOUT).raise_for_status()


def _bring(address: str, target: Path) -> None:
    asked = httpx.stream("GET", address, headers=AS_IT_IS, follow_redirects=True, timeout=TIMEOUT)
    with asked as answer, target.open("wb") as file:
        answer.raise_for_status()
        for block in answer.iter_raw(BLOCK):
            file.write(block)
    told = answer.headers.get("content-length")
    if told is not None and target.stat().st_size != int(told):
        raise httpx.ReadError(f"{target.stat().st_size} bytes came of {told}")


def _tried(address: str, bring: Callable[[], Answer]) -> Answer:
    for number in range(TRIES):
        try:
            return bring()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            if number == TRIES - 1 or _is_final(error):
                raise InputError(f"cannot be had: {error}", where=address,
                                 fix="try the address by hand; what is done is kept") from error
            time.sleep(PAUSE * 2**number)
    raise AssertionError("the last try returns or raises")


def _is_final(error: Exception) -> bool:
    """Tell whether another try would fail as well: there is no such file, or it is not for us."""
    if isinstance(error, httpx.HTTPStatusError):
        return 400 <= error.response.status_code < 500 and error.response.status_code not in LATER
    return isinstance(error, (httpx.InvalidURL, httpx.UnsupportedProtocol))
