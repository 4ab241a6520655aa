"""What the words around a name say: whether it lies there, whose name it is part of, what else it could be."""

from katanya.core.analysis import Tokens
from katanya.lang.pack import Pack
from katanya.normalise.places.mentions import apposed

START, PLAIN, LOCATED, BODY, PLACE, NAME = "start", "plain", "located", "body", "place", "name"
BESIDE, FACILITY = "beside", "facility"
ACRONYM, ORGANISATION, MONEY, LANGUAGE, STREET = "acronym", "organisation", "money", "language", "street"
TAIL, PERSON = "tail", "person"
NONE = frozenset({ORGANISATION, MONEY, LANGUAGE, STREET})  # what makes a name none of a place
FAR = 9  # words back to the head of a name
CLOSE_BY = 3  # words back to an acronym that a name belongs to
SHORT = 8  # letters of an acronym at most
OPEN, CLOSE = "(", ")"
LISTS = (  # word list → what a word of it makes of the name after it; later ones win
    ("places.facilities", FACILITY),
    ("places.bodies", BODY),
    ("places.organisations", ORGANISATION),
    ("places.streets", STREET),
    ("places.money", MONEY),
    ("places.languages", LANGUAGE),
)
ORDINARY = (  # lists of words that name nothing
    "names.common", "names.never", "roles.heads", "roles.fields", "roles.people", "roles.bodies", "roles.documents",
    "roles.departments", "roles.territorial", "names.doubtful", "calendar.days", "calendar.months", "calendar.units",
    "calendar.parts", "titles.before", "grammar.prepositions", "grammar.auxiliaries",
    "grammar.adverbs", "grammar.conjunctions", "grammar.subordinators", "grammar.relatives", "grammar.negations",
    "grammar.connectives", "grammar.complementizers", "pronouns.singular", "pronouns.plural", "pronouns.first",
    "pronouns.demonstratives",
)  # fmt: skip


class Surroundings:
    """Reads the words to the left and to the right of a name."""

    def __init__(self, pack: Pack) -> None:
        self._classes = {word: meaning for name, meaning in LISTS for word in pack.words(name)}
        self._beside = pack.words("places.beside")
        self._locating = pack.words("places.locating")
        self._local = pack.words("grammar.local")
        self._tails = pack.words("places.tails")
        self._people = pack.words("names.people")
        self._ordinary = {word for name in ORDINARY for word in pack.words(name)}
        self._ordinary |= {word for cue in pack.cues.values() for word in cue.form.split()}
        self.ordinary = self._ordinary | self._classes.keys()
        self._linking = pack.words("names.inside") | pack.words("grammar.conjunctions") | {"&", "/", "."}
        self._foreign = pack.words("names.inside") - pack.words("grammar.prepositions")

    def left(self, text: str, tokens: Tokens, first: int, taken: int) -> tuple[str, bool]:
        """Return what stands before a name, and whether it is said to lie there; ``taken`` ends the place before."""
        index = first - 1
        if index < 0 or not apposed(text, tokens, first):
            return START, False
        if taken == first:
            return PLACE, False
        word, lower = tokens.words[index], tokens.lower[index]
        if lower in self._local:
            return LOCATED, True
        if word == "." and index and tokens.starts[index] == tokens.ends[index - 1]:
            return self._classes.get(tokens.lower[index - 1], START), False  # an abbreviation, or the end of a sentence
        if word[0].isupper() or word[0].isdigit() or word == CLOSE or lower in self._foreign:
            return self._run(text, tokens, index, taken)
        if lower in self._locating:
            return LOCATED, True
        known = self._classes.get(lower)
        if known in (MONEY, LANGUAGE, STREET):
            return known, False
        if known in (BODY, FACILITY) or lower in self._beside:
            return known if known in (BODY, FACILITY) else BESIDE, False
        return (PLAIN if word[0].isalnum() else START), False

    def right(self, text: str, tokens: Tokens, last: int) -> str:
        """Return what follows a name: a word that makes it a name of something else, an unknown name, or nothing."""
        if _address(tokens, last):
            return TAIL
        for index in (last, last + 1):
            if index >= len(tokens) or not tokens.words[index][0].isupper() or not apposed(text, tokens, index):
                return "" if index == last else NAME
            if tokens.lower[index] in self._tails:
                return TAIL
            if index == last and (tokens.lower[index] in self._ordinary or tokens.lower[index] in self._classes):
                return ""
            if index == last and tokens.lower[index] in self._people:
                return PERSON
        return NAME

    def _run(self, text: str, tokens: Tokens, index: int, taken: int) -> tuple[str, bool]:
        """Return what the words with capitals before a name say, the nearest that tells first."""
        begin, unknown = index, False
        while index >= taken and index >= 0 and begin - index < FAR:
            word, lower = tokens.words[index], tokens.lower[index]
            if word == CLOSE:
                index = self._opening(tokens, index)
            elif word[0].isupper():
                if lower in self._local:
                    break
                known = self._classes.get(lower)
                if known is not None:
                    return known, False
                if index == begin and self._begins(text, tokens, index):
                    if lower in self._locating:
                        return LOCATED, True
                    if lower in self._beside:
                        return BESIDE, False
                if lower not in self._ordinary and word.isalpha():
                    if word.isupper() and 1 < len(word) <= SHORT and begin - index < CLOSE_BY:
                        return ACRONYM, False
                    unknown = True
            elif not (word[0].isdigit() or (lower in self._linking and index and tokens.words[index - 1][0].isupper())):
                break
            if not apposed(text, tokens, index):
                index -= 1
                break
            index -= 1
        located = index >= taken and index >= 0 and tokens.lower[index] in self._locating
        return (NAME if unknown else LOCATED if located else PLAIN), located

    @staticmethod
    def _begins(text: str, tokens: Tokens, index: int) -> bool:
        """Tell whether no word with a capital stands before a token."""
        return index == 0 or not tokens.words[index - 1][0].isupper() or not apposed(text, tokens, index)

    @staticmethod
    def _opening(tokens: Tokens, index: int) -> int:
        """Return where the bracket opens that closes at a token."""
        for at in range(index - 1, max(index - FAR, -1), -1):
            if tokens.words[at] == OPEN:
                return at
        return index


def _address(tokens: Tokens, last: int) -> bool:
    """Tell whether a name goes on as an address (*Tribun-Medan.com*)."""
    if last + 1 >= len(tokens) or tokens.words[last] != ".":
        return False
    if not tokens.words[last + 1][0].islower() and not tokens.words[last + 1].isupper():
        return False
    return tokens.starts[last] == tokens.ends[last - 1] and tokens.starts[last + 1] == tokens.ends[last]
