"""The words of the interface, in each language that it has; which one a reader gets."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from katanya.core.errors import PackError

FOLDER = Path(__file__).parent / "words"
LANGUAGES = ("id", "en")  # the first one is for those who ask for neither
ONE = "one"  # the form for a single thing, where a language has one
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All words of one language: sentences by key, and the lists and marks that dates and numbers are written with."""

    language: str
    words: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]

    def __call__(self, key: str, **values: Any) -> str:
        """Return the words of a key with its values filled in; raises `KeyError` where there is no such key."""
        words = self.words[key]
        return words.format(**values) if values else words

    def count(self, key: str, number: int, shown: str, **values: Any) -> str:
        """Return words for so many things; ``shown`` is the number as the language writes it."""
        form = f"{key}.{ONE if number == 1 else OTHER}"
        return self.words.get(form, self.words[f"{key}.{OTHER}"]).format(n=shown, **values)

    def named(self, group: str, value: str) -> str:
        """Return what a value of a closed set is called (``kind``, ``act`` …); a value without words is its own."""
        return self.words.get(f"{group}.{value}", value)


@cache
def catalogue(language: str) -> Catalogue:
    """Return the words of a language; raises `PackError` for a language or file that is not as it should be."""
    path = FOLDER / f"{language}.toml"
    if language not in LANGUAGES:
        raise PackError(f"no interface in '{language}'", where=str(FOLDER), fix=f"one of {', '.join(LANGUAGES)}")
    words: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for key, value in _flat(tomllib.loads(path.read_text(encoding="utf-8"))):
        if isinstance(value, str) and value.strip():
            words[key] = value
        elif isinstance(value, list) and value and all(isinstance(one, str) and one for one in value):
            lists[key] = tuple(value)
        else:
            raise PackError(f"'{key}' is neither words nor a list of words", where=str(path), fix="write it as text")
    return Catalogue(language, words, lists)


def differences(one: Catalogue, other: Catalogue) -> list[str]:
    """Return what two languages do not have in common: keys, the values that words take, the length of lists.

    The form for a single thing may be in one of them alone.
    """
    found = []
    for key in sorted({*one.words, *other.words} - {key for key in {*one.words, *other.words} if _is_one(key)}):
        if (key in one.words) != (key in other.words):
            found.append(f"{key}: only in {one.language if key in one.words else other.language}")
        elif fields(one.words[key]) != fields(other.words[key]):
            found.append(f"{key}: other values in {one.language} than in {other.language}")
    for key in sorted({*one.lists, *other.lists}):
        if len(one.lists.get(key, ())) != len(other.lists.get(key, ())):
            found.append(f"{key}: lists of other lengths")
    return found


def fields(words: str) -> frozenset[str]:
    """Return the names of the values that words take."""
    return frozenset(name for _, name, _, _ in Formatter().parse(words) if name is not None)


def preferred(accepted: str | None, chosen: str | None = None) -> str:
    """Return the language for a reader: the one chosen before, else the best of an ``Accept-Language`` header."""
    if chosen in LANGUAGES:
        return chosen
    weighed = []
    for place, part in enumerate((accepted or "")[:1000].split(",")):
        tag, _, quality = part.strip().partition(";")
        language = tag.strip().lower().split("-")[0]
        weight = _weight(quality)
        if language in LANGUAGES and weight > 0:
            weighed.append((-weight, place, language))
    return min(weighed)[2] if weighed else LANGUAGES[0]


def _weight(quality: str) -> float:
    name, _, value = quality.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


def _is_one(key: str) -> bool:
    return key.endswith(f".{ONE}")


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value
