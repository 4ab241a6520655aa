"""Numbers in times: digits, number words, halves, and the lengths that they make with units."""

from katanya.normalise.times import forms
from katanya.normalise.times.shapes import Match

# Units that are counted in another: how many, and which.
COMPOSED = {"8Y": (8, "Y"), "Q": (3, "M"), "H": (6, "M")}
# Half of a unit in the next smaller one.
HALVES = {
    "TM": ("TS", 30), "TH": ("TM", 30), "D": ("TH", 12), "M": ("W", 2), "Y": ("M", 6), "DE": ("Y", 5), "CE": ("Y", 50),
}


def amount_in(match: Match, after: int = -1, before: int | None = None) -> float | None:
    """Return the number that stands in a match behind token ``after`` and in front of ``before``."""
    total, current, found = 0.0, 0.0, False
    stop = match.last if before is None else before
    index = max(match.first, after + 1)
    while index < stop:
        names = {name for name in ("amount", "num", "tens", "teen", "half") if match.code[index] in
                 match.lexicon.members[name]}
        if "amount" in names:
            current, found = forms.parse_amount(match.tokens.words[index]), True
        elif "num" in names:
            current += float(match.value_at("num", index) or 0)
            found = True
        elif "teen" in names:
            current += 10
        elif "tens" in names:
            factor = float(match.value_at("tens", index) or 1)
            if factor >= 1000:
                total, current = total + (current or 1) * factor, 0.0
            elif current >= 100:
                current = current // 10 * 10 + (current % 10 or 1) * factor
            else:
                current = (current or 1) * factor
        elif "half" in names:
            current, found = current + 0.5, True
        elif found:
            break
        index += 1
    return total + current if found else None


def duration(count: float | None, unit: str) -> str:
    """Return a TIMEX3 duration; an unknown count is X, and half a unit is told in the next smaller one."""
    if unit in COMPOSED and count is not None:
        times, unit = COMPOSED[unit]
        count *= times
    if count == 0.5 and unit in HALVES:
        unit, count = HALVES[unit]
    written = "X" if count is None else f"{count:.15g}"
    mark, letter = ("PT", unit[1]) if unit[0] == "T" else ("P", COMPOSED[unit][1] if unit in COMPOSED else unit)
    return f"{mark}{written}{letter}"


def joined(first: str, second: str) -> str:
    """Return two durations as one: a year and four months."""
    if "T" not in second:
        return first + second[1:]
    return first + second.removeprefix("PT") if "T" in first else first + second[1:]
