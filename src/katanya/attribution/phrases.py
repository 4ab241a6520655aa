"""What a source phrase says by itself: whom it names, or what sort of speaker its head noun tells.

The phrase is read from its head: *para analis* is a group whatever names follow, *laporan Bank X* a document,
*Kantor Y* an organisation; only then does a person's name in it count.
"""

from dataclasses import dataclass

from katanya.attribution.abbreviations import in_full, spelled
from katanya.attribution.drafts import Range, name_text
from katanya.attribution.likeness import shortens
from katanya.attribution.people import Cast, Character
from katanya.core.analysis import Analysis, Tokens
from katanya.core.records import SpeakerKind
from katanya.lang.pack import Pack

HANDLE = "@\\"  # an account of a person; some outlets print a stroke before the sign
LOOSE = (  # lists of words that open no phrase for a speaker: what follows one is no name of him
    "grammar.relatives",
    "grammar.subordinators",
    "grammar.auxiliaries",
    "grammar.negations",
    "grammar.complementizers",
)
STOPS = frozenset(').?!"”')
LONGEST = 5  # tokens of a name after a stop
CLOSE, OPEN = ")", "("


@dataclass(slots=True)
class Reading:
    """A source phrase read by itself.

    ``refers`` says that the phrase takes up somebody told before: *pronoun*, *role* (an office alone),
    *body* (*perusahaan itu*), *document* or *utterance* (*pernyataan itu*); empty where it stands for itself.
    """

    kind: SpeakerKind
    text: str
    rule: str
    character: Character | None = None
    refers: str = ""
    head: str = ""
    words: tuple[str, ...] = ()
    nickname: Character | None = None


