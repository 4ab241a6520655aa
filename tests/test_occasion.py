"""When, where and on what occasion something was said, and where time expressions begin and end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from katanya.attribution.drafts import Draft, Range
from katanya.attribution.moments import MomentReader
from katanya.attribution.occasion import OccasionReader
from katanya.core.analysis import Analysis, Sentence
from katanya.core.records import Document, Kind
from katanya.lang.pack import load_pack
from katanya.lang.tokens import tokenize

PACK = load_pack("id")
MOMENTS = MomentReader(PACK)
READER = OccasionReader(PACK)

WHOLE = [
    "Senin (13/4/2020)", "Selasa, 1 Juli 2025", "Rabu (6/2)", "Jumat (12/3/2021) malam", "Senin", "kemarin",
    "13 Mei 2022", "pukul 10.00 WIB", "pada Senin (5/5)", "hari ini", "Minggu malam", "pekan lalu",
    "kemarin malam", "tadi malam", "Kamis, (31/3/2022)", "Selasa malam (21/11)", "Rabu (23/7) dini hari",
    "Jumat (28/6) waktu setempat", "Senin pekan lalu", "Sabtu (1/11/2025) pukul 20.00 WIB",
    "awal Januari lalu", "dua hari lalu", "beberapa waktu lalu", "pada 2017", "2011 silam",
]
PART = [
    ("Senin di Palu", "Senin"), ("Kamis (9/4/2020), kapal itu", "Kamis (9/4/2020)"),
    ("tadi ia pergi", "tadi"), ("pada 2019 pabrik itu tutup", "pada 2019"),
]
NONE = ["pada warga", "di Palu", "minggu", "12 kapal", "Mei", "saat hujan", "2.500 orang", "("]


def moment(text: str) -> str | None:
    """Return the time expression that a text begins with."""
    tokens = tokenize(text)
    end = MOMENTS.time_at(tokens, 0, len(tokens))
    return text[: tokens.ends[end - 1]] if end else None


@pytest.mark.parametrize("text", WHOLE)
def test_moment(text: str) -> None:
    """A time expression is read whole: day, date in brackets, part of the day, clock."""
    assert moment(text) == text


@pytest.mark.parametrize(("text", "expected"), PART)
def test_moment_ends(text: str, expected: str) -> None:
    """A time expression ends where its shape ends."""
    assert moment(text) == expected


@pytest.mark.parametrize("text", NONE)
def test_no_moment(text: str) -> None:
    """Prepositions, small weeks, numbers and bare months are no time expressions."""
    assert moment(text) is None


WORDS = [
    "Senin", "(", ")", ",", "13/4", "1", "Mei", "2020", "10.00", "WIB", "pada", "lalu", "malam",
    "di", "Palu", ".",
]


@given(st.lists(st.sampled_from(WORDS)))
def test_moment_bounds(words: list[str]) -> None:
    """A time expression lies inside the range it is looked for in, whatever the words."""
    tokens = tokenize(" ".join(words))
    for index in range(len(tokens)):
        for last in (index + 1, len(tokens)):
            end = MOMENTS.time_at(tokens, index, last)
            assert end is None or index < end <= last


def analysis_of(text: str) -> Analysis:
    """Return an analysis that takes the text for one sentence."""
    tokens = tokenize(text)
    return Analysis(Document(text), tokens, [(0, len(tokens))], [Sentence(0, len(tokens), 0)])


def found(text: str, words: str) -> Range:
    """Return the tokens of words in a text."""
    tokens = tokenize(text)
    start = text.index(words)
    return tokens.starts.index(start), tokens.ends.index(start + len(words)) + 1


def occasion(text: str, content: str, cue: str, source: str) -> tuple[str | None, ...]:
    """Return time, place and event of a statement given its parts as written."""
    analysis = analysis_of(text)
    draft = Draft(Kind.INDIRECT, [found(text, content)], 0, cue=found(text, cue), source=found(text, source))
    READER.read(analysis, draft)
    tokens = analysis.tokens
    return tuple(
        text[tokens.starts[part[0]] : tokens.ends[part[1] - 1]] if part else None
        for part in (draft.time, draft.place, draft.event)
    )


SAID = "Air sudah surut"
AFTER_CUE = [
    ("saat ditemui di Pasar Beru, Kota Palu, Selasa, 1 Juli 2025.",
     ("Selasa, 1 Juli 2025", "di Pasar Beru, Kota Palu", "saat ditemui")),
    ("dalam keterangan tertulis, Jumat (3/4).", ("Jumat (3/4)", None, "dalam keterangan tertulis")),
    ("kepada wartawan di Palu, Senin (6/4/2020).", ("Senin (6/4/2020)", "di Palu", None)),
    ("usai rapat terbatas.", (None, None, "usai rapat terbatas")),
    ("melalui sambungan telepon kemarin.", ("kemarin", None, "melalui sambungan telepon")),
    ("dalam pesan yang diterima di Palu, Sabtu.", ("Sabtu", None, "dalam pesan yang diterima di Palu")),
    ("dikutip dari Harian Beru, Rabu (8/4).", (None, None, None)),
    ("dalam seminar air bersih, Palu, Kamis (9/4).", ("Kamis (9/4)", "Palu", "dalam seminar air bersih")),
    ("sambil menunjuk sungai di belakang rumah.", (None, None, None)),
    (".", (None, None, None)),
]


@pytest.mark.parametrize(("rest", "expected"), AFTER_CUE)
def test_after_cue(rest: str, expected: tuple[str | None, ...]) -> None:
    """Time, place and event follow cue and source in a chain; the date of a citation is not theirs."""
    assert occasion(f"{SAID}, kata Wirya {rest}", SAID, "kata", "Wirya") == expected


BEFORE_CUE = [
    ("Dalam sambutannya, Wirya mengatakan", (None, None, "Dalam sambutannya")),
    ("Namun, Senin (6/4), Wirya mengatakan", ("Senin (6/4)", None, None)),
    ("Wirya, saat meninjau bendungan di Beru, Sabtu (4/4), mengatakan",
     ("Sabtu (4/4)", "di Beru", "saat meninjau bendungan")),
    ("Di sisi lain, Wirya mengatakan", (None, None, None)),
    ("Setelah hujan reda, Wirya mengatakan", (None, None, None)),
]


@pytest.mark.parametrize(("lead", "expected"), BEFORE_CUE)
def test_before_cue(lead: str, expected: tuple[str | None, ...]) -> None:
    """An occasion may open the sentence or part source and cue; other adverbials don't count."""
    said = "air sudah surut pada Minggu"
    assert occasion(f"{lead} {said}.", said, "mengatakan", "Wirya") == expected


