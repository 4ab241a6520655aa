"""Items of an input on their way into a ledger: taken out of it, then read, unless they are known or copies.

Workers do both; in between the ledger is asked what need not be read. That saves time and decides nothing: what is
filed how follows from the ledger alone when its turn comes.
"""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from katanya.api import Reader, dated
from katanya.batch.inputs import Item
from katanya.batch.inputs import Place as Position
from katanya.batch.reading import KILLED, Task, document_of, made_up, place_of, read, reader
from katanya.core.errors import RecordError
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Article
from katanya.ledger import copies
from katanya.ledger.entries import Entry, Program
from katanya.ledger.filing import Filed, Filer, Place
from katanya.ledger.store import Ledger
from katanya.normalise.binding import bind

READ_ALREADY = b'"statements"'
REMEMBERED = 2048  # articles under way that copies are looked for among


@dataclass(frozen=True, slots=True)
class Unread:
    """An article that is not read yet: its entry holds the document alone. ``linked`` is one that need not be."""

    entry: Entry
    linked: bool = False


Outcome = Entry | Unread | Rejected


@dataclass(frozen=True, slots=True)
class Taken:
    """What came out of a chunk: where each stands, and the place after the last; ``fresh`` as in `Task`."""

    source: str
    fresh: bool
    end: Position
    language: str
    model: str | Path | None
    outcomes: list[tuple[Place, Outcome]]

    @property
    def waiting(self) -> bool:
        """Whether anything is to be read."""
        return any(isinstance(outcome, Unread) and not outcome.linked for _, outcome in self.outcomes)


def take(task: Task) -> Taken:
    """Take the items of a task, and read those of which no copies are looked for: runs in a worker."""
    found: list[tuple[Place, Outcome]] = []
    for item in task.chunk.items:
        outcome = _taken(task, item)
        if outcome is not None:
            found.append((Place(task.source, item.at, item.entry), outcome))
    return Taken(task.source, task.fresh, task.chunk.end, task.manner.language, task.model, found)


def finish(taken: Taken) -> Taken:
    """Read what is to be read: runs in a worker."""
    if not taken.waiting:
        return taken
    return replace(taken, outcomes=[
        (place, outcome if not isinstance(outcome, Unread) or outcome.linked
         else read_entry(outcome.entry, reader(taken.language, taken.model), place))
        for place, outcome in taken.outcomes
    ])  # fmt: skip


def read_entry(entry: Entry, reader: Reader, place: Place) -> Entry | Rejected:
    """Read the article of an entry that holds its document alone."""
    article = read(entry.article.document, reader, place.source)
    return article if isinstance(article, Rejected) else replace(entry, article=article)


def put(filer: Filer, outcome: Outcome, place: Place, reader: Reader) -> Filed:
    """File what came of an item; what copies are looked for of is linked where what was filed before says so."""
    if isinstance(outcome, Unread) or (isinstance(outcome, Entry) and outcome.sketch):
        entry = outcome.entry if isinstance(outcome, Unread) else outcome
        linked = filer.link(entry, place)
        if linked is not None:
            return linked
        if isinstance(outcome, Unread):  # what it was taken for a copy of came to nothing
            outcome = read_entry(entry, reader, place)
    return filer.add(outcome, place) if isinstance(outcome, Entry) else filer.reject(outcome, place)


def entry_of(
    outcome: Article | Rejected, *, made_up: Collection[str] = (), program: Program | None = None,
    fetched: str | None = None,
) -> Entry | Rejected:  # fmt: skip
    """Return what is to be filed; ``made_up`` are ids that one without an id was given."""
    if isinstance(outcome, Rejected):
        return outcome
    return Entry(outcome, dated(outcome.document.published), outcome.id not in made_up, program, fetched)


def parts_of(taken: Taken) -> list[Taken]:
    """Return one for each outcome, as `parts` does for the items of a task."""
    return [replace(taken, outcomes=[outcome]) for outcome in taken.outcomes]


def blamed_of(taken: Taken) -> Taken:
    """Return one of one outcome with the reason why that is not read, as `blamed` does for a task."""
    ((place, _),) = taken.outcomes
    return replace(taken, outcomes=[(place, Rejected(place.source, *KILLED))])


def joined(parts: Sequence[Taken]) -> Taken:
    """Return what the parts of a chunk come to together."""
    return replace(parts[0], outcomes=[outcome for part in parts for outcome in part.outcomes])


class Foreseer:
    """Tells what need not be read, by the ledger and by what is under way into it."""

    def __init__(self, ledger: Ledger, program: Program) -> None:
        self._ledger, self._program = ledger, program
        self._under_way: OrderedDict[int, Entry] = OrderedDict()  # the last articles to be read
        self._bands: dict[int, list[int]] = {}
        self._next = 0

    def foresee(self, taken: Taken) -> Taken:
        """Mark what need not be read."""
        return replace(taken, outcomes=[
            (place, replace(outcome, linked=self._is_linked(outcome.entry)) if isinstance(outcome, Unread) else outcome)
            for place, outcome in taken.outcomes
        ])  # fmt: skip

    def _is_linked(self, entry: Entry) -> bool:
        near = sorted({number for band in entry.sketch for number in self._bands.get(band, ())})
        for number in near[: copies.MOST]:
            document = self._under_way[number].article.document
            if copies.likeness(entry.article.text, document.text, document.title) is not None:
                return True
        if self._ledger.is_linked(entry, self._program):
            return True
        self._remember(entry)
        return False

    def _remember(self, entry: Entry) -> None:
        self._under_way[self._next] = entry
        for band in entry.sketch:
            self._bands.setdefault(band, []).append(self._next)
        self._next += 1
        if len(self._under_way) > REMEMBERED:
            number, old = self._under_way.popitem(last=False)
            for band in old.sketch:
                left = [other for other in self._bands.pop(band, ()) if other != number]
                if left:
                    self._bands[band] = left


def _taken(task: Task, item: Item) -> Outcome | None:
    if item.fault is None and _may_be_read(item.data):
        recorded = _recorded(item.data)
        if isinstance(recorded, Entry):
            return _with_told(recorded, reader(task.manner.language, task.model))
        if recorded is not None:
            return recorded
    document = document_of(task, item)
    if document is None or isinstance(document, Rejected):
        return document
    names = made_up(task.name, item)
    if task.manner.link_copies:
        entry = entry_of(Article(document), made_up=names, fetched=item.fetched)
        return Unread(replace(entry, sketch=copies.sketch(document.text))) if isinstance(entry, Entry) else entry
    article = read(document, reader(task.manner.language, task.model), place_of(task.name, item))
    return entry_of(article, made_up=names, fetched=item.fetched)


def _may_be_read(data: object) -> bool:
    return isinstance(data, bytes) and data.startswith((b"{", b"\xef\xbb\xbf{")) and READ_ALREADY in data


def _recorded(line: bytes) -> Entry | Rejected | None:
    """Return what a line holds that was read already; None where it is an article still to be read."""
    try:
        record = msgspec.json.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    if not (isinstance(record, dict) and isinstance(record.get("statements"), list)):
        return None
    try:
        return entry_of(Article.from_dict(record), program=Program())
    except RecordError as error:
        return Rejected("", Reason.BAD_RECORD, str(error))


def _with_told(entry: Entry, reader: Reader) -> Entry:
    """Return an entry with the values that its text tells outside of its statements: a record holds none of them."""
    (read,) = reader.pipe_values([entry.article.document])
    if isinstance(read, Rejected):
        return entry
    _, told = bind(entry.article.statements, read.values)
    return replace(entry, article=replace(entry.article, told=told))
