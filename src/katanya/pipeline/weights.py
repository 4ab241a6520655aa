"""What a word weighs for standing in a person's name, by what it usually names."""

from katanya.core.analysis import Tokens
from katanya.lang.pack import Pack

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
    ("roles.unplaced", GOVERNED),
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
ACRONYM = -2.5
NUMERAL = -3.0
SHORT = 4  # letters of an abbreviation that also is a name (ALI)
MOST = 25_000  # words whose weights are remembered: a corpus has no end of them
ROMAN = frozenset("IVXL")
JOINERS = frozenset("&/")


class Weights:
    """The weights of words by the lists of a language.

    ``plain`` are the words that never stand in a name, ``linking`` those that join the words of one.
    """

    def __init__(self, pack: Pack) -> None:
        self._weights = {word: COMMON for cue in pack.cues.values() for word in cue.lemma.split()}
        self._seen: dict[str, float] = {}
        self._weights |= {word: weight for name, weight in WEIGHTS for word in pack.words(name)}
        for word in pack.words("roles.heads"):
            for suffix in pack.words("pronouns.suffix"):
                self._weights.setdefault(word + suffix, COMMON)
        self.linking = pack.words("names.inside") - pack.words("grammar.prepositions")
        self._initials = pack.words("names.initials")
        self.plain = _function_words(pack) | pack.words("names.never")

    def common(self, word: str) -> bool:
        """Tell whether a word in lower case is a common one."""
        return self._weights.get(word) == COMMON

    def of(self, tokens: Tokens, index: int) -> float:
        """Return the weight of a token."""
        word = tokens.words[index]
        known = self._seen.get(word)
        if known is None:
            if len(self._seen) > MOST:
                self._seen.clear()
            known = self._seen[word] = self._weigh(word, tokens.lower[index])
        return known

    def _weigh(self, word: str, lower: str) -> float:
        if word[0].islower() or lower in self._initials:
            return GOVERNED if lower in self.linking else 0.0
        if word[-1].isdigit():
            return GOVERNED  # a sum of money
        known = self._weights.get(lower)
        if known is not None and (known < 0 or not 1 < len(word) <= SHORT or not word.isupper()):
            return known
        if len(word) > 1 and word.isupper():
            return NUMERAL if ROMAN.issuperset(word) else ACRONYM
        if "-" in word and word[word.index("-") + 1 :][:1].isupper() and word.index("-") > 2:
            known = any(part in self._weights or part in self.plain for part in lower.split("-"))
            return GOVERNED if known else UNKNOWN
        if word in JOINERS:
            return GOVERNED
        return UNKNOWN if word[0].isalpha() else 0.0


def _function_words(pack: Pack) -> frozenset[str]:
    """Return the words that never stand in a name: pronouns, grammar, reporting words."""
    words = {word for name in PLAIN for entry in pack.entries(name) for word in entry.split()}
    words |= {form for form in pack.cues if " " not in form}
    return frozenset(words - pack.words("roles.heads") - pack.words("titles.before"))
