"""Which statement stands inside which."""

from katanya.attribution.drafts import Draft, Range


def nest(drafts: list[Draft]) -> list[int | None]:
    """Return for each draft the index of the smallest other draft whose content holds all of it, or ``None``."""
    extents = [_extent(draft) for draft in drafts]
    contents = [(*content, number) for number, draft in enumerate(drafts) for content in draft.contents]
    contents.sort()
    outer: list[int | None] = [None] * len(drafts)
    open_contents: list[tuple[int, int, int]] = []
    following = 0
    for number in sorted(range(len(drafts)), key=lambda index: extents[index]):
        first, last = extents[number]
        while following < len(contents) and contents[following][0] <= first:
            open_contents.append(contents[following])
            following += 1
        open_contents = [content for content in open_contents if content[1] > first]
        holders = [
            (end - begin, holder) for begin, end, holder in open_contents
            if holder != number and end >= last and extents[holder] != extents[number]
        ]
        if holders:
            outer[number] = min(holders)[1]
    return outer


def _extent(draft: Draft) -> Range:
    parts = [*draft.contents, *([draft.cue] if draft.cue else [])]
    return min(part[0] for part in parts), max(part[1] for part in parts)
