"""What editors say against the machine's reading: laid over it, replayed onto every new one, and undone at will."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from katanya.core.errors import LedgerError, NotThereError
from katanya.core.records import SpeakerKind
from katanya.ledger import index
from katanya.ledger.words import WORD, Wording, storable

ALIKE = 0.5  # share of a content that must be found again for a correction to lie on it


class Target(StrEnum):
    """What a correction is about."""

    SPEAKER = "speaker"
    CONTENT = "content"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Correction:
    """An editor's correction.

    ``statement`` is where it lies now, ``None`` where it is orphaned or undone; ``words`` are those of the figure that
    it corrects; ``value`` is what it says instead.
    """

    id: int
    target: Target
    statement: int | None
    made_on: int
    words: str | None
    value: dict[str, Any]
    author: str
    made: str
    reason: str
    undone: str | None
    undone_by: str | None

    @property
    def is_orphaned(self) -> bool:
        """Whether the current reading has nothing that the correction could lie on."""
        return self.undone is None and self.statement is None

    def to_dict(self) -> dict[str, Any]:
        """Return the correction as plain values."""
        return {
            "id": self.id,
            "target": self.target.value,
            "statement": self.statement,
            "made_on": self.made_on,
            "words": self.words,
            "value": self.value,
            "author": self.author,
            "made": self.made,
            "reason": self.reason,
            "orphaned": self.is_orphaned,
            "undone": self.undone,
            "undone_by": self.undone_by,
        }


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement as the machine read it: where its content stands in which edition, and its words."""

    id: int
    edition: int
    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]


def speaker(name: str | None, kind: SpeakerKind | None = None) -> dict[str, Any]:
    """Return what a correction of the speaker says; with ``None`` nobody is named. Raises `LedgerError` for a blank."""
    if name is not None and not name.strip():
        raise LedgerError("a speaker has a name", fix="katanya correct --nobody says that nobody is named")
    default = SpeakerKind.PERSON if name else SpeakerKind.NONE
    return {"speaker": name, "speaker_kind": (kind or default).value}


def correct(
    connection: sqlite3.Connection,
    wording: Wording,
    statement: int,
    target: Target,
    value: Mapping[str, Any],
    *,
    author: str,
    made: str,
    reason: str,
    figure: str | None = None,
) -> int:
    """Note a correction of a current statement, lay it over, and return its number.

    Raises `LedgerError` where the statement is not a current one, the words are not in the article, or a figure's low
    bound would lie above the high one.
    """
    if not (author.strip() and reason.strip()):
        raise LedgerError("a correction needs an author and a reason", fix="name both")
    current = connection.execute("SELECT article FROM said WHERE statement = ?", (statement,)).fetchone()
    if current is None:
        raise NotThereError(f"no current statement has the number {statement}", fix="katanya search shows the numbers")
    span = _figure_span(connection, statement, figure) if target is Target.FIGURE else (None, None)
    said = json.dumps(dict(value), ensure_ascii=False)
    row = (current[0], statement, target.value, *span, *map(storable, (said, author, made, reason)))
    id = connection.execute(
        'INSERT INTO corrections (article, statement, target, start, "end", value, author, made, reason) '
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row,
    ).lastrowid  # fmt: skip
    replay(connection, current[0], wording)
    if connection.execute("SELECT 1 FROM laid WHERE correction = ?", (id,)).fetchone() is None:
        if target is Target.FIGURE:
            raise LedgerError("its lower bound would be above its upper one", fix="give both, low and high")
        words = "; ".join(value.get("contents", ()))
        raise LedgerError(f"the words are not in the article: '{words}'", fix="give them as they stand there")
    return int(id or 0)


def undo(connection: sqlite3.Connection, wording: Wording, correction: int, *, author: str, now: str) -> None:
    """Take a correction back; it stays in the ledger as undone. Raises `LedgerError` where there is none to undo."""
    row = connection.execute("SELECT article, undone FROM corrections WHERE id = ?", (correction,)).fetchone()
    if row is None or row[1] is not None:
        what, error = ("has been undone already", LedgerError) if row else ("does not exist", NotThereError)
        raise error(f"correction {correction} {what}", fix="katanya corrections lists them")
    taken_back = (now, storable(author), correction)
    connection.execute("UPDATE corrections SET undone = ?, undone_by = ? WHERE id = ?", taken_back)
    replay(connection, row[0], wording)


