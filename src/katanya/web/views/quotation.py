"""One quotation in several articles: its versions, the earliest first, with the words that differ."""

from dataclasses import dataclass

from katanya.core.errors import NotThereError
from katanya.ledger.listing import Said
from katanya.ledger.quotations.stored import Quoted
from katanya.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class Step:
    """Some words of the earliest version and what another has for them.

    ``change`` is kept, changed, omitted, added, or outside: before or after all that the two have in common.
    """

    change: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Version:
    """A version with where its article has it from.

    Articles of one ``origin`` have it from one place, ``house`` is that place's name, ``because`` what tells so.
    ``steps`` lead from the earliest version's words to this one's.
    """

    said: Said
    origin: int
    house: str | None
    because: tuple[str, ...]
    changed: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation; ``id`` is that of its earliest version, every version's own leads to it as well."""

    id: str
    origins: int
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Quotations:
    """The quotations that hold some words; ``related`` is false where they were never looked for."""

    words: str
    speaker: str | None
    quotations: tuple[Quotation, ...]
    related: bool


def quotation(ledger: Ledger, id: str) -> Quotation:
    """Return the quotation that a statement is a version of; raises `NotThereError` where it stands nowhere else."""
    with ledger.still():
        found = ledger.quotation_of(ledger.number(id))
        if found is None:
            raise NotThereError("the statement stands in no other article", where=id[:80],
                                fix="look at the statement in its article")
        return _shown(ledger, found)


def quotations(ledger: Ledger, words: str, *, speaker: str | None = None, limit: int = 10) -> Quotations:
    """Return the quotations of several articles that hold all the words, those that fit best first."""
    with ledger.still():
        related = ledger.was_related()
        found = ledger.quote(words, speaker=speaker, limit=limit) if related and words.strip() else []
        return Quotations(words, speaker, tuple(_shown(ledger, quoted) for quoted in found), related)


def _shown(ledger: Ledger, quoted: Quoted) -> Quotation:
    told = {version.statement: version for version in quoted.versions}
    versions = tuple(
        Version(
            said, version.origin, version.house, version.because, version.drift.changed,
            tuple(Step(step.change.value, " ".join(step.before), " ".join(step.after)) for step in version.drift.steps),
        )
        for said in ledger.said(*told)
        for version in (told[said.number],)
    )  # fmt: skip
    return Quotation(versions[0].said.id, quoted.origins, versions)
