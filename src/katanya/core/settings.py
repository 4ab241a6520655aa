"""Limits and defaults, in one place."""

from typing import Final

VERSION: Final = "0.1.0"  # of the program

LANGUAGE: Final = "id"  # of a text that does not say
DEFAULT_MODEL: Final = "default"  # trained for that language

MAX_BYTES: Final = 20_000_000  # a single text or page, after decompression
MAX_LINE: Final = 20_000_000  # one article of a file of JSON lines
MAX_SECONDS: Final = 120.0  # of the processor, for one article of many; the longest of 35,000 took 0.6
MAX_ELEMENTS: Final = 50_000  # of a page: the main text of larger ones takes seconds to find
MAX_DEPTHS: Final = 1_000_000  # of a page's elements together: the main text takes time by depth and number
MAX_ATTRIBUTES: Final = 10_000  # of one tag: the parser takes quadratic time in them

MIN_LETTERS: Final = 200  # a shorter text does not tell its language
MIN_CERTAINTY: Final = 0.9  # probability from which a text counts as one of another language
MIN_WORDS: Final = 20  # a page with fewer holds no article
