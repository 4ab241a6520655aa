"""Articles of a LexisNexis export in plain text: the layout of LexisNexis Academic, and that of Nexis Uni.

Academic begins an article with ``3 of 12 DOCUMENTS`` and sets outlet and date in the middle of their lines; its fields
are in capitals (``BYLINE:``, ``LENGTH:``, ``LOAD-DATE:``). Nexis Uni puts the headline above outlet and date, the text
below a line ``Body``, and ends an article with ``End of Document``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import IO

from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import LANGUAGE
from katanya.readers.exports import Piece, byline_of, day_clock, language_code, split
from katanya.readers.names import stem
from katanya.readers.text import decode
from katanya.readers.wrapped import blocks, paragraphs

START = re.compile(r"\s*(?:FOCUS - )?\d+ (?:of|de|von|van) \d+ DOCUMENTS?\s*")
END = re.compile(r"\s*End of Document\s*")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(rf"(?:(?:{MONTHS})\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+(?:{MONTHS})\s+\d{{4}}|(?:{MONTHS})\s+\d{{4}})"
                  r"(?:,?\s+\w+day)?(?:,?\s+\d{1,2}:\d\d(?::\d\d)?\s*(?:[AP]M)?(?:\s+[A-Z]{2,5})?)?", re.IGNORECASE)
# Fields above and below the text, of both layouts, in capitals.
ABOVE = ("BYLINE", "SECTION", "LENGTH", "DATELINE", "HIGHLIGHT", "SHOW", "SERIES", "EDITION", "SOURCE", "COLUMN")
BELOW = (
    "LOAD-DATE", "LANGUAGE", "PUBLICATION-TYPE", "DOCUMENT-TYPE", "GRAPHIC", "SUBJECT", "JOURNAL-CODE", "URL", "NOTES",
    "CORRECTION", "CORRECTION-DATE", "TYPE", "ORGANIZATION", "PERSON", "GEOGRAPHIC", "COUNTRY", "CITY", "STATE",
    "COMPANY", "TICKER", "INDUSTRY", "PUB-TYPE", "ACC-NO", "UPDATE", "DISTRIBUTION",
)  # fmt: skip
FIELD = re.compile(rf"\s{{0,3}}({'|'.join((*ABOVE, *BELOW))}):(?:\s+(.*))?", re.IGNORECASE)
TAILS = re.compile(r"\s*(?:Graphic|Classification|Notes?|Correction(?:-Date)?|Load-Date:.*|Link to Image)\s*")
RIGHTS = re.compile(r"\s*(?:Copyright|\(c\)|©)\s*\S.*", re.IGNORECASE)
RESERVED = re.compile(r"\s*All Rights Reserved\.?\s*", re.IGNORECASE)
PAGE = re.compile(r"\s*(?:Page \d+ of \d+|\| About LexisNexis \|.*)\s*")
BODY = re.compile(r"\s*Body\s*")
COVER = re.compile(r"^\s*(?:Download Request|Print Request|User Name|Date and Time|Job Number|Documents? \(\d+\))\b",
                   re.MULTILINE)
BEGINNING = re.compile(rf"^{START.pattern}$|^\s*Length:\s*[\d,.]+\s*words\s*$|^\s*Job Number:\s*\d+", re.MULTILINE)


def is_nexis(head: str) -> bool:
    """Tell whether a text begins as an export of LexisNexis does."""
    return BEGINNING.search(head) is not None


def nexis_pieces(file: IO[bytes]) -> Iterator[Piece]:
    """Yield the articles of an export as they stand in the file, each with its offset in bytes, but not its cover."""
    for number, piece in enumerate(split(file, begins=START, ends=END)):
        text = piece.text
        cover = not number and COVER.search(text) and not (START.match(text.lstrip("\ufeff")) or END.search(text))
        if text.strip() and not cover:
            yield piece


def read_nexis(data: bytes, *, source: str, offset: int, language: str = LANGUAGE) -> Document | Rejected:
    """Read one article of an export; ``offset`` is where it begins, for those who have to look it up."""
    where = f"{source}:{offset}"
    text = decode(data, source=where)
    if isinstance(text, Rejected):
        return text
    lines = [line for line in text.splitlines() if not PAGE.fullmatch(line)]
    academic = START.fullmatch(lines[0]) is not None if lines else False
    found = _academic(lines[1:]) if academic else _uni(lines)
    if isinstance(found, str):
        return Rejected(where, Reason.BAD_RECORD, f"{found}: {' '.join(' '.join(lines)[:400].split())[:80]}")
    if not found["text"]:
        return Rejected(where, Reason.EMPTY, "no text")
    return Document(
        "\n".join(found["text"]),
        id=f"{stem(source)}:{offset}",
        title=_one(found, "title"),
        outlet=_one(found, "outlet"),
        published=day_clock(_one(found, "date")),
        url=_one(found, "URL"),
        language=language_code(_one(found, "LANGUAGE")),
        author=byline_of(language).sub("", _one(found, "BYLINE") or "", count=1) or None,
    )


Found = Mapping[str, Sequence[str]]


def _academic(lines: Sequence[str]) -> Found | str:
    """Return the parts of an article in the layout of LexisNexis Academic, or what is wrong with it."""
    dated = next((place for place, line in enumerate(lines) if DATE.match(line.strip())), None)
    if dated is None:
        return "no line tells its date"
    outlet = [block for block in blocks(lines[:dated]) if not any(map(_is_rights, block))]
    after = dated + 1
    while after < len(lines) and lines[after].strip():  # the edition
        after += 1
    fields: dict[str, list[str]] = {"date": [lines[dated].strip()], "outlet": outlet[-1] if outlet else []}
    parts = list(_parts(lines[after:]))
    above = max((place for place, (name, _) in enumerate(parts) if name in ABOVE), default=0)
    below = next((place for place, (name, _) in enumerate(parts) if name in BELOW), len(parts))
    for name, block in parts:
        fields.setdefault(name, block)
    bare = [block for name, block in parts[: min(above, below)] if not name] or [block for _, block in parts[:1]]
    start = above + 1 if above or (parts and parts[0][0]) else 1
    body = [line for _, block in parts[start:below] for line in (*block, "")]
    return fields | {"title": bare[0] if bare and not parts[0][0] else [], "text": paragraphs(_without_rights(body))}


def _parts(lines: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the stretches of lines between blank ones, each with the name of its field; other stretches have none."""
    name, block = "", list[str]()
    for line in (*lines, ""):
        field = FIELD.fullmatch(line)
        if (not line.strip() or (field and field[1].isupper())) and block:
            yield name, block
            name, block = "", []
        if field and field[1].isupper():
            name, block = field[1], [field[2] or ""]
        elif line.strip():
            block.append(line)


