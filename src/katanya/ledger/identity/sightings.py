"""What one article says about one person, and the profiles that equal sightings make up."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from katanya.ledger.identity.words import Lexicon, Words

Key = tuple[str, str]  # the article's key and the name as written there: it survives another reading


@dataclass(frozen=True, slots=True, order=True)
class Sighting:
    """One person in one article: name, role and affiliation as written, and the other forms of the name.

    ``article`` is the article's key, ``date`` its day in ISO 8601 or None, ``companions`` the others in the article.
    """

    article: str
    name: str
    role: str | None = None
    affiliation: str | None = None
    date: str | None = None
    outlet: str | None = None
    forms: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()
    rows: tuple[int, ...] = field(default=(), compare=False)  # of the ledger that say so

    @property
    def key(self) -> Key:
        """What the sighting is known by, whatever the row that it lies in."""
        return self.article, self.name


@dataclass(slots=True)
class Profile:
    """Sightings that say the same: name and office word by word. The unit that is clustered."""

    name: Words
    office: frozenset[str]
    weight: float  # of the name
    sightings: list[Sighting] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    companions: set[Words] = field(default_factory=set)
    forms: Counter[Words] = field(default_factory=Counter)
    nicknames: frozenset[str] = frozenset()  # words of other forms that the name does not have

    @property
    def order(self) -> tuple[Words, list[str], Key]:
        """A place in a fixed order."""
        return self.name, sorted(self.office), self.sightings[0].key


def profiles(sightings: Iterable[Sighting], lexicon: Lexicon, sure: float) -> list[Profile]:
    """Gather sightings into profiles, in a fixed order.

    Those whose name and office together weigh less than ``sure`` say too little to be taken for one another: each is
    a profile of its own.
    """
    found: dict[tuple[Words, frozenset[str], Key | None], Profile] = {}
    folded: dict[str, Words] = {}

    def fold(name: str) -> Words:
        if name not in folded:
            folded[name] = lexicon.name(name)
        return folded[name]

    for sighting in sorted(set(sightings), key=_order):
        name = fold(sighting.name)
        if not name:
            continue
        office = lexicon.office(sighting.role, sighting.affiliation)
        weight = lexicon.weigh_name(name)
        alone = sighting.key if weight + lexicon.weigh_office(office) < sure else None
        profile = found.setdefault((name, office, alone), Profile(name, office, weight))
        profile.sightings.append(sighting)
        if sighting.date:
            profile.days.append(date.fromisoformat(sighting.date[:10]).toordinal())
        profile.companions.update(fold(other) for other in sighting.companions)
        profile.forms.update({name, *map(fold, sighting.forms)} - {()})
    for profile in found.values():
        profile.companions.discard(profile.name)
        profile.nicknames = frozenset(
            form[0] for form in profile.forms if len(form) == 1 and not form[0].startswith(profile.name)
        )
        profile.days.sort()
    return sorted(found.values(), key=lambda one: one.order)


def _order(sighting: Sighting) -> tuple[str, str, str, str]:
    return sighting.article, sighting.name, sighting.role or "", sighting.affiliation or ""
