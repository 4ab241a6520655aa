"""The room in a reader's own manner: language, light and dark."""

import pytest

from .browsing import charts_drawn, reading

PAPER = "getComputedStyle(document.documentElement).backgroundColor"
LIGHT, DARK = "rgb(251, 250, 246)", "rgb(22, 22, 20)"


@pytest.mark.parametrize(
    ("locale", "language", "heading"),
    [("id-ID", "id", "Siapa berkata apa"), ("en-GB", "en", "Who said what"), ("fr-FR", "id", "Siapa berkata apa")],
)
def test_the_browser_chooses_the_language(chromium, site, locale, language, heading):
    """The interface is in the browser's language where it is one of the two, else in Indonesian."""
    with reading(chromium, site, locale=locale) as page:
        page.goto("/")
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("h1").inner_text() == heading


def test_the_language_is_switched_and_kept(reader, places):
    """A link in the foot switches the language of the page that is open, and others follow; numbers and dates too."""
    reader.goto(places["article"])
    assert "12 Maret 2025, 18.20 WIB" in reader.locator(".head").inner_text()
    reader.get_by_role("link", name="English").click()
    reader.wait_for_function("document.documentElement.lang === 'en'")
    assert reader.url.endswith(places["article"])
    assert "12 March 2025, 18:20 WIB" in reader.locator(".head").inner_text()
    reader.goto("/statistics?by=speaker")
    assert reader.locator("h1").inner_text() == "Who gets to speak"
    assert "%" in reader.locator("td.number").nth(1).inner_text()
    reader.get_by_role("link", name="Bahasa Indonesia").click()
    reader.wait_for_function("document.documentElement.lang === 'id'")


@pytest.mark.parametrize(("scheme", "paper"), [("light", LIGHT), ("dark", DARK)])
def test_light_and_dark_follow_the_device(chromium, site, scheme, paper):
    """Where nothing was chosen, the pages are as light as the device."""
    with reading(chromium, site, color_scheme=scheme) as page:
        page.goto("/")
        assert page.evaluate(PAPER) == paper


def test_light_and_dark_are_switched_and_kept(reader):
    """A link in the foot switches to dark on every page, whatever the device says, and back to the device."""
    reader.emulate_media(color_scheme="light")
    reader.goto("/help")
    reader.get_by_role("link", name="Gelap").click()
    reader.wait_for_function(f"{PAPER} === '{DARK}'")
    assert reader.url.endswith("/help")
    reader.goto("/people")
    assert reader.evaluate(PAPER) == DARK
    reader.emulate_media(color_scheme="dark")
    reader.get_by_role("link", name="Terang").click()
    reader.wait_for_function(f"{PAPER} === '{LIGHT}'")
    reader.get_by_role("link", name="Ikuti perangkat").click()
    reader.wait_for_function(f"{PAPER} === '{DARK}'")


def test_charts_are_drawn_in_the_colours_of_the_page(reader, places):
    """A chart is drawn in light and dark, and its figures stand in a table below as well."""
    drawn = "() => document.querySelector('.chart canvas').toDataURL()"
    reader.emulate_media(color_scheme="light")
    reader.goto(places["figures"])
    charts_drawn(reader)
    light = reader.evaluate(drawn)
    reader.emulate_media(color_scheme="dark")
    reader.wait_for_function("(light) => document.querySelector('.chart canvas')?.toDataURL() !== light", arg=light)
    assert "24" in reader.locator("td.number").all_inner_texts()


def test_the_skip_link_leads_to_the_content(reader):
    """The first thing that Tab comes to leads past the navigation."""
    reader.goto("/")
    reader.keyboard.press("Tab")
    assert reader.evaluate("document.activeElement.className") == "skip"
    reader.keyboard.press("Enter")
    reader.keyboard.press("Tab")
    assert reader.evaluate("document.activeElement.name") == "q"