def listed(
    connection: sqlite3.Connection, *, orphaned: bool = False, article: int | None = None
) -> list[Correction]:
    """Return all corrections in the order in which they were made, those of one article, or those that are orphaned."""
    found = connection.execute(
        "SELECT c.id, c.target, l.statement, c.statement, f.text, "
        "c.value, c.author, c.made, c.reason, c.undone, c.undone_by "
        "FROM corrections c LEFT JOIN laid l ON l.correction = c.id "
        'LEFT JOIN figures f ON f.statement = c.statement AND f.start = c.start AND f."end" = c."end" '
        "WHERE ?1 IS NULL OR c.article = ?1 ORDER BY c.id", (article,),
    )  # fmt: skip
    every = [
        Correction(id, Target(target), lies_on, made_on, words, json.loads(value), *rest)
        for id, target, lies_on, made_on, words, value, *rest in found
    ]
    return [correction for correction in every if correction.is_orphaned or not orphaned]


def replay(connection: sqlite3.Connection, article: int, wording: Wording) -> None:
    """Lay the standing corrections of an article over its current reading, the later above the earlier."""
    standing = connection.execute(
        'SELECT id, statement, target, start, "end", value FROM corrections '
        "WHERE article = ? AND undone IS NULL ORDER BY id", (article,),
    ).fetchall()  # fmt: skip
    _clear(connection, article, wording)
    if not standing:
        return
    now = _said(connection, "r.article = ? AND r.current", article)
    for id, made_on, target, start, end, value in standing:
        (then,) = _said(connection, "s.id = ?", made_on)
        statement = _same(then, now)
        if statement is None:
            continue
        said, figure = json.loads(value), None
        match Target(target):
            case Target.SPEAKER:
                _lay_speaker(connection, statement.id, id, said)
            case Target.CONTENT:
                if not _lay_content(connection, wording, statement, id, said["contents"]):
                    continue
            case Target.FIGURE:
                figure = _lay_figure(connection, statement.id, id, (made_on, start, end), said)
                if figure is None:
                    continue
        connection.execute("INSERT INTO laid VALUES (?, ?, ?)", (id, statement.id, figure))


def _clear(connection: sqlite3.Connection, article: int, wording: Wording) -> None:
    """Take every overlay off an article; the index follows."""
    mine = "SELECT s.id FROM statements s JOIN readings r ON r.id = s.reading WHERE r.article = ?"
    covered = connection.execute(
        f"SELECT DISTINCT statement FROM content_overlays WHERE statement IN ({mine})", (article,)
    ).fetchall()
    statements = [id for (id,) in covered]
    index.remove(connection, wording, statements)
    for table in ("laid", "overlays", "content_overlays"):
        connection.execute(f"DELETE FROM {table} WHERE statement IN ({mine})", (article,))
    connection.execute(
        f"DELETE FROM figure_overlays WHERE figure IN (SELECT id FROM figures WHERE statement IN ({mine}))", (article,)
    )
    index.put(connection, wording, statements)


def _lay_speaker(connection: sqlite3.Connection, statement: int, correction: int, said: Mapping[str, Any]) -> None:
    name, kind = said["speaker"], said["speaker_kind"]
    speaker = _interned(connection, "names", name) if name else None
    body = _interned(connection, "organisations", name) if name and kind == SpeakerKind.ORGANISATION else None
    person = connection.execute(
        "SELECT p.id FROM people p JOIN statements s ON s.reading = p.reading "
        "WHERE s.id = ? AND p.name = ? ORDER BY p.id", (statement, speaker),
    ).fetchone()  # fmt: skip
    connection.execute(
        "INSERT INTO overlays (statement, speaker_correction, speaker, speaker_kind, person, organisation) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET speaker_correction = ?2, speaker = ?3, "
        "speaker_kind = ?4, person = ?5, organisation = ?6",
        (statement, correction, speaker, kind, person[0] if person else None, body),
    )


