"""The people and organisations of an article: which mentions are one, and their fullest name."""

import re
from bisect import bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from katanya.attribution.abbreviations import AbbreviationReader
from katanya.attribution.drafts import Range, name_text
from katanya.attribution.introductions import Introduction, IntroductionReader
from katanya.attribution.likeness import BEST, SHORT, likeness
from katanya.core.analysis import Analysis, Tokens
from katanya.core.records import Person
from katanya.core.spans import Span
from katanya.lang.pack import Pack

SURE_TAIL = 5  # letters; a longer word at the end of a name was glued to it
GLUED = re.compile(r"(\w*[a-z]|[A-Z]{2,})(?=[A-Z][a-z]{2,})")
CROWD = 60  # people in a text beyond which names are no longer compared letter by letter
LONGEST_NAME = 4  # words of a name that only its place gives away
LONGEST_NOTE = 5  # tokens between brackets that may be another name


FIRM = (  # lists of words that are no part of a name although they speak
    "roles.heads",
    "roles.organisations",
    "roles.bodies",
    "roles.people",
    "roles.documents",
    "roles.utterances",
    "titles.before",
    "names.places",
    "names.organisations",
)


@dataclass(slots=True)
class Character:
    """Somebody in the article: the mentions in order, other names, and what introduces them."""

    words: tuple[str, ...]
    fullest: Range
    mentions: list[Range] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)
    introductions: list[Introduction] = field(default_factory=list)
    described: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    thing: bool = False
    name: str = ""


@dataclass(slots=True)
class Cast:
    """Everybody in an article, by mention, and the full names of its organisations by abbreviation."""

    characters: list[Character]
    by_token: dict[int, Character]
    organisations: dict[str, str]


