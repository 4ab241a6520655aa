"""Where the pages are: addresses for what has a name, with everything in them quoted."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

FRONT, PEOPLE, QUOTATIONS, TRACK = "/", "/people", "/quotations", "/track"
COMPARE, STATISTICS, PASTE = "/compare", "/statistics", "/paste"
FEEDS, REJECTS, CORRECTIONS, HELP = "/feeds", "/rejects", "/corrections", "/help"


class Addresses:
    """Makes addresses for the templates."""

    def article(self, id: str, *, edition: int | None = None, part: int | None = None) -> str:
        """Return the address of an article, of one of its editions or of one of its parts."""
        return with_query(f"/articles/{quote(id, safe='')}", edition=edition, part=part)

    def statement(self, id: str) -> str:
        """Return the address that leads to a statement in its article."""
        return f"/statements/{quote(id, safe='')}"

    def correct(self, id: str) -> str:
        """Return the address where a statement is corrected."""
        return f"/correct/{quote(id, safe='')}"

    def undo(self, correction: int) -> str:
        """Return the address where a correction is undone."""
        return f"{CORRECTIONS}/{correction}/undo"

    def person(self, id: str) -> str:
        """Return the address of a person across articles."""
        return f"{PEOPLE}/{quote(id, safe='')}"

    def named(self, name: str) -> str:
        """Return the address of all that speaks under a name."""
        return with_query(PEOPLE, name=name)

    def quotation(self, id: str) -> str:
        """Return the address of a quotation by any of its versions."""
        return f"{QUOTATIONS}/{quote(id, safe='')}"

    def quotations(self, words: str) -> str:
        """Return the address of the quotations with some words."""
        return with_query(QUOTATIONS, q=words)

    def track(self, question: str) -> str:
        """Return the address of the figures that answer a question."""
        return with_query(TRACK, q=question)

    def search(self, **asked: str) -> str:
        """Return the address of a search."""
        return with_query(FRONT, **asked)

    def rejects(self, reason: str) -> str:
        """Return the address of the rejects of one reason."""
        return with_query(REJECTS, reason=reason)


def with_query(path: str, /, **values: object) -> str:
    """Return an address with those values that are not empty."""
    return with_values(path, {name: str(value) for name, value in values.items() if value not in (None, "", False)})


def with_values(path: str, values: Mapping[str, str]) -> str:
    """Return an address with a query, or as it is where there are no values."""
    return f"{path}?{urlencode(values, errors='replace')}" if values else path


def local(address: str | None) -> str:
    """Return an address of this site to go back to; the front page for any that leads elsewhere."""
    plain = address or FRONT
    leads_away = not plain.startswith("/") or plain[1:2] in ("/", "\\") or any(ord(letter) < 33 for letter in plain)
    return FRONT if leads_away else plain
