"""Lists of feeds: OPML, or an address a line."""

from katanya.core.outcomes import Reason, Rejected
from katanya.readers.xml import decoded, local, parsed, read_xml

COMMENT = "#"


def read_feed_list(data: bytes, *, source: str) -> list[str] | Rejected:
    """Return the addresses of a list, each once, in order; of a broken OPML file as many as can be read."""
    text = decoded(data, source=source)
    if isinstance(text, Rejected):
        return text
    found = _outlined(text, source) if text.lstrip().startswith("<") else _lines(text)
    if isinstance(found, Rejected):
        return found
    return list(dict.fromkeys(map(_web, found))) or Rejected(source, Reason.EMPTY, "no address of a feed")


def _lines(text: str) -> list[str]:
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith(COMMENT)]


def _outlined(text: str, source: str) -> list[str] | Rejected:
    xml = read_xml(text, source=source)
    if isinstance(xml, Rejected):
        return xml
    if xml.root != "opml":
        return Rejected(source, Reason.NO_FEED, f"its first element is <{xml.root}>, that of a list is <opml>")
    tree = parsed(xml.text) if xml.text else None
    outlines = [] if tree is None else [element for element in tree.iter() if local(element) == "outline"]
    fields = ({name.lower(): value for name, value in outline.attrib.items()} for outline in outlines)
    return [address.strip() for outline in fields if (address := outline.get("xmlurl", "")).strip()]


def _web(address: str) -> str:
    """Return an address without the scheme by which browsers know a feed: ``feed://…``, ``feed:https://…``."""
    rest = address.removeprefix("feed:")
    return f"https:{rest}" if rest != address and rest.startswith("//") else rest
