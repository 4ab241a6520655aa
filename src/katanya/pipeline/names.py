"""Names of people, organisations and places, found by capitals and by what their words usually name.

A stretch of capitals often holds an office, an organisation and a person side by side with nothing between
them. Each word has a weight for standing in a person's name; the person is the end of the stretch whose
weights add up best. Words that stand alone beside a reporting word somewhere in the text weigh more, for
a person named in full once is named in short afterwards.
"""

from collections.abc import Callable, Mapping, Sequence

from katanya.core.analysis import Analysis, Name, Tokens
from katanya.lang.pack import Pack
from katanya.pipeline.persons import Evidence, PersonReader, age_follows, in_brackets
from katanya.pipeline.weights import COMMON, JOINERS, ROMAN, UNKNOWN, Weights

PERSON, ORGANISATION, PLACE = "person", "organisation", "place"

HEADLINE = 0.75  # part of the longer words that has a capital in a headline
LONGEST_PLACE = 3  # words in the name of a place
CLOSED = frozenset('.?!…"”')  # no headline ends with one of these

Range = tuple[int, int]
# Of some tokens of an analysis, in order, the log-odds at which a model takes each for a part of a person's name; None
# where the model has nothing to read.
Lean = Callable[[Analysis, Sequence[int]], Mapping[int, float] | None]
NO_LEANINGS: Mapping[int, float] = {}


class NameReader:
    """Finds proper names by capitals and the word lists of a language."""

    def __init__(self, pack: Pack) -> None:
        self._weights = Weights(pack)
        self._persons = PersonReader(pack, self._weights)
        self._locating = pack.words("names.locating")
        self._titles = pack.words("titles.before")
        self._heads = pack.words("roles.heads")
        self._joining = pack.words("names.particles") | self._weights.linking
        self._organisations = pack.words("roles.organisations")
        self._places = pack.words("names.places")
        self._governors = pack.words("roles.governing") | pack.words("roles.unplaced")
        self._leading = self._governors | self._locating
        self._plain = self._weights.plain
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
        seats = self._seats(tokens, runs)
        leanings = lean(analysis, self._open(tokens, runs, alone, seats)) if lean else None
        weighed = leanings is not None
        evidence = Evidence(alone, placed, seats, loud, NO_LEANINGS if leanings is None else leanings, weighed)
        cuts = [self._persons.read(tokens, first, last, evidence, first in openings) for first, last in runs]
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
            common = self._weights.common(lower[index])
            if index in openings and common and not age_follows(tokens, index + 1):
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
                self._weights.of(tokens, index) >= 0 for index in range(first, last)
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
                found.update(lower[index] for index in range(begin, last) if self._weights.of(tokens, index) == UNKNOWN)
        return frozenset(found)

    def _seats(self, tokens: Tokens, runs: list[Range]) -> frozenset[tuple[str, ...]]:
        """Return the names of places that something is told to lie in, behind a word for their kind."""
        lower = tokens.lower
        return frozenset(
            tuple(lower[first + 1 : last])
            for first, last in runs
            if 1 < last - first <= LONGEST_PLACE + 1
            and lower[first] in self._governors
            and first > 0
            and lower[first - 1] in self._locating
        )

    def _open(
        self, tokens: Tokens, runs: list[Range], alone: frozenset[str], seats: frozenset[tuple[str, ...]]
    ) -> list[int]:
        """Return the tokens whose weight leaves open whether they stand in a person's name (see `PersonReader`)."""
        lower, weight = tokens.lower, self._weights.of
        found: list[int] = []
        for first, last in runs:
            governed = self._persons.governed(tokens, first, last, seats)
            found += [
                index
                for index in range(first, last)
                if lower[index] in alone or (weight(tokens, index) >= COMMON and index not in governed)
            ]
        return found

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
        if offices and end - start > 1 and lower[start] in bodies and self._weights.of(tokens, start) == UNKNOWN:
            return start + 1, end
        return cut

    def _shortened(self, tokens: Tokens, first: int, last: int, full: set[str]) -> bool:
        """Tell whether a stretch consists of words of somebody's fuller name."""
        if in_brackets(tokens, first, last):
            return False
        lower = tokens.lower
        if not all(lower[index] in full for index in range(first, last)):
            return False
        beside = lower[first - 1 : first] + lower[last : last + 1]
        return not self._cues.isdisjoint(beside) or all(
            self._weights.of(tokens, index) >= 0 for index in range(first, last)
        )

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
