"""What goes wrong in a reader's words: the program says it in English, a table has it in the interface's languages."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

from katanya.core.errors import KatanyaError, PackError
from katanya.web.catalogue import FOLDER, LANGUAGES, fields
from katanya.web.problems import Problem

TABLE = FOLDER / "problems.toml"
PARTS = ("said", "library")  # what the program itself says, and what libraries of its say
OWN = "en"  # the language that the program speaks


@dataclass(frozen=True, slots=True)
class Saying:
    """Words of the program in every language; ``begins`` is what stands before their first value."""

    begins: str
    pattern: re.Pattern[str]
    words: Mapping[str, str]


def told(fault: Problem | KatanyaError, language: str) -> str:
    """Return where, what and the nearest fix of a fault in the words of a language, in one line."""
    what, where, fix = (in_words(part, language) for part in (fault.what, fault.where, fault.fix))
    return f"{f'{where}: ' if where else ''}{what}{f' ({fix})' if fix else ''}"


def in_words(said: str, language: str) -> str:
    """Return what the program says in the words of a language; as it is said where the table does not have it."""
    if language != OWN:
        for saying in sayings():
            if said.startswith(saying.begins) and (found := saying.pattern.fullmatch(said)):
                return saying.words[language].format(**found.groupdict())
    return said


@cache
def sayings(path: Path = TABLE) -> tuple[Saying, ...]:
    """Return the table; raises `PackError` where it lacks a language, or a value in one of them."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(_checked(row, path) for part in PARTS for row in table[part])


def _checked(row: Mapping[str, str], path: Path) -> Saying:
    own = row.get(OWN, "")
    if row.keys() != set(LANGUAGES) or not all(row.values()) or any(fields(row[one]) - fields(own) for one in row):
        raise PackError(f"'{own}' is not there in each language with its values", where=str(path),
                        fix=f"give {', '.join(LANGUAGES)}, with no other values in braces")
    return Saying(next(_literals(own)), re.compile("".join(_pattern(own)), re.DOTALL), row)


def _literals(words: str) -> Iterator[str]:
    return (literal for literal, *_ in Formatter().parse(words))


def _pattern(words: str) -> Iterator[str]:
    for literal, name, *_ in Formatter().parse(words):
        yield re.escape(literal)
        if name is not None:
            yield f"(?P<{name}>.+)"
