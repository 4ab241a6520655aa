"""Boilerplate inside a text: link lines, banners, picture credits, bylines, datelines.

A text handed in as text is never changed, so these stretches are named, to be passed over, and not cut. The
phrases are data of the language; the code knows the shapes: a label and a headline, a bracket, a dateline.
"""

import re
from collections.abc import Callable, Iterable

from katanya.lang.pack import Pack
from katanya.pipeline.headlines import LINE, MARKS, HeadlineReader, line_end

Range = tuple[int, int]

HEAD = 1500  # characters from the start in which a dateline is looked for
INDENT = 40  # white space before a line's first word
SENTENCE = 300  # a notice is no longer than this
LINKS = 4  # headlines that may follow a label on lines of their own
ENDS = ".?!…\"'”’»)]|>*"  # what stands before boilerplate that follows a sentence on its line

GAP = r"[^\S\n]"  # white space inside a line
SITE = r"[\w-]+(?:\.(?:[a-z]{2,5}|[A-Z]{2,5})){1,2}(?!\w)"
PLACE = r"[A-Z][\w.'’]*(?:[ /-][A-Z][\w'’]*){0,3}"
SHOUTED = r"[A-Z]{3,}(?: [A-Z]{3,})*"
DASH = rf"[.,]?{GAP}*[-–—]+(?:{GAP}?-)?"
DATELINE = re.compile(
    rf"""^{GAP}*(?:
        (?>{SITE}) (?:
            [,\s]{GAP}*(?>{PLACE}){GAP}*(?:{DASH}|:)
          | {DASH}(?:{GAP}*(?>{PLACE}){GAP}*[-–—]+|{GAP}*{SHOUTED}\.(?=\s))?
        )
      | (?>{SITE}),[ ][A-Z]\w+(?=[ ][A-Z\"“])
      | (?>{PLACE}){GAP}*,?{GAP}*(?:(?>{SITE})|\([^()\n]{{2,40}}\)){GAP}*{DASH}
      | (?>{PLACE}),{GAP}(?>{PLACE}){GAP}+[-–—]+(?:{GAP}?-)?(?=\s)
    )""",
    re.VERBOSE | re.MULTILINE,
)
PLACE_ALONE = re.compile(rf"\s*(?>{PLACE}){GAP}+[-–—]{{1,2}}{GAP}+(?=[A-Z\"“'])")
DATELINE_INSIDE = re.compile(rf"(?<=[ .])(?>{SITE}),{GAP}{SHOUTED}{GAP}*[-–—]+")
BYLINE = re.compile(r".[^\W\d_]{2,6}(?:[/-][^\W\d_]{2,6}){1,3}.")
SHORT = re.compile(r".(?:[^\W\d_]{2,5}|\*+).")
SENTENCE_END = re.compile(r"[.!?](?=\s+[A-Z\"“]|\s*$)", re.MULTILINE)
BLANK = re.compile(r"\s*")
COLON = re.compile(r"[ \t]*:")


