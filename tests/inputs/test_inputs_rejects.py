import gzip
import json
import os
import sys
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import archives as made
import pytest
from typer.testing import CliRunner

from katanya import Ledger
from katanya.batch import filing
from katanya.batch.retrying import retry
from katanya.cli.main import app
from katanya.ledger.filing import Filed

BENCH = Path(__file__).parents[2] / "bench" / "archives"
NOW = "2025-06-03T10:00:00+00:00"


def run(*arguments):
    """Run the command."""
    return CliRunner().invoke(app, list(map(str, arguments)))


def script(name):
    """Return a script of the bench as a module."""
    spec = spec_from_file_location(f"archives_{name}", BENCH / f"{name}.py")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def filed(tmp_path):
    """A ledger of a folder in which every other article cannot be read, and that folder."""
    folder = tmp_path / "in"
    folder.mkdir()
    good = made.response("https://satu.example/1", made.page(1))
    (folder / "a.warc.gz").write_bytes(made.packed(good) + b"noise" + made.packed(
        made.response("https://satu.example/2", made.page(2, told=made.ENGLISH)),
        made.response("https://satu.example/3", b"\x89PNG", media="image/png"),
    ))  # fmt: skip
    (folder / "b.jsonl").write_bytes(made.lines(4) + b"nonsense\n")
    with zipfile.ZipFile(folder / "c.zip", "w") as entries:
        entries.writestr("x/kosong.txt", "")
    filing.file([folder], tmp_path / "a.ledger", model=None, now=NOW)
    return tmp_path / "a.ledger", folder


def standing(ledger, **filters):
    """Return where rejects stand and why, by file name."""
    with Ledger.open(ledger) as opened:
        found = opened.rejected(**filters)
    return [(Path(one.source).name, one.entry, one.at, one.reason) for one in found]


def test_every_reject_is_a_row(filed):
    """A reject tells its file, the entry of an archive, its line or offset and why; what is set aside does too."""
    ledger, _ = filed
    first = len(made.packed(made.response("https://satu.example/1", made.page(1))))
    aside = [row for row in standing(ledger) if row[3] in ("other language", "no page")]
    assert [row for row in standing(ledger) if row not in aside] == [
        ("a.warc.gz", "", first, "unreadable"), ("b.jsonl", "", 2, "not json"), ("c.zip", "x/kosong.txt", 0, "empty"),
    ]  # fmt: skip
    assert [row[3] for row in aside] == ["other language", "no page"]


def test_rejects_are_listed_and_counted(filed):
    """The command lists rejects by source and reason, counts them, and prints a table, JSON or CSV."""
    ledger, _ = filed
    listed = json.loads(run("rejects", "-l", ledger, "--json", "--source", "b.jsonl").stdout)
    assert [(row["at"], row["reason"]) for row in listed] == [(2, "not json")]
    assert "x/kosong.txt" in run("rejects", "-l", ledger, "--reason", "empty").stdout
    counted = json.loads(run("rejects", "-l", ledger, "--counts", "--json").stdout)
    assert [(Path(row["source"]).name, row["reason"], row["rejects"]) for row in counted] == [
        ("a.warc.gz", "unreadable", 1), ("a.warc.gz", "other language", 1), ("a.warc.gz", "no page", 1),
        ("b.jsonl", "not json", 1), ("c.zip", "empty", 1),
    ]  # fmt: skip
    assert run("rejects", "-l", ledger, "--csv").stdout.startswith("source,entry,at,reason,detail")


def test_what_can_be_read_now_stands_no_longer(filed):
    """Retried from where it stands, a reject that can be read now is filed; its trace is kept, the others stand."""
    ledger, folder = filed
    (folder / "b.jsonl").write_bytes(made.lines(4) + made.lines(5))
    with zipfile.ZipFile(folder / "c.zip", "w") as entries:
        entries.writestr("x/kosong.txt", made.text(6))
    done = retry(ledger, model=None, now=NOW)
    assert done.filed == {Filed.NEW: 2, Filed.REJECTED: 1}
    assert [row[0] for row in standing(ledger)] == ["a.warc.gz"] * 3
    assert [row[0] for row in standing(ledger, mended=True)] == ["b.jsonl", "c.zip"]
    with Ledger.open(ledger) as opened:
        assert opened.counts()["articles"] == 4
    assert retry(ledger, model=None, now=NOW).filed == {Filed.REJECTED: 1}


def test_a_reject_may_have_another_reason_later(filed):
    """A reject that fails for another reason now stands with that one."""
    ledger, folder = filed
    (folder / "b.jsonl").write_bytes(made.lines(4) + b'{"id": "x"}\n')
    assert retry(ledger, source="b.jsonl", model=None, now=NOW).filed == {Filed.REJECTED: 1}
    assert standing(ledger, source="b.jsonl") == [("b.jsonl", "", 2, "no text field")]


