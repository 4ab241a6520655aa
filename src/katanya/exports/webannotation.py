"""Statements as W3C Web Annotations (https://www.w3.org/TR/annotation-model/): one JSON-LD collection.

Each stretch of a content is a target with its words and what stands around them, and with its place; that model counts
code points from 0, as we do. Places are those of the article's text, not of a page's HTML; there the words find it.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from katanya.core.records import Statement
from katanya.core.spans import Span
from katanya.exports import jsonld
from katanya.exports.files import whole_file
from katanya.exports.report import Report
from katanya.ledger.provenance import Traced

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"k": jsonld.TERMS}]
AROUND = 32  # characters before and after a content
NO_CONTENT = "no content that could be a target"


def write(articles: Iterable[Traced], out: Path) -> Report:
    """Write a collection with one page of all annotations, a statement each."""
    report, seen = Report(), sha256()
    with whole_file(out) as file:
        file.write(b'{"@context":' + msgspec.json.encode(CONTEXT) + b',"type":"AnnotationCollection",')
        file.write(b'"label":"Statements","first":{"type":"AnnotationPage","startIndex":0,"items":[')
        for traced in articles:
            found = list(annotations(traced))
            for annotation in found:
                file.write((b",\n" if report.statements else b"\n") + msgspec.json.encode(annotation))
                seen.update(annotation["id"].encode())
                report.statements += 1
            report.articles += 1
            report.left_out[NO_CONTENT] += len(traced.article.statements) - len(found)
        collection = jsonld.urn("collection", seen.hexdigest())
        page = jsonld.urn("page", seen.hexdigest())
        end = {"total": report.statements, "id": collection}
        file.write(b'\n],"id":' + msgspec.json.encode(page) + b',"partOf":' + msgspec.json.encode(collection) + b"},")
        file.write(msgspec.json.encode(end)[1:] + b"\n")
    return report


def annotations(traced: Traced) -> Iterator[dict[str, Any]]:
    """Yield the annotations of an article; a statement without a content has no target."""
    source = jsonld.article(traced)
    for statement in traced.article.statements:
        targets = [
            {"type": "SpecificResource", "source": source, "selector": selectors(traced.article.text, span)}
            for span in statement.contents if span.start < span.end
        ]  # fmt: skip
        if not targets:
            continue
        changes = [change for change in traced.provenance.changes if change.statement == statement.id]
        annotation: dict[str, Any] = {
            "id": jsonld.statement(traced, statement),
            "type": "Annotation",
            "motivation": "describing",
            "generator": jsonld.generator(),
            "body": list(_bodies(traced, statement)),
            "target": targets,
        }
        if traced.provenance.filed:
            annotation["generated"] = traced.provenance.filed
        if changes:
            people = dict.fromkeys(change.author for change in changes)
            annotation["creator"] = [{"type": "Person", "name": author} for author in people]
            annotation["modified"] = changes[-1].made
        yield annotation


def selectors(text: str, span: Span) -> list[dict[str, Any]]:
    """Return a stretch by its words with what stands around them, and by its place in code points."""
    quote = {
        "type": "TextQuoteSelector",
        "exact": span.text,
        "prefix": text[max(0, span.start - AROUND) : span.start],
        "suffix": text[span.end : span.end + AROUND],
    }
    return [quote, {"type": "TextPositionSelector", "start": span.start, "end": span.end}]


def _bodies(traced: Traced, statement: Statement) -> Iterator[dict[str, Any]]:
    """Yield the speaker as a body that identifies, and all that is known of the statement as one that describes."""
    if statement.speaker is not None:
        yield {"type": "TextualBody", "purpose": "identifying", "format": "text/plain", "value": statement.speaker}
    known: dict[str, Any] = {
        "type": "k:Statement",
        "k:kind": statement.kind.value,
        "k:act": statement.act.value,
        "k:speakerKind": statement.speaker_kind.value,
        "k:speaker": statement.speaker,
        "k:cue": statement.cue.text if statement.cue else None,
        "k:source": statement.source.text if statement.source else None,
        "k:confidence": statement.confidence,
        "k:readBy": traced.provenance.version or None,
        "k:model": traced.provenance.model or None,
        "k:sha256": traced.digest,
    }
    person = traced.article.person(statement.speaker)
    if person is not None:
        known |= {"k:role": person.role, "k:affiliation": person.affiliation}
    yield {name: value for name, value in known.items() if value is not None}
