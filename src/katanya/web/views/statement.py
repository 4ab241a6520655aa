"""One statement by its name for addresses."""

from katanya.core.errors import NotThereError
from katanya.ledger.listing import Said
from katanya.ledger.store import Ledger


def statement(ledger: Ledger, id: str) -> Said:
    """Return a statement as it holds now; raises `NotThereError` where the current reading has none of that name."""
    with ledger.still():
        found = ledger.said(ledger.number(id))
    if not found:
        raise NotThereError("no such statement", where=id[:80], fix="look at the article as it is now")
    return found[0]
