"""Names of people, organisations and places."""

from katanya.core.analysis import Analysis, Name
from katanya.lang.pack import Pack


class NameReader:
    """Finds proper names by capitals and the word lists of a language."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack

    def read(self, analysis: Analysis) -> list[Name]:
        """Return the names of an analysis in order."""
        return []