class PhraseReader:
    """Reads source phrases by the word lists of a language."""

    def __init__(self, pack: Pack) -> None:
        self._pointers = pack.words("pronouns.demonstratives")
        self._selves = pack.words("pronouns.selves")
        self._first = pack.words("pronouns.first")
        self._heads = pack.words("roles.heads")
        self._singles = pack.words("roles.singles")
        self._indefinite = self._singles - pack.words("roles.before")
        self._persons = pack.words("roles.persons")
        self._many = pack.words("roles.many")
        self._accounts = pack.words("roles.accounts")
        self._authorities = pack.words("roles.authorities")
        self._serving = pack.words("roles.serving") | pack.words("roles.kin")
        self._again = pack.words("roles.again")
        self._people = pack.words("roles.people")
        self._bodies = pack.words("roles.bodies") | (pack.words("roles.organisations") - self._heads)
        self._parties = pack.words("roles.sides")
        self._sides = pack.words("roles.camps")
        self._owners = self._bodies | self._people | self._heads | self._singles | self._many | self._persons
        self._owners |= pack.words("pronouns.demonstratives") | pack.words("pronouns.selves")
        self._naming = pack.words("roles.naming")
        self._connectives = pack.words("grammar.connectives")
        self._outlets = pack.words("roles.outlets")
        self._places = pack.words("names.places")
        self._aliases = pack.words("roles.aliases")
        self._documents = pack.words("roles.documents")
        self._utterances = pack.words("roles.utterances")
        self._origins = pack.words("roles.origins")
        self._relatives = pack.words("grammar.relatives")
        self._conjunctions = pack.words("grammar.conjunctions")
        self._titles = pack.words("titles.before")
        self._ranks = pack.words("titles.within_rank")
        self._loose = frozenset().union(*(pack.words(name) for name in LOOSE)) - self._origins - self._many
        self._suffixes = pack.entries("pronouns.suffix")

    def read(self, analysis: Analysis, cast: Cast, first: int, last: int) -> Reading:
        """Return what the phrase from token ``first`` up to ``last`` says."""
        tokens = analysis.tokens
        lower, words = tokens.lower, tokens.words
        first = self._skip_connectives(tokens, first, last)
        first, said = self._skip_utterance(tokens, first, last)
        addressed = last - first > 1 and lower[first] in self._titles and words[first + 1] != "."
        if addressed and (lower[first + 1] in self._heads or words[first + 1][0].isupper()):
            first += 1
            while last - first > 1 and lower[first] in self._ranks and lower[first] in self._bodies:
                first += 1
        head_at, single, many = self._head(tokens, first, last)
        head = lower[head_at]
        reading = Reading(
            SpeakerKind.GROUP,
            name_text(analysis, (first, last)),
            "phrase",
            head=head,
            words=tuple(lower[first:last]),
        )
        pointing = lower[last - 1] in self._pointers
        bare = last - first == 1 and head in self._utterances | self._selves
        if said and (bare or head in self._pointers):
            return self._set(reading, SpeakerKind.ORGANISATION, "utterance", refers="utterance")
        if last - first <= 2 and lower[first] in self._first:
            return self._set(reading, SpeakerKind.PERSON, "self", refers="self")
        if lower[last - 1] in self._selves or lower[first] in self._loose:
            return self._set(reading, SpeakerKind.PERSON, "self", refers="pronoun")
        if head in self._accounts and not pointing and last - first > 1:
            kind = SpeakerKind.PERSON if words[last - 1][0] in HANDLE else SpeakerKind.ANONYMOUS
            return self._set(reading, kind, "handle")
        if said and head in self._utterances and not head.endswith(self._suffixes):
            return self._set(reading, SpeakerKind.DOCUMENT, "document")
        if said and not words[head_at][0].isupper() and head.endswith(self._suffixes):
            return self._set(reading, SpeakerKind.PERSON, "utterance", refers="utterance")
        parted = self._parted(tokens, cast, last) if lower[first] in self._heads else None
        if parted is not None:
            reading.character = parted
            return self._set(reading, SpeakerKind.PERSON, "name")
        if head in self._documents:
            again = pointing and self._relatives.isdisjoint(lower[head_at:last])  # *yang terbit bulan ini*
            return self._set(reading, SpeakerKind.DOCUMENT, "document", refers="document" if again else "")
        if head in self._parties and last - first > 1 and lower[head_at + 1] in self._authorities:
            return self._set(reading, SpeakerKind.ORGANISATION, "body", refers="body" if last - first == 2 else "")
        if head in self._outlets and "," in words[head_at:last]:
            return self._outlet(analysis, reading, head_at, last)
        if many or self._doubled(head):
            again = pointing or lower[first] in self._again
            return self._set(reading, SpeakerKind.GROUP, "many", refers="many" if again else "")
        named = self._named(tokens, cast, first, last)
        if (len(named) > 1 or (named and self._with_body(tokens, cast, first, last))) and not single:
            return self._set(reading, SpeakerKind.GROUP, "several")
        body = head in self._bodies and (head not in self._heads or not named)
        body = body and (head not in self._people or any(words[at][0].isupper() for at in range(head_at + 1, last)))
        if lower[first] in self._persons and not named:
            apart = lower[first] in self._indefinite and not self._relatives.isdisjoint(lower[first:last])
            again = pointing and not apart  # *seorang pejabat yang tahu hal itu* points to the matter
            return self._set(reading, SpeakerKind.ANONYMOUS, "single", refers="role" if again else "")
        if body and (not named or not self._apart(tokens, cast, head_at, last)):
            reading.text = in_full(analysis, cast.organisations, first, last) or reading.text
            bare = last - first == 1 or pointing
            return self._set(reading, SpeakerKind.ORGANISATION, "body", refers="body" if bare else "")
        if head in self._sides and named and not self._apart(tokens, cast, head_at, last):
            return self._set(reading, SpeakerKind.GROUP, "side")
        if not named and self._nicknamed(tokens, cast, reading, first, last):
            if reading.nickname is not None and len(reading.nickname.words) > 1:
                reading.character = reading.nickname
                return self._set(reading, SpeakerKind.PERSON, "name")
            return self._set(reading, SpeakerKind.ANONYMOUS, "nickname", refers="role")
        if named and self._belongs(tokens, cast, named[0], head_at, last):
            return self._set(reading, SpeakerKind.ANONYMOUS, "office", refers="" if single else "role")
        if named and not (pointing and not self._own(tokens, first, last, cast)):
            reading.character = named[0]
            return self._set(reading, SpeakerKind.PERSON, "name")
        reading = self._nameless(analysis, cast, reading, head_at, last, single, pointing)
        if addressed and reading.rule == "organisation":
            return self._set(reading, SpeakerKind.PERSON, "addressed")
        return reading

    def _belongs(self, tokens: Tokens, cast: Cast, person: Character, head: int, last: int) -> bool:
        """Tell whether the name is only whom the speaker serves or is kin to (*pengacara X*)."""
        lower = tokens.lower
        if lower[head] not in self._serving:
            return False
        first = head + 1
        while first < last and tokens.words[first][0].islower() and lower[first] not in self._relatives:
            first += 1
        if (
            first == last
            or cast.by_token.get(first) is not person
            or any(at not in cast.by_token for at in range(first, last))
        ):
            return False
        roles = [found.role[0] for found in person.introductions if found.role and found.role[0] != head]
        return person.mentions[0][0] < head and lower[head] not in {lower[index] for index in roles}

    def _nicknamed(self, tokens: Tokens, cast: Cast, reading: Reading, first: int, last: int) -> bool:
        """Tell whether the phrase says how somebody is called (*pria yang akrab disapa X*); note the name."""
        clause = next((index for index in range(first, last) if tokens.lower[index] in self._relatives), last)
        if self._aliases.isdisjoint(tokens.lower[clause:last]):
            return False
        reading.nickname = next((cast.by_token[index] for index in range(clause, last) if index in cast.by_token), None)
        reading.words = tuple(tokens.lower[first:clause])
        return True

    def _nameless(
        self,
        analysis: Analysis,
        cast: Cast,
        reading: Reading,
        head_at: int,
        last: int,
        single: bool,
        pointing: bool,
    ) -> Reading:
        """Read a phrase without a person's name that is no plain group, body or document."""
        head, word = reading.head, analysis.tokens.words[head_at]
        if single:
            return self._set(reading, SpeakerKind.ANONYMOUS, "single")
        if head in self._outlets and any(one[0].isupper() for one in analysis.tokens.words[head_at + 1 : last]):
            return self._outlet(analysis, reading, head_at, last)
        if head in self._people and (not pointing or head not in self._heads):
            return self._set(reading, SpeakerKind.GROUP, "people", refers="body" if pointing else "")
        if head in self._heads:
            if any(
                word in self._conjunctions and following in self._heads
                for word, following in zip(reading.words, reading.words[1:], strict=False)
            ):
                return self._set(reading, SpeakerKind.GROUP, "several")
            return self._set(reading, SpeakerKind.ANONYMOUS, "office", refers="role")
        if pointing:
            return self._set(reading, SpeakerKind.ANONYMOUS, "description", refers="role")
        if word[0].islower() and not word.islower():
            return self._organisation(analysis, cast, reading)
        if word[0] in HANDLE:
            return self._set(reading, SpeakerKind.PERSON, "handle")
        if word[0].isupper() or any(one[0].isupper() for one in analysis.tokens.words[head_at:last]):
            return self._organisation(analysis, cast, reading)
        return self._set(reading, SpeakerKind.ANONYMOUS, "description", refers="role")

    def _outlet(self, analysis: Analysis, reading: Reading, first: int, last: int) -> Reading:
        """Read *media X*: an organisation where X is the name of one, a group where it is a place."""
        words, lower = analysis.tokens.words, analysis.tokens.lower
        comma = next((index for index in range(last - 1, first, -1) if words[index] == ","), None)
        begin = last if comma is None else comma + 1
        while comma is None and words[begin - 1][0].isupper() and lower[begin - 1] not in self._places:
            begin -= 1
        if first + 1 < begin < last:
            reading.text = name_text(analysis, (begin, last))
            return self._set(reading, SpeakerKind.ORGANISATION, "outlet")
        return self._set(reading, SpeakerKind.GROUP, "people")

    def _organisation(self, analysis: Analysis, cast: Cast, reading: Reading) -> Reading:
        """Read a name of no known person: an abbreviation that the text explains, else an organisation."""
        short = reading.text.lower()
        full = cast.organisations.get(short)
        if full:
            reading.text = full
            return self._set(reading, SpeakerKind.ORGANISATION, "abbreviation")
        if len(reading.words) == 1 and len(short) > 1:
            for character in cast.characters:
                if len(character.words) > 1 and shortens(short, character.words):
                    reading.character = character
                    return self._set(reading, SpeakerKind.PERSON, "initials")
            full = spelled(analysis, short)
            if full:
                reading.text = full
                return self._set(reading, SpeakerKind.ORGANISATION, "initials")
        return self._set(reading, SpeakerKind.ORGANISATION, "organisation")

    @staticmethod
    def _set(reading: Reading, kind: SpeakerKind, rule: str, refers: str = "") -> Reading:
        reading.kind, reading.rule, reading.refers = kind, rule, refers
        return reading

    def _parted(self, tokens: Tokens, cast: Cast, last: int) -> Character | None:
        """Return the person whose name a comma parts from the office that a phrase ends with."""
        if last + 1 >= len(tokens) or tokens.words[last] != "," or last - 1 in cast.by_token:
            return None
        if not self._opens(tokens, cast, last + 1):
            return None
        return next(cast.by_token[index] for index in range(last + 1, len(tokens)) if index in cast.by_token)

    def _skip_connectives(self, tokens: Tokens, first: int, last: int) -> int:
        """Pass over what links the sentence to the one before (*Selain itu jaksa*)."""
        if tokens.lower[first] in self._again and tokens.lower[last - 1] in self._pointers:
            return first  # *kedua sumber itu* counts, *kedua* alone links
        for size in (3, 2, 1):
            if last - first > size and " ".join(tokens.lower[first : first + size]) in self._connectives:
                return first + size
        return first

    def _skip_utterance(self, tokens: Tokens, first: int, last: int) -> tuple[int, bool]:
        """Pass over *keterangan*, *laman resmi*, *pihak* and the like: whose they are comes after."""
        lower, words = tokens.lower, tokens.words
        if lower[first] in self._parties and last - first > 1:
            ahead = words[first + 1][0].isupper() or lower[first + 1] in self._bodies
            return first + ahead, False
        if lower[first] not in self._utterances:
            return first, False
        index = first + 1
        while index < last and not (words[index][0].isupper() or lower[index] in self._owners):
            index += 1
        return (index, True) if index < last else (first, True)

    def _head(self, tokens: Tokens, first: int, last: int) -> tuple[int, bool, bool]:
        """Return the head noun, and whether one of many or many are told of."""
        lower = tokens.lower
        single = many = False
        index = first
        while index < last - 1:
            word = lower[index]
            if word in self._singles:
                single = True
            elif word in self._many or word[0].isdigit():
                many = many or not single
            else:
                break
            index += 1
        return index, single, many

    @staticmethod
    def _doubled(word: str) -> bool:
        """Tell whether a noun is doubled for the plural (*anak-anak*)."""
        left, dash, right = word.partition("-")
        return bool(dash) and len(left) > 2 and left == right

    def _named(self, tokens: Tokens, cast: Cast, first: int, last: int) -> list[Character]:
        """Return the person that the phrase names, or all where it names several side by side."""
        stop = next((index for index in range(last - 1, first, -1) if tokens.words[index] in STOPS), None)
        if stop is not None and 1 < last - stop <= LONGEST and all(at in cast.by_token for at in range(stop + 1, last)):
            first = stop + 1  # another sentence ran into the phrase
        parts = self._parts(tokens, first, last)
        people = [self._people_in(tokens, cast, *part) for part in parts]
        if people[0] and self._opens(tokens, cast, parts[0][0]):
            return self._side_by_side(tokens, cast, parts[0], people[0])
        for part, found in zip(parts[1:], people[1:], strict=True):
            # a lone word that nothing else in the text names is more likely a degree or a place
            firm = not people[0] or not found or len(found[0].words) > 1 or len(found[0].mentions) > 1
            if found and firm and self._opens(tokens, cast, part[0]):
                return found[:1]
        if people[0]:
            return self._side_by_side(tokens, cast, parts[0], people[0])
        return next((found[-1:] for found in people[1:] if found), [])

    def _side_by_side(self, tokens: Tokens, cast: Cast, part: Range, people: list[Character]) -> list[Character]:
        """Return two people that a conjunction joins, else the one that the part ends or begins with."""
        if len(people) < 2:
            return people
        joints = [index for index in range(*part) if tokens.lower[index] in self._conjunctions]
        if any(
            index - 1 in cast.by_token
            and (self._opens(tokens, cast, index + 1) or tokens.lower[index + 1] in self._heads)
            for index in joints
            if index + 1 < part[1]
        ):
            return people
        return people[:1] if self._opens(tokens, cast, part[0]) else people[-1:]

    def _with_body(self, tokens: Tokens, cast: Cast, first: int, last: int) -> bool:
        """Tell whether an organisation is joined to a person's name (*X dan Partai Y*)."""
        return any(
            tokens.lower[index] in self._conjunctions
            and index - 1 in cast.by_token
            and tokens.words[index + 1][0].isupper()
            and tokens.lower[index + 1] in self._bodies
            for index in range(first + 1, last - 1)
        )

    def _people_in(self, tokens: Tokens, cast: Cast, first: int, last: int) -> list[Character]:
        """Return the characters named from ``first`` up to a relative clause, in order."""
        found: list[Character] = []
        for index in range(first, last):
            if tokens.lower[index] in self._relatives and self._naming.isdisjoint(tokens.lower[index : index + 4]):
                break
            if found and tokens.lower[index] in self._origins:
                break
            character = cast.by_token.get(index)
            if character is not None and not character.thing and character not in found:
                found.append(character)
        return found

    def _opens(self, tokens: Tokens, cast: Cast, index: int) -> bool:
        """Tell whether a person's name stands at a token, titles aside."""
        while index < len(tokens) and (tokens.lower[index] in self._titles or tokens.words[index] in ".,"):
            index += 1
        return index in cast.by_token and not cast.by_token[index].thing

    def _own(self, tokens: Tokens, first: int, last: int, cast: Cast) -> bool:
        """Tell whether the name is the speaker's own although the phrase ends with a pointer in a clause."""
        return self._opens(tokens, cast, first) or any(
            tokens.lower[index] in self._relatives for index in range(first, last)
        )

    def _apart(self, tokens: Tokens, cast: Cast, first: int, last: int) -> bool:
        """Tell whether a title sets a person's name off from the organisation before it."""
        for index in range(first + 1, last):
            if index in cast.by_token and index - 1 not in cast.by_token:
                before = tokens.lower[index - 1]
                return before in self._titles or before == "."
        return False

    def _parts(self, tokens: Tokens, first: int, last: int) -> list[Range]:
        """Cut a phrase at its commas outside brackets."""
        parts, depth, begin = list[Range](), 0, first
        for index in range(first, last):
            word = tokens.words[index]
            depth += (word == OPEN) - (word == CLOSE)
            if word == "," and depth == 0 and index > begin:
                parts.append((begin, index))
                begin = index + 1
        if begin < last or not parts:
            parts.append((begin, last))
        return parts
