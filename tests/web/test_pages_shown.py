"""The pages themselves: what they show, that hostile articles stay text, and how much they weigh."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from looked import Looked
from newsroom import examples, filed, opened, read

from katanya import Ledger
from katanya.core.records import Act, Article, Document, Kind, Person, SpeakerKind, Statement
from katanya.core.spans import Span
from katanya.web import app

HERE = Path(__file__).parent
VENDOR = app.STATIC / "vendor"
MANIFEST = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))["scripts"]
HOSTILE = [
    line.replace("\\x00", "\x00") for line in (HERE / "hostile.txt").read_text(encoding="utf-8").split("\n") if line
]
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
LIGHT = 150_000  # bytes of a page with all that it loads, charts aside
CHARTS = ("vega", "charts.js")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    """A ledger of the examples."""
    return filed(tmp_path_factory.mktemp("room") / "room.ledger", read(examples()))


@pytest.fixture(scope="module")
def browser(ledger):
    """A browser of a kind for that ledger."""
    with opened(ledger) as client:
        yield client


def address(browser, page: str, start: str) -> str:
    """Return the first link of a page that begins so."""
    return next(link for link in Looked(browser.get(page).text).links if link.startswith(start))


def pages(browser) -> list[str]:
    """Return an address of each sort of page."""
    return [
        "/", "/?q=korban", "/?q=zzz", "/?outlet=Samudra&kind=direct&from=2025", "/people", "/people?name=BNPB",
        "/quotations",
        "/quotations?q=rupiah", "/track", "/track?q=korban+meninggal+banjir", "/compare",
        "/compare?by=outlet&left=Samudra&right=Lentera", "/statistics", "/statistics?by=outlet", "/rejects", "/feeds",
        "/corrections", "/paste", "/help", address(browser, "/?q=jenazah", "/articles/"),
        address(browser, "/people", "/people/"), address(browser, "/quotations?q=rupiah", "/quotations/"),
        address(browser, address(browser, "/?q=jenazah", "/articles/"), "/correct/"),
    ]  # fmt: skip


@pytest.mark.parametrize("number", range(23))
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_is_whole_light_and_in_the_readers_language(browser, number, language):
    """Each page is sound HTML in the language asked for, holds no script or style, and is light with all it loads."""
    path = pages(browser)[number]
    answer = browser.get(path, headers={"accept-language": language})
    assert answer.status_code == 200
    page = Looked(answer.text)
    assert f'<html lang="{language}"' in answer.text
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert not any(name.startswith("on") or name == "style" for _, known in page.tags for name in known)
    assert not {"style", "iframe"} & {tag for tag, _ in page.tags}
    assert all("src" in known for tag, known in page.tags if tag == "script")
    loaded = [name for name in page.loaded if not any(part in name for part in CHARTS)]
    assert all(name.startswith("/static/") for name in loaded)
    assert len(answer.content) + sum(len(browser.get(name).content) for name in loaded) < LIGHT
    labelled = {known["for"] for tag, known in page.tags if tag == "label" and "for" in known}
    inputs = [known for tag, known in page.tags if tag in ("input", "select", "textarea")]
    assert all(known.get("id") in labelled for known in inputs if known.get("type") not in ("hidden", "checkbox"))


def test_pages_lead_to_pages(browser):
    """Every link inside the room leads somewhere, from every page."""
    seen, dead = set(), []
    for path in pages(browser):
        for link in Looked(browser.get(path).text).links:
            plain = link.partition("#")[0]
            if plain.startswith("/") and plain not in seen and len(seen) < 400:
                seen.add(plain)
                if browser.get(plain).status_code not in (200, 303):
                    dead.append(link)
    browser.cookies.clear()  # the links to another language and theme were followed as well
    assert len(seen) > 100
    assert dead == []


def test_an_article_shows_what_was_said(browser):
    """The article page has the text word for word, a note for each statement, and links both ways."""
    path = address(browser, "/?q=identifikasi", "/articles/")
    page = Looked(browser.get(path).text)
    document = next(one for one in examples() if one.id == "galodo-3")
    assert "".join(page.text).split() == document.text.split()
    notes = [anchor for anchor in page.ids if re.fullmatch(r"m-\d+", anchor)]
    assert len(notes) > 4
    assert {f"#{anchor}" for anchor in notes} <= set(page.links)
    assert {f"#s-{anchor[2:]}" for anchor in notes} <= set(page.links)
    assert "28 hingga 30" in page.said
    assert "28–30 orang" in page.said


def test_a_statement_leads_to_its_place(browser):
    """The address of a statement leads to the article, at the statement."""
    answer = browser.get(address(browser, "/?q=identifikasi", "/statements/"))
    assert answer.status_code == 303
    path, _, anchor = answer.headers["location"].partition("#")
    assert anchor in Looked(browser.get(path).text).ids


def test_versions_show_what_changed(browser):
    """A quotation's page marks what a later version leaves out and puts in."""
    page = browser.get(address(browser, "/quotations?q=rupiah", "/quotations/")).text
    assert "<del>sendiri yang</del>" in page
    assert "<del>dana</del> <ins>uang</ins>" in page
    assert page.index("Samudra") < page.index("Warta Rengas")


