"""Where and when a figure is of, and what an answer leaves out, asked of real ledgers of invented events."""

import pytest

from katanya import Document, Ledger, Reader
from katanya.ledger.tracks.answers import Why

READER = Reader(model=None)


def ask(folder, question, *articles, **period):
    """Return the answer of a ledger that holds some articles: outlet, printed date, text."""
    with Ledger.open(folder / "a.ledger", write=True) as ledger:
        ledger.file(
            READER.read(Document(text, f"a{number}", None, outlet, published))
            for number, (outlet, published, text) in enumerate(articles)
        )
        return ledger.track(question, **period)


def figures(answer):
    """Return the figures of each track, sorted."""
    return [sorted(account.low for account in track.accounts) for track in answer]


def left_out(answer):
    """Return what is left out: the lower bound and why."""
    return sorted((one.account.low, one.why) for one in answer.left_out)


def test_what_the_article_tells_itself(tmp_path):
    """A figure that nobody is said to have told is its outlet's account, beside those of speakers."""
    (track,) = ask(
        tmp_path, "korban tewas banjir Lembang",
        ("Kabar Satu", "2025-01-10", "Banjir di Lembang menewaskan 12 orang pada Kamis."),
        ("Kabar Dua", "2025-01-10", "Banjir melanda Lembang. Kepala BPBD Rini Wulandari mengatakan 12 orang tewas."),
    )  # fmt: skip
    assert {(account.source, account.statement is None) for account in track.accounts} == {
        ("Kabar Satu", True), ("Rini Wulandari", False),
    }  # fmt: skip


def test_a_topic_that_stands_only_in_the_body(tmp_path):
    """An article is found by words that stand in no statement of it and not in its title."""
    answer = ask(
        tmp_path, "korban tewas banjir Lembang",
        ("Kabar Satu", "2025-01-10", "Banjir di Lembang surut. Camat Rini Wulandari mengatakan 12 orang tewas."),
        ("Kabar Dua", "2025-01-10", "Warga Lembang berduka setelah banjir. Sebanyak 14 orang tewas."),
    )  # fmt: skip
    assert figures(answer) == [[12, 14]]


def test_other_events_of_a_round_up_are_left_out(tmp_path):
    """A figure of another place is left out with its reason, and so is the headline of a link."""
    answer = ask(
        tmp_path, "korban tewas banjir Semarang",
        ("Kabar Satu", "2025-01-10", "Banjir di Semarang menewaskan 12 orang. Banjir di Medan menewaskan 40 orang."),
        ("Kabar Dua", "2025-01-10",
         "Banjir di Semarang menewaskan 12 orang.\nBaca juga: Banjir Semarang Tewaskan 99 Orang\nPetugas berjaga."),
    )  # fmt: skip
    assert figures(answer) == [[12, 12]]
    assert left_out(answer) == [(40, Why.ELSEWHERE), (99, Why.LINK)]


def test_a_dateline_is_no_place_of_an_event(tmp_path):
    """An article whose only place is that of its desk is of the event that it names."""
    answer = ask(
        tmp_path, "korban tewas banjir Semarang",
        ("Kabar Satu", "2025-01-10", "JAKARTA, Kabar Satu - Banjir besar menewaskan 12 orang.\n" + "Hujan turun. " * 40
         + "Warga Semarang berduka karena banjir. Banjir surut."),
        ("Kabar Dua", "2025-01-10", "Banjir di Semarang menewaskan 12 orang."),
    )  # fmt: skip
    assert figures(answer) == [[12, 12]]


def test_who_does_it_is_not_where_it_happened(tmp_path):
    """The dead of two sides are two tracks: a country that strikes or tells is not the place of the dead."""
    text = (
        "Serangan Turki di Yunani menewaskan {} orang.\n"
        "Serangan Yunani di Turki menewaskan {} orang, menurut pemerintah Turki."
    )
    answer = ask(
        tmp_path, "korban tewas perang Turki Yunani",
        ("Kabar Satu", "2025-01-10", "Perang Turki dan Yunani berlanjut.\n" + text.format(12, 20)),
        ("Kabar Dua", "2025-01-10", "Perang Turki dan Yunani memanas.\n" + text.format(13, 21)),
    )  # fmt: skip
    assert sorted(figures(answer)) == [[12, 13], [20, 21]]


