"""What versions meet by, a version at a time: for engines that bring equal keys together from many machines.

Two versions share a key where `find.candidates` would bring them together: an exact sentence, a band of its MinHash, a
run of words.
"""

from collections.abc import Iterator
from enum import IntEnum
from hashlib import blake2b

from katanya.ledger.quotations.find import BANDS, FORMULA, ROWS, RUN, SEED, minhash, sentences, shingles
from katanya.ledger.quotations.versions import Version


class Sort(IntEnum):
    """What a key is made of."""

    SENTENCE = 0
    BAND = 1
    RUN = 2


def keys(version: Version) -> Iterator[tuple[Sort, int]]:
    """Yield the keys of a version, each once; numbers of 64 bits, signed."""
    found = sentences(version.text)
    seen = dict.fromkeys((Sort.SENTENCE, number_of(" ".join(sentence))) for sentence in found)
    if found:
        digests = minhash().RMinHash.digests_from_token_sets(list(map(shingles, found)), ROWS * BANDS, SEED)
        for digest in digests:
            for band in range(BANDS):
                rows = ",".join(map(str, digest[band * ROWS : (band + 1) * ROWS]))
                seen[Sort.BAND, number_of(f"{band}:{rows}")] = None
    for at in range(len(version.words) - RUN + 1):
        seen[Sort.RUN, number_of(" ".join(version.words[at : at + RUN]))] = None
    yield from seen


def most(sort: Sort) -> int | None:
    """Return how many versions a key of a sort may bring together; ``None`` where any number."""
    return FORMULA if sort is Sort.RUN else None


def number_of(words: str) -> int:
    """Return 64 bits, signed, that two words share with a chance of 2⁻⁶⁴."""
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), signed=True)
