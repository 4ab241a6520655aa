import gzip
import io
import json
import zipfile
from dataclasses import replace

import archives as made
import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from katanya.batch.extract import extract
from katanya.batch.inputs import Chunk, Given, Input, Manner, Place, base, files
from katanya.batch.inputs.kinds import KINDS
from katanya.batch.reading import Task, document_of
from katanya.core.errors import InputError
from katanya.core.outcomes import Reason, Rejected


def items(path, start=None, size=32):
    """Return the items of a file with the place behind each chunk of at most so many."""
    found = []
    with Input(Given(path, path.name), start) as opened:
        for chunk in opened.chunks():
            found.append((chunk.items, chunk.end))
    return found


def outcomes(path, *, check_language=True):
    """Return what becomes of every item, with where it stands."""
    with Input(Given(path, path.name)) as opened:
        manner = Manner(bulk=True, check_language=check_language)
        found = []
        for item in (item for chunk in opened.chunks() for item in chunk.items):
            task = Task(Chunk([item], Place()), path.name, opened.kind.name, manner, None)
            found.append((item, document_of(task, item)))
    return found


def reasons(path):
    """Return the reason of every item, None where it is an article."""
    return [one.reason if isinstance(one, Rejected) else None for _, one in outcomes(path)]


URL = "https://outlet.example/berita/1"
PAGE = made.page(1)
BODIES = {
    "plain": ("", PAGE),
    "gzip": ("Content-Encoding: gzip\r\n", gzip.compress(PAGE)),
    "br": ("Content-Encoding: br\r\n", brotli.compress(PAGE)),
    "said to be packed, unpacked by the crawler": ("Content-Encoding: gzip\r\n", PAGE),
    "in chunks": ("Transfer-Encoding: chunked\r\n",
                  b"10\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n" % (PAGE[:16], len(PAGE) - 16, PAGE[16:])),
    "said to be in chunks, joined by the crawler": ("Transfer-Encoding: chunked\r\n", PAGE),
    "in chunks, packed": ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
                          b"%x\r\n%b\r\n0\r\n\r\n" % (len(gzip.compress(PAGE)), gzip.compress(PAGE))),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "body"), BODIES.values(), ids=BODIES)
def test_bodies_are_unpacked(tmp_path, fields, body):
    """However a server packed a page, its text is the same, with its address and the time at which it was fetched."""
    path = tmp_path / "a.warc.gz"
    path.write_bytes(made.packed(made.INFO, made.response(URL, body, fields=fields)))
    ((item, document),) = outcomes(path)
    assert document.text.split("\n")[-4:] == made.text(1).split("\n")
    assert (document.url, item.fetched) == (URL, "2025-06-03T04:05:06Z")


def test_the_charset_of_the_server_goes_first(tmp_path):
    """A page is decoded by the charset of its HTTP header."""
    told = made.text(1).replace("kata warga", "kata warga “désa”")
    body = made.page(1, told=told).decode().encode("cp1252")
    path = tmp_path / "a.warc.gz"
    path.write_bytes(made.packed(made.response(URL, body, media="text/html; charset=windows-1252")))
    ((_, document),) = outcomes(path)
    assert "“désa”" in document.text


SORTS = {
    "image": (made.response(URL, b"\xff\xd8\xff", media="image/jpeg"), Reason.NO_PAGE),
    "redirect": (made.response(URL, b"", status="301 Moved", fields="Location: /2\r\n"), Reason.NO_PAGE),
    "missing": (made.response(URL, b"<p>x", status="404 Not Found"), Reason.NO_PAGE),
    "revisit": (made.response(URL, b"", sort="revisit"), Reason.NO_PAGE),
    "other language": (made.response(URL, made.page(1, told=made.ENGLISH)), Reason.OTHER_LANGUAGE),
    "half a header": (made.response(URL, b"", http=b"HTTP/1.1 200 OK\r\nContent-Ty"), Reason.UNREADABLE),
    "no header": (made.response(URL, b"", http=b""), Reason.UNREADABLE),
    "no body": (made.response(URL, b""), Reason.EMPTY),
    "chunks that break off": (
        made.response(URL, b"ffff\r\n<html>", fields="Transfer-Encoding: chunked\r\n"), Reason.UNREADABLE
    ),
    "gzip that breaks off": (
        made.response(URL, gzip.compress(PAGE)[:-9], fields="Content-Encoding: gzip\r\n"), Reason.UNREADABLE
    ),
    "binary": (made.response(URL, b"\x7fELF\x00\x01\x02" * 50), Reason.BINARY),
    "a bomb": (
        made.response(URL, gzip.compress(b"a" * 21_000_000), fields="Content-Encoding: gzip\r\n"), Reason.TOO_LARGE
    ),
}


