"""Where each statement comes from, in the words of PROV-O (https://www.w3.org/TR/prov-o/): JSON-LD.

A text is read by a version of the program with a model; that makes statements. Each correction is an activity of its
author at its time, and makes a revision of the statement. A word that PROV-O does not have begins with ``k:``.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec

from katanya.core.records import Statement
from katanya.exports import jsonld
from katanya.exports.report import Report
from katanya.ledger.provenance import Change, Traced
from katanya.render.table import BETWEEN

CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "k": jsonld.TERMS,
}
RULES_ALONE = "none"

Node = dict[str, Any]
Add = Callable[[Node], None]


def write(articles: Iterable[Traced], out: Path) -> Report:
    """Write one graph: texts, readings, statements, corrections, and the agents behind them."""
    report = Report()
    with jsonld.graph(out, CONTEXT) as add:
        agents: set[str] = set()

        def once(node: Node) -> Node:
            if node["@id"] not in agents:
                agents.add(node["@id"])
                add(node)
            return {"@id": node["@id"]}

        for traced in articles:
            reading = _reading(traced, add, once)
            was = {statement.id: statement for statement in traced.provenance.was}
            for statement in traced.article.statements:
                _statement(traced, was.get(statement.id, statement), statement, reading, add, once)
            report.add(len(traced.article.statements))
    return report


def _reading(traced: Traced, add: Add, once: Callable[[Node], Node]) -> Node:
    """Add the text, the article that it is of, and how it was read; return the activity of reading."""
    provenance, document = traced.provenance, traced.article.document
    text: Node = {"@id": jsonld.text(traced), "@type": "prov:Entity", "k:sha256": traced.digest}
    if document.title:
        text["rdfs:label"] = document.title
    if jsonld.article(traced) != text["@id"]:
        text["prov:specializationOf"] = once({"@id": jsonld.article(traced), "@type": "prov:Entity"})
    add(text)
    id = jsonld.urn("reading", text["@id"], provenance.version, provenance.model)
    reading: Node = {"@id": id, "@type": "prov:Activity", "prov:used": [{"@id": text["@id"]}]}
    if provenance.version:
        reading["prov:wasAssociatedWith"] = once({
            "@id": jsonld.urn("program", provenance.version), "@type": "prov:SoftwareAgent",
            "rdfs:label": f"katanya {provenance.version}", "k:version": provenance.version,
        })  # fmt: skip
    if provenance.model and provenance.model != RULES_ALONE:
        model = {"@id": jsonld.urn("model", provenance.model), "@type": "prov:Entity", "k:sha256": provenance.model}
        reading["prov:used"].append(once(model))
    if provenance.filed:
        reading["k:filed"] = _moment(provenance.filed)
    add(reading)
    return {"@id": id}


def _statement(
    traced: Traced, was: Statement, now: Statement, reading: Node, add: Add, once: Callable[[Node], Node]
) -> None:
    """Add a statement as it was read, and a revision for each of its corrections; the last is as it holds now."""
    id, text = jsonld.statement(traced, now), {"@id": jsonld.text(traced)}
    changes = [change for change in traced.provenance.changes if change.statement == now.id]
    names = [*(jsonld.urn("revision", id, str(number)) for number in range(len(changes))), id]
    add({"@id": names[0], **_said(was), "prov:wasGeneratedBy": reading, "prov:wasDerivedFrom": text})
    for name, before, change in zip(names[1:], names, changes, strict=False):
        correction = _correction(id, before, change, once)
        add(correction)
        last = _said(now) if name == id else {"@type": "prov:Entity"}
        add({"@id": name, **last, "prov:wasGeneratedBy": {"@id": correction["@id"]},
             "prov:wasRevisionOf": {"@id": before}, "prov:wasDerivedFrom": text})  # fmt: skip


def _correction(statement: str, before: str, change: Change, once: Callable[[Node], Node]) -> Node:
    author = {"@id": jsonld.urn("person", change.author), "@type": "prov:Person", "rdfs:label": change.author}
    return {
        "@id": jsonld.urn("correction", statement, str(change.number)),
        "@type": "prov:Activity",
        "prov:used": {"@id": before},
        "prov:wasAssociatedWith": once(author),
        "prov:endedAtTime": _moment(change.made),
        "rdfs:comment": change.reason,
        "k:corrects": change.target,
        "k:value": msgspec.json.encode(dict(change.value)).decode(),
    }


def _said(statement: Statement) -> Node:
    known = {
        "@type": "prov:Entity",
        "prov:value": BETWEEN.join(span.text for span in statement.contents),
        "k:statement": statement.id,
        "k:kind": statement.kind.value,
        "k:act": statement.act.value,
        "k:speaker": statement.speaker,
        "k:speakerKind": statement.speaker_kind.value,
        "k:because": list(statement.because) or None,
    }
    return {name: value for name, value in known.items() if value is not None}


def _moment(time: str) -> Node:
    return {"@type": "xsd:dateTime", "@value": time}
