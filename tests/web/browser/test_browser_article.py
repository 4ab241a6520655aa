"""An article as a person reads it: marks and notes lead to each other, readings and values are explained."""

import pytest

from .browsing import SHEET, overflow, reading, sought

ARTICLE = "article"
CUT = """() => [...document.querySelectorAll(".text, .text p, .margin, .notes .words")].filter((one) =>
  one.scrollHeight > one.clientHeight + 1 && getComputedStyle(one).overflowY !== "visible").length"""


@pytest.fixture
def article(reader, places):
    """The page of an article with six statements of four speakers."""
    reader.goto(places[ARTICLE])
    return reader


def test_the_mouse_over_a_mark_shows_its_note(article):
    """While the mouse is over a marked statement, its note in the margin is lit, and no other."""
    article.locator("mark[data-n='2']").first.hover()
    assert article.locator(".notes > li.over").evaluate_all("(all) => all.map((one) => one.id)") == ["m-2"]
    article.locator("h1").hover()
    assert article.locator(".over").count() == 0


def test_the_mouse_over_a_note_shows_its_mark(article):
    """While the mouse is over a note, its words in the text are lit, and no others."""
    article.locator("#m-3 .how").first.hover()
    assert set(article.locator("mark.over").evaluate_all("(all) => all.map((one) => one.dataset.n)")) == {"3"}


def test_a_click_leads_from_mark_to_note_and_back(article):
    """The number in the text leads to the note, and the number of the note to the words."""
    article.locator(".text a.ref[data-n='5']").click()
    assert article.url.endswith("#m-5")
    assert article.locator("#m-5.chosen").is_visible()
    article.locator("#m-4 a.ref").click()
    assert article.url.endswith("#s-4")
    assert article.locator("#s-4.chosen").is_visible()
    assert article.locator("#m-5.chosen").count() == 0


def test_keys_step_through_the_statements(article):
    """j and k step from statement to statement, n and p among those of one speaker, Enter to the note and back."""

    def chosen(key: str) -> str:
        article.keyboard.press(key)
        return article.locator("mark.chosen").first.get_attribute("data-n")

    assert [chosen(key) for key in "jjj"] == ["1", "2", "3"]
    assert [chosen(key) for key in "kk"] == ["2", "1"]
    assert [chosen(key) for key in "np"] == ["3", "1"]
    focused = "document.activeElement.closest('.margin') ? 'note' : 'text'"
    assert article.evaluate(focused) == "text"
    assert chosen("Enter") == "1"
    assert article.evaluate(focused) == "note"
    assert chosen("Enter") == "1"
    assert article.evaluate(focused) == "text"
    article.keyboard.press("Escape")
    assert article.locator(".chosen").count() == 0


def test_tab_and_enter_alone_lead_both_ways(article):
    """Numbers are links: Tab comes to them, Enter follows them, in text and margin alike."""
    article.locator(".text a.ref[data-n='1']").focus()
    article.keyboard.press("Tab")
    assert article.evaluate("document.activeElement.dataset.n") == "2"
    article.keyboard.press("Enter")
    assert article.locator("#m-2.chosen").is_visible()


def test_why_it_is_read_so_is_told_on_demand(article):
    """The rules behind a reading are folded away until they are asked for."""
    note = article.locator("#m-1")
    assert not note.locator(".why").is_visible()
    note.locator("summary").first.click()
    assert note.locator(".why").is_visible()
    assert note.locator(".why li").count() > 1


def test_values_are_marked_and_explained(article):
    """Figures and times are marked where they stand, and the note says what they come to."""
    assert article.locator("mark[data-n='1'] .value.figure").all_inner_texts() == ["26"]
    assert article.locator("mark[data-n='2'] .value.time").first.inner_text() == "Rabu (12/3/2025)"
    assert "Rabu (12/3/2025) = 12 Maret 2025" in article.locator("#m-2 .values").inner_text()
    assert "tiga hari = 3 hari" in article.locator("#m-4 .values").inner_text()
    hedged = article.locator("#m-6 .values").inner_text()
    assert "300" in hedged
    assert "sekitar" in hedged


def test_places_are_explained(reader):
    """A place is marked and told with its country and where it lies."""
    reader.goto(sought(q="getaran terasa"))
    reader.goto(reader.locator(".said .where a").first.get_attribute("href"))
    note = reader.locator(".notes > li", has_text="getaran terasa")
    assert "Dili (TL) · 8,6° LS, 125,6° BT" in note.locator(".values").inner_text()


def test_speakers_have_colours_of_their_own(article):
    """Statements of one speaker have one colour, those of others another, and the list of colours names them."""
    line = "(one) => getComputedStyle(one).borderBottomColor"
    colours = [article.locator(f"mark[data-n='{n}']").first.evaluate(line) for n in range(1, 7)]
    assert colours[0] == colours[2]
    assert colours[3] == colours[4]
    assert len(set(colours)) == 4
    assert article.locator(".speakers li").count() == 4


def test_an_older_edition_says_that_it_is_one(reader, places):
    """An article that changed shows its editions; an older one says so and leads to the latest."""
    reader.goto(places["article in editions"])
    assert "Koreksi: jumlah posko" in reader.locator(".text").inner_text()
    reader.locator("[aria-labelledby=editions] a").click()
    assert "Koreksi: jumlah posko" not in reader.locator(".text").inner_text()
    reader.locator(".note a").click()
    assert "Koreksi: jumlah posko" in reader.locator(".text").inner_text()


def test_on_paper_nothing_is_cut_and_the_notes_follow(chromium, site, places):
    """On paper text and notes are whole, what only a screen needs is gone, and nothing is wider than the sheet."""
    with reading(chromium, site, viewport=SHEET) as page:
        page.goto(places[ARTICLE])
        notes = page.locator(".notes > li")
        page.emulate_media(media="print")
        assert overflow(page) == 0
        assert [one.is_visible() for one in notes.all()] == [True] * 6
        assert page.locator(".notes .values li").first.is_visible()
        assert page.evaluate(CUT) == 0
        below = "(one) => one.getBoundingClientRect().top + scrollY"
        assert page.locator(".margin").evaluate(below) > page.locator(".text p").last.evaluate(below)
        gone = (".top", ".foot", "form", "button", ".keys")
        assert [one for one in gone for each in page.locator(one).all() if each.is_visible()] == []
        assert page.pdf().startswith(b"%PDF")
