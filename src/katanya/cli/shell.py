"""What every command shares: bytes to standard output, errors in words, exit codes."""

import os
import re
import sys
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, ParamSpec

import typer

from katanya.core.errors import KatanyaError
from katanya.core.settings import DEFAULT_MODEL

if TYPE_CHECKING:
    from katanya.ledger.filing import Filed

FAILED = 1
WRONG = 2
REJECTED = 3
INTERRUPTED = 130

OPTION = re.compile(r"--[a-z]")  # how an error begins to say where that lies at an option

RULES_ALONE = "none"
SEVERAL = {"copy": "copies", "edition": "editions", "reading": "readings"}  # what became of articles

Arguments = ParamSpec("Arguments")
ModelName = Annotated[
    str, typer.Option("--model", metavar="NAME|DIR|none", help="Which model to read with; none: the rules alone.")
]

PrivateNetwork = Annotated[
    bool, typer.Option("--private-network", help="Fetch from loopback and private addresses as well.")
]


def guarded(command: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """Return the command so that no traceback reaches the user, unless ``KATANYA_DEBUG`` is set."""

    @wraps(command)
    def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except KatanyaError as error:
            fail(str(error), WRONG if OPTION.match(error.where) else FAILED)
        except KeyboardInterrupt:
            fail("interrupted", INTERRUPTED)
        except BrokenPipeError:
            _leave_quietly()
        except typer.Exit:
            raise
        except Exception as error:
            if os.environ.get("KATANYA_DEBUG"):
                raise
            fail(f"an error of the program itself, please report it: {type(error).__name__}: {error} "
                 "(KATANYA_DEBUG=1 shows where)")

    return run


def say(message: str) -> None:
    """Print a message for the user, beside the output."""
    typer.echo(f"katanya: {message}", err=True)


def counted(number: int, what: str) -> str:
    """Return a number with what it counts: *1 article*, *2 articles*."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def tallied(counts: Mapping["Filed", int]) -> str:
    """Return what became of articles, in words: *2 copies, 14 new*."""
    return ", ".join(
        f"{count} {what.value if count == 1 else SEVERAL.get(what, what.value)}"
        for what, count in sorted(counts.items()) if count
    )


def fail(message: str, code: int = FAILED) -> NoReturn:
    """Print why the command ends, and end it."""
    say(message)
    raise typer.Exit(code)


def put(data: bytes, output: Path | None) -> None:
    """Write the command's output to a file, or to standard output as it is."""
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise KatanyaError(f"cannot be written: {error.strerror}", where=str(output),
                           fix="name a file in a folder that exists") from error


def model_of(name: str) -> str | Path | None:
    """Return the model that ``--model`` names: one of the package, one in a folder, or None for the rules alone."""
    if name == RULES_ALONE:
        return None
    return Path(name) if name != DEFAULT_MODEL and Path(name).is_dir() else name


def _leave_quietly() -> NoReturn:
    """End where the reader of our output has gone (``katanya … | head``)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise typer.Exit(0)
