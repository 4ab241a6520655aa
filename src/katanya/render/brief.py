"""What the values in a statement come to, in few words: ``≥ 20 pemukiman per 24 jam``, ``Selasa = 2025-01-14``."""

from collections.abc import Iterator

from katanya.core.records import Statement
from katanya.core.values import Figure, Place

GOVERNMENT = "government"
GROUPED = 10_000  # from which digits stand in threes
GAP = "\N{NO-BREAK SPACE}"  # between them: a comma or a point is a decimal sign to one reader or the other


def values(statement: Statement) -> Iterator[str]:
    """Yield the figures, times and places of a statement, in the order of the text; what has no bounds is left out."""
    yield from filter(None, map(_figure, statement.figures))
    yield from (f"{time.span.text} = {time.value}" for time in statement.times)
    yield from filter(None, map(_place, statement.places))


def amount(low: float | None, high: float | None) -> str:
    """Return the bounds of an amount, an open side as such; empty where both are open."""
    if low is None or high is None:
        return f"≥ {_number(low)}" if low is not None else f"≤ {_number(high)}" if high is not None else ""
    return _number(low) if low == high else f"{_number(low)}–{_number(high)}"


def _figure(figure: Figure) -> str:
    bounds = amount(figure.low, figure.high)
    per = f"per {figure.per.text}" if figure.per else None
    closed = figure.low is not None and figure.high is not None
    hedge = figure.hedge.text if figure.hedge and closed else None  # an open bound shows it already
    parts = (hedge, bounds, figure.unit, figure.of.text if figure.of else None, per)
    return " ".join(part for part in parts if part) if bounds else ""


def _place(place: Place) -> str:
    known = [place.name if place.name != place.span.text else None, place.country]
    known.append(GOVERNMENT if place.role == GOVERNMENT else None)
    told = ", ".join(part for part in known if part)
    return f"{place.span.text} = {told}" if told else ""


def _number(value: float) -> str:
    if value != int(value):
        return f"{value:.10g}"
    return f"{int(value):,}".replace(",", GAP) if abs(value) >= GROUPED else str(int(value))
