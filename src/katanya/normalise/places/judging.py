"""How much speaks for a name's being that of a place, and whether it is enough."""

from collections.abc import Sequence
from itertools import pairwise

from katanya.core.analysis import Tokens
from katanya.lang.pack import Pack
from katanya.normalise.places.context import (
    ACRONYM,
    BESIDE,
    BODY,
    FACILITY,
    NAME,
    NONE,
    PERSON,
    PLACE,
    START,
    STREET,
    TAIL,
    Surroundings,
)
from katanya.normalise.places.gazetteer import CAPS, TOWN, Gazetteer, encloses
from katanya.normalise.places.mentions import HYPHEN, SEAT, SMALL, Mention, apposed

NOTHING, HINTED, LOCATED, CERTAIN = 0, 1, 2, 3  # what speaks for it: nothing, a body or people of it, a word, a place
REFUSED = -1
UNKNOWN = frozenset({NAME, PERSON})  # what follows is a name of something else
COUNTRY = "country"
LARGE = 500_000  # inhabitants of a town abroad that is named without its country
OPENING = 8  # words within which a dateline begins
WITHIN = 3  # words between two places that are named in one breath
DATELINE = frozenset({",", "-", "–", "—", "--", "(", "|", ":"})
APART = frozenset({",", "(", "-", "–", "—"})
ENDS = frozenset(".?!:;\"“”'’‘•*-–—([")


