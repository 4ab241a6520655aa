"""Values in their statements: each figure, time and place goes to the innermost statement that says it.

What none says is told by the article itself.
"""

from collections.abc import Sequence
from dataclasses import replace

from katanya.core.records import Statement
from katanya.core.spans import Span
from katanya.core.values import Figure, Place, Time, Values

NOBODY = -1  # the number of no statement


def bind(statements: Sequence[Statement], values: Values) -> tuple[tuple[Statement, ...], Values]:
    """Return the statements with the values whose words stand in one of their contents, and the values that are left.

    Where contents stand inside one another the shortest that holds a value has it.
    """
    contents = sorted(
        ((span, number) for number, statement in enumerate(statements) for span in statement.contents),
        key=lambda content: (content[0].end - content[0].start, -content[1]),
    )
    times: dict[int, list[Time]] = {}
    figures: dict[int, list[Figure]] = {}
    places: dict[int, list[Place]] = {}
    for time in values.times:
        times.setdefault(_holder(contents, time.span), []).append(time)
    for figure in values.figures:
        figures.setdefault(_holder(contents, figure.span), []).append(figure)
    for place in values.places:
        places.setdefault(_holder(contents, place.span), []).append(place)
    holding = times.keys() | figures.keys() | places.keys()
    bound = tuple(
        replace(
            statement,
            times=tuple(times.get(number, ())),
            figures=tuple(figures.get(number, ())),
            places=tuple(places.get(number, ())),
        ) if number in holding else statement
        for number, statement in enumerate(statements)
    )
    return bound, Values(tuple(times.get(NOBODY, ())), tuple(figures.get(NOBODY, ())), tuple(places.get(NOBODY, ())))


def _holder(contents: Sequence[tuple[Span, int]], span: Span) -> int:
    """Return the number of the innermost statement that holds a span, `NOBODY` where none does."""
    for content, number in contents:
        if content.start <= span.start and span.end <= content.end:
            return number
    return NOBODY
