"""The marked article as HTML: each statement in its place, linked to its speaker. No script, all escaped."""

import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

from katanya.core.records import Article, SpeakerKind, Statement
from katanya.render import brief
from katanya.render.marks import Segment, segments

HUES = 8
NOBODY = "Nobody named"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_PARAGRAPH = re.compile(r"[^\r\n\u2028\u2029]*\S[^\r\n\u2028\u2029]*")


def page(article: Article) -> str:
    """Return one self-contained page: it loads nothing, runs nothing, and prints."""
    language = escape(article.document.language or "id", quote=True)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{_safe(article.document.title or article.id or 'katanya')}</title>\n"
        "<style>html{background:#fdfcf9}body{margin:0}"
        "@media (prefers-color-scheme:dark){html{background:#171614}}"
        "@media print{html{background:#fff}}</style>\n"
        f"</head>\n<body>\n{fragment(article)}</body>\n</html>\n"
    )


def fragment(article: Article) -> str:
    """Return the marked article with its own style, to be set into another page."""
    return _Marked(article).fragment()


class _Marked:
    """An article on its way to HTML: who has which colour, and what the anchors are called."""

    def __init__(self, article: Article) -> None:
        self.article = article
        # Anchors carry a digest of the text, so that two articles can stand in one notebook.
        self.prefix = "k" + sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        self.statements = {statement.id: statement for statement in article.statements}
        self.numbers = {statement.id: number for number, statement in enumerate(article.statements, 1)}
        self.speakers: dict[str | None, list[Statement]] = {}
        for statement in article.statements:
            self.speakers.setdefault(statement.speaker, []).append(statement)
        self.ranks = {speaker: rank for rank, speaker in enumerate(self.speakers)}

    def fragment(self) -> str:
        return (
            f'<div class="katanya">\n<style>\n{_style()}</style>\n{self.header()}'
            f'<div class="columns">\n<article>\n{"".join(self.paragraphs())}</article>\n'
            f'<aside>\n<h2>Who said what</h2>\n{"".join(map(self.section, self.speakers))}</aside>\n'
            "</div>\n</div>\n"
        )

    def header(self) -> str:
        document = self.article.document
        known = [_safe(value) for value in (document.outlet, document.published) if value]
        # No other scheme becomes a link: a record may come from anywhere.
        if document.url and document.url.startswith(("https://", "http://")):
            known.append(f'<a href="{_safe(document.url)}" rel="noreferrer">source</a>')
        title = f"<h1>{_safe(document.title)}</h1>\n" if document.title else ""
        line = f'<p class="soft">{" · ".join(known)}</p>\n' if known else ""
        return f"<header>\n{title}{line}</header>\n" if title or line else ""

    def paragraphs(self) -> Iterator[str]:
        text = self.article.text
        breaks = [match.span() for match in _PARAGRAPH.finditer(text)]
        found = segments(self.article, breaks)
        for number in range(len(breaks)):
            yield f"<p>{''.join(map(self.segment, found[number]))}</p>\n"

    def segment(self, segment: Segment) -> str:
        words = _safe(self.article.text[segment.start : segment.end])
        if segment.cue:
            words = f'<b class="cue">{words}</b>'
        for id in reversed(segment.inside):
            anchor = f' id="{self.prefix}-{_safe(id)}"' if id in segment.opens else ""
            statement = self.statements[id]
            style = f"{statement.kind.value} {self.hue(statement.speaker)}"
            words = f'<mark{anchor} class="{style}" title="{_safe(_summary(statement))}">{words}</mark>'
        return words + "".join(map(self.reference, segment.closes))

    def reference(self, id: str) -> str:
        statement = self.statements[id]
        return (
            f'<a class="ref {self.hue(statement.speaker)}" href="#{self.anchor(statement.speaker)}"'
            f' title="{_safe(_summary(statement))}">{self.numbers[id]}</a>'
        )

    def section(self, speaker: str | None) -> str:
        said = self.speakers[speaker]
        person = self.article.person(speaker)
        known = [value for value in (person.role, person.affiliation) if value] if person else []
        if said[0].speaker_kind not in (SpeakerKind.PERSON, SpeakerKind.NONE):
            known.append(said[0].speaker_kind.value)
        line = f'<p class="soft">{" · ".join(map(_safe, known))}</p>\n' if known else ""
        return (
            f'<section id="{self.anchor(speaker)}" class="{self.hue(speaker)}">\n'
            f"<h3>{_safe(speaker or NOBODY)}</h3>\n{line}"
            f"<ol>\n{''.join(map(self.item, said))}</ol>\n</section>\n"
        )

    def item(self, statement: Statement) -> str:
        hue, number = self.hue(statement.speaker), self.numbers[statement.id]
        content = _safe(" … ".join(span.text for span in statement.contents))
        how = [statement.cue.text if statement.cue else "no cue", statement.kind.value, statement.act.value]
        how += [span.text for span in (statement.time, statement.place, statement.event) if span]
        lines = (" · ".join(map(_safe, parts)) for parts in (how, tuple(brief.values(statement))) if parts)
        below = "".join(f'<span class="how">{line}</span>' for line in lines)
        return (
            f'<li><a class="ref {hue}" href="#{self.prefix}-{_safe(statement.id)}">{number}</a> {content}'
            f"{below}</li>\n"
        )

    def hue(self, speaker: str | None) -> str:
        return "none" if speaker is None else f"k{self.ranks[speaker] % HUES}"

    def anchor(self, speaker: str | None) -> str:
        return f"{self.prefix}-speaker-{self.ranks[speaker] + 1}"


def visible(words: str) -> str:
    """Return words with a visible mark for what HTML cannot hold: control characters and halves of pairs."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", words).encode("utf-8", "replace").decode("utf-8")


def _summary(statement: Statement) -> str:
    cue = statement.cue.text if statement.cue else "no cue"
    return f"{statement.speaker or NOBODY}: {cue}, {statement.kind.value}, {statement.act.value}"


def _safe(words: str) -> str:
    """Return words that HTML can hold, escaped."""
    return escape(visible(words), quote=True)


@cache
def _style() -> str:
    return (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
