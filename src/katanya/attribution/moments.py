"""Where a time expression begins and ends: the shapes of a language's calendar, matched on tokens."""

import re

from katanya.core.analysis import Tokens
from katanya.lang.pack import Pack

FILE = "calendar"
SHAPES, PHRASES, CAPITALS = f"{FILE}.shapes", f"{FILE}.phrases", f"{FILE}.capitals"
WINDOW = 16  # no time expression has more tokens
FORMS = {
    "year": re.compile(r"(?:19|20)\d\d"),
    "date": re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?"),
    "clock": re.compile(r"\d{1,2}[.:]\d{2}(?:[.:]\d{2})?"),
    "number": re.compile(r"\d{1,2}"),
}
MARKS = {"(": "open", "[": "open", ")": "close", "]": "close", ",": "comma"}
ITEM = re.compile(r"([a-z_|]+)([?*]?)")


class MomentReader:
    """Finds time expressions by the words and shapes of a pack's calendar.

    Each token is written as one letter, which stands for all the classes it belongs to, and the shapes become
    regular expressions over those letters.
    """

    def __init__(self, pack: Pack) -> None:
        shapes = [ITEM.findall(shape) for shape in pack.entries(SHAPES)]
        items = [item for shape in shapes for item in shape]
        classes = _classes(pack, {name for names, _ in items for name in names.split("|")})
        kinds = {frozenset(names) for names in classes.values()} | _digit_kinds()
        letters = {kind: chr(0x100 + number) for number, kind in enumerate(sorted(kinds, key=sorted))}
        self._letters = {word: letters[frozenset(names)] for word, names in classes.items()}
        self._digits = {kind: letters[kind] for kind in _digit_kinds()}
        self._shapes = [_compile(shape, letters) for shape in shapes]
        self._phrases: dict[str, list[tuple[str, ...]]] = {}
        for phrase in pack.entries(PHRASES):
            first, *rest = phrase.split(" ")
            self._phrases.setdefault(first, []).append(tuple(rest))
        self._capitals = pack.words(CAPITALS)
        begin = set().union(*map(_beginnings, shapes))
        self._starters = {word for word, names in classes.items() if names & begin} | self._phrases.keys()

    def time_at(self, tokens: Tokens, index: int, last: int) -> int | None:
        """Return the end of the longest time expression that starts at a token, or ``None``."""
        word = tokens.lower[index]
        if word not in self._starters and not word[0].isdigit():
            return None
        end = 0
        for rest in self._phrases.get(word, ()):
            stop = index + 1 + len(rest)
            if stop <= last and tuple(tokens.lower[index + 1 : stop]) == rest:
                end = max(end, stop)
        code = self._encode(tokens, index, min(last, index + WINDOW))
        if code:
            for shape in self._shapes:
                match = shape.match(code)
                if match:
                    end = max(end, index + match.end())
        if end == index + 1 and word in self._capitals and tokens.words[index] == word:
            return None
        return end or None

    def _encode(self, tokens: Tokens, index: int, last: int) -> str:
        code = ""
        for word in tokens.lower[index:last]:
            letter = self._letters.get(word)
            if letter is None:
                letter = self._digits.get(_forms(word)) if word[0].isdigit() else None
            if letter is None:
                break
            code += letter
        return code


def _classes(pack: Pack, wanted: set[str]) -> dict[str, set[str]]:
    """Return the classes of every word that a shape may hold."""
    classes: dict[str, set[str]] = {mark: {name} for mark, name in MARKS.items()}
    for name in sorted(wanted - FORMS.keys() - set(MARKS.values())):
        for word in pack.entries(f"{FILE}.{name}"):
            classes.setdefault(word, set()).add(name)
    return classes


def _forms(word: str) -> frozenset[str]:
    return frozenset(name for name, form in FORMS.items() if form.fullmatch(word))


def _digit_kinds() -> set[frozenset[str]]:
    return {_forms(word) for word in ("2020", "13/4", "13/4/2020", "10.00", "10:00", "10.00.00", "7")}


def _compile(shape: list[tuple[str, str]], letters: dict[frozenset[str], str]) -> re.Pattern[str]:
    code = ""
    for names, mark in shape:
        wanted = set(names.split("|"))
        code += f"[{''.join(letter for kind, letter in letters.items() if kind & wanted)}]{mark}"
    return re.compile(code)


def _beginnings(shape: list[tuple[str, str]]) -> set[str]:
    """Return the classes that a shape may begin with."""
    found: set[str] = set()
    for names, mark in shape:
        found |= set(names.split("|"))
        if not mark:
            break
    return found
