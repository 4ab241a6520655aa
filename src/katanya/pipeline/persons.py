"""The person in a stretch of words with a capital: the part whose words add up best."""

from collections.abc import Mapping
from dataclasses import dataclass

from katanya.core.analysis import Tokens
from katanya.lang.pack import Pack
from katanya.pipeline.weights import COMMON, GOVERNED, JOINERS, PLACED, UNKNOWN, Weights

SURE = 1.5  # more than the words of a name that nothing else speaks for
ALONE = 3.0  # stands beside a reporting word with nothing but a name's words
PULL = 0.6  # what a log-odds of the model weighs
SWAY = 6.0  # log-odds beyond which it weighs no more
AGE = 2  # digits
LONGEST = 6  # words in a person's name


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a text tells of its words: those beside reporting words, those told to be places, loud tokens.

    ``seats`` are the names, word by word, that follow a word for a kind of place where something is said to lie, and
    ``weighed`` tells whether a model has been asked.
    """

    alone: frozenset[str]
    placed: frozenset[str]
    seats: frozenset[tuple[str, ...]]
    loud: set[int]
    leanings: Mapping[int, float]
    weighed: bool


class PersonReader:
    """Parts the person from the office and the organisation before."""

    def __init__(self, pack: Pack, weights: Weights) -> None:
        self._weights = weights
        self._degrees = pack.words("titles.after")
        self._titles = pack.words("titles.before")
        self._offices = pack.words("titles.not_after")
        self._within = pack.words("titles.within_rank")
        self._conjunctions = pack.words("grammar.conjunctions")
        self._surnames = pack.words("roles.surnames")
        self._people = pack.words("names.people") - pack.words("names.places") - pack.words("places.persons")
        self._heads = pack.words("roles.heads")
        self._unnamed = self._degrees | pack.words("calendar.days") | pack.words("calendar.months")
        self._holders = pack.words("roles.holders")
        self._unplaced = pack.words("roles.unplaced")
        self._governors = pack.words("roles.governing") | self._unplaced
        self._bearing = pack.words("names.organisations") | pack.words("roles.organisations") | self._governors

    def read(self, tokens: Tokens, first: int, last: int, evidence: Evidence, opening: bool) -> tuple[int, int]:
        """Return the range of the person's name at the end of a stretch, or an empty one at its end."""
        floor, titled = self._after_titles(tokens, first, last)
        if in_brackets(tokens, first, last) or self._is_degree(tokens, first, last):
            return last, last
        best, start, end = self._best(tokens, first, floor, last, evidence)
        aged = age_follows(tokens, last)
        if titled and 0 < last - floor <= LONGEST:
            tail = max(end, floor + 1)
            if all(self._weights.of(tokens, index) >= COMMON for index in range(floor, tail)):
                start, end = floor, tail
        elif aged and start == end and self._weights.of(tokens, last - 1) >= COMMON:
            start, end = last - 1, last
        elif end - start == 1 and end + 1 == last and start == first and self._weights.of(tokens, end) == COMMON:
            end = last  # a common word that ends the stretch: a surname
        known = best > SURE or titled or aged
        if start < end < last and tokens.lower[end] in self._bearing:
            return last, last  # the organisation bears the name
        if end > start and not known and self._doubtful(tokens, first, start, end, last):
            return last, last
        if start == first and opening and end - start == 1 and not known:
            return last, last
        return start, end

    def _best(self, tokens: Tokens, first: int, floor: int, last: int, evidence: Evidence) -> tuple[float, int, int]:
        """Return the weight and the range of the part of a stretch whose weights add up best."""
        lower = tokens.lower
        best, start, end = 0.0, last, last
        total, begin, going = 0.0, floor, False
        loud, governed = first in evidence.loud, self.governed(tokens, first, last, evidence.seats)
        for index in range(floor, last):
            weight = self._weights.of(tokens, index)
            if weight == UNKNOWN and (loud or (lower[index] in evidence.placed and index + 1 < last)):
                weight = COMMON
            elif weight == UNKNOWN and lower[index] in evidence.placed:
                weight = 0.0
            if lower[index] in evidence.alone:
                weight += ALONE
            elif index in governed:
                weight = min(weight, GOVERNED)
            elif index > first and lower[index] in self._surnames and lower[index - 1] in self._people:
                weight = max(weight, 0.0)
            elif going and index + 1 < last and "-" in lower[index] and weight == UNKNOWN:
                weight = GOVERNED  # two running mates
            if evidence.weighed and weight < COMMON:  # an office or an acronym parts names, whatever it leans to
                going = False
                continue
            if index in evidence.leanings and len(tokens.words[index]) > 1:  # an initial goes with its neighbours
                weight += PULL * max(-SWAY, min(SWAY, evidence.leanings[index]))
            if tokens.words[index] in JOINERS:
                going = False
            if not going:
                if weight < 0 or not tokens.words[index][0].isalpha():
                    continue
                total, begin, going = 0.0, index, True
            total += weight
            going = total >= 0 and not self._parts(tokens, index, last, weight)
            level = total == best > 0 and (end == index or (weight > UNKNOWN and begin == start))
            if total > best or (level and tokens.words[index][0].isalpha()):
                best, start, end = total, begin, index + 1
        return best, start, end

    def governed(self, tokens: Tokens, first: int, last: int, seats: frozenset[tuple[str, ...]]) -> frozenset[int]:
        """Return the tokens of a stretch that are names of places or organisations by the word that they follow."""
        lower = tokens.lower
        found = set[int]()
        for index in range(first + 1, last):
            if lower[index - 1] in self._governors and index not in found:
                seat = max((len(seat) for seat in seats if seat == tuple(lower[index : index + len(seat)])), default=0)
                if not seat:
                    seat = self._apart(tokens, last) * (last - index) if self._held(tokens, index, last) else 1
                found.update(range(index, min(index + seat, last)))
        return frozenset(found)

    def _held(self, tokens: Tokens, index: int, last: int) -> bool:
        """Tell whether a stretch goes on with names of people behind an office, which may leave out its place."""
        lower = tokens.lower
        if lower[index - 1] not in self._unplaced or lower[index] not in self._people:
            return False
        if lower[index - 1] not in self._heads and (index < 2 or lower[index - 2] not in self._holders):
            return False
        return all(self._weights.of(tokens, at) >= 0 or lower[at] in self._degrees for at in range(index, last))

    def _apart(self, tokens: Tokens, last: int) -> bool:
        """Tell whether a comma and a name follow a stretch: whoever holds its office stands apart."""
        if last + 1 >= len(tokens) or tokens.words[last] != "," or not tokens.words[last + 1][0].isupper():
            return False
        after = tokens.lower[last + 1]
        if after in self._titles:
            return True
        return len(after) > 1 and after not in self._unnamed and self._weights.of(tokens, last + 1) > 0

    def _parts(self, tokens: Tokens, index: int, last: int, weight: float) -> bool:
        """Tell whether a place or an abbreviation stands between an organisation and a full name after it."""
        return (
            weight == PLACED
            and all(self._weights.of(tokens, at) >= UNKNOWN for at in range(index + 1, last))
            and (last - index > 2)
        )

    def _doubtful(self, tokens: Tokens, first: int, start: int, end: int, last: int) -> bool:
        """Tell whether unknown words belong to the office or organisation around them."""
        words, count = tokens.words, len(tokens)
        if end < last or self._governed(tokens, first, start):
            return True
        if (
            words[start - 1] == ","
            and end + 1 < count
            and tokens.lower[end + (words[end] == ",")] in self._conjunctions
        ):
            return end - start == 1  # one of the fields that an office lists
        if start == first or end + 1 >= count:
            return False
        if words[end] == "(":
            return words[end + 1][0].isupper()
        return words[end] == "," and words[end + 1][0].isupper()

    def _governed(self, tokens: Tokens, first: int, start: int) -> bool:
        """Tell whether unknown words alone part a name from a word that wants an organisation or a place."""
        while start > first and self._weights.of(tokens, start - 1) in (0.0, UNKNOWN):
            start -= 1
        return start > first and tokens.lower[start - 1] in self._governors

    def _is_degree(self, tokens: Tokens, first: int, last: int) -> bool:
        """Tell whether a stretch is a degree alone (*M.Si*)."""
        letters = "".join(word for word in tokens.lower[first:last] if word != ".")
        return last - first > 1 and letters in self._degrees

    def _after_titles(self, tokens: Tokens, first: int, last: int) -> tuple[int, bool]:
        """Return where a name can begin after the last title of a stretch, and whether there is one."""
        lower, words = tokens.lower, tokens.words
        for index in range(last - 1, first - 1, -1):
            if lower[index] not in self._titles or (len(words[index]) == 1 and index > first):
                continue
            if index > first and lower[index] in self._within and lower[index - 1] in self._offices:
                continue
            ahead = index + 1
            while ahead < last and ((lower[ahead] in self._within and len(words[ahead]) > 1) or words[ahead] == "."):
                ahead += 1
            return ahead, True
        before = first - 2 if first > 1 and words[first - 1] == "." else first - 1
        return first, before >= 0 and lower[before] in self._titles


def age_follows(tokens: Tokens, index: int) -> bool:
    """Tell whether an age in brackets stands at a token, as it does after a person's name."""
    words = tokens.words
    return (
        index + 2 < len(words)
        and words[index] == "("
        and words[index + 1].isdigit()
        and (len(words[index + 1]) == AGE and words[index + 2] == ")")
    )


def in_brackets(tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether a stretch is all that a pair of brackets holds: an abbreviation, a nickname."""
    words = tokens.words
    return first > 0 and last < len(words) and words[first - 1] == "(" and words[last] == ")"
