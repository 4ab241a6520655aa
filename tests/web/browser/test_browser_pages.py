"""Every page as a browser gets it: whole, quiet, light, and from nowhere else."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import DEFAULT_OPTIONS, Axe
from playwright.sync_api import Page

from .browsing import CHARTS, PHONE, SHEET, Watch, charts_drawn, overflow, reading
from .places import PAGES

LIGHT = 150_000  # bytes of a page with all that it loads, charts aside
LOADED = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .map((one) => [one.name, one.transferSize])"""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length"
WORDS = "(main) => main.textContent.replace(/\\s+/g, ' ').trim()"
OPEN = "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"
CUT = """() => [...document.querySelectorAll("main *")].filter((one) => one.getClientRects().length
  && !one.closest(".hidden, svg") && one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.outerHTML)"""
BLANK = 5_000  # bytes that a picture of nothing comes to at most
FAULTY = ("serious", "critical")
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}


@dataclass(frozen=True, slots=True)
class Visit:
    """What was seen of a page when it was opened for the first time."""

    status: int
    language: str
    heading: str
    words: str
    loaded: list[tuple[str, int]]  # addresses with the bytes that came over the line
    violations: list[str]  # of the policy that comes with the page
    light: list[str]  # what axe-core finds serious or critical, all that folds being open
    dark: list[str]
    watch: Watch


def _visited(page: Page, address: str, picture: Callable[[str], object]) -> Visit:
    answer = page.goto(address)
    words = page.locator("main").evaluate(WORDS)
    charts_drawn(page)
    page.wait_for_function(PAINTED)
    loaded = page.evaluate(LOADED)
    picture("light")
    page.emulate_media(color_scheme="dark")
    picture("dark")
    page.emulate_media(color_scheme="light")
    page.evaluate(OPEN)
    light = _faults(page, DEFAULT_OPTIONS)
    page.emulate_media(color_scheme="dark")
    dark = _faults(page, COLOURS)
    return Visit(
        answer.status, page.locator("html").get_attribute("lang"), page.locator("h1").inner_text(), words, loaded,
        page.evaluate("violations"), light, dark, page.watch,
    )  # fmt: skip


def _faults(page: Page, options: dict) -> list[str]:
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {node['target']}" for one in found if one["impact"] in FAULTY for node in one["nodes"]]


@pytest.fixture(scope="package")
def visits(chromium, site, places, album):
    """Open a page once, in a browser that keeps nothing, and remember what was seen."""
    seen: dict[str, Visit] = {}

    def visit(name: str) -> Visit:
        if name not in seen:
            with reading(chromium, site, color_scheme="light") as page:
                seen[name] = _visited(page, places[name], lambda look: album(page, name, look))
        return seen[name]

    return visit


every_page = pytest.mark.parametrize("name", PAGES)


@every_page
def test_every_page_opens(visits, name):
    """Each page answers with a heading in the reader's language and is painted."""
    seen = visits(name)
    assert seen.status == (404 if name == "no such page" else 200)
    assert seen.language == "id"
    assert seen.heading


@every_page
def test_no_page_complains(visits, name):
    """No page breaks its own security policy or writes an error to the console, save that of its status."""
    seen = visits(name)
    assert seen.violations == []
    assert [line for line in seen.watch.told if "status of 404" not in line or seen.status != 404] == []
    assert seen.watch.dialogs == []


@every_page
def test_no_page_asks_elsewhere(visits, site, name):
    """Nothing is loaded from another host than the one that serves the room."""
    assert visits(name).watch.hosts() == {urlsplit(site).netloc}


@every_page
def test_every_page_is_light(visits, name):
    """A page with all that it loads comes to 150 KB at most, the scripts of charts aside."""
    loaded = visits(name).loaded
    weight = sum(size for address, size in loaded if not any(part in address for part in CHARTS))
    assert all(size > 0 for _, size in loaded)
    assert weight <= LIGHT


@pytest.mark.parametrize("scheme", ["light", "dark"])
@every_page
def test_every_page_is_open_to_all(visits, name, scheme):
    """axe-core finds nothing serious or critical on any page, light or dark."""
    assert getattr(visits(name), scheme) == []


@every_page
def test_no_page_is_wider_than_a_phone(chromium, site, places, album, name):
    """On a screen of 360 pixels no page scrolls sideways, with all that folds open."""
    with reading(chromium, site, viewport=PHONE, is_mobile=True, device_scale_factor=2) as page:
        page.goto(places[name])
        assert album(page, name, "phone").stat().st_size > BLANK
        assert overflow(page) == 0
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert overflow(page) == 0
        assert page.evaluate("visualViewport.scale") == 1


@every_page
def test_no_page_is_cut_on_paper(chromium, site, places, album, name):
    """On a sheet nothing runs over the edge, what is folded is open, and what only a screen needs is gone."""
    with reading(chromium, site, viewport=SHEET) as page:
        page.goto(places[name])
        charts_drawn(page)
        page.emulate_media(media="print")
        assert album(page, name, "paper").stat().st_size > BLANK
        assert overflow(page) == 0
        assert page.evaluate(CUT) == []
        tables = page.locator("main table").all()
        assert [one.is_visible() for one in tables] == [True] * len(tables)
        needless = page.locator("nav, footer, form, button, input").all()
        assert [one.is_visible() for one in needless] == [False] * len(needless)


@every_page
def test_every_page_is_read_without_scripts(chromium, site, places, visits, name):
    """Without JavaScript each page has its heading, its navigation and all its words."""
    with reading(chromium, site, java_script_enabled=False) as page:
        page.goto(places[name])
        assert page.locator("h1").is_visible()
        assert page.locator(".top nav a").count() == 7
        assert page.locator("main").evaluate(WORDS) == visits(name).words
