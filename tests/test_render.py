import csv
import io
import re
from dataclasses import replace
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from katanya.core.records import Act, Article, Document, Kind, SpeakerKind, Statement
from katanya.core.spans import Span
from katanya.core.values import Figure, Place, Time, TimeType
from katanya.render import brief, encode, html, table, terminal
from samples import TEXT, article

VOID = {"meta", "br", "link"}


class _Page(HTMLParser):
    """What a browser would see: text of the article, anchors, links; complains about crossed tags."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.words: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.silent = 0
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        known = dict(attributes)
        self.ids += [known["id"]] if "id" in known else []
        self.links += [known["href"]] if "href" in known else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "article" in self.open and "a" not in self.open:
            self.words.append(data)


def test_terminal_view():
    """The plain view says who, in which role, what, how, on what occasion, and indents what is nested."""
    assert terminal.plain(article()) == (
        "Jembatan <Gantung> & Warga\n"
        "Kabar Tirta · 2025-06-03 · https://kabartirta.example/jembatan?a=1&b=2\n"
        "5 statements, 3 speakers\n"
        "\n"
        " 1  Rini Wulandari, Camat · Sukamaju\n"
        "    jembatan gantung ditutup sementara\n"
        "    mengatakan · indirect · assertive\n"
        "\n"
        " 2  Rini Wulandari, Camat · Sukamaju\n"
        "    “Kayunya lapuk, dan Pak Karta bilang talinya juga aus”\n"
        "    kata · direct · assertive\n"
        "    when Selasa (3/6/2025) · where di kantornya\n"
        "\n"
        "     3  Pak Karta\n"
        "        talinya juga aus\n"
        "        bilang · indirect · assertive\n"
        "\n"
        " 4  data Dinas Perhubungan Kabupaten Tirta (document)\n"
        "    40 warga melintas di sana setiap hari\n"
        "    Menurut · indirect · assertive\n"
        "\n"
        " 5  nobody named\n"
        "    Jembatan itu … akan diganti\n"
        "    dikabarkan · indirect · assertive\n"
    )


def test_terminal_view_says_why():
    """On request each statement shows the rules that it was read by."""
    assert "    because indirect; name\n" in terminal.plain(article(), why=True)


def test_terminal_view_is_safe():
    """Control characters of an article never reach the terminal."""
    hostile = Article(Document("x", title="a\x1b[2Jb\nc\u202ed"))
    assert terminal.plain(hostile).splitlines()[0] == "a�[2Jb c�d"


def test_csv_reads_back():
    """The CSV has a row for each statement under the table's columns; null is an empty cell."""
    rows = list(csv.DictReader(io.StringIO(table.to_csv([article(), article()]))))
    assert len(rows) == 10
    assert rows[1]["time"] == "Selasa (3/6/2025)"
    assert rows[2]["within"] == "s2"
    assert rows[4] == {**rows[4], "speaker": "", "content": "Jembatan itu … akan diganti", "source": ""}


def test_json_is_one_line_and_the_record():
    """A line of JSON holds the record and nothing else."""
    line = encode.line(article())
    assert line.count(b"\n") == 1
    assert msgspec.json.decode(line) == article().to_dict() == msgspec.json.decode(encode.pretty(article()))


def test_page_shows_the_whole_text():
    """The page holds every word of the article in its order, and nothing of it is markup."""
    page = _Page(html.page(article()))
    assert "".join(page.words).split() == TEXT.split()
    assert "gantung" not in page.tags


def test_page_links_lead_somewhere():
    """Each link of the page leads to an anchor of the page, but for the article's own address."""
    page = _Page(html.page(article()))
    inside = [link for link in page.links if link.startswith("#")]
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in inside} == set(page.ids)
    assert set(page.links) - set(inside) == {"https://kabartirta.example/jembatan?a=1&b=2"}


def test_page_loads_and_runs_nothing():
    """The page is self-contained: no script, nothing fetched."""
    page = html.page(article())
    assert _Page(page).tags.isdisjoint({"script", "img", "link", "iframe"})
    assert "@import" not in page
    assert "url(" not in page


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//kabartirta.example"])
def test_page_links_to_the_web_only(url):
    """An address that is none of the web is not made a link."""
    assert _Page(html.page(Article(Document("x", url=url)))).links == []


@st.composite
def marked(draw):
    """Return an article with any text, and statements that overlap in any way."""
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
    offsets = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    spans = offsets.map(lambda pair: Span.cut(text, *pair))
    statement = st.builds(
        lambda kind, cue, contents, speaker: Statement(
            "", kind, Act.ASSERTIVE, cue, None, tuple(contents), speaker, SpeakerKind.PERSON
        ),
        st.sampled_from(Kind),
        st.none() | spans,
        st.lists(spans, max_size=3),
        st.none() | st.text(max_size=5),
    )
    found = draw(st.lists(statement, max_size=5))
    return Article(Document(text), tuple(replace(statement, id=f"s{n}") for n, statement in enumerate(found)))


@given(marked())
def test_page_of_any_article_is_well_formed(made):
    """Whatever the text and however marks overlap, tags never cross, ids are unique and no word is lost."""
    page = _Page(html.page(made))
    assert len(page.ids) == len(set(page.ids))
    lines = [line for line in re.split("[\r\n\u2028\u2029]", made.text) if not line.isspace()]
    shown = html._CONTROL.sub("�", "\n".join(lines))
    assert "".join("".join(page.words).split()) == "".join(shown.split())


AMOUNTS = {"one": (20, 20, "20"), "from": (20, None, "≥ 20"), "up to": (None, 2.5, "≤ 2.5"), "between": (3, 5, "3–5")}


@pytest.mark.parametrize(("low", "high", "shown"), AMOUNTS.values(), ids=AMOUNTS)
def test_bounds_are_shown_as_they_are(low, high, shown):
    """An amount shows its bounds, an open side as such."""
    assert brief.amount(low, high) == shown


def test_values_stand_below_their_statement():
    """The terminal and the page show what figures, times and places come to; what has no bounds is left out."""
    said = article().statements[0]
    words = Span(0, 1, "x")
    figures = (Figure(words, 20, None, of=Span(0, 1, "rumah"), per=Span(0, 1, "jam")), Figure(words, None, None),
               Figure(words, 10_500_000, 10_500_000, "IDR", hedge=Span(0, 1, "sekitar")))
    times = (Time(Span(0, 1, "Senin"), TimeType.DATE, "2025-06-02"),)
    places = (Place(Span(0, 1, "Moskow"), "Moskwa", country="RU", role="government"), Place(Span(0, 1, "Y"), "Y"))
    made = replace(article(), statements=(replace(said, figures=figures, times=times, places=places),))
    shown = "≥ 20 rumah per jam · sekitar 10\xa0500\xa0000 IDR · Senin = 2025-06-02 · Moskow = Moskwa, RU, government"
    assert f"    values {shown}\n" in terminal.plain(made)
    assert f'<span class="how">{shown}</span>' in html.page(made)
