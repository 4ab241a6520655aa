"""brat standoff as brat itself checks it, and what annotators do to it."""

import re

import pytest
from printed import bridge, flood

from katanya.core.outcomes import Rejected
from katanya.core.records import Article
from katanya.exports.formats import Annotated, Format, read, write
from katanya.ledger.provenance import Traced

MARK = re.compile(r"T\d+\t(\w+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")


@pytest.fixture
def folder(tmp_path):
    """An export of two articles."""
    write([Traced(flood()), Traced(bridge())], tmp_path / "brat", Format.BRAT)
    return tmp_path / "brat"


def test_every_mark_is_where_it_says(folder):
    """A mark's words are the fragments at its offsets, in code points, joined by spaces, and lines are read as such."""
    for path in sorted(folder.glob("*.ann")):
        text = path.with_suffix(".txt").read_bytes().decode()
        lines = path.read_bytes().decode().splitlines()
        marks = [MARK.fullmatch(line) for line in lines if line.startswith("T")]
        assert marks
        assert all(line[0] in "TEA#" for line in lines)
        for mark in marks:
            pieces = [tuple(map(int, piece.split())) for piece in mark[2].split(";")]
            assert all(start < end <= len(text) for start, end in pieces)
            assert " ".join(text[start:end] for start, end in pieces) == mark[3]


def test_every_name_is_configured(folder):
    """Labels, roles, attributes and their values are those of annotation.conf, and what is referred to is there."""
    configuration = (folder / "annotation.conf").read_text()
    entities, _, rest = configuration.partition("[relations]")
    lines = "".join(path.read_text() for path in sorted(folder.glob("*.ann"))).split("\n")
    for line in lines:
        match line.replace("\t", " ").split(" "):
            case [id, "Statement", *_] if id.startswith("T"):
                assert "\nStatement\t" in rest
            case [id, label, *_] if id.startswith("T"):
                assert f"\n{label}\n" in entities
            case [id, name, _, value] if id.startswith("A"):
                assert re.search(rf"\n{name}\tArg:<EVENT>, Value:(\S+\|)?{value}(\||\n)", rest)
            case [id, trigger, *roles] if id.startswith("E"):
                assert trigger.startswith("Statement:T")
                assert all(re.match(r"(Content\d*|Cue|Source|Time|Place|Event):T|Within:E", role) for role in roles)


def edited(folder, old, new):
    """Return what is read after an annotator has changed the first file."""
    path = folder / "000001.ann"
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())
    return next(iter(read(folder, Annotated.BRAT)))


def test_what_an_annotator_changes_is_gold(folder):
    """Another act, and a statement of the annotator's own, which gets an id of its own."""
    added = "E99\tStatement:T1 Content:T1\nA97\tKind E99 mixed\nA98\tAct E99 question\nA99\tSpeakerKind E99 none\n"
    found = edited(folder, "A2\tAct E1 directive\n", f"A2\tAct E1 expressive\n{added}")
    assert isinstance(found, Article)
    by_id = {statement.id: statement for statement in found.statements}
    assert by_id["s1"].act == "expressive"
    assert (by_id["s8"].act, by_id["s8"].speaker, by_id["s8"].contents) == ("question", None, by_id["s1"].contents)


FAULTS = {
    "an act is missing": ("A2\tAct E1 directive\n", "", "statement E1 has no act"),
    "an act is unknown": ("Act E1 directive", "Act E1 shouting", "unknown act"),
    "the words stand elsewhere": ("\tCue ", "\tCue 1", "not what stands there"),
    "a note is no JSON": ('{"id":"s1"', '{"id:"s1"', "line 12"),
    "a role is unknown": ("Cue:T3", "Tone:T3", "has Tone:T3"),
    "a mark is missing": ("Cue:T3", "Cue:T999", "has Cue:T999"),
}


@pytest.mark.parametrize(("old", "new", "reason"), FAULTS.values(), ids=FAULTS)
def test_a_fault_names_its_place_and_spoils_one_article(folder, old, new, reason):
    """A file that cannot be understood is rejected with the reason; the others are read."""
    found = edited(folder, old, new)
    assert isinstance(found, Rejected)
    assert reason in found.detail
    assert found.source.endswith("000001.ann")
    assert isinstance(list(read(folder, Annotated.BRAT))[1], Article)


def test_a_folder_without_its_list_is_read_by_file_names(folder):
    """Without documents.jsonl the file's name is the article's id."""
    (folder / "documents.jsonl").unlink()
    assert [article.id for article in read(folder, Annotated.BRAT)] == ["000001", "000002"]
