"""Statements by the rules alone: the cases stand in `fixtures/statements`, a file for each kind of sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from katanya.attribution.detect import Detector
from katanya.attribution.drafts import Draft
from katanya.attribution.nesting import nest
from katanya.attribution.occasion import OccasionReader
from katanya.core.analysis import Analysis
from katanya.core.records import Document
from katanya.lang.pack import load_pack
from katanya.pipeline.analyse import Analyser

FOLDER = Path(__file__).parent / "fixtures" / "statements"
WANTED = "wanted"  # the guidelines ask for these and the rules do not read them yet
ARROW = re.compile(r"(?P<indent> *)-> (?:none|(?P<kind>\w+): (?P<cue>.+?) \| (?P<source>.+?) \| (?P<contents>.+))")
WORD = re.compile(r"\w+(?:[-'’./]\w+)*")
NOBODY = "-"

PACK = load_pack("id")
ANALYSER = Analyser(PACK)
DETECTOR = Detector(PACK, OccasionReader(PACK))


@dataclass(frozen=True)
class Case:
    """A text and the statements in it, each a line of the notation."""

    name: str
    text: str
    statements: tuple[str, ...]


def cases_of(file: Path) -> Iterator[Case]:
    """Read the cases of a file; refuse a line that is no notation."""
    notes, *blocks = re.split(r"^== ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert all(line.startswith("#") for line in notes.splitlines() if line), file
    for block in blocks:
        name, *lines = block.strip().splitlines()
        arrows = [line for line in lines if line.lstrip().startswith("->")]
        text = "\n".join(lines[: len(lines) - len(arrows)])
        assert text, f"{file.name}: {name}"
        assert arrows, f"{file.name}: {name}"
        assert lines[-len(arrows) :] == arrows, f"{file.name}: {name}"
        yield Case(name, text, tuple(line for arrow in arrows if (line := plain(arrow))))


def plain(arrow: str) -> str:
    """Return a line of the notation without marks and capitals, nothing for `-> none`."""
    match = ARROW.fullmatch(arrow.rstrip())
    assert match, f"not the notation: {arrow}"
    if not match["kind"]:
        return ""
    contents = [bare(content) for content in match["contents"].split(" + ")]
    return line_of(len(match["indent"]) // 2, match["kind"], bare(match["cue"]), bare(match["source"]), contents)


def line_of(depth: int, kind: str, cue: str, source: str, contents: list[str]) -> str:
    """Write a statement in the notation."""
    return f"{'  ' * depth}-> {kind}: {cue or NOBODY} | {source or NOBODY} | {' + '.join(contents)}"


def bare(text: str) -> str:
    """Return the words of a stretch alone, as the score compares them."""
    return " ".join(WORD.findall(text.lower()))


def detected(text: str) -> tuple[str, ...]:
    """Return the statements of a text in the notation."""
    analysis = ANALYSER.analyse(Document(text))
    drafts = DETECTOR.detect(analysis)
    outer = nest(drafts)
    return tuple(written(analysis, draft, depth_of(number, outer)) for number, draft in enumerate(drafts))


def written(analysis: Analysis, draft: Draft, depth: int) -> str:
    """Write a draft in the notation."""

    def cut(tokens: tuple[int, int] | None) -> str:
        if tokens is None:
            return ""
        return bare(analysis.text[analysis.tokens.starts[tokens[0]] : analysis.tokens.ends[tokens[1] - 1]])

    return line_of(depth, draft.kind, cut(draft.cue), cut(draft.source), [cut(content) for content in draft.contents])


def depth_of(number: int, outer: list[int | None]) -> int:
    """Count the statements that one stands inside."""
    parent = outer[number]
    return 0 if parent is None else 1 + depth_of(parent, outer)


def parameters(*, wanted: bool) -> list[object]:
    """Return each case with its file and title as its name."""
    files = [file for file in sorted(FOLDER.glob("*.txt")) if (file.stem == WANTED) is wanted]
    return [pytest.param(case, id=f"{file.stem}: {case.name}") for file in files for case in cases_of(file)]


@pytest.mark.parametrize("case", parameters(wanted=False))
def test_statements_of_a_text(case: Case) -> None:
    """A text gives the statements written below it: kind, cue, source, contents, in order and in their place."""
    assert detected(case.text) == case.statements


@pytest.mark.parametrize("case", parameters(wanted=True))
@pytest.mark.xfail(strict=True, reason="wanted by the guidelines, not read by the rules yet")
def test_statements_still_wanted(case: Case) -> None:
    """What the guidelines ask for and the rules do not read yet; a case that passes moves to the file of its kind."""
    assert detected(case.text) == case.statements


def test_every_case_has_its_own_name() -> None:
    """A title is given once, so that a failure names one case."""
    names = [case.name for file in FOLDER.glob("*.txt") for case in cases_of(file)]
    assert len(names) == len(set(names))
