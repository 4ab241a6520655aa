"""What words mean: the times, figures and places that a text names, each beside the words it was read from.

An unknown is ``None``, never a guess: a vague amount keeps its bounds, a weekday without an anchor a partial value.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from katanya.core import fields
from katanya.core.spans import Span


class TimeType(StrEnum):
    """The kinds of time expression of TIMEX3 (ISO 24617-1)."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression.

    ``value`` and ``modifier`` are those of TIMEX3. ``start`` and ``end`` are the first and the last moment that it
    covers, both included, in ISO 8601 and as fine as the value; ``None`` is open or unknown. ``anchor`` is what it
    was counted from, ``flags`` what is wrong with it (a weekday that does not fit its date). ``quantifier`` and
    ``frequency`` are those of a set: ``EVERY`` day, ``2X`` a week.
    """

    span: Span
    type: TimeType
    value: str
    start: str | None = None
    end: str | None = None
    granularity: str | None = None
    modifier: str | None = None
    anchor: str | None = None
    flags: tuple[str, ...] = ()
    because: str = ""
    quantifier: str | None = None
    frequency: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the time in the form of the record."""
        return {
            **self.span.to_dict(),
            "type": self.type.value,
            "value": self.value,
            "from": self.start,
            "to": self.end,
            "granularity": self.granularity,
            "modifier": self.modifier,
            "anchor": self.anchor,
            "flags": list(self.flags),
            "because": self.because,
            "quantifier": self.quantifier,
            "frequency": self.frequency,
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """Load a time from its record; raises `RecordError` that names the field at fault."""
        return cls(
            span=fields.own_span(record),
            type=fields.choice(record, "type", TimeType),
            value=fields.text(record, "value"),
            start=fields.text_or_none(record, "from"),
            end=fields.text_or_none(record, "to"),
            granularity=fields.text_or_none(record, "granularity"),
            modifier=fields.text_or_none(record, "modifier"),
            anchor=fields.text_or_none(record, "anchor"),
            flags=fields.texts(record, "flags"),
            because=fields.text_or_none(record, "because") or "",
            quantifier=fields.text_or_none(record, "quantifier"),
            frequency=fields.text_or_none(record, "frequency"),
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """A thing that an amount is compared with, and what the amount comes to by the size of that thing.

    ``quantity`` is the size that is meant (area, height …); ``low`` and ``high`` are in ``unit``; ``source`` says
    where the size of the thing is from.
    """

    span: Span
    name: str
    quantity: str
    low: float | None
    high: float | None
    unit: str | None
    source: str

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison in the form of the record."""
        return {
            **self.span.to_dict(),
            "name": self.name,
            "quantity": self.quantity,
            "low": self.low,
            "high": self.high,
            "unit": self.unit,
            "source": self.source,
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """Load a comparison from its record; raises `RecordError` that names the field at fault."""
        return cls(
            span=fields.own_span(record),
            name=fields.text(record, "name"),
            quantity=fields.text(record, "quantity"),
            low=fields.number_or_none(record, "low"),
            high=fields.number_or_none(record, "high"),
            unit=fields.text_or_none(record, "unit"),
            source=fields.text(record, "source"),
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount: all that lies from ``low`` to ``high``, both included, ``None`` where a side is open.

    ``unit`` is what it is measured in, ``of`` the words of what is counted, ``hedge`` the words that soften it and
    ``per`` those that it is spread over. ``kind`` says what sort of amount it is (count, money, percent, ordinal …),
    ``change`` is ``up`` or ``down`` where it is a difference, ``compared`` what it is a multiple of.
    """

    span: Span
    low: float | None
    high: float | None
    unit: str | None = None
    of: Span | None = None
    hedge: Span | None = None
    per: Span | None = None
    kind: str = "count"
    change: str | None = None
    compared: Comparison | None = None
    flags: tuple[str, ...] = ()
    because: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the figure in the form of the record."""
        return {
            **self.span.to_dict(),
            "low": self.low,
            "high": self.high,
            "unit": self.unit,
            "of": _plain(self.of),
            "hedge": _plain(self.hedge),
            "per": _plain(self.per),
            "kind": self.kind,
            "change": self.change,
            "compared": None if self.compared is None else self.compared.to_dict(),
            "flags": list(self.flags),
            "because": self.because,
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """Load a figure from its record; raises `RecordError` that names the field at fault."""
        return cls(
            span=fields.own_span(record),
            low=fields.number_or_none(record, "low"),
            high=fields.number_or_none(record, "high"),
            unit=fields.text_or_none(record, "unit"),
            of=fields.span_or_none(record, "of"),
            hedge=fields.span_or_none(record, "hedge"),
            per=fields.span_or_none(record, "per"),
            kind=fields.text_or_none(record, "kind") or "count",
            change=fields.text_or_none(record, "change"),
            compared=None if record.get("compared") is None else Comparison.from_dict(
                fields.mapping(record, "compared")
            ),
            flags=fields.texts(record, "flags"),
            because=fields.text_or_none(record, "because") or "",
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A place by the name it is known under, with its country (ISO 3166-1 alpha-2) and coordinates in degrees.

    ``kind`` is what sort of place it is (country, province, city, river …); ``role`` is ``government`` where the name
    of a capital or palace speaks or acts. ``region`` is the code of the province (ISO 3166-2) where it is known.
    ``flags`` hold ``enclosing`` where country and coordinates are those of the place that it lies in.
    """

    span: Span
    name: str | None
    kind: str | None = None
    country: str | None = None
    region: str | None = None
    lat: float | None = None
    lon: float | None = None
    role: str = "place"
    flags: tuple[str, ...] = ()
    because: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the place in the form of the record."""
        return {
            **self.span.to_dict(),
            "name": self.name,
            "kind": self.kind,
            "country": self.country,
            "region": self.region,
            "lat": self.lat,
            "lon": self.lon,
            "role": self.role,
            "flags": list(self.flags),
            "because": self.because,
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """Load a place from its record; raises `RecordError` that names the field at fault."""
        return cls(
            span=fields.own_span(record),
            name=fields.text_or_none(record, "name"),
            kind=fields.text_or_none(record, "kind"),
            country=fields.text_or_none(record, "country"),
            region=fields.text_or_none(record, "region"),
            lat=fields.number_or_none(record, "lat"),
            lon=fields.number_or_none(record, "lon"),
            role=fields.text_or_none(record, "role") or "place",
            flags=fields.texts(record, "flags"),
            because=fields.text_or_none(record, "because") or "",
        )


@dataclass(frozen=True, slots=True)
class Values:
    """The times, figures and places of a text, each in order of appearance."""

    times: tuple[Time, ...] = field(default=())
    figures: tuple[Figure, ...] = field(default=())
    places: tuple[Place, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """Return the values in the form of the record."""
        return {
            "times": [time.to_dict() for time in self.times],
            "figures": [figure.to_dict() for figure in self.figures],
            "places": [place.to_dict() for place in self.places],
        }


@dataclass(frozen=True, slots=True)
class ArticleValues:
    """The values of one whole article, by its id."""

    id: str
    values: Values

    def to_dict(self) -> dict[str, Any]:
        """Return the id and the values in the form of the record."""
        return {"id": self.id, **self.values.to_dict()}


def _plain(span: Span | None) -> dict[str, int | str] | None:
    return None if span is None else span.to_dict()
