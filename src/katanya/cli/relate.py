"""``katanya relate``: people and quotations across all articles of a ledger."""

from typing import TYPE_CHECKING

from katanya.cli.shell import counted, say
from katanya.cli.tables import DEFAULT, LedgerPath, changing

if TYPE_CHECKING:
    from katanya.ledger.relations import Relations


def relate(ledger: LedgerPath = DEFAULT) -> None:
    """Find people and quotations across all articles anew: after filing, correcting, merging or splitting."""
    with changing(ledger) as opened:
        found = opened.relate()
    people = "1 person" if found.people == 1 else f"{found.people} people"
    say(f"{people}; {counted(found.quotations, 'quotation')} in more than one article")


def remind(ledger: "Relations") -> None:
    """Say so where something was filed or chosen since people and quotations were last looked for."""
    if not ledger.is_related():
        say("something was filed, corrected or chosen since; katanya relate brings the answer up to date")
