"""What the rules have read of each item: names, parts of statements, roles and affiliations."""

from bisect import bisect_left
from collections.abc import Sequence

from katanya.core.analysis import Analysis
from katanya.core.records import Article, Kind
from katanya.core.spans import Span
from katanya.pfsa.items import Items

NEAR = 250  # characters between a name and what introduces it


def marks_of(items: Items, analysis: Analysis, article: Article, kinds: Sequence[str]) -> list[list[str]]:
    """Return the marks of each item: which part of what it is, ``.B`` where the part begins, else ``.I``."""
    marks: list[list[str]] = [[] for _ in range(len(items))]
    for name, span in _parts(article):
        first, last = items.range_of(span.start, span.end)
        for index in range(first, last):
            marks[index].append(f"{name}.{'B' if index == first else 'I'}")
    for index, name in enumerate(kinds):
        if name:
            marks[index].append(f"ner.{name}{'' if index and kinds[index - 1] == name else '.B'}")
    for first_token, last_token in analysis.passed_over:
        for index in range(bisect_left(items.tokens, first_token), bisect_left(items.tokens, last_token)):
            marks[index].append("skip")
    return marks


def name_kinds(items: Items, analysis: Analysis) -> list[str]:
    """Return the kind of name that each item belongs to, in three letters, or an empty string."""
    kinds = [""] * len(items)
    for name in analysis.names:
        for index in range(bisect_left(items.tokens, name.first), bisect_left(items.tokens, name.last)):
            kinds[index] = name.kind[:3]
    return kinds


def _parts(article: Article) -> list[tuple[str, Span]]:
    parts: list[tuple[str, Span | None]] = []
    for statement in article.statements:
        kind = "d" if statement.kind is Kind.DIRECT else "i"
        parts += [(f"{kind}cue", statement.cue), (f"{kind}src", statement.source)]
        parts += [("time", statement.time), ("place", statement.place), ("event", statement.event)]
    for person in article.people:
        for mention in person.mentions[:1]:
            parts += [("role", _beside(article.text, mention, person.role))]
            parts += [("aff", _beside(article.text, mention, person.affiliation))]
    return [(name, span) for name, span in parts if span is not None]


def _beside(text: str, mention: Span, value: str | None) -> Span | None:
    """Return where a role or an affiliation stands nearest before a mention, else behind it."""
    if not value:
        return None
    start = text.rfind(value, max(0, mention.start - NEAR), mention.start)
    if start < 0:
        start = text.find(value, mention.end, mention.end + NEAR)
    return Span.cut(text, start, start + len(value)) if start >= 0 else None
