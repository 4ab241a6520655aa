"""How the words of a quotation changed: two versions aligned word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from katanya.ledger.quotations.versions import MARKS, WORD

MARKED = re.compile(rf"((?:(?<!\S)[^\w\s]+)?(?:{WORD.pattern}))")


class Change(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    CHANGED = "changed"  # other words stand in their place
    OMITTED = "omitted"  # left out, with words around them kept
    ADDED = "added"  # put in, with words around them kept
    OUTSIDE = "outside"  # before or after all that the two have in common: one quotes more


@dataclass(frozen=True, slots=True)
class Step:
    """Some words of the one version and what the other has for them, as written."""

    change: Change
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drift:
    """The steps from one version to another; the words of the steps rebuild both."""

    steps: tuple[Step, ...]

    @property
    def before(self) -> tuple[str, ...]:
        """The words of the version that was compared with."""
        return tuple(word for step in self.steps for word in step.before)

    @property
    def after(self) -> tuple[str, ...]:
        """The words of the version that was compared."""
        return tuple(word for step in self.steps for word in step.after)

    @property
    def changed(self) -> bool:
        """Whether the words themselves changed: more than where the quotation begins and ends."""
        return any(step.change not in (Change.KEPT, Change.OUTSIDE) for step in self.steps)

    def count(self, change: Change) -> int:
        """Return how many words went through a change, of the longer side."""
        return sum(max(len(step.before), len(step.after)) for step in self.steps if step.change is change)


def drift(before: str, after: str) -> Drift:
    """Align two versions of a quotation word by word, whatever their capitals, quotation marks and full stops."""
    one, other = _written(before), _written(after)
    matcher = SequenceMatcher(None, _folded(before), _folded(after), autojunk=False)
    codes = matcher.get_opcodes()
    kept = [at for at, code in enumerate(codes) if code[0] == "equal"]
    steps = []
    for at, (tag, a, b, c, d) in enumerate(codes):
        outside = not kept or at < kept[0] or at > kept[-1]
        change = Change.OUTSIDE if outside else CHANGES[tag]
        steps.append(Step(change, tuple(one[a:b]), tuple(other[c:d])))
    return Drift(tuple(steps))


CHANGES = {
    "equal": Change.KEPT,
    "replace": Change.CHANGED,
    "delete": Change.OMITTED,
    "insert": Change.ADDED,
}


def _folded(text: str) -> list[str]:
    return [MARKS.sub("'", word.lower()) for word in WORD.findall(text)]


def _written(text: str) -> list[str]:
    """Return the words with the marks that stand at them; a mark between two words goes with the first."""
    cuts = [match.start(1) for match in MARKED.finditer(text)]
    return [text[start:end].strip() for start, end in zip(cuts, [*cuts[1:], len(text)], strict=False)]
