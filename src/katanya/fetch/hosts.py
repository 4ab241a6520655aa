"""A host as it is visited: one request at a time, a pause between two, its robots.txt, its connections."""

import asyncio
import ssl
from dataclasses import dataclass, field

import httpx
from protego import Protego

LONGEST_PAUSE = 30.0  # seconds: a host that asks for more between two requests is given no more


@dataclass(slots=True)
class Host:
    """What is kept of one host while it is visited."""

    client: httpx.AsyncClient
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    robots: Protego | None = None
    asked: float = 0.0  # when robots.txt was asked for, by the loop's clock
    free: float = 0.0  # when the next request may go out, by the loop's clock

    async def pause(self) -> None:
        """Wait until the next request may go out."""
        await asyncio.sleep(max(0.0, self.free - asyncio.get_running_loop().time()))

    def rest(self, delay: float, agent: str) -> None:
        """Note that a request has ended: the next may go out after the delay, or what the host asks for."""
        asked = self.robots.crawl_delay(agent) if self.robots is not None else None
        pause = max(delay, min(float(asked or 0), LONGEST_PAUSE))
        self.free = asyncio.get_running_loop().time() + pause


def new_host(tls: ssl.SSLContext, patience: float) -> Host:
    """Return a host that was not visited yet; ``patience`` is in seconds, for each step of a connection."""
    client = httpx.AsyncClient(
        http2=True,
        verify=tls,
        trust_env=False,  # a proxy would connect to an address that was not checked
        follow_redirects=False,
        timeout=httpx.Timeout(patience),
        limits=httpx.Limits(max_connections=2, max_keepalive_connections=1, keepalive_expiry=30),
    )
    return Host(client)
