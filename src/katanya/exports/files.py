"""Where exports go: a file that appears when it is whole, or a folder that was empty."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from katanya.core.errors import InputError

PART = ".part"  # what is added to the name of a file on its way


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file to write to; it takes its name, and the place of what stood there, when the block ends well."""
    part = path.with_name(path.name + PART)
    try:
        with part.open("wb") as file:
            yield file
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(f"cannot be written: {error.strerror}", where=str(path),
                         fix="name a file in a folder that can be written") from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def new_folder(path: Path) -> Path:
    """Make a folder and return it; raises `InputError` where something stands in it: it would be taken for its own."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        if any(path.iterdir()):
            raise InputError("is not empty", where=str(path), fix="name a new folder")
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", where=str(path), fix="name a new folder") from error
    return path
