"""What is done by saying it: the cue tells, and where it is a plain verb of saying, what was said."""

from collections.abc import Iterator
from itertools import islice

from katanya.attribution.drafts import Draft, Range
from katanya.core.analysis import Analysis, Tokens
from katanya.core.records import Act, Kind
from katanya.lang.pack import Cue, Pack, without_suffix

FILE = "acts"
SUFFIX = "pronouns.suffix"
ENDS = frozenset(".!?…")
FIRST_WORDS = 2  # indirect speech shows a feeling or pledge in its first words
OPENINGS = 2  # sentences of a quotation whose beginnings count
ADVERBS = 2  # between a first person and its verb
NAME = 5  # words of the body that one speaks for
Table = dict[str, list[tuple[tuple[str, ...], Act]]]


class ActReader:
    """Tells assertives from requests, promises, feelings, questions, denials and refusals to say."""

    def __init__(self, pack: Pack) -> None:
        self._cues = _CueActs(pack)
        self._contents = _ContentActs(pack)

    def read(self, analysis: Analysis, draft: Draft) -> None:
        """Set the act of a draft."""
        tokens = analysis.tokens
        act = self._cues.act(tokens.lower, draft) if draft.cue else Act.ASSERTIVE
        draft.act = self._contents.act(tokens, draft) if act is Act.ASSERTIVE else act


class _CueActs:
    """The act that a cue names: by the cue table, by its negation, by a noun beside an empty verb."""

    def __init__(self, pack: Pack) -> None:
        self._cues = pack.cues
        self._suffixes = pack.entries(SUFFIX)
        self._negations = pack.words("grammar.negations") | pack.words("grammar.refusals")
        self._refusals = pack.words("grammar.refusals")
        self._answering = pack.words(f"{FILE}.answering")
        self._withholding = pack.words(f"{FILE}.withholding")
        self._stances = pack.words(f"{FILE}.stances")
        self._reminders = pack.words(f"{FILE}.reminders")
        self._urging = pack.words(f"{FILE}.urging")
        self._nouns = _table(
            pack, directives=Act.DIRECTIVE, expressives=Act.EXPRESSIVE, commissives=Act.COMMISSIVE,
            denials=Act.DENIAL, questions=Act.QUESTION,
        )

    def act(self, lower: list[str], draft: Draft) -> Act:
        assert draft.cue is not None
        words = lower[slice(*draft.cue)]
        text = " ".join(words)
        end = draft.contents[-1][1]
        if text in self._reminders:
            return Act.ASSERTIVE if self._urging.isdisjoint(lower[draft.cue[1] : end]) else Act.DIRECTIVE
        if text in self._refusals and not self._answering.isdisjoint(lower[draft.cue[1] : draft.cue[1] + 2]):
            return Act.WITHHELD
        cue = self._cue(text)
        if cue is not None:
            return cue.act
        if text in self._withholding:
            return Act.WITHHELD
        if len(words) > 1 and words[0] in self._negations:
            return self._negated(words)
        acts = [self._act_of(word) for word in words]
        return next((act for act in acts if act is not Act.ASSERTIVE), Act.ASSERTIVE)

    def _negated(self, words: list[str]) -> Act:
        cues = [cue for word in words[1:] if (cue := self._cue(word))]
        if any(cue.denies or cue.act is Act.DENIAL for cue in cues):
            return Act.ASSERTIVE  # not denying is granting
        if not self._stances.isdisjoint(words):
            return Act.DENIAL
        if any(cue.act is Act.DIRECTIVE for cue in cues):
            return Act.DIRECTIVE
        return Act.WITHHELD

    def _cue(self, form: str) -> Cue | None:
        return self._cues.get(form) or self._cues.get(without_suffix(form, self._suffixes))

    def _act_of(self, word: str) -> Act:
        cue = self._cue(word)
        if cue:
            return cue.act
        bare = without_suffix(word, self._suffixes)
        return _match(self._nouns, [word], 0, 1) or _match(self._nouns, [bare], 0, 1) or Act.ASSERTIVE


