import hashlib
import json
import sqlite3

import archives as made
import pytest

from katanya import Ledger
from katanya.batch import filing, taking
from katanya.batch.inputs import base
from katanya.core.records import Article, Document
from katanya.ledger import copies
from katanya.ledger.entries import Entry, changed
from katanya.ledger.filing import Filed

NOW = "2025-06-03T10:00:00+00:00"


def file(path, *sources, **more):
    """File by the rules alone."""
    return filing.file(sources, path, model=None, now=NOW, **more).filed


def rows(path, sql):
    """Return the rows of a question to a ledger."""
    with sqlite3.connect(path) as connection:
        return connection.execute(sql).fetchall()


def warc(folder, *pages, name="in.warc.gz"):
    """Write an archive of pages by their addresses."""
    records = [made.response(f"https://{address}", body) for address, body in pages]
    (folder / name).write_bytes(made.packed(made.INFO, *records))
    return folder / name


TEXT = made.text(3)
SAME = {
    "the same": TEXT,
    "one line less": TEXT.rsplit("\n", 1)[0],
    "a link in between": TEXT.replace("\n", "\nAdapun jembatan gantung lain.\n", 1),
    "a word mended": TEXT.replace("dijadwalkan", "direncanakan", 1).replace("lapuk", "rapuh", 1),
}
OTHER = {
    "another figure": TEXT.replace("melapor 4 kali", "melapor 40 kali"),
    "another quotation": TEXT + '\n"Kami menunggu," kata Rini.',
    "a paragraph more": TEXT
    + "\nPenjabat bupati yang ditemui terpisah mengatakan anggaran perbaikan jembatan sudah disetujui oleh dewan.",
    "another article": made.text(1),
    "the half, the rest is new": TEXT[: len(TEXT) // 2] + made.text(9)[len(TEXT) // 2 :],
}  # fmt: skip


@pytest.mark.parametrize("other", SAME.values(), ids=SAME)
def test_what_says_the_same(other):
    """A text is a copy where all but a few of its words stand in the other in the same order."""
    assert 0.9 < copies.likeness(other, TEXT) <= 1


@pytest.mark.parametrize("other", OTHER.values(), ids=OTHER)
def test_what_says_more(other):
    """A text with another figure, another quotation or words of its own is no copy: what it says would be lost."""
    assert copies.likeness(other, TEXT) is None


def test_a_short_text_is_a_copy_of_the_very_same_only():
    """What is short says too little to be likened."""
    assert copies.likeness("Jembatan ditutup.", "Jembatan ditutup.") == 1
    assert copies.likeness("Jembatan ditutup.", "Jembatan ditutup lagi.") is None


@pytest.mark.parametrize("text", ["", "jembatan", "\ud800 jembatan", TEXT])
def test_a_sketch_is_a_function_of_the_words(text):
    """Every text has a sketch; case and punctuation make no difference to it."""
    assert len(copies.sketch(text)) == copies.BANDS
    assert copies.sketch(text) == copies.sketch(text.upper().replace(" ", ", "))


def test_copies_are_linked_and_not_read(tmp_path):
    """A page of the same article elsewhere is a copy, with address, outlet and where it stands; its text is kept."""
    source = warc(
        tmp_path, ("satu.example/1", made.page(3)), ("dua.example/x", made.page(3, dress="other")),
        ("tiga.example/2", made.page(5)),
    )  # fmt: skip
    ledger = tmp_path / "a.ledger"
    assert file(ledger, source) == {Filed.NEW: 2, Filed.COPY: 1}
    ((url, edition, edits, at),) = rows(ledger, "SELECT url, edition, difference, at FROM copies")
    ((text, digest),) = rows(ledger, f"SELECT e.text, c.digest FROM editions e, copies c WHERE e.id = {edition}")
    told = changed(text, json.loads(edits)) if edits else text
    assert hashlib.sha256(told.encode()).digest() == digest
    assert url == "https://dua.example/x"
    assert at > 0
    with Ledger.open(ledger) as opened:
        assert opened.counts()["copies"] == 1


def test_outlets_that_reprint_count_as_those_that_carried_it(tmp_path):
    """A statement is carried by its own outlet and by those of the copies of its article; a quotation shows them."""
    more = "\nAdapun jembatan lain itu masih kuat, kata warga kampung di sebelah sungai.\n"
    told = {"Satu": made.text(3), "Dua": made.text(3), "Tiga": made.text(3).replace("\n", more)}
    lines = [{"url": f"https://{name}.example", "outlet": f"Kabar {name}", "text": told[name]} for name in told]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    ledger = tmp_path / "a.ledger"
    assert file(ledger, tmp_path / "in.jsonl", link_copies=True) == {Filed.NEW: 2, Filed.COPY: 1}
    with Ledger.open(ledger, write=True) as opened:
        opened.relate()
        quotation, *_ = opened.quote("jembatan")
    assert [(version.outlet, version.carried) for version in quotation.versions] == [
        ("Kabar Satu", ("Kabar Dua",)), ("Kabar Tiga", ())
    ]  # fmt: skip
    carriers = rows(ledger, "SELECT outlet FROM carried WHERE statement = 1 ORDER BY 1")
    assert carriers == [("Kabar Dua",), ("Kabar Satu",)]


def test_what_is_known_stays_known(tmp_path):
    """The same page again, at its own address or that of a copy, is known and not read again."""
    pages = ("satu.example/1", made.page(3)), ("dua.example/x", made.page(3))
    ledger = tmp_path / "a.ledger"
    assert file(ledger, warc(tmp_path, *pages, *pages)) == {Filed.NEW: 1, Filed.COPY: 1, Filed.KNOWN: 2}
    assert file(ledger, warc(tmp_path, *pages, name="again.warc.gz")) == {Filed.KNOWN: 2}


def test_another_text_at_a_known_address_is_an_edition(tmp_path):
    """What changed at its own address is another edition, however alike it is."""
    ledger = tmp_path / "a.ledger"
    changed_page = made.page(3, told=SAME["a word mended"])
    source = warc(tmp_path, ("satu.example/1", made.page(3)), ("satu.example/1", changed_page))
    assert file(ledger, source) == {Filed.NEW: 1, Filed.EDITION: 1}


def test_copies_are_read_where_that_is_asked(tmp_path):
    """Where copies are to be read every page is an article of its own."""
    source = warc(tmp_path, ("satu.example/1", made.page(3)), ("dua.example/x", made.page(3)))
    assert file(tmp_path / "a.ledger", source, link_copies=False) == {Filed.NEW: 2}


def test_json_lines_are_read_unless_copies_are_to_be_linked(tmp_path):
    """Articles that somebody put together are all read; whoever asks for it has copies linked."""
    (tmp_path / "in.jsonl").write_bytes(made.lines(1) + made.lines(1).replace(b"n1", b"n2"))
    assert file(tmp_path / "a.ledger", tmp_path / "in.jsonl") == {Filed.NEW: 2}
    assert file(tmp_path / "b.ledger", tmp_path / "in.jsonl", link_copies=True) == {Filed.NEW: 1, Filed.COPY: 1}


def test_a_copy_of_what_cannot_be_read_is_read(tmp_path):
    """Where the article that a text is a copy of came to nothing, the copy is read in its place."""
    entry = Entry(Article(Document(TEXT, url="https://dua.example/x")), sketch=copies.sketch(TEXT))
    with Ledger.open(tmp_path / "a.ledger", write=True) as ledger, ledger.writing(taking.Program(), NOW) as filer:
        by = filing.reader("id", None)
        filed = taking.put(filer, taking.Unread(entry, linked=True), taking.Place("in.warc.gz", 9), by)
    assert filed is Filed.NEW
    assert rows(tmp_path / "a.ledger", "SELECT count(*) > 2 FROM statements") == [(1,)]


def test_workers_and_interruptions_change_nothing(tmp_path, monkeypatch):
    """However many workers read, and wherever a run was ended, the same articles are read and the same are copies."""
    monkeypatch.setattr(filing, "COMMIT_ARTICLES", 8)
    monkeypatch.setattr(base, "CHUNK_ITEMS", 4)
    pages = [(f"o{n % 5}.example/{n}", made.page(n % 9, dress="plain" if n % 2 else "other")) for n in range(48)]
    source = warc(tmp_path, *pages)
    contents = []
    for name, workers, ends in (("one", 1, 0), ("two", 2, 0), ("ended", 1, 3)):
        ledger = tmp_path / f"{name}.ledger"
        for end in range(ends):
            with pytest.raises(KeyboardInterrupt):
                file(ledger, source, workers=workers, watch=_stop_after(end + 1))
        file(ledger, source, workers=workers)
        with sqlite3.connect(ledger) as connection:
            contents.append([line for line in connection.iterdump() if "_index_" not in line])
    assert contents[0] == contents[1] == contents[2]


def _stop_after(times):
    seen = []

    def watch(progress):
        seen.append(progress)
        if len(seen) == times:
            raise KeyboardInterrupt

    return watch
