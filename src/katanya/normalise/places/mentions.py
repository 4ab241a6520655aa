"""Where a text may name a place: names of the table, and what follows a word for a kind of place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from katanya.core.analysis import Tokens
from katanya.lang.pack import Pack
from katanya.normalise.places.gazetteer import CAPS, WIDE, Gazetteer, Row

KIND, KEPT, PROPER, SEAT = "kind", "kept", "proper", "seat"
UNNAMED = frozenset({"country"})  # kinds whose places are all in the table
CITY = "city"
SMALL = frozenset({"district", "village", "hamlet"})
LONGER = SMALL | {"regency", "province"}  # kinds whose names may begin with that of a town, a river, a hill
LONGEST = 3  # words in a name that the table does not have
HYPHEN = "-"
CLOSING = frozenset(",.;)")  # no headline goes on with one of these


@dataclass(slots=True)
class Mention:
    """Tokens ``first`` up to ``last`` that may name a place; ``name`` is where the name itself begins.

    ``rows`` are the places of the table that bear the name: none where the table does not have it. ``kind`` and
    ``reading`` come from a word for a kind of place before the name, ``domestic`` tells that only the country of the
    paper has that kind. The rest is found out later: ``level`` is how much
    speaks for its being a place at all, ``row`` the place that is meant, ``outer`` the one that it lies in.
    """

    first: int
    name: int
    last: int
    form: str
    rows: tuple[int, ...]
    kind: str = ""
    reading: str = ""
    domestic: bool = False
    level: int = 0
    left: str = ""
    row: Row | None = None
    outer: Row | None = None
    because: str = ""

    @property
    def told(self) -> bool:
        """Whether a word for its kind stands before it as part of it."""
        return self.reading in (KIND, KEPT, PROPER)


class Told(NamedTuple):
    """A word for a kind of place at a token, and where the name behind it begins.

    ``held`` tells that it may name an office, behind which the place can be left out.
    """

    word: int
    at: int
    kind: str
    reading: str
    held: bool


class Finder:
    """Finds mentions by one look at each word."""

    def __init__(self, pack: Pack, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._kinds = {word: (kind, reading) for word, kind, reading in pack.table("places_kinds")}
        self._pairs = {word.partition(" ")[0] for word in self._kinds if " " in word}
        self._heads = gazetteer.heads.keys() | {word.partition(" ")[0].rstrip(".") for word in self._kinds}
        self._singles = {form for form in gazetteer.forms if " " not in form}
        self._extending = pack.words("places.extending")
        self._ordinary = pack.words("roles.heads") | pack.words("calendar.days") | pack.words("calendar.months")
        self._common = pack.words("names.common") | pack.words("roles.heads")
        self._domestic = pack.words("places.domestic")
        self._people = pack.words("names.people") - pack.words("names.places") - pack.words("places.persons")
        self._holders, self._titles = pack.words("roles.holders"), pack.words("titles.before")
        self._stopping = pack.words("places.stopping") | pack.words("names.never") | self._titles

    def split(self, tokens: Tokens) -> Tokens:
        """Return the tokens with those cut at their hyphens that join places (*Jakarta-Bandung*)."""
        joined = [index for index, word in enumerate(tokens.words) if HYPHEN in word and self._joins(word)]
        if not joined:
            return tokens
        cut = set(joined)
        made = Tokens([], [], [], [])
        for index, word in enumerate(tokens.words):
            for start, end in _pieces(word) if index in cut else ((0, len(word)),):
                made.starts.append(tokens.starts[index] + start)
                made.ends.append(tokens.starts[index] + end)
                made.words.append(word[start:end])
                made.lower.append(word[start:end].lower())
        return made

    def find(self, text: str, tokens: Tokens) -> list[Mention]:
        """Return the mentions of a text in order, none over another."""
        heads = self._heads
        found: list[Mention] = []
        done = 0
        for index in [index for index, word in enumerate(tokens.lower) if word in heads]:
            if index < done:
                continue
            mention = self._at(text, tokens, index)
            if mention is not None:
                found.append(mention)
                done = mention.last
        return found

    def _joins(self, word: str) -> bool:
        if word.lower() in self._singles:
            return False
        return any(piece[:1].isupper() and piece.lower() in self._singles for piece in word.split(HYPHEN))

    def _at(self, text: str, tokens: Tokens, index: int) -> Mention | None:
        words, lower = tokens.words, tokens.lower
        matched = self._gazetteer.match(words, lower, index) if words[index][0].isupper() else None
        told = self._told(text, tokens, index)
        if told is not None:
            told.domestic = lower[index] in self._domestic
        if told is not None and (matched is None or told.last > matched[0]):
            return told
        if matched is None:
            return None
        last, rows = matched
        return Mention(index, index, last, " ".join(lower[index:last]), rows)

    def _told(self, text: str, tokens: Tokens, index: int) -> Mention | None:
        """Return what a word for a kind of place and the name after it say."""
        words, lower, count = tokens.words, tokens.lower, len(tokens)
        at = index + 1
        known = self._kinds.get(lower[index])
        if at < count and (lower[index] in self._pairs or words[at] == "."):
            space = "" if words[at] == "." else " "
            longer = self._kinds.get(f"{lower[index]}{space}{lower[at]}")
            known, at = (longer, at + 1) if longer else (known, at)
        if known is None:
            return None
        kind, reading = known
        if at >= count or not words[at][0].isupper() or not apposed(text, tokens, at):
            return None
        if reading == PROPER and not words[index][0].isupper():
            return None
        held = kind in SMALL and (reading == SEAT or (index > 0 and lower[index - 1] in self._holders))
        return self._named(text, tokens, Told(index, at, kind, reading, held))

    def _named(self, text: str, tokens: Tokens, told: Told) -> Mention | None:
        """Return the name behind a word for a kind of place, from the table or none that it has."""
        index, at, kind, reading, _ = told
        first = at if reading == SEAT else index
        apart = self._apart(text, tokens, told)
        matched = self._gazetteer.match_told(tokens.words, tokens.lower, at)
        if matched is not None and matched[0] >= apart and not self._goes_on(text, tokens, told, *matched):
            last, rows = matched
            if reading in (KEPT, PROPER) and all(map(self._gazetteer.town, rows)):
                rows = ()  # a beach is not the town of that name
                return Mention(first, at, last, " ".join(tokens.lower[at:last]), rows, kind, reading)
            if kind in UNNAMED:  # a country of its own kind or none: the word is not part of the name
                rows = tuple(number for number in rows if self._gazetteer.row(number).kind == kind)
            elif kind in SMALL and rows and all(self._gazetteer.row(number).kind in WIDE for number in rows):
                return None  # the district of a country is none of that name
            return Mention(first, at, last, " ".join(tokens.lower[at:last]), rows, kind, reading) if rows else None
        if not self._may_be_unknown(tokens, told):
            return None
        if told.held and not apart and tokens.lower[at] in self._people:
            return None  # who holds the office, its place left out
        last = apart or self._extent(text, tokens, told)
        return Mention(first, at, last, " ".join(tokens.lower[at:last]), (), kind, reading)

    def _may_be_unknown(self, tokens: Tokens, told: Told) -> bool:
        before, at, kind, reading, _ = told
        word = tokens.lower[at]
        if tokens.words[at].isupper() and len(word) <= CAPS:
            return False
        if word in self._kinds and not self._natural(tokens, told):
            return False
        if kind in UNNAMED or word in self._stopping or not word.isalpha() or len(word) < 3:
            return False
        if (reading == SEAT and kind not in SMALL) or (reading == PROPER and word in self._common):
            return False
        return not (kind == CITY and tokens.words[before][0].isupper())  # by a nickname, most often

    def _goes_on(self, text: str, tokens: Tokens, told: Told, last: int, rows: tuple[int, ...]) -> bool:
        """Tell whether a name goes on where one of the table ends, so that it is none of the table."""
        if not self._capital(text, tokens, last):
            return False
        if told.kind in SMALL and tokens.lower[last] in self._extending:
            return True
        towns = told.reading == KIND and told.kind in LONGER and all(map(self._gazetteer.town, rows))
        return towns and self._extent(text, tokens, told) > last

    def _apart(self, text: str, tokens: Tokens, told: Told) -> int:
        """Return the end of the place of an office where a comma and the name of who holds it follow, else 0."""
        last = told.at + 1
        while told.held and self._capital(text, tokens, last):
            last += 1
        if not told.held or last - told.at > LONGEST or last + 1 >= len(tokens) or tokens.words[last] != ",":
            return 0
        follows = tokens.words[last + 1][0].isupper() and tokens.lower[last + 1] in self._people | self._titles
        return last if follows and self._stopping.isdisjoint(tokens.lower[told.at : last]) else 0

    def _extent(self, text: str, tokens: Tokens, told: Told) -> int:
        """Return the end of a name that the table does not have."""
        last = told.at + 1 + self._natural(tokens, told)
        while last - told.at < LONGEST and self._capital(text, tokens, last):
            word = tokens.lower[last]
            if word in self._stopping or word in self._kinds or not word.isalpha():
                break
            if word not in self._extending:
                if told.reading == SEAT or self._known(tokens, last):
                    break
                if word in self._common and not self._closes(text, tokens, told, last):
                    break
                if word in self._people and (told.held or self._two(text, tokens, last)):
                    break  # a person
            last += 1
        return last

    def _closes(self, text: str, tokens: Tokens, told: Told, at: int) -> bool:
        """Tell whether a common word ends the name of a small place: a small word or a mark follows."""
        if told.reading != KIND or told.kind not in LONGER or tokens.lower[at] in self._ordinary:
            return False
        if at + 1 >= len(tokens) or not apposed(text, tokens, at + 1):
            return False
        return tokens.words[at + 1][0].islower() or tokens.words[at + 1] in CLOSING

    def _two(self, text: str, tokens: Tokens, at: int) -> bool:
        """Tell whether the words of a name at a token and behind it may be those of a person."""
        behind = self._capital(text, tokens, at + 1)
        return behind and tokens.lower[at + 1] not in self._extending and tokens.lower[at + 1] not in self._kinds

    def _natural(self, tokens: Tokens, told: Told) -> bool:
        """Tell whether a territory is named after a river or a hill: its name begins with the word for that kind."""
        at = told.at
        if told.kind not in LONGER or self._kinds.get(tokens.lower[at], ("", ""))[1] not in (KEPT, PROPER):
            return False
        return at + 1 < len(tokens) and tokens.words[at + 1][0].isupper() and tokens.lower[at + 1] not in self._kinds

    def _known(self, tokens: Tokens, at: int) -> bool:
        matched = self._gazetteer.match(tokens.words, tokens.lower, at)
        return matched is not None and any(self._gazetteer.row(number).rank <= 4 for number in matched[1])

    @staticmethod
    def _capital(text: str, tokens: Tokens, at: int) -> bool:
        """Tell whether a word with a capital stands at a token, on the line of the one before."""
        return at < len(tokens) and tokens.words[at][0].isupper() and apposed(text, tokens, at)


def apposed(text: str, tokens: Tokens, index: int) -> bool:
    """Tell whether a token follows the one before it on the same line."""
    return index > 0 and "\n" not in text[tokens.ends[index - 1] : tokens.starts[index]]


def _pieces(word: str) -> Iterator[tuple[int, int]]:
    start = 0
    while (end := word.find(HYPHEN, start)) >= 0:
        if end > start:
            yield start, end
        yield end, end + 1
        start = end + 1
    if start < len(word):
        yield start, len(word)
