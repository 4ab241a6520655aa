"""Quotation marks: which opens, which closes, and what stands between them.

Marks come first, before sentences: a full stop inside a quotation ends no sentence of the writer's.
Outlets open with one kind of mark and close with another, use one mark for both ends, forget the second
mark, and run a quotation over several paragraphs; all of these are read by the mark's surroundings
(white space, punctuation) before its shape.
"""

from dataclasses import dataclass

from katanya.core.analysis import Quotation, Tokens
from katanya.lang.pack import Pack

TERMINATORS = frozenset(".?!…") | {"...", "...."}
OPEN, CLOSE, UNSURE = 1, -1, 0
SPEECH_WORDS = 8  # a quotation of so many words is speech wherever it stands
MAX_DEPTH = 8
MAX_PARAGRAPHS = 8  # a quotation left open is looked for no further


@dataclass(slots=True)
class _Open:
    """A quotation whose end has not been seen yet."""

    mark: int
    single: bool
    parent: int | None
    slot: int


class QuotationReader:
    """Finds the quotations of a text by the mark habits of a language."""

    def __init__(self, pack: Pack) -> None:
        self._opening = pack.words("quotation_marks.opening")
        self._closing = pack.words("quotation_marks.closing")
        self._marks = self._opening | self._closing | pack.words("quotation_marks.either")
        self._single = pack.words("quotation_marks.single")
        self._clitics = pack.entries("pronouns.suffix")
        self._verbs = frozenset(cue.form for cue in pack.cues.values() if cue.voice == "active")
        self._damaged = pack.words("quotation_marks.damaged")
        self._cues = frozenset(cue.form for cue in pack.cues.values() if cue.voice == "bare")

    def read(self, text: str, tokens: Tokens, paragraphs: list[tuple[int, int]]) -> list[Quotation]:
        """Return the quotations in order of their opening marks; ``paragraphs`` are token ranges."""
        found: list[Quotation | None] = []
        number = 0
        while number < len(paragraphs):
            last_number = self._reach(text, tokens, paragraphs, number)
            self._read_stretch(text, tokens, number, paragraphs[number][0], paragraphs[last_number][1], found)
            number = last_number + 1
        return _renumber(found)

    def _reach(self, text: str, tokens: Tokens, paragraphs: list[tuple[int, int]], number: int) -> int:
        """Return the paragraph in which a quotation that this one leaves open is closed, else this one.

        A paragraph that begins with an opening mark of its own takes a quotation up again; then each is read alone.
        """
        if not self._left_open(text, tokens, *paragraphs[number]):
            return number
        for following in range(number + 1, min(number + 1 + MAX_PARAGRAPHS, len(paragraphs))):
            for index in range(*paragraphs[following]):
                word = tokens.words[index]
                if word in self._marks and word not in self._single:
                    return following if self._lean(text, tokens, index, word) == CLOSE else number
        return number

    def _left_open(self, text: str, tokens: Tokens, first: int, last: int) -> bool:
        double = self._marks - self._single
        marks = [index for index in range(first, last) if tokens.words[index] in double]
        return len(marks) % 2 == 1 and self._lean(text, tokens, marks[-1], tokens.words[marks[-1]]) == OPEN

    def _read_stretch(
        self, text: str, tokens: Tokens, number: int, first: int, last: int, found: list[Quotation | None]
    ) -> None:
        stack: list[_Open] = []

        def close(entry: _Open, mark: int, closed: bool) -> None:
            inner = (entry.mark + 1, mark)
            outer_last = mark + 1 if closed else mark
            if inner[1] > inner[0]:
                speech = self._is_speech(tokens, inner, entry.mark, outer_last, first, last)
                found[entry.slot] = Quotation(*inner, entry.mark, outer_last, number, entry.parent, closed, speech)

        for index in range(first, last):
            word = tokens.words[index]
            if word not in self._marks and not (word in self._damaged and self._was_mark(text, tokens, index, stack)):
                continue
            single = word in self._single
            lean = self._lean(text, tokens, index, word)
            inside = any(entry.single == single for entry in stack)
            if single and not inside and stack and self._ends_speech(tokens, index):
                close(stack.pop(), index, closed=True)  # a double mark closed by a single one: "…,' kata X
                continue
            if single and not self._single_counts(lean, inside):
                continue
            if stack and self._closes(tokens, index, word, lean, stack, inside):
                while stack:  # a double mark ends the single ones left open inside it
                    entry = stack.pop()
                    close(entry, index, closed=True)
                    if entry.single == single or not inside:
                        break
                continue
            if lean == CLOSE and not stack and not self._opens_late(tokens, index, last):
                continue  # a closing mark that was never opened
            if stack and not single and self._ended_before(tokens, index):
                while stack:
                    close(stack.pop(), index, closed=False)
            if len(stack) < MAX_DEPTH:
                stack.append(_Open(index, single, stack[-1].slot if stack else None, len(found)))
                found.append(None)
        while stack:
            entry = stack.pop()
            if not entry.single:
                close(entry, last, closed=False)

    def _lean(self, text: str, tokens: Tokens, index: int, word: str) -> int:
        """Tell from shape and surroundings whether a mark looks like an opening or a closing one."""
        start, end = tokens.starts[index], tokens.ends[index]
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        space_before = before.isspace() or before in "([{—–-|"
        space_after = after.isspace() or after in ".,;:!?)]}—–"
        if word in self._opening and not (space_after and not space_before):
            return OPEN
        if word in self._closing and not (space_before and not space_after):
            return CLOSE
        if space_before and not space_after:
            return OPEN
        if space_after and not space_before:
            return CLOSE
        return UNSURE

    def _was_mark(self, text: str, tokens: Tokens, index: int, stack: list[_Open]) -> bool:
        """Tell whether a question mark stands where a broken encoding lost a quotation mark."""
        if stack:
            same = tokens.words[stack[-1].mark] == tokens.words[index]
            return (same and tokens.words[index - 1] in (".", "!")) or self._ends_speech(tokens, index)
        return not stack and self._lean(text, tokens, index, tokens.words[index]) == OPEN

    def _opens_late(self, tokens: Tokens, index: int, last: int) -> bool:
        """Tell whether a mark set tight behind a full stop opens: `… kemarin." Ia tidak tahu, "kata X`."""
        if index + 1 >= last or tokens.words[index - 1] not in TERMINATORS or not tokens.words[index + 1][0].isupper():
            return False
        for position in range(index + 1, last - 1):
            if tokens.words[position] == tokens.words[index]:
                return tokens.words[position - 1] == "," and self._is_cue(tokens.lower[position + 1])
        return False

    @staticmethod
    def _single_counts(lean: int, inside: bool) -> bool:
        return lean == OPEN if not inside else lean != OPEN

    def _closes(
        self, tokens: Tokens, index: int, word: str, lean: int, stack: list[_Open], inside: bool
    ) -> bool:
        if lean == CLOSE or (lean == UNSURE and inside):
            return True
        following = tokens.lower[index + 1] if index + 1 < len(tokens) else ""
        if tokens.lower[index - 1] == "," and self._is_cue(following):
            return True  # …, "ujar X: the space stands on the wrong side
        return word in self._closing and index - 1 != stack[-1].mark and tokens.words[index - 1] not in TERMINATORS

    def _ends_speech(self, tokens: Tokens, index: int) -> bool:
        return tokens.words[index - 1] == "," and index + 1 < len(tokens) and self._is_cue(tokens.lower[index + 1])

    def _is_cue(self, word: str) -> bool:
        return word in self._cues or any(
            word.endswith(clitic) and word.removesuffix(clitic) in self._cues for clitic in self._clitics
        )

    @staticmethod
    def _ended_before(tokens: Tokens, index: int) -> bool:
        return index > 0 and (tokens.words[index - 1] in TERMINATORS or tokens.words[index - 1] == ",")

    def _is_speech(
        self, tokens: Tokens, inner: tuple[int, int], mark: int, outer_last: int, first: int, last: int
    ) -> bool:
        """Tell speech from titles, nicknames, terms and scare quotes by length, edges and neighbours."""
        words = sum(1 for index in range(*inner) if tokens.words[index][0].isalnum())
        if words >= SPEECH_WORDS:
            return True
        capital = tokens.words[inner[0]][:1].isupper()
        ending = tokens.words[inner[1] - 1]
        before = tokens.words[mark - 1] if mark > first else ""
        after = tokens.lower[outer_last] if outer_last < last else ""
        if ending == "," and capital:
            return True
        if after == "," and outer_last + 1 < last:
            after = tokens.lower[outer_last + 1]
        if self._is_cue(after):
            return True
        if words >= 3 and before == "," and ending in TERMINATORS:
            return True
        if words >= 4 and capital and before.lower() in self._verbs:
            return True
        if words >= 2 and capital and (ending in TERMINATORS or before in (",", ":")):
            return True
        return words >= 4 and capital and (before == "" or before in TERMINATORS)


def _renumber(found: list[Quotation | None]) -> list[Quotation]:
    """Drop the slots that held nothing and let ``parent`` point into the list that is returned."""
    numbers: dict[int, int] = {}
    kept: list[Quotation] = []
    for slot, quotation in enumerate(found):
        if quotation is None:
            continue
        numbers[slot] = len(kept)
        parent = numbers.get(quotation.parent) if quotation.parent is not None else None
        kept.append(
            Quotation(
                quotation.first, quotation.last, quotation.outer_first, quotation.outer_last,
                quotation.paragraph, parent, quotation.closed, quotation.speech,
            )
        )
    return kept
