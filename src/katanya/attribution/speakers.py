"""Whose words: each source phrase led back to a person, an organisation, a group or a document.

A phrase is read first by itself (`PhraseReader`); what it leaves open (a pronoun, an office alone, nothing
at all) is settled by who spoke last, who was the subject since, and whose office it is: by a model of salience
where there is one, else by rules.
"""

from collections import Counter

from katanya.attribution.drafts import Draft, name_text
from katanya.attribution.earlier import EarlierReader
from katanya.attribution.lineup import Lineup, LineupReader, mark_ruled
from katanya.attribution.people import Cast, CastReader, Character
from katanya.attribution.phrases import PhraseReader, Reading
from katanya.attribution.salience import Candidate, Chooser
from katanya.attribution.scene import Scene, Signs, Voice, position_of
from katanya.core.analysis import Analysis
from katanya.core.records import Act, Kind, Person, SpeakerKind
from katanya.lang.pack import Pack, without_suffix

STOPS = ("grammar.auxiliaries", "grammar.negations", "grammar.adverbs", "grammar.relatives")  # no subject holds them
OUTRIGHT = frozenset({"many", "people", "body", "several", "side"})  # rules that tell a group or a body by itself
PEOPLE = frozenset({SpeakerKind.PERSON, SpeakerKind.ANONYMOUS})
UNNAMED = frozenset({SpeakerKind.ANONYMOUS})
DOCUMENTS = frozenset({SpeakerKind.DOCUMENT})
BODIES = frozenset({SpeakerKind.ORGANISATION})
ASKING = frozenset({Act.DIRECTIVE, Act.EXPRESSIVE})
MANY = frozenset({SpeakerKind.GROUP, SpeakerKind.ORGANISATION})


