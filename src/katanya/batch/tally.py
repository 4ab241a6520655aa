"""What a run has come to: counts that stand in its journal and in the summary at its end."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Self

from katanya.core.outcomes import Rejected
from katanya.core.records import Article
from katanya.core.values import ArticleValues


@dataclass(slots=True)
class Tally:
    """How many articles and words were read, statements by kind, and what was rejected by reason."""

    records: int = 0
    words: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Self:
        """Return the tally of a journal."""
        return cls(plain.get("records", 0), plain.get("words", 0), Counter(plain.get("kinds", {})),
                   Counter(plain.get("reasons", {})))

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as plain values."""
        return {"records": self.records, "words": self.words, "kinds": dict(sorted(self.kinds.items())),
                "reasons": dict(sorted(self.reasons.items()))}

    @property
    def rejected(self) -> int:
        """How many were not read."""
        return self.reasons.total()

    def add(self, outcome: Article | ArticleValues | Rejected) -> None:
        """Count one outcome."""
        if isinstance(outcome, Rejected):
            self.reasons[outcome.reason.value] += 1
            return
        self.records += 1
        if isinstance(outcome, Article):
            self.words += len(outcome.text.split())
            self.kinds.update(statement.kind.value for statement in outcome.statements)

    def join(self, other: "Tally") -> None:
        """Count what another has counted."""
        self.records += other.records
        self.words += other.words
        self.kinds += other.kinds
        self.reasons += other.reasons
