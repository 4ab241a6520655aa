"""Where the reporting words stand in a sentence, with their negation."""

from dataclasses import dataclass

from katanya.core.view import View
from katanya.lang.pack import Cue, Pack

LONGEST = 3  # words in the longest form of the table
REACH = 4  # items between a negation and its verb


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue in a view: items ``first`` up to, not including, ``last``; ``head`` is the reporting word itself.

    ``clitic`` is true where the word carries its person (``ujarnya``); ``negated`` where nothing was said
    (``tidak merinci``) or the stance is a refusal.
    """

    first: int
    head: int
    last: int
    cue: Cue
    clitic: bool = False
    negated: bool = False


class CueFinder:
    """Looks up the cue table of a language."""

    def __init__(self, pack: Pack) -> None:
        self._cues = pack.cues
        self._starts = {form.split(" ")[0] for form in pack.cues if " " in form}
        self._negations = pack.words("grammar.negations")
        self._refusals = pack.words("grammar.refusals")
        self._scalars = pack.words("grammar.scalars")
        self._between = pack.words("grammar.auxiliaries") | pack.words("grammar.adverbs")
        self._clitics = {
            form + clitic: cue for clitic in pack.entries("pronouns.suffix") for form, cue in pack.cues.items()
            if " " not in form and form + clitic not in pack.cues and not form.endswith(clitic)
        }
        self._known = {form for form in pack.cues if " " not in form} | self._starts | self._clitics.keys()

    def find(self, view: View) -> list[Hit]:
        """Return the cues of a view in order, none overlapping."""
        hits: list[Hit] = []
        low = view.low
        known, behind = self._known, 0
        for item in [item for item, word in enumerate(low) if word in known]:
            if item < behind:
                continue
            word = low[item]
            cue, clitic = self._cues.get(word), False
            if word in self._starts:
                for more in range(LONGEST, 1, -1):
                    longer = self._cues.get(" ".join(low[item:item + more]))
                    if longer is not None:
                        cue = longer
                        break
            if cue is None:
                cue = self._clitics.get(word)
                clitic = cue is not None
            if cue is None:
                continue
            first, negated = self._negation(low, item)
            if negated and hits and hits[-1].first >= first:
                hits.pop()
            behind = item + (1 if clitic else cue.width)
            hits.append(Hit(first, item, behind, cue, clitic, negated))
        return hits

    def _negation(self, low: list[str], item: int) -> tuple[int, bool]:
        """Return where the cue begins with its negation, and whether it has one."""
        position = item - 1
        while position >= max(0, item - REACH):
            word = low[position]
            if word in self._negations or word in self._refusals:
                return (item, False) if low[position + 1] in self._scalars else (position, True)
            if word not in self._between:
                break
            position -= 1
        return item, False