class SpeakerResolver:
    """Finds the speaker of every draft by the word lists of a language and, if given, a model of salience."""

    def __init__(self, pack: Pack, salience: Chooser | None = None) -> None:
        self._salience = salience
        self._cast = CastReader(pack)
        self._phrases = PhraseReader(pack)
        self._earlier = EarlierReader(pack)
        self._lineups = LineupReader(pack, self._phrases, self._earlier)
        self._singular = pack.words("pronouns.singular")
        self._plural = pack.words("pronouns.plural")
        self._cues = pack.cues
        self._saying = {form for form, cue in pack.cues.items() if cue.voice == "bare"}
        self._suffixes = pack.entries("pronouns.suffix")
        self._signs = Signs(
            reporting=pack.cues.keys(),
            leading=pack.words("grammar.connectives") | pack.words("grammar.prepositions"),
            agents=pack.words("sources.agents"),
            stops=frozenset().union(*map(pack.words, STOPS)),
            is_verb=self._earlier.is_verb,
        )
        pairs = (entry.partition(": ") for entry in pack.entries("roles.equals"))
        self._equals = {one: tuple(other.split(" ")) for one, _, other in pairs}
        self._accounts = pack.words("roles.accounts")
        self._quoting = pack.words("sources.quoting")
        self._common = pack.words("roles.common")
        self._pointers = pack.words("pronouns.demonstratives")

    def resolve(self, analysis: Analysis, drafts: list[Draft]) -> tuple[Person, ...]:
        """Set ``speaker`` and ``speaker_kind`` of every draft and return the people who speak, in order."""
        cast = self._cast.read(analysis, [draft.source for draft in drafts if draft.source])
        order = sorted(drafts, key=position_of)
        readings = {id(draft): self._read(analysis, draft, cast) for draft in order}
        named = {draft: found.character for draft, found in readings.items() if found and found.character}
        heard = Counter(id(character) for character in named.values())
        scene = Scene(analysis, cast, drafts, heard.keys(), self._signs)
        lineup = Lineup(self._lineups, scene, order, named, heard) if self._salience else None
        spoken: list[tuple[Draft, Character]] = []
        for draft in order:
            reading = readings[id(draft)]
            voice, rule = self._weigh(scene, lineup, draft, reading) or self._voice(scene, draft, reading)
            voice = self._call(scene, reading, voice)
            draft.because.append(f"speaker:{rule}")
            if voice is None:
                continue
            draft.speaker, draft.speaker_kind = voice.name, voice.kind
            scene.spoke(voice, draft)
            if voice.character is not None:
                spoken.append((draft, voice.character))
        return self._people(analysis, scene, spoken)

    def _people(self, analysis: Analysis, scene: Scene, spoken: list[tuple[Draft, Character]]) -> tuple[Person, ...]:
        """Return the people who speak; who was told of by nickname at first gets the full name."""
        speaking: dict[int, Character] = {}
        for draft, character in spoken:
            bearer = scene.final(character)
            draft.speaker = bearer.name
            speaking.setdefault(id(bearer), bearer)
        return tuple(self._cast.person(analysis, character) for character in speaking.values())

    def _read(self, analysis: Analysis, draft: Draft, cast: Cast) -> Reading | None:
        """Read the source phrase of a draft by itself; ``None`` where there is none or it is a pronoun."""
        source = draft.source
        if source is None or source[1] <= source[0] or self._is_pronoun(analysis, draft):
            return None
        reading = self._phrases.read(analysis, cast, *source)
        quoting = draft.cue is not None and analysis.tokens.lower[draft.cue[0]] in self._quoting
        if quoting and reading.character is not None and not reading.character.introductions:
            reading.character, reading.kind, reading.rule = None, SpeakerKind.ORGANISATION, "outlet"
        return reading

    def _is_pronoun(self, analysis: Analysis, draft: Draft) -> str:
        """Return which sort of pronoun the source is, or an empty string."""
        if draft.source is None:
            return ""
        first, last = draft.source
        lower = analysis.tokens.lower
        if draft.cue and draft.cue[0] <= first and last <= draft.cue[1]:
            return "singular"
        end = lower[last - 1]
        bare = without_suffix(end, self._suffixes)
        if last - first == 1 and bare != end and bare in self._saying:
            return "singular"  # *ujarnya* is the subject of a second cue
        if end in self._singular or (last - first <= 2 and lower[first] in self._singular):
            return "singular"
        return "plural" if end in self._plural or lower[first] in self._plural else ""

    @staticmethod
    def _call(scene: Scene, reading: Reading | None, voice: Voice | None) -> Voice | None:
        """Take note of the nickname that a phrase gives to its speaker."""
        if reading is None or reading.nickname is None or voice is None or voice.character is None:
            return voice
        scene.call(reading.nickname, voice.character)
        return scene.voice_of(voice.character, voice.position)

    def _weigh(
        self, scene: Scene, lineup: Lineup | None, draft: Draft, reading: Reading | None
    ) -> tuple[Voice | None, str] | None:
        """Let the model choose whom an open source means; ``None`` where the source is not open."""
        form = self._form(scene.analysis, draft, reading)
        if lineup is None or self._salience is None or not form:
            return None
        candidates = lineup.gather(draft, reading)
        if reading is not None:
            own = Voice(reading.text, reading.kind, position_of(draft), None, reading.head)
            candidates.append(Candidate(own, self._lineups.itself(reading)))
        elif draft.source is not None:
            candidates.append(Candidate(self._bare(scene, draft, SpeakerKind.ANONYMOUS), ["itself"]))
        else:
            candidates.append(Candidate(None, self._lineups.nobody(scene.analysis, draft)))
        ruled, rule = self._voice(scene, draft, reading)
        mark_ruled(candidates, ruled, rule)
        voice = self._salience.choose(draft, form, candidates).voice
        return voice, f"salience:{form}"

    def _form(self, analysis: Analysis, draft: Draft, reading: Reading | None) -> str:
        """Return which sort of open source a draft has, empty where it names its speaker."""
        if reading is not None:
            if reading.character is not None or reading.refers == "self":
                return ""
            if reading.refers == "role" and reading.words[-1] in self._pointers:
                return "pointing"
            return "side" if reading.refers == "pronoun" else ""
        sort = self._is_pronoun(analysis, draft)
        if draft.source is None or draft.cue is None:
            return "runs-on" if draft.kind is Kind.DIRECT or draft.cue is None else "passive"
        if sort == "plural":
            return ""
        if draft.cue[0] <= draft.source[0] and draft.source[1] <= draft.cue[1]:
            return f"suffix:{draft.kind.value}"
        return "before" if draft.source[0] < draft.cue[0] else "after"

    def _voice(self, scene: Scene, draft: Draft, reading: Reading | None) -> tuple[Voice | None, str]:
        if reading is not None:
            return self._phrase(scene, draft, reading)
        sort = self._is_pronoun(scene.analysis, draft)
        if sort == "singular":
            quoted = self._quoted(scene, draft)  # inside a quotation *dia* is never the one who is quoted
            near = scene.person_before(draft, but=quoted) if quoted is not None else None
            return (near, "pronoun:quoted") if near is not None else self._pronoun(scene, draft)
        if sort == "plural":
            voice = self._group_before(scene, draft) or self._last_group(scene, draft)
            if voice is not None:
                return voice, "pronoun:last-group"
            return self._bare(scene, draft, SpeakerKind.GROUP), "pronoun:bare"
        return self._unsaid(scene, draft)

    def _unsaid(self, scene: Scene, draft: Draft) -> tuple[Voice | None, str]:
        """Settle a statement with no source: a quotation goes on, a passive is hearsay."""
        if draft.kind is Kind.DIRECT or draft.cue is None:
            voice = scene.last_of(None)
            return voice, "runs-on" if voice else "nobody"
        last = scene.last_of(None)
        cue = self._cues.get(" ".join(scene.analysis.tokens.lower[draft.cue[0] : draft.cue[1]]))
        asks = cue is not None and cue.act in ASKING
        if asks and last is not None and scene.since(last.position, draft) <= 1:
            return last, "asked"
        return None, "nobody"

    def _group_before(self, scene: Scene, draft: Draft) -> Voice | None:
        """Return the group or organisation that opens the sentence before a draft."""
        opening = scene.opening_before(draft)
        if opening is None:
            return None
        reading = self._phrases.read(scene.analysis, scene.cast, *opening)
        if reading.rule not in OUTRIGHT:
            return None
        return Voice(reading.text, reading.kind, opening[0], None, reading.head)

    def _last_group(self, scene: Scene, draft: Draft) -> Voice | None:
        """Return the group or organisation that spoke last, or people told of since, in this sentence or the last."""
        place, spoke = position_of(draft), scene.last_of(MANY)
        found = self._earlier.people(scene.analysis.tokens, scene.start_of(scene.sentence_at(place) - 1), place)
        if found is None or (spoke is not None and spoke.position > found[0]):
            return spoke
        return Voice(name_text(scene.analysis, found), SpeakerKind.GROUP, found[0])

    def _pronoun(self, scene: Scene, draft: Draft) -> tuple[Voice | None, str]:
        """Settle a pronoun: the subject since the last speaker, else the last speaker, else the nearest."""
        last = scene.last_of(PEOPLE)
        subject = scene.subject_before(draft)
        if subject is not None and (last is None or subject.position > last.position):
            return subject, "pronoun:last-subject"
        if last is not None:
            return last, "pronoun:last-speaker"
        near = scene.person_before(draft)
        if near is not None:
            return near, "pronoun:nearest"
        last = scene.last_of(None)
        return (last, "pronoun:last") if last else (self._bare(scene, draft, SpeakerKind.ANONYMOUS), "pronoun:bare")

    @staticmethod
    def _bare(scene: Scene, draft: Draft, kind: SpeakerKind) -> Voice | None:
        """Return the pronoun itself as a voice, where nobody is told of whom it could stand for."""
        if draft.source is None:
            return None
        return Voice(name_text(scene.analysis, draft.source), kind, position_of(draft))

    def _quoted(self, scene: Scene, draft: Draft) -> Character | None:
        """Return who is quoted around a draft, read ahead where the name comes after."""
        outer = scene.around(draft) if scene.nested(position_of(draft)) else None
        if outer is None or outer.kind is not Kind.DIRECT or draft.source is None:
            return None
        reading = self._read(scene.analysis, outer, scene.cast)
        if reading is not None:
            return reading.character and scene.final(reading.character)
        last = scene.last_of(PEOPLE)
        return None if last is None else last.character

    def _first_person(self, scene: Scene, draft: Draft) -> tuple[Voice | None, str]:
        """Lead *saya* inside a quotation to its speaker, read ahead where the name comes after."""
        outer = scene.around(draft)
        if outer is None or outer.speaker is not None or outer.source is None:
            return self._pronoun(scene, draft)
        reading = self._read(scene.analysis, outer, scene.cast)
        if reading is not None and reading.character is not None:
            return scene.voice_of(reading.character, position_of(draft)), "self:outer"
        return self._pronoun(scene, draft)

    def _phrase(self, scene: Scene, draft: Draft, reading: Reading) -> tuple[Voice | None, str]:
        here = position_of(draft)
        own = Voice(reading.text, reading.kind, here, reading.character, reading.head)
        if reading.character is not None:
            return scene.voice_of(reading.character, here), reading.rule
        if reading.refers == "self":
            return self._first_person(scene, draft)
        if reading.refers == "pronoun":
            return self._pronoun(scene, draft)
        if reading.refers == "utterance":
            return self._account(scene, draft) or scene.last_of(None) or own, "utterance"
        if reading.refers == "document":
            return self._document(scene, draft, reading) or own, "document"
        if reading.refers == "body":
            return self._body(scene, draft, reading) or own, "body"
        if reading.refers == "many":
            return scene.last_like(reading.head) or self._first(scene, draft, reading) or own, "many:again"
        if reading.refers == "role":
            return self._role(scene, draft, reading, own)
        return own, reading.rule

    def _first(self, scene: Scene, draft: Draft, reading: Reading) -> Voice | None:
        """Return what a phrase points back to, by the words of its first mention."""
        place = position_of(draft) if draft.source is None else draft.source[0]
        found = self._earlier.first(scene.analysis.tokens, reading.head, reading.kind, place)
        return found and Voice(name_text(scene.analysis, found), reading.kind, found[0], None, reading.head)

    def _document(self, scene: Scene, draft: Draft, reading: Reading) -> Voice | None:
        """Lead *laporan itu* back to the document that spoke last, else to the first that the text tells of."""
        same = scene.last_like(reading.head)
        if same is not None:
            return same
        last = scene.last_of(DOCUMENTS)
        if last is not None and not self._earlier.akin(reading.head).isdisjoint(last.name.lower().split()):
            return last
        return self._first(scene, draft, reading)

    def _account(self, scene: Scene, draft: Draft) -> Voice | None:
        """Lead *akun itu* back to the account that the text named last."""
        tokens = scene.analysis.tokens
        head = tokens.lower[draft.source[0]] if draft.source else ""
        found = self._earlier.latest(tokens, head, position_of(draft)) if head in self._accounts else None
        return found and Voice(name_text(scene.analysis, found), SpeakerKind.ORGANISATION, found[0], None, head)

    def _body(self, scene: Scene, draft: Draft, reading: Reading) -> Voice | None:
        """Lead *perusahaan itu* back to the organisation of that sort, else to the one that spoke last."""
        if reading.words[-1] not in self._pointers:
            return scene.last_like(reading.head)
        same = scene.last_like(reading.head) or self._first(scene, draft, reading)
        return same or scene.last_of(BODIES)

    def _role(self, scene: Scene, draft: Draft, reading: Reading, own: Voice) -> tuple[Voice | None, str]:
        """Lead an office or a description back to its bearer."""
        pointing = reading.words[-1] in self._pointers or reading.rule == "nickname"
        same = scene.last_like(reading.head)
        if same is not None and same.kind is SpeakerKind.ANONYMOUS and (pointing or len(reading.words) == 1):
            return same, "role:again"
        if reading.rule == "single":
            return scene.last_of(UNNAMED) or own, "single:again"
        common = len(reading.words) == 1 and reading.head in self._common
        words = tuple(word for word in reading.words if word not in self._pointers)
        words = self._equals.get(" ".join(words), words)
        head = reading.head if reading.head in words else next(iter(words), "")
        character = None if common or not words else scene.by_role(words, head)
        if character is not None:
            return scene.voice_of(character, own.position), "role"
        if pointing:
            last = scene.last_of(PEOPLE)
            if last is None or (last.character is not None and last.character is reading.nickname):
                last = scene.person_before(draft, but=reading.nickname)
            if last is not None:
                return last, "role:last"
        return own, reading.rule
