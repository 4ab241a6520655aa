"""HTML pages: the article's main text, one paragraph a line, and what the page says about it.

Finding the main text is trafilatura's; before it stand guards against pages made to hang a parser, behind it
the outlet's own lines (links, banners, credits) are taken out.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from katanya.core.errors import MissingExtra
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import LANGUAGE, MAX_ATTRIBUTES, MAX_DEPTHS, MAX_ELEMENTS, MIN_WORDS
from katanya.lang.pack import load_pack
from katanya.readers.dates import PrintedDates
from katanya.readers.lines import LineCleaner
from katanya.readers.markup import Markup
from katanya.readers.metadata import Metadata, read_metadata
from katanya.readers.names import stem
from katanya.readers.text import decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HEAD = 4096
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
# A tag as HTML5 cuts it: its name, then attributes with or without a value; or a comment or declaration.
TAG = re.compile(
    r"""<!--(?:-?>|.*?(?:--!?>|\Z)) | <[!?][^>]*
      | </?([a-zA-Z][^\s/>]*+)
        (?:[\s/]++ | [^\s/>][^\s/>=]*+ (?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+ )*+""",
    re.VERBOSE | re.DOTALL,
)
RAW = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")  # no tags inside
SEPARATORS = re.compile(r"[\s\"'/]")
SPACE = re.compile(r"\s+")
STOPS, CLOSERS = ".?!…,", "\"'”’»)"
ENDS, LABEL_WORDS = (*STOPS, ":"), 12
LONG_TAG = 2 * MAX_ATTRIBUTES  # characters: a shorter tag cannot hold so many attributes


def read_html(
    data: bytes, *, source: str, language: str = LANGUAGE, charset: str | None = None, bulk: bool = False,
    continued: bool = False,
) -> Document | Rejected:
    """Read the article of a page; a page without one, or one made to hang a parser, is rejected.

    ``charset`` is what the server said of it, which goes before what the page says. ``bulk`` takes the text by
    resiliparse, fifteen times as fast and without the lines that are no sentences; raises `MissingExtra` without it.
    A ``continued`` page holds the rest of an article, however little that is.
    """
    if bulk:
        _check_bulk()
    declared = CHARSET.search(data[:HEAD])
    page = decode(
        data, source=source, declared=charset or (declared[1].decode("ascii", "replace") if declared else None)
    )
    if isinstance(page, Rejected):
        return page
    if not page.strip():
        return Rejected(source, Reason.EMPTY, f"{len(data)} bytes of white space")
    try:
        return _read_page(page, source, language, bulk, continued)
    except Exception as error:  # lxml and trafilatura meet pages that nobody foresaw; the reason is kept
        return Rejected(source, Reason.UNREADABLE, f"{type(error).__name__}: {error}"[:300])


def _read_page(page: str, source: str, language: str, bulk: bool, continued: bool) -> Document | Rejected:
    if (attributes := most_attributes(page)) > MAX_ATTRIBUTES:
        return Rejected(source, Reason.UNREADABLE, f"a tag with some {attributes} attributes")
    tree = parse_page(page)
    if tree is None:
        return Rejected(source, Reason.NO_ARTICLE, "no elements")
    elements = sum(1 for _ in tree.iter())
    if elements > MAX_ELEMENTS:
        return Rejected(source, Reason.UNREADABLE, f"{elements} elements, {MAX_ELEMENTS} are read")
    if (depths := _depths(tree)) > MAX_DEPTHS:
        return Rejected(source, Reason.UNREADABLE, f"{elements} elements, {depths // elements} deep on average")
    tools = tools_of(language)
    metadata = read_metadata(tree, tools.dates, tools.writers)
    links = {" ".join(link.text_content().split()) for link in tree.iter("a")}
    tools.markup.prepare(tree)
    lines = tools.cleaner.clean((_bulk_lines if bulk else _main_lines)(tree), links, metadata)
    if bulk:
        lines = list(filter(_is_told, lines))
    lack = _lack(lines, links, metadata) if not continued else None if lines else "no more of the article"
    if lack is not None:
        return Rejected(source, Reason.NO_ARTICLE, lack)
    return Document(
        "\n".join(lines),
        id=stem(source),
        title=metadata.title,
        outlet=metadata.outlet,
        published=metadata.published,
        url=metadata.url,
        language=metadata.language,
        author=metadata.author,
        modified=metadata.modified,
    )


def parse_page(page: str) -> "HtmlElement | None":
    """Parse a page; None where it holds no elements."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    # libxml2 nests no deeper than 256 elements and expands no entities of the page's own.
    parser = HTMLParser(encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(page.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _depths(tree: "HtmlElement") -> int:
    """Return the depths of all elements together."""
    depths = {tree: 0}
    for element in tree.iterdescendants():
        depths[element] = depths[element.getparent()] + 1
    return sum(depths.values())


def _main_lines(tree: "HtmlElement") -> list[str]:
    from trafilatura import bare_extraction

    for element in tree.iter():  # a line break in the source is a space: only tags part paragraphs
        if element.text and "\n" in element.text:
            element.text = SPACE.sub(" ", element.text)
        if element.tail and "\n" in element.tail:
            element.tail = SPACE.sub(" ", element.tail)
    items = {f"- {' '.join(item.text_content().split())}" for item in tree.iter("li")}
    found = bare_extraction(tree, favor_precision=True, include_comments=False, include_tables=False)
    lines = str(getattr(found, "text", None) or "").splitlines()
    return [line[2:] if line in items else line for line in lines]


def _bulk_lines(tree: "HtmlElement") -> list[str]:
    """Return the lines of what resiliparse takes for the main content: all of the article, and some labels."""
    from lxml.html import tostring
    from resiliparse.extract.html2text import extract_plain_text

    text = extract_plain_text(
        tostring(tree, encoding="unicode"), main_content=True, alt_texts=False, links=False, list_bullets=False
    )
    return str(text).splitlines()


def _is_told(line: str) -> bool:
    """Tell whether a line ends as sentences do, or is too long for a label."""
    return line.rstrip(CLOSERS)[-1:] in ENDS or len(line.split()) > LABEL_WORDS


def _check_bulk() -> None:
    if find_spec("resiliparse") is None:
        raise MissingExtra("reading pages in bulk needs resiliparse", fix="pip install 'katanya[bulk]'")


def _lack(lines: list[str], links: set[str], metadata: Metadata) -> str | None:
    """Say what the lines lack of an article; None where they lack nothing.

    A hub page is a list of headlines: few of its lines are sentences, or most of them are links.
    """
    words = sum(len(line.split()) for line in lines)
    if words < MIN_WORDS:
        return f"{words} words of text"
    if metadata.is_article:
        return None
    linked = sum(len(line.split()) for line in lines if line in links)
    sentences = (line for line in lines if line not in links and line.rstrip(CLOSERS)[-1:] in STOPS)
    told = sum(len(line.split()) for line in sentences)
    if linked > words / 2:
        return f"{linked} of {words} words are links"
    return f"{told} of {words} words stand in sentences" if told < words / 2 else None


def most_attributes(page: str) -> int:
    """Return about how many attributes the fullest tag has; the parser takes quadratic time in them."""
    most = position = 0
    while tag := TAG.search(page, position):
        position = tag.end()
        if position - tag.start() > LONG_TAG and tag[1]:
            most = max(most, len(SEPARATORS.findall(tag.group())) // 2)
        if (tag[1] or "").lower() in RAW and page[tag.start() + 1] != "/":
            end = re.compile(f"</{tag[1]}", re.IGNORECASE).search(page, position)
            position = end.start() if end else len(page)
    return most


@dataclass(frozen=True, slots=True)
class Tools:
    """What pages of a language are read by: boxes, printed dates, lines of the outlet's own, labels of writers."""

    markup: Markup
    dates: PrintedDates
    cleaner: LineCleaner
    writers: tuple[str, ...]


@cache
def tools_of(language: str) -> Tools:
    """Return what a language gives to read its pages by."""
    pack = load_pack(language)
    dates = PrintedDates(pack)
    boxes, writers = pack.entries("boilerplate.boxes"), pack.entries("boilerplate.writers")
    return Tools(Markup(boxes), dates, LineCleaner(pack, dates), writers)
