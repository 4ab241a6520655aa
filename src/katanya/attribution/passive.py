"""Passive cues: what is said stands around them, who says it after them or nowhere."""

from katanya.attribution.contents import ContentReader, make_draft
from katanya.attribution.cues import Hit
from katanya.attribution.drafts import Draft, Range
from katanya.attribution.grammar import Grammar
from katanya.attribution.sources import SourceReader
from katanya.core.records import Kind
from katanya.core.view import View

SENTENCE_BEFORE = "indirect:sentence-before"


class PassiveReader:
    """Reads `X dinilai Y`, `dikabarkan …`, `dikatakan X`, `Hal itu disampaikan X`."""

    def __init__(self, grammar: Grammar, sources: SourceReader, contents: ContentReader) -> None:
        self._grammar = grammar
        self._sources = sources
        self._contents = contents

    def read(self, view: View, hit: Hit, following: list[Hit], floor: int, inside: bool) -> Draft | None:
        """Return the statement of a passive cue, or ``None``."""
        grammar = self._grammar
        agent, start = self._agent(view, hit)
        brings = hit.cue.form in grammar.bringing and not self._says_more(view, hit, start)
        if brings and agent is not None and self._is_message(view, hit, floor):
            return self._brought(view, hit, agent)
        form = hit.cue.form
        counts = form in grammar.bringing if hit.negated else agent is not None or form in grammar.agentless
        left = self._subject(view, hit, floor)
        if agent is None:
            agent = self._document(view, floor, hit.first if left is None else left[0])
        begin, _ = self._contents.start(view, Hit(hit.first, hit.head, start, hit.cue))
        right = (begin, self._contents.end(view, begin, following))
        if agent is None:
            agent, right = self._agent_behind(view, right)
        contents = [side for side in (left, right) if side is not None and side[1] > side[0]]
        if not contents:
            return None
        draft = make_draft(view, hit, agent, contents, "indirect:passive")
        if not counts:
            draft.doubts.append("doubt:no-agent")
        if right[1] > right[0] and self._names(view, right):
            draft.doubts.append("doubt:naming")
        alone = right[1] <= right[0] and (agent is None or form in grammar.bringing)
        if alone or (inside and agent is None and not hit.negated):
            draft.doubts.append("doubt:needs-more")
        return draft

    def _agent(self, view: View, hit: Hit) -> tuple[Range | None, int]:
        """Return who says it and the item after: `oleh X`, a clitic, or a name right after the cue."""
        grammar, low = self._grammar, view.low
        if hit.clitic:
            return (hit.first, hit.last), hit.last
        start = hit.last
        while start < len(view) and low[start] in grammar.trailing_adverbs:
            start += 1
        if start < len(view) and low[start] in grammar.agents:
            agent = self._sources.after(view, start + 1, len(view))
            return (agent, agent[1]) if agent else (None, hit.last)
        agent = self._sources.name_at(view, start)
        return (agent, agent[1]) if agent else (None, hit.last)

    def _agent_behind(self, view: View, right: Range) -> tuple[Range | None, Range]:
        """Return the agent at the end of `dianggap prematur oleh X` and the content without it."""
        for item in range(right[0] + 1, right[1] - 1):
            if view.low[item] in self._grammar.agents:
                agent = self._sources.after(view, item + 1, right[1])
                if agent is not None and agent[1] >= right[1]:
                    return agent, (right[0], item)
        return None, right

    def _says_more(self, view: View, hit: Hit, start: int) -> bool:
        """Tell whether the sentence itself says what was said: `Dikatakan X, …` or `dikatakan X bahwa …`."""
        grammar, low = self._grammar, view.low
        if any(word in grammar.that for word in low[start : start + 12]):
            return True
        opens = grammar.skip_connectives(view, 0, hit.first) >= hit.first
        return opens and start < len(view) and low[start] == "," and grammar.has_clause(view, start, len(view))

    def _subject(self, view: View, hit: Hit, floor: int) -> Range | None:
        """Return the subject of the passive; in a clause without one of its own there is none."""
        grammar, low = self._grammar, view.low
        item = hit.first - 1
        while item > floor and (low[item] in grammar.adverbs or low[item] in grammar.auxiliaries):
            item -= 1
        if item >= floor and (low[item] in grammar.relatives or low[item] in grammar.subordinators):
            return None
        if item > floor and low[item] in grammar.conjunctions:
            start = grammar.skip_connectives(view, floor, item)
            verb = grammar.main_verb(view, start, item)
            return self._sources.before(view, start, verb) if verb is not None and verb > start else None
        subject = self._sources.before(view, floor, hit.first)
        return None if subject is None or grammar.is_adjunct(view, *subject) else subject

    def _document(self, view: View, floor: int, end: int) -> Range | None:
        """Return the writing that an adjunct names which ends at an item: `Dalam laporan itu disebutkan bahwa …`."""
        grammar, low = self._grammar, view.low
        begin = grammar.skip_connectives(view, floor, end)
        between = grammar.adverbs | grammar.auxiliaries | {","}
        while end > begin and low[end - 1] in between:
            end -= 1
        if end - begin < 2 or low[begin] not in grammar.prepositions or low[begin + 1] not in grammar.documents:
            return None
        return begin + 1, end

    def _names(self, view: View, right: Range) -> bool:
        """Tell whether a passive only gives a name: what follows it is a term in quotation marks."""
        analysis = view.analysis
        first, last = view.tokens(*right)
        return any(
            not quotation.speech and quotation.outer_first == first and quotation.outer_last >= last
            for quotation in analysis.quotations
        )

    def _is_message(self, view: View, hit: Hit, floor: int) -> bool:
        """Tell whether the subject is a word for a message (`hal itu`, `pernyataan tersebut`), or missing."""
        subject = self._sources.before(view, floor, hit.first)
        if subject is None:
            start = self._grammar.skip_connectives(view, floor, hit.first)
            return start >= hit.first
        words = view.low[subject[0] : subject[1]]
        return words[0] in self._grammar.messages and len(words) <= 4

    def _brought(self, view: View, hit: Hit, agent: Range) -> Draft | None:
        """Take the sentence before as the content of `Hal itu disampaikan X`."""
        index = view.index - 1
        sentences = view.analysis.sentences
        if index < 0 or sentences[index].quotation is not None:
            return None
        before = sentences[index]
        last = before.last
        words = view.analysis.tokens.words
        while last > before.first and words[last - 1] in (".", "!", "?", ","):
            last -= 1
        first = before.first
        if last <= first:
            return None
        return Draft(
            Kind.INDIRECT,
            [(first, last)],
            index,
            cue=view.tokens(hit.first, hit.last),
            source=view.tokens(*agent),
            because=[SENTENCE_BEFORE, f"cue:{hit.cue.lemma}"],
        )
