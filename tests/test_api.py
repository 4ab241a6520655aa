import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import katanya
from katanya.core.errors import MissingExtra, PackError, RecordError
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Act, Article, Document, Kind, Person, SpeakerKind, Statement
from katanya.core.spans import Span
from katanya.core.values import Comparison, Figure, Place, Time, TimeType
from katanya.learned.store import model_folder
from katanya.render.table import COLUMNS
from samples import TEXT, article

READER = katanya.Reader()
MODEL = model_folder("default")


def test_the_door_is_small():
    """The public door has no more than twelve names, and each of them is there."""
    assert len(katanya.__all__) <= 12
    assert all(hasattr(katanya, name) for name in katanya.__all__)


def test_read_returns_statements_that_point_into_the_text():
    """Every span of an article read is the text between its offsets, and the text is the caller's."""
    read = katanya.read(TEXT, published="2025-06-03")
    assert read.text == TEXT
    assert read.document.published == "2025-06-03"
    assert read.statements
    for span in spans_of(read.to_dict()):
        assert read.text[span["start"] : span["end"]] == span["text"]


def test_same_input_same_record():
    """The same article gives the same record, from a new reader as well."""
    assert katanya.Reader().read(TEXT).to_dict() == READER.read(TEXT).to_dict()


def test_keywords_go_before_the_document():
    """What is passed by keyword goes before what the document says of itself; the rest is kept."""
    document = Document(TEXT, id="a", title="Lama", outlet="Kabar Tirta")
    read = READER.read(document, title="Baru", url="https://kabartirta.example/a")
    assert (read.id, read.document.title, read.document.outlet) == ("a", "Baru", "Kabar Tirta")
    assert read.document.url == "https://kabartirta.example/a"


def test_pipe_keeps_order_and_rejects():
    """A pipe gives one outcome for each input, in order, and hands rejected inputs on."""
    lost = Rejected("b", Reason.EMPTY)
    outcomes = list(READER.pipe([Document(TEXT, id="a"), lost, Document(TEXT, id="c")]))
    assert [getattr(outcome, "id", outcome) for outcome in outcomes] == ["a", lost, "c"]


def test_pipe_turns_a_failure_into_a_reject():
    """An article that breaks the reader comes out as rejected, with the error, and the next one is read."""
    broken = Document(None, id="a")  # type: ignore[arg-type]
    first, second = READER.pipe([broken, Document(TEXT, id="b")])
    assert isinstance(first, Rejected)
    assert (first.source, first.reason) == ("a", Reason.FAILED)
    assert "TypeError" in first.detail
    assert not isinstance(second, Rejected)


def test_unknown_language_is_a_pack_error():
    """A language without a pack is refused by name, with those that are there."""
    with pytest.raises(PackError, match=r"'xx'.*known: .*id"):
        katanya.Reader("xx")


def test_to_frame_has_a_statement_a_row():
    """The frame has the table's columns and a row for each statement."""
    frame = katanya.Article.of(article()).to_frame()
    assert tuple(frame.columns) == COLUMNS
    assert list(frame["statement"]) == ["s1", "s2", "s3", "s4", "s5"]
    assert frame["role"][0] == "Camat"


