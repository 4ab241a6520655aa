"""A web server on loopback that does what a test asks of it, and writes down who came when."""

import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler


@dataclass
class Visit:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    begun: float
    ended: float = 0.0


@dataclass
class Site:
    """A running server: its address, its visits, and what it answers by path."""

    port: int = 0
    visits: list[Visit] = field(default_factory=list)
    answers: dict[str, Callable[["Handler"], None]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        """Return what was asked for, in order, but robots.txt."""
        return [visit.path for visit in self.visits if visit.path != "/robots.txt"]

    def put(self, path: str, body: bytes | str, status: int = 200, **headers: str) -> None:
        """Answer a path with a body; ``_`` in the names of headers stands for a hyphen."""
        data = body.encode() if isinstance(body, str) else body
        self.answers[path] = lambda handler: handler.give(status, data, headers)


class Handler(BaseHTTPRequestHandler):
    """Answers as its site says."""

    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        """Answer a request."""
        visit = Visit(self.path, {name.lower(): value for name, value in self.headers.items()}, time.monotonic())
        self.site.visits.append(visit)
        answer = self.site.answers.get(self.path)
        try:
            if answer:
                answer(self)
            else:
                self.give(404, b"", {})
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        visit.ended = time.monotonic()

    def give(self, status: int, data: bytes, headers: dict[str, str]) -> None:
        """Send an answer."""
        self.send_response(status)
        for name, value in ({"Content_Type": "text/html"} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64


@contextmanager
def serving() -> Iterator[Site]:
    """Run a server on a free port of loopback."""
    site = Site()
    handler = type("SiteHandler", (Handler,), {"site": site})
    with _Server(("127.0.0.1", 0), handler) as server:
        site.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
