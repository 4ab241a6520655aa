"""What can be seen of a text quickly, before its figures are judged: where a class may be told, and a topic is named.

All is as if each word were led to its stem, which takes a hundred times as long: what a text has no trace of it does
not hold, and only words that have one are looked at.
"""

from bisect import bisect_left

from katanya.ledger.tracks.counted import WINDOW, Counting
from katanya.ledger.words import WORD

OFTEN = 4  # words of the topic in an article that is about it


class Sieve:
    """Looks for the classes and the topic of one question in many texts; ``topic`` holds stems.

    With ``things`` figures of the topic itself are looked for, by what they are said to count.
    """

    def __init__(
        self, tell: Counting, classes: frozenset[str], topic: frozenset[str], *, things: bool = False
    ) -> None:  # fmt: skip
        self.topic = topic
        self.tell = tell
        self.things = things
        self.telling = tuple(sorted(tell.traces(max(run, key=len) for run in tell.telling(classes))))
        self.naming = tuple(sorted(tell.traces(topic)))
        self._known: dict[str, bool] = {}

    def names(self, word: str) -> bool:
        """Tell whether a word in lower case is a form of one of the topic."""
        known = self._known.get(word)
        if known is None:
            traced = any(trace in word for trace in self.naming)
            known = self._known[word] = traced and self.tell.stem(word) in self.topic
        return known


class Sifted:
    """One text under a sieve."""

    def __init__(self, sieve: Sieve, text: str) -> None:
        self._sieve = sieve
        self._text = text
        self._lower = text.lower()
        self._about: bool | None = None
        known = len(self._lower) == len(text)  # else offsets of the one are none of the other
        self._telling = sorted(_places(self._lower, sieve.telling)) if known and sieve.telling else None

    def may_tell(self, start: int, end: int, last: int, of: str | None) -> bool:
        """Tell whether a figure before another one, which begins at ``last``, may be of what is asked for."""
        if self._sieve.things:
            return self.holds(of or "")
        if self._telling is None:
            return True
        at = bisect_left(self._telling, start - WINDOW)
        if at < len(self._telling) and self._telling[at] < min(last, end + WINDOW) + WINDOW:
            return True
        counted = (of or "").lower()
        return any(trace in counted for trace in self._sieve.telling)

    def is_named(self, first: int, last: int) -> bool:
        """Tell whether the topic is named in a stretch of the text, or time and again in all of it."""
        return self.holds(self._text[max(0, first) : last]) or self.is_about

    def holds(self, text: str) -> bool:
        """Tell whether a text names the topic."""
        lower = text.lower()
        if not any(trace in lower for trace in self._sieve.naming):
            return False
        return any(map(self._sieve.names, self._sieve.tell.words(text)))

    @property
    def is_about(self) -> bool:
        """Whether the text names the topic time and again, so that all of it is about that."""
        if self._about is None:
            self._about = self._is_about()
        return self._about

    def _is_about(self) -> bool:
        if sum(map(self._lower.count, self._sieve.naming)) < OFTEN:
            return False
        left = OFTEN
        for match in WORD.finditer(self._text):
            left -= self._sieve.names(match[0].lower())
            if not left:
                return True
        return False


def _places(text: str, traces: tuple[str, ...]) -> set[int]:
    """Return the offsets of all traces in a text."""
    found = set()
    for trace in traces:
        at = text.find(trace)
        while at >= 0:
            found.add(at)
            at = text.find(trace, at + 1)
    return found