class SegmentReader:
    """Names the stretches of a text that are not the article's own sentences."""

    def __init__(self, pack: Pack) -> None:
        def any_of(*names: str) -> str:
            return _any_of(phrase for name in names for phrase in pack.entries(f"boilerplate.{name}"))

        self._headlines = HeadlineReader(pack)
        self._labels = pack.words("boilerplate.labels")
        self._films = pack.words("boilerplate.films")
        self._agencies = pack.entries("boilerplate.agencies")
        labelled = any_of("picture_labels", "links", "films", "labels")
        self._pictures = re.compile(
            rf"\((?:{any_of('pictures')}(?![^\W\d_])|{labelled}\s?[:/]|{any_of('links')}\))", re.IGNORECASE
        )
        self._embeds = re.compile(rf"\[{any_of('embeds')}(?![^\W\d_])", re.IGNORECASE)
        self._name = re.compile(rf"\s?:(?:\s*(?!(?i:{any_of('writers')}))[A-Z][a-z.'’]*){{1,4}}")
        headed = rf"(?:{any_of('credits', 'links', 'films')}[ \t]*:|{any_of('bylines')})"
        self._lines = re.compile(
            rf"^[ \t]*(?:{any_of('alone')}[ \t]*$|{headed}.{{0,{LINE}}}$)", re.IGNORECASE | re.MULTILINE
        )
        rules: dict[str, Callable[[str, re.Match[str]], Range | None]] = {
            "banners": _banner, "notices": _notice, "writers": self._writer,
            "links": self._link, "films": self._link, "labels": self._link,
        }
        self._rules = {
            phrase: rule for name, rule in rules.items() for phrase in pack.entries(f"boilerplate.{name}")
        }
        self._finder = _finder(self._rules)

    def read(self, text: str) -> list[Range]:
        """Return the ranges (start, end) of boilerplate in order, apart from each other."""
        found = _datelines(text)
        found += [match.span() for match in self._lines.finditer(text)]
        position = 0
        while match := self._finder.search(text, position):
            stretch = self._stretch(text, match)
            position = match.end() if stretch is None else max(stretch[1], match.end())
            if stretch is not None:
                found.append(stretch)
        return _joined(text, found)

    def _stretch(self, text: str, match: re.Match[str]) -> Range | None:
        if text[match.start()] in "([":
            return self._bracket(text, match)
        # the finder knows letters that lower() leaves as they are, such as "ı" for "i": such a phrase is none of ours
        rule = self._rules.get(" ".join(match.group().lower().split()))
        return rule(text, match) if rule else None

    def _bracket(self, text: str, match: re.Match[str]) -> Range | None:
        """Return a bracket that holds a writer's initials, a picture's credit or the place of a film."""
        inside = match.group()
        alone = not text[match.end():line_end(text, match.end())].strip()
        initials = BYLINE.fullmatch(inside) or (alone and SHORT.fullmatch(inside))
        if initials and _follows_sentence(text, match.start()):
            return match.span()
        if inside[0] == "[":
            return match.span() if self._embeds.match(inside) else None
        inside = inside.lower()
        if self._pictures.match(inside) or any(agency in inside for agency in self._agencies):
            return match.span()
        return None

    def _writer(self, text: str, match: re.Match[str]) -> Range | None:
        name = self._name.match(text, match.end())
        return (match.start(), name.end()) if name else None

    def _link(self, text: str, match: re.Match[str]) -> Range | None:
        """Return a label and its headline, the label alone where the headline's end is unknown."""
        start, end = match.span()
        if not _opens(text, start) or text[end:end + 1].islower():
            return None
        colon = COLON.match(text, end)
        if colon is None and match.group().lower() in self._labels:
            return None
        end = colon.end() if colon else end
        stop = line_end(text, end)
        rest = text[end:stop].strip()
        if not rest:
            return start, self._listed(text, end)
        if colon or (rest[0] in MARKS and match.group().lower() in self._films):
            if _begins_line(text, start) and len(rest) <= LINE:
                return start, stop
            return start, self._headlines.end(text, end) or end
        if _begins_line(text, start) and self._headlines.is_headline(rest):
            return start, stop
        return (start, end) if match.group().istitle() or match.group().isupper() else None

    def _listed(self, text: str, end: int) -> int:
        """Return the end of the headlines that stand on the lines below a label."""
        position = end
        for _ in range(LINKS):
            start = BLANK.match(text, position).end()  # type: ignore[union-attr]  # it matches everywhere
            position = line_end(text, start)
            if start == position or not self._headlines.is_headline(text[start:position].strip()):
                break
            end = position
        return end


def _datelines(text: str) -> list[Range]:
    head = text[:HEAD]
    found = [match.span() for match in DATELINE.finditer(head)]
    if (place := PLACE_ALONE.match(head)) is not None:
        found.append(place.span())
    found += [match.span() for match in DATELINE_INSIDE.finditer(head[:400])]
    return found


def _banner(text: str, match: re.Match[str]) -> Range | None:
    start, end = match.span()
    if text[end:end + 1].islower() or not (match.group().isupper() or _opens(text, start)):
        return None
    return start, end


def _notice(text: str, match: re.Match[str]) -> Range | None:
    if not _opens(text, match.start()):
        return None
    stop = min(line_end(text, match.end()), match.start() + SENTENCE)
    end = SENTENCE_END.search(text, match.end(), stop)
    return match.start(), end.end() if end else stop


def _begins_line(text: str, start: int) -> bool:
    before = text[max(0, start - INDENT):start].rstrip(" \t\xa0")
    return before.endswith("\n") or (not before and start <= INDENT)


def _follows_sentence(text: str, start: int) -> bool:
    return start == 0 or text[max(0, start - 2):start].rstrip()[-1:] in ("", *ENDS)


def _opens(text: str, start: int) -> bool:
    """Tell whether something of its own can begin here: a line, or a capital after the end of a sentence."""
    return _begins_line(text, start) or (text[start].isupper() and _follows_sentence(text, start))


def _joined(text: str, found: list[Range]) -> list[Range]:
    """Return the ranges in order, trimmed of white space, those that touch made one."""
    joined: list[Range] = []
    for start, end in sorted(found):
        inside = text[start:end]
        start, end = start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        elif start < end:
            joined.append((start, end))
    return joined


def _finder(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for brackets and for the phrases where they begin with a capital.

    It begins with one set of characters, which lets the search skip everything else at full speed.
    """
    by_initial: dict[str, list[str]] = {}
    for phrase in phrases:
        by_initial.setdefault(phrase[0].upper(), []).append(phrase)
    branches = "".join(f"|(?<={initial})(?i:{_any_of(group, 1)})" for initial, group in by_initial.items())
    return re.compile(
        rf"[(\[{''.join(by_initial)}](?:(?<=\()[^()\n]{{2,160}}\)|(?<=\[)[^\[\]\n]{{2,160}}\]{branches})"
    )


def _any_of(phrases: Iterable[str], cut: int = 0) -> str:
    """Return a pattern for any of the phrases, the longest first; any white space parts their words."""
    ordered = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(r"\s+".join(map(re.escape, phrase[cut:].split())) for phrase in ordered) + ")"
