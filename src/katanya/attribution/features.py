"""What a draft looks like, as names that a scorer can weigh."""

from katanya.attribution.cues import Hit
from katanya.attribution.drafts import Draft
from katanya.attribution.grammar import Grammar
from katanya.attribution.view import MARKS, QUOTE, View

EDGE = "<edge>"
BUCKETS = (1, 2, 3, 4, 6, 9, 14, 22, 40)


class FeatureReader:
    """Names the features of a draft: its cue, source, content and surroundings."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar

    def of(self, view: View, hit: Hit, draft: Draft, inside: bool, floor: int) -> list[str]:
        """Return the features of a draft made from a cue of a view."""
        cue, rule = hit.cue, draft.because[0].partition(":")[2]
        before = self._class(view, hit.first - 1)
        after = self._class(view, hit.last)
        source = self._source(view, draft)
        content = self._content(view, draft)
        where = "inside" if inside else "nested" if floor and rule == "subject-cue" else "outside"
        single = [
            f"rule={rule}", f"form={cue.form}", f"lemma={cue.lemma}", f"needs={cue.needs}", f"act={cue.act}",
            f"negated={hit.negated}", f"clitic={hit.clitic}", f"before={before}", f"after={after}",
            f"before-word={self._word(view, hit.first - 1)}", f"after-word={self._word(view, hit.last)}",
            f"where={where}", f"quote={QUOTE in view.low}", f"opens={hit.first == 0}", f"size={bucket(len(view))}",
        ]
        pairs = [
            f"rule+where={rule}+{where}", f"lemma+where={cue.lemma}+{where}", f"lemma+after={cue.lemma}+{after}",
            f"lemma+before={cue.lemma}+{before}", f"rule+before+after={rule}+{before}+{after}",
            f"form+negated={cue.form}+{hit.negated}",
        ]
        pairs += [f"lemma+{name}={cue.lemma}+{name}" for name in source[:2] + content[:3]]
        pairs += [f"rule+{name}={rule}+{name}" for name in source[:2] + content[:3]]
        pairs += [f"where+{name}={where}+{name}" for name in source[:1] + content[:2]]
        pairs += [f"lemma+{doubt}={cue.lemma}" for doubt in draft.doubts]
        return [*single, *source, *content, *pairs, *draft.doubts]

    def _source(self, view: View, draft: Draft) -> list[str]:
        if draft.source is None:
            return ["source=none"]
        tokens = view.analysis.tokens
        first, last = draft.source
        low = tokens.lower[first:last]
        if draft.source == draft.cue:
            return ["source=clitic"]
        if len(low) == 1 and low[0] in self._grammar.pronouns | self._grammar.first_person:
            return ["source=pronoun", f"source-word={low[0]}"]
        capital = any(word[0].isupper() for word in tokens.words[first + 1:last]) or (
            tokens.words[first][0].isupper() and first != view.first[0]
        )
        document = any(word in self._grammar.documents for word in low)
        kind = "document" if document else "name" if capital else "common"
        size = bucket(last - first)
        return [f"source={kind}", f"source-size={size}", f"source-first={low[0]}", f"source-last={low[-1]}"]

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
            f"content={kind}", f"content-class={said}", f"content-size={bucket(end - begin)}", f"content-first={low}",
            f"contents={len(draft.contents)}", f"content-tail={tail}", f"content-verb={early}",
        ]

    def _word(self, view: View, item: int) -> str:
        return view.low[item] if 0 <= item < len(view) else EDGE

    def _class(self, view: View, item: int) -> str:
        """Return the word class of an item, as far as closed classes and shape tell it."""
        if not 0 <= item < len(view):
            return EDGE
        grammar, word = self._grammar, view.low[item]
        if item in view.quotes:
            return "quote"
        if word in MARKS:
            return word
        for name in CLASSES:
            if word in getattr(grammar, name):
                return name
        if view.words[item][0].isupper():
            return "capital"
        if word[0].isdigit():
            return "digit"
        if grammar.is_finite(word):
            return "verb"
        return "clitic" if word.endswith(grammar.clitic) else "word"


CLASSES = (
    "that", "irrealis", "negations", "relatives", "pronouns", "first_person", "conjunctions", "complementizers",
    "subordinators", "prepositions", "auxiliaries", "adverbs", "demonstratives", "agents", "media", "documents",
    "things",
)


def bucket(size: int) -> int:
    """Return the upper limit of the class that a size falls into."""
    return next((limit for limit in BUCKETS if size <= limit), 99)
