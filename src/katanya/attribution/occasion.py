"""When, where and on what occasion a statement was made, as the sentence of its cue tells."""

from collections.abc import Iterator
from enum import IntEnum

from katanya.attribution.drafts import Draft, Range
from katanya.attribution.moments import MomentReader
from katanya.core.analysis import Analysis, Tokens
from katanya.lang.pack import Pack, without_suffix

FILE = "occasion"
TIME, PLACE, EVENT = "time", "place", "event"
TERMINATORS = frozenset(".!?…;|")
MARKS = frozenset(",()[]\"'“”‘’«»:-–—")
CLAUSE_MARKS = frozenset("”—") | {"--"}  # the writer's clause begins after these
LEAD_IN = 5  # more words than this before an occasion are a clause of their own
ADDRESSEE = 14  # no addressee is longer
SHORT = 7  # an addressee longer than this, with no word that introduces content, is content itself


class Gap(IntEnum):
    """Where a stretch of the sentence lies: before the statement, between its parts, after content or cue."""

    BEFORE = 0
    BETWEEN = 1
    TRAILING = 2
    CUE = 3


class OccasionReader:
    """Reads time, place and event beside a cue: a chain of phrases in the gaps that the statement leaves."""

    def __init__(self, pack: Pack) -> None:
        self._phrases = Phrases(pack)
        self._carriers = pack.words(f"{FILE}.carriers")
        self._quoting = pack.words(f"{FILE}.quoting")
        self._halts = pack.words(f"{FILE}.halts")
        self._addressing = pack.words(f"{FILE}.addressing")
        self._persons = pack.words(f"{FILE}.persons")
        self._introducing = pack.words(f"{FILE}.introducing")
        self._manners = pack.words(f"{FILE}.manners")
        self._ways = pack.words(f"{FILE}.ways")

    def read(self, analysis: Analysis, draft: Draft) -> None:
        """Set ``time``, ``place`` and ``event`` of a draft, where its sentence ties them to its cue."""
        if draft.cue is None:
            return
        for first, last, gap in _gaps(analysis, draft, draft.cue):
            for field, phrase in self._chain(analysis.tokens, first, last, gap):
                if getattr(draft, field) is None:
                    setattr(draft, field, phrase)

    def trailing(self, analysis: Analysis, first: int, last: int) -> int:
        """Return where an occasion of saying begins at the end of indirect content, or ``last``.

        A bare time or place there belongs to what was said; only an event of telling gives the occasion away.
        """
        tokens = analysis.tokens
        for index in range(first + 2, last - 1):
            if self._phrases.tells(tokens, index):
                end = self._runs_on(tokens, index, last)
                if end == last or ends_sentence(tokens, end):
                    return index - 1 if tokens.words[index - 1] == "," else index
        return last

    def leading(self, analysis: Analysis, first: int, last: int) -> int:
        """Return where content begins after a cue or source: behind an addressee and the occasion, if any.

        What is passed over must end in a comma or before a complementizer; else it is content itself.
        """
        tokens, lower = analysis.tokens, analysis.tokens.lower
        start = first + 1 if first < last and lower[first] == "," else first
        index = self._manner(tokens, start, last)
        addressed = index < last and lower[index] in self._addressing
        if addressed:
            index = self._addressee(tokens, index, min(last, index + ADDRESSEE))
        index = self._runs_on(tokens, index, last)
        if index == start or index >= last:
            return first
        if lower[index] in self._introducing and (addressed or start == first):
            return index
        short = addressed and lower[start] in self._persons and index - start <= SHORT
        dated = any(self._phrases.dated(tokens, at, last) for at in range(start, index))
        return index if lower[index - 1] == "," and (short or dated) else first

    def _manner(self, tokens: Tokens, index: int, last: int) -> int:
        """Return the token after a manner of speaking (openly, in detail)."""
        pair = tokens.lower[index : min(last, index + 2)]
        return index + 2 if len(pair) == 2 and pair[0] in self._manners and pair[1] in self._ways else index

    def _addressee(self, tokens: Tokens, index: int, last: int) -> int:
        for end in range(index + 1, last):
            word = tokens.lower[end]
            if word == "," or word in self._introducing or self._phrases.at(tokens, end, last, Gap.CUE)[0]:
                return end
            if ends_sentence(tokens, end):
                break
        return index

    def _runs_on(self, tokens: Tokens, index: int, last: int) -> int:
        """Return where a chain of phrases and commas ends."""
        while index < last:
            if tokens.words[index] == ",":
                index += 1
                continue
            field, end = self._phrases.at(tokens, index, last, Gap.CUE)
            if not field:
                break
            index = end
        return index

    def _chain(self, tokens: Tokens, index: int, last: int, gap: Gap) -> Iterator[tuple[str, Range]]:
        lower = tokens.lower
        if gap is Gap.BEFORE:
            index = _last_clause(tokens, index, last)
        start = index
        fresh, found, quoted, timed = True, False, False, -1
        while index < last and not ends_sentence(tokens, index):
            word = lower[index]
            if word in MARKS:
                fresh = fresh or word == ","
                index += 1
                continue
            field, end = self._phrases.at(tokens, index, last, gap)
            if field and (fresh or found or gap is not Gap.BEFORE):
                if gap is Gap.BEFORE and not found and index - start > LEAD_IN:
                    return
                if field != TIME or not quoted:
                    yield field, (index, end)
                timed = end if field == TIME else timed
                found, index = True, end
                continue
            if word in self._quoting:
                quoted = True
            elif gap is Gap.CUE:
                if word in self._halts or timed == index:
                    return
            elif gap is not Gap.BEFORE and word not in self._carriers:
                return
            fresh = found = False
            index += 1


