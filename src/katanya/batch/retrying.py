"""Rejects once more: read from where they stand by the program as it is now, and filed where it succeeds."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from katanya import __version__
from katanya.api import Reader
from katanya.batch.inputs import Chunk, Given, Input, Item, Place
from katanya.batch.reading import Chosen, Task, model_digest, read, reader
from katanya.batch.taking import entry_of, finish, put, take
from katanya.batch.web import Page, Visitor
from katanya.core.errors import InputError
from katanya.core.outcomes import SET_ASIDE, Reason, Rejected
from katanya.core.settings import DEFAULT_MODEL, LANGUAGE
from katanya.fetch.urls import is_url
from katanya.ledger.entries import Program
from katanya.ledger.filing import Filed, Filer
from katanya.ledger.filing import Place as Standing
from katanya.ledger.rejections import Rejection
from katanya.ledger.store import Ledger
from katanya.readers.columns import Said
from katanya.readers.names import stem

AT_ONCE = 32  # rejects that are read between two transactions


@dataclass(slots=True)
class Retried:
    """What became of rejects that were read once more; ``gone`` are not where they stood any longer."""

    filed: Counter[Filed] = field(default_factory=Counter)
    gone: int = 0

    @property
    def tried(self) -> int:
        """All of them."""
        return self.filed.total() + self.gone


@dataclass(frozen=True, slots=True)
class _Run:
    ledger: Ledger
    program: Program
    reader: Reader
    model: str | Path | None
    chosen: Chosen
    now: str | None


def retry(
    ledger: Path,
    *,
    source: str | None = None,
    reason: str | None = None,
    kind: str | None = None,
    bulk: bool | None = None,
    check_language: bool | None = None,
    columns: Said = (),
    language: str = LANGUAGE,
    model: str | Path | None = DEFAULT_MODEL,
    now: str | None = None,
    private: bool = False,
    watch: Callable[[Retried], None] = lambda retried: None,
) -> Retried:
    """Read the rejects of a ledger once more, those of some source and reason; what can be read now stands no longer.

    What was set aside is read once more only where ``reason`` asks for it; feeds are left to those who watch them. A
    reject that has another reason now stands with that one. The rest is as for `file`.
    """
    retried = Retried()
    with Ledger.open(ledger, write=True, language=language) as opened:
        feeds = {feed["url"] for feed in opened.feeds()}
        wanted = [
            one for one in opened.rejected(source=source, reason=reason)
            if (reason or one.reason not in SET_ASIDE) and one.source not in feeds
        ]  # fmt: skip
        program = Program(__version__, language, model_digest(model))
        check = True if check_language is None and reason == Reason.OTHER_LANGUAGE else check_language
        run = _Run(opened, program, reader(language, model), model, Chosen(bulk, check, columns), now)
        for place, rejects in groupby(sorted(wanted, key=lambda one: (one.source, one.id)), lambda one: one.source):
            if is_url(place):
                _retry_address(place, list(rejects), run, private, retried)
            else:
                _retry_file(Path(place), list(rejects), kind, run, retried)
            watch(retried)
    return retried


def _retry_file(path: Path, rejects: Sequence[Rejection], kind: str | None, run: _Run, retried: Retried) -> None:
    """Read the rejects of a file from where they stand in it."""
    left: dict[tuple[str, int], list[Rejection]] = {}
    for reject in rejects:
        left.setdefault((reject.entry, reject.at), []).append(reject)
    with suppress(InputError), Input(Given(path, path.name, kind, said=run.chosen.said)) as opened:
        manner = run.chosen.manner(run.program.language, opened)
        for items in _found(opened, left):
            chunk = Chunk(items, Place())
            taken = finish(take(Task(chunk, path.name, opened.kind.name, manner, run.model, rejects[0].source)))
            with run.ledger.writing(run.program, run.now) as filer:
                for place, outcome in taken.outcomes:
                    filed = put(filer, outcome, place, run.reader)
                    _settle(filer, left.pop((place.entry, place.at)), filed, outcome, retried)
    retried.gone += sum(map(len, left.values()))


def _found(opened: Input, wanted: Iterable[tuple[str, int]]) -> Iterator[list[Item]]:
    """Yield the items that stand at some places, some at a time."""
    places, found = set(wanted), list[Item]()
    for item in (item for chunk in opened.chunks() for item in chunk.items):
        if (item.entry, item.at) in places:
            places.discard((item.entry, item.at))
            found.append(item)
        if found and (len(found) == AT_ONCE or not places):
            yield found
            found = []
        if not places:
            return
    if found:
        yield found


def _retry_address(
    address: str, rejects: Sequence[Rejection], run: _Run, private: bool, retried: Retried
) -> None:
    """Fetch and read the page of an address; what is still refused stands as it did."""
    with Visitor(private=private, language=run.program.language) as visitor:
        page = visitor.read(address)
    if not isinstance(page, Page):
        retried.filed[Filed.REJECTED] += len(rejects)
        return
    outcome = entry_of(read(page.document, run.reader, address), made_up=(stem(address),))
    if isinstance(outcome, Rejected):
        retried.filed[Filed.REJECTED] += len(rejects)
        return
    with run.ledger.writing(run.program, run.now) as filer:
        _settle(filer, rejects, put(filer, outcome, Standing(address), run.reader), outcome, retried)


def _settle(filer: Filer, rejects: Iterable[Rejection], filed: Filed, outcome: object, retried: Retried) -> None:
    """Let rejects stand where all is as it was; else note that they do not."""
    now = (outcome.reason.value, outcome.detail) if isinstance(outcome, Rejected) else None
    for reject in rejects:
        retried.filed[filed] += 1
        if now != (reject.reason, reject.detail):
            filer.mend(reject.id)
