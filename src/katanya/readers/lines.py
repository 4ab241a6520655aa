"""An outlet's own lines among those of an article: links, banners, credits, signatures; out of pages only."""

import re
from collections.abc import Iterable
from functools import cached_property

from katanya.lang.pack import Pack

LINE = 220  # characters: a link or a credit is no longer than this
STOPS = ".?!…\"'”’»)"
INITIALS = r"[^\W\d_]{2,6}"
SIGNATURE = re.compile(
    rf"\s*(?:\((?:{INITIALS}(?:[/-]{INITIALS}){{0,3}}|\*+)\)|\[{INITIALS}(?:/{INITIALS})+\]|\*{{2,5}})\s*$"
)


class LineCleaner:
    """Takes out of the lines of a page what belongs to the outlet and not to the article."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack

    def clean(self, lines: Iterable[str], links: set[str], title: str | None) -> list[str]:
        """Return the article's own lines; ``links`` are the words of the page's links."""
        kept: list[str] = []
        for line in lines:
            line = self._without_inserts(" ".join(line.split()))
            heading = not kept and line == title
            link = line in links and len(line.split()) > 2
            if line and not heading and not link and not self._own.match(line):
                kept.append(line)
        return kept

    def _without_inserts(self, line: str) -> str:
        line = self._inserts.sub(" ", line).strip()
        signature = SIGNATURE.search(line)
        if signature and (signature.start() == 0 or line[signature.start() - 1] in STOPS):
            line = line[: signature.start()]
        return line

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
        open_ended = rf"{self._phrases('notices', 'bylines')}.*"
        alone = self._phrases("alone", "banners", "links", "films")
        rest = rf".{{0,{LINE}}}"
        return re.compile(
            rf"[-–•>»(\[\s]*(?:{colon}\s*:{rest}|{quoted}{rest}|{open_ended}|{alone}\W*)$", re.IGNORECASE
        )

    def _phrases(self, *names: str) -> str:
        return _any_of(phrase for name in names for phrase in self._pack.entries(f"boilerplate.{name}"))


def _any_of(phrases: Iterable[str]) -> str:
    ordered = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in ordered) + ")"
