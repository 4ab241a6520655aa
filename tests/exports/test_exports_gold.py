"""Out to the annotation tools and back as gold."""

import json
import re
import string
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed import bridge, flood, silent

from katanya.core.records import Act, Article, Document, Kind, Person, SpeakerKind, Statement
from katanya.core.spans import Span
from katanya.exports.formats import Annotated, Format, read, write
from katanya.ledger.provenance import Traced

FORMATS = list(Annotated)


def there_and_back(articles, folder, format):
    """Export articles and read them back."""
    out = folder / format.value
    write([Traced(article) for article in articles], out, Format(format))
    submitted(out)
    return list(read(out, format))


def submitted(folder):
    """Do what Label Studio does when annotators submit what they were shown: predictions become annotations."""
    for path in folder.glob("tasks.json"):
        tasks = json.loads(path.read_bytes())
        for task in tasks:
            task["annotations"] = [{"id": 1, "was_cancelled": False, "result": task["predictions"][0]["result"]}]
        path.write_text(json.dumps(tasks))


def bare(article):
    """Return an article without what gold does not hold: values, confidence and rules; its statements by id."""
    statements = [
        replace(statement, figures=(), times=(), places=(), confidence=None, because=())
        for statement in article.statements
    ]
    people = sorted(article.people, key=lambda person: person.name)
    return article.document, {statement.id: statement for statement in statements}, people


@pytest.mark.parametrize("format", FORMATS)
def test_gold_comes_back_as_it_went(tmp_path, format):
    """Spans, speakers, kinds, acts and people are the same there and back, over emoji and line breaks."""
    articles = [flood(), bridge(), silent()]
    assert list(map(bare, there_and_back(articles, tmp_path, format))) == list(map(bare, articles))


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_articles_make_the_same_bytes(tmp_path, format):
    """An export is a function of what is exported."""
    for name in ("one", "other"):
        write([Traced(flood()), Traced(bridge())], tmp_path / name, Format(format))
    one, other = (
        [path.read_bytes() for path in sorted([(tmp_path / name), *(tmp_path / name).rglob("*")]) if path.is_file()]
        for name in ("one", "other")
    )
    assert one == other
    assert one


# White space of every sort, astral letters, joined emoji, combining marks.
SPACES = (" ", "\n", "\r\n", "\t", "\u2028", "\x85")
MARKS = ("😢", "👩🏽‍💼", "𝟚", "é", "e\u0301", '"', "<", "&")
LETTERS = st.sampled_from([*string.ascii_lowercase, *SPACES, *MARKS])


@st.composite
def articles(draw):
    """Articles of any text with statements anywhere, one of them within another."""
    text = "Tirta " + "".join(draw(st.lists(LETTERS, min_size=5, max_size=60))) + " akhir"

    def span():
        words = [match.span() for match in re.finditer(r"\S+", text)]
        start = draw(st.integers(0, len(words) - 1))
        return Span.cut(text, words[start][0], words[draw(st.integers(start, len(words) - 1))][1])

    statements = []
    for number in range(draw(st.integers(0, 3))):
        optional = [span() if draw(st.booleans()) else None for _ in range(5)]
        contents = tuple(dict.fromkeys(span() for _ in range(draw(st.integers(1, 3)))))
        statements.append(Statement(
            f"n{number}", draw(st.sampled_from(list(Kind))), draw(st.sampled_from(list(Act))), *optional[:2], contents,
            draw(st.sampled_from([None, "Rini", 'Joko "Jo" 😢'])), draw(st.sampled_from(list(SpeakerKind))),
            *optional[2:], within="n0" if number else None,
        ))  # fmt: skip
    people = [Person("Rini", "Camat", None, tuple(sorted({span() for _ in range(2)})))] if draw(st.booleans()) else []
    return Article(Document(text, "a"), tuple(statements), tuple(people))


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=40, deadline=None)
@given(article=articles())
def test_any_article_comes_back(tmp_path_factory, format, article):
    """Whatever the text and wherever the spans, they are the same after the way there and back."""
    (found,) = there_and_back([article], tmp_path_factory.mktemp("any"), format)
    assert bare(found) == bare(article)
