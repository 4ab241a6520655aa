"""What an article has told up to a point: who has spoken, who has been the subject of a sentence."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass

from katanya.attribution.drafts import Draft, Range
from katanya.attribution.likeness import shortens
from katanya.attribution.people import Cast, Character
from katanya.core.analysis import Analysis
from katanya.core.records import SpeakerKind

ENOUGH = 40  # mentions of one person that are looked at
ALIKE = 0.7  # part of the words of a description that a known introduction must hold
NEAR = 4  # tokens between a noun and the name that it describes
CLOSE = 6  # tokens of a name and the verb after it
REACH = 18  # tokens between a name and its verb
OPENING = 12  # tokens from the start of a sentence within which its subject begins


@dataclass(slots=True)
class Voice:
    """A speaker as told so far: the canonical name, the kind, the character where it is a person."""

    name: str
    kind: SpeakerKind
    position: int
    character: Character | None = None
    head: str = ""


@dataclass(frozen=True, slots=True)
class Signs:
    """Words that tell what a sentence does: report, begin with an aside, name an agent, go on to its verb."""

    reporting: Set[str]
    leading: Set[str]
    agents: Set[str]
    stops: Set[str]
    is_verb: Callable[[str], bool]


class Scene:
    """The discourse of an article as the drafts are settled one after the other."""

    def __init__(self, analysis: Analysis, cast: Cast, drafts: list[Draft], heard: Set[int], signs: Signs) -> None:
        self.analysis, self.cast = analysis, cast
        self._drafts = drafts
        self._signs = signs
        self._nicknames: dict[int, Character] = {}
        self._voices: list[Voice] = []
        self._by_kind: dict[SpeakerKind, tuple[int, Voice]] = {}
        self._by_head: dict[str, Voice] = {}
        self._inside, self._holders = _contents(drafts)
        outer = sorted((one.first, one.paragraph) for one in analysis.sentences if one.quotation is None)
        self._starts = [first for first, _ in outer]
        self._paragraphs = [paragraph for _, paragraph in outer]
        self._openers: list[tuple[int, Character]] = []
        self._subjects = self._survey(heard)
        self._subject_places = [first for first, _ in self._subjects]
        self._opener_places = [first for first, _ in self._openers]

    def _survey(self, heard: Set[int]) -> list[tuple[int, Character]]:
        """Return the mentions outside quotations that open a sentence and speak somewhere."""
        analysis = self.analysis
        quoted = {
            index
            for quotation in analysis.quotations
            if quotation.speech
            for index in range(quotation.first, quotation.last)
        }
        everywhere = [(first, character) for character in self.cast.characters for first, _ in character.mentions]
        everywhere.sort(key=lambda item: item[0])
        mentions = [mention for mention in everywhere if mention[0] not in quoted]
        self._mentions = {False: mentions, True: [mention for mention in everywhere if mention[0] in quoted]}
        self._places = {inside: [first for first, _ in found] for inside, found in self._mentions.items()}
        starts = self._starts
        subjects, seen = [], set[int]()
        introducing = self._introducing()
        for first, character in mentions:
            at = bisect_right(starts, first) - 1
            if at >= 0 and at not in seen and introducing.get(first, character) is character:
                seen.add(at)
                self._openers.append((first, character))
                begin = self._begin(first, character, starts[at])
                told = id(character) in heard or self.reported(first) or self.reports(first, CLOSE)
                told = told or (begin > 0 and analysis.tokens.lower[begin - 1] in self._signs.agents)
                if told and begin - starts[at] <= OPENING and not self.nested(first):
                    subjects.append((first, character))
        return subjects

    def _introducing(self) -> dict[int, Character]:
        """Return whom each token introduces: in *Pengacara X, Y* the words before Y, with X in them."""
        return {
            index: character
            for character in self.cast.characters
            for found in character.introductions
            for part in (found.role, found.affiliation)
            if part
            for index in range(*part)
        }

    @staticmethod
    def _begin(first: int, character: Character, floor: int) -> int:
        """Return where the office begins that introduces a mention: a long one opens its sentence all the same."""
        roles = (found.role for found in character.introductions)
        return min((role[0] for role in roles if role and floor <= role[0] < first), default=first)

    def reported(self, first: int) -> bool:
        """Tell whether a reporting word stands before a mention in its sentence (*hal itu dikatakan X*)."""
        start = self._starts[bisect_right(self._starts, first) - 1]
        return not self._signs.reporting.isdisjoint(self.analysis.tokens.lower[start:first])

    def reports(self, first: int, reach: int = REACH) -> bool:
        """Tell whether a reporting word follows a mention in its sentence (*X, dosen, menyampaikan angka*)."""
        at = bisect_right(self._starts, first)
        last = min(first + reach, self._starts[at] if at < len(self._starts) else len(self.analysis.tokens))
        return not self._signs.reporting.isdisjoint(self.analysis.tokens.lower[first:last])

    def around(self, draft: Draft) -> Draft | None:
        """Return the draft in whose content another stands, the smallest if there are several."""
        place = position_of(draft)
        at = bisect_right(self._inside, (place, len(self.analysis.tokens))) - 1
        holding = [
            (last - first, number)
            for (first, last), number in (self._holders[at] if at >= 0 else ())
            if first <= place < last and self._drafts[number] is not draft
        ]
        return self._drafts[min(holding)[1]] if holding else None

    def spoke(self, voice: Voice, draft: Draft) -> None:
        """Take note that a voice has spoken; inside another's statement the turn stays with the other."""
        position = draft.cue[0] if draft.cue else draft.contents[0][0]
        nested = self.nested(position)
        entry = Voice(voice.name, voice.kind, position, voice.character, voice.head)
        before = self._voices[-1] if nested and self._voices else None
        if before is None:
            self._voices.append(entry)
        else:
            self._voices.insert(len(self._voices) - 1, entry)
        if before is None or before.kind is not entry.kind:
            self._by_kind[entry.kind] = len(self._voices) - 1 - (before is not None), entry
        if before is None or before.head != entry.head:
            self._by_head[entry.head] = entry
        if before is not None:
            self._by_kind[before.kind] = len(self._voices) - 1, before

    def latest(self, most: int) -> list[Voice]:
        """Return the voices heard last, the last one first."""
        return self._voices[: -most - 1 : -1]

    def latest_position(self) -> int:
        """Return where the last statement stands, -1 before the first."""
        return self._voices[-1].position if self._voices else -1

    def sentence_at(self, position: int) -> int:
        """Return the number of the outer sentence that holds a token."""
        return bisect_right(self._starts, position) - 1

    def start_of(self, sentence: int) -> int:
        """Return the first token of an outer sentence."""
        return self._starts[max(0, sentence)] if self._starts else 0

    def paragraph_at(self, sentence: int) -> int:
        """Return the paragraph of an outer sentence."""
        return self._paragraphs[max(0, sentence)] if self._paragraphs else 0

    def mentions_before(self, place: int, most: int, *, quoted: bool) -> Iterator[tuple[int, Character]]:
        """Yield the mentions before a token backwards, those outside quotations or those inside."""
        end = bisect_left(self._places[quoted], place)
        return reversed(self._mentions[quoted][max(0, end - most) : end])

    def mentions_after(self, place: int, reach: int) -> list[tuple[int, Character]]:
        """Return the mentions outside quotations in the tokens after a token."""
        places = self._places[False]
        return self._mentions[False][bisect_right(places, place) : bisect_right(places, place + reach)]

    def opens_sentence(self, first: int) -> bool:
        """Tell whether a mention is the first of its sentence."""
        at = bisect_left(self._opener_places, first)
        return at < len(self._opener_places) and self._opener_places[at] == first

    def last_of(self, kinds: Set[SpeakerKind] | None) -> Voice | None:
        """Return the voice of one of some kinds heard last."""
        if kinds is None:
            return self._voices[-1] if self._voices else None
        heard = [self._by_kind[kind] for kind in kinds if kind in self._by_kind]
        return max(heard, key=lambda item: item[0])[1] if heard else None

    def last_like(self, head: str) -> Voice | None:
        """Return the voice heard last whose phrase had the same head noun."""
        return self._by_head.get(head)

    def call(self, nickname: Character, character: Character) -> None:
        """Take note that a name is another's nickname."""
        if nickname is not character:
            self._nicknames[id(nickname)] = character

    def since(self, position: int, draft: Draft) -> int:
        """Return how many sentences lie between a position and a draft."""
        return bisect_right(self._starts, position_of(draft)) - bisect_right(self._starts, position)

    def voice_of(self, character: Character, position: int) -> Voice:
        """Return a character, or whose nickname it turned out to be, as a voice."""
        character = self.final(character)
        return Voice(character.name, SpeakerKind.PERSON, position, character)

    def subject_before(self, draft: Draft) -> Voice | None:
        """Return the last person before a draft who opened a sentence."""
        at = bisect_left(self._subject_places, position_of(draft)) - 1
        return self.voice_of(self._subjects[at][1], self._subjects[at][0]) if at >= 0 else None

    def person_before(self, draft: Draft, but: Character | None = None) -> Voice | None:
        """Return the first person of the last sentence before a draft that names one."""
        place = position_of(draft)
        for first, character in reversed(self._openers):
            if first < place and character is not but and not character.thing:
                return self.voice_of(character, first)
        return None

    def opening_before(self, draft: Draft) -> Range | None:
        """Return the words that open the sentence before a draft's, up to its verb."""
        at = self.sentence_at(position_of(draft)) - 1
        return self.opening_of(at) if at >= 0 else None

    def opening_of(self, sentence: int) -> Range | None:
        """Return the words that open a sentence, up to its verb."""
        signs, lower = self._signs, self.analysis.tokens.lower
        first = last = self._starts[sentence]
        while last < min(first + OPENING, len(lower)):
            word = lower[last]
            if word == "," and (lower[first] in signs.leading or " ".join(lower[first:last]) in signs.leading):
                first = last = last + 1  # *Sementara itu, …*, *Di Solo, …*
                continue
            if not word[0].isalnum() or word in signs.reporting or word in signs.stops or signs.is_verb(word):
                break
            last += 1
        return (first, last) if first < last else None

    def final(self, character: Character) -> Character:
        """Return the character that bears a nickname, else the character itself."""
        return self._nicknames.get(id(character), character)

    def by_role(self, phrase: tuple[str, ...], head: str) -> Character | None:
        """Return the character whose introductions hold the head and most of the words of a description."""
        wanted = {word for word in phrase if word[0].isalnum()}
        best: tuple[int, Character] | None = None
        for character in self.cast.characters:
            if len(wanted) == 1 and any(shortens(head, office.split(" ")) for office in character.offices):
                return character
            shortened = head not in character.described and any(
                shortens(head, office.split(" ")) for office in character.offices
            )
            hits = len(wanted & character.described) + shortened
            if (
                (shortened or head in character.described)
                and hits >= len(wanted) * ALIKE
                and (best is None or hits > best[0])
            ):
                best = hits, character
        return best[1] if best else None

    def office_fits(self, character: Character, head: str, wanted: Set[str]) -> bool:
        """Tell whether somebody holds an office that a lone word shortens (*kapolda*)."""
        return len(wanted) == 1 and any(shortens(head, office.split(" ")) for office in character.offices)

    def called(self, character: Character, heads: Set[str]) -> bool:
        """Tell whether one of some nouns stands just before a mention (*tersangka berinisial RK*)."""
        lower = self.analysis.tokens.lower
        return any(
            not heads.isdisjoint(lower[max(0, first - NEAR) : first]) for first, _ in character.mentions[:ENOUGH]
        )

    def beside(self, character: Character, words: Set[str]) -> bool:
        """Tell whether one of some words stands in brackets after a mention, as an age does."""
        lower, end = self.analysis.tokens.lower, len(self.analysis.tokens) - 1
        return any(
            last < end and lower[last] == "(" and lower[last + 1] in words for _, last in character.mentions[:ENOUGH]
        )

    def nested(self, position: int) -> bool:
        """Tell whether a token stands in the content of a statement."""
        at = bisect_right(self._inside, (position, len(self.analysis.tokens))) - 1
        return at >= 0 and self._inside[at][0] <= position < self._inside[at][1]


def position_of(draft: Draft) -> int:
    """Return the token at which a draft stands: its cue, else its content."""
    return draft.cue[0] if draft.cue else draft.contents[0][0]


def _contents(drafts: list[Draft]) -> tuple[list[Range], list[list[tuple[Range, int]]]]:
    """Join the contents of all drafts into ranges that do not overlap, in order, with what each is made of."""
    joined: list[Range] = []
    parts: list[list[tuple[Range, int]]] = []
    for content, number in sorted((content, at) for at, draft in enumerate(drafts) for content in draft.contents):
        if joined and content[0] < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], content[1]))
            parts[-1].append((content, number))
        else:
            joined.append(content)
            parts.append([(content, number)])
    return joined, parts
