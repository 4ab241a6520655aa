r"""brat standoff: a folder of ``.txt`` and ``.ann``, and gold back from it.

Offsets of brat are code points, as ours are. Its lines hold no line break, of any kind that Python's reading of lines
knows: a stretch that runs over one is written as the fragments between, ``0 5;6 10``, and fragments with nothing but
line breaks between them are one stretch again.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from katanya.core.errors import RecordError
from katanya.core.outcomes import Rejected
from katanya.core.records import Article, Statement
from katanya.core.spans import Span
from katanya.exports import manifest, marks
from katanya.exports.files import new_folder
from katanya.exports.marks import CHOICES, CONTENT, PERSON, ROLES, STATEMENT, WITHIN, Draft, Mention
from katanya.exports.report import Report
from katanya.ledger.provenance import Traced

ATTRIBUTES = {"kind": "Kind", "act": "Act", "speaker_kind": "SpeakerKind"}
NOTE = "AnnotatorNotes"
BREAKS = r"\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
LINE = re.compile(f"[^{BREAKS}]+")
NUMBER = re.compile(r"\d+$")


def write(articles: Iterable[Traced], out: Path) -> Report:
    """Write a folder with an article a pair of files, the list of them, and brat's own configuration."""
    folder, report = new_folder(out), Report()
    (folder / "annotation.conf").write_text(_configuration(), encoding="utf-8")
    with manifest.written(folder) as listed:
        for number, traced in enumerate(articles, 1):
            article = traced.article
            path = folder / f"{number:06}.txt"
            path.write_bytes(article.text.encode())
            path.with_suffix(".ann").write_bytes(annotations(article).encode())
            listed(path.stem, traced)
            report.add(len(article.statements))
    return report


def annotations(article: Article) -> str:
    """Return the annotations of an article as the lines of an ``.ann`` file."""
    lines = _Lines(article.text)
    anchored = [(statement, at) for statement in article.statements if (at := marks.anchor(statement))]
    events = {statement.id: f"E{number}" for number, (statement, _) in enumerate(anchored, 1)}
    for statement, at in anchored:
        lines.statement(statement, at, events)
    for person in article.people:
        known = {"name": person.name, "role": person.role, "affiliation": person.affiliation}
        for span in marks.mentions(person):
            lines.note(lines.mark(PERSON, span), known)
    return "".join(line + "\n" for line in lines.lines)


def read(folder: Path) -> Iterator[Article | Rejected]:
    """Yield the annotated articles of a folder; raises `InputError` where it holds none."""
    yield from manifest.read(folder, ".ann", _read)


