"""Which statement stands inside which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from katanya.attribution.drafts import Draft, Range
from katanya.attribution.nesting import nest
from katanya.core.records import Kind

# A statement a row: its cue and its contents as token ranges; then, for each, the number of the one it stands inside.
Row = tuple[Range | None, list[Range]]
CASES: dict[str, tuple[list[Row], list[int | None]]] = {
    "alone": ([((0, 1), [(1, 9)])], [None]),
    "side by side": ([((0, 1), [(1, 5)]), ((5, 6), [(6, 9)])], [None, None]),
    "one inside the other": ([((0, 1), [(1, 9)]), ((3, 4), [(4, 9)])], [None, 0]),
    "three deep: the nearest counts": (
        [((0, 1), [(1, 20)]), ((3, 4), [(4, 20)]), ((6, 7), [(7, 20)])], [None, 0, 1],
    ),
    "the outer one listed last": ([((3, 4), [(4, 9)]), ((10, 11), [(1, 9)])], [1, None]),
    "inside the second content": ([((5, 6), [(0, 5), (6, 12)]), ((8, 9), [(9, 12)])], [None, 0]),
    "content around its own cue": ([((0, 1), [(1, 12)]), ((5, 6), [(3, 5), (6, 10)])], [None, 0]),
    "over two contents is inside neither": ([((5, 6), [(0, 5), (6, 12)]), ((4, 5), [(3, 4), (7, 9)])], [None, None]),
    "a cue outside is not inside": ([((0, 1), [(2, 9)]), ((1, 2), [(3, 9)])], [None, None]),
    "without a cue, by its content": ([((0, 1), [(1, 9)]), (None, [(3, 6)])], [None, 0]),
    "inside a quotation without a cue": ([(None, [(1, 9)]), ((3, 4), [(4, 9)])], [None, 0]),
    "the same content twice": ([((0, 1), [(1, 9)]), ((10, 11), [(1, 9)])], [None, None]),
    "nothing": ([], []),
}
WHOLE: list[Row] = [((9, 10), [(1, 8)]), ((1, 2), [(3, 8)])]


def drafts_of(rows: list[Row]) -> list[Draft]:
    """Build drafts of rows."""
    return [Draft(Kind.INDIRECT, list(contents), 0, cue=cue) for cue, contents in rows]


@pytest.mark.parametrize(("rows", "outer"), CASES.values(), ids=CASES.keys())
def test_nesting(rows: list[Row], outer: list[int | None]) -> None:
    """A statement stands inside the smallest other one with a content that holds both its cue and its contents."""
    assert nest(drafts_of(rows)) == outer


def test_an_inner_statement_may_fill_the_outer_content() -> None:
    """A quotation that is one indirect statement from its first word to its last holds that statement."""
    assert nest(drafts_of(WHOLE)) == [None, 0]


RANGES = st.tuples(st.integers(0, 30), st.integers(1, 15)).map(lambda pair: (pair[0], pair[0] + pair[1]))
ROWS = st.lists(st.tuples(st.none() | RANGES, st.lists(RANGES, min_size=1, max_size=3)), max_size=12)


@given(ROWS)
def test_nesting_has_no_circles(rows: list[Row]) -> None:
    """Whatever the statements, none stands inside itself, directly or by way of others, and the holder holds it."""
    outer = nest(drafts_of(rows))
    for number, holder in enumerate(outer):
        if holder is not None:
            ends = [end for cue, contents in [rows[number]] for end in [*contents, *([cue] if cue else [])]]
            assert any(first <= min(ends)[0] and max(end[1] for end in ends) <= last for first, last in rows[holder][1])
        seen: set[int] = set()
        while holder is not None:
            assert holder not in seen
            seen.add(holder)
            holder = outer[holder]
        assert number not in seen
