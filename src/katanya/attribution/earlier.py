"""Where a text first told of what a phrase points back to: *laporan itu*, *maskapai itu*, *kedua sumber itu*."""

from katanya.attribution.drafts import Range
from katanya.core.analysis import Tokens
from katanya.core.records import SpeakerKind
from katanya.lang.pack import Pack

FAR = 2000  # tokens from the start of a text, or back from a source, in which a mention is looked for
LONGEST = 8  # words of a first mention
ENDING = (  # lists of words that close a first mention
    "grammar.relatives",
    "grammar.prepositions",
    "grammar.auxiliaries",
    "grammar.negations",
    "grammar.subordinators",
    "grammar.complementizers",
    "grammar.finite",
    "grammar.conjunctions",
    "pronouns.demonstratives",
)


class EarlierReader:
    """Finds first mentions by the word lists of a language."""

    def __init__(self, pack: Pack) -> None:
        self._ending = frozenset().union(*(pack.words(name) for name in ENDING)) | frozenset(pack.cues)
        self._prefixes = tuple(pack.entries("grammar.verb_prefixes"))
        self._nouns = pack.words("grammar.not_verbs")
        self._many = pack.words("roles.many") | pack.words("roles.singles")
        self._singles = pack.words("roles.singles")
        self._people = (pack.words("roles.people") | pack.words("roles.heads")) - self._many
        groups = [frozenset(entry.split(" ")) for entry in pack.entries("roles.akin")]
        self._akin = {word: group for group in groups for word in group}

    def akin(self, head: str) -> frozenset[str]:
        """Return the nouns that one story uses for the same, the given one with them."""
        return self._akin.get(head, frozenset({head}))

    def first(self, tokens: Tokens, head: str, kind: SpeakerKind, place: int) -> Range | None:
        """Return the first mention before a token that says more than the bare noun."""
        heads = self.akin(head) if kind is SpeakerKind.DOCUMENT else frozenset({head})
        for index in range(min(place, FAR)):
            if tokens.lower[index] in heads:
                found = self._mention(tokens, index, kind, place)
                if found is not None:
                    return found
        return None

    def latest(self, tokens: Tokens, head: str, place: int) -> Range | None:
        """Return the name that last followed a noun before a token (*akun X @warta*)."""
        for index in range(place - 1, max(-1, place - FAR), -1):
            if tokens.lower[index] == head:
                found = self._mention(tokens, index, SpeakerKind.ORGANISATION, place)
                if found is not None:
                    return found
        return None

    def people(self, tokens: Tokens, first: int, last: int) -> Range | None:
        """Return the last mention of more than one person among some tokens (*para saksi*, *dua pelaku*)."""
        lower = tokens.lower
        for head in range(last - 1, first, -1):
            if lower[head] in self._people and lower[head - 1] in self._many - self._singles:
                return self._mention(tokens, head, SpeakerKind.GROUP, last)
        return None

    def _mention(self, tokens: Tokens, index: int, kind: SpeakerKind, place: int) -> Range | None:
        lower, words = tokens.lower, tokens.words
        first, last = index, index + 1
        if kind is SpeakerKind.GROUP:
            while first > 0 and (lower[first - 1] in self._many or lower[first - 1].isdigit()):
                first -= 1
            if first == index:
                return None
        elif kind is SpeakerKind.ORGANISATION:
            while last < place and words[last][0].islower() and last - index < 3 and not self._ends(tokens, last):
                last += 1
            first = last
        while last < place and last - first < LONGEST and not self._ends(tokens, last):
            if kind is SpeakerKind.ORGANISATION and not words[last][0].isupper() and words[last][0] != "@":
                break
            last += 1
        if kind is SpeakerKind.DOCUMENT and last - first < 2:
            return None
        return (first, last) if first < last else None

    def _ends(self, tokens: Tokens, index: int) -> bool:
        word, small = tokens.lower[index], tokens.words[index][0].islower()
        if not (word[0].isalnum() or word[0] == "@"):
            return True
        return small and (word in self._ending or self.is_verb(word))

    def is_verb(self, word: str) -> bool:
        """Tell whether a word has the shape of a verb."""
        return len(word) > 5 and word.startswith(self._prefixes) and word not in self._nouns