class _Lines:
    """The lines of one file, with the numbers that brat gives them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[str] = []
        self._counts = dict.fromkeys("TA#", 0)

    def statement(self, statement: Statement, at: Span, events: dict[str, str]) -> None:
        event, roles, seen = events[statement.id], [f"{STATEMENT}:{self.mark(STATEMENT, at)}"], 0
        for role, span in marks.parts(statement):
            seen += role == CONTENT
            number = str(seen) if role == CONTENT and seen > 1 else ""
            roles.append(f"{role}{number}:{self.mark(role, span)}")
        if statement.within in events:
            roles.append(f"{WITHIN}:{events[statement.within]}")
        self.lines.append(f"{event}\t{' '.join(roles)}")
        for field, name in ATTRIBUTES.items():
            self.lines.append(f"{self._next('A')}\t{name} {event} {getattr(statement, field).value}")
        self.note(event, {"id": statement.id, "speaker": statement.speaker})

    def mark(self, label: str, span: Span) -> str:
        id = self._next("T")
        pieces = [match.span() for match in LINE.finditer(self.text, span.start, span.end)]
        offsets = ";".join(f"{start} {end}" for start, end in pieces)
        self.lines.append(f"{id}\t{label} {offsets}\t{' '.join(self.text[start:end] for start, end in pieces)}")
        return id

    def note(self, id: str, known: dict[str, Any]) -> None:
        note = re.sub(f"[{BREAKS}]", lambda found: f"\\u{ord(found[0]):04x}", msgspec.json.encode(known).decode())
        self.lines.append(f"{self._next('#')}\t{NOTE} {id}\t{note}")

    def _next(self, letter: str) -> str:
        self._counts[letter] += 1
        return f"{letter}{self._counts[letter]}"


class _File:
    """What one ``.ann`` file says, line by line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.marks: dict[str, tuple[str, list[Span]]] = {}
        self.events: dict[str, str] = {}
        self.notes: dict[str, dict[str, Any]] = {}
        self.attributes: dict[str, dict[str, str]] = {}

    def take(self, line: str) -> None:
        """Note what a line says; raises `ValueError` or one of its kind where that cannot be told."""
        id, _, rest = line.partition("\t")
        head, _, tail = rest.partition("\t")
        match id[:1]:
            case "T":
                self.marks[id] = _stretches(self.text, head, tail)
            case "E":
                self.events[id] = head
            case "A":
                name, event, value = head.split(" ")
                self.attributes.setdefault(event, {})[name] = value
            case "#" if head.startswith(NOTE):
                self.notes[head.split(" ")[1]] = msgspec.json.decode(tail.encode(), type=dict[str, Any])

    def draft(self, event: str) -> Draft:
        """Return an event as a statement; the first role of an event is its trigger."""
        note, attributes = self.notes.get(event, {}), self.attributes.get(event, {})
        trigger, *arguments = self.events[event].split()
        draft = Draft(event, self._marked(event, trigger)[0], {"id": note.get("id"), "speaker": note.get("speaker")})
        draft.fields |= {field: attributes.get(name) for field, name in ATTRIBUTES.items()}
        for argument in arguments:
            role, _, id = argument.partition(":")
            role = NUMBER.sub("", role)
            if role == WITHIN:
                draft.within = id
            else:
                draft.parts += [(role, span) for span in self._marked(event, argument)]
        return draft

    def _marked(self, event: str, argument: str) -> list[Span]:
        role, _, id = argument.partition(":")
        if NUMBER.sub("", role) not in (STATEMENT, *ROLES) or id not in self.marks:
            raise RecordError(f"statement {event} has {argument}", fix=f"a role is one of {', '.join(ROLES)}, {WITHIN}")
        return self.marks[id][1]

    def mentions(self) -> Iterator[Mention]:
        """Yield the mentions of people."""
        for id, (label, spans) in self.marks.items():
            if label == PERSON:
                yield from (Mention(span, self.notes.get(id, {})) for span in spans)


def _read(path: Path, known: dict[str, Any]) -> Article:
    file = _File(path.with_suffix(".txt").read_bytes().decode())
    for number, line in enumerate(path.read_bytes().decode().split("\n"), 1):
        try:
            file.take(line)
        except (ValueError, IndexError, msgspec.MsgspecError) as error:
            raise RecordError(f"line {number}, {line[:60]!r}, cannot be read: {error}",
                              fix="lines are those of brat standoff; a note is JSON") from None
    return marks.gold(file.text, known, map(file.draft, file.events), file.mentions())


def _stretches(text: str, head: str, words: str) -> tuple[str, list[Span]]:
    """Return label and stretches of a text-bound annotation; raises `ValueError` where the words stand elsewhere."""
    label, _, offsets = head.partition(" ")
    pieces = [(int(start), int(end)) for start, end in (piece.split(" ") for piece in offsets.split(";"))]
    found = " ".join(text[start:end] for start, end in pieces)
    if found.replace("\n", " ") != words:
        raise ValueError(f"{words[:40]!r} is not what stands there, but {found[:40]!r}")
    joined = [pieces[0]]
    for start, end in pieces[1:]:
        between = text[joined[-1][1] : start]
        if LINE.search(between):
            joined.append((start, end))
        else:
            joined[-1] = joined[-1][0], end
    return label, [Span.cut(text, start, end) for start, end in joined]


def _configuration() -> str:
    attributes = "".join(
        f"{ATTRIBUTES[field]}\tArg:<EVENT>, Value:{'|'.join(choices)}\n" for field, choices in CHOICES.items()
    )
    roles = ", ".join([f"{CONTENT}*:{CONTENT}", *(f"{role}?:{role}" for role in ROLES[1:]), f"{WITHIN}?:{STATEMENT}"])
    entities = "".join(f"{label}\n" for label in (*ROLES, PERSON))
    return f"[entities]\n{entities}\n[relations]\n\n[events]\n{STATEMENT}\t{roles}\n\n[attributes]\n{attributes}"
