"""How much speaks for two profiles being one person, in natural logarithms of odds."""

from bisect import bisect_left

from katanya.ledger.identity.sightings import Profile
from katanya.ledger.identity.words import SHORTEST, Lexicon, Words

PRIOR = 10.6  # so many e-folds of people there are to be somebody else
LONG = 5  # letters from which a slip of the pen is forgiven
SLIP = 0.75  # of a word's weight that is left where it was misspelled
LEFT_OUT = 0.4  # for each word that only one name has, inside or at its end
ANOTHER_FIRST = 9.0  # for words before the name of the other: a relative, mostly
BOTH_DIFFER = 9.0  # where each name has a word that the other lacks
CONFLICT = 4.0  # for offices that have nothing in common
CAREER = 3.0  # the same between whole names that agree word by word: people move on, in three years nearly half of them
AT_ODDS = 1.5  # the same where either is no office but what somebody is to others
APART = 0.3  # share of an office that must be the same for it to speak for one person
MOST = 12.0  # that an office can say
NICKNAME = 7.0  # for another form of the name that both have, at the most
GLUED = 4  # letters that run on behind a name where a lost link ran two words together
LONGER = 8  # letters of a name behind which any that run on are taken so
NEAR = ((3, 2.0), (14, 1.0), (60, 0.5))  # days between two sightings, and what they add
COMPANION = 3.0  # for somebody else who is beside both, if the sightings are near in time
COMPANY_DAYS = 30
FAR = -4.0  # between profiles whose names do not fit


class Scorer:
    """Weighs pairs of profiles: names, offices, time and company."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._weights: dict[frozenset[str], float] = {}

    def names(self, one: Words, other: Words) -> float | None:
        """Return how much two names say that they are one person's, ``None`` where they do not fit."""
        short, full = sorted((one, other), key=lambda words: (len(words), words))
        matched, pairs = self._align(short, full)
        if not pairs:
            return None
        missing = len(short) - len(pairs)
        if missing:
            if len(pairs) < 2:
                return None
            return matched - BOTH_DIFFER * missing
        first = pairs[0]
        leading = [word for word in full[:first] if len(word) >= SHORTEST and word not in self._lexicon.fillers]
        extra = len(full) - len(pairs) - len(full[:first])
        return matched - LEFT_OUT * extra - (ANOTHER_FIRST if leading and len(short) > 1 else 0.0)

    def offices(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Return how much two offices say for or against one person; nothing where either is unknown."""
        if not one or not other:
            return 0.0
        shared = self._weigh(one & other)
        cover = shared / min(self._weigh(one), self._weigh(other))
        if cover < APART:
            return -CONFLICT if self._lexicon.is_held(one) and self._lexicon.is_held(other) else -AT_ODDS
        return min(MOST, shared * cover * cover)

    def context(self, one: Profile, other: Profile) -> float:
        """Return what nearness in time and shared company add."""
        gap = _gap(one.days, other.days)
        if gap is None:
            return 0.0
        near = next((bonus for days, bonus in NEAR if gap <= days), 0.0)
        return near + (COMPANION if gap <= COMPANY_DAYS and one.companions & other.companions else 0.0)

    def nicknames(self, one: Profile, other: Profile) -> float:
        """Return what another form of the name adds that both profiles have."""
        shared = one.nicknames & other.nicknames
        return min(NICKNAME, max(map(self._lexicon.name_weight, shared))) if shared else 0.0

    def score(self, one: Profile, other: Profile) -> float:
        """Return the log odds that two profiles are one person."""
        names = self.names(one.name, other.name)
        return FAR if names is None else names - PRIOR + self.beside(one, other)

    def beside(self, one: Profile, other: Profile) -> float:
        """Return what speaks for or against one person beside the names."""
        offices = self.offices(one.office, other.office)
        if offices == -CONFLICT and one.name == other.name and len(one.name) > 1:
            offices = -CAREER
        return offices + self.context(one, other) + self.nicknames(one, other)

    def _align(self, short: Words, full: Words) -> tuple[float, list[int]]:
        """Return the weight of the words of a name found in order in a longer one, and where they were found."""
        total, at, found = 0.0, 0, list[int]()
        for word in short:
            for index in range(at, len(full)):
                share = self._alike(word, full[index])
                if share:
                    rarer = max(self._lexicon.name_weight(word), self._lexicon.name_weight(full[index]))
                    total += rarer * share if share < 1 else self._lexicon.name_weight(word)
                    found.append(index)
                    at = index + 1
                    break
        return total, found

    def _alike(self, one: str, other: str) -> float:
        """Return what share of its weight a word keeps beside another: all, what a slip leaves, or none."""
        if one == other:
            return 1.0
        if len(one) < SHORTEST or len(other) < SHORTEST:
            return 0.1 if one[0] == other[0] else 0.0
        short, long = sorted((one, other), key=len)
        if len(short) < LONG or one[0] != other[0]:
            return 0.0
        if len(long) - len(short) <= 1:
            return SLIP if one_slip(one, other) else 0.0
        glued = len(long) - len(short) >= GLUED or len(short) >= LONGER
        return SLIP if glued and long.startswith(short) and not self._lexicon.is_known(long) else 0.0

    def _weigh(self, office: frozenset[str]) -> float:
        if office not in self._weights:
            self._weights[office] = self._lexicon.weigh_office(office)
        return self._weights[office]


def one_slip(one: str, other: str) -> bool:
    """Tell whether two spellings part by one letter, or by two that changed places."""
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _gap(one: list[int], other: list[int]) -> int | None:
    """Return the fewest days between two lists of days in order, ``None`` where either is empty."""
    if not one or not other:
        return None
    if len(one) > len(other):
        one, other = other, one
    best = abs(one[0] - other[0])
    for day in one:
        at = bisect_left(other, day)
        for near in other[max(0, at - 1) : at + 1]:
            best = min(best, abs(near - day))
    return best
