"""A table of statements: a statement a row, its article and speaker beside it."""

import csv
import io
from collections.abc import Iterable

from katanya.core.records import Article, Statement
from katanya.core.spans import Span

Cell = str | int | float | None

BETWEEN = " … "

COLUMNS = (
    "article", "outlet", "published", "title", "url",
    "statement", "within", "kind", "act",
    "speaker", "speaker_kind", "role", "affiliation",
    "cue", "source", "content", "start", "end",
    "time", "place", "event", "confidence", "because",
)


def rows(article: Article) -> list[dict[str, Cell]]:
    """Return the statements as flat rows; the keys are `COLUMNS`."""
    return [_row(article, statement) for statement in article.statements]


def to_csv(articles: Iterable[Article]) -> str:
    """Return the rows of all articles as CSV with a heading; null is an empty cell."""
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    table.writeheader()
    for article in articles:
        table.writerows(rows(article))
    return out.getvalue()


def _row(article: Article, statement: Statement) -> dict[str, Cell]:
    document, person = article.document, article.person(statement.speaker)
    contents = statement.contents
    return {
        "article": document.id,
        "outlet": document.outlet,
        "published": document.published,
        "title": document.title,
        "url": document.url,
        "statement": statement.id,
        "within": statement.within,
        "kind": statement.kind.value,
        "act": statement.act.value,
        "speaker": statement.speaker,
        "speaker_kind": statement.speaker_kind.value,
        "role": person.role if person else None,
        "affiliation": person.affiliation if person else None,
        "cue": _words(statement.cue),
        "source": _words(statement.source),
        "content": BETWEEN.join(span.text for span in contents),
        "start": min((span.start for span in contents), default=None),
        "end": max((span.end for span in contents), default=None),
        "time": _words(statement.time),
        "place": _words(statement.place),
        "event": _words(statement.event),
        "confidence": statement.confidence,
        "because": "; ".join(statement.because),
    }


def _words(span: Span | None) -> str | None:
    return None if span is None else span.text
