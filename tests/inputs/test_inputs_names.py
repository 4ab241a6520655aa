"""What the files of a run are called: by their names, and by the folders that they lie in where it takes that."""

from pathlib import Path

import pytest

from katanya.batch.inputs import files

CASES = {
    "files of different names": (["a/x.jsonl", "b/y.jsonl"], ["x.jsonl", "y.jsonl"]),
    "files of one name": (["a/x.jsonl", "b/x.jsonl", "b/y.jsonl"], ["a/x.jsonl", "b/x.jsonl", "y.jsonl"]),
    "of one name in folders of one name": (["a/z/x.jsonl", "b/z/x.jsonl"], ["a/z/x.jsonl", "b/z/x.jsonl"]),
    "folders of different names": (["a/z", "b"], ["z/x.jsonl", "b/x.jsonl", "b/y.jsonl", "b/z/x.jsonl"]),
    "folders of one name": (["a/z", "b/z"], ["a/z/x.jsonl", "b/z/x.jsonl"]),
    "a file given twice": (["a/x.jsonl", "a/x.jsonl"], ["x.jsonl", "x.jsonl"]),
    "a file given twice in two ways": (["a/x.jsonl", "a/../a/x.jsonl"], ["x.jsonl", "x.jsonl"]),
}


@pytest.mark.parametrize(("given", "names"), CASES.values(), ids=CASES)
def test_no_two_files_have_one_name(tmp_path: Path, given: list[str], names: list[str]) -> None:
    """Files are told by their names; those of one name by the folders that they lie in, too, as many as it takes."""
    for path in ("a/x.jsonl", "a/z/x.jsonl", "b/x.jsonl", "b/y.jsonl", "b/z/x.jsonl"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    assert [one.name for one in files(tmp_path / path for path in given)] == names
