"""Who gets to speak: shares of statements with intervals."""

from dataclasses import dataclass

from katanya.ledger import statistics as counted
from katanya.ledger.listing import ALL
from katanya.ledger.search import Filters
from katanya.ledger.statistics import By
from katanya.ledger.store import Ledger

MOST = 50  # values that are shown


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some statements are such, from 0 to 1, with the bounds that hold with 95 % (Wilson).

    ``value`` is null for those of which the articles do not say it.
    """

    value: str | None
    statements: int
    articles: int
    share: float
    low: float
    high: float

    @classmethod
    def of(cls, share: counted.Share) -> "Share":
        """Return a share of the ledger as plain values."""
        return cls(**share.to_dict())


@dataclass(frozen=True, slots=True)
class Statistics:
    """Statements that pass the filters, by one field; the largest shares first.

    ``values`` is how many values there are in all, ``statements`` how many statements.
    """

    by: str
    statements: int
    values: int
    shares: tuple[Share, ...]


def statistics(ledger: Ledger, by: By = By.ROLE, filters: Filters = ALL, *, limit: int = MOST) -> Statistics:
    """Return who gets to speak, of statements that pass the filters; raises `InputError` for a date that is none."""
    with ledger.still():
        found = ledger.shares(by, filters, limit=limit)
    return Statistics(by.value, found.statements, found.values, tuple(map(Share.of, found.shares)))
