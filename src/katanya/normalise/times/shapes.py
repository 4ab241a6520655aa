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

    ``clock`` is a time of day that stands beside it and belongs to it, ``dated`` a date that explains it.
    """

    rule: Rule
    first: int
    last: int
    tokens: Tokens
    code: str
    lexicon: Lexicon
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
            for letter in _beginnings(name, shape, lexicon, letters):
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
                yield Match(best, first, last, tokens, code, self._lexicon)


def _compile(name: str, shape: str, lexicon: Lexicon) -> re.Pattern[str]:
    if ITEM.sub("", shape).strip():
        raise PackError(f"a mark that means nothing in '{shape}'", where=f"{TABLE}.tsv: {name}", fix="see its head")
    before, rest = _cut(shape, "<=")
    body, behind = _cut(rest, "=>", last=True)
    pattern = ""
    if before:
        items, negative = before
        inside = _body(items, lexicon, False)
        looks = "|".join(f"(?<={inside}{MORE * more})" for more in range(LONGEST_WORD))
        pattern += f"(?!{looks})" if negative else f"(?:{looks})"
    pattern += _body(body, lexicon, True)
    if behind:
        items, negative = behind
        pattern += f"(?{'!' if negative else '='}{_body(items, lexicon, True)})"
    try:
        return re.compile(pattern)
    except re.error as error:
        raise PackError(f"not a shape: {error}", where=f"{TABLE}.tsv: {name}", fix="see its head") from error


def _cut(shape: str, mark: str, last: bool = False) -> tuple:  # type: ignore[type-arg]
    match = re.search(rf"(!?){mark}", shape)
    if not match:
        return (shape, None) if last else (None, shape)
    left, right, negative = shape[: match.start()], shape[match.end() :], bool(match[1])
    return (left, (right, negative)) if last else ((left, negative), right)


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


def _beginnings(name: str, shape: str, lexicon: Lexicon, letters: list[str]) -> list[str]:
    """Return the letters that a shape can begin with, found by trying: at its start, no other test looks ahead."""
    _, rest = _cut(shape, "<=")
    body, _ = _cut(rest, "=>", last=True)
    pattern = _first_items(body)
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
