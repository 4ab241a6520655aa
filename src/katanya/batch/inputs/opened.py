"""The one door: files and folders as inputs, each opened by its kind at a place to go on from."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from katanya.batch.inputs.base import Chunk, Place, chunks
from katanya.batch.inputs.kinds import kind_of, named, opened
from katanya.core.errors import InputError
from katanya.readers.columns import Said

WANTED = "give files or folders of articles"


@dataclass(frozen=True, slots=True)
class Given:
    """A file that is to be read: where it lies, and the name that its articles are told by.

    ``kind`` is the name of its kind, where the caller knows better than the file. ``found`` files were not given
    themselves, they lie in a folder that was. ``said`` is what the caller knows of the columns, where it is a table.
    """

    path: Path
    name: str
    kind: str | None = None
    found: bool = False
    said: Said = ()


class Input:
    """An opened file: its items in chunks, from a place on."""

    def __init__(self, given: Given, start: Place | None = None) -> None:
        """Open it; raises `InputError` where it cannot be opened or is not the file that was begun."""
        self.given, self.start = given, start or Place()
        try:
            self._file = given.path.open("rb")
            self.kind = named(given.kind) if given.kind else kind_of(given.name, self._file)
            self._file.seek(0)
            self._stream = opened(self.kind, self._file, self.start, given.name, given.said)
        except OSError as error:
            raise _unreadable(given.path, error) from error
        except InputError as error:
            self._file.close()
            raise _placed(error, given.path) from error

    def __enter__(self) -> "Input":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def consumed(self) -> int:
        """How many bytes of the file are read, for a bar of progress."""
        return self._file.tell()

    @property
    def note(self) -> str:
        """What a table's columns are taken for; empty for other kinds."""
        note = getattr(self._stream, "note", "")
        return f"{self.given.name}: {note}" if note else ""

    @property
    def gathered(self) -> bool:
        """Whether nobody has chosen its articles one by one."""
        return self.kind.gathered or self.given.found

    def chunks(self) -> Iterator[Chunk]:
        """Yield the rest of the file in chunks; raises `InputError` where the disk does not give it."""
        try:
            yield from chunks(self._stream)
        except OSError as error:
            raise _unreadable(self.given.path, error) from error
        except InputError as error:
            raise _placed(error, self.given.path) from error


def files(sources: Iterable[Path], kind: str | None = None, said: Said = ()) -> list[Given]:
    """Return the files of some files and folders, those of a folder in the order of their paths.

    What is hidden is passed over, and links to folders are not followed. Files of one name are told by the folders
    that they lie in, too. Raises `InputError` where there is no such file, or nothing in a folder.
    """
    if kind is not None:
        named(kind)
    given = [Given(path, name, kind, source.is_dir(), said) for source in sources for path, name in _walked(source)]
    return _told_apart(given)


def _told_apart(given: list[Given]) -> list[Given]:
    """Put before names that several files have the folders that they lie in, as many as it takes."""
    paths: dict[str, set[str]] = {}
    for one in given:
        paths.setdefault(one.name, set()).add(os.path.abspath(one.path))
    longer = [replace(one, name=_longer(one)) if len(paths[one.name]) > 1 else one for one in given]
    return given if longer == given else _told_apart(longer)


def _longer(given: Given) -> str:
    parts = Path(os.path.abspath(given.path)).parts[1:]
    return "/".join(parts[-1 - len(Path(given.name).parts) :])


def _walked(source: Path) -> list[tuple[Path, str]]:
    if source.is_dir():
        found = [(path, path.relative_to(source)) for path in source.rglob("*")]
        inside = [
            (path, f"{source.resolve().name}/{relative.as_posix()}") for path, relative in found
            if path.is_file() and not any(part.startswith(".") for part in relative.parts)
        ]  # fmt: skip
        if not inside:
            raise InputError("is a folder without files", where=str(source), fix=WANTED)
        return sorted(inside, key=lambda pair: pair[1])
    if not source.exists():
        raise InputError("no such file", where=str(source), fix=WANTED)
    if not source.is_file():
        raise InputError("is no file", where=str(source), fix=WANTED)
    return [(source, source.name)]


def _unreadable(path: Path, error: OSError) -> InputError:
    return InputError(f"cannot be read: {error.strerror or error}", where=str(path), fix=WANTED)


def _placed(error: InputError, path: Path) -> InputError:
    return error if error.where else InputError(error.what, where=str(path), fix=error.fix)
