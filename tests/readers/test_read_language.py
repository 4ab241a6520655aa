"""The language of a text, asked only where it is wanted."""

import subprocess
import sys

import pytest

from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.readers import other_language, read_bytes

INDONESIAN = (
    "Harga telur ayam di Pasar Cendana turun sejak awal pekan. Pedagang mengatakan pasokan dari peternak "
    "sudah kembali normal setelah jalan menuju kota diperbaiki. Kepala dinas perdagangan meminta warga tidak "
    "menimbun bahan pangan dan membeli secukupnya saja."
)
MALAY = (
    "Harga telur di pasar raya turun sejak awal minggu ini. Peniaga berkata bekalan daripada penternak telah "
    "pulih selepas jalan raya ke bandar dibaiki. Pengarah jabatan perdagangan meminta orang ramai supaya "
    "tidak menyorok bahan makanan dan membeli mengikut keperluan sahaja."
)
ENGLISH = (
    "The price of eggs at the central market has fallen since the beginning of the week. Traders said that "
    "supplies from farmers were back to normal after the road to the city had been repaired, and the head of "
    "the trade office asked people not to hoard food."
)


@pytest.mark.parametrize(
    ("text", "code"), [(INDONESIAN, None), (MALAY, None), (ENGLISH, "en"), (ENGLISH[:100], None)]
)
def test_only_a_text_that_is_surely_in_another_language_is_one(text: str, code: str | None) -> None:
    """Malay is too near to tell apart, a short text tells nothing."""
    assert other_language(text) == code


def test_a_text_in_another_language_is_rejected_where_that_is_asked() -> None:
    """The detail names the language and the text's first words."""
    outcome = read_bytes(ENGLISH.encode(), source="x", check_language=True)
    assert isinstance(outcome, Rejected)
    assert outcome.reason is Reason.OTHER_LANGUAGE
    assert outcome.detail.startswith("en, begins 'The price")
    assert isinstance(read_bytes(ENGLISH.encode(), source="x"), Document)


def test_the_readers_load_neither_model_nor_parser_until_they_are_needed() -> None:
    """A start of the program does not wait for them."""
    heavy = ("trafilatura", "py3langid", "lxml", "numpy")
    code = f"import sys, katanya.readers; print([name for name in {heavy} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
