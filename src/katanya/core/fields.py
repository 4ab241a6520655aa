"""Fields of a record as they come from JSON, checked one by one; each fault names its field."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from katanya.core.errors import RecordError
from katanya.core.spans import Span

Choice = TypeVar("Choice", bound=StrEnum)


def text(record: Mapping[str, Any], name: str) -> str:
    """Return a string that must be there."""
    value = record.get(name)
    return value if isinstance(value, str) else _refuse(name, value, "a string")


def text_or_none(record: Mapping[str, Any], name: str) -> str | None:
    """Return a string, or ``None`` where the field is null or absent."""
    return None if record.get(name) is None else text(record, name)


def number_or_none(record: Mapping[str, Any], name: str) -> float | None:
    """Return a number, or ``None`` where the field is null or absent."""
    value = record.get(name)
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    _refuse(name, value, "a number")


def choice(record: Mapping[str, Any], name: str, choices: type[Choice]) -> Choice:
    """Return a member of an enumeration by its value."""
    try:
        return choices(text(record, name))
    except ValueError:
        _refuse(name, record[name], " or ".join(choices))


def texts(record: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return a list of strings; an absent list is empty."""
    values = _list(record, name)
    if not all(isinstance(value, str) for value in values):
        _refuse(name, values, "a list of strings")
    return tuple(values)


def mapping(record: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return an object that must be there."""
    value = record.get(name)
    return value if isinstance(value, dict) else _refuse(name, value, "an object")


def mappings(record: Mapping[str, Any], name: str) -> tuple[dict[str, Any], ...]:
    """Return a list of objects; an absent list is empty."""
    values = _list(record, name)
    if not all(isinstance(value, dict) for value in values):
        _refuse(name, values, "a list of objects")
    return tuple(values)


def spans(record: Mapping[str, Any], name: str) -> tuple[Span, ...]:
    """Return a list of spans; an absent list is empty."""
    return tuple(_span(name, value) for value in _list(record, name))


def span_or_none(record: Mapping[str, Any], name: str) -> Span | None:
    """Return a span, or ``None`` where the field is null or absent."""
    value = record.get(name)
    return None if value is None else _span(name, value)


def own_span(record: Mapping[str, Any]) -> Span:
    """Return the span whose fields stand in the record itself."""
    return _span("start", {name: record.get(name) for name in ("start", "end", "text")})


def _span(name: str, value: Any) -> Span:
    match value:
        case {"start": int(start), "end": int(end), "text": str(words)} if 0 <= start <= end:
            return Span(start, end, words)
    _refuse(name, value, "a span with start, end and text")


def _list(record: Mapping[str, Any], name: str) -> list[Any]:
    value = record.get(name, [])
    return value if isinstance(value, list) else _refuse(name, value, "a list")


def _refuse(name: str, value: Any, wanted: str) -> NoReturn:
    seen = repr(value)
    raise RecordError(f"'{name}' is {seen[:60]}{'…' if len(seen) > 60 else ''}", fix=f"it must be {wanted}")
