"""Who had it from whom: articles whose words come from one place fold into one origin."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from katanya.lang.pack import Pack, load_pack
from katanya.ledger.quotations.versions import words_of

SHINGLE = 8  # words in a row that two articles do not have in common by chance
REPRINT = 0.4  # share of the shorter article's shingles that make it a reprint
AROUND = 30  # words before and after a quotation that are compared
RUN = 6  # words in a row that count there
COPIED = 0.4  # share of the words around a quotation that are the same in a copied paragraph
LEAST_AROUND = 12  # words around a quotation from which a share says anything
REACH = 6  # words behind a word of quoting in which the house that is quoted stands
DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)+)")
SUFFIXES = frozenset({"com", "co", "id", "net", "org", "go", "ac", "tv", "my", "uk", "news", "or", "web"})


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """An article that carries a version: its text, and the offsets of the content in it."""

    date: str | None
    article: str
    outlet: str | None
    text: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Origin:
    """Articles that have it from one place, earliest first, and by what they were put together."""

    house: str | None  # the outlet or agency that they have it from, where it can be told
    pieces: tuple[Piece, ...]
    because: tuple[str, ...]

    @property
    def first(self) -> Piece:
        """The earliest article."""
        return self.pieces[0]


class Houses:
    """Knows which outlet's names and credits mean which house, by the tables of a language."""

    def __init__(self, pack: Pack) -> None:
        self._known: dict[str, str] = {row[0]: row[1] for row in pack.table("houses")}
        self._houses = frozenset(self._known.values())
        self._agencies = pack.words("quotations.agencies")
        self._quoting = pack.words("sources.quoting")

    def house(self, outlet: str | None) -> str | None:
        """Return the house of an outlet: ``news.detik.com`` and ``Detik`` are one."""
        if not outlet:
            return None
        name = outlet.strip().lower()
        domain = DOMAIN.fullmatch(name)
        if domain:
            labels = [label for label in domain.group(1).split(".") if label not in SUFFIXES] or [name]
            name = labels[-1]
        return self._known.get(name, name)

    def credits(self, text: str, others: Collection[str] = ()) -> frozenset[str]:
        """Return the houses that a text says it has its words from: those that are known, and of some others."""
        words = _words(text)
        found: set[str] = set()
        for at, word in enumerate(words):
            if word in self._quoting:
                near = words[at + 1 : at + 1 + REACH]
                found.update(filter(None, map(self._named, near)))
                found.update(house for house in others if _stands(words_of(house), near))
        for bracket in re.findall(r"[(\[/]\s*([A-Za-z. ]{2,20}?)\s*[)\]/]", text):
            named = bracket.strip().lower()
            if named in self._agencies:
                found.add(self._known.get(named, named))
        return frozenset(found)

    def _named(self, word: str) -> str | None:
        house = self._known.get(word)
        if house:
            return house
        return word if word in self._houses or word in self._agencies else None


def origins(pieces: Sequence[Piece], houses: Houses) -> list[Origin]:
    """Fold articles into origins, the earliest first.

    Articles of one house, reprints, copied paragraphs, and those that credit the house of another or one agency are
    one origin; everything else counts as another. Of one date, who credits another of them comes after.
    """
    homes = {piece: houses.house(piece.outlet) for piece in pieces}
    here = frozenset(filter(None, homes.values()))
    due = {piece: houses.credits(piece.text, here) - {house} for piece, house in homes.items()}
    ordered = sorted(due, key=lambda piece: (
        piece.date or "9999", not due[piece].isdisjoint(here), piece.article, piece.start, piece.end
    ))  # fmt: skip
    home, credit = [homes[piece] for piece in ordered], [due[piece] for piece in ordered]
    groups = [{number} for number in range(len(ordered))]
    reasons: list[set[str]] = [set() for _ in ordered]
    for one in range(len(ordered)):
        for other in range(one + 1, len(ordered)):
            why = _together(ordered[one], ordered[other], home[one], home[other], credit[one], credit[other])
            if why:
                joined, because = groups[one] | groups[other], reasons[one] | reasons[other] | {why}
                for number in joined:
                    groups[number], reasons[number] = joined, because
    found = []
    for first in range(len(ordered)):
        members = sorted(groups[first])
        if members[0] == first:
            credited = sorted({name for number in members for name in credit[number]})
            named = [name for name in credited if name in {home[number] for number in members}] or credited
            house = named[0] if named else home[first]
            found.append(Origin(house, tuple(ordered[number] for number in members), tuple(sorted(reasons[first]))))
    return found


def _together(
    one: Piece, other: Piece, home: str | None, away: str | None, credit: frozenset[str], due: frozenset[str]
) -> str | None:
    """Return why two articles are one origin, None where nothing says so."""
    if home is not None and home == away:
        return f"outlet: {home}"
    if away in credit or home in due:
        return f"credit: {away if away in credit else home}"
    if credit & due:
        return f"credit: {min(credit & due)}"
    share = _reprinted(one.text, other.text)
    if share >= REPRINT:
        return "text"
    return "paragraph" if _copied(one, other) else None


def _stands(words: Sequence[str], within: Sequence[str]) -> bool:
    """Tell whether words stand side by side among others; one word alone may be anything."""
    size = len(words)
    return size > 1 and any(within[at : at + size] == words for at in range(len(within) - size + 1))


def _reprinted(one: str, other: str) -> float:
    left, right = _shingles(one), _shingles(other)
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0


@lru_cache(maxsize=512)
def _words(text: str) -> tuple[str, ...]:
    return words_of(text)


@lru_cache(maxsize=512)
def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = _words(text)
    return frozenset(words[at : at + SHINGLE] for at in range(len(words) - SHINGLE + 1))


def _copied(one: Piece, other: Piece) -> bool:
    """Tell whether the words around a quotation are largely the same."""
    a, b = _around(one), _around(other)
    if min(len(a), len(b)) < LEAST_AROUND or _runs(one).isdisjoint(_runs(other)):
        return False
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    same = sum(block.size for block in blocks if block.size >= RUN)
    return same >= COPIED * min(len(a), len(b))


@lru_cache(maxsize=512)
def _runs(piece: Piece) -> frozenset[tuple[str, ...]]:
    """Return the runs of words around a quotation, all of the length from which on they count."""
    words = _around(piece)
    return frozenset(words[at : at + RUN] for at in range(len(words) - RUN + 1))


@lru_cache(maxsize=512)
def _around(piece: Piece) -> tuple[str, ...]:
    return (*words_of(piece.text[: piece.start])[-AROUND:], *words_of(piece.text[piece.end :])[:AROUND])


@cache
def houses_of(language: str) -> Houses:
    """Return the houses that a language's press knows; raises `PackError` where the language is not known."""
    return Houses(load_pack(language))
