"""A search as it is typed, and what the full-text index is asked for it. No input is a syntax error."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from katanya.core.errors import InputError
from katanya.ledger.words import WORD, Wording, spaced

PART = re.compile(r'["“”„]([^"“”„]*)(?:["“”„]|$)|([^\s"“”„]+)')
MOST_PARTS = 64  # what is typed beyond them is not looked for
LONGEST_NAME = 8  # words of a name that may have an abbreviation
DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d(?::\d\d)?)?)?)?")
FIRST = "-01-01"  # what completes a year, and its end a month
FOUND_NOTHING = 'words : ""'  # the index finds nothing for no words


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a search that must stand side by side: those of a phrase, or a single word; ``exact`` has no stem."""

    words: tuple[str, ...]
    exact: bool

    @property
    def text(self) -> str:
        """The words in lower case, with single spaces between them."""
        return " ".join(self.words).lower()


def parse(typed: str) -> list[Part]:
    """Return the parts of a search; what holds no letter or digit is passed over."""
    found = []
    for match in PART.finditer(typed):
        phrase, word = match.groups()
        words = tuple(WORD.findall(phrase if word is None else word))
        if words:
            found.append(Part(words, exact=word is None))
    return found[:MOST_PARTS]


def expression(typed: str, wording: Wording, connection: sqlite3.Connection, *, titles: bool = False) -> str:
    """Return what the index is asked for a search: all of its parts, each in any of its forms.

    A word in lower case is found in all forms of its stem, one with a capital is a name and has none. An abbreviation
    is found by what it stands for, and the other way about.
    """
    parts = parse(typed)
    if not parts:
        return FOUND_NOTHING
    asked = [_asked(group, wording, connection, titles) for group in _grouped(parts, wording, connection)]
    return " AND ".join(f"({forms})" for forms in asked)


def whole_expression(typed: str, wording: Wording, connection: sqlite3.Connection) -> str:
    """Return what the index of whole texts is asked for a search: all of its parts, wherever they stand.

    That index knows no places: words that must stand side by side are only asked to be there.
    """
    parts = parse(typed)
    if not parts:
        return '""'
    asked = []
    for group in _grouped(parts, wording, connection):
        text = _text(group)
        alike = [*wording.long_forms(connection, text), *wording.short_forms(connection, text)]
        forms = [" AND ".join(_anywhere(part, wording) for part in group)]
        asked.append(" OR ".join(f"({form})" for form in [*forms, *map(words_expression, alike)]))
    return " AND ".join(f"({forms})" for forms in asked)


def words_expression(words: str) -> str:
    """Return what an index of names or roles is asked for: all the words, in any order."""
    found = WORD.findall(words)[:MOST_PARTS]
    return " AND ".join(_quoted(word) for word in found) or '""'


def office_expression(words: str, wording: Wording, connection: sqlite3.Connection) -> str:
    """Return what an index of roles is asked for: all the words, or those that they are short or long for."""
    text = spaced(words)
    others = [*wording.long_forms(connection, text), *wording.short_forms(connection, text)]
    return " OR ".join(f"({words_expression(form)})" for form in (words, *others))


def checked_day(day: str | None) -> str | None:
    """Return a day of a question as it is: ISO 8601, whole or in part; raises `InputError` where it is none."""
    try:
        if day is not None:
            date.fromisoformat((day + FIRST[len(day) - 4 :] if len(day) < 10 else day)[:10])
            if not DAY.fullmatch(day):
                raise ValueError
    except ValueError:
        raise InputError("is no date", where=f"'{day}'", fix="write 2022, 2022-11 or 2022-11-21") from None
    return day


def checked_period(since: str | None, until: str | None) -> None:
    """Raise `InputError` where a day of a period is none, or the period ends before it begins."""
    first, last = checked_day(since), checked_day(until)
    if first is not None and last is not None and first > last and not first.startswith(last):
        raise InputError("ends before it begins", where=f"the period {since} to {until}",
                         fix=f"ask from {until} to {since}")


def _grouped(parts: list[Part], wording: Wording, connection: sqlite3.Connection) -> Iterator[list[Part]]:
    """Put words that spell out an abbreviation into one group, the longest first; all others stand alone."""
    at = 0
    while at < len(parts):
        size = next(
            (size for size in range(min(LONGEST_NAME, len(parts) - at), 1, -1)
             if not any(part.exact for part in parts[at : at + size])
             and wording.short_forms(connection, _text(parts[at : at + size]))),
            1,
        )  # fmt: skip
        yield parts[at : at + size]
        at += size


def _asked(group: list[Part], wording: Wording, connection: sqlite3.Connection, titles: bool) -> str:
    text = _text(group)
    columns = "{words title}" if titles else "words"
    alike = [*wording.long_forms(connection, text), *wording.short_forms(connection, text)]
    forms = [f"{columns} : {_quoted(other)}" for other in alike]
    each = [_forms(part, wording, titles) for part in group]
    return " OR ".join([f"({' AND '.join(each)})" if len(each) > 1 else each[0], *forms])


def _forms(part: Part, wording: Wording, titles: bool) -> str:
    forms = [f"{'{words title}' if titles else 'words'} : {_quoted(part.text)}"]
    (word, *others) = part.words
    if not (part.exact or others or word[0] != word[0].lower()):
        stem = wording.stem(word)
        if stem != word:
            forms.append(f"{'{words title}' if titles else 'words'} : {_quoted(stem)}")
        forms.append(f"{'{stems title}' if titles else 'stems'} : {_quoted(stem)}")
    return f"({' OR '.join(forms)})"


def _anywhere(part: Part, wording: Wording) -> str:
    (word, *others) = part.words
    if part.exact or others or word[0] != word[0].lower():
        return words_expression(part.text)
    return f"({_quoted(part.text)} OR {_quoted(wording.stem(word))})"


def _text(parts: list[Part]) -> str:
    return spaced(" ".join(part.text for part in parts))


def _quoted(words: str) -> str:
    """Return words as the index takes them for words, whatever they are."""
    return '"' + words.replace('"', " ") + '"'
