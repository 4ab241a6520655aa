"""Whether one name can be a shorter form, an abbreviation or another spelling of another."""

from collections.abc import Sequence

SHORT = 3  # letters that a name cut short keeps at least
BEST = 5  # the beginning of the name itself
LONGEST = 40  # letters of a word that may be made of the beginnings of others


def likeness(words: tuple[str, ...], full: tuple[str, ...]) -> int:
    """Tell how well words can be a shorter form of a full name, from 0 (they cannot) to 5."""
    if words == full[: len(words)]:
        return BEST
    remaining = iter(full)
    if all(word in remaining for word in words):
        return 4
    if len(words) > 1:
        return 3 if words[-1] == full[-1] and full[0].startswith(words[0]) else 0
    word = words[0]
    if len(word) >= SHORT and len(full) > 1 and shortens(word, full):
        return 3
    if len(word) > SHORT and any(one.startswith(word) or one.endswith(word) for one in full):
        return 2
    return int(len(word) > SHORT and any(_one_slip(word, one) for one in full))


def shortens(short: str, words: Sequence[str]) -> bool:
    """Tell whether a word is made of the beginnings of some words in order (*menkeu*, *kpk*)."""
    if short == "".join(part[0] for word in words for part in word.split("-") if part):
        return True
    if len(words) < 2 or not 2 * SHORT - 1 <= len(short) <= LONGEST:
        return False

    ends = {0}  # letters that the beginnings of the words so far can make up
    for number, word in enumerate(words, 1):
        ends = {at + size for at in ends for size in range(2, _shared(short[at:], word) + 1)}
        if not ends or (number > 1 and len(short) in ends):
            return bool(ends)
    return False


def _shared(one: str, other: str) -> int:
    """Return how many letters two words share at their beginnings."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _one_slip(one: str, other: str) -> bool:
    """Tell whether two spellings part by one letter, or by two that changed places."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return one == other
    start = _shared(one, other)
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
