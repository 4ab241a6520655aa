"""Web Annotations against the model of the W3C."""

import json

import pytest
import rdflib

from katanya.exports.formats import Format, write

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # of rdflib within itself
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")


@pytest.fixture
def collection(traced, tmp_path):
    """The collection as it was written."""
    write(traced, tmp_path / "a.json", Format.WEB_ANNOTATION)
    return json.loads((tmp_path / "a.json").read_text())


def test_an_annotation_has_what_the_model_requires(collection):
    """Collection, page and annotations have their types, IRIs, counts and targets (sections 3 and 5 of the model)."""
    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    page = collection["first"]
    assert (collection["type"], page["type"]) == ("AnnotationCollection", "AnnotationPage")
    assert page["partOf"] == collection["id"]
    assert collection["total"] == len(page["items"]) == 7
    ids = [collection["id"], page["id"], *(item["id"] for item in page["items"])]
    assert len(set(ids)) == len(ids)
    assert all(id.startswith("urn:uuid:") for id in ids)
    for item in page["items"]:
        assert item["type"] == "Annotation"
        assert item["target"]
        for target in item["target"]:
            assert target["type"] == "SpecificResource"
            assert target["source"].startswith(("https://", "urn:"))
            selectors = [selector["type"] for selector in target["selector"]]
            assert selectors == ["TextQuoteSelector", "TextPositionSelector"]
        for body in item["body"]:
            assert body["type"] != "TextualBody" or body["value"]


def test_both_selectors_find_the_content(collection, traced):
    """In the text, counted in code points, the place holds the exact words, and what stands around them."""
    texts = [one.article.text for one in traced for statement in one.article.statements if statement.contents]
    for item, text in zip(collection["first"]["items"], texts, strict=True):
        for target in item["target"]:
            quote, place = target["selector"]
            assert text[place["start"] : place["end"]] == quote["exact"]
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


def test_it_says_who_spoke_and_who_changed_it(collection):
    """A corrected statement names its editor and the time; all name the speaker, if any, and the program."""
    first, *_, hearsay, last = collection["first"]["items"]
    assert (first["creator"], first["modified"]) == ([{"type": "Person", "name": "Sari"}], "2026-01-31T08:00:00+00:00")
    assert first["body"][0]["value"] == "Joko"
    assert [body["type"] for body in hearsay["body"]] == ["k:Statement"]
    assert last["body"][1]["k:readBy"] == "1.0"
    assert last["target"][0]["source"].startswith("urn:uuid:")


def test_it_is_linked_data(collection):
    """Read as JSON-LD, terms that are used here standing for those of the model, it makes the triples of the model."""
    terms = {
        "@vocab": str(OA), "id": "@id", "type": "@type", "target": {"@id": "oa:hasTarget", "@type": "@id"},
        "source": {"@id": "oa:hasSource", "@type": "@id"}, "selector": "oa:hasSelector", "oa": str(OA),
    }  # fmt: skip
    # The context of the W3C is not at hand without a network; these terms are copied from it.
    collection["@context"] = [terms, *collection["@context"][1:]]
    graph = rdflib.Graph().parse(data=json.dumps(collection), format="json-ld")
    assert len(set(graph.subjects(rdflib.RDF.type, OA.Annotation))) == 7
    assert len(list(graph.objects(None, OA.hasSelector))) == 16
    assert rdflib.URIRef("https://tirta.example/1") in set(graph.objects(None, OA.hasSource))