def test_to_frame_without_pandas_says_what_to_install(monkeypatch):
    """Without pandas the error names the extra to install."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtra, match=r"katanya\[frames\]"):
        katanya.Article.of(article()).to_frame()


def test_notebook_shows_the_marked_article():
    """A notebook gets the marked article as HTML without a page around it."""
    shown = katanya.Article.of(article())._repr_html_()
    assert shown.startswith('<div class="katanya">')
    assert "<mark" in shown


def spans_of(value):
    """Yield every span of a record."""
    if isinstance(value, dict):
        if value.keys() == {"start", "end", "text"}:
            yield value
        for inner in value.values():
            yield from spans_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans_of(inner)


words = st.text(max_size=12)
maybe = st.none() | words
offsets = st.tuples(st.integers(0, 90), st.integers(0, 9)).map(lambda pair: (pair[0], sum(pair)))
span = st.builds(lambda at, text: Span(*at, text), offsets, words)
many_spans = st.lists(span, max_size=3).map(tuple)
numbers = st.none() | st.floats(allow_nan=False, allow_infinity=False)
flags = st.lists(words, max_size=2).map(tuple)
some = words.filter(bool)
times = st.builds(
    Time, span, st.sampled_from(TimeType), words, maybe, maybe, maybe, maybe, maybe, flags, words,
    quantifier=maybe, frequency=maybe,
)  # fmt: skip
things = st.builds(Comparison, span, words, words, numbers, numbers, maybe, words)
figures = st.builds(
    Figure, span, numbers, numbers, maybe, st.none() | span, st.none() | span, st.none() | span, some,
    change=maybe, compared=st.none() | things, flags=flags, because=words,
)  # fmt: skip
places = st.builds(Place, span, maybe, maybe, maybe, maybe, numbers, numbers, some, flags, words)
statements = st.builds(
    Statement,
    words,
    st.sampled_from(Kind),
    st.sampled_from(Act),
    st.none() | span,
    st.none() | span,
    many_spans,
    maybe,
    st.sampled_from(SpeakerKind),
    st.none() | span,
    st.none() | span,
    st.none() | span,
    maybe,
    figures=st.lists(figures, max_size=2).map(tuple),
    times=st.lists(times, max_size=2).map(tuple),
    places=st.lists(places, max_size=2).map(tuple),
    confidence=st.none() | st.floats(0, 1),
    because=st.lists(words, max_size=2).map(tuple),
)
articles = st.builds(
    Article,
    st.builds(Document, words, words, maybe, maybe, maybe, maybe, maybe),
    st.lists(statements, max_size=3).map(tuple),
    st.lists(st.builds(Person, words, maybe, maybe, many_spans), max_size=2).map(tuple),
)


@given(articles)
def test_records_survive_the_way_through_a_dict(made):
    """A record written and loaded again is the same record, through JSON as well."""
    assert Article.from_dict(made.to_dict()) == made
    assert Article.from_dict(json.loads(json.dumps(made.to_dict()))) == made


FAULTS = {
    "no text": ({"id": "a"}, "'text' is None"),
    "text is a number": ({"id": "a", "text": 3}, "'text' is 3"),
    "statements is an object": ({"id": "a", "text": "", "statements": {}}, "'statements' is {}"),
    "a statement is a string": ({"id": "a", "text": "", "statements": ["x"]}, "list of objects"),
    "an act that does not exist": (
        {"id": "a", "text": "", "statements": [{"id": "s", "kind": "direct", "act": "shouting"}]},
        "'act' is 'shouting'",
    ),
    "a person without a name": ({"id": "a", "text": "", "people": [{}]}, "'name' is None"),
    "a span that ends before it starts": (
        {"id": "a", "text": "", "people": [{"name": "x", "mentions": [{"start": 2, "end": 1, "text": ""}]}]},
        "'mentions' is",
    ),
}


@pytest.mark.parametrize(("record", "says"), FAULTS.values(), ids=FAULTS)
def test_a_broken_record_names_the_field(record, says):
    """A record that breaks the contract is refused with the name of the field."""
    with pytest.raises(RecordError, match=says):
        Article.from_dict(record)


def test_the_model_is_small() -> None:
    """The default model takes less than 40 MB on disk."""
    assert sum(path.stat().st_size for path in MODEL.rglob("*") if path.is_file()) < 40e6


@pytest.mark.skipif(sys.platform != "linux", reason="resident memory is read from /proc")
def test_reading_takes_little_memory() -> None:
    """Reading an article with the default model takes less than 600 MB of resident memory at its highest."""
    asked = "import katanya; katanya.read('Stok aman, kata Rini Wulandari.'); print(open('/proc/self/status').read())"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    highest = next(line for line in done.stdout.splitlines() if line.startswith("VmHWM:"))
    assert int(highest.split()[1]) * 1024 < 600e6


def test_a_content_holds_the_bracket_that_closes_one_inside():
    """A content that opens a bracket is not cut before it closes, and the date between them is read."""
    text = (
        "Kapolres Lontar AKBP Yudistira Manggala menyatakan korban tewas banjir Lontar sembilan orang, "
        "Kamis (16/1/2025)."
    )
    (said,) = katanya.read(text).statements
    assert said.contents[-1].text.endswith("(16/1/2025)")
    assert [time.value for time in said.times] == ["2025-01-16"]
