"""Hostile articles in a real browser: shown letter for letter, and nothing of them runs."""

from pathlib import Path

import pytest
from newsroom import filed

from katanya.core.records import Act, Article, Document, Kind, Person, SpeakerKind, Statement
from katanya.core.spans import Span
from katanya.render.html import visible

from .browsing import PHONE, overflow, reading, serving

LINES = Path(__file__).with_name("hostile.txt").read_text(encoding="utf-8").split("\n")[:-1]
HOSTILE = [line.encode("latin-1", "backslashreplace").decode("unicode_escape") for line in LINES]
HOSTILE.append("kata" * 25_000)  # a word of 100,000 letters
FORGED = "script:not([src^='/static/']), iframe, object, embed, img, base, meta[http-equiv], main :is(math, style)"
HANDLERS = """() => [...document.querySelectorAll("main *, body")].flatMap((one) => [...one.attributes])
  .filter((one) => /^on/i.test(one.name) || /^\\s*javascript:/i.test(one.value) && one.name === "href").length"""
TEXT = """() => [...document.querySelectorAll(".text p")].map((one) => { const copy = one.cloneNode(true);
  copy.querySelectorAll("a.ref").forEach((number) => number.remove()); return copy.textContent; }).join(" ")"""


def hostile(number: int, evil: str) -> Article:
    """Return an article in which title, outlet, speaker, role, cue and content are hostile."""
    text = f"Camat {evil} mengatakan {evil} kemarin."
    name = Span.cut(text, 6, 6 + len(evil))
    content = Span.cut(text, name.end + 12, name.end + 12 + len(evil))
    statement = Statement(
        "s1", Kind.INDIRECT, Act.ASSERTIVE, Span.cut(text, name.end + 1, name.end + 11), name, (content,),
        evil, SpeakerKind.PERSON, confidence=0.5, because=(evil[:80],),
    )  # fmt: skip
    address = f"https://kabartirta.example/{number}"
    document = Document(text, f"h{number}", evil, evil[:60], "2025-01-01", address, "id", evil[:60])
    return Article(document, (statement,), (Person(evil, evil, evil, (name,)),))


@pytest.fixture(scope="module")
def trap(tmp_path_factory):
    """The address of a room over thirty hostile articles."""
    articles = [hostile(number, evil) for number, evil in enumerate(HOSTILE)]
    with serving(filed(tmp_path_factory.mktemp("hostile") / "a.ledger", articles), "--model", "none") as address:
        yield address


@pytest.fixture(scope="module")
def addresses(chromium, trap):
    """Where each hostile article is, in the order of the list."""
    with reading(chromium, trap) as page:
        found: dict[str, str] = {}
        page.goto("/")
        while True:
            for link in page.locator(".said .where a").all():
                found[link.inner_text()[:40]] = link.get_attribute("href")
            if not page.locator("a[rel=next]").count():
                break
            page.goto(page.locator("a[rel=next]").get_attribute("href"))
        return sorted(found.values(), key=lambda address: _number(page, address))


def _number(page, address: str) -> int:
    page.goto(address)
    return int(page.locator("a[rel~=external]").get_attribute("href").rpartition("/")[2])


def assert_nothing_ran(page) -> None:
    """Assert that no script of an article ran, nothing was asked of another host, and the page is only ours."""
    assert page.evaluate("typeof window.struck") == "undefined"
    assert page.watch.dialogs == []
    assert page.evaluate("violations") == []
    assert {host.rpartition(":")[0] for host in page.watch.hosts()} == {"127.0.0.1"}
    assert page.locator(FORGED).count() == 0
    assert page.evaluate(HANDLERS) == 0
    assert page.locator("main").is_visible()
    assert page.locator("html").get_attribute("data-theme") is None


def test_there_are_thirty(addresses):
    """The room is shown thirty kinds of hostile articles."""
    assert len(HOSTILE) == len(addresses) == 30


@pytest.mark.parametrize("number", range(30), ids=lambda number: ascii(HOSTILE[number][:24]))
def test_a_hostile_article_is_shown_as_text(chromium, trap, addresses, number):
    """The article is there letter for letter, its note is, nothing in it runs, and it fits a phone."""
    evil = HOSTILE[number]
    with reading(chromium, trap, viewport=PHONE, is_mobile=True) as page:
        page.goto(addresses[number])
        page.locator("h1").hover()
        assert " ".join(page.locator("h1").text_content().split()) == " ".join(visible(evil).split())
        shown = page.evaluate(TEXT)
        while True:
            assert page.locator("mark").count() == page.locator(".text mark[data-n='1']").count()
            page.keyboard.press("j")
            assert overflow(page) == 0
            assert_nothing_ran(page)
            if not page.locator("a[rel=next]").count():
                break
            page.goto(page.locator("a[rel=next]").get_attribute("href"))
            shown += page.evaluate(TEXT)
        assert "".join(shown.split()) == "".join(visible(f"Camat {evil} mengatakan {evil} kemarin.").split())


@pytest.mark.parametrize("address", ["/", "/people", "/statistics?by=speaker", "/statistics?by=outlet", "/?q=script",
                                     "/?speaker=struck", "/compare?by=outlet&left=script&right=svg"])  # fmt: skip
def test_lists_of_hostile_articles_are_text(chromium, trap, address):
    """Where hostile names, titles and contents are listed, nothing of them runs either, and the page fits a phone."""
    with reading(chromium, trap, viewport=PHONE, is_mobile=True) as page:
        page.goto(address)
        assert overflow(page) == 0
        assert_nothing_ran(page)


def test_hostile_words_in_a_search_are_text(chromium, trap):
    """Hostile words that are searched for come back as words in the field and nothing else."""
    with reading(chromium, trap) as page:
        for evil in ("\"><script>window.struck=1</script>", "' onfocus='window.struck=1' autofocus='"):
            page.goto("/")
            page.get_by_role("searchbox").fill(evil)
            page.keyboard.press("Enter")
            page.wait_for_url("**/?q=**")
            assert page.get_by_role("searchbox").input_value() == evil
            assert_nothing_ran(page)


def test_a_pasted_hostile_text_is_text(chromium, trap):
    """All hostile texts pasted at once are read and shown as text, whether a script or the page itself puts them in."""
    pasted = "\n".join(f"Camat Sukamaju, Rini Wulandari, mengatakan {evil[:2000]} kemarin." for evil in HOSTILE)
    for scripts in (True, False):
        with reading(chromium, trap, java_script_enabled=scripts) as page:
            page.goto("/paste")
            page.locator("[name=text]").fill(pasted.replace("\0", ""))
            page.locator("form.find button").click()
            page.locator("#result .text p").nth(29).wait_for()
            assert "<script>window.struck=1;alert(1)</script>" in page.locator("#result .text").text_content()
            assert page.locator(FORGED).count() == 0
            if scripts:
                assert_nothing_ran(page)