class Judge:
    """Weighs mentions and keeps those that name places."""

    def __init__(self, pack: Pack, gazetteer: Gazetteer, surroundings: Surroundings, home: str) -> None:
        self._gazetteer = gazetteer
        self._home = home
        self._surroundings = surroundings
        self._common = pack.words("places.common")
        self._persons = pack.words("places.persons")
        self._clubs = pack.words("places.clubs")
        self._sports = pack.words("places.sports")
        self._joining = pack.words("places.joining") | pack.words("places.extending")
        self._names = (
            pack.words("names.people") | pack.words("names.organisations") | self._common | self._persons
        ) - pack.words("names.places")

    def keep(self, text: str, tokens: Tokens, mentions: list[Mention]) -> tuple[list[Mention], list[int | None]]:
        """Return the mentions that name places, and for each which one encloses it by the words."""
        outers = self._outers(text, tokens, mentions)
        rights = [self._weigh(text, tokens, mentions, index, outers) for index in range(len(mentions))]
        self._carry(tokens, mentions)
        best: dict[str, int] = {}
        for mention in mentions:
            best[mention.form] = max(best.get(mention.form, 0), mention.level)
        sport = not self._sports.isdisjoint(tokens.lower)
        countries = self._countries(mentions)
        kept = []
        for index, mention in enumerate(mentions):
            elsewhere = min(best[mention.form], LOCATED)
            if best[mention.form] < CERTAIN and self._town(mention):
                elsewhere = NOTHING
            level = max(mention.level, elsewhere)
            if mention.level != REFUSED and level >= self._needed(
                tokens, mention, rights[index], sport, countries
            ):
                kept.append(index)
        place = {old: new for new, old in enumerate(kept)}
        return [mentions[index] for index in kept], [
            place.get(outer) if (outer := outers[index]) is not None else None for index in kept
        ]

    def _outers(self, text: str, tokens: Tokens, mentions: Sequence[Mention]) -> list[int | None]:
        """Return for each mention the next one, where that is said to enclose it."""
        found: list[int | None] = []
        for index, mention in enumerate(mentions):
            after = index + 1
            beside = after < len(mentions) and self._beside(text, tokens, mention, mentions[after])
            found.append(after if beside and self._enclosing(mention, mentions[after]) else None)
        return found

    @staticmethod
    def _beside(text: str, tokens: Tokens, one: Mention, other: Mention) -> bool:
        gap = other.first - one.last
        if gap == 0:
            return apposed(text, tokens, other.first)
        return gap == 1 and tokens.words[one.last] in APART and apposed(text, tokens, other.first)

    def _enclosing(self, inner: Mention, outer: Mention) -> bool:
        if not outer.rows or outer.reading == SEAT:
            return bool(outer.told and inner.told and outer.kind != inner.kind)
        row = self._gazetteer.row
        if not inner.rows:
            return inner.told
        return any(encloses(row(large), row(small)) for large in outer.rows for small in inner.rows)

    def _weigh(
        self, text: str, tokens: Tokens, mentions: Sequence[Mention], index: int, outers: Sequence[int | None]
    ) -> str:
        """Set the level of a mention; return what follows it."""
        mention = mentions[index]
        before = mentions[index - 1] if index else None
        known = before is not None and before.level != REFUSED and before.form not in self._persons
        taken = before.last if before is not None and known else 0
        left, located = self._surroundings.left(text, tokens, mention.first, taken)
        right = self._surroundings.right(text, tokens, mention.last)
        next_one = mentions[index + 1] if index + 1 < len(mentions) else None
        if next_one is not None and next_one.first == mention.last and right != TAIL:
            right = ""
        if before is not None and before.left == STREET and tokens.words[before.last : mention.first] == [HYPHEN]:
            left = STREET  # a road is named after both its ends
        mention.left = left
        mention.level, mention.because = self._level(tokens, mention, outers[index], left, located, right)
        return right

    def _level(
        self, tokens: Tokens, mention: Mention, outer: int | None, left: str, located: bool, right: str
    ) -> tuple[int, str]:
        if not mention.rows and not mention.reading:
            return REFUSED, ""  # a name that only holds that of a place
        if mention.told or (mention.reading == SEAT and mention.kind in SMALL):
            return CERTAIN, "told by its kind"
        if left in NONE or (right == TAIL and mention.reading != SEAT) or (left == FACILITY and right in UNKNOWN):
            return REFUSED, left
        if outer is not None:
            return CERTAIN, "enclosed"
        if left in (NAME, ACRONYM) and not self._bears(mention, left, located):
            return REFUSED, left
        if located:
            return LOCATED, "located"
        if mention.last < len(tokens) and mention.first <= OPENING and tokens.words[mention.last] in DATELINE:
            return LOCATED, "dateline"
        if left == START and right == PERSON and mention.first > OPENING:
            return REFUSED, right
        if mention.reading == SEAT or left in (ACRONYM, BESIDE, BODY, FACILITY, PLACE):
            seated = left in (BODY, FACILITY) and tokens.words[mention.first - 1][0].isupper()
            return LOCATED if seated else HINTED, left
        return NOTHING, "name"

    def _bears(self, mention: Mention, left: str, located: bool) -> bool:
        """Tell whether a place at home stands behind an agency, or a short form of one behind anything."""
        return self._at_home(mention) and (
            located or left == ACRONYM or mention.form in self._gazetteer.capitals
        )

    def _town(self, mention: Mention) -> bool:
        return bool(mention.rows) and all(map(self._gazetteer.town, mention.rows))

    def _likely(self, mention: Mention, countries: set[str]) -> bool:
        """Tell whether an article may name one of these towns without more: at home, large, or its country is named."""
        rows = [self._gazetteer.row(number) for number in mention.rows]
        return any(row.country == self._home or row.population >= LARGE or row.country in countries for row in rows)

    def _at_home(self, mention: Mention) -> bool:
        rows = (self._gazetteer.row(number) for number in mention.rows)
        return any(row.country == self._home and row.rank > 2 and row.kind != TOWN for row in rows)

    def _carry(self, tokens: Tokens, mentions: Sequence[Mention]) -> None:
        """Let places that are named in one breath share what speaks for the first of them."""
        for before, mention in pairwise(mentions):
            gap = tokens.lower[before.last : mention.first]
            if mention.level == REFUSED or not 0 < len(gap) <= WITHIN or any(word not in self._joining for word in gap):
                continue
            shared = LOCATED if before.level >= LOCATED else HINTED if self._plain(before) else NOTHING
            if shared > mention.level:
                mention.level, mention.because = shared, "named in one breath"

    def _plain(self, mention: Mention) -> bool:
        """Tell whether a name can hardly be that of anything but a place."""
        kept = mention.level != REFUSED and bool(mention.rows) and not self._town(mention)
        return kept and mention.form not in self._persons and mention.form not in self._common

    def _countries(self, mentions: Sequence[Mention]) -> set[str]:
        """Return the countries that the article names."""
        rows = (self._gazetteer.row(mention.rows[0]) for mention in mentions if mention.rows)
        return {row.country for row in rows if row.kind == COUNTRY and row.country}

    def _needed(self, tokens: Tokens, mention: Mention, right: str, sport: bool, countries: set[str]) -> int:
        """Return how much must speak for a mention."""
        form = mention.form
        if not mention.rows:
            return CERTAIN if mention.told else HINTED
        if form in self._clubs:
            return CERTAIN if sport else LOCATED
        if self._town(mention):
            acronym = len(form) <= CAPS and tokens.words[mention.name].isupper()
            doubtful = form in self._names or right in UNKNOWN or acronym or not self._likely(mention, countries)
            return CERTAIN if doubtful else LOCATED
        if form in self._persons:
            return LOCATED if right in UNKNOWN and mention.left != BODY else HINTED
        opening = mention.left == START and (mention.first == 0 or tokens.words[mention.first - 1] in ENDS)
        if form in self._common and right in UNKNOWN and mention.left != BODY:
            return CERTAIN
        if form in self._common and opening:
            return HINTED
        return NOTHING
