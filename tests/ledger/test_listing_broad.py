"""Words that very many statements hold are listed as others are."""

import pytest
from articles import NOW, PROGRAM, told

from katanya import Ledger
from katanya.ledger import listing
from katanya.ledger.listing import Sort
from katanya.ledger.search import Filters

ARTICLES = [
    told(
        f"a{number}",
        ("Rini Wulandari", f"air di desa {number} surut"), ("Bagas Prakoso", f"air di desa {number} naik"),
        published=f"2025-06-{number + 1:02}", outlet=("Kabar Tirta", "Suara Bantar")[number % 2],
    )
    for number in range(12)
]  # fmt: skip
ASKED = {
    "an outlet": Filters(outlet="tirta"),
    "a period": Filters(since="2025-06-03", until="2025-06-09"),
    "both and a speaker": Filters(outlet="bantar", since="2025-06-03", speaker="Rini"),
    "both and a kind": Filters(outlet="bantar", until="2025-06-09", kind="indirect"),
    "no article": Filters(speaker="Bagas"),
}


@pytest.mark.parametrize("filters", ASKED.values(), ids=ASKED)
@pytest.mark.parametrize("sort", list(Sort))
def test_broad_words_find_the_same(tmp_path, monkeypatch, filters, sort):
    """All pages are the same whether articles are chosen first or last."""

    def pages(ledger):
        found, cursor = [], None
        while True:
            page = ledger.listed("air di desa", filters, sort=sort, cursor=cursor, limit=2)
            found.append(page)
            cursor = page.cursor
            if cursor is None:
                return found

    with Ledger.open(tmp_path / "a.ledger", write=True) as ledger:
        ledger.file(ARTICLES, program=PROGRAM, now=NOW)
        narrow = pages(ledger)
        monkeypatch.setattr(listing, "BROAD", 3)
        assert pages(ledger) == narrow
    assert sum(len(page.statements) for page in narrow) == narrow[0].count > 0
