"""XML of the wild: declared entities unfolded within bounds, common faults mended, what is broken salvaged.

A parser that follows the rules stops at the first fault, and feeds have many: a bare ``&``, ``&nbsp;``, a prefix that
nobody declared, an end that is missing. What comes out here is well formed, so that any parser reads it.
"""

import html
import re
from dataclasses import dataclass
from html.entities import html5
from typing import TYPE_CHECKING, Any

from katanya.core.outcomes import Reason, Rejected
from katanya.readers.text import decode

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{2,40})", re.IGNORECASE)
HEAD = 4096
DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>\s*", re.IGNORECASE)
ROOT = re.compile(r"<([A-Za-z_][\w:.-]*)")
SKIPPED = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
PROLOG = re.compile(r"(?:\s|<!--.*?-->|<\?.*?\?>)*+", re.DOTALL)
DOCTYPE = re.compile(r"<!DOCTYPE(?:[^\[>\"']|\"[^\"]*\"|'[^']*')*(?:\[(.*?)\]\s*)?>", re.DOTALL | re.IGNORECASE)
ENTITY = re.compile(r"<!ENTITY\s+(%\s+)?([\w.:-]+)\s+(?:\"([^\"]*)\"|'([^']*)'|(\w+))", re.IGNORECASE)
REFERENCE = re.compile(r"&(?:(\w+);|(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};))")
CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
PREFIX = re.compile(r"</?([A-Za-z_][\w.-]*):[A-Za-z_]")
OF_XML = ("amp", "lt", "gt", "quot", "apos")
UNFOLDED = 1_000_000  # characters that the declared entities of a document may come to
MOST_ENTITIES, MOST_PREFIXES = 256, 32
NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
}


@dataclass(frozen=True, slots=True)
class Xml:
    """A document without entities of its own: its text, the name of its root in lower case, and whether it broke.

    ``fault`` is what the parser said of it where something had to be left out, else empty.
    """

    text: str
    root: str
    fault: str = ""


def decoded(data: bytes, *, source: str, charset: str | None = None) -> str | Rejected:
    """Decode a document by its bytes, by ``charset``, which is what its server says, or by what it declares."""
    declared = DECLARED.search(data[:HEAD])
    return decode(data, source=source, declared=charset or (declared[1].decode("ascii") if declared else None))


def read_xml(text: str, *, source: str, ends: tuple[str, ...] = ()) -> Xml | Rejected:
    """Make a document well formed; ``ends`` are the elements behind whose last end a broken one is cut."""
    begin = text.find("<?xml", 0, HEAD)
    text = text[begin if begin >= 0 else max(0, text.find("<")) :]  # what a server's script has to say goes before it
    text = text[len(declaration[0]) :] if (declaration := DECLARATION.match(text)) else text
    entities: dict[str, str] = {}
    if found := _doctype(text):
        refused = _unfolding(found, text, entities)
        if refused:
            return Rejected(source, Reason.UNREADABLE, refused)
        text = text[: found.start()] + text[found.end() :]
    root = ROOT.search(SKIPPED.sub("", text[: HEAD * 4]))
    if root is None:
        return Rejected(source, Reason.NO_FEED, "no elements")
    name = root[1].lower()
    if name == "html":
        return Xml(text, name)
    fault = _fault(text)
    if not fault and not entities:
        return Xml(text, name)
    text = _mended(text, root[1], entities)
    fault = _fault(text)
    return Xml(_salvaged(text, ends), name, fault) if fault else Xml(text, name)


def parsed(text: str, *, recover: bool = False) -> "Element | None":
    """Parse a document that has no entities of its own; None where nothing is left of it."""
    from lxml import etree

    # Nested no deeper than 256 elements, no text longer than 10 MB, nothing fetched, nothing unfolded.
    parser: Any = etree.XMLParser(recover=recover, resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(text.encode("utf-8", "replace"), parser)


def tags(text: str) -> int:
    """Count what looks like a tag outside of quoted sections: no fewer than the elements of a document."""
    return sum(part.count("<") for part in CDATA.split(text)[::2])


def local(element: "Element") -> str:
    """Return the name of an element without its namespace, in lower case."""
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _doctype(text: str) -> re.Match[str] | None:
    """Return the document type, which stands before the first element; comments in between are passed over."""
    before = PROLOG.match(text)
    return DOCTYPE.match(text, before.end() if before else 0)


def _unfolding(doctype: re.Match[str], text: str, entities: dict[str, str]) -> str:
    """Note the entities that a document declares; return why they are not to be unfolded, where they are not."""
    size = 0
    declared = ENTITY.findall(doctype[1] or "")
    if len(declared) > MOST_ENTITIES:
        return f"declares {len(declared)} entities, {MOST_ENTITIES} are read"
    for parameter, name, *quoted, outside in declared:
        value = "".join(quoted)
        if parameter or outside:
            return f"declares the entity '{name}' outside of itself"
        if REFERENCE.search(value):
            return f"declares the entity '{name}', which unfolds others"
        entities.setdefault(name, value)
        size += text.count(f"&{name};") * len(value)
        if size > UNFOLDED:
            return f"declares the entity '{name}', which unfolds to too much"
    return ""


def _mended(text: str, root: str, entities: dict[str, str]) -> str:
    """Mend what is commonly wrong: control characters, references to nothing, prefixes that nobody declares."""

    def unfolded(match: re.Match[str]) -> str:
        name = match[1]
        if name in OF_XML:
            return match[0]
        known = entities.get(name or "") or html5.get(f"{name};")
        if known:
            return known if name in entities else html.escape(known)
        return "&amp;" + match[0][1:]

    parts = CDATA.split(CONTROLS.sub("", text))
    parts[::2] = [REFERENCE.sub(unfolded, part) for part in parts[::2]]
    text = "".join(parts)
    prefixes = sorted(set(PREFIX.findall(text)) - {"xml"})[:MOST_PREFIXES]
    missing = (prefix for prefix in prefixes if f"xmlns:{prefix}=" not in text)
    told = "".join(f' xmlns:{prefix}="{NAMESPACES.get(prefix, "urn:" + prefix)}"' for prefix in missing)
    return text.replace(f"<{root}", f"<{root}{told}", 1)


def _fault(text: str) -> str:
    """Return what a strict parser says of a document; empty where it is well formed."""
    from lxml import etree

    try:
        parsed(text)
    except etree.XMLSyntaxError as error:
        return str(error)[:200] or "not well formed"
    return ""


def _salvaged(text: str, ends: tuple[str, ...]) -> str:
    """Return what a forgiving parser makes of a broken document, without the element that breaks off."""
    from lxml import etree

    if ends:
        names = "|".join(ends)
        closed = [match.end() for match in re.finditer(rf"</(?:[\w.-]+:)?(?:{names})\s*>", text, re.IGNORECASE)]
        begun = re.search(rf"<(?:[\w.-]+:)?(?:{names})\b", text, re.IGNORECASE)
        text = text[: closed[-1] if closed else begun.start() if begun else len(text)]
    try:
        tree = parsed(text, recover=True)
    except etree.XMLSyntaxError:
        return ""
    return etree.tostring(tree, encoding="unicode") if tree is not None else ""