def test_what_is_not_where_it_stood_is_told(filed):
    """A reject whose file is gone, or ends before it, stands as it did."""
    ledger, folder = filed
    (folder / "a.warc.gz").unlink()
    (folder / "b.jsonl").write_bytes(made.lines(4))
    before = standing(ledger)
    shown = run("rejects", "-l", ledger, "--retry", "--model", "none")
    assert "3 rejects read once more: 1 rejected, 2 not where they stood" in shown.stderr
    assert standing(ledger) == before


def test_rows_of_a_table_are_tried_with_the_columns_that_are_named(tmp_path):
    """Rows of a table whose columns only the user knows are retried once these are said again."""
    table, ledger = tmp_path / "kliping.csv", tmp_path / "a.ledger"
    rows = ["Koran;Uraian Lengkap", "Kabar Tirta;Camat Sukamaju mengatakan banjir sudah surut.", "rusak"]
    table.write_text("\n".join(rows) + "\n")
    columns = ("--column", "text=Uraian Lengkap", "--model", "none")
    assert "1 new, 1 rejected" in run("file", table, "-l", ledger, *columns).stderr
    table.write_text("\n".join([*rows[:2], "Kabar Tirta;Lurah Cibiru menyebut air masih naik."]) + "\n")
    assert "1 not where they stood" in run("rejects", "-l", ledger, "--retry", "--model", "none").stderr
    assert "1 reject read once more: 1 new" in run("rejects", "-l", ledger, "--retry", *columns).stderr
    assert standing(ledger) == []


def test_a_table_without_a_text_column_says_what_to_do(tmp_path):
    """The list shows which columns there are and the option that names one; there is nothing to relate then."""
    table, ledger = tmp_path / "kliping.csv", tmp_path / "a.ledger"
    table.write_text("No;Nama Koran;Kepala Berita;Tanggal Muat;Uraian Lengkap\n1;Kabar Tirta;Banjir;1/2/2025;Surut\n")
    assert "katanya relate" not in run("file", table, "-l", ledger, "--model", "none").stderr
    assert "'Uraian Lengkap': --column text=NAME" in run("rejects", "-l", ledger).stdout


def test_what_was_set_aside_is_tried_where_it_is_named(filed):
    """Another language is read where somebody asks for it by its reason and lets any language pass."""
    ledger, _ = filed
    options = ("--reason", "other language", "--any-language", "--model", "none")
    assert "1 new" in run("rejects", "-l", ledger, "--retry", *options).stderr
    assert "other language" not in [row[3] for row in standing(ledger)]


class Site(BaseHTTPRequestHandler):
    """A site whose page is not there at first."""

    there = False

    def do_GET(self):
        """Answer with the page once it is there."""
        found = self.there and self.path == "/1"
        body = made.page(8) if found else b"User-agent: *\nAllow: /\n"
        self.send_response(200 if found or self.path == "/robots.txt" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8" if found else "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        """Say nothing."""


def test_addresses_are_fetched_once_more(tmp_path, monkeypatch):
    """The page of an address that could not be had is fetched again and filed once it is there."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/1"
    ledger = tmp_path / "a.ledger"
    try:
        assert filing.file([address], ledger, model=None, now=NOW, private=True).rejected == 1
        assert retry(ledger, model=None, now=NOW, private=True).filed == {Filed.REJECTED: 1}
        monkeypatch.setattr(Site, "there", True)
        assert retry(ledger, model=None, now=NOW, private=True).filed == {Filed.NEW: 1}
    finally:
        server.shutdown()
    assert standing(ledger) == []


def test_an_archive_is_accounted_for_through_kills(tmp_path):
    """Every record of an archive with damage is accounted for, and kills change nothing in the ledger."""
    corpus = tmp_path / "news.jsonl.gz"
    corpus.write_bytes(gzip.compress(made.lines(*range(60))))
    counts = script("build").build(corpus, tmp_path / "in.warc.gz", 80, seed=3)
    assert sum(counts.values()) == 80
    assert sum(count for name, count in counts.items() if name.startswith("damaged")) == 8
    check = script("check")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    found = check.check(tmp_path / "in.warc.gz", tmp_path / "work", 80, 2, 1, ["--model", "none"])
    assert [fault for fault in found["faults"] if not fault.startswith("memory")] == []  # too short a run to tell
    assert found["ledger"]["copies"] > 0


def test_kills_are_found_out(tmp_path):
    """The check tells where a ledger lacks an article or has one twice."""
    for name, numbers in (("one", (1, 2, 3)), ("other", (1, 2))):
        (tmp_path / "in.jsonl").write_bytes(made.lines(*numbers))
        filing.file([tmp_path / "in.jsonl"], tmp_path / f"{name}.ledger", model=None, now=NOW)
    assert "editions" in script("check").differences(tmp_path / "one.ledger", tmp_path / "other.ledger")