GROWING = [
    ("told within hours", "2025-01-10T09:00", "2025-01-10T10:00", "Kabar Dua", 1, 0),
    ("hours apart", "2025-01-10T06:00", "2025-01-10T18:00", "Kabar Dua", 0, 0),
    ("hours not known", "2025-01-10", "2025-01-10", "Kabar Dua", 0, 1),
    ("the same source again", "2025-01-10T09:00", "2025-01-10T10:00", "Kabar Satu", 0, 1),
]


@pytest.mark.parametrize(("first", "second", "outlet", "parts", "unsure"), [case[1:] for case in GROWING],
                         ids=[case[0] for case in GROWING])  # fmt: skip
def test_a_count_that_grows(tmp_path, first, second, outlet, parts, unsure):
    """Two counts of one day part where two sources tell them within hours; else they may be one that grew."""
    (track,) = ask(
        tmp_path, "korban tewas banjir Semarang",
        ("Kabar Satu", first, "Banjir di Semarang menewaskan 12 orang."),
        (outlet, second, "Banjir di Semarang menewaskan 15 orang."),
    )  # fmt: skip
    assert (len(track.parts), len(track.unsure)) == (parts, unsure)


def test_up_to_when_it_was_counted(tmp_path):
    """A count holds for the hour up to which it was taken, not for the time of its article."""
    (track,) = ask(
        tmp_path, "korban tewas banjir Semarang",
        ("Kabar Satu", "2025-01-10T20:00",
         "Hingga Jumat (10/1/2025) pukul 09.00 WIB, banjir di Semarang menewaskan 12 orang."),
        ("Kabar Dua", "2025-01-10T09:30", "Banjir di Semarang menewaskan 15 orang."),
    )  # fmt: skip
    assert [account.told[:16] if account.told else None for account in track.accounts] == ["2025-01-10T09:00", None]
    assert len(track.parts) == 1


def test_one_time_a_figure(tmp_path):
    """Of several times a figure has the one right behind it, else the last before it; a long one is its own track."""
    text = (
        "Di Semarang 200 warga positif campak pada September 2025, dan pada Oktober 2025 jumlahnya naik menjadi "
        "300 warga positif campak."
    )
    answer = ask(
        tmp_path, "kasus positif campak Semarang", ("Kabar Satu", "2025-11-10", text), ("Kabar Dua", "2025-11-10", text)
    )
    assert sorted((track.period, track.accounts[0].low) for track in answer) == [
        (("2025-09-01", "2025-09-30"), 200), (("2025-10-01", "2025-10-31"), 300),
    ]  # fmt: skip


def test_the_same_told_again(tmp_path):
    """A figure that is too large to be given twice by chance is of one event, however long after it is told."""
    answer = ask(
        tmp_path, "korban tewas tragedi stadion Semarang",
        ("Kabar Satu", "2025-01-10", "Tragedi stadion di Semarang menewaskan 135 orang."),
        ("Kabar Dua", "2025-04-10", "Tragedi stadion di Semarang menewaskan 135 orang."),
        ("Kabar Tiga", "2025-08-10", "Tragedi stadion di Semarang menewaskan 12 orang."),
    )  # fmt: skip
    assert figures(answer) == [[135, 135]]
    assert left_out(answer) == [(12, Why.ALONE)]


def test_an_account_shows_where_it_stands(tmp_path):
    """An account has its sentence, its offset, its places with degrees, and how they are known."""
    (track,) = ask(
        tmp_path, "korban tewas banjir Semarang",
        ("Kabar Satu", "2025-01-10", "Hujan turun. Banjir di Semarang menewaskan 12 orang."),
        ("Kabar Dua", "2025-01-10", "Banjir di Semarang menewaskan 12 orang."),
    )  # fmt: skip
    account = next(one for one in track.accounts if one.outlet == "Kabar Satu")
    assert account.sentence == "Banjir di Semarang menewaskan 12 orang."
    assert account.start == 43
    (spot,) = account.where
    assert (spot.name, round(spot.lat), round(spot.lon)) == ("Semarang", -7, 110)
    assert account.because == ("where: sentence", "when: article")
    assert account.to_dict()["where"] == [spot.to_dict()]
