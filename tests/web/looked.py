"""A page as a browser takes it apart: what is open, what is said, where it leads; what is not closed is a fault."""

from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "rect", "line", "circle", "use"}
SILENT = {"style", "script"}


class Looked(HTMLParser):
    """Reads a page: ``tags`` with their attributes, ``ids``, ``links``, ``text`` of the article, ``words`` of all."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = source
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.words: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == []

    @property
    def ids(self) -> list[str]:
        """All anchors."""
        return [known["id"] for _, known in self.tags if known.get("id")]

    @property
    def links(self) -> list[str]:
        """Where links lead."""
        return [known["href"] for tag, known in self.tags if tag == "a" and known.get("href")]

    @property
    def loaded(self) -> list[str]:
        """What the page loads."""
        names = [(known.get("src") or known.get("href") or "") for tag, known in self.tags if tag in ("script", "link")]
        return [name for name in names if name]

    @property
    def said(self) -> str:
        """All words of the page, with single spaces."""
        return " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attributes):
        """Note a tag that opens."""
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        """Note a tag that is closed at once."""
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        """Check that the tag that closes is the last that was opened."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Note words."""
        if SILENT.isdisjoint(self.open):
            self.words.append(data)
        if "article" in self.open and "a" not in self.open:
            self.text.append(data)
