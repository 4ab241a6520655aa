import csv
import io
import json

import pytest
from rooms import API, documents, fill, pages

from katanya import Ledger

PERSON = "Lestari Handayani"


def got(client, path, **asked):
    """Return the answer to a question that has one."""
    answer = client.get(API + path, params=asked)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def test_a_search_finds_what_the_command_finds(room, filled):
    """The API finds the statements of `katanya search` in the same order."""
    found = got(room, "/statements", q="banjir", limit=50)
    with Ledger.open(filled) as ledger:
        hits = ledger.search("banjir", limit=50)
    assert [one["number"] for one in found["statements"]] == [hit.statement for hit in hits]
    assert found["count"] == len(found["statements"]) > 0
    assert found["counted"]


FILTERS = {
    "speaker": {"speaker": "lestari"},
    "role": {"role": "bupati"},
    "affiliation": {"affiliation": "tirta"},
    "outlet": {"outlet": "suara tirta"},
    "kind": {"kind": "direct"},
    "act": {"act": "withheld"},
    "from": {"from": "2025-02"},
    "to": {"to": "2025-01-02"},
    "titles": {"q": "bandang", "titles": True},
    "words": {"q": "rumah", "kind": "direct"},
}
NAMES = {"q": "words", "from": "since", "to": "until"}


@pytest.mark.parametrize("asked", FILTERS.values(), ids=FILTERS)
@pytest.mark.parametrize("sort", ["best", "latest"])
def test_every_filter_of_the_command(room, filled, asked, sort):
    """Each filter of `katanya search` finds the same statements, in either order."""
    found = got(room, "/statements", limit=200, sort=sort, **asked)["statements"]
    with Ledger.open(filled) as ledger:
        expected = ledger.search(**{NAMES.get(name, name): value for name, value in asked.items()}, limit=200)
    assert sorted(one["number"] for one in found) == sorted(hit.statement for hit in expected)
    assert found


def test_the_front_page(room):
    """It shows the newest statements, who is quoted most and the outlets; a search shows what it finds."""
    front = got(room, "/front", limit=5)
    assert [one["dated"] for one in front["found"]["statements"]] == ["2025-02-03"] * 3 + ["2025-01-07"] * 2
    assert front["counts"]["articles"] == len(documents())
    assert front["counts"]["rejects"] == 1
    assert front["outlets"] == ["Kabar Tirta", "Suara Tirta"]
    most = front["quoted"][0]
    assert got(room, f"/people/{most['person']}")["spoken"] == most["statements"]
    assert got(room, "/front", q="banjir")["quoted"] == []


def test_an_article_is_the_record_with_what_leads_on(room, filled):
    """An article has its text and all fields of its record, people and statements with names for addresses."""
    article = got(room, f"/articles/{got(room, '/statements')['statements'][0]['article']}")
    record = got(room, f"/articles/{article['id']}/record")
    assert article["text"] == record["text"]
    for shown, read in zip(article["statements"], record["statements"], strict=True):
        same = ("kind", "act", "cue", "source", "contents", "speaker", "speaker_kind", "because", "confidence")
        assert {name: shown[name] for name in same} == {name: read[name] for name in same}
        assert shown["id"] == f"{article['id']}.{read['id']}"
        assert [(one["low"], one["high"], one["text"]) for one in shown["figures"]] == [
            (one["low"], one["high"], one["text"]) for one in read["figures"]
        ]
        for span in shown["contents"]:
            assert article["text"][span["start"] : span["end"]] == span["text"]
    with Ledger.open(filled) as ledger:
        assert record in [one.to_dict() for one in ledger.articles()]


def test_names_outlast_the_ledger(room, tmp_path):
    """A ledger that is made anew, in another order, has the same ids for articles, statements and people."""
    path = tmp_path / "again.ledger"
    with Ledger.open(path, write=True) as ledger:
        from katanya import Reader

        ledger.file(Reader().pipe(documents()[::-1]))
        ledger.relate()
        again = {one.id: one.content for one in ledger.listed(limit=500).statements}
    before = {one["id"]: one["content"] for page in pages(room, "/statements", limit=200) for one in page["statements"]}
    assert again == before


def test_a_person(room):
    """A person has roles, months, outlets, counterparts and statements, by any sighting's name."""
    person = got(room, "/people", name=PERSON)
    assert person["name"] == PERSON
    assert person["spoken"] == person["statements"]["count"] == sum(one["statements"] for one in person["periods"])
    assert {one["name"] for one in person["outlets"]} == {"Kabar Tirta", "Suara Tirta"}
    assert {role["role"] for role in person["roles"]} == {"Bupati"}
    for one in person["statements"]["statements"]:
        assert got(room, f"/people/{one['article']}.{PERSON}")["id"] == person["id"] == one["person"]
    about = got(room, f"/people/{person['id']}", topic="rumah")
    assert 0 < about["statements"]["count"] <= person["spoken"]


