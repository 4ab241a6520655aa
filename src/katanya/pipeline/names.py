"""Names of people, organisations and places, found by capitals and by what their words usually name.

A stretch of capitals often holds an office, an organisation and a person side by side with nothing between
them. Each word has a weight for standing in a person's name; the person is the end of the stretch whose
weights add up best. Words that stand alone beside a reporting word somewhere in the text weigh more, for
a person named in full once is named in short afterwards.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from katanya.core.analysis import Analysis, Name, Tokens
from katanya.lang.pack import Pack

PERSON, ORGANISATION, PLACE = "person", "organisation", "place"

COMMON = -2.0
PLACED = -1.5
GOVERNED = -3.0  # follows a word that wants a place or an organisation after it
WEIGHTS = (  # list of words → weight of such a word in a person's name; later ones win
    ("names.common", COMMON),
    ("names.places", PLACED),
    ("names.organisations", -2.5),
    ("names.people", 2.0),
    ("roles.fields", COMMON),
    ("roles.territorial", COMMON),
    ("roles.departments", COMMON),
    ("roles.people", COMMON),
    ("roles.bodies", COMMON),
    ("roles.documents", COMMON),
    ("roles.singles", COMMON),
    ("roles.introducers", COMMON),
    ("titles.after", GOVERNED),
    ("roles.governing", GOVERNED),
    ("roles.heads", -3.0),
    ("roles.organisations", -4.0),
    ("names.doubtful", 0.0),
)
PLAIN = (  # lists of words that never stand in a name
    "grammar.negations",
    "grammar.refusals",
    "grammar.auxiliaries",
    "grammar.adverbs",
    "grammar.complementizers",
    "grammar.linkers",
    "grammar.connectives",
    "grammar.conjunctions",
    "grammar.subordinators",
    "grammar.relatives",
    "grammar.prepositions",
    "pronouns.singular",
    "pronouns.plural",
    "pronouns.first",
    "pronouns.selves",
    "pronouns.demonstratives",
)
UNKNOWN = 0.5
SURE = 1.5  # more than the words of a name that nothing else speaks for
ACRONYM = -2.5
NUMERAL = -3.0
ALONE = 3.0  # stands beside a reporting word with nothing but a name's words
HEADLINE = 0.75  # part of the longer words that has a capital in a headline
PULL = 0.6  # what a log-odds of the model weighs
SWAY = 6.0  # log-odds beyond which it weighs no more
AGE = 2  # digits
SHORT = 4  # letters of an abbreviation that also is a name (ALI)
LONGEST_PLACE = 3  # words in the name of a place
LONGEST = 6  # words in a person's name
MOST = 25_000  # words whose weights are remembered: a corpus has no end of them
ROMAN = frozenset("IVXL")
CLOSED = frozenset('.?!…"”')  # no headline ends with one of these
JOINERS = frozenset("&/")


Range = tuple[int, int]
# Of some tokens of an analysis, in order, the log-odds at which a model takes each for a part of a person's name; None
# where the model has nothing to read.
Lean = Callable[[Analysis, Sequence[int]], Mapping[int, float] | None]
NO_LEANINGS: Mapping[int, float] = {}


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What a text tells of its words: those beside reporting words, those told to be places, loud tokens.

    ``weighed`` tells whether a model has been asked.
    """

    alone: frozenset[str]
    placed: frozenset[str]
    loud: set[int]
    leanings: Mapping[int, float]
    weighed: bool


