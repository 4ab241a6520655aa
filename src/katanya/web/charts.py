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
LONGEST = 36  # months beyond which years are shown


def track(one: Track, formats: Formats) -> dict[str, Any]:
    """Return the figures of a track by day, a bar from low to high for each account, its source by colour.

    A figure that is one number is a point; an open side is an arrow at the bound that is known.
    """
    words = formats.words
    names = _sources(one.accounts, formats)
    rows = [row for account in one.accounts if (row := _row(account, names, formats))]
    days = list(dict.fromkeys(row["day"] for row in rows))
    sources = list(dict.fromkeys(row["source"] for row in rows))
    axis = {"labelAngle": 0, "labelOverlap": "greedy", "labelSeparation": 10}
    x = {"field": "day", "type": "ordinal", "sort": days, "title": None, "axis": axis}
    offset = {"field": "source", "type": "nominal", "sort": sources}
    colour = {
        "field": "source", "type": "nominal", "sort": sources, "title": words("track.source"),
        "legend": {"orient": "bottom", "direction": "vertical"},
    }  # fmt: skip
    y = {
        "field": "low", "type": "quantitative", "scale": {"zero": False, "padding": 12, "nice": True},
        "title": words.named("unit", one.unit) if one.unit else None, "axis": {"format": ",~f", "tickCount": 6},
    }  # fmt: skip
    both = {"x": x, "xOffset": offset, "color": colour, "y": y}
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "point", "filled": True, "size": 90, "opacity": 1},
         "encoding": both | {"shape": {
             "field": "form", "type": "nominal", "legend": None,
             "scale": {"domain": ["exact", "range", "least", "most"],
                       "range": ["circle", "circle", "triangle-up", "triangle-down"]}}}},
    ]  # fmt: skip
    if any(row["form"] == "range" for row in rows):
        ranges = {"transform": [{"filter": {"field": "form", "equal": "range"}}]}
        upper = both | {"y": y | {"field": "high"}}
        layers = [
            ranges | {"mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.55},
                      "encoding": both | {"y2": {"field": "high"}}},
            *layers,
            ranges | {"mark": {"type": "point", "filled": True, "size": 90, "opacity": 1}, "encoding": upper},
        ]  # fmt: skip
    return _spec(formats, rows, 340, layers)


def periods(months: Sequence[Period], formats: Formats) -> dict[str, Any]:
    """Return how many statements each month has; those without a date are in the table alone."""
    counted = {one.month: one.statements for one in months if one.month}
    every = _between(min(counted), max(counted)) if counted else []
    if len(every) > LONGEST:
        every = sorted({month[:4] for month in every})
    rows = [
        {"when": formats.date(when, short=True), "n": sum(n for month, n in counted.items() if month.startswith(when))}
        for when in every
    ]
    order = [row["when"] for row in rows]
    return _spec(formats, rows, 120, [{
        "mark": {"type": "bar", "cornerRadiusEnd": 1},
        "encoding": {
            "x": {"field": "when", "type": "ordinal", "sort": order, "title": None,
                  "axis": {"labelAngle": 0, "labelOverlap": "greedy", "labelSeparation": 10, "grid": False}},
            "y": {"field": "n", "type": "quantitative", "title": None,
                  "axis": {"format": ",~f", "tickCount": 3, "tickMinStep": 1}},
        },
    }])  # fmt: skip


def _between(first: str, last: str) -> list[str]:
    """Return all months from one to another, ``2022-11``."""
    one, other = (12 * int(month[:4]) + int(month[5:7]) - 1 for month in (first, last))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(one, other + 1)]


def _spec(formats: Formats, rows: list[dict[str, Any]], height: int, layers: list[dict[str, Any]]) -> dict[str, Any]:
    words = formats.words
    number = {"decimal": words("format.decimal"), "thousands": words("format.thousands"), "grouping": [3],
              "currency": ["", ""]}  # fmt: skip
    return {
        "$schema": SCHEMA, "usermeta": {"locale": {"format": number}},
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
