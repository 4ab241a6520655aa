"""An article with 2,000 statements: it opens, can be read to its end, and every statement is reached."""

import pytest
from newsroom import filed

from katanya.core.records import Act, Article, Document, Kind, SpeakerKind, Statement
from katanya.core.spans import Span

from .browsing import overflow, reading, serving

COUNT = 2000
NUMBERS = "(all) => all.map((one) => Number(one.dataset.n))"
SPEAKERS = ("Rini Wulandari", "Karta Adiwijaya", "Nurlaila Hasibuan", "Yosef Tamba")


def session() -> Article:
    """Return the record of a long session, in which four people speak in turn."""
    lines, statements, at = [], [], 0
    for number in range(1, COUNT + 1):
        speaker = SPEAKERS[number % len(SPEAKERS)]
        said = f"Pasal nomor {number} kami setujui dengan catatan"
        line = f'"{said}," kata {speaker}.'
        content = Span(at + 1, at + 1 + len(said), said)
        cue = Span(content.end + 3, content.end + 7, "kata")
        name = Span(cue.end + 1, cue.end + 1 + len(speaker), speaker)
        statements.append(Statement(
            f"s{number}", Kind.DIRECT, Act.ASSERTIVE, cue, name, (content,), speaker, SpeakerKind.PERSON,
            confidence=0.9, because=("quotation", "cue"),
        ))  # fmt: skip
        lines.append(line)
        at += len(line) + 1
    address = "https://kabartirta.example/sidang"
    document = Document("\n".join(lines), "sidang", "Sidang Pleno", "Kabar Tirta", "2025-01-01", address, "id")
    return Article(document, tuple(statements))


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    """The address of a room over one article with 2,000 statements."""
    with serving(filed(tmp_path_factory.mktemp("long") / "a.ledger", [session()]), "--model", "none") as address:
        yield address


def test_a_page_of_two_thousand_statements_opens(chromium, hall):
    """The article opens with its first statements, keys and mouse work, and nothing runs out of the window."""
    with reading(chromium, hall) as page:
        page.goto("/?q=pasal")
        page.goto(page.locator(".said .where a").first.get_attribute("href"))
        assert page.locator(".notes > li").first.is_visible()
        for _ in range(3):
            page.keyboard.press("j")
        assert page.locator("mark.chosen").first.inner_text() == "Pasal nomor 3 kami setujui dengan catatan"
        page.locator("#m-2 .how").first.hover()
        assert page.locator("#s-2.over").count() == 1
        assert overflow(page) == 0


def test_its_parts_follow_each_other(chromium, hall):
    """The article is read on in parts, each going on where the one before ends, up to the last statement."""
    with reading(chromium, hall, java_script_enabled=False) as page:
        page.goto("/?q=pasal")
        address = page.locator(".said .where a").first.get_attribute("href").partition("?")[0]
        page.goto(address)
        numbers = page.locator(".notes > li").evaluate_all(NUMBERS)
        page.locator("a[rel=next]").click()
        numbers += page.locator(".notes > li").evaluate_all(NUMBERS)
        assert numbers == list(range(1, len(numbers) + 1))
        page.goto(f"{address}?part=1000000")
        assert page.locator(".notes > li").evaluate_all(NUMBERS)[-1] == COUNT
        assert page.locator("a[rel=next]").count() == 0
        page.locator("a[rel=prev]").click()
        assert page.locator("a[rel=next]").count() == 1


def test_the_last_of_them_is_found_and_shown(chromium, hall):
    """A search for the last statement leads to it, in the part that holds it."""
    with reading(chromium, hall) as page:
        page.goto(f"/?q=pasal {COUNT}")
        page.locator(".said .words", has_text=f"nomor {COUNT} ").first.click()
        page.wait_for_url(f"**#s-{COUNT}")
        assert page.locator("mark.chosen").first.inner_text().startswith(f"Pasal nomor {COUNT}")
        assert page.locator("mark.chosen").first.is_visible()
