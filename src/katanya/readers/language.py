"""Is this text in another language? Asked only where the caller wants to know: the model is slow to load."""

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import LANGUAGE, MIN_CERTAINTY, MIN_LETTERS
from katanya.lang.pack import load_pack

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 2000  # characters are enough
NEAR = "neighbours.languages"  # languages so near to one that a text may be taken for theirs


def other_language(text: str, language: str = LANGUAGE) -> str | None:
    """Return the language that a text is surely written in, if it is not ``language``; else None."""
    code, certainty = _guess(text)
    near = load_pack(language).lists.get(NEAR, ())
    return code if certainty >= MIN_CERTAINTY and code != language and code not in near else None


def refused(document: Document | Rejected, source: str, language: str = LANGUAGE) -> Document | Rejected:
    """Return the document, or its rejection where it is surely in another language than ``language``."""
    if isinstance(document, Rejected):
        return document
    code = other_language(document.text, language)
    if code is None:
        return replace(document, language=document.language or language)
    beginning = " ".join(document.text[:60].split())
    return Rejected(source, Reason.OTHER_LANGUAGE, f"{code}, begins '{beginning}'")


def _guess(text: str) -> tuple[str, float]:
    """Return a language code and its probability; a text that is too short has none."""
    sample = text[:SAMPLE]
    if sum(map(str.isalpha, sample)) < MIN_LETTERS:
        return "", 0.0
    code, certainty = _identifier().classify(sample)
    return str(code), float(certainty)


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
