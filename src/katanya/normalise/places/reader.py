"""Reads the places of a text."""

from katanya.core.analysis import Tokens
from katanya.core.values import Place
from katanya.lang.pack import Pack


class PlaceReader:
    """Finds names of places and says which place is meant."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack

    def read(self, text: str, tokens: Tokens) -> tuple[Place, ...]:
        """Return the places of a text in order."""
        return ()
