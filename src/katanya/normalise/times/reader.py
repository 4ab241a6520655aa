"""Reads the time expressions of a text."""

from datetime import date

from katanya.core.analysis import Tokens
from katanya.core.values import Time
from katanya.lang.pack import Pack


class TimeReader:
    """Finds time expressions and says what they mean."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack

    def read(self, text: str, tokens: Tokens, published: str | date | None = None) -> tuple[Time, ...]:
        """Return the time expressions of a text in order."""
        return ()
