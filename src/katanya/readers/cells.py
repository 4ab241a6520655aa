"""A cell of a table, or a part of a letter, that holds a piece of a page: its paragraphs, a line each."""

import re
from dataclasses import replace

from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import LANGUAGE, MAX_ATTRIBUTES, MAX_ELEMENTS
from katanya.readers.html import most_attributes, parse_page, tools_of
from katanya.readers.metadata import Metadata

# A piece of a page closes a paragraph, or breaks a line, in markup; a text that merely holds a "<" does not.
MARKUP = re.compile(r"</(?:p|div|span|a|strong|b|em|i|h[1-6]|li|ul|ol|blockquote|article|section|table|td)\s*>"
                    r"|<br\s*/?>|<p[\s>]", re.IGNORECASE)
OPENING = re.compile(r"<(?:p|div|span|a|strong|b|em|i|h[1-6]|ul|ol|li|blockquote|br|article|section|table|img|figure)"
                     r"[\s/>]", re.IGNORECASE)
LINES = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "dd", "dt", "pre", "td")
SILENT = ("script", "style", "template", "noscript", "iframe")
SPACE = re.compile(r"\s+")


def is_fragment(text: str) -> bool:
    """Tell whether a text is written in the markup of pages."""
    return MARKUP.search(text) is not None and OPENING.search(text) is not None


def page_or_text(document: Document | Rejected, where: str, language: str = LANGUAGE) -> Document | Rejected:
    """Return an article with the paragraphs of its text where that is a piece of a page, else as it is."""
    if isinstance(document, Rejected) or not is_fragment(document.text):
        return document
    text = paragraphs_of(document.text, language)
    return replace(document, text=text) if text else Rejected(where, Reason.NO_ARTICLE, "markup without an article")


def paragraphs_of(text: str, language: str = LANGUAGE) -> str | None:
    """Return the words of a piece of a page, a paragraph a line, without the outlet's own lines; None for none.

    All that stands in paragraphs is kept: a cell holds one article and nothing else. What is made to hang a parser
    (too many elements or attributes) gives None.
    """
    if text.count("<") > 2 * MAX_ELEMENTS or most_attributes(text) > MAX_ATTRIBUTES:
        return None
    tree = parse_page(f"<html><body><article>{text}</article></body></html>")
    if tree is None:
        return None
    for element in list(tree.iter(*SILENT)):
        element.drop_tree()
    for element in tree.iter():
        element.text = SPACE.sub(" ", element.text) if element.text else element.text
        element.tail = SPACE.sub(" ", element.tail) if element.tail else element.tail
    links = {" ".join(link.text_content().split()) for link in tree.iter("a")}
    tools = tools_of(language)
    tools.markup.prepare(tree)
    for element in tree.iter("br"):
        element.tail = "\n" + (element.tail or "")
    for element in tree.iter(*LINES):
        element.text, element.tail = "\n" + (element.text or ""), "\n" + (element.tail or "")
    lines = (" ".join(line.split()) for line in tree.text_content().split("\n"))
    return "\n".join(tools.cleaner.clean(lines, links, Metadata())) or None