class CastReader:
    """Gathers the cast of an article by the word lists of a language."""

    def __init__(self, pack: Pack) -> None:
        self.introductions = IntroductionReader(pack)
        self._aliases = pack.words("roles.aliases")
        self._organisations = pack.words("roles.organisations")
        self._heads = pack.words("roles.heads")
        self._serving = pack.words("roles.serving") | pack.words("roles.kin")
        self._saying = pack.words("sources.plain")
        self._firm = frozenset().union(*(pack.words(name) for name in FIRM))
        self._spellings = [pair.split(" ") for pair in pack.entries("names.spellings")]
        self._nicknames = dict(self._nickname(entry) for entry in pack.entries("names.nicknames"))
        self._initials = pack.words("roles.initials")
        self._plain = frozenset(pack.cues) | pack.words("grammar.prepositions")
        self._places = pack.words("names.places")
        self._makers = pack.words("roles.makers")
        self._abbreviations = AbbreviationReader(pack)

    def read(self, analysis: Analysis, sources: Iterable[Range] = ()) -> Cast:
        """Return the cast of an article; mentions inside quotations count as well.

        A source phrase that opens with an office and ends with a name after a comma names somebody even where
        nothing else in the text speaks for it.
        """
        tokens = analysis.tokens
        mentions = self._mentions(analysis, list(sources))
        inside = frozenset(index for first, last in mentions for index in range(first, last))
        by_token: dict[int, Character] = {}
        characters = self._gather(tokens, mentions, _headlines(analysis), by_token)
        characters = self._join_aliases(tokens, mentions, characters, by_token)
        for character in characters:
            character.mentions.sort()
        self._introduce(analysis, mentions, by_token, inside)
        organisations = self._abbreviations.read(analysis, inside)
        for character in characters:
            character.name = self._name(analysis, character)
            short = " ".join(character.words) in organisations
            character.thing = short or (not character.offices and self._is_thing(tokens, character))
        return Cast(characters, by_token, organisations)

    def _mentions(self, analysis: Analysis, sources: list[Range]) -> list[Range]:
        """Return the mentions of people: names, initials, and what only its place gives away."""
        tokens = analysis.tokens
        mentions = [(name.first, name.last) for name in analysis.names if name.kind == "person"]
        known = {index for first, last in mentions for index in range(first, last)}
        mentions += self._initialled(tokens, known)
        mentions = self._lengthened(tokens, sources, mentions, known)
        missed = (self._missed(tokens, source, known) for source in sources)
        mentions += [mention for mention in missed if mention is not None]
        return sorted({*mentions, *self._shortened(tokens, mentions, sources)})

    def _introduce(
        self,
        analysis: Analysis,
        mentions: list[Range],
        by_token: dict[int, Character],
        inside: frozenset[int],
    ) -> None:
        """Gather what introduces each character."""
        lower, bounds = analysis.tokens.lower, Bounds(analysis)
        for mention in mentions:
            character = by_token[mention[0]]
            around = self.introductions.around(analysis, mention, inside, *bounds.around(mention[0]))
            if mention[1] - mention[0] < len(character.words):  # *pengacara Wahyu* is somebody else
                around = [found for found in around if not found.role or lower[found.role[0]] not in self._serving]
            character.introductions += around
            for found in around:
                for part in (found.role, found.affiliation):
                    if part:
                        character.described.update(lower[part[0] : part[1]])
                if found.role:
                    character.offices.add(" ".join(lower[found.role[0] : found.role[1]]))

    def _initialled(self, tokens: Tokens, known: set[int]) -> list[Range]:
        """Return the mentions of people with initials for a name (*berinisial AB*, *AB (19)*)."""
        words, lower, count = tokens.words, tokens.lower, len(tokens)
        short = enumerate(words[1:max(1, count - 3)], 1)
        capitals = [index for index, word in short if word.isupper() and len(word) <= SHORT + 1]
        initials = {
            words[index]
            for index in capitals
            if lower[index - 1] in self._initials or (words[index + 1] == "(" and words[index + 2].isdigit())
        }
        return [(index, index + 1) for index in capitals if words[index] in initials and index not in known]

    def _lengthened(
        self, tokens: Tokens, sources: Iterable[Range], mentions: list[Range], known: set[int]
    ) -> list[Range]:
        """Give a name of one word the word before it, where that word is a source by itself elsewhere."""
        words, lower = tokens.words, tokens.lower
        lone = {
            lower[first]
            for first, last in sources
            if last - first == 1 and first not in known and words[first].istitle() and lower[first] not in self._firm
        }
        return [
            (first - 1, last)
            if last - first == 1 and first and lower[first - 1] in lone and words[first - 1].istitle()
            else (first, last)
            for first, last in mentions
        ]

    @staticmethod
    def _shortened(tokens: Tokens, mentions: list[Range], sources: Iterable[Range]) -> list[Range]:
        """Return the sources that are nothing but words of a fuller name."""
        inside = {index for first, last in mentions for index in range(first, last)}
        full = {word for first, last in mentions if last - first > 1 for word in tokens.lower[first:last]}
        return [
            (first, last)
            for first, last in sources
            if first not in inside
            and last - first <= 2
            and all(tokens.words[at][0].isupper() and tokens.lower[at] in full for at in range(first, last))
        ]

    def _missed(self, tokens: Tokens, source: Range, known: set[int]) -> Range | None:
        """Return the name that a comma parts from an office in a source phrase without a known name."""
        first, last = source
        words, lower = tokens.words, tokens.lower
        commas = [index for index in range(first + 1, last - 1) if words[index] == ","]
        if not commas:
            return None
        if lower[first] in self._heads:
            if not known.isdisjoint(range(first, last)):
                return None
            first = commas[-1] + 1
        elif lower[commas[0] + 1] in self._heads and known.isdisjoint(range(first, commas[0])):
            last = commas[0]
        else:
            return None
        named = all(words[at][0].isupper() and lower[at] not in self._organisations for at in range(first, last))
        return (first, last) if named and last - first <= LONGEST_NAME else None

    def _is_thing(self, tokens: Tokens, character: Character) -> bool:
        """Tell whether a name is called a site, a firm, a ship somewhere beside it."""
        lower, last = tokens.lower, len(tokens) - 2
        if any(first > 0 and lower[first - 1] in self._saying for first, _ in character.mentions):
            return False
        return any(
            (first > 0 and lower[first - 1] in self._makers)
            or (end < last and lower[end] == "," and lower[end + 1] in self._makers)
            for first, end in character.mentions
        )

    def _name(self, analysis: Analysis, character: Character) -> str:
        """Return the fullest name of a character without what a cut-out link has glued to it."""
        text = name_text(analysis, character.fullest)
        head = GLUED.match(text)
        if head and (head[1].isupper() or head[1].lower() in self._heads | self._places):
            text = text[head.end(1) :]
        last = text.rpartition(" ")[2]
        tail = next((last[at:] for at in range(SHORT, len(last) - SHORT) if last[at:] in self._plain), "")
        mentioned = {analysis.tokens.words[index] for mention in character.mentions for index in range(*mention)}
        # "Wulandari" ends in no word of its own: a short tail must be missing elsewhere.
        glued = len(tail) >= SURE_TAIL or (len(tail) > SHORT and last.removesuffix(tail) in mentioned)
        return text.removesuffix(tail) if glued else text

    def person(self, analysis: Analysis, character: Character) -> Person:
        """Return the record of a character."""
        role, affiliation = self._office(analysis.tokens, character.introductions)
        return Person(
            name=character.name,
            role=_text(analysis, role),
            affiliation=_text(analysis, affiliation),
            mentions=tuple(_span(analysis, mention) for mention in sorted(character.mentions)),
        )

    @staticmethod
    def _office(tokens: Tokens, introductions: list[Introduction]) -> tuple[Range | None, Range | None]:
        """Return the first role, with the first affiliation that stands beside it or beside the same role."""
        first = next((found for found in introductions if found.role), None)
        if first is None or first.role is None:
            return None, next((found.affiliation for found in introductions if found.affiliation), None)
        role = tokens.lower[first.role[0] : first.role[1]]
        for found in introductions:
            if found.role and found.affiliation and tokens.lower[found.role[0] : found.role[1]] == role:
                return found.role, found.affiliation
        return first.role, first.affiliation

    def _gather(
        self, tokens: Tokens, mentions: list[Range], headlines: frozenset[int], by_token: dict[int, Character]
    ) -> list[Character]:
        """Join mentions into characters: names of several words first, then the short ones to the nearest.

        Headlines come last: with a capital on every word, a name there may hold words that are none of it.
        """
        characters: list[Character] = []
        sharing: dict[str, list[Character]] = {}  # by each word of a name and by each other name as a whole
        words = {mention: self._words(tokens, mention) for mention in mentions}
        for mention in sorted(mentions, key=lambda mention: (mention[0] in headlines, -len(words[mention]), mention)):
            fitting = self._fitting(words[mention], characters, sharing)
            chosen = _nearest(fitting, mention[0]) if fitting else Character(words[mention], mention)
            if not fitting:
                characters.append(chosen)
                for word in chosen.words:
                    sharing.setdefault(word, []).append(chosen)
            insort(chosen.mentions, mention)
            by_token.update(dict.fromkeys(range(*mention), chosen))
            alias = self._modern(self._alias(tokens, mention))
            if alias:
                sharing.setdefault(alias, []).append(chosen)
                chosen.aliases.add(alias)
        return characters

    def _words(self, tokens: Tokens, mention: Range) -> tuple[str, ...]:
        """Return the words of a name in the spelling of today."""
        return tuple(self._modern(word) for word in tokens.lower[mention[0] : mention[1]] if word[0].isalnum())

    def _nickname(self, entry: str) -> tuple[str, list[str]]:
        short, _, full = entry.partition(": ")
        return self._modern(short), self._modern(full).split(" ")

    def _modern(self, word: str) -> str:
        for old, new in self._spellings:
            word = word.replace(old, new)
        return word

    def _fitting(
        self, words: tuple[str, ...], characters: list[Character], sharing: dict[str, list[Character]]
    ) -> list[Character]:
        """Return the characters of whose name some words can best be a shorter form."""
        called = " ".join(words)
        keys = {*words, called, *self._nicknames.get(called, ())}
        near = [character for word in keys for character in sharing.get(word, ())]
        fits = [(self._fits(words, character), character) for character in near]
        if not any(fit for fit, _ in fits) and len(words) == 1 and len(characters) <= CROWD:
            fits = [(self._fits(words, character), character) for character in characters]
        best = max((fit for fit, _ in fits), default=0)
        return [character for fit, character in fits if fit == best] if best else []

    def _fits(self, words: tuple[str, ...], character: Character) -> int:
        called = " ".join(words)
        known = self._nicknames.get(called)
        if called in character.aliases or (known and set(known) <= set(character.words)):
            return BEST
        return likeness(words, character.words)

    def _join_aliases(
        self,
        tokens: Tokens,
        mentions: list[Range],
        characters: list[Character],
        by_token: dict[int, Character],
    ) -> list[Character]:
        """Join two names with a word such as *alias* or *sapaan* between them."""
        gone: set[int] = set()
        for one, other in pairwise(mentions):
            between = tokens.lower[one[1] : other[0]]
            left, right = by_token[one[0]], by_token[other[0]]
            if left is right or len(between) > LONGEST_NOTE or self._aliases.isdisjoint(between) or "." in between:
                continue
            kept, lost = sorted((left, right), key=lambda character: -len(character.words))
            kept.mentions += lost.mentions
            kept.aliases |= lost.aliases
            gone.add(id(lost))
            for mention in lost.mentions:
                by_token.update(dict.fromkeys(range(*mention), kept))
        return [character for character in characters if id(character) not in gone]

    @staticmethod
    def _alias(tokens: Tokens, mention: Range) -> str:
        """Return the name in brackets after a mention, or an empty string."""
        words, index = tokens.words, mention[1]
        if index + 1 >= len(tokens) or words[index] != "(" or not words[index + 1][0].isupper():
            return ""
        close = next((at for at in range(index + 1, min(len(tokens), index + LONGEST_NOTE)) if words[at] == ")"), 0)
        return " ".join(tokens.lower[index + 1 : close])