TRAILING = [
    ("air sudah surut saat ditemui di Palu, Kamis (9/4)", "air sudah surut"),
    ("jalan itu aman dalam konferensi pers di Palu", "jalan itu aman"),
    ("kapal itu tiba di Palu, Kamis (9/4)", "kapal itu tiba di Palu, Kamis (9/4)"),
    ("air naik setelah hujan lebat", "air naik setelah hujan lebat"),
]


@pytest.mark.parametrize(("text", "content"), TRAILING)
def test_trailing(text: str, content: str) -> None:
    """Only an event of telling ends indirect content; a bare time or place belongs to what was said."""
    analysis = analysis_of(text)
    end = READER.trailing(analysis, 0, len(analysis.tokens))
    assert text[: analysis.tokens.ends[end - 1]] == content


LEADING = [
    ("kepada wartawan di Palu, Senin (1/2), air sudah surut", "air sudah surut"),
    (", Senin (1/2), air sudah surut", "air sudah surut"),
    ("kepada warga bahwa air sudah surut", "bahwa air sudah surut"),
    ("pada Rabu bahwa air sudah surut", "bahwa air sudah surut"),
    ("secara terbuka bahwa air sudah surut", "bahwa air sudah surut"),
    ("air sudah surut di Palu", "air sudah surut di Palu"),
    ("pada 2016, air pernah surut", "pada 2016, air pernah surut"),
    ("saat ini air sudah surut", "saat ini air sudah surut"),
]


@pytest.mark.parametrize(("text", "content"), LEADING)
def test_leading(text: str, content: str) -> None:
    """An addressee and a dated occasion are passed over before content; what content opens with is not."""
    analysis = analysis_of(text)
    assert text[analysis.tokens.starts[READER.leading(analysis, 0, len(analysis.tokens))] :] == content
