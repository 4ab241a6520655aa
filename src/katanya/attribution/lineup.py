"""Everybody who may have said something, with what speaks for each: who was told of where, and who has spoken.

Features have names: ``turn:0`` spoke last, ``named:1`` was last named one sentence before, ``opens:1`` was the
subject of the sentence before, ``new`` was told of since the last statement.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from katanya.attribution.drafts import Draft, Range
from katanya.attribution.earlier import EarlierReader
from katanya.attribution.people import Character
from katanya.attribution.phrases import PhraseReader, Reading
from katanya.attribution.salience import Candidate
from katanya.attribution.scene import Scene, Voice, position_of
from katanya.core.analysis import Analysis
from katanya.lang.pack import Pack

VOICES = 10  # turns that are remembered
PEOPLE = 8  # people told of outside quotations that are remembered
QUOTED = 3  # and inside them
MENTIONS = 40  # mentions that are looked at for them
AHEAD = 12  # tokens after a statement in which its speaker may first be named
STEPS = ("0", "1", "2", "3", "4", "4", "6", "6", "6", "9", "9", "9")
LEAST_DIGITS = 2
INITIALS = 3  # letters
Key = int | str


@dataclass(slots=True)
class Entry:
    """What is known of one candidate: positions are tokens, -1 where there is none."""

    voice: Voice
    turn: int = -1
    times: int = 0
    spoke: int = -1
    named: int = -1
    order: int = -1
    quoted: int = -1
    opened: int = -1
    ahead: bool = False
    features: list[str] = field(default_factory=list)


class LineupReader:
    """Gathers candidates by the word lists of a language."""

    def __init__(self, pack: Pack, phrases: PhraseReader, earlier: EarlierReader) -> None:
        self.phrases = phrases
        self.prepositions = pack.words("grammar.prepositions")
        self.continuing = pack.words("grammar.trailing_adverbs")
        self.cues = pack.cues
        self.earlier = earlier
        self.pointers = pack.words("pronouns.demonstratives")
        self.accused = pack.words("roles.initials")
        self.common = pack.words("roles.common")

    def itself(self, reading: Reading) -> list[str]:
        """Return the features of a phrase that stands for itself."""
        words = [word for word in reading.words if word[0].isalnum() and word not in self.pointers]
        names = ["itself", f"itself:{reading.rule}", f"itself:words:{min(4, len(words))}"]
        if len(words) < len(reading.words):
            names.append("itself:pointing")
        if any(word[0].isupper() for word in reading.text.split()[1:]):
            names.append("itself:named")
        if reading.head in self.common:
            names.append("itself:common")
        return names

    def nobody(self, analysis: Analysis, draft: Draft) -> list[str]:
        """Return the features of hearsay: the cue, and whether the sentence goes on from the one before."""
        lower = analysis.tokens.lower
        names = ["nobody", f"nobody:{draft.kind.value}"]
        if draft.cue is None:
            return names
        first, last = draft.cue
        cue = self.cues.get(" ".join(lower[first:last]))
        names.append(f"nobody:{lower[last - 1]}")
        if cue is not None:
            names.append(f"nobody:{cue.act.value}")
        if any(lower[at] in self.continuing for at in range(max(0, first - 2), first)):
            names.append("nobody:continues")
        return names


class Lineup:
    """The candidates of an article."""

    def __init__(
        self,
        reader: LineupReader,
        scene: Scene,
        order: list[Draft],
        named: Mapping[int, Character],
        heard: Mapping[int, int],
    ) -> None:
        """Take the drafts in order, whom each of them names, by its id, and how often each character is named so."""
        self._reader, self._scene = reader, scene
        self._named, self._heard = named, heard
        self._following = {id(draft): named[id(after)] for draft, after in pairwise(order) if id(after) in named}
        self._openings: dict[int, Reading | None] = {}
        self._offices: dict[int, Character | None] = {}

    def gather(self, draft: Draft, reading: Reading | None = None) -> list[Candidate]:
        """Return who may have said a draft, each with features; the phrase by itself where it has been read."""
        place = position_of(draft)
        entries: dict[Key, Entry] = {}
        self._spoken(entries)
        self._told(entries, place)
        self._opening(entries, place)
        self._next(entries, place)
        after = self._following.get(id(draft))
        if after is not None:
            self._entry(entries, self._scene.voice_of(after, place))
        around = self._around(draft, place)
        for entry in entries.values():
            self._describe(entry, draft, place, after, around)
            if reading is not None:
                self._compare(entry, reading)
        return [Candidate(entry.voice, entry.features) for entry in entries.values()]

    def _around(self, draft: Draft, place: int) -> str | None:
        """Return who says the statement that holds a draft, empty where it is open, ``None`` where none holds it."""
        outer = self._scene.around(draft) if self._scene.nested(place) else None
        if outer is None:
            return None
        ahead = self._named.get(id(outer))
        return outer.speaker or ("" if ahead is None else self._scene.final(ahead).name)

    def _entry(self, entries: dict[Key, Entry], voice: Voice) -> Entry:
        key: Key = id(voice.character) if voice.character is not None else voice.name.lower()
        found = entries.get(key)
        if found is None:
            found = entries[key] = Entry(voice)
        return found

    def _spoken(self, entries: dict[Key, Entry]) -> None:
        for voice in self._scene.latest(VOICES):
            if voice.character is not None:
                voice = self._scene.voice_of(voice.character, voice.position)
            entry = self._entry(entries, voice)
            if entry.turn < 0:
                entry.turn, entry.spoke = len(entries) - 1, voice.position
            entry.times += 1

    def _told(self, entries: dict[Key, Entry], place: int) -> None:
        """Add the people told of last, outside quotations and inside."""
        for quoted, most in ((False, PEOPLE), (True, QUOTED)):
            seen = set[int]()
            for first, character in self._scene.mentions_before(place, MENTIONS, quoted=quoted):
                if character.thing or id(character) in seen:
                    continue
                entry = self._entry(entries, self._scene.voice_of(character, first))
                if quoted:
                    entry.quoted = first
                elif entry.named < 0:
                    entry.named, entry.order = first, len(seen)
                seen.add(id(character))
                if len(seen) == most:
                    break

    def _next(self, entries: dict[Key, Entry], place: int) -> None:
        for first, character in self._scene.mentions_after(place, AHEAD):
            if not character.thing:
                self._entry(entries, self._scene.voice_of(character, first)).ahead = True

    def _opening(self, entries: dict[Key, Entry], place: int) -> None:
        """Add who opens the sentence of a statement and the one before."""
        sentence = self._scene.sentence_at(place)
        for at in (sentence, sentence - 1, sentence - 2):
            if at < 0:
                continue
            opening = self._scene.opening_of(at)
            if opening is None or opening[1] > place:
                continue
            voice = self._opener(at, opening)
            if voice is not None:
                entry = self._entry(entries, voice)
                entry.opened = max(entry.opened, opening[0])
                entry.features.append(f"subject:{sentence - at}")

    def _opener(self, at: int, opening: Range) -> Voice | None:
        """Return who is told by the words that open a sentence, an office led back to its bearer."""
        scene, phrases = self._scene, self._reader.phrases
        if at not in self._openings:
            self._openings[at] = phrases.read(scene.analysis, scene.cast, *opening)
        reading = self._openings[at]
        if reading is None or reading.rule in {"self", "utterance"}:
            return None
        if reading.character is not None:
            return None if reading.character.thing else scene.voice_of(reading.character, opening[0])
        if reading.refers in {"role", "body", "document"}:
            same = scene.last_like(reading.head)
            if same is not None:
                return same
        if reading.refers == "role":
            if at not in self._offices:
                words = tuple(word for word in reading.words if word not in self._reader.pointers)
                self._offices[at] = scene.by_role(words, reading.head)
            character = self._offices[at]
            if character is not None:
                return scene.voice_of(character, opening[0])
        if reading.rule in {"organisation", "phrase"}:
            return None
        return Voice(reading.text, reading.kind, opening[0], None, reading.head)

    def _describe(self, entry: Entry, draft: Draft, place: int, after: Character | None, around: str | None) -> None:
        """Write down what speaks for and against a candidate."""
        scene, voice, names = self._scene, entry.voice, entry.features
        sentence = scene.sentence_at(place)
        paragraph = scene.paragraph_at(sentence)
        names.append(f"kind:{voice.kind.value}")
        names.append(f"turn:{min(entry.turn, 3)}" if entry.turn >= 0 else "turn:none")
        last = scene.latest_position()
        if entry.spoke >= 0:
            said = scene.sentence_at(entry.spoke)
            names.append(f"spoke:{_step(sentence - said)}")
            names.append(f"spoke-paragraph:{min(3, paragraph - scene.paragraph_at(said))}")
            names.append(f"turn:{min(entry.turn, 1)}:{voice.kind.value}")
            names.append(f"said:{_step(entry.times)}")
            if entry.turn == 0:
                names.append(f"turn:0:{draft.kind.value}:{min(3, paragraph - scene.paragraph_at(said))}")
        if entry.named >= 0:
            self._mentioned(entry, names, sentence, paragraph, last)
        else:
            names.append("named:only-quoted" if entry.quoted >= 0 else "named:none")
        if entry.opened > last:
            names.append("new-subject")
        if entry.ahead:
            names.append("ahead")
        character = voice.character
        if character is not None:
            if after is not None:
                names.append("next" if scene.final(after) is character else "not-next")
            names.append(f"heard:{_step(self._heard.get(id(character), 0))}")
            if scene.called(character, self._reader.accused):
                names.append("accused")
            if len(voice.name) <= INITIALS and voice.name.isupper():
                names.append("initials")
            names.append(f"mentions:{_step(len(character.mentions))}")
            names.append("introduced" if character.introductions else "bare")
            if any(_within(character, content) for content in draft.contents):
                names.append("in-content")
        if around is not None:
            inside = "open" if not around else "outer" if around == voice.name else "other"
            names.append(f"inside:{inside}")
            names.append(f"inside:{inside}:turn:{min(entry.turn, 2)}")
            if entry.quoted >= 0:
                names.append("inside:quoted")

    def _mentioned(self, entry: Entry, names: list[str], sentence: int, paragraph: int, last: int) -> None:
        scene = self._scene
        told = scene.sentence_at(entry.named)
        names.append(f"named:{_step(sentence - told)}")
        names.append(f"named-paragraph:{min(3, paragraph - scene.paragraph_at(told))}")
        names.append(f"order:{min(3, entry.order)}")
        opens = scene.opens_sentence(entry.named)
        if opens and sentence - told <= 1:
            names.append(f"opens:{sentence - told}")
        if sentence - told <= 1 and scene.reported(entry.named):
            names.append("agent")
        if opens and scene.reports(entry.named):
            names.append("reports")
            if entry.named > last:
                names.append("new-reports")
        if entry.named > last:
            names.append("new")
            if opens:
                names.append("new-opener")
            if entry.spoke < 0:
                names.append("new-voice")
        before = scene.analysis.tokens.lower[entry.named - 1] if entry.named else ""
        if before in self._reader.prepositions:
            names.append(f"after:{before}")

    def _compare(self, entry: Entry, reading: Reading) -> None:
        """Write down how well a candidate fits an office or a description."""
        names, voice = entry.features, entry.voice
        if voice.head and voice.head == reading.head:
            names.append(f"same-head:{voice.kind.value}")
        character = voice.character
        if character is None:
            return
        wanted = {word for word in reading.words if word[0].isalnum() and word not in self._reader.pointers}
        hits = len(wanted & character.described)
        names.append(f"described:{int(4 * hits / max(1, len(wanted)))}")
        if reading.head in character.described:
            names.append("head-described")
        if self._scene.office_fits(character, reading.head, wanted):
            names.append("office")
        if self._scene.called(character, self._reader.earlier.akin(reading.head)):
            names.append("called")
        ages = {word for word in wanted if word.isdigit() and len(word) == LEAST_DIGITS}
        if ages:
            names.append("age" if self._scene.beside(character, ages) else "no-age")
        if reading.nickname is not None and self._scene.final(reading.nickname) is character:
            names.append("nickname")


def _within(character: Character, content: Range) -> bool:
    """Tell whether a content mentions somebody."""
    at = bisect_left(character.mentions, content)
    return at < len(character.mentions) and character.mentions[at][0] < content[1]


def _step(count: int) -> str:
    return STEPS[max(0, min(count, len(STEPS) - 1))]


def mark_ruled(candidates: list[Candidate], ruled: Voice | None, rule: str) -> None:
    """Write down which candidate the rules would take, and add it where it is missing."""
    for candidate in candidates:
        voice = candidate.voice
        if voice is None or ruled is None:
            same = voice is ruled
        elif voice.character is not None or ruled.character is not None:
            same = voice.character is ruled.character
        else:
            same = voice.name.lower() == ruled.name.lower()
        if same:
            candidate.features += ["rule", f"rule:{rule}"]
            return
    candidates.append(Candidate(ruled, ["rule", f"rule:{rule}", "far"]))
