"""UIMA CAS as dkpro-cassis and UIMA itself read it."""

import xml.etree.ElementTree as ET

import pytest
from cassis import load_cas_from_xmi, load_typesystem
from printed import bridge, flood

from katanya.core.errors import InputError
from katanya.core.outcomes import Rejected
from katanya.exports.formats import Annotated, Format, read, write
from katanya.ledger.provenance import Traced

CUSTOM = "{http:///webanno/custom.ecore}"
SOFA = "{http:///uima/cas.ecore}Sofa"


@pytest.fixture
def folder(tmp_path):
    """An export of two articles."""
    write([Traced(flood()), Traced(bridge())], tmp_path / "cas", Format.INCEPTION)
    return tmp_path / "cas"


def test_offsets_in_the_file_are_utf16_code_units(folder):
    """As UIMA counts, a letter outside the basic plane is two; the raw numbers cut the words out of UTF-16."""
    root = ET.parse(folder / "000001.xmi").getroot()
    units = root.find(SOFA).get("sofaString").encode("utf-16-le")
    parts = root.findall(f"{CUSTOM}Part")
    found = {units[2 * int(part.get("begin")) : 2 * int(part.get("end"))].decode("utf-16-le") for part in parts}
    assert found == {
        span.text
        for one in flood().statements
        for span in (*one.contents, one.cue, one.source, one.time, one.place, one.event) if span
    }  # fmt: skip
    assert len(units) // 2 > len(flood().text)


def test_cassis_loads_it_and_finds_no_fault_in_its_types(folder):
    """The library of the format reads it, features have the types of the type system, spans hold the words."""
    made = load_cas_from_xmi(folder / "000001.xmi", typesystem=load_typesystem(folder / "TypeSystem.xml"))
    assert made.sofa_string == flood().text
    assert made.typecheck() == []
    names = {one.get_covered_text() for one in made.select("webanno.custom.Person")}
    assert names == {"Rini Wulandari", "Bagas"}


def test_an_article_that_xml_cannot_hold_is_rejected(tmp_path):
    """A control character has no place in XML 1.0: the article is named and the others are written."""
    bad = bridge("rusak", "Bupati Lestari Handayani mengatakan jembatan lama ditutup\x0b.")
    report = write([Traced(bad), Traced(bridge())], tmp_path / "cas", Format.INCEPTION)
    assert [(one.source, "U+000B" in one.detail) for one in report.rejected] == [("rusak", True)]
    assert [article.id for article in read(tmp_path / "cas", Annotated.INCEPTION)] == ["jembatan"]


def test_a_statement_that_an_annotator_added_is_gold(folder):
    """A statement without links has its own words as its content, and an id of its own."""
    types = load_typesystem(folder / "TypeSystem.xml")
    made = load_cas_from_xmi(folder / "000002.xmi", typesystem=types)
    layer = types.get_type("webanno.custom.Statement")
    made.add(layer(begin=0, end=6, kind="direct", act="question", speakerKind="none"))
    made.to_xmi(folder / "000002.xmi")
    found = list(read(folder, Annotated.INCEPTION))[1]
    assert [(one.id, one.contents[0].text) for one in found.statements] == [
        ("s2", "Bupati"), ("s1", "jembatan lama ditutup"),
    ]  # fmt: skip


def test_a_broken_file_spoils_one_article(folder):
    """What is no XMI is rejected with its name, and the others are read."""
    (folder / "000001.xmi").write_text("<xmi")
    found = list(read(folder, Annotated.INCEPTION))
    assert isinstance(found[0], Rejected)
    assert found[0].source.endswith("000001.xmi")
    assert found[1].id == "jembatan"


def test_a_folder_without_a_type_system_is_refused(folder):
    """Without TypeSystem.xml nothing can be read, and the message says so."""
    (folder / "TypeSystem.xml").unlink()
    with pytest.raises(InputError, match=r"TypeSystem\.xml"):
        list(read(folder, Annotated.INCEPTION))