@pytest.mark.parametrize(("record", "reason"), SORTS.values(), ids=SORTS)
def test_what_is_no_article_has_its_reason(tmp_path, record, reason):
    """A record without an article is one item with its reason, and the records around it are read."""
    path = tmp_path / "a.warc.gz"
    path.write_bytes(made.packed(made.response(URL, PAGE), record, made.response(URL, made.page(2))))
    assert reasons(path) == [None, reason, None]


def damaged(record):
    """Return the damages that one record, packed, may suffer."""
    member, length = made.packed(record), int(record.split(b"Content-Length: ")[1].split(b"\r\n")[0])
    told = b"Content-Length: %d"
    return {
        "cut off": member[: len(member) // 2],
        "broken": member[:100] + b"\x00\x11\x22\x33" * 4 + member[116:],
        "noise": b"\x1f\x8b\x08\x00" + bytes(range(256)),
        "too short": made.packed(record.replace(told % length, told % (length - 40))),
        "too long": made.packed(record.replace(told % length, told % (length + 40))),
        "no length": made.packed(record.replace(told % length, b"Content-Length: x")),
        "no record": made.packed(b"GET / HTTP/1.1\r\n\r\n"),
    }


GOOD = made.response(URL, PAGE), made.response(URL, made.page(2))


@pytest.mark.parametrize("damage", damaged(GOOD[0]))
def test_reading_goes_on_behind_damage(tmp_path, damage):
    """A damaged record is one reject at its offset; the next record is read."""
    before, bad, after = made.packed(made.INFO, GOOD[0]), damaged(GOOD[0])[damage], made.packed(GOOD[1])
    path = tmp_path / "a.warc.gz"
    path.write_bytes(before + bad + after)
    found = outcomes(path)
    assert [isinstance(outcome, Rejected) for _, outcome in found] == [False, True, False]
    assert [item.at for item, _ in found] == [len(made.packed(made.INFO)), len(before), len(before + bad)]
    assert found[1][1].source == f"a.warc.gz:{len(before)}"


def test_an_archive_that_breaks_off(tmp_path):
    """Of an archive that breaks off the last record is rejected, the others are read."""
    (tmp_path / "a.warc.gz").write_bytes(made.packed(*GOOD)[:-30])
    assert reasons(tmp_path / "a.warc.gz") == [None, Reason.UNREADABLE]


FORMS = {
    "members": ("a.warc.gz", lambda records: made.packed(*records)),
    "plain": ("a.warc", b"".join),
    "packed as a whole": ("a.warc.gz", lambda records: gzip.compress(b"".join(records))),
    "zstd": ("a.warc.zst", lambda records: zstandard.compress(b"".join(records))),
    "another name": ("crawl", lambda records: made.packed(*records)),
}


@pytest.mark.parametrize(("name", "form"), FORMS.values(), ids=FORMS)
def test_forms_of_warc(tmp_path, name, form):
    """The same records come out of every form, and what is damaged in the middle harms nothing else."""
    bad = made.response(URL, made.page(3)).replace(b"Content-Length: ", b"Content-Length: 9")
    records = [made.INFO, GOOD[0], bad, GOOD[1], made.response(URL, made.page(4))]
    (tmp_path / name).write_bytes(form(records))
    found = outcomes(tmp_path / name)
    titles = [getattr(outcome, "title", None) for _, outcome in found]
    assert titles == ["Jembatan 1", None, "Jembatan 2", "Jembatan 4"]


def archive(folder, form):
    """Write an input of some articles."""
    if form in ("zip", "wacz"):
        path = folder / f"in.{form}"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as entries:
            if form == "zip":
                entries.writestr("a/satu.html", made.page(1))
                entries.writestr("a/.tersembunyi", "x")
                entries.writestr("b.jsonl", made.lines(2, 3, 4))
                entries.writestr("c.txt", made.text(5))
            else:
                entries.writestr("datapackage.json", "{}")
                entries.writestr("archive/1.warc.gz", made.packed(made.INFO, *GOOD))
                entries.writestr("archive/2.warc.gz", made.packed(made.response(URL, made.page(3))))
                entries.writestr("pages/pages.jsonl", "{}")
        return path
    if form == "warc":
        path = folder / "in.warc.gz"
        path.write_bytes(made.packed(made.INFO, GOOD[0], b"", GOOD[1]) + b"noise" + made.packed(GOOD[0]))
        return path
    packs = {
        "jsonl.gz": gzip.compress,
        "jsonl.zst": lambda data: zstandard.compress(data[:900]) + zstandard.compress(data[900:]),
    }
    path = folder / f"in.{form}"
    path.write_bytes(packs[form](made.lines(1, 2, 3)))
    return path


ARCHIVES = {"zip": 5, "wacz": 3, "warc": 3, "jsonl.gz": 3, "jsonl.zst": 3}


@pytest.mark.parametrize(("form", "articles"), ARCHIVES.items())
def test_every_kind_goes_on_from_every_place(tmp_path, monkeypatch, form, articles):
    """From the place behind any item the rest comes as in one go, for every kind of archive."""
    monkeypatch.setattr(base, "CHUNK_ITEMS", 1)
    path = archive(tmp_path, form)
    whole = items(path)
    every = [item for chunk, _ in whole for item in chunk]
    assert sum(item.fault is None for item in every) == articles
    for number, (_, end) in enumerate(whole, 1):
        assert [item for chunk, _ in items(path, end) for item in chunk] == every[number:]


BROKEN_OFF = {
    "in.jsonl.gz": gzip.compress(made.lines(*range(40)))[:-200],
    "in.jsonl.zst": zstandard.compress(made.lines(1, 2)) + zstandard.compress(made.lines(3))[:-40],
    "in.warc.gz": gzip.compress(b"".join(GOOD) + made.INFO)[:-20],
}


@pytest.mark.parametrize(("name", "data"), BROKEN_OFF.items())
def test_a_break_is_told_once(tmp_path, name, data):
    """Where a packed file breaks off what stands before is read, and who goes on is not told of the break again."""
    (tmp_path / name).write_bytes(data)
    whole = items(tmp_path / name)
    every = [item for chunk, _ in whole for item in chunk]
    assert every[-1].fault[0] is Reason.UNREADABLE
    assert sum(item.fault is None for item in every) >= 2
    assert items(tmp_path / name, whole[-1][1]) == []


@pytest.mark.parametrize("form", ARCHIVES)
def test_another_input_is_not_gone_on_with(tmp_path, monkeypatch, form):
    """A place of another file of the same name is refused."""
    monkeypatch.setattr(base, "CHUNK_ITEMS", 1)
    end = items(archive(tmp_path, form))[1][1]
    with pytest.raises(InputError, match="not the one"):
        items(archive(tmp_path, form), replace(end, digest="0" * 64))


def test_zip_entries_that_are_refused(tmp_path):
    """A bomb, an entry too large and an archive within are refused with reasons; the rest is read."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as entries:
        entries.writestr("x.txt", made.text(1))
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as entries:
        entries.writestr("bom.txt", "a" * 5_000_000)
        entries.writestr(zipfile.ZipInfo("besar.txt"), "ab" * 10_000_001)
        entries.writestr("dalam.zip", inner.getvalue())
        entries.writestr("baik.txt", made.text(2))
    found = {item.entry: outcome for item, outcome in outcomes(path)}
    assert found["baik.txt"].text == made.text(2)
    assert "unpack to 5000000" in found["bom.txt"].detail
    assert [found[name].reason for name in ("bom.txt", "besar.txt", "dalam.zip")] == [
        Reason.TOO_LARGE, Reason.TOO_LARGE, Reason.UNREADABLE
    ]  # fmt: skip


def test_entries_that_share_their_bytes(tmp_path):
    """Entries that point at the same bytes, as bombs do, are refused without being unpacked."""
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w") as entries:
        entries.writestr("a.txt", made.text(1))
        shared = entries.getinfo("a.txt")
        other = zipfile.ZipInfo("b.txt")
        for name in ("CRC", "compress_size", "file_size", "header_offset"):
            setattr(other, name, getattr(shared, name))
        entries.filelist.append(other)
        entries.NameToInfo["b.txt"] = other
        entries.writestr("c.txt", made.text(3))
    assert reasons(path) == [Reason.UNREADABLE, Reason.UNREADABLE, None]


def test_what_is_no_zip(tmp_path):
    """A file that is called a zip archive and is none is told as such."""
    (tmp_path / "in.zip").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(InputError, match=r"in\.zip: is no zip archive"):
        items(tmp_path / "in.zip")


@pytest.mark.parametrize("entries", [
    ("[Content_Types].xml", "word/document.xml"), ("mimetype", "content.xml", "META-INF/manifest.xml"),
    ("mimetype", "META-INF/container.xml", "OEBPS/bab-1.xhtml"),
])  # fmt: skip
def test_what_is_one_document_is_no_archive(tmp_path, entries):
    """The parts of an Office document or an e-book are no articles, whatever the file is called."""
    with zipfile.ZipFile(tmp_path / "siaran.docx", "w") as archive:
        for name in entries:
            archive.writestr(name, "<p>Bupati mengatakan banjir sudah surut.</p>")
    with pytest.raises(InputError, match="is an Office document or an e-book"):
        items(tmp_path / "siaran.docx")


def test_folders_are_walked_in_order(tmp_path):
    """The files of a folder come in the order of their paths, those in folders below too, hidden ones not."""
    for name in ("b/2.txt", "a/1.html", "b/1.txt", ".git/x", "c.txt", "b/.x"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text("x")
    assert [given.name for given in files([tmp_path / "in"])] == ["in/a/1.html", "in/b/1.txt", "in/b/2.txt", "in/c.txt"]


def test_several_inputs_of_every_kind_are_extracted(tmp_path):
    """Archives, folders and files of one command come out as records in their order, rejects beside them."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "satu.txt").write_text(made.text(7))
    inputs = [archive(tmp_path, "wacz"), tmp_path / "folder", archive(tmp_path, "jsonl.zst"), archive(tmp_path, "warc")]
    progress = extract(inputs, tmp_path / "out.jsonl", model=None)
    ids = [json.loads(line)["id"] for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert ids == ["1", "1", "1", "satu", "n1", "n2", "n3", "1", "1", "1"]
    (reject,) = [json.loads(line) for line in (tmp_path / "out.rejects.jsonl").read_text().splitlines()]
    assert reject["source"].startswith("in.warc.gz:")
    assert (progress.records, progress.rejected) == (10, 1)


@given(st.binary(max_size=400), st.integers(0, 400), st.integers(0, 60))
def test_no_bytes_raise(tmp_path_factory, noise, at, cut):
    """Whatever is put into an archive or cut out of it, reading ends, and the records before the damage are there."""
    whole = made.packed(GOOD[0], GOOD[1])
    first = len(made.packed(GOOD[0]))
    at = min(len(whole), first + at)
    path = tmp_path_factory.getbasetemp() / "fuzzed.warc.gz"
    path.write_bytes(whole[:at] + noise + whole[at + cut :])
    found = [item for chunk, _ in items(path) for item in chunk]
    assert found[0].at == 0
    assert found[0].fault is None


def test_every_kind_has_a_name_of_its_own():
    """Kinds are told by their names."""
    assert len({kind.name for kind in KINDS}) == len(KINDS)
