"""Where the headline of another article ends, when a link to it stands in the middle of a text."""

import re

from katanya.lang.pack import Pack

LINE = 220  # characters: a headline is no longer than this
WORDS = 30
FAR = 4 * LINE  # how far the end of a line is looked for
NEAR = 20_000  # characters on both sides in which a name is looked for again
STOPS = ".?!…"
SMALLS = (
    "boilerplate.smalls", "grammar.prepositions", "grammar.conjunctions", "grammar.subordinators",
    "grammar.relatives",
)
MARKS = "\"'“”‘’«»"
# The mark that opens and the marks that may close it.
PAIRS = {'"': '"”', "“": '”"', "'": "'’", "‘": "’'", "”": '”"', "«": "»"}
WORD = re.compile(r"\S+")
# A cut-out link leaves no space: "…di JatimNamun, harga …", "… di NFLNamun …".
GLUED = re.compile(r"(?<=[a-z0-9)\"”.?!])(?=[A-Z][a-z])|(?<=[A-Z]{2})(?=[A-Z][a-z])|(?<=\w)(?=[\"“\[][A-Z])")


class HeadlineReader:
    """Follows a headline, printed with capitals, up to the sentence that runs on behind it."""

    def __init__(self, pack: Pack) -> None:
        self._camels = pack.words("boilerplate.camels")
        self._openers = pack.words("boilerplate.openers")
        self._smalls = frozenset().union(*(pack.words(name) for name in SMALLS))

    def end(self, text: str, start: int) -> int | None:
        """Return where the headline that begins at ``start`` ends; None where the text does not tell."""
        stop = line_end(text, start)
        start += len(text[start:stop]) - len(text[start:stop].lstrip())
        if start >= stop:
            return None
        if (close := _quoted(text, start, stop)) is not None:
            return close
        words = list(WORD.finditer(text, start, min(stop, start + 2 * LINE)))[:WORDS]
        if "://" in words[0].group():
            return words[0].end()
        for index, word in enumerate(words):
            if (end := self._end_at(text, words, index)) is not None:
                return end
            if self._is_running(word.group()):
                return self._back(text, words, index) if index >= 3 else None
        return stop if stop - start <= LINE else None

    def is_headline(self, line: str) -> bool:
        """Tell whether a line is printed like a headline: most words with a capital, no full stop."""
        words = [word for word in line.split() if word[0].isalpha() and word.lower() not in self._smalls]
        capitals = sum(word[0].isupper() for word in words)
        fits = len(words) >= 3 and len(line) <= LINE and not line.endswith((".", ","))
        return fits and capitals >= 0.7 * len(words)

    def _end_at(self, text: str, words: list[re.Match[str]], index: int) -> int | None:
        """Return the end of the headline at a word, where a mark or a missing space shows it."""
        word = words[index].group()
        follows = words[index + 1].group() if index + 1 < len(words) else ""
        if index and word[0] in "\"“":
            return words[index - 1].end()
        for cut in GLUED.finditer(word):
            if cut.start() > 2 and not any(name in word.lower() for name in self._camels):
                return words[index].start() + cut.start()
        abbreviated = word[-1] == "." and len(word) <= 4 and not word.endswith("..")
        if word[-1] in STOPS and not abbreviated and not follows[:1].islower():
            return words[index].end()
        opens = word[0].isupper() and word.lower().rstrip(",") in self._openers
        return words[index - 1].end() if index >= 2 and opens and self._is_running(follows) else None

    def _is_running(self, word: str) -> bool:
        """Tell whether a word is small as no headline would print it."""
        return word[:1].islower() and word.rstrip(",:;").lower() not in self._smalls

    def _back(self, text: str, words: list[re.Match[str]], index: int) -> int:
        """Return the end of the headline before the subject of the sentence whose verb is at ``index``.

        The subject is the longest run of capitals before the verb that the text knows from elsewhere.
        """
        while index > 2 and words[index - 1].group().lower() in self._smalls:
            index -= 1
        first = index
        while first > 1 and words[first - 1].group()[0].isupper() and words[first - 2].group()[-1] != ",":
            first -= 1
        end = words[index - 1].end()
        for begin in range(first, index):
            phrase = text[words[begin].start():end]
            if text.count(phrase, max(0, end - NEAR), end + NEAR) > 1:
                return words[begin - 1].end()
        return words[index - 2].end()


def line_end(text: str, start: int) -> int:
    """Return the end of the line that holds an offset; a very long line ends some way behind it."""
    stop = min(len(text), start + FAR)
    found = text.find("\n", start, stop)
    return stop if found < 0 else found


def _quoted(text: str, start: int, stop: int) -> int | None:
    """Return the end of a headline in quotation marks, with the stop behind it."""
    closing = PAIRS.get(text[start])
    if closing is None:
        return None
    for position in range(start + 1, min(stop, start + LINE)):
        if text[position] in closing and not text[position + 1:position + 2].isalnum():
            return position + 2 if text[position + 1:position + 2] in (":", ".") else position + 1
    return None
