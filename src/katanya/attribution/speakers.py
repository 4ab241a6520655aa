"""Whose words: the source phrase of each statement led back to a person, an organisation, a group or a document.

A phrase is read first by itself (a name in it, or the noun at its head); what it leaves open (a pronoun, a role
alone, nothing at all) is settled by who spoke or acted last.
"""

from bisect import bisect_left, bisect_right

from katanya.attribution.drafts import Draft
from katanya.attribution.people import Cast, CastReader, Character, name_text
from katanya.core.analysis import Analysis
from katanya.core.records import Kind, Person, SpeakerKind
from katanya.lang.pack import Pack


class Voice:
    """A speaker as told so far: the canonical name, the kind, and the character where it is a person."""

    __slots__ = ("character", "head", "kind", "name", "position")

    def __init__(
        self, name: str, kind: SpeakerKind, position: int, character: Character | None = None, head: str = ""
    ) -> None:
        self.name, self.kind, self.position, self.character, self.head = name, kind, position, character, head


class SpeakerResolver:
    """Finds the speaker of every draft by the word lists of a language."""

    def __init__(self, pack: Pack) -> None:
        self._cast = CastReader(pack)
        self._singular = pack.words("pronouns.singular")
        self._plural = pack.words("pronouns.plural")
        self._first = pack.words("pronouns.first")
        self._pointers = pack.words("pronouns.demonstratives")
        self._heads = pack.words("roles.heads")
        self._relational = pack.words("roles.relational")
        self._documents = pack.words("roles.documents")
        self._utterances = pack.words("roles.utterances")
        self._bodies = pack.words("roles.bodies") | pack.words("roles.organisations")
        self._people = pack.words("roles.people")
        self._singles = pack.words("roles.singles")
        self._conjunctions = pack.words("grammar.conjunctions")
        self._origins = pack.words("roles.origins")
        self._known = pack.words("names.places") | pack.words("names.organisations")

    def resolve(self, analysis: Analysis, drafts: list[Draft]) -> tuple[Person, ...]:
        """Set ``speaker`` and ``speaker_kind`` of every draft and return the people who speak, in order."""
        cast = self._cast.read(analysis)
        scene = _Scene(analysis, cast)
        speaking: dict[int, Character] = {}
        for draft in sorted(drafts, key=_position):
            voice, rule = self._voice(scene, draft)
            draft.because.append(f"speaker:{rule}")
            if voice is None:
                continue
            draft.speaker, draft.speaker_kind = voice.name, voice.kind
            scene.spoke(voice, draft)
            if voice.character is not None:
                speaking.setdefault(id(voice.character), voice.character)
        return tuple(self._cast.person(analysis, character) for character in speaking.values())

    def _voice(self, scene: "_Scene", draft: Draft) -> tuple[Voice | None, str]:
        if draft.source is None:
            return self._unsaid(scene, draft)
        first, last = draft.source
        lower = scene.tokens.lower
        if draft.cue and draft.cue[0] <= first and last <= draft.cue[1]:
            return self._pronoun(scene, draft, plural=False)
        if last - first <= 2 and (lower[first] in self._singular or lower[last - 1] in self._singular):
            return self._pronoun(scene, draft, plural=False)
        if last - first <= 2 and lower[first] in self._plural:
            return self._pronoun(scene, draft, plural=True)
        return self._phrase(scene, draft, first, last)

    def _unsaid(self, scene: "_Scene", draft: Draft) -> tuple[Voice | None, str]:
        """Settle a statement with no source: a quotation goes on, a passive is hearsay."""
        if draft.cue is None and scene.last is not None:
            return scene.last, "runs-on"
        if draft.kind is Kind.DIRECT and scene.last is not None:
            return scene.last, "runs-on"
        return None, "nobody"

    def _pronoun(self, scene: "_Scene", draft: Draft, plural: bool) -> tuple[Voice | None, str]:
        position = _position(draft)
        if plural:
            for voice in reversed(scene.voices):
                if voice.kind in (SpeakerKind.GROUP, SpeakerKind.ORGANISATION):
                    return voice, "pronoun:last-group"
            return scene.last, "pronoun:last"
        subject = scene.subject_before(position)
        last = scene.last_person()
        if subject is not None and (last is None or subject.position > last.position):
            return subject, "pronoun:last-subject"
        if last is not None:
            return last, "pronoun:last-speaker"
        near = scene.person_before(position)
        return (near, "pronoun:nearest") if near else (scene.last, "pronoun:last")

    def _phrase(self, scene: "_Scene", draft: Draft, first: int, last: int) -> tuple[Voice | None, str]:
        tokens, lower, words = scene.tokens, scene.tokens.lower, scene.tokens.words
        while last - first > 1 and (lower[first] in self._utterances or lower[first] in self._origins):
            first += 1
        head = lower[first]
        text = name_text(scene.analysis, (first, last))
        pointing = lower[last - 1] in self._pointers
        if head in self._documents:
            return Voice(text, SpeakerKind.DOCUMENT, first, head=head), "document"
        named = self._named(scene, first, last)
        if named is not None and not pointing:
            return scene.voice_of(named, first), "name"
        short = scene.cast.organisations.get(text.lower())
        if short:
            return Voice(short, SpeakerKind.ORGANISATION, first, head=head), "abbreviation"
        if pointing or head in self._heads:
            character = scene.by_role(lower[first:last], self._pointers)
            if character is not None:
                return scene.voice_of(character, first), "role"
            if pointing and head not in self._bodies:
                return self._pronoun(scene, draft, plural=False)
        if head in self._bodies or (words[first][0].isupper() and head not in self._heads | self._people):
            return Voice(text, SpeakerKind.ORGANISATION, first, head=head), "organisation"
        if head in self._people or "-" in head:
            return Voice(text, SpeakerKind.GROUP, first, head=head), "group"
        kind = SpeakerKind.ANONYMOUS if head in self._heads | self._singles else SpeakerKind.GROUP
        return Voice(text, kind, first, head=head), "description"

    def _named(self, scene: "_Scene", first: int, last: int) -> Character | None:
        """Return the person that a phrase names: at its start, else after its comma, else at its end."""
        found: list[tuple[int, Character]] = []
        for index in range(first, last):
            character = scene.cast.by_token.get(index)
            if character is not None and (not found or found[-1][1] is not character):
                found.append((index, character))
        if not found:
            return None
        start = first
        while start < last and scene.tokens.lower[start] not in self._heads and start not in scene.cast.by_token:
            start += 1
        if found[0][0] == start or len(found) == 1:
            return found[0][1]
        comma = next((index for index in range(first, last) if scene.tokens.words[index] == ","), last)
        after = [character for index, character in found if index > comma]
        return after[0] if after and found[0][0] > first else found[0][1]