class _ContentActs:
    """The act that the words handed over show, beside a plain verb of saying."""

    def __init__(self, pack: Pack) -> None:
        self._suffixes = pack.entries(SUFFIX)
        self._first = pack.words("pronouns.first")
        self._own = _table(
            pack, own_feelings=Act.EXPRESSIVE, own_requests=Act.DIRECTIVE, own_plans=Act.COMMISSIVE
        )
        self._anywhere = _table(pack, silent=Act.WITHHELD, denying=Act.DENIAL)
        self._quoted = _table(
            pack, silent=Act.WITHHELD, denying=Act.DENIAL, feeling=Act.EXPRESSIVE, requesting=Act.DIRECTIVE,
            pledging=Act.COMMISSIVE,
        )
        self._opening = _table(pack, greeting=Act.EXPRESSIVE, ordering=Act.DIRECTIVE)
        self._wondering = _table(pack, wondering=Act.QUESTION)
        self._felt = _table(pack, felt=Act.EXPRESSIVE)
        self._conveyed = _table(pack, conveyed=Act.EXPRESSIVE, pledged=Act.COMMISSIVE)
        self._conveying = pack.words(f"{FILE}.conveying")
        self._plans = pack.words(f"{FILE}.plans")
        self._vows = pack.words(f"{FILE}.vows")
        self._selves = pack.words(f"{FILE}.selves")
        self._between = pack.words(f"{FILE}.between")
        self._happenings = pack.words(f"{FILE}.happenings")
        self._forecasting = pack.words(f"{FILE}.forecasting")

    def act(self, tokens: Tokens, draft: Draft) -> Act:
        lower = tokens.lower
        if draft.kind is Kind.INDIRECT:
            found = self._indirect(lower, draft)
        elif lower[draft.contents[-1][1] - 1] == "?":
            found = Act.QUESTION
        else:
            found = _match(self._wondering, lower, *draft.contents[0])
            found = found or self._quotation(lower, draft.contents)
        return found or (Act.COMMISSIVE if self._plan(tokens, draft) else Act.ASSERTIVE)

    def _indirect(self, lower: list[str], draft: Draft) -> Act | None:
        first, last = draft.contents[0]
        conveys = draft.cue is not None and lower[draft.cue[0]] in self._conveying
        for index in range(first, min(first + FIRST_WORDS, last)):
            act = _match(self._felt, lower, index, last)
            if act is None and conveys:
                act = _match(self._conveyed, lower, index, last)
                act = act or _match(self._conveyed, [without_suffix(lower[index], self._suffixes)], 0, 1)
            if act:
                return act
        for index in range(first, last):
            act = _match(self._anywhere, lower, index, last)
            if act:
                return act
        return None

    def _quotation(self, lower: list[str], contents: list[Range]) -> Act | None:
        """Return the first act that the first sentence shows, or that a sentence near it begins with."""
        for number, (begin, end) in enumerate(islice(_sentences(lower, contents), OPENINGS)):
            act = None if number else self._spoken(lower, begin, end)
            act = act or _match(self._opening, lower, begin, end)
            for index in range(begin + 1, begin if number else end):
                act = act or self._spoken(lower, index, end)
            if act:
                return act
        return None

    def _spoken(self, lower: list[str], index: int, last: int) -> Act | None:
        return self._own_act(lower, index, last) or _match(self._quoted, lower, index, last)

    def _own_act(self, lower: list[str], index: int, last: int) -> Act | None:
        """Return the act of a first person's verb: what the speaker hopes, asks, will do."""
        if lower[index] not in self._first:
            return None
        for verb in range(index + 1, min(index + 2 + ADVERBS, last)):
            act = _match(self._quoted, lower, verb, last) or _match(self._own, lower, verb, last)
            if act is Act.COMMISSIVE and verb + 1 < last and lower[verb + 1] in self._happenings:
                return None
            if act or lower[verb] not in self._between:
                return act
        return None

    def _plan(self, tokens: Tokens, draft: Draft) -> bool:
        """Tell whether content begins with a plan of the speaker, or of the body spoken for."""
        lower = tokens.lower
        first, last = draft.contents[0]
        index, named = first, False
        if lower[index] in self._selves:
            index += 1
        elif draft.kind is Kind.INDIRECT and draft.cue and lower[draft.cue[0]] not in self._forecasting:
            while index < min(last, first + NAME) and tokens.words[index][0].isupper():
                index, named = index + 1, True
        while index < last and lower[index] in self._between:
            index += 1
        if index + 1 >= last or lower[index + 1] in self._happenings:
            return False
        return lower[index] in self._plans or (lower[index] in self._vows and not named)


def _sentences(lower: list[str], contents: list[Range]) -> Iterator[Range]:
    """Yield the sentences of contents, each without the marks that end it."""
    for begin, last in contents:
        for index in range(begin, last):
            if lower[index] in ENDS:
                if index > begin:
                    yield begin, index
                begin = index + 1
        if begin < last:
            yield begin, last


def _table(pack: Pack, **lists: Act) -> Table:
    """Return the entries of word lists by their first word, each with its other words and its act."""
    table: Table = {}
    for name, act in lists.items():
        for phrase in pack.entries(f"{FILE}.{name}"):
            head, *rest = phrase.split(" ")
            table.setdefault(head, []).append((tuple(rest), act))
    return table


def _match(table: Table, lower: list[str], index: int, last: int) -> Act | None:
    for rest, act in table.get(lower[index], ()):
        stop = index + 1 + len(rest)
        if stop <= last and tuple(lower[index + 1 : stop]) == rest:
            return act
    return None