def _headlines(analysis: Analysis) -> frozenset[int]:
    """Return the tokens of what is set off as a title, and of the outlet's lines that lead to other articles."""
    titles = [(found.first, found.last) for found in analysis.quotations if not found.speech]
    return frozenset(index for part in (*titles, *analysis.passed_over) for index in range(*part))


def _text(analysis: Analysis, tokens: Range | None) -> str | None:
    return None if tokens is None else name_text(analysis, tokens)


def _span(analysis: Analysis, tokens: Range) -> Span:
    table = analysis.tokens
    return Span.cut(analysis.text, table.starts[tokens[0]], table.ends[tokens[1] - 1])


def _nearest(characters: list[Character], position: int) -> Character:
    """Return the character mentioned last before a position, else first after it."""

    def distance(character: Character) -> tuple[bool, int]:
        found = character.mentions  # in the order of the text
        before = bisect_right(found, position, key=_first)
        return (False, position - found[before - 1][0]) if before else (True, found[0][0] - position)

    return min(characters, key=distance)


def _first(mention: Range) -> int:
    return mention[0]


class Bounds:
    """The outer sentence around a token."""

    def __init__(self, analysis: Analysis) -> None:
        outer = [sentence for sentence in analysis.sentences if sentence.quotation is None]
        self._starts = [sentence.first for sentence in outer]
        self._ends = [sentence.last for sentence in outer]

    def around(self, token: int) -> Range:
        """Return where the outer sentence that holds a token begins and ends."""
        at = bisect_right(self._starts, token) - 1
        return (self._starts[at], self._ends[at]) if at >= 0 else (0, token)
