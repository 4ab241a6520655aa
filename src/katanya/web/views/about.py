"""What the server is and what may be done with it."""

from dataclasses import dataclass

from katanya.ledger.fronts import Counts
from katanya.ledger.store import Ledger
from katanya.web.settings import Settings


@dataclass(frozen=True, slots=True)
class About:
    """The program's version, how much the ledger holds, and what may be done here.

    ``related`` tells whether people and quotations across articles were looked for, ``fresh`` whether that was after
    the last filing.
    """

    program: str
    version: str
    language: str
    read_only: bool
    related: bool
    fresh: bool
    counts: Counts


def about(ledger: Ledger, version: str, settings: Settings) -> About:
    """Return what the server is."""
    with ledger.still():
        return About("katanya", version, ledger.language, settings.read_only, ledger.was_related(),
                     ledger.is_related(), ledger.counted())
