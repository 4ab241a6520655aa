"""What the whole article says about each item: who is quoted, how often, where the next quotation stands."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from katanya.core.analysis import QUOTE
from katanya.core.records import Article, Kind, Person
from katanya.pfsa.items import Items

AHEAD = 6  # sentences in which a quotation is looked for
SHOWN = 8  # items of a source that hear of their speaker
STEP, FARTHEST = 3, 12  # steps in which the distance to a name counts


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What holds for all items of a sentence; ``outlook`` is the next quotation in one word."""

    facts: tuple[str, ...]
    outlook: str


class StoryReader:
    """Reads articles for their story; ``voices`` are the reporting words with how each stands in a sentence."""

    def __init__(self, voices: Mapping[str, str]) -> None:
        self._voices = voices

    def read(self, items: Items, article: Article, kinds: Sequence[str]) -> "Story":
        """Return what is known of an article's items; ``kinds`` are the kinds of names they belong to."""
        said = self._said(items)
        return Story(items, kinds, said, self._sentences(items, said), _people(items, article))

    def _said(self, items: Items) -> dict[str, list[int]]:
        """Return the words with a capital that follow a quotation and its cue, with where they stand."""
        found: dict[str, list[int]] = {}
        count = len(items)
        for index in range(count):
            if items.quotes[index] < 0:
                continue
            at = index + 1
            while at < count and (items.words[at] == "," or self._voices.get(items.lower[at]) == "bare"):
                at += 1
            if self._voices.get(items.lower[at - 1]) != "bare":
                continue
            while at < count and items.words[at][0].isupper():
                found.setdefault(items.lower[at], []).append(at)
                at += 1
        return found

    def _sentences(self, items: Items, said: Mapping[str, list[int]]) -> list[_Sentence]:
        number = (items.sentences[-1] if len(items) else 0) + 1
        quoted = [""] * number
        later = [False] * number  # somebody whom it names is quoted in it or after it
        for index, sentence in enumerate(items.sentences):
            if items.quotes[index] >= 0:
                quoted[sentence] = quoted[sentence] or self._ascribed(items, index)
            elif items.words[index][0].isupper() and not later[sentence]:
                later[sentence] = any(items.sentences[at] >= sentence for at in said.get(items.lower[index], ()))
        found: list[_Sentence] = []
        for sentence in range(number):
            ahead = next((d for d in range(min(AHEAD, number - sentence)) if quoted[sentence + d]), -1)
            kind = quoted[sentence + ahead] if ahead >= 0 else "none"
            back = next((d for d in range(1, min(AHEAD, sentence + 1)) if quoted[sentence - d]), 0)
            outlook = f"{ahead}{kind}{later[sentence]}"
            facts = (f"n{min(sentence, 4)}", f"q{ahead}", f"q{ahead}{kind}", f"own{quoted[sentence]}", f"back{back}",
                     f"later{later[sentence]}", f"o{outlook}")
            found.append(_Sentence(facts, outlook))
        return found

    def _ascribed(self, items: Items, index: int) -> str:
        """Tell how a quotation is ascribed, by what stands behind it."""
        at = index + 1
        if at < len(items) and items.words[at] == ",":
            at += 1
        if at >= len(items) or items.sentences[at] != items.sentences[index]:
            return "alone"
        voice = self._voices.get(items.lower[at], "more")
        if voice != "bare":
            return voice
        return "name" if at + 1 < len(items) and items.words[at + 1][0].isupper() else "word"


