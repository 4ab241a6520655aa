"""Indirect speech: content before, after or around its cue, in a sentence of the writer's or in a quotation."""

from katanya.attribution.contents import ContentReader, make_draft
from katanya.attribution.cues import Hit
from katanya.attribution.drafts import Draft, Range
from katanya.attribution.features import IRREALIS, FeatureReader
from katanya.attribution.grammar import Grammar
from katanya.attribution.occasion import OccasionReader
from katanya.attribution.passive import PassiveReader
from katanya.attribution.sources import SourceReader
from katanya.core.view import View

BESIDE = "doubt:medium-beside-another"
LONG = 9  # items of a phrase that is hardly a mere topic


class IndirectReader:
    """Reads the indirect statements of a view, cue by cue from left to right."""

    def __init__(
        self, grammar: Grammar, sources: SourceReader, occasions: OccasionReader, features: FeatureReader
    ) -> None:
        self._grammar = grammar
        self._sources = sources
        self._contents = ContentReader(grammar, sources, occasions)
        self._features = features
        self._passive = PassiveReader(grammar, sources, self._contents)

    def read(self, view: View, hits: list[Hit], direct: list[Draft], inside: bool) -> dict[int, Draft]:
        """Return the indirect and mixed statements of a view, doubted ones too, by the item of their cue.

        ``direct`` are the statements already found in it; ``inside`` is true for a sentence of a quotation.
        """
        found: dict[int, Draft] = {}
        sure = list(direct)
        floor = 0
        for number, hit in enumerate(hits):
            draft = self._one(view, hit, hits[number + 1:], floor, sure, inside)
            if draft is None:
                continue
            draft.doubts += [name for name, doubtful in self._doubts(view, hit) if doubtful]
            draft.features = self._features.of(view, hit, draft, inside, floor)
            found[hit.head] = draft
            if draft.doubts:
                continue
            sure.append(draft)
            start = draft.contents[-1][0]
            if hit.cue.voice != "passive" and view.first[hit.last - 1] < start:
                floor = self._new_floor(view, start, hits[number + 1:], floor)
        for draft in found.values():
            if len(sure) > 1 and self._names_medium(view, draft):
                draft.doubts.append(BESIDE)
                draft.features.append(BESIDE)
        return found

    @staticmethod
    def _new_floor(view: View, start: int, following: list[Hit], floor: int) -> int:
        """Return the item behind which the next cue's subject lies: where the content before it begins."""
        item = view.item_at(start)
        return floor if following and following[0].first <= item else item

    def _doubts(self, view: View, hit: Hit) -> list[tuple[str, bool]]:
        return [(IRREALIS, hit.cue.voice in ("active", "passive") and self._irrealis(view, hit))]

    def _one(
        self, view: View, hit: Hit, following: list[Hit], floor: int, before: list[Draft], inside: bool
    ) -> Draft | None:
        voice = hit.cue.voice
        if voice == "preposition":
            return self._preposition(view, hit, following)
        if voice == "bare":
            return self._parenthesis(view, hit, following)
        if voice == "adverb":
            return self._hearsay(view, hit, following, floor)
        if voice == "noun":
            return self._noun(view, hit, following)
        if voice == "passive":
            return self._passive.read(view, hit, following, floor, inside)
        return self._active(view, hit, following, floor, before, inside)

    def _irrealis(self, view: View, hit: Hit) -> bool:
        """Tell whether a cue is planned, owed or aimed at, not done: `akan mengatakan`, `untuk memastikan`."""
        item = hit.first - 1
        while item >= 0 and view.low[item] in self._grammar.adverbs:
            item -= 1
        return not hit.negated and item >= 0 and view.low[item] in self._grammar.irrealis

    def _names_medium(self, view: View, draft: Draft) -> bool:
        if draft.cue is None:
            return False
        return view.analysis.tokens.lower[draft.cue[0]] in self._grammar.quoting

    # -- X mengatakan (bahwa) … --------------------------------------------------------------------------

    def _active(
        self, view: View, hit: Hit, following: list[Hit], floor: int, before: list[Draft], inside: bool
    ) -> Draft | None:
        if hit.cue.needs == "quote" and not hit.negated:
            return None
        source, shared = self._subject(view, hit, floor, before)
        if source is None and shared is None:
            return None
        if source is not None and view.low[source[1] - 1] in self._grammar.first_person:
            return None
        begin, marked = self._contents.start(view, hit)
        end = self._contents.end(view, begin, following)
        if hit.first and view.low[hit.first - 1] in self._grammar.relatives:
            end = self._contents.relative_end(view, begin, end, following)
        if begin >= end:
            return None
        draft = make_draft(view, hit, source, [(begin, end)], "indirect:subject-cue")
        if not self._reports(view, hit, begin, end, marked, source):
            draft.doubts.append("doubt:needs-more")
        if source is not None and not self._speaks(view, source, inside):
            draft.doubts.append("doubt:no-speaker")
        if source is None and shared is not None:
            draft.source = shared.source
            draft.because.append("source:shared")
        return draft

    def _subject(self, view: View, hit: Hit, floor: int, before: list[Draft]) -> tuple[Range | None, Draft | None]:
        """Return the items of the subject, or the statement whose source is shared by coordination."""
        grammar, low = self._grammar, view.low
        item = hit.first - 1
        while item > floor and (low[item] in grammar.adverbs or low[item] in grammar.auxiliaries or low[item] == ","):
            item -= 1
        if item < floor:
            return None, None
        if low[item] in grammar.conjunctions:
            last = before[-1] if before else None
            if last is not None and last.source is not None and last.cue is not None and last.cue[0] < view.first[item]:
                return None, last
            return self._first_subject(view, floor, item), None
        if low[item] in grammar.relatives:
            end = item
            while end > floor and low[end - 1] == ",":
                end -= 1
            return (self._sources.before(view, floor, end) if end > floor else None), None
        return self._sources.before(view, floor, hit.first), None

    def _first_subject(self, view: View, floor: int, last: int) -> Range | None:
        """Return the subject of the sentence's first verb: the one that a coordinate verb shares."""
        start = self._grammar.skip_connectives(view, floor, last)
        verb = self._grammar.main_verb(view, start, last)
        if verb is None or verb <= start:
            return None
        return self._sources.before(view, start, verb)

    def _speaks(self, view: View, source: Range, inside: bool) -> bool:
        """Tell whether a subject can be a source: not a mere thing, nor the quoted speaker's own present self."""
        low = view.low[source[0]:source[1]]
        if low[-1] in self._grammar.first_person or (inside and low[0] in self._grammar.first_person):
            return False
        return not all(word in self._grammar.things for word in low)

    def _reports(self, view: View, hit: Hit, begin: int, end: int, marked: bool, source: Range | None) -> bool:
        """Tell whether what follows an active cue is content, by what the cue needs."""
        grammar, needs = self._grammar, hit.cue.needs
        if hit.negated:
            return True
        named = view.low[source[0]:source[1]] if source is not None else []
        if hit.cue.lemma in grammar.showing and named and not any(word in grammar.documents for word in named):
            return False
        content = view.low[begin:end]
        if " ".join(content) in grammar.empty:
            return False
        if needs == "any" or marked:
            return True
        if hit.cue.lemma in grammar.stances and content[0] in grammar.proposals:
            return True
        if needs == "that":
            return False
        return grammar.is_said(view.low[begin]) or grammar.has_clause(view, begin, end) or end - begin >= LONG

    # -- menurut X, … ------------------------------------------------------------------------------------

    def _preposition(self, view: View, hit: Hit, following: list[Hit]) -> Draft | None:
        grammar, low = self._grammar, view.low
        start = hit.last
        if hit.clitic:
            source: Range | None = (hit.first, hit.last)
        else:
            while start < len(view) and low[start] in grammar.quoting_links:
                start += 1
            source = self._sources.after(view, start, len(view), closed=True)
        if source is None:
            return None
        left = self._left(view, hit)
        start = source[1]
        if low[hit.head] in grammar.quoting:
            start = self._after_day(view, start)
        right = self._right(view, start, following)
        contents = self._contents.sides(view, left, right)
        if not contents or view.low[source[0]] in grammar.first_person:
            return None
        draft = make_draft(view, hit, source, contents, "indirect:preposition")
        if not self._hands_over(view, hit, source, left):
            draft.doubts.append("doubt:no-source")
        return draft

    def _after_day(self, view: View, item: int) -> int:
        """Pass over the day on which a medium is quoted: `Dilansir dari X pada Selasa (20/6), …`."""
        while item < len(view) and (view.low[item] == "," or view.low[item] in self._grammar.prepositions):
            item += 1
        end = self._sources.moment_end(view, item) if item < len(view) else None
        return view.item_at(end) if end is not None and end < view.end[-1] else item

    def _hands_over(self, view: View, hit: Hit, source: Range, left: Range) -> bool:
        """Tell whether a preposition introduces a source, by the words that may follow it."""
        grammar, words = self._grammar, range(*source)
        if hit.cue.form in grammar.viewpoints:
            named = hit.clitic or view.words[source[0]][0].isupper() or view.low[source[0]] in grammar.pronouns
            return named and left[0] == left[1] and view.low[source[1]:source[1] + 1] == [","]
        if view.low[hit.head] in grammar.groundwords:
            return any(view.low[item] in grammar.documents for item in words)
        bare = len(words) == 1 and not hit.clitic and view.words[source[0]][0].islower()
        return not bare or source[1] < len(view) - 1 or view.low[source[0]] in grammar.pronouns | grammar.documents

    def _left(self, view: View, hit: Hit) -> Range:
        grammar = self._grammar
        before = view.low[hit.first - 1] if hit.first else ""
        if before == "," and hit.first > 1 and view.low[hit.first - 2] in grammar.conjunctions:
            before = view.low[hit.first - 2]
        if before in grammar.links:
            return hit.first, hit.first
        begin = grammar.skip_connectives(view, 0, hit.first)
        return begin, self._contents.strip(view, begin, hit.first)

    def _right(self, view: View, start: int, following: list[Hit]) -> Range:
        item = start
        while item < len(view) and (view.low[item] in ",:)" or view.low[item] in self._grammar.complementizers):
            item += 1
        end = self._contents.end(view, item, following)
        if item < end and self._sources.moment_end(view, item) == view.end[end - 1]:
            return item, item  # nothing but the day on which it was said
        return item, end

    # -- …, kata X, … ------------------------------------------------------------------------------------

    def _parenthesis(self, view: View, hit: Hit, following: list[Hit]) -> Draft | None:
        low = view.low
        source = (hit.first, hit.last) if hit.clitic else self._sources.after(view, hit.last, len(view))
        if source is None:
            return None
        before = low[hit.first - 1] if hit.first else ""
        opened = before in ("", ",") or self._grammar.skip_connectives(view, 0, hit.first) >= hit.first
        after = low[source[1]] if source[1] < len(view) else "."
        named = hit.clitic or view.words[source[0]][0].isupper() or low[source[0]] in self._grammar.pronouns
        plain = hit.cue.lemma in self._grammar.plain
        closed = after in ",.):(" or (plain and opened and (named or hit.first == 0 or source[1] - hit.last > 1))
        sure = (plain and hit.cue.form not in self._grammar.nouns_too) or (hit.clitic and after in ",.")
        if not closed or not (opened or sure):
            return None
        if low[source[0]] in self._grammar.first_person:
            return None
        goes_on = after == "," or (source[1] < len(view) and self._grammar.verb_at(view, source[1]))
        left = self._left(view, hit)
        right = self._right(view, source[1] if goes_on else len(view), following)
        contents = self._contents.sides(view, left, right)
        return make_draft(view, hit, source, contents, "indirect:parenthesis") if contents else None


    # -- konon …, arahan X agar … ------------------------------------------------------------------------

    def _hearsay(self, view: View, hit: Hit, following: list[Hit], floor: int) -> Draft | None:
        """Read an adverb of hearsay: its clause is the content, the subject before it included."""
        item = hit.last
        while item < len(view) and view.low[item] == ",":
            item += 1
        right = (item, self._contents.end(view, item, following))
        left = self._sources.before(view, floor, hit.first) if hit.first > floor else None
        contents = self._contents.sides(view, left or (item, item), right)
        return make_draft(view, hit, None, contents, "indirect:hearsay") if right[1] > right[0] and contents else None

    def _noun(self, view: View, hit: Hit, following: list[Hit]) -> Draft | None:
        """Read a noun as cue: its owner is named, and a complementizer opens what is handed over."""
        source = self._sources.name_at(view, hit.last)
        if source is None or source[1] >= len(view) or view.low[source[1]] not in self._grammar.that:
            return None
        begin = source[1] + 1
        end = self._contents.end(view, begin, following)
        behind = self._contents.predicate(view, begin, end)
        return make_draft(view, hit, source, [(begin, behind)], "indirect:noun") if behind > begin else None