def test_figures_that_part_stand_side_by_side(browser):
    """The page of figures has the accounts as a table and the pair that parts, and says the same in its chart."""
    answer = browser.get("/track?q=korban+meninggal+banjir+Ranahlimau")
    page = Looked(answer.text)
    (chart, *_) = [known for tag, known in page.tags if tag == "div" and "data-spec" in known]
    spec = json.loads(chart["data-spec"])
    rows = spec["data"]["values"]
    assert {"17", "19"} <= set(page.said.split())
    assert {17, 19} <= {row["low"] for row in rows}
    assert "berbeda dari" in page.said
    assert chart["role"] == "img"
    assert chart["aria-label"]


def test_a_choice_of_language_is_kept(browser):
    """The link to another language leads back, and the language stays."""
    path = "/statistics?by=outlet"
    answer = browser.get(next(
        link for link in Looked(browser.get(path).text).links if link.startswith("/preferences/language/en")
    ))  # fmt: skip
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    assert "Who gets to speak" in browser.get(path).text
    browser.get("/preferences/theme/dark?back=/")
    assert 'data-theme="dark"' in browser.get("/").text
    browser.cookies.clear()


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "/\\evil.example", "/\t/x", ""])
def test_a_choice_never_leads_away(browser, back):
    """Where to go back to is a page of this room, or the front page."""
    answer = browser.get("/preferences/theme/light", params={"back": back})
    assert answer.headers["location"] == "/"
    browser.cookies.clear()


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/articles/none", 404, "Halaman tidak ditemukan"),
        ("/people/none.Nobody", 404, "Halaman tidak ditemukan"),
        ("/people?name=zzzz", 404, "Tidak ada yang bernama demikian"),
        ("/nowhere", 404, "Halaman tidak ditemukan"),
        ("/preferences/language/xx", 404, "Halaman tidak ditemukan"),
        ("/articles/none?part=x", 422, "Permintaan tidak dapat dipahami"),
        ("/?from=kemarin", 400, "Permintaan tidak dapat dipahami"),
        ("/?after=zzz", 400, "Permintaan tidak dapat dipahami"),
    ],
)
def test_what_goes_wrong_is_told_in_the_readers_language(browser, path, status, words):
    """An error is a page with its status, in the reader's words, without how the program is made."""
    answer = browser.get(path)
    assert answer.status_code == status
    assert words in answer.text
    assert "Traceback" not in answer.text
    assert Looked(answer.text).loaded


def test_corrections_are_made_and_undone(tmp_path):
    """Speaker, content and figure are corrected by plain forms, with author and reason, and taken back."""
    ledger = filed(tmp_path / "corrected.ledger", read(examples()[:3]))
    with opened(ledger) as browser:
        path = address(browser, "/?q=rumah+terendam", "/articles/")
        form = address(browser, path, "/correct/")

        def sent(**fields: str) -> object:
            token = re.search(r'name="csrf" value="([^"]+)"', browser.get(form).text)[1]
            return browser.post(form, data={"csrf": token, "author": "Meja <b>", "reason": "salah & keliru"} | fields)

        answer = sent(target="speaker", speaker="Euis Komariah", speaker_kind="person")
        assert answer.status_code == 303
        page = Looked(browser.get(answer.headers["location"]).text)
        assert "Koreksi disimpan." in page.said
        assert "Bacaan mesin: Rahmat Hidayat" in page.said
        assert "Meja <b>" in page.said
        assert sent(target="figure", figure="1.250", low="1.300", high="", unit="").status_code == 303
        assert "≥ 1.300" in browser.get(path).text
        assert sent(target="content", contents="1.250 rumah\nterendam banjir").status_code == 303
        for fields, words in (
            ({"target": "content", "contents": "bukan kata artikel"}, "Kata-kata itu tidak ada dalam artikel."),
            ({"target": "figure", "figure": "1.250", "low": "lima"}, "Batas harus berupa angka"),
            ({"target": "figure", "figure": "1.250", "low": "9", "high": "3"}, "Batas bawah lebih besar"),
            ({"target": "speaker", "speaker": "X", "reason": " "}, "Isi nama Anda dan alasannya."),
        ):
            refused = sent(**fields)
            assert refused.status_code == 422
            assert words in refused.text
        undo = re.findall(r'action="(/corrections/\d+/undo)"', browser.get(path).text)
        token = re.search(r'name="csrf" value="([^"]+)"', browser.get(path).text)[1]
        for one in undo:
            assert browser.post(one, data={"csrf": token, "author": "Meja", "back": path}).status_code == 303
        assert browser.get("/corrections").text.count("dibatalkan oleh") == len(undo) == 3
        assert browser.post(undo[0], data={"author": "Meja"}).status_code == 403
    with Ledger.open(ledger) as held:
        assert all(one.undone for one in held.corrections())


