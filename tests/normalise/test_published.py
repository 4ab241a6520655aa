"""Printed dates as one clock: whatever zone they name, in words or in digits."""

import pytest

from katanya import Reader
from katanya.api import dated

PRINTED = [
    ("Mon, 12 Sep 2022 06:00:00 WIB", "2022-09-12T06:00"),
    ("Senin, 12 September 2022 | 00:30 WITA", "2022-09-11T23:30"),
    ("Senin, 12/09/2022 06:00 WIT", "2022-09-12T04:00"),
    ("12 Sep 2022 01:00 (Waktu Indonesia Timur)", "2022-09-11T23:00"),
    ("2022-09-12 06:00 wita", "2022-09-12T05:00"),
    ("Sun, 11 Sep 2022 23:30:00 GMT", "2022-09-12T06:30"),
    ("Sun, 11 Sep 2022 23:30:00 UTC", "2022-09-12T06:30"),
    ("Mon, 12 Sep 2022 06:00:00 +0700", "2022-09-12T06:00"),
    ("Mon, 12 Sep 2022 06:00:00 +0000", "2022-09-12T13:00"),
    ("2022-09-12T06:00:00.000+09:00", "2022-09-12T04:00"),
    ("Senin, 12 Sep 2022 06.00 WIB, diperbarui 13 Sep", "2022-09-12T06:00"),
    ("Senin, 12 September 2022", "2022-09-12"),
]


@pytest.mark.parametrize(("printed", "expected"), PRINTED)
def test_a_printed_date_is_told_by_the_clock_of_most_outlets(printed, expected):
    """A zone in words counts as its offset in digits does."""
    assert dated(printed) == expected


@pytest.mark.parametrize(
    ("printed", "today"),
    [
        ("Senin, 12 September 2022 00:30 WITA", "2022-09-12"),
        ("2022-09-12T00:30:00+09:00", "2022-09-12"),
        ("Sun, 11 Sep 2022 23:30:00 GMT", "2022-09-12"),
    ],
)
def test_the_today_of_an_article_is_by_the_outlets_own_clock(printed, today):
    """Only what a machine stamped in UTC is moved."""
    values = Reader(model=None).values("Camat datang hari ini.", published=printed)
    assert [time.value for time in values.times] == [today]
