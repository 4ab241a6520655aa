"""The filters of a question as options, the same for every command that asks for statements."""

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Annotated, Any

import typer

from katanya.cli.tables import Since, Speaker, Until
from katanya.core.records import Act, Kind
from katanya.ledger.search import Filters

OPTIONS = {
    "speaker": Speaker,
    "role": Annotated[str | None, typer.Option("--role", help="Words of the role.")],
    "affiliation": Annotated[str | None, typer.Option("--affiliation", help="Words of the affiliation.")],
    "outlet": Annotated[str | None, typer.Option("--outlet", help="Part of the outlet's name.")],
    "kind": Annotated[Kind | None, typer.Option("--kind", help="Whether it stands in quotation marks.")],
    "act": Annotated[Act | None, typer.Option("--act", help="What is done by saying it.")],
    "since": Since,
    "until": Until,
}
HERE = "filters"


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command with an option for each filter, which are handed to it together, as its ``filters``.

    Options are read off a command's signature: there they take the place of ``filters``.
    """

    @wraps(command)
    def run(**given: Any) -> None:
        command(**{HERE: Filters(**{name: given.pop(name) for name in OPTIONS})}, **given)

    options = [Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=form) for name, form in OPTIONS.items()]
    parameters: list[Parameter] = []
    for parameter in signature(command).parameters.values():
        parameters += options if parameter.name == HERE else [parameter.replace(kind=Parameter.KEYWORD_ONLY)]
    run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run
