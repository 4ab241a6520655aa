"""How the reading room is run: what it serves, to whom, and within which limits."""

from dataclasses import dataclass
from pathlib import Path

LOOPBACK = ("127.0.0.1", "::1", "localhost")
PORT = 8642


@dataclass(frozen=True, slots=True)
class Rate:
    """How often something may be done by one address: so many at once, then so many a minute."""

    burst: int
    minute: float


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server of a ledger is told.

    ``token`` is what readers must show, nobody where it is null, which only loopback allows. ``names`` are host names
    beside its own that it answers to. ``private`` lets links lead into private networks. Sizes are in bytes, times in
    seconds: ``question_seconds`` for a question of the ledger, ``link_seconds`` for fetching a link, ``read_seconds``
    for reading what was pasted, ``body_seconds`` for a request to arrive, ``idle_seconds`` between two requests of a
    connection. ``readers`` is how many questions are answered at a time, ``connections`` how many may be open.
    ``prefix`` is where the API lies.
    """

    ledger: Path
    host: str = LOOPBACK[0]
    port: int = PORT
    token: str | None = None
    read_only: bool = False
    private: bool = False
    names: tuple[str, ...] = ()
    language: str = "id"
    model: str | Path | None = "default"
    largest_paste: int = 1_000_000
    largest_body: int = 100_000
    largest_link: int = 5_000_000
    question_seconds: float = 10.0
    link_seconds: float = 15.0
    read_seconds: float = 30.0
    body_seconds: float = 15.0
    head_seconds: float = 10.0
    idle_seconds: int = 15
    readers: int = 6
    connections: int = 200
    waiting: int = 8
    pastes: Rate = Rate(10, 20)
    changes: Rate = Rate(30, 60)
    guesses: Rate = Rate(10, 10)
    prefix: str = "/api/v1"

    @property
    def is_local(self) -> bool:
        """Whether nobody but this machine can reach it."""
        return self.host in LOOPBACK or self.host.startswith("127.")

    @property
    def address(self) -> str:
        """Where it is found by a browser on this machine."""
        return self.at({"0.0.0.0": LOOPBACK[0], "::": LOOPBACK[1]}.get(self.host, self.host))

    def at(self, host: str) -> str:
        """Return where it is found under a name or address of the machine."""
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"