def test_a_quotation_has_its_versions_with_the_words_that_differ(room):
    """The versions of a quotation stand together, and every version's id leads to it."""
    (found,) = got(room, "/quotations", q="membangun kembali")["quotations"]
    assert [one["said"]["outlet"] for one in found["versions"]] == ["Kabar Tirta", "Suara Tirta"]
    changed = [(step["before"], step["after"]) for step in found["versions"][1]["steps"] if step["change"] == "changed"]
    assert changed == [("seluruh", "semua")]
    for version in found["versions"]:
        assert got(room, f"/quotations/{version['said']['id']}") == found


def test_a_track_leads_to_its_accounts(room):
    """Every account of a track names its article, and its statement where somebody says it."""
    tracks = got(room, "/tracks", q="orang tewas banjir")["tracks"]
    accounts = [account for track in tracks for account in track["accounts"]]
    assert {account["low"] for account in accounts} >= {12, 14}
    for account in accounts:
        assert got(room, f"/articles/{account['article']}")["text"].count(account["words"])


def test_two_sides(room):
    """Each side has its own statements on the topic, with how many there are and of what kind."""
    sides = got(room, "/compare", by="outlet", left="kabar", right="suara", topic="rumah")
    for name in ("left", "right"):
        half = sides[name]
        assert half["statements"] == half["found"]["count"] == sum(one["statements"] for one in half["kinds"]) > 0
        assert {one["outlet"].split()[0].lower() for one in half["found"]["statements"]} == {half["name"]}
    assert got(room, "/compare", by="speaker", left="lestari")["right"] is None


SOME = ({}, {"outlet": "kabar"}, {"kind": "direct"}, {"speaker": "lestari"}, {"to": "2025-01"})


@pytest.mark.parametrize("by", ["role", "affiliation", "outlet", "speaker", "speaker-kind", "kind", "act"])
@pytest.mark.parametrize("asked", SOME, ids=lambda asked: " ".join(asked) or "all")
def test_statistics_are_those_of_the_command(room, filled, by, asked):
    """Shares are those of `katanya stats`, with every filter."""
    found = got(room, "/statistics", by=by, limit=200, **asked)
    with Ledger.open(filled) as ledger:
        shares = ledger.stats(by, limit=1000, **{NAMES.get(name, name): value for name, value in asked.items()})
    assert found["shares"] == [share.to_dict() for share in shares[:200]]
    assert found["values"] == len(shares)
    assert found["statements"] == sum(share.statements for share in shares)


def test_rejects(room):
    """What could not be read is shown as it was seen."""
    found = got(room, "/rejects")
    assert [(one["source"], one["reason"], one["detail"]) for one in found["rejects"]] == [
        ("news.jsonl", "not json", "line 3: <b>no JSON</b>")
    ]
    assert got(room, "/rejects", reason="empty")["rejects"] == []


def test_downloads_hold_all_that_a_search_finds(room):
    """As lines and as a table the statements are those of all pages together, in the same order."""
    walk = pages(room, "/statements", outlet="kabar", limit=7, sort="latest")
    every = [one for page in walk for one in page["statements"]]
    lines = room.get(f"{API}/statements.jsonl", params={"outlet": "kabar"}).text.splitlines()
    assert [json.loads(line) for line in lines] == every
    table = room.get(f"{API}/statements.csv", params={"outlet": "kabar"})
    assert "attachment" in table.headers["content-disposition"]
    assert [row["id"] for row in csv.DictReader(io.StringIO(table.text))] == [one["id"] for one in every]


MISSING = {
    "a page": ("/nowhere", 404), "an article": ("/articles/nowhere", 404), "a statement": ("/statements/no.where", 404),
    "a person": ("/people/no.where", 404), "a quotation": ("/quotations/no.where", 404),
    "an edition": ("/articles/{article}?edition=9", 404), "a date": ("/statements?from=2025-13", 400),
    "a day": ("/statements?from=yesterday", 422), "a cursor": ("/statements?cursor=x", 400),
    "a cursor of rejects": ("/rejects?cursor=x", 400), "a kind": ("/statements?kind=loud", 422),
    "too many": ("/statements?limit=100000", 422), "a date of a download": ("/statements.csv?to=2025-13", 400),
    "a field": ("/statistics?by=gender", 422),
}  # fmt: skip


@pytest.mark.parametrize(("path", "status"), MISSING.values(), ids=MISSING)
def test_what_is_not_there_is_told_in_words(room, path, status):
    """Every error has the form what, where, fix."""
    article = got(room, "/statements")["statements"][0]["article"]
    answer = room.get(API + path.format(article=article))
    assert answer.status_code == status
    assert set(answer.json()) == {"what", "where", "fix", "id"}
    assert answer.json()["what"]


