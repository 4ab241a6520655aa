"""Articles of a Factiva export in plain text: with the two-letter codes of its fields, or as they are displayed.

Both forms end an article with a line ``Document`` and its accession number. Coded, a field stands behind its code, on
the same line or below it; displayed, the head is headline, byline, words, date, time, source, source code, language,
copyright, a line each (https://developer.dowjones.com names the fields).
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

# The codes in the order in which they stand; those of the text itself are LP and TD.
CODES = (
    "SE", "HD", "CR", "BY", "CLM", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "LP", "TD", "CT", "RF",
    "ART", "CO", "IN", "NS", "RE", "IPC", "IPD", "CX", "PUB", "AN",
)  # fmt: skip
RANK = {code: rank for rank, code in enumerate(CODES)}
TEXTS = ("LP", "TD")
CODE = re.compile(rf" {{0,12}}({'|'.join(CODES)})(?:(?P<wide>\s{{2,}}|\t)|\s|$)(?P<rest>.*)")
INDEXED = re.compile(r"[\w.-]{1,12}\s*:\s*\S")  # what stands behind a code below the text: "indon : Indonesia"
AFTER = RANK["CT"]
CERTAIN = ("TD", "ART", "IPC", "IPD", "PUB")  # codes that no line of a text begins with
END = re.compile(r"\s*(?:AN\s+)?(?:Document|Dokument|Documento)\s+([A-Za-z0-9]{8,12}\d{4,}[A-Za-z0-9]{5,})\s*")
WORDS = re.compile(r"\d[\d.,]*\s+words", re.IGNORECASE)
DATE = re.compile(r"\d{1,2}\s+[^\W\d]{3,12}\s+(?:19|20)\d\d")
TIME = re.compile(r"\d{1,2}:\d\d(?:\s*[AP]M)?", re.IGNORECASE)
RIGHTS = re.compile(r"(?:copyright|\(c\)|©)", re.IGNORECASE)
# What stands behind the last article.
REST = re.compile(r"\s*(?:Search Summary|(?:©|\(c\)|Copyright)\s*\d{4}\s+Factiva.*)\s*", re.IGNORECASE)
HEAD = 12  # lines between the words and the text
SECTION = 3  # words: a headline is longer
BEGINNING = re.compile(r"^\s*HD(?:\s|$)|^\s*\d[\d.,]*\s+words\s*$\s*^\s*\d{1,2}\s+\w+\s+\d{4}\s*$", re.MULTILINE)


def is_factiva(head: str) -> bool:
    """Tell whether a text begins as an export of Factiva does."""
    return BEGINNING.search(head) is not None


def factiva_pieces(file: IO[bytes]) -> Iterator[Piece]:
    """Yield the articles of an export as they stand in the file, each with its offset in bytes."""
    for piece in split(file, ends=END):
        if piece.text.strip() and not REST.match(piece.text.lstrip()):
            yield piece


def read_factiva(data: bytes, *, source: str, offset: int, language: str = LANGUAGE) -> Document | Rejected:
    """Read one article of an export; ``offset`` is where it begins, for those who have to look it up."""
    byline = byline_of(language)
    where = f"{source}:{offset}"
    text = decode(data, source=where)
    if isinstance(text, Rejected):
        return text
    *lines, last = text.rstrip().split("\n")
    end = END.fullmatch(last)
    if end is None:
        return Rejected(where, Reason.BAD_RECORD, "no 'Document' line ends it: " + _seen([*lines, last]))
    id = end[1]
    found = _coded(lines) or _displayed(lines, byline)
    if isinstance(found, str):
        return Rejected(where, Reason.BAD_RECORD, f"{found}: {_seen(lines)}")
    body = "\n".join(found["text"])
    if not body:
        return Rejected(where, Reason.EMPTY, f"no text in {id}")
    date = " ".join(filter(None, (_one(found, "PD"), _one(found, "ET"))))
    return Document(
        body,
        id=id or f"{stem(source)}:{offset}",
        title=_one(found, "HD"),
        outlet=_one(found, "SN"),
        published=day_clock(date),
        language=language_code(_one(found, "LA")),
        author=byline.sub("", _one(found, "BY") or "", count=1) or None,
    )


def _coded(lines: Sequence[str]) -> Mapping[str, list[str]] | None:
    """Return the fields of an article by their codes, and its paragraphs as ``text``; None where there are no codes."""
    fields: dict[str, list[str]] = {}
    rank, code = -1, ""
    for line in lines:
        match = CODE.fullmatch(line.rstrip())
        if match and _begins(match, rank):
            code, rank = match[1], RANK[match[1]]
            line = match["rest"]
        if code:
            fields.setdefault(code, []).append(line)
    if "HD" not in fields or not any(code in fields for code in TEXTS):
        return None
    fields["text"] = [line for code in TEXTS for line in paragraphs(fields.get(code, []))]
    return fields


def _begins(match: re.Match[str], rank: int) -> bool:
    """Tell whether a code begins a field: it comes after the one before, and is no word of the text."""
    code, rest = match[1], match["rest"].strip()
    if RANK[code] <= rank:
        return False
    inside = rank in (RANK["LP"], RANK["TD"])
    if not inside or code in CERTAIN or not rest or match["wide"]:
        return True
    return RANK[code] >= AFTER and INDEXED.match(rest) is not None


def _displayed(lines: Sequence[str], byline: re.Pattern[str]) -> Mapping[str, list[str]] | str:
    """Return the fields of an article as it is displayed, by their codes; or what is wrong with it."""
    place = next((place for place, line in enumerate(lines) if WORDS.fullmatch(line.strip())), None)
    if place is None:
        return "no line tells its words"
    fields = _above(lines[:place], byline)
    below = [line.strip() for line in lines[place + 1 : place + 1 + HEAD]]
    ends = next((number for number, line in enumerate(below) if language_code(line)), None)
    if ends is None:
        return "no line tells its language"
    told = [line for line in below[:ends] if line]
    fields["PD"] = [line for line in told if DATE.fullmatch(line)][:1]
    fields["ET"] = [line for line in told if TIME.fullmatch(line)][:1]
    fields["SN"] = [line for line in told if line not in fields["PD"] + fields["ET"]][:1]
    fields["LA"] = [below[ends]]
    body = list(lines[place + 2 + ends :])
    rights = next((number for number, line in enumerate(body[:4]) if RIGHTS.match(line.strip())), None)
    if rights is not None:
        blank = next((number for number, line in enumerate(body) if number > rights and not line.strip()), rights)
        body = body[blank + 1 :]
    fields["text"] = paragraphs(body)
    return fields


def _above(lines: Sequence[str], byline: re.Pattern[str]) -> dict[str, list[str]]:
    """Return the headline and the byline of what stands above the line of words."""
    rows = [row for block in blocks(lines) for row in block]
    by = [row for row in rows if byline.match(row)][-1:]
    rows = [row for row in rows if row not in by]
    if len(rows) > 1 and len(rows[0].split()) <= SECTION:
        rows = rows[1:]  # the section's name
    return {"HD": rows, "BY": by}


def _one(fields: Mapping[str, list[str]], code: str) -> str | None:
    return " ".join(" ".join(fields.get(code, [])).split()) or None


def _seen(lines: Sequence[str]) -> str:
    return " ".join(" ".join(lines)[:400].split())[:80]
