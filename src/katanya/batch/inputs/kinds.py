"""Which kinds of input there are, and which of them a file is: by its name, else by its first bytes.

A kind is a module of this room that holds a `Kind`; one more module is one more line here.
"""

from typing import IO

from katanya.batch.inputs import exports, jsonl, letters, single, tables, warc, zipped
from katanya.batch.inputs.base import Kind, Place, Stream
from katanya.batch.inputs.packed import beginning
from katanya.core.errors import InputError
from katanya.readers.columns import Said

# Where the endings of two kinds fit a name, the longer goes; of two first bytes the kind that stands first.
KINDS: tuple[Kind, ...] = (
    jsonl.KIND,
    warc.KIND,
    zipped.WACZ,
    zipped.ZIP,
    tables.DELIMITED,
    tables.PARQUET,
    letters.LETTER,
    letters.MBOX,
    exports.FACTIVA,
    exports.NEXIS,
    single.PDF,
    single.PAGE,
    single.TEXT,
    single.ANY,
)
BEGINNING = 4096
BY_NAME = {kind.name: kind for kind in KINDS}


def named(name: str) -> Kind:
    """Return the kind of a name; raises `InputError` where there is none."""
    if name not in BY_NAME:
        raise InputError(f"no kind of input '{name}'", fix=f"give one of {', '.join(BY_NAME)}")
    return BY_NAME[name]


def by_ending(name: str) -> Kind | None:
    """Return the kind that the name of a file tells; ``None`` where it tells none."""
    lower = name.lower()
    fitting = [(len(end), kind) for kind in KINDS for end in kind.endings if lower.endswith(end)]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def by_beginning(head: bytes) -> Kind:
    """Return the kind that the first bytes tell; what tells nothing is a page or a text."""
    return next((kind for kind in KINDS if kind.starts and head.startswith(kind.starts)), None) or by_look(head)


def by_look(head: bytes, otherwise: Kind = single.ANY) -> Kind:
    """Return the kind that a beginning looks like, where neither name nor first bytes tell it."""
    return next((kind for kind in KINDS if kind.looks(head)), otherwise)


def kind_of(name: str, file: IO[bytes]) -> Kind:
    """Return the kind of a file: by its name, else by its beginning; that is looked at in texts, too."""
    kind = by_ending(name)
    if kind is None:
        return by_beginning(beginning(file, BEGINNING))
    return by_look(beginning(file, BEGINNING), kind) if kind is single.TEXT else kind


def opened(kind: Kind, file: IO[bytes], start: Place, name: str, said: Said = ()) -> Stream:
    """Open a file as a kind, at a place to go on from."""
    if kind.table is not None:
        return kind.table(file, start, name, said)
    return (kind.open or single.Whole)(file, start)
