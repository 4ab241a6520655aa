"""Every page of the reading room, by name: its address, or the page and the link on it that lead there."""

from playwright.sync_api import Page

from .browsing import sought

PAGES: dict[str, tuple[str, ...]] = {
    "front": ("/",),
    "search": (sought(q="banjir"),),
    "filtered": (sought(q="jenazah", outlet="Lentera Pagi", **{"from": "2025-03", "to": "2025-03"}),),
    "nothing found": (sought(q="kemarau panjang"),),
    "article": (sought(q="pencarian tiga hari"), ".said .where a"),
    "article in editions": (sought(q="rumah tahan banjir dalam dua tahun"), ".said .where a"),
    "people": ("/people",),
    "person": ("/people", ".rank a"),
    "quotations": ("/quotations?q=rupiah",),
    "quotation": ("/quotations?q=rupiah", "h2 a"),
    "figures": ("/track?q=korban%20meninggal%20banjir%20bandang%20Ranahlimau",),
    "compare": ("/compare?by=speaker&left=Rahmat%20Hidayat&right=Hasan%20Mulyawan",),
    "statistics": ("/statistics?by=speaker",),
    "paste": ("/paste",),
    "corrections": ("/corrections",),
    "correct": (sought(q="jenazah"), ".said .where a", "a[href^='/correct/']"),
    "feeds": ("/feeds",),
    "rejects": ("/rejects",),
    "help": ("/help",),
    "no such page": ("/articles/none",),
}


def addresses(page: Page, site: str) -> dict[str, str]:
    """Return where each page is, as the links of others say."""
    found = {}
    for name, (start, *links) in PAGES.items():
        page.goto(start)
        for link in links:
            page.goto(page.locator(link).first.get_attribute("href"))
        found[name] = page.url.removeprefix(site)
    return found
