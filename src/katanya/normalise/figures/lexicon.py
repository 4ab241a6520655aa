"""The words that amounts are made of, as the language pack lists them, ready to be looked up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, NamedTuple, TypeVar

from katanya.core.errors import PackError
from katanya.lang.pack import Pack
from katanya.lang.tokens import tokenize

Value = TypeVar("Value")

ROLES = frozenset({
    "digit", "teen", "tens", "one", "scale", "one_scale", "short", "short_money", "fraction", "parts", "point", "vague",
    "some", "share", "ordinal", "article", "one_time",
})
EFFECTS = frozenset({"about", "exact", "least", "most"})
TIME, MONEY, PERCENT, MAGNITUDE = "time", "money", "percent", "magnitude"
NONE = "-"  # an empty cell


class Phrases(Generic[Value]):
    """Phrases of one or more words and what they mean; the longest that fits is found."""

    def __init__(self, meanings: Mapping[str, Value]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        self._by_last: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for phrase, meaning in meanings.items():
            words = tuple(tokenize(phrase).lower)
            self._by_first.setdefault(words[0], []).append((words, meaning))
            self._by_last.setdefault(words[-1], []).append((words, meaning))
        for index in (self._by_first, self._by_last):
            for found in index.values():
                found.sort(key=lambda entry: (-len(entry[0]), entry[0]))

    @classmethod
    def of(cls, phrases: Iterable[str]) -> "Phrases[bool]":
        """Index phrases that mean nothing but themselves."""
        return Phrases(dict.fromkeys(phrases, True))

    def at(self, words: Sequence[str], first: int) -> tuple[int, Value] | None:
        """Return the end and the meaning of the longest phrase that begins at a word."""
        if first >= len(words) or first < 0:
            return None
        for phrase, meaning in self._by_first.get(words[first], ()):
            last = first + len(phrase)
            if len(phrase) == 1 or tuple(words[first:last]) == phrase:
                return last, meaning
        return None

    def before(self, words: Sequence[str], last: int) -> tuple[int, Value] | None:
        """Return the start and the meaning of the longest phrase that ends before a word."""
        if last <= 0:
            return None
        for phrase, meaning in self._by_last.get(words[last - 1], ()):
            first = last - len(phrase)
            if len(phrase) == 1 or (first >= 0 and tuple(words[first:last]) == phrase):
                return first, meaning
        return None


class Numeral(NamedTuple):
    """What a number word does, and by how much; ``high`` is the upper bound of a vague one."""

    role: str
    value: Fraction | None
    high: Fraction | None


class Unit(NamedTuple):
    """A unit of measure or a currency; ``kind`` is what it measures."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Thing:
    """A size of a known thing and where it is from."""

    name: str
    quantity: str
    value: Fraction
    unit: str | None
    source: str


class Lexicon:
    """Number words, units, hedges and word classes of one language; raises `PackError` where a cell is amiss."""

    def __init__(self, pack: Pack) -> None:
        self._where = f"{pack.code}/"
        self.numerals, shares = self._numerals(pack)
        self.shares: Phrases[Numeral] = Phrases(shares)
        self.pairs = self._pairs()
        self.hedges = frozenset(form for form, side, _ in pack.table("hedges") if side == "before")
        self.hedges_before, self.hedges_after, self.hedges_measured = self._hedges(pack)
        self.units, self.symbols = self._units(pack)
        self.things = self._things(pack)
        self.over = pack.words("figures.over")
        self.ordinal_prefixes = pack.entries("figures.ordinal_prefixes")
        self.quantities: Phrases[str] = Phrases({row[0]: row[1] for row in pack.table("quantities")})
        opening = {"digit", "one", "one_scale", "fraction", "vague", "some", "ordinal", "article"}
        self.openers = frozenset(word for word, numeral in self.numerals.items() if numeral.role in opening)
        self.triggers = self.openers | self.pairs.keys() | {form.split(" ")[0] for form in shares}

    def role(self, word: str) -> str | None:
        """Return what a word does in a number, if anything."""
        numeral = self.numerals.get(word)
        return None if numeral is None else numeral.role

    def _numerals(self, pack: Pack) -> tuple[dict[str, Numeral], dict[str, Numeral]]:
        words: dict[str, Numeral] = {}
        shares: dict[str, Numeral] = {}
        for form, role, value, high in pack.table("numbers"):
            where = f"{self._where}numbers.tsv: {form}"
            if role not in ROLES:
                raise PackError(f"no role '{role}'", where=where, fix=f"one of {', '.join(sorted(ROLES))}")
            if form in words or form in shares:
                raise PackError("stands twice", where=where, fix="remove one")
            numeral = Numeral(role, number(value, where), number(high, where))
            (shares if role == "share" or " " in form else words)[form] = numeral
        return words, shares

    def _pairs(self) -> dict[str, tuple[Fraction, Fraction]]:
        """Return two digits in one word that make a range: two-three."""
        digits = [(word, numeral.value) for word, numeral in self.numerals.items() if numeral.role == "digit"]
        return {
            f"{one}-{other}": (low, high)
            for one, low in digits for other, high in digits
            if low is not None and high is not None and 0 < low < high
        }

    def _hedges(self, pack: Pack) -> tuple[Phrases[str], ...]:
        fix = f"before, after or measured, one of {', '.join(sorted(EFFECTS))}, each form once a side"
        sides: dict[str, dict[str, str]] = {"before": {}, "after": {}, "measured": {}}
        for form, side, effect in pack.table("hedges"):
            if side not in sides or effect not in EFFECTS or form in sides[side]:
                raise PackError(f"a bad row: {form}, {side}, {effect}", where=f"{self._where}hedges.tsv", fix=fix)
            sides[side][form] = effect
        return tuple(Phrases(forms) for forms in sides.values())

    def _units(self, pack: Pack) -> tuple[Phrases[Unit], dict[str, Unit]]:
        behind: dict[str, Unit] = {}
        before: dict[str, Unit] = {}
        for name, kind, after, ahead in pack.table("units"):
            for cell, index in ((after, behind), (ahead, before)):
                for form in () if cell == NONE else cell.split("; "):
                    key = form.replace(" ", "") if index is before else form
                    if key in index:
                        raise PackError(f"'{form}' stands for two units", where=f"{self._where}units.tsv: {name}",
                                        fix=f"take it from {name} or {index[key].name}")
                    index[key] = Unit(name, kind)
        return Phrases(behind), before

    def _things(self, pack: Pack) -> Phrases[tuple[Thing, ...]]:
        things: dict[str, list[Thing]] = {}
        for name, forms, quantity, value, unit, source in pack.table("known_things"):
            where = f"{self._where}known_things.tsv: {name}"
            size = number(value, where)
            if size is None or size <= 0 or not source.strip():
                raise PackError("a size or its source is missing", where=where, fix="give both")
            thing = Thing(name, quantity, size, None if unit == NONE else unit, source)
            for form in forms.split("; "):
                things.setdefault(form, []).append(thing)
        return Phrases({form: tuple(found) for form, found in things.items()})


def number(cell: str, where: str) -> Fraction | None:
    """Read a number in a cell of a table, an empty cell as ``None``; raises `PackError`."""
    try:
        return None if cell == NONE else Fraction(cell)
    except (ValueError, ZeroDivisionError) as error:
        raise PackError(f"'{cell}' is no number", where=where, fix="write digits, or a fraction as 1/3") from error
