"""Which statement stands inside which."""

from katanya.attribution.drafts import Draft


def nest(drafts: list[Draft]) -> list[int | None]:
    """Return for each draft the index of the smallest other draft whose content holds all of it, or ``None``."""
    outer: list[int | None] = []
    for number, draft in enumerate(drafts):
        first = min([content[0] for content in draft.contents] + ([draft.cue[0]] if draft.cue else []))
        last = max([content[1] for content in draft.contents] + ([draft.cue[1]] if draft.cue else []))
        best: tuple[int, int] | None = None
        for other, candidate in enumerate(drafts):
            if other == number:
                continue
            for begin, end in candidate.contents:
                if begin <= first and last <= end and (end - begin) > (last - first):
                    best = min(best or (end - begin, other), (end - begin, other))
        outer.append(best[1] if best else None)
    return outer