def _uni(lines: Sequence[str]) -> Found | str:
    """Return the parts of an article in the layout of Nexis Uni, or what is wrong with it."""
    start = next((place for place, line in enumerate(lines) if BODY.fullmatch(line)), None)
    if start is None:
        return "no line 'Body'"
    head, rest = lines[:start], lines[start + 1 :]
    ends = next((place for place, line in enumerate(rest) if TAILS.fullmatch(line) or END.fullmatch(line)), len(rest))
    dated = next((place for place, line in reversed(list(enumerate(head))) if DATE.match(line.strip())), None)
    if dated is None:
        return "no line tells its date"
    above = blocks(head[:dated])
    names = [row for block in above[-2:] for row in block]
    fields = {
        "date": [head[dated].strip()], "outlet": names[-1:],
        "title": above[-1][:-1] if above and len(above[-1]) > 1 else (above[-2] if len(above) > 1 else []),
        "text": paragraphs(rest[:ends]),
    }  # fmt: skip
    for line in (*head[dated:], *rest[ends:]):
        if field := FIELD.fullmatch(line):
            fields.setdefault(field[1].upper(), [field[2] or ""])
    return fields


def _without_rights(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines before the notice of rights that ends an article."""
    ends = next((place for place, line in enumerate(lines) if line[:1] == " " and _is_rights(line)), len(lines))
    return lines[:ends]


def _is_rights(line: str) -> bool:
    return RIGHTS.fullmatch(line) is not None or RESERVED.fullmatch(line) is not None


def _one(found: Found, name: str) -> str | None:
    return " ".join(" ".join(found.get(name, ())).split()) or None
