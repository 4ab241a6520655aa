"""What the networks see of a word: its row in the vocabulary, rows of its pieces, and its shape."""

from zlib import crc32

from katanya.core.analysis import QUOTE

EDGE = (2, 3, 4)  # letters in the beginnings and endings that count as pieces
GRAM = 4  # letters in the pieces between them
LONGEST = 24  # letters of a word that are looked at
DIGITS = str.maketrans("123456789", "000000000")

SHAPES = ("small", "capital", "capitals", "camel", "number", "coded", "mark", "quotation")


def normal_form(word: str) -> str:
    """Return a word as the vocabulary knows it: in small letters, every digit a zero."""
    return word.lower().translate(DIGITS)


def pieces(form: str, buckets: int) -> list[int]:
    """Return which of the ``buckets`` a form's pieces fall into: its edges and the letters between them."""
    form = form[:LONGEST]
    bounded = f"<{form}>"
    found = {bounded[:n + 1] for n in EDGE} | {bounded[-n - 1:] for n in EDGE}
    found |= {bounded[i:i + GRAM] for i in range(len(bounded) - GRAM + 1)}
    return sorted(crc32(piece.encode("utf-8", "surrogatepass")) % buckets for piece in found)


def shape(word: str) -> int:
    """Return the number of a word's shape in `SHAPES`."""
    if word == QUOTE:
        return 7
    if not any(map(str.isalnum, word)):
        return 6
    if any(map(str.isdigit, word)):
        return 5 if any(map(str.isalpha, word)) else 4
    if word.islower():
        return 0
    if word.isupper() and len(word) > 1:
        return 2
    return 1 if word[:1].isupper() and not any(map(str.isupper, word[1:])) else 3
