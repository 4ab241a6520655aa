"""Numbers there and back: what other programs spell out in Indonesian is read as the number it was."""

import random
from collections.abc import Callable

import pytest
from num2words import num2words

from katanya.lang.pack import load_pack
from katanya.lang.tokens import tokenize
from katanya.normalise.figures.digits import read_digits
from katanya.normalise.figures.lexicon import Lexicon
from katanya.normalise.figures.numerals import Numerals
from katanya.normalise.figures.page import Page

HOW_MANY = 20_000
BLOCKS = 20
NUMERALS = Numerals(Lexicon(load_pack("id")))


def numbers() -> list[int]:
    """Return the numbers to spell: the small ones all, the others spread over the orders of magnitude."""
    rng = random.Random(4)
    large = (rng.randrange(10 ** rng.randint(4, 15)) for _ in range(HOW_MANY))
    round_ones = (rng.randrange(1, 1000) * 10 ** rng.randint(1, 12) for _ in range(HOW_MANY))
    return [*range(1, HOW_MANY // 2 + 1), *(next(large) for _ in range(HOW_MANY // 4)),
            *(next(round_ones) for _ in range(HOW_MANY // 4))]


NUMBERS = numbers()


def read_words(words: str) -> float | None:
    """Return the number that words tell, if they tell one and nothing else."""
    page = Page(words, tokenize(words))
    number = NUMERALS.read(page, 0)
    return None if number is None or number.last != page.size or number.low != number.high else number.low


def icu_spelling() -> Callable[[int], str]:
    """Return the spell-out of ICU for Indonesian."""
    icu = pytest.importorskip("icu", reason="PyICU is not installed")
    rules = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, icu.Locale("id"))
    return lambda number: str(rules.format(number))


@pytest.mark.parametrize("block", range(BLOCKS))
def test_num2words(block: int) -> None:
    """What num2words spells out is read back, thousand by thousand of twenty thousand numbers."""
    some = NUMBERS[block::BLOCKS]
    spelled = {number: num2words(number, lang="id") for number in some}
    assert {number: words for number, words in spelled.items() if read_words(words) != number} == {}


@pytest.mark.parametrize("block", range(BLOCKS))
def test_icu(block: int) -> None:
    """What ICU spells out is read back, thousand by thousand of twenty thousand numbers."""
    spell = icu_spelling()
    spelled = {number: spell(number) for number in NUMBERS[block::BLOCKS]}
    assert {number: words for number, words in spelled.items() if read_words(words) != number} == {}


@pytest.mark.parametrize("block", range(BLOCKS))
def test_grouped_digits(block: int) -> None:
    """Numbers printed with points, and with a decimal comma, are read back."""
    for number in NUMBERS[block::BLOCKS]:
        grouped = f"{number:,}".replace(",", ".")
        digits = read_digits(grouped)
        assert digits is not None
        assert digits.value == number
        decimal = read_digits(f"{grouped},25")
        assert decimal is not None
        assert decimal.value == number + 1 / 4
