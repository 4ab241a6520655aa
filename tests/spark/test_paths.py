"""Files at addresses: brought as they are, under the names that they have there."""

import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from katanya.core.errors import InputError

pytest.importorskip("pyarrow", reason="pyarrow is not installed")

from katanya.spark import paths
from katanya.spark.reading import cut

CONTENT = b'{"id": "a", "text": "Camat Sukamaju mengatakan jembatan ditutup."}\n' * 50


class Files(BaseHTTPRequestHandler):
    """A server that packs what it sends where it may, and fails as often as it was told to."""

    asked: ClassVar[list[str]] = []
    failures = 0

    def do_HEAD(self):
        """Answer as to GET, without content."""
        self.do_GET()

    def do_GET(self):
        """Send the content, or a failure."""
        self.asked.append(self.command)
        if self.path.startswith("/gone"):
            self.send_error(404)
        elif len(self.asked) <= Files.failures:
            self.send_error(503)
        else:
            packs = "gzip" in self.headers.get("accept-encoding", "")
            data = gzip.compress(CONTENT) if packs else CONTENT
            self.send_response(200)
            self.send_header("content-length", str(len(data)))
            if packs:
                self.send_header("content-encoding", "gzip")
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(data)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def server(monkeypatch):
    """Return the address of a server on this machine."""
    monkeypatch.setattr(paths, "PAUSE", 0.01)
    Files.asked.clear()
    Files.failures = 0
    with ThreadingHTTPServer(("127.0.0.1", 0), Files) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{found.server_port}"
        found.shutdown()


def test_a_file_is_brought_as_it_is(server):
    """What comes is the file itself, of the size that was told, not packed for the way; it goes away afterwards."""
    assert paths.size_of(f"{server}/news.jsonl") == len(CONTENT)
    with paths.brought(f"{server}/news.jsonl") as path:
        assert path.read_bytes() == CONTENT
    assert not path.exists()


def test_a_server_that_fails_for_a_while_is_asked_again(server):
    """A failure that may pass is waited for."""
    Files.failures = 2
    assert paths.size_of(f"{server}/news.jsonl") == len(CONTENT)
    assert len(Files.asked) == 3


@pytest.mark.parametrize("address", ["/gone.jsonl", "broken"])
def test_what_is_not_there_is_told_at_once(server, address):
    """An address that holds nothing, or is none, is not asked again."""
    with pytest.raises(InputError, match="cannot be had"):
        paths.size_of(f"{server}{address}")
    assert len(Files.asked) <= 1


NAMES = {
    "/crawl/CC-NEWS-20220913.warc.gz": "CC-NEWS-20220913.warc.gz",
    "/crawl/berita%20pagi.warc.gz?X-Signature=a/b&expires=1": "berita pagi.warc.gz",
    "/unduh/": "unduh",
    "/": "127.0.0.1",
}


@pytest.mark.parametrize(("path", "name"), NAMES.items(), ids=NAMES)
def test_a_file_at_an_address_has_the_name_of_its_path(server, path, name):
    """Signatures are no part of the name, neither in what is told nor in what a shard is called."""
    parts = cut([f"{server}{path}"])
    assert [(part.name, part.size) for part in parts] == [(name, len(CONTENT))]
    assert "Signature" not in parts[0].shard + str(parts[0].input)