class _Scene:
    """What has been told up to a point of the article: who spoke, who was the subject of a sentence."""

    def __init__(self, analysis: Analysis, cast: Cast) -> None:
        self.analysis, self.tokens, self.cast = analysis, analysis.tokens, cast
        self.voices: list[Voice] = []
        quoted = {index for quotation in analysis.quotations for index in range(quotation.first, quotation.last)}
        self._mentions = sorted(
            {mention: character for character in cast.characters for mention in character.mentions}.items(),
            key=lambda item: item[0],
        )
        self._mentions = [item for item in self._mentions if item[0][0] not in quoted]
        self._places = [mention[0] for mention, _ in self._mentions]
        self._starts = [sentence.first for sentence in analysis.sentences if sentence.quotation is None]
        self._subjects: list[tuple[int, Character]] = []
        seen: set[int] = set()
        for mention, character in self._mentions:
            at = bisect_right(self._starts, mention[0]) - 1
            if at not in seen:
                seen.add(at)
                self._subjects.append((mention[0], character))
        self._subject_places = [place for place, _ in self._subjects]

    @property
    def last(self) -> Voice | None:
        """The voice heard last."""
        return self.voices[-1] if self.voices else None

    def last_person(self) -> Voice | None:
        """The person, named or not, heard last."""
        kinds = (SpeakerKind.PERSON, SpeakerKind.ANONYMOUS)
        return next((voice for voice in reversed(self.voices) if voice.kind in kinds), None)

    def spoke(self, voice: Voice, draft: Draft) -> None:
        """Take note that a voice has spoken."""
        self.voices.append(Voice(voice.name, voice.kind, _position(draft), voice.character, voice.head))

    def voice_of(self, character: Character, position: int) -> Voice:
        """Return a character as a voice."""
        return Voice(name_text(self.analysis, character.fullest), SpeakerKind.PERSON, position, character)

    def subject_before(self, position: int) -> Voice | None:
        """Return the first person of the last sentence before a position that names one."""
        at = bisect_left(self._subject_places, position) - 1
        if at < 0:
            return None
        place, character = self._subjects[at]
        return self.voice_of(character, place)

    def person_before(self, position: int) -> Voice | None:
        """Return the person named last before a position."""
        at = bisect_left(self._places, position) - 1
        return self.voice_of(self._mentions[at][1], self._places[at]) if at >= 0 else None

    def by_role(self, phrase: list[str], pointers: frozenset[str]) -> Character | None:
        """Return the character whose introductions hold most of the words of a description."""
        wanted = {word for word in phrase if word not in pointers and word[0].isalnum()}
        best: tuple[int, Character] | None = None
        for character in self.cast.characters:
            hits = len(wanted & character.described)
            if hits and hits >= len(wanted) * 0.6 and (best is None or hits > best[0]):
                best = hits, character
        return best[1] if best else None


def _position(draft: Draft) -> int:
    return draft.cue[0] if draft.cue else draft.contents[0][0]

