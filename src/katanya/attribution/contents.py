"""Where indirect content begins and ends."""

from bisect import bisect_left

from katanya.attribution.cues import Hit
from katanya.attribution.drafts import Draft, Range
from katanya.attribution.grammar import Grammar
from katanya.attribution.occasion import OccasionReader
from katanya.attribution.sources import SourceReader
from katanya.core.analysis import Quotation
from katanya.core.records import Act, Kind
from katanya.core.view import View

NEXT = 8  # items after a coordinate cue in which its clause must show
LEADING = frozenset(",:|")
ENDS = frozenset(".!?…,;:-–—") | {"...", "--", "|"}


class ContentReader:
    """Finds the edges of what is handed over in a view."""

    def __init__(self, grammar: Grammar, sources: SourceReader, occasions: OccasionReader) -> None:
        self._occasions = occasions
        self._grammar = grammar
        self._sources = sources
        self._links = grammar.media - grammar.quoting

    def start(self, view: View, hit: Hit) -> tuple[int, bool]:
        """Pass over addressee, comma and complementizer; tell whether one of the last two stood there.

        The person asked belongs to the content of a request, the person told does not.
        """
        grammar, low = self._grammar, view.low
        item, marked = hit.last, False
        while item < len(view) and low[item] in grammar.trailing_adverbs:
            item += 1
        if item < len(view) and hit.cue.act is not Act.DIRECTIVE and hit.cue.voice != "noun":
            item = view.item_at(self._occasions.leading(view.analysis, view.first[item], view.end[-1]))
        while item < len(view) and (low[item] in grammar.complementizers or low[item] in LEADING):
            item, marked = item + 1, True
        return item, marked

    def end(self, view: View, begin: int, following: list[Hit]) -> int:
        """Return where content ends: sentence end, next coordinate cue, or the tail that names a medium."""
        end = len(view)
        for hit in following:
            if hit.first > begin:
                cut = self._coordination(view, begin, hit)
                if cut is not None:
                    end = cut
                    break
        end = self.strip(view, begin, self._before_medium(view, begin, end))
        if end - begin < 2:
            return end
        trailing = self._occasions.trailing(view.analysis, view.first[begin], view.end[end - 1])
        return self.strip(view, begin, view.item_at(trailing)) if trailing < view.end[end - 1] else end

    def predicate(self, view: View, begin: int, end: int) -> int:
        """Return where a subordinate clause ends: before the main clause's own auxiliary, once it has a verb."""
        verb = self._grammar.main_verb(view, begin, end)
        for item in range((verb or begin) + 1, end):
            if view.low[item] in self._grammar.auxiliaries or view.low[item] in self._grammar.negations:
                return item
        return end

    @staticmethod
    def relative_end(view: View, begin: int, end: int, following: list[Hit]) -> int:
        """Return where content in a relative clause ends: at the comma before the main clause's own cue."""
        for hit in following:
            if begin < hit.first < end and view.low[hit.first - 1] == ",":
                return hit.first - 1
        return end

    def _before_medium(self, view: View, begin: int, end: int) -> int:
        grammar, low = self._grammar, view.low
        telling = grammar.quoting | grammar.agentless
        for item in range(begin + 1, end - 1):
            if low[item] not in ",(":
                continue
            led = low[item + 1] in grammar.media and any(word in telling for word in low[item + 2:min(item + 4, end)])
            if led or low[item + 1] in grammar.quoting:
                return item
        return end

    def strip(self, view: View, begin: int, end: int) -> int:
        """Return the end of a stretch without the marks that close it."""
        while end > begin and (view.low[end - 1] in ENDS or view.low[end - 1] in self._links):
            end -= 1
        if end > begin and view.low[end - 1] == ")" and "(" not in view.low[begin:end]:
            end -= 1
        return end

    def _coordination(self, view: View, begin: int, hit: Hit) -> int | None:
        """Return where the content before a cue ends when that cue starts a clause of its own, else ``None``."""
        grammar, low = self._grammar, view.low
        if hit.cue.voice in ("adverb", "noun"):
            return None
        if hit.cue.voice in ("bare", "preposition") or hit.clitic:
            before = hit.first - 1
            if before - 1 > begin and low[before] in grammar.contrasts and low[before - 1] == ",":
                return before - 1
            return before if before > begin and low[before] == "," and hit.cue.form not in grammar.viewpoints else None
        if hit.cue.voice != "active" or hit.cue.needs == "quote":
            return None
        item = hit.first - 1
        while item > begin and (low[item] in grammar.adverbs or low[item] in grammar.auxiliaries):
            item -= 1
        if item > begin and low[item] in grammar.conjunctions:
            return item if self._says(view, hit) else None
        return self._clause_start(view, begin, hit.first)

    def _says(self, view: View, hit: Hit) -> bool:
        """Tell whether a coordinate cue is followed by something said, not by a mere object."""
        if hit.cue.needs == "any" or view.low[hit.last:hit.last + 1] == [","]:
            return True
        return self._grammar.has_clause(view, hit.last, min(len(view), hit.last + NEXT))

    def _clause_start(self, view: View, begin: int, cue: int) -> int | None:
        """Return the comma before `, sementara X mengatakan`: a clause with a source of its own."""
        grammar, low = self._grammar, view.low
        for item in range(cue - 1, max(begin, cue - 12), -1):
            if low[item] in grammar.contrasts and low[item - 1] == ",":
                return item - 1
            if low[item] in ",;" or grammar.verb_at(view, item):
                return None
        return None

    def sides(self, view: View, left: Range, right: Range) -> list[Range]:
        """Choose the content of a cue that may stand before, after or inside it.

        A clause before the cue is content by itself; what follows it then is an apposition or the occasion.
        """
        found = [side for side in (left, right) if any(view.is_word(item) for item in range(*side))]
        if len(found) == 2 and self._grammar.has_clause(view, *left) and not self._grammar.has_clause(view, *right):
            return found[:1]
        return found


def make_draft(view: View, hit: Hit, source: Range | None, contents: list[Range], rule: str) -> Draft:
    """Build a draft from items of a view; it is mixed where a quotation stands in its content."""
    return Draft(
        kind_of(view, contents),
        [view.tokens(*content) for content in contents],
        view.index,
        cue=view.tokens(hit.first, hit.last),
        source=view.tokens(*source) if source else None,
        because=[rule, f"cue:{hit.cue.lemma}"],
    )


def kind_of(view: View, contents: list[Range]) -> Kind:
    """Tell whether indirect content holds a real quotation, more than a quoted term."""
    analysis = view.analysis
    for content in contents:
        first, last = view.tokens(*content)
        for quotation in analysis.quotations[bisect_left(analysis.quotations, first, key=_opening):]:
            if quotation.outer_first >= last:
                break
            if quotation.speech or not _is_title(analysis.tokens.words[quotation.first:quotation.last]):
                return Kind.MIXED
    return Kind.INDIRECT


def _is_title(words: list[str]) -> bool:
    return all(not word[0].islower() for word in words)


def _opening(quotation: Quotation) -> int:
    return quotation.outer_first
