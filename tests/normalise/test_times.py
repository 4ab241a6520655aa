"""Times as data: each line of the corpora is a test, and no text makes the reader stumble."""

from datetime import date, datetime
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from katanya.core.values import Time
from katanya.lang.pack import load_pack
from katanya.lang.tokens import openers_of, tokenize
from katanya.normalise.times.reader import TimeReader

CORPUS = Path(__file__).parents[1] / "fixtures" / "times"
PACK = load_pack("id")
OPENERS = openers_of(PACK)
READER = TimeReader(PACK)
# What the cells behind type and value hold, in each corpus.
CELLS = ("from", "to", "mod")
FURTHER = {"sets": ("quantifier", "frequency"), "ambiguous": ("flags",)}


def read(text: str, published: str | date | None = None) -> tuple[Time, ...]:
    """Return the times of a text."""
    return READER.read(text, tokenize(text, OPENERS), published)


def lines(name: str) -> list[tuple[str | None, list[str]]]:
    """Return the lines of a corpus as cells, each with the day of publication that stands above it."""
    published: str | None = None
    found = []
    for line in (CORPUS / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            published = line[2:] if line != "@ -" else None
        elif line and not line.startswith("#"):
            found.append((published, line.split("\t")))
    return found


def cases() -> list[object]:
    """Return a case for each line that holds a time."""
    names = sorted(path.stem for path in CORPUS.glob("*.tsv") if path.stem != "nothing")
    return [
        pytest.param(name, published, cells, id=f"{name}:{published}:{cells[0]}")
        for name in names for published, cells in lines(name)
    ]


@pytest.mark.parametrize(("name", "published", "cells"), cases())
def test_a_time_is_read_as_it_is_meant(name, published, cells):
    """A sentence with one time gives that time and no other: span, type, value, interval and modifier."""
    marked, kind, value, *rest = cells
    before, span, after = marked.replace("]]]", "]\0]]").replace("[[", "\1", 1).replace("]]", "\1", 1).split("\1")
    expected = dict.fromkeys((*CELLS, *FURTHER.get(name, ())))
    expected |= {cell: value if text == "=" else None if text == "-" else text
                 for cell, text in zip(expected, rest, strict=False)}
    (time,) = read(f"{before}{span}{after}".replace("\0", ""), published)
    record = time.to_dict()
    seen = {"from": record["from"], "to": record["to"], "mod": record["modifier"]}
    for cell in FURTHER.get(name, ()):
        seen[cell] = ",".join(record[cell]) or None if cell == "flags" else record[cell]
    assert (time.span.text, time.type, time.value) == (span.replace("\0", ""), kind, value)
    assert seen == expected


@pytest.mark.parametrize(("published", "cells"), lines("nothing"), ids=lambda value: value[0] if value else None)
def test_what_only_looks_like_a_time_is_none(published, cells):
    """Numbers, names and words that are no times give nothing."""
    assert read(cells[0], published) == ()


def test_the_corpora_are_as_large_as_they_are_meant_to_be():
    """There are at least 600 lines, a hundred of them without a time."""
    assert len(cases()) + len(lines("nothing")) >= 600
    assert len(lines("nothing")) >= 100


# A text, what it is published as, and the values with what each is counted from.
ANCHORS = [
    ("Api padam kemarin.", "2020-05-06", [("2020-05-05", "published")]),
    ("Api padam kemarin.", date(2020, 5, 6), [("2020-05-05", "published")]),
    ("Api padam kemarin.", "bukan tanggal", [("XXXX-XX-XX", None)]),
    ("Api padam kemarin.", None, [("XXXX-XX-XX", None)]),
    ("Camat tiba, Selasa (5/5/2020). Api padam kemarin.", None, [("2020-05-05", None), ("2020-05-04", "text:12")]),
    ("Lebak, 5 Mei 2020 - Api padam hari ini.", None, [("2020-05-05", None), ("2020-05-05", "text:7")]),
    ("Camat tiba Selasa (5/5). Api padam pukul 10.00.", "2020-05-06",
     [("2020-05-05", "published"), ("2020-05-05T10:00", "text:11")]),
    ("Api padam pukul 10.00, Selasa (5/5).", "2020-05-06",
     [("2020-05-05T10:00", "text:23"), ("2020-05-05", "published")]),
    ("Ia lahir 5 Mei 2010. Tiga hari kemudian ia pulang.", "2020-05-06",
     [("2010-05-05", None), ("2010-05-08", "text:9")]),
    ("Ia lahir 5 Mei 2010. Sehari sebelumnya hujan.", "2020-05-06", [("2010-05-05", None), ("2010-05-04", "text:9")]),
    ("Ia lahir 5 Mei 2010. Keesokan harinya hujan.", "2020-05-06", [("2010-05-05", None), ("2010-05-06", "text:9")]),
    ("Ia lahir 5 Mei 2010. Pada hari itu hujan.", "2020-05-06", [("2010-05-05", None), ("2010-05-05", "text:9")]),
    ("Ia lahir 5 Mei 2010. Malam itu hujan.", "2020-05-06", [("2010-05-05", None), ("2010-05-05TNI", "text:9")]),
    ("Ia lahir pada 2010. Dua tahun kemudian ia pindah.", "2020-05-06", [("2010", None), ("2012", "text:14")]),
    ("Ia lahir pada 2010. Tahun itu sulit.", "2020-05-06", [("2010", None), ("2010", "text:14")]),
    ("Ia lahir pada 2010. Tahun sebelumnya sulit.", "2020-05-06", [("2010", None), ("2009", "text:14")]),
    ("Ia lahir pada 2010. Tiga hari kemudian ia pindah.", "2020-05-06", [("2010", None), ("XXXX-XX-XX", None)]),
    ("Ia tiba Kamis (2/1). Api padam pukul 09.00.", None, [("XXXX-01-02", None), ("XXXX-01-02T09:00", None)]),
    ("Pameran dari 10 Mei hingga 12 Mei 2019.", "2020-05-06", [("2019-05-10", None), ("2019-05-12", None)]),
    ("Pameran dari 28 Desember hingga 2 Januari 2019.", "2020-05-06", [("2018-12-28", None), ("2019-01-02", None)]),
    ("Berlaku sejak 24 Februari hingga kini.", "2020-05-06", [("2020-02-24", "published"), ("PRESENT_REF", None)]),
    ("Naik dari Januari hingga Maret 2019.", "2020-05-06", [("2019-01", None), ("2019-03", None)]),
    ("Balai buka setiap Senin dan Kamis.", "2020-05-06", [("XXXX-WXX-1", None), ("XXXX-WXX-4", None)]),
    ("Balai buka Senin-Rabu. Loket buka pukul 10.00-12.00.", "2020-05-06",
     [("2020-05-04/2020-05-06", "published"), ("2020-05-06T10:00/2020-05-06T12:00", "published")]),
    ("Ia tiba Kamis (2/1). Loket buka pukul 22.00-02.00.", None,
     [("XXXX-01-02", None), ("XXXX-01-02T22:00/XXXX-01-02T02:00", None)]),
    ("Rapat digelar sejak Senin hingga Jumat.", "2020-05-06", [("2020-05-04", "published"), ("2020-05-08", "text:20")]),
    ("Operasi digelar sejak Jumat hingga Selasa.", "2020-05-06",
     [("2020-05-01", "published"), ("2020-05-05", "published")]),
    ("Pameran akan digelar dari Sabtu hingga Minggu.", "2020-05-06",
     [("2020-05-09", "published"), ("2020-05-10", "published")]),
    ("Api muncul Selasa malam. Warga pulang pukul 05.30.", "2020-05-06",
     [("2020-05-05TNI", "published"), ("2020-05-06T05:30", "text:11")]),
    ("Api muncul Selasa malam. Sebelumnya, pukul 05.30, warga berkumpul.", "2020-05-06",
     [("2020-05-05TNI", "published"), ("2020-05-05T05:30", "text:11")]),
    ("Api muncul Selasa malam. Warga antre pukul 09.00.", "2020-05-06",
     [("2020-05-05TNI", "published"), ("2020-05-05T09:00", "text:11")]),
    ("Api muncul Rabu malam. Warga pulang pukul 05.30.", "2020-05-06",
     [("2020-05-06TNI", "published"), ("2020-05-06T05:30", "text:11")]),
    ("Api muncul Selasa pukul 23.40. Api padam pukul 02.15.", "2020-05-06",
     [("2020-05-05T23:40", "published"), ("2020-05-06T02:15", "text:11")]),
    ("Api muncul Selasa tengah malam. Tim tiba pukul 03.00.", "2020-05-06",
     [("2020-05-05T24:00", "published"), ("2020-05-06T03:00", "text:11")]),
    ("Hujan turun Selasa malam hingga dini hari.", "2020-05-06",
     [("2020-05-05TNI", "published"), ("2020-05-06TNI", "text:12")]),
    ("Hujan akan turun besok malam hingga pagi.", "2020-05-06",
     [("2020-05-07TNI", "published"), ("2020-05-08TMO", "text:17")]),
    ("Api muncul Selasa malam. Paginya, warga pulang.", "2020-05-06",
     [("2020-05-05TNI", "published"), ("2020-05-06TMO", "text:11")]),
    ("Balai buka setiap hari mulai pukul 7 pagi.", "2020-05-06", [("P1D", None), ("XXXX-XX-XXT07:00", None)]),
]


@pytest.mark.parametrize(("text", "published", "expected"), ANCHORS)
def test_a_time_says_what_it_is_counted_from(text, published, expected):
    """Relative times are counted from the publication or from a time of the text, and say from which."""
    assert [(time.value, time.anchor) for time in read(text, published)] == expected


# How outlets print the day of publication, and the day that "hari ini" then is.
PRINTED = [
    ("2020-05-06", "2020-05-06"), ("2020/05/06 08:09:53", "2020-05-06"), ("2020-05-06 16:48:00", "2020-05-06"),
    ("2020-05-06T10:00:00+07:00", "2020-05-06"), ("2020-05-06T18:00:00+00:00", "2020-05-07"),
    ("2019-08-26T16-20-42Z", "2019-08-26"), ("2019-08-26T17-20-42Z", "2019-08-27"),
    ("2015-11-18T16:28:00.000+0000", "2015-11-18"), ("25-10-2023", "2023-10-25"), ("2-4-2022", "2022-04-02"),
    ("25Oct2025", "2025-10-25"), ("02Nov2025", "2025-11-02"), ("24 Okt 2018", "2018-10-24"),
    ("06 Mei 2020", "2020-05-06"),
    ("Selasa, 13 Sep 2022 10:15 WIB", "2022-09-13"), ("Rabu, 13 Desember 2023, 17:58 WIB", "2023-12-13"),
    ("Senin 11 Mei 2020 04:30 WIB", "2020-05-11"), ("Senin, 11 Mei  2026 21:43 WIB", "2026-05-11"),
    ("10/21/2025 20:54", "2025-10-21"), ("21/10/2025 20:54", "2025-10-21"),
    ("Kompas.com - 12/05/2024, 14:51 WIB", "2024-05-12"),
    ("Kompas.com- Diperbarui 03/07/2025, 17:49 WIB", "2025-07-03"),
    ("02/02/2019, 15:25 WIB", "2019-02-02"), ("Thursday, 07 September 2017", "2017-09-07"),
    ("Senin, 04 Februari 2019 / 14:26 WIB", "2019-02-04"), ("1591438860000", "2020-06-06"),
    ("13+December+2018", "2018-12-13"), ("Jum'at, 01 Mei 2020 - 16:24 WIB", "2020-05-01"),
    ("01 Jun 25 | 15:30", "2025-06-01"), ("8 Sep 2017 | 12:22 WIB", "2017-09-08"),
    ("Wed, 05 Aug 2026 00:25:01 +0700", "2026-08-05"), ("May 6, 2020", "2020-05-06"),
    ("Kamis,  12 Mei 2016  ?  14:38 WIB", "2016-05-12"),
    ("7/9/2025 15:00", "XXXX-XX-XX"), ("1 jam lalu", "XXXX-XX-XX"), ("321.51rb", "XXXX-XX-XX"), ("", "XXXX-XX-XX"),
    ("2020-02-31", "XXXX-XX-XX"), ("9" * 5000, "XXXX-XX-XX"),
]


@pytest.mark.parametrize(("printed", "day"), PRINTED)
def test_the_day_of_publication_is_read_as_outlets_print_it(printed, day):
    """The publication is read in every form that outlets print; what cannot be read is unknown."""
    (time,) = read("Camat datang hari ini.", printed)
    assert time.value == day


# Day or month first: only the text can tell.
SETTLED = [
    ("Camat datang, Senin (7/7/2025). Hari ini hujan.", "2025-07-09"),
    ("Camat datang, Minggu (7/9/2025). Hari ini hujan.", "2025-09-07"),
    ("Camat datang, Rabu (9/7). Hari ini hujan.", "2025-07-09"),
    ("Camat datang. Hari ini hujan.", "XXXX-XX-XX"),
]


@pytest.mark.parametrize(("text", "day"), SETTLED)
def test_day_and_month_of_the_publication_are_settled_by_the_text(text, day):
    """Where the publication could be two days, a date beside a weekday in the text tells which."""
    assert read(text, "7/9/2025 15:00")[-1].value == day


def test_a_moment_with_a_zone_is_told_in_local_time():
    """A publication with an offset is brought to the country's own day."""
    published = datetime.fromisoformat("2020-05-06T20:00:00+00:00")
    assert read("Camat datang hari ini.", published)[0].value == "2020-05-07"


WORDS = [
    *sorted({word for row in PACK.table("times") for word in row[3].split(", ")}),
    *["5", "2020", "5/5/2020", "(", ")", ",", ".", "-", "10.00", "1990-an", "2-3", "III-2021",
    "31", "0", "99", "Senin", "Mei"],
]
PUBLISHED = st.none() | st.dates() | st.sampled_from([printed for printed, _ in PRINTED]) | st.text(max_size=20)


def check(text: str, published: str | date | None) -> None:
    """Check what holds of every text: offsets are exact, nothing overlaps, no interval ends before it begins."""
    end = 0
    for time in read(text, published):
        assert end <= time.span.start < time.span.end
        assert text[time.span.start : time.span.end] == time.span.text
        assert time.value
        assert time.because
        if time.start is not None and time.end is not None:
            assert time.start <= time.end
        assert Time.from_dict(time.to_dict()) == time
        end = time.span.end


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join), PUBLISHED)
def test_no_row_of_time_words_breaks_the_reader(text, published):
    """Words of times in any order give exact spans that do not overlap, and intervals in order."""
    check(text, published)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), PUBLISHED)
def test_no_text_breaks_the_reader(text, published):
    """Any text at all gives exact spans that do not overlap, and intervals in order."""
    check(text, published)


HOSTILE = [
    "1" * 200_000, "1." * 100_000, "10 - " * 20_000, "(" * 50_000, "5/5/" * 50_000, "dua puluh " * 10_000,
    "akan " * 20_000,
    "setiap hari " + "pukul 10.00 " * 10_000, "5 dan " * 20_000, "H-7 " * 20_000, "lalu " * 50_000, "ratus " * 50_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_hostile_input_takes_no_longer_than_its_length(text):
    """Twice as much of the same takes no more than about twice as long."""
    short, long = (min(_seconds(part) for _ in range(3)) for part in (text[: len(text) // 2], text))
    assert long < 4 * short + 0.05


def _seconds(text: str) -> float:
    tokens = tokenize(text)
    started = process_time()
    READER.read(text, tokens, "2020-05-06")
    return process_time() - started
