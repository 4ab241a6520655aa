"""The text of a PDF, where it has text: lines put in order and made paragraphs, what repeats on each page left out.

A PDF holds strings at places, no lines and no paragraphs. Strings of one height are a line; a line that stands apart,
begins indented or follows one that ends early opens a paragraph. Columns are read one after the other, where the file
goes across them too. Several articles on one page cannot be told apart.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from statistics import median
from typing import Any

from katanya.core.errors import MissingExtra
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import MAX_BYTES
from katanya.readers.lineup import Line, in_columns, paragraphs_of, without_repeated
from katanya.readers.names import stem

MAX_PAGES = 1000
ROW = 0.35  # of the size of letters: strings that are no further apart in height are a line
GAP = 1.6  # sizes: strings further apart in a line are in two columns
WIDTH = 0.5  # of their size: how wide letters are on average
NARROW = 0.3  # of that: no string is narrower
LARGE = 1.2  # sizes of the text: a headline is larger
# What programs put into the title of a file that has none, or the name of a file.
NO_TITLE = re.compile(r"\s*(?:untitled.*|microsoft word.*|.*\.(?:docx?|indd|qxd|pdf|pmd|p65|rtf|odt|html?)|\W*)\s*",
                      re.IGNORECASE)
# What browsers call themselves in the files that they print to: most by what they tell servers.
BROWSER = re.compile("mozilla|firefox|chrom|safari|wkhtmltopdf", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _String:
    x: float
    y: float
    size: float
    text: str


def read_pdf(data: bytes, *, source: str) -> Document | Rejected:
    """Read the text of a PDF as one article; its title and date are those of its metadata, else its largest line.

    A scan, a file that is locked and one that is damaged are rejected. Raises `MissingExtra` without pypdf.
    """
    if find_spec("pypdf") is None:
        raise MissingExtra("reading PDF needs pypdf", fix="pip install 'katanya[archives]'")
    try:
        return _read(data, source)
    except (Exception, RecursionError) as error:  # pypdf meets files that nobody foresaw; the reason is kept
        return Rejected(source, Reason.UNREADABLE, f"a damaged PDF: {type(error).__name__}: {error}"[:300])


def _read(data: bytes, source: str) -> Document | Rejected:
    import logging

    from pypdf import PasswordType, PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it warns of is in the outcome
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        return Rejected(source, Reason.UNREADABLE, "the PDF is locked with a password")
    count = len(reader.pages)
    if count > MAX_PAGES:
        return Rejected(source, Reason.TOO_LARGE, f"{count} pages, {MAX_PAGES} are read")
    pages: list[list[Line]] = []
    size = 0
    for page in reader.pages:
        pages.append(in_columns(list(_lines(_strings(page)))))
        size += sum(len(line.text) for line in pages[-1])
        if size > MAX_BYTES:
            return Rejected(source, Reason.TOO_LARGE, f"more than {MAX_BYTES} characters")
    lines = [line for page in without_repeated(pages) for line in page]
    text = "\n".join(paragraphs_of(lines))
    if not any(map(str.isalnum, text)):
        return Rejected(source, Reason.NO_TEXT, f"no text on {count} pages: a scan?" if count else "no pages")
    title, published = _metadata(reader)
    return Document(text, id=stem(source), title=title or _headline(lines), published=published)


def _strings(page: Any) -> list[_String]:
    """Return the strings of a page with their places, in the order in which they are drawn, but not turned ones."""
    found: list[_String] = []

    def take(text: str, cm: Sequence[float], tm: Sequence[float], font: object, size: float) -> None:
        if not text.strip():
            return
        across, up = tm[0] * cm[0] + tm[1] * cm[2], tm[2] * cm[1] + tm[3] * cm[3]
        if abs(tm[0] * cm[1] + tm[1] * cm[3]) > abs(across):
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        found.append(_String(x, y, abs(size * up) or abs(size) or 1.0, text))

    page.extract_text(visitor_text=take)
    return found


def _lines(strings: Sequence[_String]) -> Iterator[Line]:
    """Yield the lines of a page: strings that stand beside each other."""
    row: list[_String] = []
    for string in strings:
        if row and _is_again(row[-1], string):
            continue
        if row and not _beside(row, string):
            yield _line(row)
            row = []
        row.append(string)
    if row:
        yield _line(row)


def _beside(row: Sequence[_String], string: _String) -> bool:
    last = row[-1]
    end = last.x + len(last.text.strip("\n")) * last.size * WIDTH
    near = abs(string.y - last.y) <= ROW * max(string.size, last.size)
    begun = last.x + NARROW * (end - last.x)
    return near and not last.text.endswith("\n") and begun <= string.x <= end + GAP * last.size


def _is_again(last: _String, string: _String) -> bool:
    """Tell whether a string is drawn over itself, as programs do to make it bold."""
    return string.text == last.text and abs(string.x - last.x) < 1 and abs(string.y - last.y) < 1


def _line(row: Sequence[_String]) -> Line:
    parts = [row[0].text]
    for before, string in pairwise(row):
        apart = string.x - before.x - len(before.text) * before.size * WIDTH > WIDTH * before.size
        parts += [" ", string.text] if apart else [string.text]
    text = "".join(parts)
    size = max(row, key=lambda string: len(string.text)).size
    return Line(row[0].x, row[0].y, size, " ".join(text.replace("\u00ad\n", "").replace("\u00ad", "").split()))


def _metadata(reader: Any) -> tuple[str | None, str | None]:
    """Return the title and the date of making, where the file says them and they say something.

    A page that was printed from a browser was made when somebody printed it, which tells nothing of the article.
    """
    try:
        metadata = reader.metadata
        title = " ".join(str(metadata.title or "").split()) if metadata else ""
        printed = BROWSER.search(metadata.creator or "") if metadata else None
        made = metadata.creation_date if metadata and not printed else None
    except Exception:  # a broken date is no reason to lose the text
        return None, None
    return (None if NO_TITLE.fullmatch(title) else title), made.isoformat() if made else None


def _headline(lines: Sequence[Line]) -> str | None:
    """Return the largest lines at the beginning, where they are larger than the text."""
    usual = median(line.size for line in lines for _ in line.text.split())
    largest = max(line.size for line in lines[:12])
    if largest < LARGE * usual:
        return None
    return " ".join(line.text for line in lines[:12] if line.size > largest * 0.95)[:300]
