"""Direct speech: a quotation and the cue beside it, before or after, and quotations that run on."""

from katanya.attribution.cues import Hit
from katanya.attribution.drafts import Draft, Range
from katanya.attribution.features import bucket
from katanya.attribution.grammar import Grammar
from katanya.attribution.sources import SourceReader
from katanya.core.analysis import Analysis, Quotation
from katanya.core.records import Kind
from katanya.core.view import View

NO_CUE = "quote:no-cue"
NEAR = 7  # items between a quotation and a verb of saying that has its source in between
LEAD = 24  # items between a cue and the quotation that it introduces, addressee and occasion included


class QuotedReader:
    """Pairs quotations with the cues beside them."""

    def __init__(self, grammar: Grammar, sources: SourceReader) -> None:
        self._grammar = grammar
        self._sources = sources

    def read(self, view: View, hits: list[Hit], claimed: set[int]) -> tuple[list[Draft], set[Hit]]:
        """Return the direct statements of a view and the cues they took; ``claimed`` gains their quotations."""
        drafts: list[Draft] = []
        used: set[Hit] = set()
        if not view.quotes:
            return drafts, used
        by_item = {item: hit for hit in hits for item in range(hit.first, hit.last)}
        for item in sorted(view.quotes):
            if view.quotes[item] in claimed:
                continue
            draft = self._after(view, item, by_item, used)
            if draft is None:
                draft = self._runs_on(view, item, drafts, claimed)
                if draft is not None:
                    continue
                draft = self._before(view, item, hits, used)
            if draft is not None:
                claimed.add(view.quotes[item])
                drafts.append(draft)
        return drafts, used

    # -- "…," kata X -------------------------------------------------------------------------------------

    def _after(self, view: View, item: int, by_item: dict[int, Hit], used: set[Hit]) -> Draft | None:
        position = item + 1
        while position < len(view) and view.low[position] in ",-–—." :
            position += 1
        if position >= len(view):
            return None
        opener = position
        if view.low[position] in self._grammar.media and position + 1 in by_item:
            position += 1
        hit = by_item.get(position)
        if hit is not None and hit not in used and hit.cue.voice != "preposition":
            if hit.clitic:
                source: Range | None = (hit.first, hit.last)
            else:
                source = self._agent(view, hit.last)
            if source is not None or hit.cue.voice == "bare":
                first = opener if opener < hit.first and view.low[opener] in self._grammar.thus else hit.first
                used.add(hit)
                return self._draft(view, item, hit, (first, hit.last), source, "quote:cue-after")
        return self._subject_after(view, item, position, by_item, used)

    def _subject_after(
        self, view: View, item: int, position: int, by_item: dict[int, Hit], used: set[Hit]
    ) -> Draft | None:
        """Read `"…," ia menambahkan`: the source stands between the quotation and an active verb."""
        for start in range(position + 1, min(len(view), position + NEAR)):
            if view.low[start] in ",.;" or start in view.quotes:
                return None
            hit = by_item.get(start)
            if hit is None or hit in used or hit.cue.voice != "active" or hit.head != start:
                continue
            rest = hit.last
            while rest < len(view) and view.low[rest] in self._grammar.adverbs:
                rest += 1
            if rest < len(view) and view.low[rest] not in ".,":
                return None
            source = self._sources.before(view, position, hit.first)
            if source is None:
                return None
            used.add(hit)
            return self._draft(view, item, hit, (hit.first, hit.last), source, "quote:subject-cue-after")
        return None

    def _agent(self, view: View, start: int) -> Range | None:
        while start < len(view) and view.low[start] in self._grammar.agents | self._grammar.adverbs:
            start += 1
        return self._sources.after(view, start, len(view))

    # -- X mengatakan, "…" -------------------------------------------------------------------------------

    def _before(self, view: View, item: int, hits: list[Hit], used: set[Hit]) -> Draft | None:
        candidates = [hit for hit in hits if hit.last <= item and hit not in used]
        if not candidates:
            return None
        hit = candidates[-1]
        if item - hit.last > LEAD or not self._introduces(view, hit, item):
            return None
        cue: Range = (hit.first, hit.last)
        if hit.clitic:
            source: Range | None = cue
        elif hit.cue.voice == "active":
            source = self._sources.before(view, 0, hit.first)
        else:
            source = self._agent(view, hit.last)
        if source is not None and source[1] > item:
            source = None
        used.add(hit)
        return self._draft(view, item, hit, cue, source, "quote:cue-before")

    def _introduces(self, view: View, hit: Hit, item: int) -> bool:
        """Tell whether only addressee, occasion and source stand between a cue and the quotation after it."""
        last = view.low[item - 1]
        gap = range(hit.last, item)
        if not gap:
            return True
        if last not in (",", ":") and last not in self._grammar.complementizers:
            return False
        return not self._grammar.has_clause(view, hit.last, item)

    # -- runs on ------------------------------------------------------------------------------------------

    def _runs_on(self, view: View, item: int, drafts: list[Draft], claimed: set[int]) -> Draft | None:
        """A second quotation after the cue of the first in one sentence belongs to the same statement."""
        if not drafts or drafts[-1].kind is not Kind.DIRECT or "quote:cue-before" in drafts[-1].because:
            return None
        drafts[-1].contents.append(_content(view.analysis, view.quotation(item)))
        drafts[-1].because.append("quote:split-by-cue")
        claimed.add(view.quotes[item])
        return drafts[-1]

    def follow_on(self, analysis: Analysis, drafts: list[Draft], claimed: set[int]) -> list[Draft]:
        """Attach or add the quotations that have no cue of their own.

        In the paragraph of a direct statement the next quotation runs on; one that opens a paragraph is a statement
        of its own.
        """
        found: list[Draft] = []
        direct = {draft.sentence: draft for draft in drafts if draft.kind is Kind.DIRECT and draft.quotation is None}
        previous: Draft | None = None
        lone = _lone_quotations(analysis)
        for index, sentence in enumerate(analysis.sentences):
            if sentence.quotation is not None:
                break
            if index in direct:
                previous = direct[index]
                continue
            number = lone.get(index)
            if number is None or number in claimed:
                previous = None
                continue
            quotation = analysis.quotations[number]
            claimed.add(number)
            if previous is not None and analysis.sentences[previous.sentence].paragraph == sentence.paragraph:
                previous.contents.append(_content(analysis, quotation))
                previous.because.append("quote:runs-on")
                previous = None
                continue
            content = _content(analysis, quotation)
            features = [NO_CUE, f"quote-size={bucket(content[1] - content[0])}", f"quote-closed={quotation.closed}"]
            found.append(Draft(Kind.DIRECT, [content], index, because=[NO_CUE], features=features))
            previous = None
        return found

    def _draft(self, view: View, item: int, hit: Hit, cue: Range, source: Range | None, rule: str) -> Draft:
        content = _content(view.analysis, view.quotation(item))
        named = "clitic" if hit.clitic else "none" if source is None else "phrase"
        return Draft(
            Kind.DIRECT,
            [content],
            view.index,
            cue=view.tokens(*cue),
            source=view.tokens(*source) if source else None,
            because=[rule],
            features=[
                rule, f"{rule}+source={named}",
                f"quote-size={bucket(content[1] - content[0])}", f"quote-closed={view.quotation(item).closed}",
                f"quote-voice={hit.cue.voice}",
            ],
        )


def _lone_quotations(analysis: Analysis) -> dict[int, int]:
    """Return, for every sentence that is one spoken quotation and nothing else, that quotation."""
    begins = {
        quotation.outer_first: number for number, quotation in enumerate(analysis.quotations)
        if quotation.parent is None and quotation.speech
    }
    lone: dict[int, int] = {}
    for index, sentence in enumerate(analysis.sentences):
        number = begins.get(sentence.first)
        if number is not None and analysis.quotations[number].outer_last >= sentence.last - 1:
            lone[index] = number
    return lone


def _content(analysis: Analysis, quotation: Quotation) -> Range:
    last = quotation.last
    while last > quotation.first + 1 and analysis.tokens.words[last - 1] in (",", "."):
        last -= 1
    return quotation.first, last

