"""``katanya relate``: people and quotations across all articles of a ledger."""

from typing import TYPE_CHECKING

from katanya.cli.shell import say
from katanya.cli.tables import DEFAULT, LedgerPath

if TYPE_CHECKING:
    from katanya.ledger.relations import Relations


def relate(ledger: LedgerPath = DEFAULT) -> None:
    """Find people and quotations across all articles anew: after filing, correcting, merging or splitting."""
    from katanya.ledger.store import Ledger

    with Ledger.open(ledger, write=True) as opened:
        found = opened.relate()
    say(f"{found.people} people; {found.quotations} quotations in more than one article")


def remind(ledger: "Relations") -> None:
    """Say so where something was filed or chosen since people and quotations were last looked for."""
    if not ledger.is_related():
        say("something was filed, corrected or chosen since; katanya relate brings the answer up to date")
