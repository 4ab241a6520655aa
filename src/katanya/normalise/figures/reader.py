"""Reads the figures of a text."""

from collections.abc import Sequence

from katanya.core.analysis import Tokens
from katanya.core.values import Figure, Time
from katanya.lang.pack import Pack


class FigureReader:
    """Finds amounts and says what they mean."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack

    def read(self, text: str, tokens: Tokens, times: Sequence[Time] = ()) -> tuple[Figure, ...]:
        """Return the figures of a text in order; words that tell a time are no figures."""
        return ()
