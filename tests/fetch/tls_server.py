"""A server that speaks HTTP/2 over TLS and nothing else, with a certificate of its own authority."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import h2.config
import h2.connection
import h2.events
import trustme


@asynccontextmanager
async def two_server(name: str) -> AsyncIterator[tuple[int, Callable[[ssl.SSLContext], None], list[tuple[str, str]]]]:
    """Run a server for a name; gives its port, what makes a context trust it, and the paths and names asked for."""
    authority, seen = trustme.CA(), list[tuple[str, str]]()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    context.set_alpn_protocols(["h2"])

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False, header_encoding="utf-8"))
        connection.initiate_connection()
        writer.write(connection.data_to_send())
        while data := await reader.read(65536):
            for event in connection.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    headers = dict(event.headers)
                    seen.append((headers[":path"], headers[":authority"]))
                    found = headers[":path"] == "/a"
                    connection.send_headers(event.stream_id, [(":status", "200" if found else "404")])
                    connection.send_data(event.stream_id, b"<p>Kabar</p>" if found else b"", end_stream=True)
            writer.write(connection.data_to_send())
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1], authority.configure_trust, seen
    finally:
        server.close()
