"""Figures, case by case: every line of the corpus, and what holds for any text."""

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from katanya.core.spans import Span
from katanya.core.values import Figure, Time, TimeType
from katanya.lang.pack import load_pack
from katanya.lang.tokens import openers_of, tokenize
from katanya.normalise import values
from katanya.normalise.figures.reader import FigureReader

CORPUS = sorted((Path(__file__).parents[1] / "fixtures" / "figures").glob("*.tsv"))
COLUMNS = ["text", "span", "low", "high", "unit", "of", "hedge", "per", "kind", "change"]
NONE = "-"
PACK = load_pack("id")
READER = FigureReader(PACK)
OPENERS = openers_of(PACK)


def read(text: str, times: tuple[Time, ...] = ()) -> tuple[Figure, ...]:
    """Read the figures of a text."""
    return READER.read(text, tokenize(text, OPENERS), times)


def corpus() -> Iterator[pytest.param]:
    """Return each line of the corpus with the number of lines that its text has, and which of them it is."""
    for path in CORPUS:
        lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        assert lines[0] == COLUMNS, path.name
        texts = [cells[0] for cells in lines]
        for number, cells in enumerate(lines[1:], 1):
            count, place = texts.count(cells[0]), texts[:number].count(cells[0])
            yield pytest.param(cells, count, place, id=f"{path.stem}:{number}")


def cells_of(figure: Figure) -> list[str]:
    """Return the words of a figure as its line in the corpus has them."""
    spans = (figure.of, figure.hedge, figure.per)
    words = [span.text if span else NONE for span in spans]
    return [figure.span.text, figure.unit or NONE, *words, figure.kind, figure.change or NONE]


def agrees(value: float | None, cell: str) -> bool:
    """Tell whether a bound is the one of the corpus, within a millionth part."""
    return cell == NONE if value is None else cell != NONE and math.isclose(value, float(cell), rel_tol=1e-5)


@pytest.mark.parametrize(("cells", "count", "place"), list(corpus()))
def test_corpus(cells: list[str], count: int, place: int) -> None:
    """A sentence has the figures of its lines and no other: bounds, unit, hedge, rate, kind, and what each is of."""
    text, span, low, high, unit, of, hedge, per, kind, change = cells
    figures = read(text)
    if span == NONE:
        assert [figure.span.text for figure in figures] == []
        return
    assert len(figures) == count
    figure = figures[place]
    assert cells_of(figure) == [span, unit, of, hedge, per, kind, change]
    assert agrees(figure.low, low), figure.low
    assert agrees(figure.high, high), figure.high


def test_the_corpus_is_large() -> None:
    """The corpus has at least 800 lines, and lines of every sort: positive, negative, ambiguous."""
    lines = {path.stem: path.read_text(encoding="utf-8").count("\n") - 2 for path in CORPUS}
    assert sum(lines.values()) >= 800
    assert {"negative", "ambiguous"} <= lines.keys()


COMPARED = {
    "Wilayah itu setidaknya dua kali lebih besar dari London.": ("London", "London", "area", 3144, None, "kilometer^2"),
    "Lahan yang terbakar dua kali luas London.": ("London", "London", "area", 3144, 3144, "kilometer^2"),
    "Kebun itu setara tiga lapangan bola.": (
        "lapangan bola", "Lapangan sepak bola", "area", 21420, 21420, "meter^2",
    ),
    "Menara itu dua kali tinggi Monas.": ("Monas", "Monas", "height", 264, 264, "meter"),
    "Pulau itu hampir dua kali lebih luas dari Singapura.": (
        "Singapura", "Singapura", "area", None, 1471.4, "kilometer^2",
    ),
}


@pytest.mark.parametrize(("text", "wanted"), COMPARED.items())
def test_comparisons(text: str, wanted: tuple[str, str, str, float | None, float | None, str]) -> None:
    """A comparison with a known thing gives what it comes to by the table, with its source, beside the words."""
    (figure,) = read(text)
    compared = figure.compared
    assert compared is not None
    told = (compared.span.text, compared.name, compared.quantity, compared.low, compared.high, compared.unit)
    assert told == pytest.approx(wanted)
    assert compared.source


@pytest.mark.parametrize("text", ["Ada tiga lapangan bola di desa itu.", "Harganya dua kali lebih mahal dari Paris."])
def test_no_comparison(text: str) -> None:
    """Things that are only counted, and sizes that the table does not know, are compared with nothing."""
    assert [figure.compared for figure in read(text) if figure.compared and figure.compared.quantity != "area"] == []


def test_times_are_no_figures() -> None:
    """An amount inside a time is no figure; a length of time may be what an amount is spread over."""
    text = "Pasukan itu merebut 20 desa dalam 24 jam pada 2020 itu."
    start = text.index("24 jam")
    time = Time(Span.cut(text, start, start + 6), TimeType.DURATION, "PT24H")
    (figure,) = read(text, (time,))
    assert (figure.span.text, figure.per and figure.per.text) == ("20", "24 jam")
    start = text.index("20 desa")
    assert read(text, (Time(Span.cut(text, start, start + 7), TimeType.DATE, "X"), time)) == ()


def test_an_age_is_no_time() -> None:
    """An age is a figure even where the reader of times takes it for a length of time, and then no time any more."""
    found = values("Penata rias berusia 24 tahun itu bekerja selama 3 tahun.")
    assert [(figure.span.text, figure.kind) for figure in found.figures] == [("24 tahun", "age")]
    assert "24 tahun" not in [time.span.text for time in found.times]


def test_a_rule_is_named() -> None:
    """Each figure says by which rules it was read."""
    (figure,) = read("Sedikitnya 1,2 juta warga mengungsi.")
    assert figure.because == "digits, hedge: least, counted behind"


def test_the_record_comes_back() -> None:
    """A figure survives the form of the record, its comparison included."""
    for figure in read("Lahan yang terbakar dua kali luas London, atau sekitar 12 persen dari 30 desa."):
        assert Figure.from_dict(figure.to_dict()) == figure


WORDS = st.sampled_from(sorted({
    word
    for path in CORPUS
    for line in path.read_text(encoding="utf-8").splitlines()
    for word in line.split("\t")[0].split()
}))
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join), st.lists(WORDS, max_size=20).map("".join),
)


@example("0£0")
@example("RP 1-0")
@example("0kedua")
@given(TEXTS)
def test_any_text(text: str) -> None:
    """Whatever the text: no crash, true offsets, low at most high, figures in order and apart, a kind and a rule."""
    figures = read(text)
    last = 0
    for figure in figures:
        for span in (figure.span, figure.of, figure.hedge, figure.per, figure.compared and figure.compared.span):
            assert span is None or (span.start < span.end and text[span.start:span.end] == span.text)
        assert figure.low is None or figure.high is None or figure.low <= figure.high
        assert figure.span.start >= last
        last = figure.span.end
        assert figure.kind
        assert figure.because
    assert figures == read(text)
