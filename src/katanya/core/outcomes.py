"""What becomes of an input: a document, or a reason why not. Nothing disappears."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why an input was not read."""

    EMPTY = "empty"
    TOO_LARGE = "too large"
    BINARY = "binary"
    ENCODING = "encoding"
    NOT_JSON = "not json"
    NO_TEXT_FIELD = "no text field"
    NO_TEXT = "no text"
    NO_ARTICLE = "no article"
    NO_FEED = "no feed"
    OTHER_LANGUAGE = "other language"
    NO_PAGE = "no page"
    BAD_RECORD = "bad record"
    UNREADABLE = "unreadable"
    PRIVATE = "private address"
    FORBIDDEN = "forbidden by robots.txt"
    UNREACHABLE = "not reached"
    FAILED = "failed"


# No failure: what was read well enough to tell that it is not wanted.
SET_ASIDE = frozenset((Reason.OTHER_LANGUAGE, Reason.NO_PAGE))


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that could not be read: where it came from, why, and what exactly was seen."""

    source: str
    reason: Reason
    detail: str = ""

    def to_dict(self) -> dict[str, str]:
        """Return the fields as plain strings."""
        return {"source": self.source, "reason": self.reason.value, "detail": self.detail}
