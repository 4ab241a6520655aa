"""The words of time expressions by class, and a text written as one letter a token."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from katanya.core.analysis import Tokens
from katanya.core.errors import PackError
from katanya.lang.pack import Pack
from katanya.normalise.times import forms

TABLE = "times"
CASES = ("any", "capital", "small", "exact")
MARKS = {
    "-": "dash", "–": "dash", "—": "dash", "/": "slash", "(": "open", "[": "open", ")": "close", "]": "close",
    ",": "comma", ":": "colon", "'": "apostrophe", "’": "apostrophe", "‘": "apostrophe", "`": "apostrophe",
}
NOTHING, MORE = " ", "_"  # a token of no class, and the further tokens of a word of several
DIGITS = frozenset("0123456789")
NUMBER = "#"  # stands for a number inside an entry, "##" for one of two digits: "ke-#", "##-an"
JOINED = ("monthspan", "month"), ("weekdayspan", "day"), ("amountspan", "num")
ROMAN_YEAR, MONTH_DAY = "romanyear", "monthday"  # "III-2021"; the middle of "14 Mei-12 Juni"
MOST = 25_000  # words whose letters are remembered: a corpus has no end of them
POINTING = ("past", "this", "next")
SENTENCE_ENDS = frozenset(".?!\"“”")


@dataclass(slots=True)
class Lexicon:
    """Words and what they mean as parts of times.

    ``letters`` writes each token, in the cases that it may have, as a letter that stands for all its classes;
    ``phrases`` are the words of several tokens by their first one; ``members`` are the letters of each class.
    """

    letters: dict[str, str] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], str, bool]]] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)
    values: dict[tuple[str, str], str] = field(default_factory=dict)
    affixed: dict[str, str] = field(default_factory=dict)
    kinds: dict[frozenset[str], str] = field(default_factory=dict)
    ambivalent: frozenset[str] = frozenset()
    _seen: dict[str, str] = field(default_factory=dict)

    def encode(self, tokens: Tokens) -> str:
        """Return a text as a string of one letter a token."""
        seen = self._seen
        if len(seen) > MOST:
            seen.clear()
        code = [seen.get(word) or self._letter(word) for word in tokens.words]
        if not self.ambivalent.isdisjoint(code):
            for index, word in enumerate(tokens.words):
                if code[index] in self.ambivalent and _begins_sentence(tokens, index):
                    code[index] = self._as_small(code, index, word)
        phrases, lower = self.phrases, tokens.lower
        for index in [index for index, word in enumerate(lower) if word in phrases]:
            word = lower[index]
            if code[index] != MORE:
                for rest, letter, capital in phrases[word]:
                    stop = index + 1 + len(rest)
                    if tuple(lower[index + 1 : stop]) == rest and not (capital and tokens.words[index] == word):
                        code[index:stop] = [letter] + [MORE] * len(rest)
                        break
        return "".join(code)

    def _letter(self, word: str) -> str:
        letter = self.letters.get(word, NOTHING)
        if letter == NOTHING and (word[0] in DIGITS or word[-1] in DIGITS):
            letter = self._digits(word)
        self._seen[word] = letter
        return letter

    def _as_small(self, code: list[str], index: int, word: str) -> str:
        """Return the letter of a word at the head of a sentence, where its capital says nothing.

        A name of a day that is also one of a unit is the unit if a word behind it points at one: next week.
        """
        behind = code[index + 1] if index + 1 < len(code) else NOTHING
        pointing = any(behind in self.members[name] for name in POINTING)
        return self.letters.get(word.lower(), NOTHING) if pointing else code[index]

    def value(self, name: str, word: str) -> str | None:
        """Return what a word, in lower case, means as a member of a class."""
        return self.values.get((name, word))

    def letters_of(self, name: str) -> str:
        """Return the letters of a class; raises `PackError` where it has none."""
        if name not in self.members:
            raise PackError(f"no class '{name}'", where=f"{TABLE}.tsv", fix="add its words, or mend the shape")
        return self.members[name]

    def _digits(self, word: str) -> str:
        names = forms.forms(word) if word[0] in DIGITS else frozenset()
        if not names and len(word) <= forms.LONGEST and (match := forms.AFFIXED.fullmatch(word)):
            names = self._affix(match["before"], match["number"] or match["digits"], match["behind"])
        return self.kinds.get(names, NOTHING)

    def _affix(self, before: str | None, number: str | None, behind: str | None) -> frozenset[str]:
        digits = NUMBER * len(number or "")
        for entry in (f"{before}{NUMBER}".lower(), f"{digits}{behind}".lower()):
            if entry in self.affixed:
                return frozenset({self.affixed[entry]})
        name = (before or "").rstrip("-")
        if before != name and ("month", name.lower()) in self.values and "dayno" in forms.forms(number or ""):
            return frozenset({MONTH_DAY})
        roman = before is not None and ("roman", before.rstrip("-")) in self.values
        return frozenset({ROMAN_YEAR}) if roman and "year" in forms.forms(number or "") else frozenset()


def load_lexicon(pack: Pack) -> Lexicon:
    """Build the lexicon of a language from its table; raises `PackError` where a row is amiss."""
    classes: dict[tuple[str, str], set[str]] = {}
    lexicon = Lexicon()
    for row in pack.table(TABLE):
        name, value, case, words = row
        if case not in CASES:
            raise PackError(f"a bad case in {row}", where=f"{TABLE}.tsv", fix=f"one of {', '.join(CASES)}")
        for word in words.split(", "):
            lexicon.values[name, word] = value
            if NUMBER in word:
                lexicon.affixed[word] = name
            else:
                for form in _written(word, case):
                    classes.setdefault((form, "capital" if case == "capital" else ""), set()).add(name)
    _join(lexicon, classes)
    for mark, name in MARKS.items():
        classes.setdefault((mark, ""), set()).add(name)
    _give_letters(lexicon, classes)
    return lexicon


def _begins_sentence(tokens: Tokens, index: int) -> bool:
    return index == 0 or tokens.words[index - 1] in SENTENCE_ENDS


def _written(word: str, case: str) -> Iterable[str]:
    """Return the forms that a word may have on paper; a word of several tokens is kept in lower case."""
    if " " in word:
        return (word,)
    capital, upper = word[0].upper() + word[1:], word.upper()
    return {"any": {word, capital, upper}, "capital": {capital, upper}, "small": {word}, "exact": {word}}[case]


def _join(lexicon: Lexicon, classes: dict[tuple[str, str], set[str]]) -> None:
    """Add pairs joined by a hyphen: two months, two days, two numbers."""
    for joined, single in JOINED:
        words = sorted({form for (form, _), names in classes.items() if single in names and not form.isupper()})
        for first in words:
            for last in words:
                if first.islower() == last.islower() and "-" not in first + last:
                    classes.setdefault((f"{first}-{last}", ""), set()).add(joined)


def _give_letters(lexicon: Lexicon, classes: dict[tuple[str, str], set[str]]) -> None:
    merged: dict[str, set[str]] = {}
    for (form, _), names in classes.items():
        merged.setdefault(form, set()).update(names)
    kinds = {frozenset(names) for names in merged.values()} | forms.kinds()
    kinds |= {frozenset({name}) for name in (*lexicon.affixed.values(), ROMAN_YEAR, MONTH_DAY)}
    ordered = sorted(kinds - {frozenset()}, key=sorted)
    lexicon.kinds = {kind: chr(0x100 + number) for number, kind in enumerate(ordered)}
    for kind, letter in lexicon.kinds.items():
        for name in kind:
            lexicon.members[name] = lexicon.members.get(name, "") + letter
    lexicon.ambivalent = frozenset(letter for kind, letter in lexicon.kinds.items() if {"day", "span"} <= kind)
    for form, names in merged.items():
        letter = lexicon.kinds[frozenset(names)]
        if " " not in form:
            lexicon.letters[form] = letter
            continue
        first, *rest = form.split(" ")
        capital = (form, "capital") in classes
        lexicon.phrases.setdefault(first, []).append((tuple(rest), letter, capital))
    for entries in lexicon.phrases.values():
        entries.sort(key=lambda entry: (-len(entry[0]), entry[0]))
