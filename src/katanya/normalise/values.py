"""Times, figures and places of a text in one pass."""

from datetime import date
from functools import cache

from katanya.core.analysis import Tokens
from katanya.core.settings import LANGUAGE
from katanya.core.values import Values
from katanya.lang.pack import Pack, load_pack
from katanya.lang.tokens import openers_of, tokenize
from katanya.normalise.figures.ages import AGE
from katanya.normalise.figures.reader import FigureReader, overlaps
from katanya.normalise.places.reader import PlaceReader
from katanya.normalise.times.reader import TimeReader


class Normaliser:
    """Reads the values of texts by the tables of one language; it keeps no state between texts."""

    def __init__(self, pack: Pack) -> None:
        self._openers = openers_of(pack)
        self._times = TimeReader(pack)
        self._figures = FigureReader(pack)
        self._places = PlaceReader(pack)

    def read(self, text: str, published: str | date | None = None) -> Values:
        """Return the values of a text; ``published`` is what its relative times are counted from."""
        return self.read_tokens(text, tokenize(text, self._openers), published)

    def read_tokens(self, text: str, tokens: Tokens, published: str | date | None = None) -> Values:
        """Return the values of a text that is cut into tokens already; an age is a figure and no time."""
        times = self._times.read(text, tokens, published)
        figures = self._figures.read(text, tokens, times)
        ages = [(figure.span.start, figure.span.end) for figure in figures if figure.kind == AGE]
        times = tuple(time for time in times if not overlaps(ages, time.span.start, time.span.end))
        return Values(times, figures, self._places.read(text, tokens))


def values(text: str, published: str | date | None = None, language: str = LANGUAGE) -> Values:
    """Return the times, figures and places of a text; raises `PackError` where the language is not known."""
    return _normaliser(language).read(text, published)


@cache
def _normaliser(language: str) -> Normaliser:
    return Normaliser(load_pack(language))
