"""What a draft looks like, as names that a scorer can weigh.

Forms and lemmas are left out on purpose: beside a network that reads them they only fit the outlets seen.
"""

from katanya.attribution.cues import Hit
from katanya.attribution.drafts import Draft
from katanya.attribution.grammar import Grammar
from katanya.core.view import MARKS, View

IRREALIS = "doubt:irrealis"
EDGE = "<edge>"
BUCKETS = (1, 2, 3, 4, 6, 9, 14, 22, 40)


class FeatureReader:
    """Names the features of a draft: its cue, source, content and surroundings."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._classes = {word: name for name in reversed(CLASSES) for word in getattr(grammar, name)}

    def of(self, view: View, hit: Hit, draft: Draft, inside: bool, floor: int) -> list[str]:
        """Return the features of a draft made from a cue of a view."""
        cue, rule = hit.cue, draft.because[0].partition(":")[2]
        where = "inside" if inside else "nested" if floor and rule == "subject-cue" else "outside"
        return [
            f"rule={rule}", f"needs={cue.needs}", f"negated={hit.negated}", f"clitic={hit.clitic}",
            f"before={self._class(view, hit.first - 1)}", f"after={self._class(view, hit.last)}", f"where={where}",
            *self._source(view, draft), *self._content(view, draft), *draft.doubts,
        ]

    def _source(self, view: View, draft: Draft) -> list[str]:
        if draft.source is None:
            return ["source=none"]
        tokens = view.analysis.tokens
        first, last = draft.source
        low = tokens.lower[first:last]
        if draft.source == draft.cue:
            return ["source=clitic"]
        if len(low) == 1 and (low[0] in self._grammar.pronouns or low[0] in self._grammar.first_person):
            return ["source=pronoun"]
        capital = any(word[0].isupper() for word in tokens.words[first + 1:last]) or (
            tokens.words[first][0].isupper() and first != view.first[0]
        )
        document = any(word in self._grammar.documents for word in low)
        kind = "document" if document else "name" if capital else "common"
        return [f"source={kind}", f"source-size={bucket(last - first)}"]

    def _content(self, view: View, draft: Draft) -> list[str]:
        if draft.sentence != view.index:
            return ["content=sentence-before"]
        first, last = draft.contents[-1]
        begin, end = view.item_at(first), view.item_at(last - 1) + 1
        clause = self._grammar.main_verb(view, begin, end)
        low = view.low[begin]
        kind = "clause" if clause is not None else "phrase"
        said = "said" if self._grammar.is_said(low) else self._class(view, begin)
        tail = "end" if end >= len(view) - 1 else self._class(view, end)
        early = "early" if clause is not None and clause - begin < 2 else "late" if clause is not None else "none"
        return [
            f"content={kind}", f"content-class={said}", f"content-size={bucket(end - begin)}",
            f"contents={len(draft.contents)}", f"content-tail={tail}", f"content-verb={early}",
        ]

    def _class(self, view: View, item: int) -> str:
        """Return the word class of an item, as far as closed classes and shape tell it."""
        if not 0 <= item < len(view):
            return EDGE
        grammar, word = self._grammar, view.low[item]
        if item in view.quotes:
            return "quote"
        if word in MARKS:
            return word
        if (name := self._classes.get(word)) is not None:
            return name
        if view.words[item][0].isupper():
            return "capital"
        if word[0].isdigit():
            return "digit"
        if grammar.is_finite(word):
            return "verb"
        return "clitic" if word.endswith(grammar.clitics) else "word"


CLASSES = (
    "that", "irrealis", "negations", "relatives", "pronouns", "first_person", "conjunctions", "complementizers",
    "subordinators", "prepositions", "auxiliaries", "adverbs", "demonstratives", "agents", "media", "documents",
    "things",
)


def bucket(size: int) -> int:
    """Return the upper limit of the class that a size falls into."""
    return next((limit for limit in BUCKETS if size <= limit), 99)