class NameReader:
    """Finds proper names by capitals and the word lists of a language."""

    def __init__(self, pack: Pack) -> None:
        self._weights = {word: COMMON for cue in pack.cues.values() for word in cue.lemma.split()}
        self._seen: dict[str, float] = {}
        self._weights |= {word: weight for name, weight in WEIGHTS for word in pack.words(name)}
        for word in pack.words("roles.heads"):
            for suffix in pack.words("pronouns.suffix"):
                self._weights.setdefault(word + suffix, COMMON)
        self._locating = pack.words("names.locating")
        self._degrees = pack.words("titles.after")
        self._titles = pack.words("titles.before")
        self._offices = pack.words("titles.not_after")
        self._within = pack.words("titles.within_rank")
        self._heads = pack.words("roles.heads")
        self._conjunctions = pack.words("grammar.conjunctions")
        self._linking = pack.words("names.inside") - pack.words("grammar.prepositions")
        self._initials = pack.words("names.initials")
        self._joining = pack.words("names.particles") | self._linking
        self._bodies = pack.words("names.organisations") | pack.words("roles.organisations")
        self._organisations = pack.words("roles.organisations")
        self._places = pack.words("names.places")
        self._governors = pack.words("roles.governing")
        self._leading = self._governors | self._locating
        self._bearing = self._bodies | self._governors
        self._plain = _function_words(pack) | pack.words("names.never")
        self._cues = frozenset(word for form in pack.cues for word in form.split())

    def read(self, analysis: Analysis, lean: Lean | None = None) -> list[Name]:
        """Return the names of an analysis in order; a person's name leaves ranks, titles and degrees out.

        ``lean`` asks a model.
        """
        tokens = analysis.tokens
        openings = {sentence.first for sentence in analysis.sentences}
        runs = self._runs(tokens, openings)
        placed = self._placed(tokens, runs)
        alone = self._alone(tokens, runs) - placed
        bodies = {tokens.lower[first] for first, last in runs if last - first == 1} - alone
        loud = self._headlines(analysis)
        leanings = lean(analysis, self._open(tokens, runs, alone)) if lean else None
        evidence = _Evidence(alone, placed, loud, NO_LEANINGS if leanings is None else leanings, leanings is not None)
        cuts = [self._person(tokens, first, last, evidence, first in openings) for first, last in runs]
        cuts = [self._past_body(tokens, run, cut, bodies) for run, cut in zip(runs, cuts, strict=True)]
        cuts = self._without_verbs(tokens, cuts, openings)
        full = {word for start, end in cuts if end - start > 1 for word in tokens.lower[start:end]}
        names: list[Name] = []
        for (first, last), (start, end) in zip(runs, cuts, strict=True):
            if start == end and self._shortened(tokens, first, last, full):
                start, end = first, last
            if start > first:
                names += self._thing(tokens, first, min(start, last))
            if end > start:
                names.append(Name(start, end, PERSON))
        return names

    def _runs(self, tokens: Tokens, openings: set[int]) -> list[tuple[int, int]]:
        """Return the stretches of words with a capital, with the particles and stops inside them."""
        lower = tokens.lower
        runs: list[tuple[int, int]] = []
        end = 0
        for index in [index for index, word in enumerate(tokens.words) if word[0].isupper()]:
            if index < end or lower[index] in self._plain:
                continue
            common = self._weights.get(lower[index]) == COMMON
            if index in openings and common and not _aged(tokens, index + 1):
                continue
            end = self._run_end(tokens, index, openings)
            runs.append((index, end))
        return runs

    def _run_end(self, tokens: Tokens, index: int, openings: set[int]) -> int:
        words, lower, count = tokens.words, tokens.lower, len(tokens)
        while True:
            word = words[index]
            index += 1
            ahead = index
            if (ahead < count and words[ahead] == "." and (len(word) == 1 or lower[index - 1] in self._titles)) or (
                ahead < count and (lower[ahead] in self._joining or words[ahead] in JOINERS)
            ):
                ahead += 1
            if ahead >= count or ahead in openings or not words[ahead][0].isupper() or lower[ahead] in self._plain:
                return index
            index = ahead

    @staticmethod
    def _headlines(analysis: Analysis) -> set[int]:
        """Return the tokens of sentences written with capitals throughout, where a capital tells nothing."""
        found: set[int] = set()
        words = analysis.tokens.words
        for sentence in analysis.sentences:
            long = [word for word in words[sentence.first : sentence.last] if len(word) > 3]
            closed = words[sentence.last - 1] in CLOSED
            if len(long) > 3 and not closed and sum(word[0].isupper() for word in long) > HEADLINE * len(long):
                found.update(range(sentence.first, sentence.last))
        return found

    def _alone(self, tokens: Tokens, runs: list[tuple[int, int]]) -> frozenset[str]:
        """Return the words beside a reporting word that are no known office, place or organisation."""
        lower, count = tokens.lower, len(tokens)
        found = set()
        for first, last in runs:
            if last - first > 2:
                continue
            before = lower[first - 1] if first else ""
            after = lower[last] if last < count else ""
            if (before in self._cues or after in self._cues) and all(
                self._weight(tokens, index) >= 0 for index in range(first, last)
            ):
                found.update(lower[first:last])
        return frozenset(found)

    def _placed(self, tokens: Tokens, runs: list[tuple[int, int]]) -> frozenset[str]:
        """Return the unknown words that the text somewhere tells to be a place or a state."""
        lower = tokens.lower
        found = set[str]()
        for first, last in runs:
            governed = lower[first] in self._leading and last - first > 1
            begin = first + governed
            if last - begin <= LONGEST_PLACE and (governed or (first > 0 and lower[first - 1] in self._locating)):
                found.update(lower[index] for index in range(begin, last) if self._weight(tokens, index) == UNKNOWN)
        return frozenset(found)

    def _open(self, tokens: Tokens, runs: list[Range], alone: frozenset[str]) -> list[int]:
        """Return the tokens whose weight leaves open whether they stand in a person's name (see `_best`)."""
        lower = tokens.lower
        return [
            index
            for first, last in runs
            for index in range(first, last)
            if lower[index] in alone
            or (self._weight(tokens, index) >= COMMON and (index == first or lower[index - 1] not in self._governors))
        ]

    def _is_degree(self, tokens: Tokens, first: int, last: int) -> bool:
        """Tell whether a stretch is a degree alone (*M.Si*)."""
        letters = "".join(word for word in tokens.lower[first:last] if word != ".")
        return last - first > 1 and letters in self._degrees

    def _weight(self, tokens: Tokens, index: int) -> float:
        word = tokens.words[index]
        known = self._seen.get(word)
        if known is None:
            if len(self._seen) > MOST:
                self._seen.clear()
            known = self._seen[word] = self._weigh(word, tokens.lower[index])
        return known

    def _weigh(self, word: str, lower: str) -> float:
        if word[0].islower() or lower in self._initials:
            return GOVERNED if lower in self._linking else 0.0
        if word[-1].isdigit():
            return GOVERNED  # a sum of money
        known = self._weights.get(lower)
        if known is not None and (known < 0 or not 1 < len(word) <= SHORT or not word.isupper()):
            return known
        if len(word) > 1 and word.isupper():
            return NUMERAL if ROMAN.issuperset(word) else ACRONYM
        if "-" in word and word[word.index("-") + 1 :][:1].isupper() and word.index("-") > 2:
            known = any(part in self._weights or part in self._plain for part in lower.split("-"))
            return GOVERNED if known else UNKNOWN
        if word in JOINERS:
            return GOVERNED
        return UNKNOWN if word[0].isalpha() else 0.0

    def _person(self, tokens: Tokens, first: int, last: int, evidence: "_Evidence", opening: bool) -> tuple[int, int]:
        """Return the range of the person's name at the end of a stretch, or an empty one at its end."""
        floor, titled = self._after_titles(tokens, first, last)
        if self._in_brackets(tokens, first, last) or self._is_degree(tokens, first, last):
            return last, last
        best, start, end = self._best(tokens, first, floor, last, evidence)
        aged = _aged(tokens, last)
        if titled and 0 < last - floor <= LONGEST:
            tail = max(end, floor + 1)
            if all(self._weight(tokens, index) >= COMMON for index in range(floor, tail)):
                start, end = floor, tail
        elif aged and start == end and self._weight(tokens, last - 1) >= COMMON:
            start, end = last - 1, last
        elif end - start == 1 and end + 1 == last and start == first and self._weight(tokens, end) == COMMON:
            end = last  # a common word that ends the stretch: a surname
        known = best > SURE or titled or aged
        if start < end < last and tokens.lower[end] in self._bearing:
            return last, last  # the organisation bears the name
        if end > start and not known and self._doubtful(tokens, first, start, end, last):
            return last, last
        if start == first and opening and end - start == 1 and not known:
            return last, last
        return start, end

    def _best(self, tokens: Tokens, first: int, floor: int, last: int, evidence: "_Evidence") -> tuple[float, int, int]:
        """Return the weight and the range of the part of a stretch whose weights add up best."""
        lower = tokens.lower
        best, start, end = 0.0, last, last
        total, begin, going = 0.0, floor, False
        loud = first in evidence.loud
        for index in range(floor, last):
            weight = self._weight(tokens, index)
            if weight == UNKNOWN and (loud or (lower[index] in evidence.placed and index + 1 < last)):
                weight = COMMON
            elif weight == UNKNOWN and lower[index] in evidence.placed:
                weight = 0.0
            if lower[index] in evidence.alone:
                weight += ALONE
            elif index > first and lower[index - 1] in self._governors:
                weight = min(weight, GOVERNED)
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

    def _parts(self, tokens: Tokens, index: int, last: int, weight: float) -> bool:
        """Tell whether a place or an abbreviation stands between an organisation and a full name after it."""
        return (
            weight == PLACED
            and all(self._weight(tokens, at) >= UNKNOWN for at in range(index + 1, last))
            and (last - index > 2)
        )

    @staticmethod
    def _without_verbs(tokens: Tokens, cuts: list[Range], openings: set[int]) -> list[Range]:
        """Cut the verb of a headline from a surname that opens it: the surname ends somebody's name elsewhere."""
        lower = tokens.lower
        surnames = {lower[end - 1] for start, end in cuts if end - start > 1}
        inner = {lower[start] for start, end in cuts if end - start > 1 and start not in openings}
        return [
            (start, start + 1)
            if end - start == 2 and start in openings and lower[start] in surnames - inner
            else (start, end)
            for start, end in cuts
        ]

    def _past_body(self, tokens: Tokens, run: Range, cut: Range, bodies: set[str]) -> Range:
        """Part the unknown word between an office and a name that stands by itself elsewhere: an organisation."""
        start, end = cut
        lower = tokens.lower
        offices = run[0] < start and any(lower[index] in self._heads for index in range(run[0], start))
        if offices and end - start > 1 and lower[start] in bodies and self._weight(tokens, start) == UNKNOWN:
            return start + 1, end
        return cut

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
        while start > first and self._weight(tokens, start - 1) in (0.0, UNKNOWN):
            start -= 1
        return start > first and tokens.lower[start - 1] in self._governors

    def _in_brackets(self, tokens: Tokens, first: int, last: int) -> bool:
        """Tell whether a stretch is all that a pair of brackets holds: an abbreviation, a nickname."""
        words = tokens.words
        return first > 0 and last < len(words) and words[first - 1] == "(" and words[last] == ")"

    def _shortened(self, tokens: Tokens, first: int, last: int, full: set[str]) -> bool:
        """Tell whether a stretch consists of words of somebody's fuller name."""
        if self._in_brackets(tokens, first, last):
            return False
        lower = tokens.lower
        if not all(lower[index] in full for index in range(first, last)):
            return False
        beside = lower[first - 1 : first] + lower[last : last + 1]
        return not self._cues.isdisjoint(beside) or all(
            self._weight(tokens, index) >= 0 for index in range(first, last)
        )

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

    def _thing(self, tokens: Tokens, first: int, last: int) -> list[Name]:
        """Return the organisation or place in the part of a stretch before the person."""
        lower, words = tokens.lower, tokens.words
        while last > first and (lower[last - 1] in self._titles or words[last - 1] == "."):
            last -= 1
        for index in range(first, last):
            word = words[index]
            acronym = len(word) > 1 and word.isupper() and not ROMAN.issuperset(word)
            if lower[index] in self._organisations or acronym:
                return [Name(index, last, ORGANISATION)]
        for index in range(first, last):
            if lower[index] in self._places:
                return [Name(index, last, PLACE)]
        return []


def _aged(tokens: Tokens, index: int) -> bool:
    """Tell whether an age in brackets stands at a token, as it does after a person's name."""
    words = tokens.words
    return (
        index + 2 < len(words)
        and words[index] == "("
        and words[index + 1].isdigit()
        and (len(words[index + 1]) == AGE and words[index + 2] == ")")
    )


def _function_words(pack: Pack) -> frozenset[str]:
    """Return the words that never stand in a name: pronouns, grammar, reporting words."""
    words = {word for name in PLAIN for entry in pack.entries(name) for word in entry.split()}
    words |= {form for form in pack.cues if " " not in form}
    return frozenset(words - pack.words("roles.heads") - pack.words("titles.before"))
