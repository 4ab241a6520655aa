"""What the page of figures shows beside its tracks: pairs that may part, and what is in no track."""

import pytest
from looked import Looked
from newsroom import filed, opened, read
from rooms import API

from katanya.core.records import Document
from katanya.ledger.tracks.answers import Why
from katanya.web.catalogue import LANGUAGES, catalogue

ASKED = "korban tewas banjir Semarang"
TOLD = (
    ("Kabar Satu", "Banjir di Semarang menewaskan 12 orang."),
    ("Kabar Dua", "Banjir di Semarang menewaskan 15 orang."),
    ("Kabar Tiga", "Banjir di Semarang surut. Banjir di Makassar menewaskan 40 orang & <b>ratusan</b> ternak."),
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """A browser of a kind for a ledger of articles of one day, whose hours nobody tells."""
    documents = [
        Document(text, f"a{number}", "Banjir", outlet, "2025-01-10", language="id")
        for number, (outlet, text) in enumerate(TOLD)
    ]
    with opened(filed(tmp_path_factory.mktemp("tracks") / "a.ledger", read(documents))) as client:
        yield client


def test_pairs_that_may_part_are_told_apart_from_those_that_do(browser):
    """A pair between which the count may have grown is shown as such, and not as one that parts."""
    (track,) = browser.get(f"{API}/tracks", params={"q": ASKED}).json()["tracks"]
    assert (track["apart"], track["unsure"]) == ([], [[0, 1]])
    page = Looked(browser.get("/track", params={"q": ASKED}).text)
    assert "1 pasangan angka yang mungkin berbeda" in page.said
    assert "hitungannya mungkin bertambah" in page.said
    assert "tidak dapat benar sekaligus" not in page.said


def test_what_is_in_no_track_is_listed_with_the_reason(browser):
    """A figure of another place is listed with its sentence, the reason, and the way to where it stands."""
    answer = browser.get(f"{API}/tracks", params={"q": ASKED}).json()
    (left_out,) = answer["left_out"]
    assert (left_out["why"], left_out["account"]["low"]) == ("elsewhere", 40)
    assert answer["reasons"] == [{"name": "elsewhere", "count": 1}]
    text = browser.get("/track", params={"q": ASKED}).text
    page = Looked(text)
    assert "Tidak disandingkan · 1 angka" in page.said
    assert "tentang tempat lain" in page.said
    assert "&lt;b&gt;ratusan&lt;/b&gt;" in text
    assert f"/articles/{left_out['account']['article']}" in page.links


def test_without_a_track_what_was_left_out_is_still_told(browser):
    """Where no two accounts give such a figure, those that there are stand below with the reason."""
    page = Looked(browser.get("/track", params={"q": "korban tewas banjir Makassar"}).text)
    assert "Tidak ada dua keterangan" in page.said
    assert "tidak ada bandingannya" in page.said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words(language):
    """There are words for each reason why a figure is in no track."""
    words = catalogue(language)
    assert [why.value for why in Why if words.named("why", why.value) == why.value] == []
