"""Charts as Vega-Lite specifications, from what the views hold; the table beside each says the same in words."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from katanya.ledger.profiles import Period
from katanya.web.format import Formats
from katanya.web.views.track import Account, Track

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"  # names the form, nothing is fetched
COLOURS = 8  # sources that have one of their own
NARROW = 26  # code points of a name in the legend
ROW = 20  # height of a row of a legend, about


def track(one: Track, formats: Formats) -> dict[str, Any]:
    """Return the figures of a track by day, a bar from low to high for each account, its source by colour.

    A figure that is one number is a point; an open side is an arrow at the bound that is known.
    """
    words = formats.words
    names = _sources(one.accounts, formats)
    rows = [row for account in one.accounts if (row := _row(account, names, formats))]
    days = list(dict.fromkeys(row["day"] for row in rows))
    sources = list(dict.fromkeys(row["source"] for row in rows))
    axis = {"labelAngle": 0, "labelOverlap": True}
    x = {"field": "day", "type": "ordinal", "sort": days, "title": None, "axis": axis}
    offset = {"field": "source", "type": "nominal", "sort": sources}
    colour = {
        "field": "source", "type": "nominal", "sort": sources, "title": words("track.source"),
        "legend": {"orient": "bottom", "columns": 2, "direction": "vertical"},
    }  # fmt: skip
    y = {
        "field": "low", "type": "quantitative", "scale": {"zero": False, "padding": 12, "nice": True},
        "title": words.named("unit", one.unit) if one.unit else None, "axis": {"format": ",~f", "tickCount": 6},
    }  # fmt: skip
    both = {"x": x, "xOffset": offset, "color": colour, "y": y}
    return _spec(formats, rows, 240, [
        {"transform": [{"filter": {"field": "form", "equal": "range"}}],
         "mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.55}, "encoding": both | {"y2": {"field": "high"}}},
        {"mark": {"type": "point", "filled": True, "size": 90, "opacity": 1},
         "encoding": both | {"shape": {
             "field": "form", "type": "nominal", "legend": None,
             "scale": {"domain": ["exact", "range", "least", "most"],
                       "range": ["circle", "circle", "triangle-up", "triangle-down"]}}}},
        {"transform": [{"filter": {"field": "form", "equal": "range"}}],
         "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1},
         "encoding": both | {"y": y | {"field": "high"}}},
    ])  # fmt: skip


def periods(months: Sequence[Period], formats: Formats) -> dict[str, Any]:
    """Return how many statements each month has; those without a date are in the table alone."""
    rows = [{"month": one.month, "n": one.statements} for one in months if one.month]
    return _spec(formats, rows, 120, [{
        "mark": {"type": "bar", "cornerRadiusEnd": 1},
        "encoding": {
            "x": {"field": "month", "type": "temporal", "timeUnit": "utcyearmonth", "title": None,
                  "scale": {"type": "utc"}, "axis": {"format": "%b %Y", "labelOverlap": True, "grid": False}},
            "y": {"field": "n", "type": "quantitative", "title": None,
                  "axis": {"format": ",~f", "tickCount": 3, "tickMinStep": 1}},
        },
    }])  # fmt: skip


def _spec(formats: Formats, rows: list[dict[str, Any]], height: int, layers: list[dict[str, Any]]) -> dict[str, Any]:
    words = formats.words
    number = {"decimal": words("format.decimal"), "thousands": words("format.thousands"), "grouping": [3],
              "currency": ["", ""]}  # fmt: skip
    months = list(words.lists["format.months"])
    time = {
        "dateTime": "%x", "date": "%x", "time": "%X", "periods": ["", ""], "days": months[:7], "shortDays": months[:7],
        "months": months, "shortMonths": list(words.lists["format.months_short"]),
    }  # fmt: skip
    return {
        "$schema": SCHEMA, "usermeta": {"locale": {"format": number, "time": time}},
        "height": height, "autosize": {"type": "fit", "contains": "padding"}, "data": {"values": rows}, "layer": layers,
    }  # fmt: skip


def _sources(accounts: Sequence[Account], formats: Formats) -> dict[str, str]:
    """Return what each source is called: those with most accounts by name, all beyond the colours together."""
    counted = Counter(_source(account) for account in accounts)
    ranked = sorted(counted, key=lambda name: (-counted[name], name))
    kept = ranked if len(ranked) <= COLOURS else ranked[: COLOURS - 1]
    other = formats.words("track.others")
    return {name: _short(name or formats.words("said.nobody")) if name in kept else other for name in ranked}


def _source(account: Account) -> str:
    return account.speaker or account.outlet or ""


def _short(name: str) -> str:
    return name if len(name) <= NARROW else name[: NARROW - 1].rstrip() + "…"


def _row(account: Account, names: dict[str, str], formats: Formats) -> dict[str, Any] | None:
    """Return an account as a row of the chart; ``None`` where both bounds are open."""
    low, high = account.low, account.high
    if low is None and high is None:
        return None
    form = "most" if low is None else "least" if high is None else "exact" if low == high else "range"
    day = formats.date((account.dated or "")[:10], short=True).rsplit(" ", 1)
    return {
        "day": " ".join(day) if account.dated else formats.words("said.undated"),
        "low": high if low is None else low, "high": low if high is None else high, "form": form,
        "source": names[_source(account)],
    }  # fmt: skip
