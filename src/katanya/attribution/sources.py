"""The phrase that names a source: to the left of an active cue, to the right of the others."""

from katanya.attribution.drafts import Range
from katanya.attribution.grammar import Grammar
from katanya.attribution.moments import MomentReader
from katanya.core.analysis import QUOTE
from katanya.core.view import MARKS, View
from katanya.lang.pack import Pack

ASIDE = 10  # items in an aside that names a medium
LONGEST_NAME = 5  # items of a name that an apposition gives
LONGEST_SOURCE = 60  # items; a longer stretch is no noun phrase
CLAUSE_MARKS = frozenset(";:–—!?") | {"--", QUOTE}


class SourceReader:
    """Finds where the noun phrase of a source begins and ends."""

    def __init__(self, pack: Pack, grammar: Grammar, moments: MomentReader) -> None:
        self._grammar = grammar
        self._moments = moments
        self._strip_right = grammar.adverbs | grammar.auxiliaries
        self._no_apposition = (
            grammar.prepositions | grammar.subordinators | grammar.conjunctions | grammar.pronouns | grammar.adjuncts
            | grammar.adverbs
        )
        self._joining = pack.words("grammar.joining") | {"."}
        self._at = pack.entries("grammar.local")[0]
        self._honorifics = pack.words("abbreviations.titles")
        self._closing = grammar.adjuncts | grammar.local | grammar.subordinators
        self._units = pack.words("calendar.units")
        self._heads = pack.words("roles.heads")
        self._opening_asides = grammar.media | {form for form, cue in pack.cues.items() if cue.voice == "bare"}

    # -- to the left -------------------------------------------------------------------------------------

    def before(self, view: View, floor: int, cue: int) -> Range | None:
        """Return the items of the subject that stands before the item ``cue``, not reaching back over ``floor``."""
        grammar, low = self._grammar, view.low
        last = self._strip_end(view, floor, cue)
        if last <= floor:
            return None
        first = self._segment_start(view, floor, last)
        first = grammar.skip_connectives(view, first, last)
        first = self._after_adjunct(view, first, last)
        first = self._after_verb(view, first, last)
        first = grammar.skip_connectives(view, first, last)
        while first < last and (low[first] in MARKS or low[first] in grammar.adverbs - grammar.quantifiers):
            first += 1
        last = self._strip_adjuncts(view, first, last)
        if first >= last or last - first > LONGEST_SOURCE or not any(view.is_word(item) for item in range(first, last)):
            return None
        return first, last

    def _strip_end(self, view: View, floor: int, last: int) -> int:
        """Pass back over adverbs, auxiliaries, commas and times between the subject and its verb."""
        moved = True
        while moved and last > floor:
            moved = False
            word = view.low[last - 1]
            if (word in self._strip_right and view.words[last - 1][0].islower()) or word in ",-–—" or word == "--":
                last, moved = last - 1, True
                continue
            for start in range(max(floor, last - 9), last):
                if self._is_moment(view, start, last):
                    last, moved = start, True
                    break
            if not moved and last - 1 > floor and word in self._grammar.prepositions:
                last, moved = last - 1, True
            if not moved and last < len(view) and view.low[last] == ",":
                aside = self._aside(view, floor, last)
                last, moved = (aside, True) if aside is not None else (last, False)
        return last

    def _aside(self, view: View, floor: int, last: int) -> int | None:
        """Return the comma before `, seperti dilansir X,` or `, kata X,`: neither names the subject."""
        for item in range(last - 1, max(floor, last - ASIDE), -1):
            if view.low[item] == ",":
                return item if view.low[item + 1] in self._opening_asides else None
        return None

    def _segment_start(self, view: View, floor: int, last: int) -> int:
        """Walk left to where the clause of the subject begins: over commas of apposition, not of adjuncts."""
        grammar, low = self._grammar, view.low
        item = last - 1
        depth = 0
        while item >= floor:
            word = low[item]
            if word == ")":
                depth += 1
            elif word == "(":
                depth = max(0, depth - 1)
            elif depth == 0:
                if word in CLAUSE_MARKS:
                    return item + 1
                if word in grammar.openers and item + 1 < last:
                    return item + 1
                if word == ",":
                    left = self._left_comma(view, floor, item)
                    if self._parts(view, left, item):
                        return item + 1
            item -= 1
        return floor

    @staticmethod
    def _left_comma(view: View, floor: int, item: int) -> int:
        position = item - 1
        while position >= floor and view.low[position] not in CLAUSE_MARKS and view.low[position] != ",":
            position -= 1
        return position + 1

    def _parts(self, view: View, left: int, comma: int) -> bool:
        """Tell whether a comma parts an adjunct or another clause (left of it) from the subject."""
        grammar = self._grammar
        if grammar.is_adjunct(view, left, comma):
            return True
        if grammar.has_clause(view, left, comma):
            return True
        if view.low[comma + 1] in grammar.contrasts:
            return True
        return self._is_moment(view, left, comma)

    def _is_moment(self, view: View, first: int, last: int) -> bool:
        if first >= last:
            return False
        end = self._moments.time_at(view.analysis.tokens, view.first[first], view.end[last - 1])
        return end == view.end[last - 1]

    def _after_adjunct(self, view: View, first: int, last: int) -> int:
        """Where an adjunct runs into the subject without a comma, return where the name or pronoun begins."""
        grammar = self._grammar
        if first >= last or not grammar.is_adjunct(view, first, last):
            return first
        if view.low[last - 1] in grammar.pronouns:
            return last - 1
        item = last
        while item > first and (view.words[item - 1][0].isupper() or view.low[item - 1] in (".", "'", "(", ")")):
            item -= 1
        return item if item < last else first

    def _after_verb(self, view: View, first: int, last: int) -> int:
        """Where a clause stands before the subject, return the item after its last verb."""
        return max(self._grammar.main_verbs(view, first, last), default=first - 1) + 1

    def _strip_adjuncts(self, view: View, first: int, last: int) -> int:
        """Cut `dalam keterangannya` and the like off the end of a subject."""
        for item in range(first + 1, last):
            if view.low[item] in self._grammar.adjuncts and view.low[item - 1] not in self._grammar.relatives:
                end = item
                while end > first and view.low[end - 1] in MARKS and view.low[end - 1] != ")":
                    end -= 1
                return end
        return last

    def moment_end(self, view: View, item: int) -> int | None:
        """Return the token after the time expression that begins at an item, if one does."""
        return self._moments.time_at(view.analysis.tokens, view.first[item], view.end[-1])

    # -- to the right ------------------------------------------------------------------------------------

    def after(self, view: View, start: int, last: int, closed: bool = False) -> Range | None:
        """Return the items of the source that begins at ``start``: a pronoun, or a phrase up to its own end.

        Where content follows the source (``closed``), an apposition of it must end in a comma.
        """
        grammar, low = self._grammar, view.low
        if start >= last or low[start] in MARKS or start in view.quotes or low[start] in grammar.demonstratives:
            return None
        if low[start] in grammar.pronouns:
            return start, start + 1
        end = self._phrase_end(view, start, last, closed)
        while end > start and low[end - 1] in ",-–—":
            end -= 1
        if closed and start < end < last and low[end] != ",":
            name = self.name_at(view, start)
            end = name[1] if name and name[1] < end and low[name[1]] not in grammar.relatives else end
        return (start, end) if end > start else None

    def name_at(self, view: View, start: int) -> Range | None:
        """Return the pronoun or the run of capitals, with what stands in apposition to it, that begins at an item."""
        if start >= len(view) or start in view.quotes:
            return None
        if view.low[start] in self._grammar.pronouns:
            return start, start + 1
        end = start
        while end < len(view) and end not in view.quotes and self._in_name(view, start, end):
            end += 1
        if end > start and end < len(view) and view.low[end] in ",(" :
            longer = self.after(view, start, len(view))
            return longer if longer and longer[1] > end else (start, end)
        return (start, end) if end > start else None

    def _in_name(self, view: View, start: int, item: int) -> bool:
        if view.words[item][0].isupper():
            return True
        joins = item > start and view.low[item] in self._joining
        return joins and item + 1 < len(view) and view.words[item + 1][0].isupper()

    def _phrase_end(self, view: View, start: int, last: int, closed: bool) -> int:
        low = view.low
        described = None if closed else self._described_end(view, start, last)
        if described is not None:
            return described
        item = start
        depth = 0
        while item < last:
            word = low[item]
            if item in view.quotes or word in ";:!?" or word in ("--", "—", "–", "..."):
                return item
            if word == "(":
                depth += 1
            elif word == ")":
                depth = max(0, depth - 1)
            elif depth:
                pass
            elif word == ".":
                if not self._inside_name(view, item, last):
                    return item
            elif word == ",":
                if not self._continues(view, start, item, last, closed):
                    return item
            elif item > start and (self._ends_source(view, start, item) or self._dated(view, item)):
                return item
            item += 1
        return last

    def _described_end(self, view: View, start: int, last: int) -> int | None:
        """Return where a pointer closes a description: `nelayan yang akan berusia 50 tahun pada Agustus itu`."""
        if view.words[start][0].isupper() and view.low[start] not in self._heads:
            return None
        stop = start
        while stop < last and view.low[stop] not in MARKS and stop not in view.quotes:
            stop += 1
        clause = not self._grammar.relatives.isdisjoint(view.low[start:stop])
        return stop if clause and view.low[stop - 1] in self._grammar.demonstratives else None

    def _dated(self, view: View, item: int) -> bool:
        """Tell whether a time begins at an item: what counts years behind a number is an age."""
        aged = view.low[item] in self._units and view.low[item - 1].isdigit()
        return not aged and self.moment_end(view, item) is not None

    def _inside_name(self, view: View, item: int, last: int) -> bool:
        if item + 1 >= last:
            return False
        return view.low[item - 1] in self._honorifics or len(view.low[item - 1]) == 1

    def _ends_source(self, view: View, start: int, item: int) -> bool:
        grammar, word = self._grammar, view.low[item]
        if view.words[item][0].isupper():
            return False
        if word in grammar.subordinators and word not in grammar.joining_too | grammar.contrasts:
            return True
        if word in grammar.adjuncts or word in grammar.that:
            return True
        if word in grammar.conjunctions and self._verb_next(view, item + 1):
            return True
        if word == self._at and (view.words[item - 1][0].isupper() or view.low[item - 1] in grammar.demonstratives):
            return True
        return grammar.verb_at(view, item) and not self._in_relative(view, start, item)

    def _verb_next(self, view: View, item: int) -> bool:
        while item < len(view) and view.low[item] in self._strip_right:
            item += 1
        return item < len(view) and self._grammar.verb_at(view, item)

    @staticmethod
    def _is_name(view: View, first: int, last: int) -> bool:
        return all(not view.words[i][0].islower() for i in range(first, min(last, len(view))) if view.is_word(i))

    def _in_relative(self, view: View, start: int, item: int) -> bool:
        return any(view.low[position] in self._grammar.relatives for position in range(max(start, item - 4), item))

    def _continues(self, view: View, start: int, comma: int, last: int, closed: bool) -> bool:
        """Tell whether a comma opens an apposition of the source, as in `kata Kepala Dinas, Budi Tama`."""
        grammar = self._grammar
        begin = comma + 1
        if begin >= last:
            return False
        stop = begin
        while stop < last and view.low[stop] not in ",.;:" and stop not in view.quotes:
            stop += 1
        if closed and (stop >= last - 1 or view.low[stop] != ","):
            return False
        if stop - begin > 14 or self._moments.time_at(view.analysis.tokens, view.first[begin], view.end[last - 1]):
            return False
        word = view.low[begin]
        named = self._is_name(view, comma - 1, comma) and self._is_name(view, begin + 1, begin + 2)
        if word in self._joining and named:
            return True  # an organisation whose name is a list
        small = view.words[begin][0].islower()
        if small and word in self._no_apposition:
            return False
        if not closed and self._office_named(view, start, begin, stop):
            return True
        if grammar.has_clause(view, begin, stop):
            return False
        name_before = self._is_name(view, start, comma)
        name_after = self._is_name(view, begin, stop)
        return (name_after and stop - begin <= 6) or (name_before and comma - start <= 6)

    def _office_named(self, view: View, start: int, begin: int, stop: int) -> bool:
        """Tell whether an office goes on with its bearer's name: `kata peneliti dari X, Budi Tama di Jakarta`."""
        if view.words[start][0].isupper() and view.low[start] not in self._heads:
            return False
        end = begin
        while end < stop and self._in_name(view, begin, end):
            end += 1
        ends = end < stop and view.low[end] in self._closing
        return ends and 1 < end - begin <= LONGEST_NAME
