"""Claims and provenance as linked data."""

import json

import pytest
import rdflib
from printed import flood
from rdflib.namespace import PROV, RDF, RDFS

from katanya.exports import jsonld
from katanya.exports.formats import Format, write
from katanya.ledger.provenance import Traced

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # of rdflib within itself
TERMS = rdflib.Namespace(jsonld.TERMS)
VERDICTS = {"reviewRating", "ratingValue", "alternateName", "reviewBody", "reviewAspect", "positiveNotes"}


@pytest.fixture
def claims(traced, tmp_path):
    """The nodes of the claims as they were written."""
    write(traced, tmp_path / "a.json", Format.CLAIMS)
    return json.loads((tmp_path / "a.json").read_text())


@pytest.fixture
def graph(traced, tmp_path):
    """The provenance as triples."""
    write(traced, tmp_path / "a.json", Format.PROV)
    return rdflib.Graph().parse(tmp_path / "a.json", format="json-ld")


def keys(value):
    """Yield every key in some JSON."""
    if isinstance(value, dict):
        yield from value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from keys(one)


def test_no_claim_carries_a_verdict(claims):
    """A stub of a review names the claim and no more: no rating, no reviewer, no text of its own."""
    assert claims["@context"] == "https://schema.org"
    assert not VERDICTS & set(keys(claims))
    stubs = [node for node in claims["@graph"] if node["@type"] == "ClaimReview"]
    assert stubs
    assert all(set(stub) == {"@id", "@type", "claimReviewed", "itemReviewed"} for stub in stubs)


def test_only_assertions_are_claims(traced, tmp_path, claims):
    """Orders, denials and refusals claim nothing; they are counted as left out, with the reason."""
    report = write(traced, tmp_path / "again.json", Format.CLAIMS)
    assert report.left_out == {"not an assertion": 3}
    texts = [node["text"] for node in claims["@graph"] if node["@type"] == "Claim"]
    assert len(texts) == report.statements == 5
    assert "tanggul jebol" not in texts
    assert "Sedikitnya 40 rumah\nrusak … di Sukamaju sejak Senin" in texts


def test_a_claim_points_at_speaker_article_and_editor(claims):
    """The author is the speaker with office, the appearance the article, an editor of a correction is named."""
    nodes = {node["@id"]: node for node in claims["@graph"]}
    claim = next(node for node in nodes.values() if node["@type"] == "Claim" and "40 rumah" in node["text"])
    assert claim["author"] == {
        "@type": "Person", "name": "Rini Wulandari", "jobTitle": "Camat",
        "affiliation": {"@type": "Organization", "name": "Sukamaju"},
    }  # fmt: skip
    article = nodes[claim["appearance"]["@id"]]
    assert (article["url"], article["datePublished"]) == ("https://tirta.example/1", "2025-06-03")
    assert claim["editor"] == [{"@type": "Person", "name": "Sari"}]
    hearsay = next(node for node in nodes.values() if node["@type"] == "Claim" and "hujan" in node["text"])
    assert not {"author", "creditText"} & set(hearsay)


def test_claims_are_linked_data(claims):
    """As JSON-LD, in the vocabulary of schema.org, each stub reviews a claim and each claim appears in an article."""
    claims["@context"] = {"@vocab": "https://schema.org/"}  # what the remote context amounts to for these terms
    graph = rdflib.Graph().parse(data=json.dumps(claims), format="json-ld")
    schema = rdflib.Namespace("https://schema.org/")
    found = set(graph.subjects(RDF.type, schema.Claim))
    assert set(graph.objects(None, schema.itemReviewed)) == found
    articles = set(graph.subjects(RDF.type, schema.NewsArticle))
    assert {graph.value(claim, schema.appearance) for claim in found} == articles


def test_every_statement_is_traced_to_text_program_and_model(graph):
    """From each statement the way leads to a reading, from there to the text's digest, the version and the model's."""
    said = set(graph.subjects(TERMS.statement, None))
    assert len(said) == 8 + 2
    for statement in said:
        made = graph.value(statement, PROV.wasGeneratedBy)
        assert graph.value(graph.value(statement, PROV.wasDerivedFrom), TERMS.sha256)
        if graph.value(statement, PROV.wasRevisionOf) is None:
            agent = graph.value(made, PROV.wasAssociatedWith)
            assert (agent, RDF.type, PROV.SoftwareAgent) in graph
            assert str(graph.value(agent, TERMS.version)) == "1.0"
            used = {str(graph.value(thing, TERMS.sha256)) for thing in graph.objects(made, PROV.used)}
            assert "ab" * 32 in used


def test_a_correction_is_a_revision_by_its_author(graph):
    """The corrected statement revises the one that was read; author, time and reason stand at the correction."""
    (now,) = graph.subjects(TERMS.speaker, rdflib.Literal("Joko"))
    was = graph.value(now, PROV.wasRevisionOf)
    assert str(graph.value(was, TERMS.speaker)) == "Rini Wulandari"
    correction = graph.value(now, PROV.wasGeneratedBy)
    assert str(graph.value(graph.value(correction, PROV.wasAssociatedWith), RDFS.label)) == "Sari"
    assert graph.value(correction, PROV.endedAtTime).toPython().isoformat() == "2026-01-31T08:00:00+00:00"
    assert str(graph.value(correction, RDFS.comment)) == "dibacakan ulang"


def test_terms_are_those_of_prov(graph):
    """Every term that claims to be of PROV-O is one of it."""
    used = {term for triple in graph for term in triple if str(term).startswith(str(PROV))}
    assert used
    assert all(term in PROV for term in used)


def test_what_is_not_known_is_not_said(tmp_path):
    """Records of an unknown program have a reading without an agent."""
    write([Traced(flood())], tmp_path / "a.json", Format.PROV)
    graph = rdflib.Graph().parse(tmp_path / "a.json", format="json-ld")
    assert not list(graph.triples((None, PROV.wasAssociatedWith, None)))
    assert len(list(graph.subjects(RDF.type, PROV.Activity))) == 1
