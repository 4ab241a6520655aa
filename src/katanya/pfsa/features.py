"""What the tagger sees of an item: its words and neighbours, what the rules read there, the rest of the article."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from katanya.core.analysis import QUOTE, Analysis
from katanya.core.records import Article
from katanya.lang.pack import Pack
from katanya.pfsa.items import OUT, Items, items_of
from katanya.pfsa.marks import marks_of, name_kinds
from katanya.pfsa.second import Links, links_of, second_rows
from katanya.pfsa.story import StoryReader

CLASSES = {  # word list → its short name
    "roles.heads": "head", "roles.before": "before", "roles.fields": "field", "roles.territorial": "terr",
    "roles.organisations": "org", "roles.departments": "dept", "roles.bodies": "body", "roles.people": "folk",
    "roles.introducers": "intro", "roles.common": "common", "roles.seats": "seat", "roles.governing": "gov",
    "titles.before": "title", "titles.within_rank": "rank", "titles.after": "degree",
    "names.people": "pname", "names.places": "place", "names.organisations": "oname", "names.common": "cname",
    "names.particles": "part", "calendar.days": "day", "calendar.months": "month", "calendar.parts": "daypart",
    "calendar.deictics": "deictic", "occasion.openers": "opener", "occasion.nouns": "event",
    "occasion.gatherings": "gather", "occasion.asked": "asked", "occasion.activities": "doing",
    "grammar.prepositions": "prep", "grammar.conjunctions": "conj", "grammar.relatives": "rel",
    "grammar.complementizers": "comp", "grammar.connectives": "conn", "pronouns.singular": "he",
    "pronouns.plural": "they", "pronouns.demonstratives": "this",
}  # fmt: skip
WORTH = frozenset({"ner.per.B", "role.B", "dcue.B", "event.B"})  # marks of a sentence worth tagging
LEAD = 2  # sentences that are always worth it
MARKS = frozenset(",.;:!?()[]{}\"'“”‘’«»-–—/")
EDGE = "∅"
UNKNOWN = ("", "")
REACH = 3  # items on both sides that are looked at

Clusters = Mapping[str, tuple[str, str]]  # word → its fine and its coarse cluster
Plain = tuple[str, str, tuple[str, ...], tuple[str, str]]  # word, shape, classes, clusters


@dataclass(slots=True)
class Scene:
    """An article for the tagger: its items, the numbers of those worth tagging, and the features of each of these."""

    items: Items
    chosen: list[int]
    rows: list[list[str]]
    links: Links

    def spread(self, tags: Sequence[str]) -> list[str]:
        """Return a tag an item from the tags of those chosen."""
        spread = [OUT] * len(self.items)
        for index, tag in zip(self.chosen, tags, strict=True):
            spread[index] = tag
        return spread

    def second(self, tags: Sequence[str]) -> list[list[str]]:
        """Return the features of the second look, given the first look's tags of the chosen items."""
        more = second_rows(self.items, self.links, self.chosen, self.spread(tags))
        return [[*own, *added] for own, added in zip(self.rows, more, strict=True)]


