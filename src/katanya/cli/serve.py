"""``katanya serve``: the reading room, a ledger in a browser."""

from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

import typer

from katanya.cli.shell import ModelName, PrivateNetwork, model_of, say
from katanya.cli.tables import DEFAULT, LedgerPath
from katanya.core.errors import MissingExtra
from katanya.core.settings import DEFAULT_MODEL

if TYPE_CHECKING:
    from katanya.web.settings import Settings

NEW = "new"  # the token that is to be made up
NEEDED = ("fastapi", "jinja2", "multipart", "uvicorn")


def serve(
    ledger: LedgerPath = DEFAULT,
    host: Annotated[str, typer.Option(help="The address to listen at; only loopback needs no token.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 is any that is free.")] = 8642,
    token: Annotated[
        str | None, typer.Option(envvar="KATANYA_TOKEN", help="What readers must show; 'new' makes one.")
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="A name that the server goes by as well; once for each.")
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Let nobody correct anything.")] = False,
    private_network: PrivateNetwork = False,
    model: ModelName = DEFAULT_MODEL,
    deadline: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.1, help="How long a question may take.")
    ] = 10,
    show: Annotated[bool, typer.Option("--open", help="Open it in the browser of this machine.")] = False,
) -> None:
    """Serve a ledger as pages to read in and an API, to this machine unless told otherwise."""
    missing = [module for module in NEEDED if find_spec(module) is None]
    if missing:
        raise MissingExtra(f"katanya serve needs {', '.join(missing)}", fix="pip install 'katanya[web]'")
    from katanya.web import server
    from katanya.web.access import new_token
    from katanya.web.settings import Settings

    settings = Settings(
        ledger, host, port, new_token() if token == NEW else token, read_only, private_network, tuple(name or ()),
        model=model_of(model), question_seconds=deadline,
    )  # fmt: skip
    server.serve(settings, lambda bound: _ready(bound, show))
    say("the reading room is closed")


def _ready(settings: "Settings", show: bool) -> None:
    from katanya.web.access import address_for_others

    token = "" if settings.token is None else f"?token={settings.token}"
    here, others = settings.address + token, address_for_others(settings) + token
    say(f"the reading room is open at {others} (Ctrl-C closes it)")
    if here != others:
        say(f"on this machine also at {here}")
    if show:
        typer.launch(here)
