"""A page's markup before its text is taken: the outlet's own boxes go out, and what a layout hides becomes paragraphs.

Extractors judge a box by its length and its links. The names that outlets give their boxes say more, and they are data
of the language (``boilerplate.boxes``); a name that would take out much of the page is taken for one of its frame.
"""

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FRAME = ("html", "body", "main", "article", "head")
DROPPED = ("figcaption", "form", "button", "select", "label", "audio", "video", "nav", "aside", "amp-ad", "amp-sidebar")
PICTURES = ("img", "amp-img", "picture")
HOLDERS = ("div", "span", "a", "figure", "center", "picture")
TEXTS = ("p", "h1", "h2", "h3", "h4", "li", "blockquote")
HEADS = ("h1",)
BOXES = ("div", "td", "section", "article", "main", "body")
INLINE = (
    "a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "ins", "mark", "q", "s", "small", "span", "strong",
    "sub", "sup", "time", "tt", "u",
)
LAYOUT = ("table", "tbody", "tr", "td")
MOST = 0.35  # of the page's words: more is no box of the outlet's
CAPTION = 40  # words beside a picture
BREAKS, PROSE = 2, 30  # line breaks in a cell, and words that stand bare in it: fewer are data
SENTENCE = 6  # words: a shorter stretch without a full stop is a label
STOPS = (".", "?", "!", "…", '"', "”", "’")
NAME = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


class Markup:
    """Prepares parsed pages for an extractor; ``boxes`` are the names of outlets' own boxes."""

    def __init__(self, boxes: tuple[str, ...]) -> None:
        self._boxes = re.compile("(?<= )(?:" + "|".join(map(re.escape, boxes)) + ")(?= )")
        self._known: dict[str, bool] = {}

    def prepare(self, tree: "HtmlElement") -> None:
        """Take out the outlet's own boxes and make paragraphs of what stands bare; the tree is changed."""
        words, holding, heads = _sizes(tree)
        self._drop_boxes(tree, words, heads)
        _drop_captions(tree, words, holding)
        _undo_tables(tree)
        for box in list(tree.iter(*BOXES)):
            _wrap(box)

    def _drop_boxes(self, tree: "HtmlElement", words: dict["HtmlElement", int], heads: set["HtmlElement"]) -> None:
        found: list[tuple[str, HtmlElement]] = []
        last = None
        for element in tree.iter():
            if element.tag in FRAME or element in heads:
                continue
            name = f"{element.get('class', '')} {element.get('id', '')}"
            if (element.tag in DROPPED or self._is_box(name)) and not (last is not None and _within(element, last)):
                found.append((f"{element.tag} {name}", element))
                last = element
        sizes = Counter[str]()
        for name, element in found:
            sizes[name] += words[element]
        for name, element in found:
            if sizes[name] <= MOST * words[tree]:
                element.drop_tree()

    def _is_box(self, name: str) -> bool:
        if name not in self._known:
            parts = " ".join(part.lower() for part in NAME.findall(name[:300]))
            if len(self._known) > 10_000:
                self._known.clear()
            self._known[name] = self._boxes.search(f" {parts} ") is not None
        return self._known[name]


def _sizes(
    tree: "HtmlElement",
) -> tuple[dict["HtmlElement", int], set["HtmlElement"], set["HtmlElement"]]:
    """Return the words in each element, the elements that hold paragraphs, and those that hold the headline."""
    words: dict[HtmlElement, int] = {}
    holding: set[HtmlElement] = set()
    heads: set[HtmlElement] = set()
    for element in reversed(list(tree.iter())):
        count = 0 if element.tag in ("script", "style") else len((element.text or "").split())
        for child in element:
            count += words[child] + len((child.tail or "").split())
            if child.tag in TEXTS or child in holding:
                holding.add(element)
            if child.tag in HEADS or child in heads:
                heads.add(element)
        words[element] = count
    return words, holding, heads


def _within(element: "HtmlElement", box: "HtmlElement") -> bool:
    return any(above is box for above in element.iterancestors())


def _drop_captions(tree: "HtmlElement", words: dict["HtmlElement", int], holding: set["HtmlElement"]) -> None:
    """Take out pictures with the few words that share a box with them."""
    for picture in list(tree.iter(*PICTURES)):
        box = picture
        while (above := box.getparent()) is not None and above.tag in HOLDERS:
            if words.get(above, 0) > CAPTION or above in holding:
                break
            box = above
        if box is not picture and words[box] and box.getparent() is not None:
            box.drop_tree()


def _undo_tables(tree: "HtmlElement") -> None:
    """Make boxes of the tables that only lay the page out: those with paragraphs, prose or the headline in a cell."""
    for cell in list(tree.iter("td")):
        if len(cell.findall("p")) > 1 or cell.find(".//h1") is not None or _is_prose(cell):
            for element in (cell, *cell.iterancestors()):
                if element.tag in LAYOUT:
                    element.tag = "div"


def _is_prose(cell: "HtmlElement") -> bool:
    """Tell whether a cell holds lines of text that only breaks part, as pages had before there were paragraphs."""
    bare = " ".join([cell.text or "", *(child.tail or "" for child in cell)])
    return len(cell.findall("br")) >= BREAKS and len(bare.split()) >= PROSE


def _wrap(box: "HtmlElement") -> None:
    """Make paragraphs of the sentences that stand bare between a box's blocks or line breaks."""
    children = list(box)
    bare = (box.text or "") + "".join(child.tail or "" for child in children)
    if not bare.strip() or all(child.tag in INLINE for child in children):
        return
    runs: list[list[HtmlElement | str]] = [[box.text or ""]]
    for child in children:
        if child.tag in INLINE:
            runs[-1] += [child, child.tail or ""]
        else:
            runs += [[child], [child.tail or ""]]
    box.text = None
    for child in children:
        box.remove(child)
    for number, run in enumerate(runs):
        if number % 2:
            _put(box, run)
        elif _is_sentence(run):
            paragraph = box.makeelement("p")
            _put(paragraph, run)
            box.append(paragraph)
        else:
            _put(box, run)


def _is_sentence(run: list["HtmlElement | str"]) -> bool:
    text = " ".join(part if isinstance(part, str) else part.text_content() for part in run).strip()
    return text.endswith(STOPS) or len(text.split()) >= SENTENCE


def _put(box: "HtmlElement", run: list["HtmlElement | str"]) -> None:
    """Put elements and texts at the end of a box."""
    for part in run:
        if not isinstance(part, str):
            part.tail = None
            box.append(part)
        elif part and len(box):
            box[-1].tail = (box[-1].tail or "") + part
        elif part:
            box.text = (box.text or "") + part