class Phrases:
    """Recognises the phrases of an occasion: a time, a place, an event of speaking, writing or meeting."""

    def __init__(self, pack: Pack) -> None:
        self._moments = MomentReader(pack)
        self._days = pack.words("calendar.days") | pack.words("calendar.deictics")
        self._openers = pack.words(f"{FILE}.openers")
        self._certain = pack.words(f"{FILE}.certain")
        self._leads = pack.words(f"{FILE}.leads")
        self._containers = pack.words(f"{FILE}.containers")
        self._place_leads = pack.words(f"{FILE}.place_leads")
        self._continuers = pack.words(f"{FILE}.continuers")
        self._nouns = pack.words(f"{FILE}.nouns")
        self._telling = pack.words(f"{FILE}.telling")
        self._asked = pack.words(f"{FILE}.asked")
        self._activities = pack.words(f"{FILE}.activities") | self._asked
        self._gatherings = pack.words(f"{FILE}.gatherings")
        self._never = pack.words(f"{FILE}.never")
        self._not_places = self._gatherings | self._never
        self._stops = pack.words(f"{FILE}.stops")
        self._breaks = pack.words(f"{FILE}.breaks")
        self._received = pack.words(f"{FILE}.received")
        self._suffixes = pack.entries("pronouns.suffix")
        self._relatives = pack.words("grammar.relatives")

    def at(self, tokens: Tokens, index: int, last: int, gap: Gap) -> tuple[str, int]:
        """Return the field and the end of the phrase that starts at a token; no field, no phrase."""
        end = self._moments.time_at(tokens, index, last)
        if end:
            return TIME, end
        if self._opens_event(tokens, index, last, gap):
            return EVENT, self._event_end(tokens, index, last)
        end = self._place_at(tokens, index, last)
        if not end and gap is Gap.CUE and tokens.lower[index - 1] == ",":
            end = self._bare_place_at(tokens, index, last)
        return (PLACE, end) if end else ("", index)

    def dated(self, tokens: Tokens, index: int, last: int) -> bool:
        """Tell whether a time starts at a token that names a day: reports are dated by the day."""
        return tokens.lower[index] in self._days and self._moments.time_at(tokens, index, last) is not None

    def tells(self, tokens: Tokens, index: int) -> bool:
        """Tell whether a token opens an event that can only be one of telling."""
        word, follows = tokens.lower[index], tokens.lower[index + 1]
        if word in self._openers and follows in self._asked:
            return True
        stem = without_suffix(follows, self._suffixes)
        return (word in self._leads or word in self._openers) and stem in self._telling

    def _opens_event(self, tokens: Tokens, index: int, last: int, gap: Gap) -> bool:
        word = tokens.lower[index]
        if index + 1 >= last:
            return word in self._asked
        follows = tokens.lower[index + 1]
        stem = without_suffix(follows, self._suffixes)
        if word in self._place_leads:
            return stem in self._gatherings
        if stem in self._never:
            return False
        if word in self._openers or word in self._asked:
            fits = follows in self._activities or stem in self._nouns
            return fits or gap is Gap.CUE or word in self._certain
        if word in self._leads:
            return stem in self._nouns or (word in self._containers and gap is Gap.CUE)
        return False

    def _event_end(self, tokens: Tokens, index: int, last: int) -> int:
        lower = tokens.lower
        end = index + 1
        received = False
        head = end if lower[index] in self._asked else end + 1
        while end < last and lower[end] != "," and not ends_sentence(tokens, end):
            if end >= head:
                if lower[end] in self._breaks or self._moments.time_at(tokens, end, last):
                    break
                received = received or lower[end] in self._received
                place = None if received else self._place_at(tokens, end, last)
                if place and not self._runs_past(tokens, place, last):
                    break
                end = place or end
            end += 1
        return end - 1 if lower[end - 1] in self._relatives else end

    def _runs_past(self, tokens: Tokens, index: int, last: int) -> bool:
        """Tell whether an event runs on behind a place inside it (a speaker at X at the conference on Y)."""
        if index >= last or tokens.lower[index] not in self._continuers:
            return False
        return self._moments.time_at(tokens, index, last) is None

    def _place_at(self, tokens: Tokens, index: int, last: int) -> int | None:
        lower, words = tokens.lower, tokens.words
        if lower[index] not in self._place_leads or index + 1 >= last or lower[index + 1] in self._not_places:
            return None
        end = index + 1
        while end < last and lower[end] not in self._stops and not ends_sentence(tokens, end):
            if end > index + 1 and self._moments.time_at(tokens, end, last):
                break
            if lower[end] == ",":
                named = end + 1 < last and words[end + 1][0].isupper()
                if not named or self._moments.time_at(tokens, end + 1, last):
                    break
            end += 1
        return end if end > index + 1 else None

    def _bare_place_at(self, tokens: Tokens, index: int, last: int) -> int | None:
        """Return the end of a place without a preposition, which only a time after it gives away."""
        end = index
        while end < last and (tokens.words[end][0].isupper() or tokens.words[end] == ","):
            if tokens.words[end] == "," and end + 1 < last and self._moments.time_at(tokens, end + 1, last):
                return end if end > index else None
            end += 1
        return None


