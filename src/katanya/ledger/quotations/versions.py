"""One statement as a version of a quotation, and whose words two versions are."""

import re
from dataclasses import dataclass, field
from datetime import date

WORD = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W_]+(?:[-'’`][^\W_]+)*")
PART = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:[-'’`][^\W\d_]+)*")  # "Rp12,6" is two, as "Rp 12,6" is
MARKS = re.compile(r"[’`]")
SHORTEST_DIRECT = 5  # words that a content in quotation marks needs to be compared
SHORTEST_INDIRECT = 10  # words that reported content needs: less is too often said alike by chance
GLUED = 5  # letters of a speaker's name that stay the same where a lost link ran another word to it

Key = tuple[str, str]  # the article's key and the statement's id in it


@dataclass(frozen=True, slots=True)
class Version:
    """A statement's content with where it stands: what clusters and drift are made from.

    ``speaker`` is the name that it is told by, None where nobody is named; ``person`` is the number of the person
    across articles where that is known. ``date`` is the article's day in ISO 8601, ``title`` its headline.
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
    title: str | None = None
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
    """Return the words of a content, in lower case; figures are words of their own."""
    return tuple(PART.findall(MARKS.sub("'", text.lower())))


def small_of(text: str) -> tuple[bool, ...]:
    """Tell of each word of a content whether it is written small: neither a figure nor, it may be, a name."""
    return tuple(word[0].islower() for word in PART.findall(MARKS.sub("'", text)))


def days_between(one: Version, other: Version) -> int | None:
    """Return how many days lie between two articles, ``None`` where one has no date."""
    return abs(one.day - other.day) if one.day is not None and other.day is not None else None


def speakers_alike(one: Version, other: Version) -> float | None:
    """Return the share of the shorter speaker's name that the other has, ``None`` where it cannot be told."""
    if one.person is not None and one.person == other.person:
        return 1.0
    if not (one.speaker and other.speaker and one.named and other.named):
        return None
    short, long = sorted((words_of(one.speaker), words_of(other.speaker)), key=len)
    if not short:
        return None
    return sum(any(a == b or _glued(a, b) or _glued(b, a) for b in long) for a in short) / len(short)


def _glued(short: str, long: str) -> bool:
    return len(short) >= GLUED and long.startswith(short)
