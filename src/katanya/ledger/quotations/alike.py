"""Whether two contents are versions of one quotation: how much of the shorter one the other has, run by run."""

from difflib import SequenceMatcher
from functools import cache

from katanya.core.errors import MissingExtra
from katanya.ledger.quotations.versions import WORD, Version, same_speaker

RUN = 3  # words in a row that count as taken over; fewer meet by chance
LEAST = 5  # words that two versions share at least
OF_ONE = 0.5  # share of the shorter version that is the same where the speaker is
FAR = 0.85  # the same where the two are far apart in time
OF_NOBODY = 0.85  # the same where the speakers cannot be compared
QUOTED = 0.65  # the same where both stand in quotation marks
OF_OTHERS = 0.88  # the same where another speaker is named: one article errs
LONG_ENOUGH = 10  # words in a row that must be shared where the speaker is not the same
NEAR_DAYS = 10  # days between versions of one quotation, unless they are word for word the same
OWN = 0.45  # share of the shorter version's words, names and figures aside, that is the same where one is reported
SHARED_ROUGHLY = 0.4  # of the shorter version, in any order: less is not looked at


def likeness(one: Version, other: Version) -> float:
    """Return by how much two contents are more alike than versions must be; below zero they are not the same.

    Between -1 and 0.4. The speaker, the days between them and changed figures say how much alike they must be.
    """
    cover, matched, longest = overlap(one.words, other.words)
    if matched < LEAST:
        return -1.0
    speaker = same_speaker(one, other)
    gap = abs(one.day - other.day) if one.day is not None and other.day is not None else None
    near = gap is None or gap <= NEAR_DAYS
    needed = OF_ONE if speaker else OF_OTHERS
    if speaker is None:
        needed = QUOTED if one.direct and other.direct else OF_NOBODY
    if not near:
        needed = max(needed, FAR)
    if not speaker and (longest < min(LONG_ENOUGH, len(one.words), len(other.words)) or (speaker is None and not near)):
        return -1.0
    if changed_figures(one.words, other.words) and (gap is None or gap > 1 or not speaker):
        return -1.0
    if cover >= needed and not (one.direct and other.direct) and own(one, other) < OWN:
        return -1.0
    return cover - needed


def overlap(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[float, int, int]:
    """Return the share of the shorter content that stands in the other in runs, their words, and the longest run."""
    if roughly(one, other) < SHARED_ROUGHLY:
        return 0.0, 0, 0
    runs = [size for _, size in _runs(one, other)]
    matched = sum(runs)
    return matched / min(len(one), len(other)), matched, max(runs, default=0)


def own(one: Version, other: Version) -> float:
    """Return the share of the shorter content's words that stand in the other in runs, names and figures aside.

    What two reports have in common beside an office's full name is what tells that they report the same words. A
    content of names alone has all of it.
    """
    short, long = sorted((one, other), key=lambda version: len(version.words))
    plain = [word[0].islower() for word in WORD.findall(short.text)]
    kept = sum(sum(plain[start : start + size]) for start, size in _runs(short.words, long.words))
    return kept / sum(plain) if any(plain) else 1.0


def _runs(one: tuple[str, ...], other: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return where in the first content the words begin that both have in a row, and how many they are."""
    least = min(RUN, len(one), len(other))
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return [(block.a, block.size) for block in blocks if block.size >= least]


def roughly(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Return the share of the shorter content's words that the other has in the same order, by the fast way."""
    return float(_lcs()(one, other)) / min(len(one), len(other))


def changed_figures(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether one has a figure where the other has another: a form filled in anew, not a quotation."""
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "replace":
            left = {word for word in one[a:b] if word[0].isdigit()}
            right = {word for word in other[c:d] if word[0].isdigit()}
            if left and right and left != right:
                return True
    return False


@cache
def _lcs():  # type: ignore[no-untyped-def]
    try:
        from rapidfuzz.distance import LCSseq
    except ImportError:
        raise MissingExtra("comparing quotations needs rapidfuzz", fix="pip install 'katanya[ledger]'") from None
    return LCSseq.similarity
