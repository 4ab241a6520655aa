"""The server itself: an address, patience for slow clients and an end of it, and a clean end of its own."""

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import Callable
from dataclasses import replace
from types import FrameType
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from katanya.core.errors import InputError
from katanya.web.app import create_app
from katanya.web.settings import Settings

BACKLOG = 128
LAST_SECONDS = 3  # that requests under way have when the server ends


def serve(settings: Settings, ready: Callable[[Settings], None] = lambda _: None) -> None:
    """Serve a ledger until the process is told to end; ``ready`` is told the port it has once it answers.

    Raises `InputError` where the address cannot be had or others would need no token, and `LedgerError` where the
    ledger cannot be opened. Port 0 is any that is free.
    """
    app = create_app(settings)
    with _bound(settings) as listening:
        settings = replace(settings, port=listening.getsockname()[1])
        config = uvicorn.Config(
            app, http=_patient(settings.head_seconds), ws="none", loop="asyncio", log_config=None, access_log=False,
            server_header=False, timeout_keep_alive=settings.idle_seconds, limit_concurrency=settings.connections,
            timeout_graceful_shutdown=LAST_SECONDS, proxy_headers=False, backlog=BACKLOG,
        )  # fmt: skip
        logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
        asyncio.run(_serve(_Server(config), listening, lambda: ready(settings)))


class _Server(uvicorn.Server):
    """A server that ends on a signal and leaves it at that: the command says how it ended."""

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        """Take Ctrl-C and the system's wish as the end of the server."""
        wishes = (signal.SIGINT, signal.SIGTERM)
        before = {wish: signal.signal(wish, self._end) for wish in wishes}
        try:
            yield
        finally:
            for wish, handler in before.items():
                signal.signal(wish, handler)

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.handle_exit(number, frame)


async def _serve(server: uvicorn.Server, listening: socket.socket, ready: Callable[[], None]) -> None:
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.01)
    if server.started:
        ready()
    await serving


@contextlib.contextmanager
def _bound(settings: Settings) -> Any:
    """Yield a socket that listens at the address; raises `InputError` where it cannot."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((settings.host, settings.port))
        except OSError as error:
            where = f"{settings.host}, port {settings.port}"
            raise InputError(f"cannot be had: {error.strerror or error}", where=where,
                             fix="name another --port, or 0 for any that is free") from error
        yield listening


def _patient(seconds: float) -> type[H11Protocol]:
    """Return a protocol that hangs up on who connects and does not say what they want within some seconds."""

    class Patient(H11Protocol):
        _answered: object = None  # the last request whose answer is complete

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._hanging = self.loop.call_later(seconds, self._hang_up)

        def connection_lost(self, exc: Exception | None) -> None:
            self._hanging.cancel()
            super().connection_lost(exc)

        def on_response_complete(self) -> None:
            self._answered = self.cycle
            super().on_response_complete()
            self._hanging.cancel()
            self._hanging = self.loop.call_later(self.timeout_keep_alive + seconds, self._hang_up)

        def _hang_up(self) -> None:
            if self.cycle is self._answered and not self.transport.is_closing():
                self.transport.close()

    return Patient
