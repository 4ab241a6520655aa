"""Which column of a table, or field of a record, holds what of an article: guessed by its name, or said by the user.

The names are data of the language (``columns.toml``); of several that may hold one thing, the one listed first goes.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from katanya.core.errors import InputError
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import LANGUAGE
from katanya.lang.pack import load_pack

TEXT = "text"
PLAIN = ("id", "title", "outlet", "published", "url", "language", "author", "modified")  # in the order of `Document`
FIELDS = (TEXT, *PLAIN)
SIGNS = re.compile(r"[\W_]+")
SHAPES = 256  # sets of names that are remembered
MOST, LONGEST = 1000, 80  # names that are looked at, and characters of one

Holders = Mapping[str, Sequence[str]]
# Fields with the names of their columns, as the user says them; of several for one field the first that is there goes.
Said = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """What of an article each column holds: names by field; ``guessed`` are the fields that nobody has said."""

    names: Mapping[str, str]
    guessed: frozenset[str] = frozenset()

    @property
    def holders(self) -> Holders:
        """The same in the form that `article_of` takes."""
        return {field: (name,) for field, name in self.names.items()}

    def __str__(self) -> str:
        pairs = ((field, self.names[field]) for field in FIELDS if field in self.names)
        return ", ".join(f"{field}={name}{' (guessed)' if field in self.guessed else ''}" for field, name in pairs)


def chosen(pairs: Iterable[str]) -> Said:
    """Read what a user says of columns, ``field=name`` each; raises `InputError` where it says nothing."""
    said: list[tuple[str, str]] = []
    for pair in pairs:
        field, sign, name = pair.partition("=")
        if field.strip() not in FIELDS or not sign or not name.strip():
            raise InputError(f"'{pair}' names no column", where="--column", fix="--column text=isi; the fields are "
                             + ", ".join(FIELDS))
        said.append((field.strip(), name.strip()))
    return tuple(said)


def columns_of(
    names: Sequence[str], said: Said | Mapping[str, str] | None = (), *, where: str, language: str = LANGUAGE
) -> Columns:
    """Tell which of some columns hold what: those that were ``said`` by name or number, the rest by their names.

    Raises `InputError` where none that was said for a field is there. There may be no column for the text.
    """
    pairs = tuple(said.items()) if isinstance(said, Mapping) else said or ()
    taken: dict[str, str] = {}
    for field, name in pairs:
        if field not in taken and (found := _named(name, names)) is not None:
            taken[field] = found
    for field, name in pairs:
        if field not in taken:
            seen = ", ".join(map(repr, names[:20]))[:300]
            raise InputError(f"no column '{name}' for the {field}", where=where, fix=f"the columns are: {seen}")
    guessed = {field: found[0] for field, found in holders(names, language).items() if field not in taken}
    free = {field: name for field, name in guessed.items() if name not in taken.values()}
    return Columns(taken | free, frozenset(free))


def holders(names: Iterable[str], language: str = LANGUAGE) -> Holders:
    """Return the names that may hold each field, the likeliest first; fields that none may hold are left out."""
    return _holders(tuple(name for name in islice(names, MOST) if len(name) <= LONGEST), language)


@lru_cache(SHAPES)
def _holders(names: tuple[str, ...], language: str) -> Holders:
    known = _known(language)
    found: dict[str, list[tuple[int, str]]] = {}
    for name in names:
        place = known.get(_plain(name))
        if place is not None:
            found.setdefault(place[0], []).append((place[1], name))
    return {field: [name for _, name in sorted(ranked, key=lambda pair: pair[0])] for field, ranked in found.items()}


def article_of(record: Mapping[str, Any], held: Holders, *, where: str, made_up: str) -> Document | Rejected:
    """Return the article that a record holds, its text kept as it stands; ``made_up`` is its id where it has none."""
    names = held.get(TEXT, ())
    name = next((name for name in names if record.get(name)), names[0] if names else None)
    if name is None:
        seen = ", ".join(map(repr, list(record)[:8])) or "none"
        return Rejected(where, Reason.NO_TEXT_FIELD, f"no 'text'; the fields are: {seen}"[:300])
    text = record.get(name)
    if text is not None and not isinstance(text, str):
        return Rejected(where, Reason.NO_TEXT_FIELD, f"'{name}' is {kind(text)} instead of a string")
    if not text or not text.strip():
        return Rejected(where, Reason.EMPTY, f"'{name}' is empty")
    if "\x00" in text:
        return Rejected(where, Reason.BINARY, f"'{name}' holds NUL at {text.index(chr(0))}")
    id, *rest = (_value(record, held.get(field, ())) for field in PLAIN)
    try:
        "".join((text, *filter(None, (id, *rest)))).encode()
    except UnicodeEncodeError as error:
        return Rejected(where, Reason.ENCODING, f"half a surrogate pair: {error.reason}")
    return Document(text, id or made_up, *rest)


def kind(value: object) -> str:
    """Name the kind of a JSON value, with its article."""
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _value(record: Mapping[str, Any], names: Sequence[str]) -> str | None:
    """Return the first of the fields that holds a string, a whole number or strings, as a string."""
    for name in names:
        value = record.get(name)
        if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
            value = ", ".join(filter(None, value))
        if (isinstance(value, str) and value) or (isinstance(value, int) and not isinstance(value, bool)):
            return str(value)
    return None


def _named(name: str, names: Sequence[str]) -> str | None:
    """Return the column of that name, as it stands or but for case and signs, or of that number from 1."""
    if name in names:
        return name
    alike = [other for other in names if _plain(other) == _plain(name)]
    if len(alike) == 1:
        return alike[0]
    number = int(name) if name.isascii() and name.isdigit() and len(name) < 6 else 0
    return names[number - 1] if 0 < number <= len(names) else None


def _plain(name: str) -> str:
    return SIGNS.sub("", name).lower()


@cache
def _known(language: str) -> dict[str, tuple[str, int]]:
    """Return the field that each name holds, and its rank among the names of that field."""
    pack = load_pack(language)
    return {
        _plain(name): (field, rank) for field in FIELDS for rank, name in enumerate(pack.entries(f"columns.{field}"))
    }
