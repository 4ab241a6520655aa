"""The interface in its languages: words, dates, numbers, and who gets which."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from katanya.core.errors import PackError
from katanya.web import catalogue as words
from katanya.web.catalogue import LANGUAGES, Catalogue, catalogue, differences, preferred
from katanya.web.format import Formats

TEMPLATES = Path(words.__file__).parent / "templates"
CALL = re.compile(r"\bt(\.count)?\([\"']([a-z_]+\.[a-z_]+)[\"'][,)]")
ID, EN = (Formats(catalogue(language)) for language in ("id", "en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_the_same_words(language):
    """Every key is in each language, with the same values to fill in."""
    assert differences(catalogue(LANGUAGES[0]), catalogue(language)) == []


def test_a_missing_word_is_found():
    """A key or a value that only one language has is told."""
    one = Catalogue("id", {"a": "x", "b": "{n} y", "c.other": "z"}, {"m": ("x", "y")})
    other = Catalogue("en", {"a": "x", "b": "y", "c.one": "z", "c.other": "z", "d": "q"}, {"m": ("x",)})
    assert differences(one, other) == ["b: other values in id than in en", "d: only in en", "m: lists of other lengths"]


def test_templates_ask_for_words_that_there_are():
    """Every key that a template names is in the catalogue."""
    known = catalogue("id").words
    found = {
        (path.name, f"{key}.other" if count else key)
        for path in TEMPLATES.glob("*.html")
        for count, key in CALL.findall(path.read_text(encoding="utf-8"))
    }
    assert len(found) > 150
    assert [(name, key) for name, key in sorted(found) if key not in known] == []


def test_no_word_is_left_over():
    """Every key is asked for by a template or a page."""
    folder = TEMPLATES.parent
    source = "".join(path.read_text(encoding="utf-8") for path in [*folder.rglob("*.html"), *folder.rglob("*.py")])
    # Those of closed sets are put together from a value: the kind of a statement, the status of an error.
    closed = {"kind", "act", "speaker_kind", "target", "change", "field", "origin", "by", "side", "unit", "reason",
              "aspect", "why", "format", "help", "nav", "theme", "error"}  # fmt: skip
    keys = {key.removesuffix(".one").removesuffix(".other") for key in catalogue("id").words}
    assert sorted(key for key in keys if key.split(".")[0] not in closed and key not in source) == []


def test_an_unknown_language_is_refused():
    """A language without words is an error that names those that there are."""
    with pytest.raises(PackError, match="id, en"):
        catalogue("xx")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_plain_data(language):
    """The file of a language is TOML, and its words hold no markup."""
    text = (words.FOLDER / f"{language}.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)
    assert not re.search(r"<[a-z/]", text)


@pytest.mark.parametrize(
    ("header", "chosen", "language"),
    [
        (None, None, "id"),
        ("en", None, "en"),
        ("en-GB,en;q=0.9,id;q=0.8", None, "en"),
        ("id-ID,id;q=0.9,en-US;q=0.8", None, "id"),
        ("de,fr;q=0.5", None, "id"),
        ("de,en;q=0.3,id;q=0.4", None, "id"),
        ("en;q=0", None, "id"),
        ("en;q=x, ,;;=,", None, "id"),
        ("id", "en", "en"),
        ("en", "xx", "en"),
    ],
)
def test_the_browser_chooses_the_language(header, chosen, language):
    """A choice that was made goes first, then the browser's languages by their weight, then Indonesian."""
    assert preferred(header, chosen) == language


@given(st.text(max_size=200), st.none() | st.text(max_size=20))
def test_any_header_gives_a_language(header, chosen):
    """No header is an error."""
    assert preferred(header, chosen) in LANGUAGES


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (0, "0", "0"),
        (7, "7", "7"),
        (1250, "1.250", "1,250"),
        (-1250, "−1.250", "−1,250"),
        (2.5, "2,5", "2.5"),
        (332600000000000, "332.600.000.000.000", "332,600,000,000,000"),
        (0.1 + 0.2, "0,3", "0.3"),
        (None, "", ""),
    ],
)
def test_numbers_in_the_languages_manner(value, indonesian, english):
    """Digits stand in threes with the marks of the language."""
    assert (ID.number(value), EN.number(value)) == (indonesian, english)


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [(21, 21, "21"), (20, None, "≥ 20"), (None, 20, "≤ 20"), (20, 99, "20–99"), (None, None, "")],
)
def test_bounds_stay_bounds(low, high, shown):
    """An open side is shown as open, and nothing is made of what is unknown."""
    assert ID.bounds(low, high) == shown


