"""Corrections made where one reads: speaker, content, figure; kept, shown, and taken back."""

import pytest

from .browsing import reading, sought


@pytest.fixture
def editor(chromium, desk):
    """A page of an article in a room that may be corrected."""
    with reading(chromium, desk) as page:
        _open_article(page)
        yield page
        assert page.evaluate("violations") == []
        assert page.watch.dialogs == []


def _open_article(page) -> None:
    page.goto(sought(q="pencarian tiga hari"))
    page.goto(page.locator(".said .where a").first.get_attribute("href"))


def _form(page, number: int, which: str):
    """Open the form for a statement within the page and return the part of it that holds a field."""
    at = page.url
    page.locator(f"#m-{number} a[href^='/correct/']").click()
    part = page.locator(f"#m-{number} .correct details", has=page.locator(f"[name=target][value={which}]")).first
    part.wait_for()
    assert page.url == at
    if part.get_attribute("open") is None:
        part.locator("summary").click()
    return part


def _sign(page, part, reason: str) -> None:
    part.locator("[name=author]").fill("Sari Editor")
    part.locator("[name=reason]").fill(reason)
    part.locator("button").last.click()
    page.locator("[role=status]", has_text="Koreksi disimpan").wait_for()


def test_a_speaker_is_corrected_in_place(editor):
    """Who really spoke is written next to the statement, is shown at once, and is still there after a reload."""
    part = _form(editor, 6, "speaker")
    part.locator("[name=speaker]").fill("PMI Ranahlimau")
    _sign(editor, part, "nama resmi")
    for _ in range(2):
        note = editor.locator("#m-6")
        assert "PMI Ranahlimau" in note.locator(".who").inner_text()
        assert note.locator(".pill.corrected").first.is_visible()
        assert "Palang Merah Indonesia" in note.inner_text()
        editor.reload()


def test_a_content_is_corrected_in_place(editor):
    """The words that were really said are marked instead of those that the program took."""
    part = _form(editor, 1, "content")
    part.locator("[name=contents]").fill("kini 26 orang")
    _sign(editor, part, "hanya angkanya")
    for _ in range(2):
        assert "".join(editor.locator("mark[data-n='1']").all_inner_texts()) == "kini 26 orang"
        editor.reload()


def test_words_selected_in_the_text_become_the_content(editor):
    """Words that are selected in the article are taken into the form by its button."""
    part = _form(editor, 1, "content")
    editor.locator("#s-1").evaluate(
        "(mark) => { const range = document.createRange(); range.selectNodeContents(mark.querySelector('.figure'));"
        " getSelection().removeAllRanges(); getSelection().addRange(range); }"
    )
    part.locator("[data-take]").click()
    assert part.locator("[name=contents]").input_value() == "26"


def test_a_figure_is_corrected_in_place(editor):
    """Bounds are typed in the language's manner and shown in it."""
    part = _form(editor, 6, "figure")
    part.locator("[name=low]").fill("1.250")
    part.locator("[name=high]").fill("")
    _sign(editor, part, "salah satuan")
    for _ in range(2):
        assert "≥ 1.250" in editor.locator("#m-6 .values").inner_text()
        editor.reload()


def test_a_correction_is_undone_where_it_stands(editor):
    """A correction is taken back on the page of the article, and what the machine read holds again."""
    part = _form(editor, 6, "speaker")
    part.locator("[name=speaker]").fill("PMI Ranahlimau")
    _sign(editor, part, "nama resmi")
    made = editor.locator("[aria-labelledby=corrections] .said", has_text="PMI Ranahlimau")
    made.locator("summary").click()
    made.locator("button").click()
    editor.locator("[role=status]", has_text="Koreksi dibatalkan").wait_for()
    for _ in range(2):
        assert "Palang Merah Indonesia" in editor.locator("#m-6 .who").inner_text()
        assert "dibatalkan" in editor.locator("[aria-labelledby=corrections]").inner_text()
        editor.reload()


def test_a_correction_that_cannot_be_is_told(editor):
    """Words that the article does not hold are refused in the reader's language, and what was typed is kept."""
    part = _form(editor, 1, "content")
    part.locator("[name=contents]").fill("kata yang tidak ada di sini")
    part.locator("[name=author]").fill("Sari Editor")
    part.locator("[name=reason]").fill("coba")
    part.locator("button").last.click()
    told = editor.locator("[role=alert]")
    told.wait_for()
    assert "tidak ada dalam artikel" in told.inner_text()
    assert editor.locator("[name=contents]").input_value() == "kata yang tidak ada di sini"


def test_the_keyboard_alone_corrects(chromium, desk):
    """From the front page through an article to a saved correction nobody needs a mouse."""
    with reading(chromium, desk) as page:
        page.goto("/")
        _tab_to(page, "[name=q]")
        page.keyboard.type("sekitar 300 anak")
        page.keyboard.press("Enter")
        page.wait_for_url("**q=sekitar**")
        _tab_to(page, ".said .words")
        page.keyboard.press("Enter")
        page.wait_for_url("**/articles/**")
        _tab_to(page, "#m-6 a[href^='/correct/']")
        page.keyboard.press("Enter")
        page.locator("#m-6 [name=speaker]").wait_for()
        _tab_to(page, "#m-6 [name=speaker]")
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("PMI Ranahlimau")
        _tab_to(page, "#m-6 [name=author]")
        page.keyboard.type("Sari Editor")
        _tab_to(page, "#m-6 [name=reason]")
        page.keyboard.type("nama resmi")
        page.keyboard.press("Enter")
        page.locator("[role=status]", has_text="Koreksi disimpan").wait_for()
        assert "PMI Ranahlimau" in page.locator("#m-6 .who").inner_text()


def _tab_to(page, selector: str, most: int = 120) -> None:
    """Press Tab until the element that a selector names has the focus, and see that it shows."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement === document.querySelector(selector)", selector):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none"
            return
    pytest.fail(f"{selector} is not reached by {most} tabs")


def test_without_scripts_corrections_are_made_and_undone(chromium, desk):
    """Without JavaScript a correction has a page of its own, leads back, and is undone as well."""
    with reading(chromium, desk, java_script_enabled=False) as page:
        _open_article(page)
        page.locator("#m-6 a[href^='/correct/']").click()
        page.wait_for_url("**/correct/**")
        page.locator("[name=speaker]").fill("PMI Ranahlimau")
        page.locator("[name=author]").first.fill("Sari Editor")
        page.locator("[name=reason]").first.fill("nama resmi")
        page.locator("form button").first.click()
        page.wait_for_url("**/articles/**")
        assert "PMI Ranahlimau" in page.locator("#m-6 .who").inner_text()
        made = page.locator("[aria-labelledby=corrections] .said", has_text="PMI Ranahlimau")
        made.locator("summary").click()
        assert made.locator("[name=author]").input_value() == "Sari Editor"
        made.locator("button").click()
        page.wait_for_url("**done=undone**")
        assert "Palang Merah Indonesia" in page.locator("#m-6 .who").inner_text()
