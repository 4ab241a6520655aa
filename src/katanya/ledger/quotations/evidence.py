"""What two contents have in common and what tells them apart, as numbers that can be weighed."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from katanya.ledger.quotations.versions import Version, days_between, small_of, speakers_alike, words_of

LETTERS = 5  # in a row: few enough to see one word in another form, too many to meet by chance
RUN = 3  # words in a row that count as taken over where names and figures are set aside
PAIR = 2  # words in a row that count as taken over
WORDS = 20  # of the shorter content from which on its length says no more
NEAR = 1  # days between two articles that tell of one occasion
FAR = 10  # days between two articles beyond which one seldom quotes what the other does

Block = tuple[int, int, int]  # where the same words begin in the one, in the other, and how many they are


def evidence(one: Version, other: Version) -> dict[str, float]:
    """Return what speaks for and against one utterance, by name; whichever of the two comes first.

    All lie between 0 and 1. ``pairs``, ``small`` and ``letters`` are shares of the shorter content that stand in the
    other in the same order: in runs of two words, in runs of three with names and figures aside, and by the length of
    words, long words telling more than short ones; ``forms`` the share of its stretches of five letters, in any order.
    """
    short, long = sorted((one, other), key=lambda version: (len(version.words), version.key, version.text))
    blocks = list(_blocks(short.words, long.words))
    here, there = _figures(short.words), _figures(long.words)
    alike, gap = speakers_alike(short, long), days_between(short, long)
    kept = [word for at, _, size in blocks for word in short.words[at : at + size]]
    return {
        "pairs": sum(size for _, _, size in blocks if size >= PAIR) / len(short.words),
        "small": _small(short, blocks),
        "letters": sum(map(len, kept)) / sum(map(len, short.words)),
        "forms": _share(_stretches(short.words), _stretches(long.words)),
        "figures": float(not here <= there and not there <= here),
        "figure": float(changed_figure(short.words, long.words, blocks)),
        "speaker": alike or 0.0,
        "others": float(alike == 0),
        "words": min(1.0, len(short.words) / WORDS),
        "near": float(gap is not None and gap <= NEAR),
        "far": float(gap is not None and gap > FAR),
        "direct": float(short.direct and long.direct),
        "title": _share(_title(short.title), _title(long.title)),
    }


def changed_figure(one: tuple[str, ...], other: tuple[str, ...], blocks: list[Block]) -> bool:
    """Tell whether one has a figure where the other has another: a form filled in anew, not a quotation."""
    start = begin = 0
    for at, place, size in blocks:
        here, there = _figures(one[start:at]), _figures(other[begin:place])
        if here and there and here != there:
            return True
        start, begin = at + size, place + size
    return False


def _blocks(one: tuple[str, ...], other: tuple[str, ...]) -> Iterator[Block]:
    """Yield the words that both have in a row, and last the end of both, with no words."""
    for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        yield block.a, block.b, block.size


def _small(short: Version, blocks: list[Block]) -> float:
    """Return the share of the words written small that stand in the other in runs; of names alone that is all.

    What two reports have in common beside an office's full name is what tells that they report the same words.
    """
    small = small_of(short.text)
    if not any(small):
        return 1.0
    least = min(RUN, len(small))
    return sum(sum(small[at : at + size]) for at, _, size in blocks if size >= least) / sum(small)


def _figures(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for word in words if word[0].isdigit())


@lru_cache(maxsize=4096)
def _stretches(words: tuple[str, ...]) -> frozenset[str]:
    letters = "".join(words)
    return frozenset(letters[at : at + LETTERS] for at in range(max(1, len(letters) - LETTERS + 1)))


@lru_cache(maxsize=65536)
def _title(title: str | None) -> frozenset[str]:
    return frozenset(words_of(title or ""))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
