"""Values go to the innermost statement that says them."""

from hypothesis import given
from hypothesis import strategies as st

import katanya
from katanya.core.records import Act, Kind, SpeakerKind, Statement
from katanya.core.spans import Span
from katanya.core.values import Figure, Place, Values
from katanya.normalise.binding import bind

TEXT = "x" * 100
READER = katanya.Reader(model=None)


def statement(id: str, *contents: tuple[int, int]) -> Statement:
    """Return a statement with these contents and nothing else of note."""
    spans = tuple(Span.cut(TEXT, *content) for content in contents)
    return Statement(id, Kind.DIRECT, Act.ASSERTIVE, None, None, spans, None, SpeakerKind.NONE)


def place(start: int, end: int) -> Place:
    """Return a place between two offsets."""
    return Place(Span.cut(TEXT, start, end), "X")


def test_a_value_goes_to_the_innermost_statement():
    """Of statements inside one another the innermost that holds the value has it."""
    statements = [statement("s1", (0, 50)), statement("s2", (10, 20))]
    (outer, inner), _ = bind(statements, Values(places=(place(12, 15),)))
    assert (len(outer.places), len(inner.places)) == (0, 1)


def test_a_value_in_any_part_of_a_content_is_bound():
    """A statement in several stretches has what stands in each of them, and nothing in between."""
    values = Values(places=(place(1, 4), place(12, 15), place(22, 25)))
    (bound,), told = bind([statement("s1", (0, 10), (20, 30))], values)
    assert [value.span.start for value in bound.places] == [1, 22]
    assert [value.span.start for value in told.places] == [12]


def test_a_value_across_the_edge_is_not_bound():
    """A value that begins in a content and ends outside it is said by nobody."""
    figure = Figure(Span.cut(TEXT, 8, 12), 1, 1)
    (bound,), told = bind([statement("s1", (0, 10))], Values(figures=(figure,)))
    assert bound.figures == ()
    assert told.figures == (figure,)


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 10)), max_size=6), st.integers(0, 95))
def test_each_value_is_bound_at_most_once(contents, start):
    """No value is said twice or lost, and who has it holds it."""
    statements = [statement(f"s{n}", (first, first + length)) for n, (first, length) in enumerate(contents)]
    bound, told = bind(statements, Values(places=(place(start, start + 3),)))
    found = [said for said in bound if said.places]
    assert len(found) + len(told.places) == 1
    assert all(said.contents[0].start <= start and start + 3 <= said.contents[0].end for said in found)


def test_the_reader_binds():
    """A statement that is read has the figures, times and places of its content alone."""
    article = READER.read(
        "Tegal - Bupati Tegal Surya Wibowo mengatakan sedikitnya 300 rumah di Kecamatan Kramat rusak sejak 4 Mei 2025. "
        "Sebanyak 12 posko dibuka di Brebes."
    )
    (said,) = article.statements
    assert [(figure.low, figure.high) for figure in said.figures] == [(300, None)]
    assert [place.name for place in said.places] == ["Kramat"]
    assert [time.value for time in said.times] == ["2025-05-04"]


def test_values_without_statements():
    """The values of a text can be had without its statements."""
    values = READER.values("Menteri itu tiba di Kairo, Selasa (6/5/2025).")
    assert [(place.name, place.country) for place in values.places] == [("Kairo", "EG")]
    assert [time.value for time in values.times] == ["2025-05-06"]