def test_a_correction_is_made_and_undone(desk):
    """A correction lies over the reading at once, with author and reason, and is taken back by its number."""
    said = got(desk, "/statements", q="membangun kembali")["statements"][0]
    body = {"statement": said["id"], "speaker": "Rini Wulandari", "author": "desk", "reason": "misread"}
    made = desk.post(f"{API}/corrections", json=body)
    assert made.status_code == 201
    assert made.json()["statement"] == said["id"]
    now = got(desk, f"/statements/{said['id']}")
    assert (now["speaker"], now["corrected"]) == ("Rini Wulandari", ["speaker"])
    shown = next(one for one in got(desk, f"/articles/{said['article']}")["statements"] if one["id"] == said["id"])
    assert shown["was"]["speaker"] == PERSON
    assert shown["corrections"] == [made.json()["id"]]
    undone = desk.post(f"{API}/corrections/{made.json()['id']}/undo", json={"author": "desk"})
    assert undone.json()["undone_by"] == "desk"
    assert got(desk, f"/statements/{said['id']}") == said
    assert [one["id"] for one in got(desk, "/corrections")["corrections"]] == [made.json()["id"]]
    assert desk.post(f"{API}/corrections/{made.json()['id']}/undo", json={"author": "desk"}).status_code == 409


def test_counts_follow_a_correction_at_once(desk):
    """What is kept of counts over the whole ledger is never older than the ledger."""
    before = got(desk, "/front")["quoted"][0]
    one = got(desk, f"/people/{before['person']}")["statements"]["statements"][0]
    body = {"statement": one["id"], "nobody": True, "author": "desk", "reason": "misread"}
    assert desk.post(f"{API}/corrections", json=body).status_code == 201
    after = {speaker["person"]: speaker["statements"] for speaker in got(desk, "/front")["quoted"]}
    assert after[before["person"]] == before["statements"] - 1
    assert got(desk, "/front")["counts"]["corrections"] == 1


def test_figures_and_contents_are_corrected(desk):
    """A figure's bounds and the words that were said are corrected in the same way; what fits nothing is refused."""
    article = got(desk, "/statements", q="membangun kembali", outlet="suara")["statements"][0]["article"]
    said = next(one for one in got(desk, f"/articles/{article}")["statements"] if one["figures"])
    told = {"statement": said["id"], "author": "desk", "reason": "counted again"}
    figure = {"words": said["figures"][0]["text"], "low": 15, "high": None}
    assert desk.post(f"{API}/corrections", json=told | {"figure": figure}).status_code == 201
    words = said["contents"][0]["text"]
    assert desk.post(f"{API}/corrections", json=told | {"contents": [words[:10]]}).status_code == 201
    now = next(one for one in got(desk, f"/articles/{article}")["statements"] if one["id"] == said["id"])
    assert (now["figures"][0]["low"], now["figures"][0]["high"]) == (15, None)
    assert [span["text"] for span in now["contents"]] == [words[:10]]
    assert desk.post(f"{API}/corrections", json=told | {"contents": ["nowhere to be found"]}).status_code == 409
    assert desk.post(f"{API}/corrections", json=told | {"figure": figure | {"words": "7"}}).status_code == 409
    assert desk.post(f"{API}/corrections", json=told | {"nobody": True, "speaker": "Rini"}).status_code == 422
    assert desk.post(f"{API}/corrections", json=told | {"statement": "no.where", "nobody": True}).status_code == 404


def test_a_correction_waits_for_who_writes(desk, tmp_path):
    """While somebody else writes the ledger a correction is refused with who that is, and reading goes on."""
    said = got(desk, "/statements")["statements"][0]
    body = {"statement": said["id"], "nobody": True, "author": "desk", "reason": "misread"}
    with Ledger.open(tmp_path / "b.ledger", write=True, who="katanya file news.jsonl"):
        answer = desk.post(f"{API}/corrections", json=body)
        assert answer.status_code == 423
        assert "katanya file news.jsonl" in answer.json()["what"]
        assert got(desk, "/statements")["statements"][0] == said
    assert desk.post(f"{API}/corrections", json=body).status_code == 201


def test_an_earlier_edition(tmp_path):
    """An edition can be had by its number, as it was read, with what changed after it."""
    from rooms import running, settings

    from katanya import Reader
    from katanya.core.records import Document

    path, reader = tmp_path / "c.ledger", Reader(model=None)
    texts = [f"Camat Sukamaju, Rini Wulandari, mengatakan {many} rumah rusak." for many in ("tiga", "lima")]
    with Ledger.open(path, write=True) as ledger:
        for text in texts:
            ledger.file([reader.read(Document(text, "a", "Rumah rusak", "Kabar Tirta", "2025-01-02"))])
    with running(settings(path)) as client:
        id = got(client, "/statements")["statements"][0]["article"]
        assert got(client, f"/articles/{id}")["text"] == texts[1]
        first = got(client, f"/articles/{id}", edition=1)
        assert (first["text"], first["current"]) == (texts[0], False)
        assert [one["changes"] for one in first["editions"]] == [[], ["text"]]


def test_what_is_served_is_what_was_filled(tmp_path, room):
    """Two servers of ledgers of one input answer alike."""
    from rooms import running, settings

    with running(settings(fill(tmp_path / "d.ledger"))) as other:
        for path in ("/front", "/statements?q=banjir", "/statistics?by=speaker", "/people?name=Lestari"):
            assert other.get(API + path).content == room.get(API + path).content
