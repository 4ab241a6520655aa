"""What a reader asks for: parameters that several views take."""

from dataclasses import asdict, dataclass

from katanya.ledger.listing import PAGE, Sort
from katanya.ledger.search import Filters


@dataclass(frozen=True, slots=True)
class Query:
    """A search: words and filters as for ``katanya search``, the order, and the page; ``None`` asks nothing."""

    words: str = ""
    speaker: str | None = None
    role: str | None = None
    affiliation: str | None = None
    outlet: str | None = None
    kind: str | None = None
    act: str | None = None
    since: str | None = None
    until: str | None = None
    titles: bool = False
    sort: Sort = Sort.BEST
    cursor: str | None = None
    limit: int = PAGE

    @property
    def filters(self) -> Filters:
        """The filters alone."""
        return Filters(
            self.speaker, self.role, self.affiliation, self.outlet, self.kind, self.act, self.since, self.until
        )

    @property
    def is_blank(self) -> bool:
        """Whether neither words nor a filter are given."""
        return not (self.words.strip() or any(asdict(self.filters).values()))