class FeatureReader:
    """Gives the items of an article their features, by the word lists and cues of a language."""

    def __init__(self, pack: Pack, clusters: Clusters) -> None:
        self._clusters = clusters
        self._days = pack.words("calendar.days")
        voices = {form: cue.voice for form, cue in pack.cues.items() if " " not in form}
        suffixes = pack.words("pronouns.suffix")
        clitics = {form + end: "clitic" for form, voice in voices.items() if voice == "bare" for end in suffixes}
        voices = clitics | voices
        self._stories = StoryReader(voices)
        self._classes: dict[str, tuple[str, ...]] = {}
        for name, short in CLASSES.items():
            for word in pack.words(name):
                self._classes[word] = (*self._classes.get(word, ()), short)
        for word, voice in voices.items():
            self._classes[word] = (*self._classes.get(word, ()), f"cue.{voice}")

    def read(self, analysis: Analysis, article: Article) -> Scene:
        """Return what the tagger needs of an article, as the rules have read it."""
        items = items_of(analysis)
        kinds = name_kinds(items, analysis)
        marks = marks_of(items, analysis, article, kinds)
        chosen = self._choose(items, marks)
        story = self._stories.read(items, article, kinds)
        plain = [self._plain(word, low) for word, low in zip(items.words, items.lower, strict=True)]
        edge: list[Plain] = [(EDGE, EDGE, (), (EDGE, EDGE))] * REACH
        seats = edge + plain + edge
        rows = [_around(seats, index + REACH) + _marked(marks, index) + story.row(index) for index in chosen]
        return Scene(items, chosen, rows, links_of(items, article))

    def _choose(self, items: Items, marks: Sequence[Sequence[str]]) -> list[int]:
        """Return the items of sentences in which a span can stand: the lead, a person, a quotation, a date."""
        wanted = set(range(LEAD))
        for index, sentence in enumerate(items.sentences):
            dated = items.lower[index] in self._days and items.words[index + 1:index + 2] == ["("]
            if dated or items.quotes[index] >= 0 or not WORTH.isdisjoint(marks[index]):
                wanted.add(sentence)
        return [index for index, sentence in enumerate(items.sentences) if sentence in wanted]

    def _plain(self, word: str, low: str) -> Plain:
        clusters = self._clusters.get("9" if low.isdigit() else low, UNKNOWN)
        return low, shape_of(word), self._classes.get(low, ()), clusters


def _marked(marks: Sequence[Sequence[str]], index: int) -> list[str]:
    """Return the rules' marks on an item and on its neighbours."""
    row = [f"r0:{mark}" for mark in marks[index]]
    if index:
        row += [f"r-:{mark}" for mark in marks[index - 1]]
    if index + 1 < len(marks):
        row += [f"r+:{mark}" for mark in marks[index + 1]]
    return row


def _around(seats: Sequence[Plain], at: int) -> list[str]:
    """Return words, shapes, pieces, classes and clusters of an item and its neighbours."""
    w3, w2, w1, (low, shape, _, (fine, coarse)), n1, n2, n3 = seats[at - REACH:at + REACH + 1]
    row = [
        "bias", f"w0:{low}", f"w-1:{w1[0]}", f"w+1:{n1[0]}",
        f"w-2:{w2[0]}", f"w+2:{n2[0]}", f"w-3:{w3[0]}", f"w+3:{n3[0]}",
        f"w-10:{w1[0]}|{low}", f"w01:{low}|{n1[0]}", f"w-11:{w1[0]}|{n1[0]}",
        f"h0:{shape}", f"h-1:{w1[1]}", f"h+1:{n1[1]}", f"h-10:{w1[1]}{shape}", f"h01:{shape}{n1[1]}",
        f"h-101:{w1[1]}{shape}{n1[1]}", f"h-2:{w2[1]}{w1[1]}", f"h+2:{n1[1]}{n2[1]}",
    ]  # fmt: skip
    if low != QUOTE:
        row += (f"x2:{low[:2]}", f"x3:{low[:3]}", f"x4:{low[:4]}", f"y2:{low[-2:]}", f"y3:{low[-3:]}", f"y4:{low[-4:]}",
                f"y-1:{w1[0][-3:]}", f"y+1:{n1[0][-3:]}", f"x-1:{w1[0][:3]}", f"x+1:{n1[0][:3]}")
    for offset in (-2, -1, 0, 1, 2):
        row += [f"c{offset}:{label}" for label in seats[at + offset][2]]
    if fine:
        before, after = w1[3], n1[3]
        row += (f"g0:{fine}", f"G0:{coarse}", f"g-1:{before[0]}", f"g+1:{after[0]}", f"G-10:{before[1]}|{coarse}",
                f"G01:{coarse}|{after[1]}", f"G-11:{before[1]}|{after[1]}", f"G-2:{w2[3][1]}", f"G+2:{n2[3][1]}")
    return row


def shape_of(word: str) -> str:
    """Return a word's shape: itself for a mark, else by capitals and digits."""
    if word == QUOTE:
        return "Q"
    if word in MARKS:
        return word
    if word[0].isdigit():
        return "9" if word.isdigit() else "9x"
    if word.isupper():
        return "A" if len(word) == 1 else "AA"
    if word[0].isupper():
        return "Aa" if word[1:].islower() else "AaB"
    return "a" if word[0].isalpha() else "?"