def ends_sentence(tokens: Tokens, index: int) -> bool:
    """Tell whether a token ends a sentence, also one that a cut-out link ran together with the next."""
    word = tokens.lower[index]
    if word not in TERMINATORS:
        return False
    if word != "." or index + 1 >= len(tokens) or tokens.starts[index + 1] > tokens.ends[index]:
        return True
    following = tokens.words[index + 1][0]
    return tokens.words[index - 1][-1:].islower() and (following.isupper() or following.isdigit())


def _gaps(analysis: Analysis, draft: Draft, cue: Range) -> Iterator[tuple[int, int, Gap]]:
    """Yield the stretches of the cue's sentence that cue, source and contents leave."""
    position, last = _sentence(analysis, draft, cue)
    gap, spoken = Gap.BEFORE, False
    for piece in sorted(filter(None, [*draft.contents, cue, draft.source])):
        if position < piece[0] <= last:
            yield position, piece[0], Gap.BETWEEN if gap is Gap.CUE and not spoken else gap
        spoken = spoken or piece in draft.contents
        gap = Gap.TRAILING if piece in draft.contents else Gap.CUE
        position = max(position, piece[1])
    if position < last:
        yield position, last, gap


def _sentence(analysis: Analysis, draft: Draft, cue: Range) -> Range:
    if draft.quotation is not None:
        for sentence in analysis.sentences:
            if sentence.quotation == draft.quotation and sentence.first <= cue[0] < sentence.last:
                return sentence.first, sentence.last
    sentence = analysis.sentences[draft.sentence]
    return sentence.first, sentence.last


def _last_clause(tokens: Tokens, index: int, last: int) -> int:
    """Return where the clause that leads up to a statement begins."""
    begin = index
    for position in range(index, last):
        if tokens.words[position] in CLAUSE_MARKS or ends_sentence(tokens, position):
            begin = position + 1
    return begin
