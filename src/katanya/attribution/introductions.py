"""What the words beside a name say about its bearer: role and affiliation.

An introduction stands before the name (*Ketua Komisi A DPRD Sleman Tri Nugroho*), after it between commas,
or after a word such as *selaku*. Its role runs up to the first word that names an organisation or a place;
from there on it is the affiliation.
"""

from dataclasses import dataclass

from katanya.attribution.drafts import Range
from katanya.core.analysis import Analysis, Tokens
from katanya.lang.pack import Pack

DEGREE = 5  # letters in a part of a degree
NOTE = 6  # tokens of a rank in brackets, with them
REACH = 24  # tokens that an introduction may be long
ROMAN = frozenset("IVXL")
STOPPING = (  # lists of words that no introduction runs over
    "grammar.negations",
    "grammar.refusals",
    "grammar.auxiliaries",
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
    "pronouns.demonstratives",
)
STOPS = frozenset('.;:?!…"“”‘’«»—–') | {"...", "--"}


@dataclass(frozen=True, slots=True)
class Introduction:
    """Token ranges of a role and an affiliation; either may be missing, not both."""

    role: Range | None
    affiliation: Range | None


class IntroductionReader:
    """Reads roles and affiliations by the word lists of a language."""

    def __init__(self, pack: Pack) -> None:
        self._heads = pack.words("roles.heads")
        self._before = pack.words("roles.before")
        self._introducers = pack.words("roles.introducers")
        self._organisations = pack.words("roles.organisations")
        self._departments = pack.words("roles.departments")
        self._territorial = pack.words("roles.territorial")
        self._origins = pack.words("roles.origins")
        self._places = pack.words("names.places")
        self._seats = pack.words("roles.seats")
        self._offices = pack.words("names.common") | self._heads | self._departments | pack.words("roles.fields")
        self._offices |= self._territorial
        self._serving = pack.words("roles.serving")
        self._kin = pack.words("roles.kin")
        self._naming = pack.words("roles.naming")
        self._belonging = pack.words("roles.belonging")
        self._fielded = pack.words("roles.fielded")
        self._prefixes = tuple(pack.entries("grammar.verb_prefixes"))
        self._nouns = pack.words("grammar.not_verbs") | self._heads | self._organisations | pack.words("roles.fields")
        self._titles = pack.words("titles.before") | pack.words("titles.within_rank")
        self._degrees = pack.words("titles.after")
        self._relatives = pack.words("grammar.relatives")
        self._conjunctions = pack.words("grammar.conjunctions")
        self._pointers = pack.words("pronouns.demonstratives")
        self._inside = pack.words("roles.inside") | self._conjunctions
        grammar = {word for name in STOPPING for entry in pack.entries(name) for word in entry.split()}
        self._stops = (
            (grammar | {form for form, cue in pack.cues.items() if cue.voice != "preposition"})
            - self._inside
            - self._heads
        )

    def around(
        self, analysis: Analysis, name: Range, people: frozenset[int], floor: int, roof: int
    ) -> list[Introduction]:
        """Return the introductions before and after a name; ``people`` are the tokens of all people's names.

        Nothing before the token ``floor`` or from the token ``roof`` on is read.
        """
        found = []
        tokens = analysis.tokens
        before = self._before_name(tokens, name[0], people, floor)
        if before is not None and not self._of_another(tokens, before, name, people):
            found.append(before)
        after = self._after_name(tokens, name[1], people, roof)
        if after is not None:
            found.append(after)
        return found

    def _of_another(self, tokens: Tokens, found: Introduction, name: Range, people: frozenset[int]) -> bool:
        """Tell whether a word of kin makes the bearer of a name somebody else (*Y, putra X*; *kekasih X itu*)."""
        first = found.role[0] if found.role else name[0]
        if tokens.lower[first] not in self._kin:
            return False
        pointed = name[1] < len(tokens) and tokens.lower[name[1]] in self._pointers
        return pointed or (first - 2 in people and tokens.words[first - 1] == ",")

    def describe(self, tokens: Tokens, first: int, last: int) -> Introduction | None:
        """Return the role and affiliation in a description, ``None`` where it opens with no office."""
        lower, words = tokens.lower, tokens.words
        while first < last and (lower[first] in self._introducers or not words[first][0].isalnum()):
            first += 1
        head = next((index for index in range(first, min(last, first + 4)) if lower[index] in self._heads), None)
        if head is None:
            return None
        if any(lower[index] not in self._before for index in range(first, head)):
            first = head
        last = self._end(tokens, head, last)
        split = self._split(tokens, head, last)
        role = self._trim(tokens, first, split)
        start = split
        while start < last and lower[start] in self._origins:
            start += 1
        affiliation = self._trim(tokens, start, self._affiliation_end(tokens, start, last))
        return Introduction(role, affiliation) if role or affiliation else None

    def skip_titles(self, tokens: Tokens, index: int, floor: int) -> int:
        """Return where the ranks and forms of address that end at ``index`` begin."""
        lower, words = tokens.lower, tokens.words
        while index > floor:
            word = lower[index - 1]
            if word in self._titles or (word == "." and index - 1 > floor and lower[index - 2] in self._titles):
                index -= 1
            elif words[index - 1] == ")" and (note := self._note(tokens, index, floor)) is not None:
                index = note
            else:
                return index
        return index

    def _note(self, tokens: Tokens, end: int, floor: int) -> int | None:
        """Return where a rank in brackets that ends at ``end`` begins (*Komisaris Besar Polisi (Kombes Pol)*)."""
        first = end - 2
        while first > max(floor, end - NOTE) and (tokens.lower[first] in self._titles or tokens.words[first] == "."):
            first -= 1
        return first if tokens.words[first] == "(" and first < end - 2 else None

    def _before_name(self, tokens: Tokens, name: int, people: frozenset[int], floor: int) -> Introduction | None:
        lower, words = tokens.lower, tokens.words
        end = self.skip_titles(tokens, name, floor)
        if end > floor and lower[end - 1] in self._naming:
            end -= 1
        crossing = False
        if end > floor and words[end - 1] == ",":
            end -= 1
            crossing = end - 1 in people  # *Kuasa hukum X, Y*: X is whom Y stands for
        first = end
        limit = max(floor, end - REACH)
        while first > limit:
            index = first - 1
            if index in people:
                if not crossing:
                    break
            else:
                crossing = crossing and first == end
            small = words[index][0].islower()
            if words[index] in STOPS or (small and (lower[index] in self._stops or self._verb(words[index]))):
                break
            if (
                words[index] == ","
                and lower[index + 1] not in self._places
                and not self._enumerates(tokens, index, end)
            ):
                break
            first = index
        head = next((index for index in range(first, end) if lower[index] in self._heads), None)
        if head is None:
            return None
        while head > first and lower[head - 1] in self._before:
            head -= 1
        return self.describe(tokens, head, end)

    def _after_name(self, tokens: Tokens, index: int, people: frozenset[int], roof: int) -> Introduction | None:
        lower, words = tokens.lower, tokens.words
        index = self._skip_notes(tokens, index, roof)
        if index >= roof:
            return None
        comma = words[index] == ","
        begin = index + comma + 1
        if begin < roof and lower[begin - 1] in self._belonging and words[begin][0].isupper():
            return self._belongs(tokens, begin, people, roof)
        if comma:
            index += 1
        elif lower[index] not in self._introducers:
            return None
        last = index
        while last < min(roof, index + REACH) and words[last] not in STOPS and last not in people:
            if words[last] == "," and not self._enumerates(tokens, last, roof):
                break
            if last > index and (lower[last] in self._stops or self._verb(words[last])):
                break
            last += 1
        while index < last and lower[index] in self._introducers:
            index += 1
        if index >= last or lower[index] not in self._heads | self._before:
            return None
        return self.describe(tokens, index, last)

    def _belongs(self, tokens: Tokens, first: int, people: frozenset[int], roof: int) -> Introduction | None:
        """Return the organisation that somebody is said to be from (*X dari Universitas Y*)."""
        last = first
        while last < roof and last not in people and (tokens.words[last][0].isupper() or tokens.words[last] in "()"):
            last += 1
        known = any(tokens.lower[index] in self._organisations for index in range(first, last))
        body = known or not any(tokens.lower[index] in self._places for index in range(first, last))
        return Introduction(None, (first, last)) if body else None

    def _skip_notes(self, tokens: Tokens, index: int, roof: int) -> int:
        """Pass over an age or another note in brackets, and over degrees."""
        words = tokens.words
        while index < roof:
            if words[index] == "(":
                close = next((at for at in range(index + 1, min(roof, index + 8)) if words[at] == ")"), None)
                if close is None:
                    return index
                index = close + 1
            elif words[index] == "," and index + 1 < roof and self._degree(tokens, index + 1):
                index += 2
                while index < roof and self._degree_goes_on(tokens, index):
                    index += 1
            else:
                return index
        return index

    def _degree_goes_on(self, tokens: Tokens, index: int) -> bool:
        """Tell whether a token goes on with a degree (*Sp.JP(K)*)."""
        word, before = tokens.words[index], tokens.words[index - 1]
        short = len(word) <= DEGREE and word[0].isupper()
        return word in ".()" or self._degree(tokens, index) or (short and before in ".(")

    def _degree(self, tokens: Tokens, index: int) -> bool:
        return tokens.lower[index] in self._degrees or (
            len(tokens.words[index]) <= 2
            and tokens.words[index].isupper()
            and index + 1 < len(tokens)
            and tokens.words[index + 1] == "."
        )

    def _enumerates(self, tokens: Tokens, comma: int, end: int) -> bool:
        """Tell whether a comma stands inside an office (*Bidang Politik, Hukum, dan Keamanan*)."""
        lower, words = tokens.lower, tokens.words
        index = comma + 1
        for _ in range(5):
            if index >= end or index >= len(tokens):
                return False
            if lower[index] in self._conjunctions:
                return index + 1 < end and words[index + 1][0].isupper() and lower[index + 1] not in self._heads
            if not words[index][0].isupper() and words[index] != ",":
                return False
            index += 1
        return False

    def _end(self, tokens: Tokens, head: int, last: int) -> int:
        """Return where the description ends: before a clause, a second role, or a comma that parts."""
        lower, words = tokens.lower, tokens.words
        for index in range(head + 1, last):
            word = lower[index]
            if word in self._relatives or word in self._pointers:
                return index
            if words[index] == "," and not self._enumerates(tokens, index, last):
                return index
            if word in self._conjunctions and index + 1 < last and lower[index + 1] in self._heads:
                return index
        return last

    def _affiliation_end(self, tokens: Tokens, first: int, last: int) -> int:
        """Return where a name of an organisation ends: at a small word that no name holds."""
        lower, words = tokens.lower, tokens.words
        if first >= last or not words[first][0].isupper():
            return last
        for index in range(first + 1, last):
            joined = lower[index] in self._inside or lower[index - 1] in self._inside
            if words[index][0].islower() and not joined:
                return index
        return last

    def _split(self, tokens: Tokens, head: int, last: int) -> int:
        """Return where the affiliation begins, or ``last``."""
        lower, words = tokens.lower, tokens.words
        depth = 0
        if lower[head] in self._kin:
            return last
        if lower[head] in self._serving or " ".join(lower[head : head + 2]) in self._serving:
            client = head + 2 if head + 1 < last and lower[head + 1] in self._offices else head + 1
            if client < last and (words[client][0].isupper() or lower[client] in self._heads):
                return client
        for index in range(head + 1, last):
            word = lower[index]
            if words[index] == "(":
                depth += 1
            elif words[index] == ")":
                depth -= 1
            if depth > 0 or words[index] == ")":
                continue
            if word in self._origins and index + 1 < last and words[index + 1][0].isupper():
                return index
            if lower[index - 1] in self._territorial and words[index][0].isupper():
                return index
            if word in self._organisations and word not in self._departments:
                named = any(words[at][0].isupper() for at in range(index, last))
                return index if named else last  # *ketua majelis hakim*
            if words[index][0].isupper() and word not in self._offices and not self._numeral(words[index]):
                fielded = not self._fielded.isdisjoint((lower[index - 1], " ".join(lower[index - 2 : index])))
                if fielded and not words[index].isupper() and word not in self._places:
                    continue
                return index
        if head + 1 < last and lower[head + 1] in self._seats:
            return head + 1
        return last

    def _verb(self, word: str) -> bool:
        """Tell whether a small word has the shape of a verb: no introduction holds one."""
        return len(word) > 5 and word.startswith(self._prefixes) and word not in self._nouns

    @staticmethod
    def _numeral(word: str) -> bool:
        return ROMAN.issuperset(word) or word[0].isdigit() or len(word) == 1

    def _trim(self, tokens: Tokens, first: int, last: int) -> Range | None:
        words, lower = tokens.words, tokens.lower
        while first < last and not words[first][0].isalnum():
            first += 1
        while first < last and (
            words[last - 1] in ",.&/-(" or lower[last - 1] in self._conjunctions or lower[last - 1] in self._origins
        ):
            last -= 1
        return (first, last) if first < last else None
