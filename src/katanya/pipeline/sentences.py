"""Sentences: the writer's own, with each quotation kept whole, and those inside a quotation apart."""

from bisect import bisect_right

from katanya.core.analysis import Quotation, Sentence, Tokens
from katanya.lang.pack import Pack
from katanya.pipeline.quotations import TERMINATORS

LONGEST = 250  # tokens; a sentence that is longer is cut at a comma, so that work on it stays linear
LINE_END = "|"  # stands for a line end inside a quotation
Range = tuple[int, int]
CLOSERS = frozenset(")]}’'\"”»")


class SentenceReader:
    """Cuts paragraphs into sentences with the abbreviations of a language."""

    def __init__(self, pack: Pack) -> None:
        self._abbreviations = pack.words("abbreviations.titles") | pack.words("abbreviations.general")
        self._cues = frozenset(cue.form for cue in pack.cues.values() if cue.voice == "bare")

    def read(
        self, tokens: Tokens, paragraphs: list[Range], quotations: list[Quotation], passed_over: list[Range]
    ) -> list[Sentence]:
        """Return outer sentences paragraph by paragraph, then the sentences inside quotations.

        No sentence reaches into a stretch that is passed over.
        """
        passed = dict(passed_over)
        starts = {quotation.outer_first: quotation for quotation in quotations if quotation.parent is None}
        runs_to: dict[int, int] = {}
        for quotation in starts.values():
            runs_to[quotation.paragraph] = max(runs_to.get(quotation.paragraph, 0), quotation.outer_last)
        found: list[Sentence] = []
        number = 0
        while number < len(paragraphs):
            ending = number  # a quotation that begins here may run through the next paragraphs
            while ending + 1 < len(paragraphs) and runs_to.get(number, 0) > paragraphs[ending][1]:
                ending += 1
            first = _behind(passed_over, paragraphs[number][0])
            cuts = self._cut(tokens, first, paragraphs[ending][1], starts, passed)
            found += [Sentence(a, b, number) for a, b in cuts]
            number = ending + 1
        children: dict[int, dict[int, Quotation]] = {}
        for quotation in quotations:
            if quotation.parent is not None:
                children.setdefault(quotation.parent, {})[quotation.outer_first] = quotation
        for index, quotation in enumerate(quotations):
            inside = children.get(index, {})
            for first, last in self._cut(tokens, quotation.first, quotation.last, inside, passed):
                while first < last and tokens.words[first] == LINE_END:
                    first += 1
                found.append(Sentence(first, last, quotation.paragraph, index))
        return found

    def _cut(
        self, tokens: Tokens, first: int, last: int, quotations: dict[int, Quotation], passed_over: dict[int, int]
    ) -> list[Range]:
        cuts: list[Range] = []
        begin = index = first
        words = tokens.words
        while index < last:
            passed = passed_over.get(index)
            if passed is not None:
                if begin < index:
                    cuts.append((begin, index))
                begin = index = max(passed, index + 1)
                continue
            quotation = quotations.get(index)
            if quotation is not None:
                index = quotation.outer_last
                if index < last and self._ends_after_quotation(tokens, quotation, index, quotations):
                    cuts.append((begin, index))
                    begin = index
                continue
            word = words[index]
            index += 1
            if index - begin > (LONGEST if word == "," else 2 * LONGEST):
                cuts.append((begin, index))
                begin = index
                continue
            if word not in TERMINATORS:
                if index < last and self._runs_together(tokens, index):
                    cuts.append((begin, index))
                    begin = index
                continue
            if word == "." and self._abbreviates(tokens, index - 1):
                continue
            while index < last and words[index] in TERMINATORS and index not in quotations:
                index += 1
            while index < last and index not in quotations and self._closes(tokens, index):
                index += 1
            if index >= last or self._ends(tokens, index, quotations):
                cuts.append((begin, index))
                begin = index
        if begin < max(index, last):
            cuts.append((begin, max(index, last)))
        return cuts

    @staticmethod
    def _runs_together(tokens: Tokens, following: int) -> bool:
        """Tell whether a cut-out link ran two sentences together, as in "SuriahMenurut"."""
        tight = tokens.starts[following] == tokens.ends[following - 1]
        return tight and tokens.words[following - 1][-1].islower() and tokens.words[following][0].isupper()

    def _abbreviates(self, tokens: Tokens, stop: int) -> bool:
        """Tell whether a full stop belongs to the word before it: a rank, a title, an initial."""
        if not stop or tokens.ends[stop - 1] != tokens.starts[stop]:
            return False
        before = tokens.words[stop - 1]
        return tokens.lower[stop - 1] in self._abbreviations and not (len(before) == 1 and before.islower())

    @staticmethod
    def _closes(tokens: Tokens, index: int) -> bool:
        return tokens.words[index] in CLOSERS and tokens.starts[index] == tokens.ends[index - 1]

    def _ends(self, tokens: Tokens, following: int, quotations: dict[int, Quotation]) -> bool:
        """Tell whether the stop before the token ``following`` ends a sentence."""
        stop = following - 1
        gap = tokens.starts[following] > tokens.ends[stop]
        initial = tokens.words[following][0]
        if tokens.words[stop] == ".":
            before = tokens.words[stop - 1] if stop else ""
            if tokens.words[following] == LINE_END:
                return True
            if not gap and following not in quotations:
                # a link that was cut out leaves "…Rusia.Menurut": still an end; "TEMPO.CO" and "detik.com" are none
                follows = tokens.words[following]
                joins = follows[:1].isupper() and follows[1:2].islower()
                page = follows[:1].isdigit() and len(before) > 2
                return bool(before[-1:].islower() or before[-1:].isdigit() or before[-1:] == ")") and (joins or page)
        if following in quotations:
            return True
        return not initial.islower() and initial not in ",;:)"

    def _ends_after_quotation(
        self, tokens: Tokens, quotation: Quotation, following: int, quotations: dict[int, Quotation]
    ) -> bool:
        last = tokens.words[quotation.last - 1]
        if last not in TERMINATORS and not (last == "," and following in quotations):
            return False
        if following in quotations:
            return True
        word = tokens.words[following]
        if tokens.lower[following] in self._cues:
            return False
        return word[0].isupper() or word[0].isdigit()


def _behind(passed_over: list[Range], first: int) -> int:
    """Return where a paragraph's own words begin: behind a stretch that covers its start."""
    before = bisect_right(passed_over, first, key=lambda stretch: stretch[0])
    return max(first, passed_over[before - 1][1]) if before else first
