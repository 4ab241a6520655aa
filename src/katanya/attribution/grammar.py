"""Closed classes of words and what they tell about a stretch of a sentence: clause, adjunct, linker."""

from collections.abc import Iterator

from katanya.core.view import MARKS, View
from katanya.lang.pack import Pack, without_suffix

SHORTEST_VERB = 5
MOST = 25_000  # words that are remembered: a corpus has no end of them, and memory is to be flat early
NEAR = 6  # items in a short noun phrase


class Grammar:
    """The word classes of a language, as sets, and shallow tests that rest on them."""

    def __init__(self, pack: Pack) -> None:
        words = pack.words
        self.auxiliaries = words("grammar.auxiliaries")
        self.adverbs = words("grammar.adverbs")
        self.negations = words("grammar.negations")
        self.complementizers = words("grammar.complementizers")
        self.openers = self.complementizers - words("grammar.conditionals")
        self.joining_too = words("grammar.joining_too")
        self.that = words("grammar.that")
        self.conjunctions = words("grammar.conjunctions")
        self.subordinators = words("grammar.subordinators")
        self.relatives = words("grammar.relatives")
        self.prepositions = words("grammar.prepositions")
        self.links = self.conjunctions | self.relatives | self.that | self.subordinators
        self.clitics = pack.entries("pronouns.suffix")
        self.stances = words("sources.stances")
        self.proposals = words("sources.proposals")
        self.empty = words("sources.empty")
        self.viewpoints = words("sources.viewpoints")
        self.nouns_too = words("sources.nouns_too")
        self.thus = words("sources.thus")
        self.groundwords = words("sources.groundwords")
        self.first_person = words("pronouns.first")
        self.pronouns = words("pronouns.singular") | words("pronouns.plural")
        self.demonstratives = words("pronouns.demonstratives")
        self.documents = words("sources.documents")
        self.things = words("sources.things")
        self.said = words("sources.said")
        self.messages = words("sources.messages")
        self.media = words("sources.media")
        self.agents = words("sources.agents")
        self.agentless = words("sources.agentless")
        self.bringing = words("sources.bringing")
        self.quoting = words("sources.quoting")
        self.quoting_links = words("sources.quoting_links")
        self.showing = words("sources.showing")
        self.plain = words("sources.plain")
        self.irrealis = words("grammar.irrealis")
        self.adjuncts = words("grammar.adjuncts")
        self.quantifiers = words("grammar.quantifiers")
        self.local = words("grammar.local")
        self.contrasts = words("grammar.contrasts")
        self.trailing_adverbs = words("grammar.trailing_adverbs")
        self._connectives: dict[str, list[list[str]]] = {}
        for entry in sorted((entry.split(" ") for entry in pack.entries("grammar.connectives")), key=len, reverse=True):
            self._connectives.setdefault(entry[0], []).append(entry)
        self._finite = words("grammar.finite")
        self._predicates = words("grammar.predicates")
        self._attributive = words("grammar.attributive")
        self._prefixes = tuple(pack.entries("grammar.verb_prefixes"))
        self._not_verbs = words("grammar.not_verbs")
        self._phrasal = self.prepositions | self.subordinators | self.conjunctions | self.relatives | self.adjuncts
        self._verbs: dict[str, bool] = {}

    def is_finite(self, word: str) -> bool:
        """Tell whether a lower-case word is a verb or stands only before one."""
        known = self._verbs.get(word)
        if known is None:
            known = word in self._finite or (
                len(word) >= SHORTEST_VERB and word.isalpha()
                and word.startswith(self._prefixes) and word not in self._not_verbs and word not in self._attributive
            )
            if len(self._verbs) >= MOST:
                self._verbs.clear()
            self._verbs[word] = known
        return known

    def is_said(self, word: str) -> bool:
        """Tell whether a noun is itself what was said: `permohonan maaf`, `kekecewaannya`."""
        return word in self.said or without_suffix(word, self.clitics) in self.said

    def verb_at(self, view: View, item: int) -> bool:
        """Tell whether an item is a finite verb: in small letters, or at the start of its sentence."""
        word = view.words[item]
        return self.is_finite(view.low[item]) and (word[0].islower() or item == 0)

    def has_clause(self, view: View, first: int, last: int) -> bool:
        """Tell whether a stretch holds a clause: a finite verb, a noun and a predicate, a quotation."""
        if self.main_verb(view, first, last) is not None or any(item in view.quotes for item in range(first, last)):
            return True
        predicate = any(view.low[item] in self._predicates for item in range(first + 1, last))
        return predicate or self._definite(view, first, last)

    def _definite(self, view: View, first: int, last: int) -> bool:
        """Tell whether a definite noun phrase stands before something told of it, as in `tanggul itu jebol`."""
        return any(
            view.low[item] in self.demonstratives and view.is_word(item + 1) and view.low[item + 1] not in self._phrasal
            for item in range(first + 1, min(last - 1, first + NEAR))
        )

    def main_verb(self, view: View, first: int, last: int) -> int | None:
        """Return the first finite verb of a stretch that stands in no relative clause."""
        for item in self.main_verbs(view, first, last):
            return item
        return None

    def main_verbs(self, view: View, first: int, last: int) -> Iterator[int]:
        """Yield the finite verbs of a stretch that stand in no relative clause.

        A relative clause lasts through its first verb and the verbs right behind it.
        """
        relative, inside = False, -1
        for item in range(first, last):
            if view.low[item] in self.relatives:
                relative = True
            elif self.verb_at(view, item):
                if relative or item == inside + 1:
                    relative, inside = False, item
                else:
                    yield item

    def skip_connectives(self, view: View, first: int, last: int) -> int:
        """Return the item after sentence connectives, stray marks and commas at the start of a stretch."""
        item = first
        moved = True
        while moved and item < last:
            moved = False
            while item < last and view.low[item] in MARKS and view.low[item] not in "(“\"":
                item += 1
                moved = True
            for entry in self._connectives.get(view.low[item], ()) if item < last else ():
                stop = item + len(entry)
                if stop <= last and view.low[item:stop] == entry:
                    item, moved = stop, True
                    break
        return item

    def is_adjunct(self, view: View, first: int, last: int) -> bool:
        """Tell whether a stretch begins like an adjunct before the subject: with a preposition or subordinator."""
        first = self.skip_connectives(view, first, last)
        if first >= last:
            return True
        word = view.low[first]
        return word in self.prepositions or word in self.subordinators
