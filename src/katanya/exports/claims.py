"""Assertions as schema.org ``Claim``, each with the stub of a ``ClaimReview``: JSON-LD.

A stub names what could be reviewed and no more: no rating, no reviewer, no text. Whoever checks the claim writes them.
Other acts than assertions claim nothing; what is denied is not what the speaker claims.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from katanya.core.records import Act, SpeakerKind, Statement
from katanya.exports import jsonld
from katanya.exports.report import Report
from katanya.ledger.entries import iso_date
from katanya.ledger.provenance import Traced
from katanya.render.table import BETWEEN

CONTEXT = "https://schema.org"
NO_CLAIM = "not an assertion"
NO_CONTENT = "no content"
# What schema.org takes for an author; groups, documents and the unnamed are credited by their words.
AUTHORS = {SpeakerKind.PERSON: "Person", SpeakerKind.ORGANISATION: "Organization"}


def write(articles: Iterable[Traced], out: Path) -> Report:
    """Write one graph with the article, the claim and the stub of a review for each assertion."""
    report = Report()
    with jsonld.graph(out, CONTEXT) as add:
        for traced in articles:
            claimed = 0
            for statement in traced.article.statements:
                if statement.act is not Act.ASSERTIVE or not statement.contents:
                    report.left_out[NO_CONTENT if statement.act is Act.ASSERTIVE else NO_CLAIM] += 1
                    continue
                if not claimed:
                    add(_article(traced))
                claim = _claim(traced, statement)
                add(claim)
                add(_stub(claim))
                claimed += 1
            report.add(claimed)
    return report


def _article(traced: Traced) -> dict[str, Any]:
    document = traced.article.document
    known = {
        "@id": jsonld.article(traced),
        "@type": "NewsArticle",
        "url": document.url,
        "headline": document.title,
        "publisher": {"@type": "Organization", "name": document.outlet} if document.outlet else None,
        "datePublished": iso_date(document.published),
        "inLanguage": document.language,
        "identifier": [_property("id", document.id), _property("sha256 of the text", traced.digest)],
    }
    return _without_nulls(known)


def _claim(traced: Traced, statement: Statement) -> dict[str, Any]:
    provenance = traced.provenance
    changes = [change for change in provenance.changes if change.statement == statement.id]
    named = {
        "statement": statement.id, "kind": statement.kind.value, "version of katanya": provenance.version,
        "sha256 of the model": provenance.model,
    }  # fmt: skip
    author = _author(traced, statement)
    editors = dict.fromkeys(change.author for change in changes)
    return _without_nulls({
        "@id": jsonld.statement(traced, statement),
        "@type": "Claim",
        "text": BETWEEN.join(span.text for span in statement.contents),
        "author": author,
        "creditText": None if author else statement.speaker,
        "appearance": {"@id": jsonld.article(traced)},
        "editor": [{"@type": "Person", "name": name} for name in editors] or None,
        "dateModified": changes[-1].made if changes else None,
        "identifier": [_property(name, value) for name, value in named.items() if value],
    })


def _author(traced: Traced, statement: Statement) -> dict[str, Any] | None:
    sort = AUTHORS.get(statement.speaker_kind)
    if sort is None or statement.speaker is None:
        return None
    person = traced.article.person(statement.speaker) if sort == "Person" else None
    belongs = {"@type": "Organization", "name": person.affiliation} if person and person.affiliation else None
    return _without_nulls({
        "@type": sort, "name": statement.speaker, "jobTitle": person.role if person else None, "affiliation": belongs,
    })  # fmt: skip


def _stub(claim: dict[str, Any]) -> dict[str, Any]:
    return {
        "@id": jsonld.urn("review", claim["@id"]),
        "@type": "ClaimReview",
        "claimReviewed": claim["text"],
        "itemReviewed": {"@id": claim["@id"]},
    }


def _property(name: str, value: str) -> dict[str, str]:
    return {"@type": "PropertyValue", "propertyID": name, "value": value}


def _without_nulls(known: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in known.items() if value is not None}
