"""What an export wrote and what it left out, with reasons: nothing disappears."""

from collections import Counter
from dataclasses import dataclass, field

from katanya.core.outcomes import Rejected


@dataclass(slots=True)
class Report:
    """How many articles and statements were written; ``left_out`` counts statements that the format has no place for.

    The keys of ``left_out`` say why; ``rejected`` are articles that the format cannot hold at all.
    """

    articles: int = 0
    statements: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    rejected: list[Rejected] = field(default_factory=list)

    def add(self, statements: int) -> None:
        """Count an article that was written."""
        self.articles += 1
        self.statements += statements