@pytest.mark.parametrize(
    ("moment", "indonesian", "english"),
    [
        ("2025-01-14T10:15:00+07:00", "14 Januari 2025, 10.15 WIB", "14 January 2025, 10:15 WIB (UTC+7)"),
        ("2025-01-14T10:15", "14 Januari 2025, 10.15", "14 January 2025, 10:15"),
        ("2025-12-02T06:30+08:00", "2 Desember 2025, 06.30 WITA", "2 December 2025, 06:30 WITA (UTC+8)"),
        ("2025-05-01T00:00Z", "1 Mei 2025, 00.00 UTC", "1 May 2025, 00:00 UTC"),
        ("2025-05-01T09:00-0330", "1 Mei 2025, 09.00 -03:30", "1 May 2025, 09:00 -03:30"),
        ("2025-01-14", "14 Januari 2025", "14 January 2025"),
        ("2022-11", "November 2022", "November 2022"),
        ("2022", "2022", "2022"),
        ("kemarin", "kemarin", "kemarin"),
        ("2025-02-31", "2025-02-31", "2025-02-31"),
        ("2025-13-01", "2025-13-01", "2025-13-01"),
        (None, "", ""),
    ],
)
def test_dates_in_the_languages_manner(moment, indonesian, english):
    """A date is as fine as it was told, with its zone where it has one; what is none stays as it is."""
    assert (ID.date(moment), EN.date(moment)) == (indonesian, english)


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        ("P3D", "3 hari", "3 days"),
        ("P1Y", "1 tahun", "1 year"),
        ("P1Y6M", "1 tahun 6 bulan", "1 year 6 months"),
        ("PT24H", "24 jam", "24 hours"),
        ("PT1H30M", "1 jam 30 menit", "1 hour 30 minutes"),
        ("P2.5W", "2,5 minggu", "2.5 weeks"),
        ("PXY", "beberapa tahun", "some years"),
        ("PRESENT_REF", "waktu kini", "at present"),
        ("XXXX-12-25", None, None),
        ("P", None, None),
        ("PT", None, None),
        ("P1.2.3D", None, None),
    ],
)
def test_times_without_a_date_in_words(value, indonesian, english):
    """How long something takes, and whether it was, is or will be, is told in words; nothing else is."""
    assert (ID.time(value), EN.time(value)) == (indonesian, english)


def test_periods_tell_one_day_once():
    """Two ends of one day are one day."""
    assert ID.period("2025-03-08T07:00", "2025-03-08T21:00") == "8 Mar. 2025"
    assert ID.period("2025-03-08", "2025-11-03") == "8 Mar. 2025 – 3 Nov. 2025"
    assert EN.period(None, "2025-11-03", short=False) == "3 November 2025"


def test_shares_are_as_fine_as_they_need_to_be():
    """An interval shows one decimal, two where its ends would look the same."""
    assert (ID.percent(0.6667), EN.percent(0.6667)) == ("66,7\N{NO-BREAK SPACE}%", "66.7%")
    assert ID.share(0.048, 0.138) == "4,8–13,8\N{NO-BREAK SPACE}%"
    assert ID.share(0.0016, 0.0021) == "0,16–0,21\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(
    ("typed", "value"), [("1.250", 1250), ("2,5", 2.5), ("", None), (" 87.400.000 ", 87400000), ("−3", -3), ("12", 12)]
)
def test_typed_numbers_are_read_in_the_languages_manner(typed, value):
    """What somebody types is the number that the page would show so."""
    assert ID.parsed(typed) == value


@pytest.mark.parametrize("typed", ["1.25", "1,250.5", "lima", "1e5", "nan", "٣", "1.2500", "--3"])
def test_typed_words_are_no_numbers(typed):
    """Anything else is refused, and never guessed."""
    with pytest.raises(ValueError, match=re.escape(typed)):
        ID.parsed(typed)


@given(st.integers(-(10**12), 10**12) | st.decimals(-1000, 1000, places=3).map(float))
def test_what_is_shown_is_read_back(value):
    """Every number that is shown, typed again, is the same number."""
    assert ID.parsed(ID.number(value)) == pytest.approx(value)
    assert EN.parsed(EN.number(value)) == pytest.approx(value)


@given(st.text(max_size=40))
def test_any_date_is_shown(moment):
    """No date is an error."""
    assert isinstance(ID.date(moment), str)
