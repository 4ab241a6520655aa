"""Text that was broken into lines of a width, as letters and exports are: its paragraphs, a line each."""

from collections.abc import Iterable, Sequence

WIDEST = 100  # characters: a longer line was not broken
FEW = 4  # lines: of fewer no width can be told


def paragraphs(lines: Iterable[str]) -> list[str]:
    """Return the paragraphs of some lines: parted by blank lines, and by lines that end before they must.

    A line was broken where the next word had no room in the width of the text; one that ends earlier ends a paragraph.
    Lines that were never broken are a paragraph each.
    """
    rows = [" ".join(line.split()) for line in lines]
    width = _width(rows)
    found: list[list[str]] = []
    before = ""
    for row in rows:
        if row and before and width and len(before) + 1 + len(row.split(" ", 1)[0]) > width >= len(before):
            found[-1].append(row)
        elif row:
            found.append([row])
        before = row
    return [" ".join(parts) for parts in found]


def blocks(lines: Iterable[str]) -> list[list[str]]:
    """Return the stretches of lines that stand between blank ones, trimmed."""
    found: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            found[-1].append(line.strip())
        elif found[-1]:
            found.append([])
    return found if found[-1] else found[:-1]


def _width(rows: Sequence[str]) -> int:
    """Return the width that lines were broken at; 0 where they were not."""
    long = [len(row) for row in rows if row]
    broken = [size for size in long if size <= WIDEST]
    if len(broken) < FEW or len(long) - len(broken) > len(long) / 3:
        return 0
    return max(broken)
