"""Closed classes of words and what they tell about a stretch of a sentence: clause, adjunct, linker."""

from katanya.attribution.view import MARKS, View
from katanya.lang.pack import Pack

SHORTEST_VERB = 5
CLITIC = "nya"


class Grammar:
    """The word classes of a language, as sets, and shallow tests that rest on them."""

    def __init__(self, pack: Pack) -> None:
        words = pack.words
        self.auxiliaries = words("grammar.auxiliaries")
        self.adverbs = words("grammar.adverbs")
        self.negations = words("grammar.negations")
        self.complementizers = words("grammar.complementizers")
        self.that = words("grammar.that")
        self.conjunctions = words("grammar.conjunctions")
        self.subordinators = words("grammar.subordinators")
        self.relatives = words("grammar.relatives")
        self.prepositions = words("grammar.prepositions")
        self.links = self.conjunctions | self.relatives | self.that | self.subordinators
        self.first_person = words("pronouns.first")
        self.pronouns = words("pronouns.singular") | words("pronouns.plural")
        self.demonstratives = words("pronouns.demonstratives")
        self.documents = words("sources.documents")
        self.things = words("sources.things")
        self.said = words("sources.said")
        self.addressed = words("sources.addressed")
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
        connectives = (entry.split(" ") for entry in pack.entries("grammar.connectives"))
        self._connectives = sorted(connectives, key=len, reverse=True)
        self._finite = words("grammar.finite")
        self._prefixes = tuple(pack.entries("grammar.verb_prefixes"))
        self._not_verbs = words("grammar.not_verbs")
        self._verbs: dict[str, bool] = {}

    def is_finite(self, word: str) -> bool:
        """Tell whether a lower-case word is a verb or stands only before one."""
        known = self._verbs.get(word)
        if known is None:
            known = word in self._finite or (
                len(word) >= SHORTEST_VERB and word.isalpha()
                and word.startswith(self._prefixes) and word not in self._not_verbs
            )
            self._verbs[word] = known
        return known

    def is_said(self, word: str) -> bool:
        """Tell whether a noun is itself what was said: `permohonan maaf`, `kekecewaannya`."""
        return word in self.said or (word.endswith(CLITIC) and word[:-len(CLITIC)] in self.said)

    def verb_at(self, view: View, item: int) -> bool:
        """Tell whether an item is a finite verb: in small letters, or at the start of its sentence."""
        word = view.words[item]
        return self.is_finite(view.low[item]) and (word[0].islower() or item == 0)

    def has_clause(self, view: View, first: int, last: int) -> bool:
        """Tell whether a stretch holds a finite verb outside a relative clause."""
        return self.main_verb(view, first, last) is not None

    def main_verb(self, view: View, first: int, last: int) -> int | None:
        """Return the first finite verb of a stretch that stands in no relative clause."""
        relative = False
        for item in range(first, last):
            word = view.low[item]
            if word in self.relatives:
                relative = True
            elif self.verb_at(view, item):
                if not relative:
                    return item
                relative = False
        return None

    def skip_connectives(self, view: View, first: int, last: int) -> int:
        """Return the item after sentence connectives, stray marks and commas at the start of a stretch."""
        item = first
        moved = True
        while moved and item < last:
            moved = False
            while item < last and view.low[item] in MARKS and view.low[item] not in "(“\"":
                item += 1
                moved = True
            for entry in self._connectives:
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
