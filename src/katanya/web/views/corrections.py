"""What editors say against the reading: looked at, made, and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass

from katanya.core.records import SpeakerKind
from katanya.ledger.store import Ledger
from katanya.web.views.article import Correction, correction_of
from katanya.web.views.rejects import number

PAGE = 50


@dataclass(frozen=True, slots=True)
class Corrections:
    """A page of corrections, the latest first."""

    corrections: tuple[Correction, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Amount:
    """What a figure really is: its words as they stand, and what it comes to; an open bound is null."""

    words: str
    low: float | None
    high: float | None
    unit: str | None = None


def corrections(
    ledger: Ledger, *, orphaned: bool = False, cursor: str | None = None, limit: int = PAGE
) -> Corrections:
    """Return a page of the corrections; raises `InputError` for a cursor that is none."""
    before = number(cursor) if cursor else None
    with ledger.still():
        made = [one for one in reversed(ledger.corrections(orphaned=orphaned)) if before is None or one.id < before]
        shown = tuple(
            correction_of(one, article, label)
            for one, (article, label) in zip(made[:limit], ledger.placed(made[:limit]), strict=True)
        )
    return Corrections(shown, str(shown[-1].id) if len(made) > limit else None)


def correct_speaker(
    ledger: Ledger, id: str, name: str | None, kind: SpeakerKind | None, *, author: str, reason: str, now: str
) -> Correction:
    """Say who really spoke, ``None`` for nobody who is named; raises `NotThereError` or `LedgerError`."""
    statement = ledger.number(id)
    return _shown(ledger, ledger.correct_speaker(statement, name, kind, author=author, reason=reason, now=now))


def correct_content(
    ledger: Ledger, id: str, contents: Sequence[str], *, author: str, reason: str, now: str
) -> Correction:
    """Say which words of the article are the content; raises `NotThereError` or `LedgerError`."""
    statement = ledger.number(id)
    return _shown(ledger, ledger.correct_content(statement, *contents, author=author, reason=reason, now=now))


def correct_figure(
    ledger: Ledger, id: str, amount: Amount, *, author: str, reason: str, now: str
) -> Correction:
    """Say what a figure comes to; raises `NotThereError` or `LedgerError`."""
    value = {"low": amount.low, "high": amount.high} | ({"unit": amount.unit} if amount.unit is not None else {})
    statement = ledger.number(id)
    made = ledger.correct_figure(statement, amount.words, value, author=author, reason=reason, now=now)
    return _shown(ledger, made)


def undo(ledger: Ledger, correction: int, *, author: str, now: str) -> Correction:
    """Take a correction back; raises `NotThereError`, or `LedgerError` where it has been undone already."""
    ledger.undo(correction, author=author, now=now)
    return _shown(ledger, correction)


def _shown(ledger: Ledger, correction: int) -> Correction:
    (made,) = [one for one in ledger.corrections() if one.id == correction]
    ((article, label),) = ledger.placed([made])
    return correction_of(made, article, label)
