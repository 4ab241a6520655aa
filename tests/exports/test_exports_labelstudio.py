"""Label Studio's tasks against the form that its import takes, and what annotators do to them."""

import json
import xml.etree.ElementTree as ET

import jsonschema
import pytest
from printed import bridge, flood

from katanya.core.errors import InputError
from katanya.core.outcomes import Rejected
from katanya.core.records import Article
from katanya.exports.formats import Annotated, Format, read, write
from katanya.ledger.provenance import Traced

# The form of tasks with predictions, as Label Studio's manual has it.
REGION = {
    "type": "object", "required": ["id", "from_name", "to_name", "type", "value"],
    "properties": {
        "id": {"type": "string"}, "from_name": {"type": "string"}, "to_name": {"const": "text"},
        "type": {"enum": ["labels", "choices", "textarea"]},
        "value": {
            "type": "object", "required": ["start", "end"],
            "properties": {
                "start": {"type": "integer", "minimum": 0}, "end": {"type": "integer", "minimum": 1},
                "labels": {"type": "array", "items": {"type": "string"}, "minItems": 1},
                "choices": {"type": "array", "items": {"type": "string"}, "minItems": 1},
            },
        },
    },
}  # fmt: skip
RELATION = {
    "type": "object", "required": ["type", "from_id", "to_id", "direction"], "additionalProperties": False,
    "properties": {
        "type": {"const": "relation"}, "from_id": {"type": "string"}, "to_id": {"type": "string"},
        "direction": {"enum": ["left", "right", "bi"]}, "labels": {"type": "array", "items": {"type": "string"}},
    },
}  # fmt: skip
PREDICTION = {
    "type": "object", "required": ["result"],
    "properties": {
        "model_version": {"type": "string"}, "result": {"type": "array", "items": {"oneOf": [REGION, RELATION]}},
    },
}  # fmt: skip
TASKS = {
    "type": "array",
    "items": {
        "type": "object", "required": ["data"],
        "properties": {
            "data": {"type": "object", "required": ["text"]}, "predictions": {"type": "array", "items": PREDICTION},
        },
    },
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """An export of two articles."""
    write([Traced(flood()), Traced(bridge())], tmp_path / "ls", Format.LABEL_STUDIO)
    return tmp_path / "ls"


@pytest.fixture
def tasks(folder):
    """The tasks as they were written."""
    return json.loads((folder / "tasks.json").read_bytes())


def test_tasks_have_the_form_of_the_manual(tasks):
    """Tasks, predictions, regions and relations are as Label Studio's import wants them."""
    jsonschema.validate(tasks, TASKS, cls=jsonschema.Draft202012Validator)
    assert len(tasks) == 2


def test_everything_said_is_in_the_interface(folder, tasks):
    """Names, labels, choices and relations of the predictions are those of labeling.xml."""
    root = ET.parse(folder / "labeling.xml").getroot()
    assert root.find(".//Text").attrib == {"name": "text", "value": "$text"}
    tags = {"labels": ("Labels", "Label"), "choices": ("Choices", "Choice"), "textarea": ("TextArea", None)}
    relations = {one.get("value") for one in root.iter("Relation")}
    for result in (result for task in tasks for result in task["predictions"][0]["result"]):
        if result["type"] == "relation":
            assert set(result["labels"]) <= relations
            continue
        tag, inner = tags[result["type"]]
        (control,) = [one for one in root.iter(tag) if one.get("name") == result["from_name"]]
        if inner:
            assert set(result["value"][result["type"]]) <= {one.get("value") for one in control.iter(inner)}


def test_offsets_are_code_points(tasks):
    """A region's offsets cut its words out of the text when a letter outside the basic plane counts once."""
    text = tasks[0]["data"]["text"]
    regions = [one["value"] for one in tasks[0]["predictions"][0]["result"] if one["type"] == "labels"]
    assert text == flood().text
    assert all(text[region["start"] : region["end"]] == region["text"] for region in regions)
    assert any("😢" in region["text"] for region in regions)


def annotate(folder, tasks, **changes):
    """Submit the first task with changes to its annotation, and return what is read of it."""
    annotation = {"result": tasks[0]["predictions"][0]["result"], "was_cancelled": False, **changes}
    tasks[0]["annotations"] = [*tasks[0].get("annotations", []), annotation]
    (folder / "export.json").write_text(json.dumps(tasks))
    return next(iter(read(folder / "export.json", Annotated.LABEL_STUDIO)))


def test_what_nobody_saw_is_no_gold(folder, tasks):
    """A task without an annotation, or with none but cancelled ones, is rejected unless told otherwise."""
    found = list(read(folder, Annotated.LABEL_STUDIO))
    assert [(type(one), "nobody has annotated it" in one.detail) for one in found] == [(Rejected, True)] * 2
    assert isinstance(annotate(folder, tasks, was_cancelled=True), Rejected)
    assert [len(one.statements) for one in read(folder, Annotated.LABEL_STUDIO, unseen=True)] == [7, 1]


def test_the_last_annotation_counts(folder, tasks):
    """Of several annotations that were not cancelled the last is the gold."""
    annotate(folder, tasks, result=[])
    assert len(annotate(folder, tasks).statements) == 7


def test_a_statement_that_an_annotator_drew_is_gold(folder, tasks):
    """A region without relations is its own content; without a name nobody is named."""
    where = {"start": 2, "end": 8}
    shared = {"id": "Xy", "to_name": "text"}
    region = {**shared, "from_name": "label", "type": "labels", "value": {**where, "labels": ["Statement"]}}
    said = {"kind": "mixed", "act": "question", "speaker_kind": "anonymous"}
    choices = [
        {**shared, "from_name": name, "type": "choices", "value": {**where, "choices": [value]}}
        for name, value in said.items()
    ]
    found = annotate(folder, tasks, result=[region, *choices])
    assert isinstance(found, Article)
    assert [(one.id, one.kind, one.speaker, one.contents[0].text) for one in found.statements[:1]] == [
        ("s1", "mixed", None, "Banjir")
    ]


FAULTS = {
    "offsets of another count": ({"start": 3, "end": 9, "text": "Banjir"}, "not what stands"),
    "outside the text": ({"start": 3, "end": 99999}, "lies from 3 to 99999"),
    "of a page": ({"start": "/p[1]", "end": "/p[1]"}, "plain text"),
}


@pytest.mark.parametrize(("where", "reason"), FAULTS.values(), ids=FAULTS)
def test_a_region_that_is_not_in_the_text_is_told(folder, tasks, where, reason):
    """A region that does not lie where it says spoils its task, with the reason."""
    region = {"id": "a", "type": "labels", "from_name": "label", "value": {"labels": ["Cue"], **where}}
    found = annotate(folder, tasks, result=[region])
    assert isinstance(found, Rejected)
    assert reason in found.detail


def test_another_format_is_refused(folder):
    """What is no list of tasks cannot be read, and the message names the format that can."""
    (folder / "tasks.json").write_text("{}")
    with pytest.raises(InputError, match="JSON-MIN"):
        list(read(folder, Annotated.LABEL_STUDIO))
