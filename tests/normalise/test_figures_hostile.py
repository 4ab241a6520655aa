"""Figures of hostile and of long texts: time grows with length, and no input breaks the reader."""

import time

import pytest

from katanya.lang.pack import load_pack
from katanya.lang.tokens import tokenize
from katanya.normalise.figures.reader import FigureReader

READER = FigureReader(load_pack("id"))
SMALL, LARGE = 40_000, 320_000  # characters
FACTOR = LARGE / SMALL * 4  # slower than this is worse than linear, however busy the machine
LEAST = 0.05  # seconds below which a measurement says nothing
HOSTILE = {
    "digits": "1",
    "grouped digits": ".000",
    "lone digits": "1 ",
    "number words": "dua puluh ",
    "scales": "juta ",
    "hedges": "sekitar ",
    "nouns": "rumah ",
    "dashes": "1-",
    "opening brackets": "(5",
    "closing brackets": ") 5%",
    "listed": "20 orang, ",
    "ranges": "10 hingga ",
    "parts": "2 dari ",
    "rates": "5 per ",
    "minus": "minus 5% ",
    "days": "12, ",
    "shares": "sebagian besar ",
    "parted": "5 miliar-Rp5",
    "multiples": "dua kali lebih besar dari ",
}


def seconds(text: str) -> float:
    """Return how long a text takes, tokens given; what is found must stand where it says."""
    tokens = tokenize(text)
    start = time.process_time()
    figures = READER.read(text, tokens)
    taken = time.process_time() - start
    assert all(text[figure.span.start:figure.span.end] == figure.span.text for figure in figures)
    return taken


@pytest.mark.parametrize("part", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_length(part: str) -> None:
    """Eight times as much of the worst text takes about eight times as long."""
    small = min(seconds((part * SMALL)[:SMALL]) for _ in range(2))
    assert seconds((part * LARGE)[:LARGE]) < max(small * FACTOR, LEAST)


def test_a_million_digits() -> None:
    """A megabyte of digits is no figure, and is passed over at once."""
    assert READER.read("1" * 1_000_000, tokenize("1" * 1_000_000)) == ()
