"""One statement as a version of a quotation, and whose words two versions are."""

import re
from dataclasses import dataclass, field
from datetime import date

WORD = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W_]+(?:[-'’`][^\W_]+)*")
MARKS = re.compile(r"[’`]")
SHORTEST_DIRECT = 5  # words that a content in quotation marks needs to be compared
SHORTEST_INDIRECT = 10  # words that reported content needs: less is too often said alike by chance
GLUED = 5  # letters of a speaker's name that stay the same where a lost link ran another word to it

Key = tuple[str, str]  # the article's key and the statement's id in it


@dataclass(frozen=True, slots=True)
class Version:
    """A statement's content with where it stands: what clusters and drift are made from.

    ``speaker`` is the name that it is told by, None where nobody is named; ``person`` is the number of the person
    across articles where that is known. ``date`` is the article's day in ISO 8601.
    """

    article: str
    statement: str
    text: str
    direct: bool
    speaker: str | None = None
    named: bool = True  # the speaker is somebody or a body, not "jaksa" or "warga"
    person: int | None = None
    date: str | None = None
    outlet: str | None = None
    words: tuple[str, ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", words_of(self.text))

    @property
    def key(self) -> Key:
        """What the version is known by, whatever the row that it lies in."""
        return self.article, self.statement

    @property
    def day(self) -> int | None:
        """The day as a number, None where there is no date."""
        return date.fromisoformat(self.date[:10]).toordinal() if self.date else None

    @property
    def order(self) -> tuple[str, str, str]:
        """Earliest first; those without a date last."""
        return self.date or "9999", self.article, self.statement

    @property
    def is_long_enough(self) -> bool:
        """Whether there are words enough to compare."""
        return len(self.words) >= (SHORTEST_DIRECT if self.direct else SHORTEST_INDIRECT)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a content, in lower case."""
    return tuple(WORD.findall(MARKS.sub("'", text.lower())))


def same_speaker(one: Version, other: Version) -> bool | None:
    """Tell whether two versions are of one speaker, ``None`` where that cannot be told."""
    if one.person is not None and other.person is not None and one.person == other.person:
        return True
    if not (one.speaker and other.speaker and one.named and other.named):
        return None
    a, b = words_of(one.speaker), words_of(other.speaker)
    return any(left == right or _glued(left, right) or _glued(right, left) for left in a for right in b)


def _glued(short: str, long: str) -> bool:
    return len(short) >= GLUED and long.startswith(short)
