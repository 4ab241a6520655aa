"""What an amount is of: the phrase behind the number, or the one before it that a link binds it to.

The rule: the phrase right behind the number and its unit counts, without the classifier that leads it. Where there is
none, or only a classifier, it is the phrase before the amount, if a link ("sebesar", "mencapai") or nothing stands
between them. Money and differences are never of what stands behind them.
"""

from katanya.lang.pack import Pack
from katanya.normalise.figures.amounts import Amount
from katanya.normalise.figures.lexicon import Lexicon, Phrases
from katanya.normalise.figures.page import Page

LONGEST = 8  # tokens of the phrase
FURTHEST = 16  # tokens back to the head of a linked phrase
SHORTEST_VERB = 5


class Counted:
    """Finds what is counted."""

    def __init__(self, pack: Pack, lexicon: Lexicon) -> None:
        words = pack.words
        self._lexicon = lexicon
        self._classifiers = words("figures.classifiers")
        self._plain = words("figures.plain_counts")
        self._person = words("figures.person_classifiers")
        self._numbered = words("figures.ordered")
        self._spells = words("figures.periods") | words("figures.time_nouns") | words("figures.spells")
        self._describing = words("figures.describing")
        self._outcomes = Phrases.of(pack.entries("figures.outcomes"))
        self._links = words("figures.links")
        self._strong = words("figures.strong_links")
        self._times = words("figures.periods")
        self._adverbial = words("figures.adverbial") | words("pronouns.demonstratives") | words("calendar.months")
        self._local = words("grammar.local")
        self._pronouns = words("pronouns.singular") | words("pronouns.plural")
        self._directions = words("figures.directions")
        self._and = words("figures.both_and")
        self._sizes = words("figures.sizes")
        self._light = words("figures.light")
        self._measures = words("figures.measures")
        self._changes = words("figures.rising") | words("figures.falling")
        self._trailing = words("figures.trailing")
        self._nouns = words("figures.nouns") | words("grammar.not_verbs")
        self._prefixes = tuple(words("grammar.verb_prefixes"))
        self._bridges = words("figures.bridges")
        self._passed = words("grammar.relatives") | self._light | self._adverbial
        self._wholes = words("figures.wholes")
        self._stops = (
            words("figures.stops") | words("grammar.conjunctions") | words("grammar.subordinators")
            | words("grammar.prepositions") | words("grammar.relatives") | words("grammar.complementizers")
            | words("grammar.auxiliaries") | words("grammar.negations") | words("grammar.finite")
            | frozenset(form for form in lexicon.hedges if " " not in form)
            | (self._light - self._links)
            | words("pronouns.singular") | words("pronouns.plural") | words("pronouns.demonstratives")
        )

    def behind(self, page: Page, at: int) -> tuple[int, int] | None:
        """Return the phrase that begins at a token, what became of those counted included; ``None`` if none does."""
        end = at
        while end < min(at + LONGEST, page.size):
            if page.opens_line(end):
                break
            if found := self._outcomes.at(page.lower, end):
                end = found[0]
                break
            if not self.nominal(page, end) and (end == at or not self._continues(page, end)):
                break
            end += 1
        if end > at and page.low(end - 1) == "/":
            end -= 1
        return (at, end) if end > at else None

    def _continues(self, page: Page, at: int) -> bool:
        """Tell whether a token that opens no phrase goes on with one: an adverb behind its noun, a stroke."""
        return page.low(at) in self._trailing or (page.low(at) == "/" and page.tight(at) and page.tight(at + 1))

    def nominal(self, page: Page, at: int) -> bool:
        """Tell whether a token may stand in a noun phrase."""
        word = page.low(at)
        if not word[:1].isalpha() or word in self._stops or word in self._lexicon.triggers:
            return False
        if self._lexicon.role(word) == "one_time":
            return False
        if word[-1].isdigit() and word.rstrip("0123456789.,") in self._lexicon.symbols:
            return False
        return page.capital(at) or not (word in self._directions or self.verbal(word))

    def verbal(self, word: str) -> bool:
        """Tell whether a word looks like a verb."""
        return len(word) >= SHORTEST_VERB and word.startswith(self._prefixes) and word not in self._nouns

    def doubled(self, word: str) -> bool:
        """Tell whether a word is a noun of time, or one that is often counted or numbered, said twice: several."""
        half, _, other = word.partition("-")
        return half == other and (half in self._spells or half in self._plain or half in self._numbered)

    def doubled_time(self, word: str) -> bool:
        """Tell whether a word is a noun of time said twice (days and days)."""
        return self.doubled(word) and word.partition("-")[0] in self._spells

    def counted(self, page: Page, at: int) -> tuple[tuple[int, int] | None, bool]:
        """Return what is counted behind a bare number, and whether it is only a classifier."""
        word = page.low(at)
        if word not in self._classifiers or page.opens_line(at):
            return self.behind(page, at), False
        follower = page.low(at + 1)
        keeps = word in self._person and (
            follower in self._describing or (page.capital(at + 1) and not page.word(at + 1).isupper())
        )
        if keeps or self._outcomes.at(page.lower, at + 1):
            return self.behind(page, at), False
        noun = self.behind(page, at + 1) if self.nominal(page, at + 1) else None
        return (noun, False) if noun else ((at, at + 1), True)

    def plain(self, page: Page, at: int) -> bool:
        """Tell whether a noun that is often counted, or a classifier, stands at a token."""
        return page.low(at) in self._classifiers or page.low(at) in self._plain

    def whole(self, page: Page, at: int) -> tuple[int, int] | None:
        """Return the whole behind a share: "30 persen (dari) warga"."""
        return self.behind(page, at + 1 if page.low(at) in self._wholes else at)

    def before(self, page: Page, amount: Amount, floor: int) -> tuple[tuple[int, int] | None, bool, int]:
        """Return the phrase before an amount that it is of, none of it before ``floor``.

        Beside it stand whether a strong link binds it, and where the link begins.
        """
        at, linked = self._to_link(page, amount.front, floor)
        hedges = page.lower[slice(*amount.hedge)] if amount.hedge else []
        linked = linked or amount.kind == "multiple" or not self._strong.isdisjoint(hedges)
        if at <= floor:
            return None, linked, at
        sized = not self._sizes.isdisjoint(page.lower[at:amount.front])
        if linked and not sized:
            return self._subject(page, at, floor), linked, at
        phrase = self.phrase_before(page, at, floor)
        linked = linked or (phrase is not None and page.low(phrase[0] - 1) in self._measures)
        if linked and phrase is None:
            return self._subject(page, at, floor), linked, at
        if phrase and page.low(phrase[0] - 1) in self._local:
            return self._subject(page, phrase[0] - 1, floor) or phrase, linked, at
        return phrase, linked, at

    def _bridged(self, page: Page, at: int, phrase: bool, found: bool) -> bool:
        """Tell whether the head of a phrase may stand beyond the word before a token.

        Behind a phrase it is a preposition; else a time with its own, and, while nothing is found yet, a verb.
        """
        word = page.low(at - 1)
        if phrase:
            return word in self._bridges
        if word in self._adverbial or word[:1].isdigit() or (word in self._bridges and page.low(at) in self._adverbial):
            return True
        return not found and (word in self._passed or self.verbal(word))

    def _bracket(self, page: Page, at: int, floor: int) -> int | None:
        """Return the token of the bracket that the one at a token closes, if it is near."""
        return next((back for back in range(at - 1, max(floor, at - LONGEST) - 1, -1) if page.low(back) == "("), None)

    def sized(self, page: Page, amount: Amount) -> bool:
        """Tell whether a link of a size, which holds to the phrase before it, stands before an amount."""
        return page.low(amount.front - 1) in self._sizes

    def ends_fate(self, page: Page, at: int) -> bool:
        """Tell whether words for what became of somebody end before a token."""
        return self._outcomes.before(page.lower, at) is not None

    def fated(self, page: Page, of: tuple[int, int] | None) -> bool:
        """Tell whether a phrase says what became of those counted."""
        return of is not None and any(self._outcomes.at(page.lower, at) for at in range(*of))

    def _to_link(self, page: Page, at: int, floor: int) -> tuple[int, bool]:
        """Step back over links, hedges and light words."""
        linked = False
        stop = max(floor, at - LONGEST)
        while at > stop:
            word = page.low(at - 1)
            if found := self._lexicon.hedges_before.before(page.lower, at):
                linked = linked or word in self._strong
                at = found[0]
            elif word in self._pronouns and self.nominal(page, at - 2):
                at -= 1
            elif word in self._links or word in self._light or word in self._changes:
                linked = linked or word in self._strong or word in self._changes
                at -= 1
            else:
                break
        return max(at, floor), linked

    def phrase_before(self, page: Page, at: int, floor: int) -> tuple[int, int] | None:
        """Return the noun phrase that ends before a token."""
        if page.low(at - 1) == ")" and (opening := self._bracket(page, at - 1, floor)) is not None:
            at = opening
        first = at
        while first > max(floor, at - LONGEST) and self._belongs(page, first - 1) and not page.opens_line(first):
            first -= 1
        if page.low(first) == "/":
            first += 1
        first = self._joined(page, first, at, floor)
        while first < at and page.low(first) in self._measures:
            first += 1
        return (first, at) if first < at else None

    def _joined(self, page: Page, first: int, at: int, floor: int) -> int:
        """Return where the first of two joined nouns begins: "sapi potong dan sapi perah"."""
        if first == at or page.low(first - 1) not in self._and or page.opens_line(first - 1):
            return first
        start = first - 1
        while start > max(floor, at - LONGEST) and self._belongs(page, start - 1) and not page.opens_line(start):
            start -= 1
        return start if start < first - 1 else first

    def _belongs(self, page: Page, at: int) -> bool:
        if self.nominal(page, at) or page.low(at) in self._trailing or self._outcomes.at(page.lower, at):
            return True
        if self._outcomes.before(page.lower, at + 1):
            return True
        if page.low(at) in self._times:
            return self.nominal(page, at - 1) and self.nominal(page, at + 1)
        return page.low(at) == "/" and page.tight(at) and page.tight(at + 1)

    def _subject(self, page: Page, at: int, floor: int) -> tuple[int, int] | None:
        """Return the head of the phrase before a link, over the prepositional phrases and the verb between them."""
        found: tuple[int, int] | None = None
        stop = max(floor, at - FURTHEST)
        while at > stop:
            phrase = self.phrase_before(page, at, stop)
            if phrase is not None:
                found, at = phrase, phrase[0]
                if page.opens_line(at):
                    break
                while at > stop and page.low(at - 1) in self._measures:
                    at -= 1
            word = page.low(at - 1)
            if at <= stop or page.opens_line(at):
                break
            if word == ")" and (opening := self._bracket(page, at - 1, stop)) is not None:
                at = opening
                continue
            if not self._bridged(page, at, bool(phrase), found is not None):
                break
            at -= 1
        return found
