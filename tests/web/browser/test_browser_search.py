"""Searching as a person does it: words, filters, addresses that are passed on."""

import pytest

from .browsing import reading, sought

DAYS = "(all) => all.map((one) => one.dateTime.slice(0, 10))"


def contents(page) -> list[str]:
    """Return what the statements of a page say."""
    return page.locator(".said .words").all_inner_texts()


def test_words_find_statements(reader):
    """Words that are typed and sent with Enter find the statements that hold them in any form, the best first."""
    reader.goto("/")
    reader.get_by_role("searchbox").fill("jenazah")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/?q=jenazah**")
    found = contents(reader)
    assert found
    assert all("jenazah" in one.lower() for one in found)
    assert reader.locator("h2").first.inner_text().startswith(str(len(found)))


FILTERS = {  # the field's name in an address, what is put in, which words of each statement show that it holds
    "speaker": ("Laksmi", "Laksmi Wiratama"),
    "role": ("Menteri", "Menteri"),
    "affiliation": ("BPBD", "BPBD"),
    "outlet": ("Samudra", "Samudra"),
    "kind": ("direct", "langsung"),
    "act": ("denial", "membantah"),
    "from": ("2025-12", "Des. 2025"),
    "to": ("2025-03-08", "8 Mar. 2025"),
}


@pytest.mark.parametrize("name", FILTERS)
def test_every_filter_narrows_and_can_be_linked_to(chromium, site, reader, name):
    """A filter keeps only what holds, stands in the address, and the address shows the same to somebody else."""
    value, shown = FILTERS[name]
    reader.goto("/")
    reader.locator("form.find summary").click()
    field = reader.locator(f"form.find [name={name}]")
    (field.select_option if name in ("kind", "act") else field.fill)(value)
    reader.locator("form.find button").first.click()
    reader.wait_for_url(f"**{name}={value}**")
    found = reader.locator(".said").all_inner_texts()
    assert shown in found[0]
    assert name == "to" or all(shown in one for one in found)
    assert name != "to" or all(day <= value for day in reader.locator(".said time").evaluate_all(DAYS))
    assert field.input_value() == value
    with reading(chromium, site) as other:
        other.goto(reader.url)
        assert other.locator(".said").all_inner_texts() == found


def test_words_may_stand_in_the_title(reader):
    """With the box for titles ticked, statements are found by words that only the title holds."""
    reader.goto(sought(q="Pilkada calon bupati maju"))
    assert contents(reader) == []
    reader.locator("form.find summary").click()
    reader.get_by_role("searchbox").fill("Rahmat Maju Calon")
    reader.locator("[name=titles]").check()
    reader.locator("form.find button").first.click()
    reader.wait_for_url("**titles=1**")
    assert reader.locator(".said").first.inner_text().count("Rahmat Hidayat Maju sebagai Calon Bupati") == 1


def test_a_filter_is_dropped_by_its_own_link(reader):
    """Each filter in use is a link that drops it and keeps the others."""
    reader.goto(sought(q="banjir", outlet="Samudra", kind="indirect"))
    narrow = len(contents(reader))
    assert reader.locator(".chip").count() == 2
    reader.locator(".chip", has_text="Samudra").click()
    reader.wait_for_url("**kind=indirect**")
    assert "outlet" not in reader.url
    assert reader.locator(".chip").count() == 1
    assert len(contents(reader)) > narrow


def test_what_is_found_goes_on_and_back_to_the_beginning(reader):
    """A long list goes on at a link, shows other statements there, and leads back to its beginning."""
    reader.goto("/?from=2025")
    first = contents(reader)
    reader.locator("a[rel=next]").click()
    reader.wait_for_url("**after=**")
    assert set(reader.locator(".said .words").evaluate_all("(all) => all.map((one) => one.href)"))
    assert contents(reader) != first
    reader.locator("nav.pages a").first.click()
    reader.wait_for_url(lambda address: "after" not in address)
    assert contents(reader) == first


def test_the_order_is_chosen(reader):
    """What is found stands the best first, or the latest first where that is chosen."""
    reader.goto(sought(q="banjir"))
    reader.get_by_role("link", name="terbaru").click()
    reader.wait_for_url("**sort=latest**")
    days = reader.locator(".said time").evaluate_all(DAYS)
    assert days == sorted(days, reverse=True)
    assert len(set(days)) > 1


def test_a_statement_leads_to_its_place_in_the_article(reader):
    """A statement that was found opens its article where it stands, chosen in text and margin."""
    reader.goto(sought(q="Tidak berpotensi tsunami"))
    reader.locator(".said .words").first.click()
    reader.wait_for_url("**/articles/**#s-*")
    assert reader.locator("mark.chosen").first.inner_text() == "Tidak berpotensi tsunami"
    assert reader.locator("mark.chosen").first.is_visible()
    assert "Robert Nalle" in reader.locator(".notes > li.chosen").inner_text()
