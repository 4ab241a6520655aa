"""The shapes of time expressions, compiled from the pack's table and found in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from katanya.core.analysis import Tokens
from katanya.core.errors import PackError
from katanya.lang.pack import Pack
from katanya.normalise.times.lexicon import MORE, Lexicon

TABLE = "time_shapes"
LET = "let"
ITEM = re.compile(r"[()|?]|!?=>|!?<=|[A-Za-z0-9]+")
NOT_BEHIND, NOT_AHEAD = "!<=", "!=>"
BEHIND, AHEAD = re.compile("!?<="), re.compile("!?=>")
LONGEST_WORD = 5  # tokens of one word of the lexicon


@dataclass(frozen=True, slots=True)
class Rule:
    """A shape with its name, which becomes the ``because`` of a time, and the way that it is read."""

    name: str
    reading: str
    pattern: re.Pattern[str]


@dataclass(slots=True)
class Match:
    """A stretch of a text that has a shape: tokens ``first`` up to, not including, ``last``.

    ``clock`` is a time of day that stands beside it and belongs to it, ``dated`` a date that explains it; the whole
    with these are the tokens ``begin`` up to ``stop``.
    """

    rule: Rule
    first: int
    last: int
    tokens: Tokens
    code: str
    lexicon: Lexicon
    begin: int
    stop: int
    clock: "Match | None" = None
    dated: "Match | None" = None

    def find(self, name: str, after: int = -1) -> int | None:
        """Return the first token of a class, behind token ``after``."""
        members = self.lexicon.members.get(name, "")
        for index in range(max(self.first, after + 1), self.last):
            if self.code[index] in members:
                return index
        return None

    def has(self, name: str) -> bool:
        """Whether a token of a class is in it."""
        return self.find(name) is not None

    def word(self, index: int) -> str:
        """Return the word that begins at a token, in lower case, with all its tokens."""
        stop = index + 1
        while stop < self.last and self.code[stop] == MORE:
            stop += 1
        return " ".join(self.tokens.lower[index:stop])

    def value(self, name: str, after: int = -1) -> str | None:
        """Return what the first word of a class means."""
        index = self.find(name, after)
        return None if index is None else self.value_at(name, index)

    def value_at(self, name: str, index: int) -> str | None:
        """Return what the word at a token means as a member of a class."""
        value = self.lexicon.value(name, self.word(index))
        return self.lexicon.value(name, self.tokens.words[index]) if value is None else value

    def number(self, name: str, after: int = -1) -> int | None:
        """Return the whole number that the first word of a class is, or means."""
        index = self.find(name, after)
        if index is None:
            return None
        digits = re.findall(r"\d+", self.tokens.lower[index])
        return int(digits[-1]) if digits else int(self.value_at(name, index) or 0)


class ShapeFinder:
    """Finds the stretches of a text that have one of the shapes of a language."""

    def __init__(self, pack: Pack, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        macros: dict[str, str] = {}
        self._by_letter: dict[str, list[Rule]] = {}
        letters = sorted(lexicon.kinds.values())
        for name, reading, shape in pack.table(TABLE):
            for macro, meaning in macros.items():
                shape = re.sub(rf"\b{macro}\b", f"( {meaning} )", shape)
            if reading == LET:
                macros[name] = shape
                continue
            rule = Rule(name, reading, _compile(name, shape, lexicon))
            for letter in _beginnings(shape, lexicon, letters):
                self._by_letter.setdefault(letter, []).append(rule)
        self._starters = re.compile(f"[{''.join(sorted(self._by_letter))}]")

    @property
    def readings(self) -> frozenset[str]:
        """The ways of reading that the shapes ask for."""
        return frozenset(rule.reading for rules in self._by_letter.values() for rule in rules)

    def find(self, tokens: Tokens, code: str) -> Iterator[Match]:
        """Yield the longest shape at each place, from left to right, none over another."""
        start = 0
        while hit := self._starters.search(code, start):
            first = hit.start()
            best, last = None, first
            for rule in self._by_letter[code[first]]:
                match = rule.pattern.match(code, first)
                if match and match.end() > last:
                    best, last = rule, match.end()
            start = max(last, first + 1)
            if best:
                yield Match(best, first, last, tokens, code, self._lexicon, first, last)


def _compile(name: str, shape: str, lexicon: Lexicon) -> re.Pattern[str]:
    if ITEM.sub("", shape).strip():
        raise PackError(f"a mark that means nothing in '{shape}'", where=f"{TABLE}.tsv: {name}", fix="see its head")
    before, body, behind = _parts(shape)
    pattern = ""
    if before:
        inside = _body(before, lexicon, False)
        looks = "|".join(f"(?<={inside}{MORE * more})" for more in range(LONGEST_WORD))
        pattern += f"(?!{looks})" if NOT_BEHIND in shape else f"(?:{looks})"
    pattern += _body(body, lexicon, True)
    if behind:
        pattern += f"(?{'!' if NOT_AHEAD in shape else '='}{_body(behind, lexicon, True)})"
    try:
        return re.compile(pattern)
    except re.error as error:
        raise PackError(f"not a shape: {error}", where=f"{TABLE}.tsv: {name}", fix="see its head") from error


def _parts(shape: str) -> tuple[str, str, str]:
    """Return what stands, or must not stand, in front of a shape, the shape itself, and what stands behind it."""
    before, body = BEHIND.split(shape) if BEHIND.search(shape) else ("", shape)
    body, behind = AHEAD.split(body) if AHEAD.search(body) else (body, "")
    return before, body, behind


def _body(shape: str, lexicon: Lexicon, whole: bool) -> str:
    pattern = ""
    for item in ITEM.findall(shape):
        if item == "(":
            pattern += "(?:"
        elif item in (")", "|", "?"):
            pattern += item
        else:
            letters = f"[{lexicon.letters_of(item)}]"
            pattern += f"(?:{letters}{MORE}*)" if whole else letters
    return pattern


def _beginnings(shape: str, lexicon: Lexicon, letters: list[str]) -> list[str]:
    """Return the letters that a shape can begin with."""
    pattern = _first_items(_parts(shape)[1])
    found = {letter for item in pattern for letter in lexicon.letters_of(item)}
    return [letter for letter in letters if letter in found]


def _first_items(shape: str) -> set[str]:
    """Return the classes that may stand first in a shape."""
    first, _, _ = _first(ITEM.findall(shape), 0)
    return first


def _first(items: list[str], at: int) -> tuple[set[str], bool, int]:
    """Return the first classes of a row of alternatives, whether it may be empty, and where it ends."""
    found: set[str] = set()
    row_open, any_empty = True, False
    while at < len(items) and items[at] != ")":
        item = items[at]
        if item == "|":
            any_empty, row_open = any_empty or row_open, True
            at += 1
            continue
        if item == "(":
            inner, empty, at = _first(items, at + 1)
        else:
            inner, empty = {item}, False
        at += 1
        if at < len(items) and items[at] == "?":
            empty, at = True, at + 1
        if row_open:
            found |= inner
            row_open = empty
    return found, any_empty or row_open, at