def _lay_content(
    connection: sqlite3.Connection, wording: Wording, statement: _Said, correction: int, contents: list[str]
) -> bool:
    """Lay other contents over a statement where the text holds all of them; tell whether it does."""
    (text,) = connection.execute("SELECT text FROM editions WHERE id = ?", (statement.edition,)).fetchone()
    near = min((start for start, _ in statement.spans), default=0)
    spans = [_nearest(text, words, near) for words in contents]
    if not spans or None in spans:
        return False
    index.remove(connection, wording, [statement.id])
    connection.execute("DELETE FROM content_overlays WHERE statement = ?", (statement.id,))
    connection.executemany(
        "INSERT INTO content_overlays VALUES (?, ?, ?, ?, ?)",
        [(statement.id, n, at, at + len(words), words)
         for n, (at, words) in enumerate(zip(spans, contents, strict=True)) if at is not None],
    )  # fmt: skip
    connection.execute(
        "INSERT INTO overlays (statement, content_correction) VALUES (?1, ?2) "
        "ON CONFLICT DO UPDATE SET content_correction = ?2", (statement.id, correction),
    )  # fmt: skip
    index.put(connection, wording, [statement.id])
    return True


def _lay_figure(
    connection: sqlite3.Connection, statement: int, correction: int, was: tuple[int, int, int], said: Mapping[str, Any]
) -> int | None:
    """Lay another amount over the figure of the same words, the nearest where there are several.

    None where there is none, and where the corrected bound and the one now read are no amount.
    """
    made_on, start, end = was
    (words,) = connection.execute(
        'SELECT text FROM figures WHERE statement = ? AND start = ? AND "end" = ?', (made_on, start, end)
    ).fetchone()
    row = connection.execute(
        "SELECT id, low, high, unit FROM figures WHERE statement = ? AND text = ? ORDER BY abs(start - ?), id",
        (statement, words, start),
    ).fetchone()
    if row is None:
        return None
    id, *was_read = row
    low, high, unit = (said.get(name, read) for name, read in zip(("low", "high", "unit"), was_read, strict=True))
    if low is not None and high is not None and low > high:
        return None
    row = (id, correction, low, high, unit)
    connection.execute("INSERT OR REPLACE INTO figure_overlays VALUES (?, ?, ?, ?, ?)", row)
    return int(id)


def _figure_span(connection: sqlite3.Connection, statement: int, words: str | None) -> tuple[int, int]:
    found = connection.execute('SELECT start, "end", text FROM figures WHERE statement = ?', (statement,)).fetchall()
    for start, end, text in found:
        if text == words:
            return start, end
    have = ", ".join(repr(text) for _, _, text in found) or "none"
    raise LedgerError(f"statement {statement} has no figure {words!r}", fix=f"its figures: {have}")


def _said(connection: sqlite3.Connection, where: str, value: int) -> list[_Said]:
    found = connection.execute(
        f"SELECT s.id, r.edition FROM statements s JOIN readings r ON r.id = s.reading WHERE {where} ORDER BY s.id",
        (value,),
    ).fetchall()
    said = []
    for id, edition in found:
        rows = connection.execute(
            'SELECT start, "end", text FROM contents WHERE statement = ? ORDER BY number', (id,)
        ).fetchall()
        words = tuple(word.lower() for _, _, text in rows for word in WORD.findall(text))
        said.append(_Said(id, edition, tuple((start, end) for start, end, _ in rows), words))
    return said


def _same(then: _Said, now: list[_Said]) -> _Said | None:
    """Return the statement that a reading has in place of an earlier one; ``None`` where none is enough like it."""
    if any(said.id == then.id for said in now):
        return next(said for said in now if said.id == then.id)
    ranked = [(_likeness(then, said), -position) for position, said in enumerate(now)]
    if not ranked:
        return None
    score, position = max(ranked)
    return now[-position] if score >= ALIKE else None


def _likeness(one: _Said, other: _Said) -> float:
    """Return the share of two contents that is the same: by place in one edition, by words across editions."""
    if one.edition != other.edition:
        return SequenceMatcher(None, one.words, other.words, autojunk=False).ratio()
    here, there = (
        {at for start, end in said.spans for at in range(start, end)} for said in (one, other)
    )  # fmt: skip
    return len(here & there) / len(here | there) if here | there else 0.0


def _nearest(text: str, words: str, near: int) -> int | None:
    """Return where some words begin in a text, nearest to a place."""
    if not words.strip():
        return None
    found, at = list[int](), text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return min(found, key=lambda start: (abs(start - near), start), default=None)


def _interned(connection: sqlite3.Connection, table: str, name: str) -> int:
    row = connection.execute(f"SELECT id FROM {table} WHERE name = ?", (name,)).fetchone()
    if row:
        return int(row[0])
    id = int(connection.execute(f"INSERT INTO {table} (name) VALUES (?)", (name,)).lastrowid or 0)
    if table == "names":
        connection.execute("INSERT INTO names_index (rowid, name) VALUES (?, ?)", (id, name))
    return id
