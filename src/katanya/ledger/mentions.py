"""Articles that hold the words of a search where no statement does: told by the reporter, or by nobody."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from katanya.ledger.query import Part, parse, whole_expression
from katanya.ledger.search import LIMIT, Filters
from katanya.ledger.words import WORD, Wording, spaced, storable

AROUND = 90  # characters shown on either side of the word
ELLIPSIS = "…"
FOUND = """
SELECT e.document, e.outlet, e.dated, e.title, e.url, e.text FROM texts_index i JOIN editions e ON e.id = i.rowid
JOIN readings r ON r.edition = e.id AND r.current
WHERE texts_index MATCH ?{} ORDER BY e.dated IS NULL, e.dated DESC, e.id
"""


@dataclass(frozen=True, slots=True)
class Mention:
    """An article whose title or text holds the words, with some of the text around the first of them."""

    article: str
    outlet: str | None
    dated: str | None
    title: str | None
    url: str | None
    words: str

    def to_dict(self) -> dict[str, Any]:
        """Return the mention as plain values."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def mentions(
    connection: sqlite3.Connection, wording: Wording, words: str, filters: Filters, *, limit: int = LIMIT
) -> list[Mention]:
    """Return the articles that hold all the words, in their statements or outside of them, the latest first.

    Of the filters those of the article count: outlet and period. Words in quotation marks are found as they stand.
    """
    parts = parse(words)
    mine = Filters(outlet=filters.outlet, since=filters.since, until=filters.until)
    conditions = list(mine.conditions(connection, wording))
    where = "".join(f" AND {condition}" for condition, _ in conditions)
    values = [storable(value) for _, more in conditions for value in more]
    asked = whole_expression(words, wording, connection)
    found: list[Mention] = []
    for article, outlet, dated, title, url, text in connection.execute(FOUND.format(where), (asked, *values)):
        if len(found) == limit:
            break
        if all(_holds(f"{title or ''}. {text}", part) for part in parts if part.exact):
            found.append(Mention(article, outlet, dated, title, url, _around(text, parts, wording)))
    return found


def _holds(text: str, part: Part) -> bool:
    """Tell whether words stand side by side, which the index of whole texts does not know."""
    return f" {part.text} " in f" {spaced(text)} "


def _around(text: str, parts: list[Part], wording: Wording) -> str:
    """Return the text around the first of the words, its beginning where only the title has them."""
    start, end = next(_places(text, parts, wording), (0, 0))
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    first = text.find(" ", first, start) + 1 if first and " " in text[first:start] else first
    last = text.rfind(" ", end, last) if last < len(text) and " " in text[end:last] else last
    before, after = ELLIPSIS if first else "", ELLIPSIS if last < len(text) else ""
    return before + " ".join(text[first:last].split()) + after


def _places(text: str, parts: list[Part], wording: Wording) -> Iterator[tuple[int, int]]:
    asked = {word.lower() for part in parts for word in part.words}
    stems = {wording.stem(word) for word in asked}
    for match in WORD.finditer(text):
        word = match.group().lower()
        if word in asked or wording.stem(word) in stems:
            yield match.span()
