"""Whether two contents are versions of one quotation: how much of the shorter one the other has, run by run."""

from difflib import SequenceMatcher
from functools import cache

from katanya.core.errors import MissingExtra
from katanya.ledger.quotations.versions import Version, same_speaker

RUN = 3  # words in a row that count as taken over; fewer meet by chance
LEAST = 5  # words that two versions share at least
OF_ONE = 0.5  # share of the shorter version that is the same where the speaker is
FAR = 0.85  # the same where the two are far apart in time
OF_NOBODY = 0.85  # the same where the speakers cannot be compared
OF_OTHERS = 0.88  # the same where another speaker is named: one article errs
LONG_ENOUGH = 10  # words in a row that must be shared where the speaker is not the same
NEAR_DAYS = 10  # days between versions of one quotation, unless they are word for word the same
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
    needed = OF_ONE if speaker else OF_NOBODY if speaker is None else OF_OTHERS
    if not near:
        needed = max(needed, FAR)
    if not speaker and (longest < min(LONG_ENOUGH, len(one.words), len(other.words)) or (speaker is None and not near)):
        return -1.0
    if changed_figures(one.words, other.words) and (gap is None or gap > 1 or not speaker):
        return -1.0
    return cover - needed


def overlap(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[float, int, int]:
    """Return the share of the shorter content that stands in the other in runs, their words, and the longest run."""
    if roughly(one, other) < SHARED_ROUGHLY:
        return 0.0, 0, 0
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    least = min(RUN, len(one), len(other))
    runs = [block.size for block in blocks if block.size >= least]
    matched = sum(runs)
    return matched / min(len(one), len(other)), matched, max(runs, default=0)


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