def test_a_room_that_is_read_only_offers_no_change(ledger):
    """Without the right to change anything, nothing is offered and nothing done."""
    with opened(ledger, read_only=True) as browser:
        page = browser.get(address(browser, "/?q=jenazah", "/articles/")).text
        assert "/correct/" not in page
        assert browser.get("/correct/x.s1").status_code == 403


def test_a_pasted_text_is_read_and_not_filed(tmp_path):
    """What is pasted is shown with its marks, and the ledger stays as it was."""
    ledger = filed(tmp_path / "paste.ledger", [])
    with opened(ledger) as browser:
        token = re.search(r'name="csrf" value="([^"]+)"', browser.get("/paste").text)[1]
        text = "Camat Sukamaju Rini Wulandari mengatakan <b>jembatan</b> ditutup.\r\nIa tidak merinci sebabnya."
        answer = browser.post("/paste", data={"csrf": token, "text": text})
        page = Looked(answer.text)
        assert "".join(page.text).split() == text.split()
        assert "Rini Wulandari" in page.said
        empty = browser.post("/paste", data={"csrf": token, "text": " "})
        assert (empty.status_code, "Tidak dapat dibaca" in empty.text) == (422, True)
    with Ledger.open(ledger) as held:
        assert held.counts()["articles"] == 0


@pytest.fixture(scope="module")
def besieged(tmp_path_factory):
    """A room of hostile articles: each has its line everywhere that a record holds words."""
    articles = [_hostile(at, line) for at, line in enumerate(HOSTILE)]
    return filed(tmp_path_factory.mktemp("hostile") / "hostile.ledger", articles)


@pytest.fixture(scope="module")
def besieged_browser(besieged):
    """A browser of a kind for it."""
    with opened(besieged) as client:
        yield client


def _hostile(at: int, line: str) -> Article:
    text = f"Awal. {line} kata dia.\n{'x' * 100_000 if at == 0 else line}\nAkhir {at}."
    whole, second = Span.cut(text, 6, 6 + len(line)), Span.cut(text, 0, min(len(text), 40))
    said = [
        Statement("s1", Kind.DIRECT, Act.ASSERTIVE, whole, whole, (whole,), line, SpeakerKind.PERSON, time=whole,
                  place=whole, event=whole, because=(line,)),
        Statement("s2", Kind.INDIRECT, Act.DENIAL, None, None, (second,), line, SpeakerKind.PERSON, within="s1"),
    ]  # fmt: skip
    document = Document(text, id=f"h{at}", title=f"{line} judul", outlet=line, published="2025-01-14", author=line,
                        url=f"javascript:alert({at})", language=f'id"{line}')  # fmt: skip
    return Article(document, tuple(said), (Person(line, line, line, (whole,)),))


@pytest.mark.parametrize("at", range(len(HOSTILE)))
def test_hostile_articles_are_shown_as_text(besieged, besieged_browser, at):
    """Markup, scripts, marks of direction and control characters in an article stay words of its page."""
    with Ledger.open(besieged) as ledger:
        every = ledger.listed("", limit=100).statements
    said = next(one for one in every if one.document == f"h{at}")
    answer = besieged_browser.get(f"/articles/{said.article}")
    assert answer.status_code == 200
    page = Looked(answer.text)
    shown = "".join(CONTROL.sub("\ufffd", HOSTILE[at]).split())
    assert shown in "".join("".join(page.text).split())
    assert shown in "".join(page.said.split()).replace("".join(page.text), "")
    _harmless(page)


