"""The terminal view as lines of styled parts; whether colours are shown is for the caller to say.

Control characters of the article are replaced, so that no text can steer the terminal that shows it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from katanya.core.records import Article, Kind, SpeakerKind, Statement
from katanya.render import brief

NOBODY = "nobody named"
STEP = 4
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")

Part = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One logical line: how far it is indented, and its parts as (words, style)."""

    indent: int
    parts: tuple[Part, ...]

    @property
    def plain(self) -> str:
        """The line without styles."""
        return (" " * self.indent + "".join(words for words, _ in self.parts)).rstrip()


def view(article: Article, *, why: bool = False) -> Iterator[Line]:
    """Yield the article's heading and statements; ``why`` adds the rules that each was read by."""
    yield from _heading(article)
    depths: dict[str, int] = {}
    for number, statement in enumerate(article.statements, 1):
        depth = depths.get(statement.within or "", -1) + 1
        depths[statement.id] = depth
        yield Line(0, ())
        yield from _statement(article, statement, number, depth * STEP, why)


def plain(article: Article, *, why: bool = False) -> str:
    """Return the view as plain text: no colours, no wrapping."""
    return "".join(line.plain + "\n" for line in view(article, why=why))


def _heading(article: Article) -> Iterator[Line]:
    document = article.document
    if document.title:
        yield Line(0, ((clean(document.title), "bold"),))
    known = [clean(value) for value in (document.outlet, document.published, document.url) if value]
    if known:
        yield Line(0, ((" · ".join(known), "dim"),))
    speakers = {statement.speaker for statement in article.statements if statement.speaker}
    counts = f"{_count(len(article.statements), 'statement')}, {_count(len(speakers), 'speaker')}"
    yield Line(0, ((counts, "dim"),))


def _statement(article: Article, statement: Statement, number: int, indent: int, why: bool) -> Iterator[Line]:
    yield Line(indent, ((f"{number:>2}  ", "dim"), *_who(article, statement)))
    inside = indent + STEP
    yield Line(inside, ((_content(statement), "italic" if statement.kind is Kind.DIRECT else ""),))
    cue = clean(statement.cue.text) if statement.cue else "no cue"
    yield Line(inside, ((cue, "green"), (f" · {statement.kind.value} · {statement.act.value}", "dim")))
    occasion = tuple(_occasion(statement))
    if occasion:
        yield Line(inside, occasion[1:])
    values = clean(" · ".join(brief.values(statement)))
    if values:
        yield Line(inside, (("values ", "dim"), (values, "")))
    if why:
        rules = clean("; ".join(statement.because)) or "no rule recorded"
        yield Line(inside, (("because ", "dim"), (rules, "")))


def _occasion(statement: Statement) -> Iterator[Part]:
    fields = (("when", statement.time), ("where", statement.place), ("occasion", statement.event))
    for name, span in fields:
        if span:
            yield " · ", "dim"
            yield f"{name} ", "dim"
            yield clean(span.text), "cyan"


def _who(article: Article, statement: Statement) -> Iterator[Part]:
    if statement.speaker is None:
        yield NOBODY, "dim"
        return
    yield clean(statement.speaker), "bold yellow"
    if statement.speaker_kind not in (SpeakerKind.PERSON, SpeakerKind.NONE):
        yield f" ({statement.speaker_kind.value})", "dim"
    person = article.person(statement.speaker)
    known = [clean(value) for value in (person.role, person.affiliation) if value] if person else []
    if known:
        yield f", {' · '.join(known)}", ""


def _content(statement: Statement) -> str:
    marks = ("“", "”") if statement.kind is Kind.DIRECT else ("", "")
    return " … ".join(f"{marks[0]}{clean(span.text)}{marks[1]}" for span in statement.contents)


def clean(words: str) -> str:
    """Return words fit for one line of a terminal: line breaks become spaces, controls a visible mark."""
    return _CONTROL.sub(lambda match: " " if match[0].strip() == "" else "\N{REPLACEMENT CHARACTER}", words)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
