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
    """Say so where people and quotations are older than what is filed; a ledger without any goes by names alone."""
    if ledger.was_related() and not ledger.is_related():
        new = ledger.filed_since()
        what = f"{counted(new, 'article')} filed" if new else "something corrected"
        say(f"people and quotations are older than the ledger, {what} since; katanya relate brings them up to date")


def offer(ledger: "Relations") -> None:
    """Say after a filing what is left to do before people and quotations hold all that is filed."""
    if not ledger.was_related():
        say("katanya relate finds people and quotations across all articles")
    remind(ledger)