@pytest.mark.parametrize("path", ["/", "/statistics?by=speaker", "/statistics?by=outlet", "/people", "/track?q=Awal"])
def test_lists_of_hostile_articles_are_text(besieged_browser, path):
    """Where statements of hostile articles are listed, they are words as well, and so is a hostile search."""
    answer = besieged_browser.get(path)
    assert answer.status_code == 200
    _harmless(Looked(answer.text))
    for line in HOSTILE:
        echoed = besieged_browser.get("/", params={"q": line, "speaker": line})
        assert echoed.status_code == 200
        _harmless(Looked(echoed.text))


def _harmless(page: Looked) -> None:
    tags = [tag for tag, _ in page.tags]
    assert not {"iframe", "img", "base", "style", "object", "embed"} & set(tags)
    assert all(known["src"].startswith("/static/") for tag, known in page.tags if tag == "script")
    assert not any(name.startswith(("on", "srcdoc", "xlink")) for _, known in page.tags for name in known)
    assert all(link.startswith(("/", "#")) and not link.startswith("//") for link in page.links)
    actions = [known["action"] for tag, known in page.tags if tag == "form" and "action" in known]
    assert all(action.startswith("/") and not action.startswith("//") for action in actions)
    assert tags.count("main") == 1
    assert tags.count("title") == 1
    assert page.ids.count("s-1") <= 1


def test_a_page_of_two_thousand_statements_is_light(tmp_path):
    """An article with 2,000 statements is shown in parts, each of them light."""
    text = "\n".join(f'"Kami sudah menghitung {at} rumah di desa itu," kata Rini Wulandari.' for at in range(2000))
    starts = [match.start() + 1 for match in re.finditer('"Kami', text)]
    ends = [match.start() for match in re.finditer('," kata', text)]
    said = tuple(
        Statement(f"s{at}", Kind.DIRECT, Act.ASSERTIVE, None, None, (Span.cut(text, start, end),), f"Saksi {at % 9}",
                  SpeakerKind.PERSON, confidence=0.9, because=("direct", "name"))
        for at, (start, end) in enumerate(zip(starts, ends, strict=True))
    )  # fmt: skip
    ledger = filed(tmp_path / "long.ledger", [Article(Document(text, id="long"), said, ())])
    with opened(ledger) as browser:
        path = address(browser, "/", "/articles/")
        first, last = browser.get(path), browser.get(f"{path}?part=999")
        for answer in (first, last):
            page = Looked(answer.text)
            assert len(answer.content) + sum(len(browser.get(name).content) for name in page.loaded) < LIGHT
        assert "m-2000" in Looked(last.text).ids
        assert browser.get(f"{address(browser, '/', '/statements/')}").status_code == 303


@pytest.mark.parametrize("script", MANIFEST, ids=lambda script: script["file"])
def test_scripts_of_others_are_those_of_the_manifest(script):
    """What is shipped has the digest that the manifest names, its licence beside it, and a line in NOTICE."""
    assert hashlib.sha256((VENDOR / script["file"]).read_bytes()).hexdigest() == script["sha256"]
    assert (VENDOR / script["licence_file"]).stat().st_size > 200
    notice = (HERE.parents[1] / "NOTICE").read_text(encoding="utf-8")
    assert script["version"] in notice
    changed = script["packed_sha256"] != script["sha256"]
    assert not changed or script["package"].startswith("vega")


def test_nothing_is_shipped_that_the_manifest_does_not_name():
    """Beside the scripts and licences of the manifest there is the manifest alone."""
    named = {script[key] for script in MANIFEST for key in ("file", "licence_file")}
    assert {path.name for path in VENDOR.iterdir()} == named | {"manifest.json"}


def test_the_map_has_the_sheets_that_places_are_drawn_on():
    """The outlines have a group for each sheet, and no script."""
    from katanya.web.maps import SHEETS

    outlines = (app.STATIC / "map.svg").read_text(encoding="utf-8")
    assert re.findall(r'<g id="(\w+)">', outlines) == [sheet.name for sheet in SHEETS]
    assert "<script" not in outlines
    points = [float(x) for x in re.findall(r"M([\d.]+),", outlines.partition("</g>")[0])]
    assert 0 <= min(points) <= max(points) <= SHEETS[0].width
