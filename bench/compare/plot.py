"""Speed against accuracy, as a drawing."""

from html import escape
from math import log10
from typing import Any

WIDTH, HEIGHT, EDGE = 640, 400, 60
STYLE = "font: 13px system-ui, sans-serif; fill: #222"


def plot(rows: list[dict[str, Any]]) -> str:
    """Return an SVG: words a second along, on a scale of tens, F1 of statements found upward."""
    low, high = 3, max(6.0, max(log10(max(row["words_per_second"], 1)) for row in rows) + 0.2)

    def along(speed: float) -> float:
        return EDGE + (log10(max(speed, 1)) - low) / (high - low) * (WIDTH - 2 * EDGE)

    def up(f1: float) -> float:
        return HEIGHT - EDGE - f1 * (HEIGHT - 2 * EDGE)

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" style="{STYLE}">']
    for power in range(low, int(high) + 1):
        at = along(10**power)
        parts.append(f'<path d="M{at:.0f} {EDGE}V{HEIGHT - EDGE}" stroke="#ddd"/>')
        parts.append(f'<text x="{at:.0f}" y="{HEIGHT - EDGE + 20}" text-anchor="middle">{10**power:,}</text>')
    for tenth in range(0, 11, 2):
        at = up(tenth / 10)
        parts.append(f'<path d="M{EDGE} {at:.0f}H{WIDTH - EDGE}" stroke="#ddd"/>')
        parts.append(f'<text x="{EDGE - 8}" y="{at + 4:.0f}" text-anchor="end">{tenth / 10:.1f}</text>')
    parts.append(f'<text x="{WIDTH / 2}" y="{HEIGHT - 14}" text-anchor="middle">words a second</text>')
    parts.append(f'<text x="16" y="{EDGE - 24}">F1, statements found</text>')
    for row in rows:
        x, y = along(row["words_per_second"]), up(row["f1"] or 0)
        colour = "#b3541e" if row["name"].startswith("katanya") else "#44617b"
        parts.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="5" fill="{colour}"/>')
        parts.append(f'<text x="{x + 9:.0f}" y="{y + 4:.0f}">{escape(row["name"])}</text>')
    return "\n".join([*parts, "</svg>"])
