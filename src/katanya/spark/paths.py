"""Files that a task reads: where the worker has them, or brought from an address for as long as it takes."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import httpx

from katanya.core.errors import InputError

TRIES, PAUSE = 4, 5.0  # seconds, doubled with each try
TIMEOUT = 60.0  # seconds without a byte
BLOCK = 1 << 20

Answer = TypeVar("Answer")


def is_remote(path: str) -> bool:
    """Tell whether a path is an address."""
    return path.startswith(("http://", "https://"))


def size_of(address: str) -> int:
    """Return the size in bytes that its server tells; 0 where it tells none."""
    answer = _tried(address, lambda: httpx.head(address, follow_redirects=True, timeout=TIMEOUT).raise_for_status())
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
        target = Path(folder) / (path.rpartition("/")[2] or "file")
        _tried(path, lambda: _bring(path, target))
        yield target


def _bring(address: str, target: Path) -> None:
    with httpx.stream("GET", address, follow_redirects=True, timeout=TIMEOUT) as answer, target.open("wb") as file:
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
        except httpx.HTTPError as error:
            if number == TRIES - 1:
                raise InputError(f"cannot be had: {error}", where=address,
                                 fix="try the address by hand; what is done is kept") from error
            time.sleep(PAUSE * 2**number)
    raise AssertionError("the last try returns or raises")
