"""An outlet's own lines among those of an article: links, banners, credits, signatures; out of pages only."""

import re
from collections.abc import Iterable
from functools import cached_property

from katanya.lang.pack import Pack
from katanya.readers.dates import PrintedDates
from katanya.readers.metadata import Metadata

LINE = 220  # characters: a link or a credit is no longer than this
STOPS = ".?!…\"'”’»)"
INITIALS = r"[^\W\d_]{1,6}(?:-?\d{1,3})?"
SIGNED = rf"(?:\((?:{INITIALS}(?:[/-]{INITIALS}){{0,3}}|\*+)\)|\[{INITIALS}(?:/{INITIALS})+\]|\*{{1,5}})"
SIGNATURE = re.compile(rf"(?:\s*{SIGNED})+\s*$")
BRACKETED = re.compile(r"\(([^()]{2,60})\)\W*")
NUMBER = re.compile(r"(?:\d{1,2}[.)]|[-–•])\s+")
TAGS = re.compile(r"(?:#\w+[\s,]*)+")
SIGNATURE_WORDS = 8
NOTICE = 400  # characters: a longer line is a paragraph that lost its line break
LETTER = re.compile(r"[^\W_]")
SEPARATORS = re.compile(r"[\s/|,·–—:-]+")


class LineCleaner:
    """Takes out of the lines of a page what belongs to the outlet and not to the article."""

    def __init__(self, pack: Pack, dates: PrintedDates) -> None:
        self._pack, self._dates = pack, dates
        self._channels = pack.words("boilerplate.channels")

    def clean(self, lines: Iterable[str], links: set[str], metadata: Metadata) -> list[str]:
        """Return the article's own lines; ``links`` are the words of the page's links."""
        names = {word for name in (metadata.author, metadata.outlet) if name for word in _words(name)}
        kept: list[str] = []
        for line in lines:
            line = self._without_inserts(" ".join(line.split()))
            heading = not kept and line == metadata.title
            if LETTER.search(line) and not heading and not self._is_own(line, links, names):
                kept.append(line)
        return kept

    def _is_own(self, line: str, links: set[str], names: set[str]) -> bool:
        plain = NUMBER.sub("", line, count=1) if NUMBER.match(line) else line
        if (plain in links and len(plain.split()) > 2) or TAGS.fullmatch(line) or self._own.match(line):
            return True
        if (label := self._label.match(line)) and line[label.end() :] in links:
            return True
        return self._dates.is_date(line) or self._is_channels(line) or self._is_signature(line, names)

    def _is_channels(self, line: str) -> bool:
        """Tell whether a line names nothing but channels that an article can be shared on."""
        return all(word in self._channels for word in _words(line))

    def _is_signature(self, line: str, names: set[str]) -> bool:
        """Tell whether a line is the writer's and the outlet's names alone, with a date or a label beside them."""
        bracketed = BRACKETED.fullmatch(line)
        line = bracketed[1] if bracketed else self._writer.sub("", line, count=1)
        words = _words(line)
        return 0 < len(words) <= SIGNATURE_WORDS and all(word in names for word in words)

    def _without_inserts(self, line: str) -> str:
        line = self._inserts.sub(" ", line).strip()
        signature = SIGNATURE.search(line)
        if signature and (signature.start() == 0 or line[signature.start() - 1] in STOPS):
            line = line[: signature.start()]
        return line

    @cached_property
    def _label(self) -> re.Pattern[str]:
        """The label of a link, with or without a colon."""
        return re.compile(rf"{self._phrases('links', 'films')}\s*:?\s*", re.IGNORECASE)

    @cached_property
    def _writer(self) -> re.Pattern[str]:
        return re.compile(rf"^{self._phrases('writers', 'credits')}\s*[,:]\s*", re.IGNORECASE)

    @cached_property
    def _inserts(self) -> re.Pattern[str]:
        """What stands inside a line: embeds and capital banners."""
        banners = _any_of(phrase.upper() for phrase in self._pack.entries("boilerplate.banners"))
        return re.compile(rf"\s*(?:\[(?i:{self._phrases('embeds')})\b[^\]]{{0,160}}\]|\b{banners}(?!\w))\s*")

    @cached_property
    def _own(self) -> re.Pattern[str]:
        """A line that is the outlet's from its first word to its last."""
        colon = self._phrases("links", "films", "labels", "credits", "writers")
        quoted = rf"{self._phrases('films')}\s*[\"“'‘]"
        headline = rf"{self._phrases('links', 'films')}\s.{{0,{LINE}}}[^\s{re.escape(STOPS)}]"
        open_ended = rf"{self._phrases('notices', 'bylines')}.{{0,{NOTICE}}}"
        alone = self._phrases("alone", "banners", "links", "films")
        address = rf"{self._phrases('channels')}\s*:\s*\S+"
        office = rf"{self._phrases('offices')}\b[^.?!]{{0,80}}"
        rest = rf".{{0,{LINE}}}"
        kinds = (rf"{colon}\s*:{rest}", rf"{quoted}{rest}", open_ended, rf"{alone}\W*", headline, address, office)
        return re.compile(rf"[-–•>»(\[\s]*(?:{'|'.join(kinds)})$", re.IGNORECASE)

    def _phrases(self, *names: str) -> str:
        return _any_of(phrase for name in names for phrase in self._pack.entries(f"boilerplate.{name}"))


def _words(text: str) -> list[str]:
    return [word.lower() for word in SEPARATORS.split(text) if word]


def _any_of(phrases: Iterable[str]) -> str:
    ordered = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in ordered) + ")"
