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
    bounded = f"<{form[:LONGEST]}>"
    raw = bounded.encode("utf-8", "surrogatepass")
    if len(raw) == len(bounded):  # nearly always: its letters are its bytes
        found = {raw[:n + 1] for n in EDGE} | {raw[-n - 1:] for n in EDGE}
        found |= {raw[i:i + GRAM] for i in range(len(raw) - GRAM + 1)}
    else:
        cut = [bounded[:n + 1] for n in EDGE] + [bounded[-n - 1:] for n in EDGE]
        cut += [bounded[i:i + GRAM] for i in range(len(bounded) - GRAM + 1)]
        found = {piece.encode("utf-8", "surrogatepass") for piece in cut}
    return sorted(crc32(piece) % buckets for piece in found)


def shape(word: str) -> int:
    """Return the number of a word's shape in `SHAPES`."""
    if word == QUOTE:
        return 7
    if not word.isalpha():
        if not any(map(str.isalnum, word)):
            return 6
        if any(map(str.isdigit, word)):
            return 5 if any(map(str.isalpha, word)) else 4
    if word.islower():
        return 0
    if word.isupper() and len(word) > 1:
        return 2
    return 1 if word[:1].isupper() and not any(map(str.isupper, word[1:])) else 3