class Story:
    """Gives the items of one article what the article says of them."""

    def __init__(
        self, items: Items, kinds: Sequence[str], said: Mapping[str, list[int]], sentences: Sequence[_Sentence],
        people: Mapping[int, list[str]],
    ) -> None:
        self._items, self._kinds, self._said = items, kinds, said
        self._sentences, self._people = sentences, people
        self._first: dict[str, int] = {}
        self._total: Counter[str] = Counter()
        for index, word in enumerate(items.words):
            if word[0].isupper():
                self._total[items.lower[index]] += 1
                self._first.setdefault(items.lower[index], index)

    def row(self, index: int) -> list[str]:
        """Return the features of an item."""
        word, kind = self._items.words[index], self._kinds[index]
        sentence = self._sentences[self._items.sentences[index]]
        look = "Q" if word == QUOTE else "U" if word[0].isupper() else "l" if word[0].isalpha() else "."
        row = [f"s:{fact}" for fact in sentence.facts]
        row += [f"s:{look}:{fact}" for fact in sentence.facts]
        if kind:
            row += [f"k:{kind}:{fact}" for fact in sentence.facts]
        if look == "U":
            row += self._capital(index, kind, sentence.outlook)
        for fact in self._people.get(index, ()):
            row += (f"p:{fact}", f"p:{kind}:{fact}")
        return row

    def _capital(self, index: int, kind: str, outlook: str) -> list[str]:
        """Return where else a word with a capital stands, and how often beside a quotation."""
        low = self._items.lower[index]
        places = self._said.get(low, ())
        after, before = sum(at > index for at in places), sum(at < index for at in places)
        first = "first" if self._first[low] == index else "again"
        return [f"d:{first}", f"d:after{min(after, 3)}", f"d:before{min(before, 2)}",
                f"d:total{min(self._total[low], 4)}", f"d:{first}:{outlook}",
                f"d:{first}:{kind}:{min(after, 2)}:{min(before, 1)}"]


def _people(items: Items, article: Article) -> dict[int, list[str]]:
    """Return what is known of the people whom items name, introduce or quote.

    A person's facts go to the mentions, to the words of the sentence before a mention, and to what the person is
    quoted with, so that an introduction and a quotation far from it see the same.
    """
    direct = Counter(s.speaker for s in article.statements if s.speaker and s.kind is Kind.DIRECT)
    known: dict[str, list[str]] = {}
    facts: dict[int, list[str]] = {}
    mentions: dict[int, list[str]] = {}
    for person in article.people:
        whole, known[person.name] = _described(items, person)
        often = min(direct[person.name], 2)
        for order, mention in enumerate(person.mentions):
            turn = f"m{min(order, 2)}"
            own = [f"d{often}", turn, f"d{often}{turn}", f"d{often}{turn}{whole}", *known[person.name]]
            begin, end = items.range_of(mention.start, mention.end)
            mentions[begin] = own
            facts |= dict.fromkeys(range(begin, end), own)
    _announce(items, mentions, facts)
    for statement in article.statements:
        if statement.kind is not Kind.DIRECT:
            continue
        own = [f"by:{statement.speaker_kind.value}", f"by:often{min(direct[statement.speaker or ''], 3)}"]
        own += [f"by:{fact}" for fact in known.get(statement.speaker or "", ())]
        for span in (*statement.contents[:1], statement.cue, statement.source):
            if span is not None:
                begin, end = items.range_of(span.start, span.end)
                facts |= {index: facts.get(index, []) + own for index in range(begin, min(end, begin + SHOWN))}
    return facts


def _described(items: Items, person: Person) -> tuple[str, list[str]]:
    """Return how fully a person is introduced, and whether as a public figure or as one in the street."""
    whole = f"{'r' if person.role else ''}{'a' if person.affiliation else ''}{min(len(person.name.split()), 2)}"
    office = (person.role or "-").split()[0].lower()
    aged = False  # an age in brackets behind the name
    if person.mentions:
        after = items.range_of(person.mentions[0].start, person.mentions[0].end)[1]
        aged = after + 1 < len(items) and items.words[after] == "(" and items.words[after + 1].isdigit()
    return whole, [f"office:{office}", f"whole:{whole}", f"aged:{aged}"]


def _announce(items: Items, mentions: Mapping[int, list[str]], facts: dict[int, list[str]]) -> None:
    """Tell the words of a sentence of the person whom it names next."""
    coming: list[str] | None = None
    distance = 0
    for index in range(len(items) - 1, -1, -1):
        if index + 1 < len(items) and items.sentences[index] != items.sentences[index + 1]:
            coming = None
        if index in mentions:
            coming, distance = mentions[index], 0
        elif coming is not None:
            distance += 1
            if index not in facts:
                facts[index] = [f"next:{fact}" for fact in (*coming[:4], f"at{min(distance, FARTHEST) // STEP}")]
