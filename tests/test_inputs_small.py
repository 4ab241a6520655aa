"""Tables, letters, exports and PDFs through the one door: known, gone on with, and told by place."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import Result
from typer.testing import CliRunner

from katanya.batch.extract import extract
from katanya.batch.inputs import Item, Place
from katanya.batch.inputs.kinds import kind_of, opened
from katanya.batch.output import rejects_of
from katanya.cli.main import app
from katanya.core.errors import InputError
from katanya.core.outcomes import Reason

FIXTURES = Path(__file__).parent / "fixtures"
STATEMENT = "Kepala Dinas Pasar Budi Santoso mengatakan stok beras aman."
TABLE = f"judul,naskah lengkap,tanggal\nA,{STATEMENT},14/1/2025\nB\nC,“Aman.” kata Budi.,x\n".encode()
RELEASE = (FIXTURES / "letters" / "rilis-diteruskan.eml").read_bytes()
MIXED = (
    b"Message-ID: <c@d>\nSubject: Rilis\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\n"
    + STATEMENT.encode()
    + b"\n--x\nContent-Type: text/plain\nContent-Disposition: attachment; filename=naskah.txt\n\nBudi tidak merinci.\n"
    b"--x\nContent-Type: application/zip\nContent-Disposition: attachment; filename=foto.zip\n\nPK\n--x--\n"
)
EXPORTS = {name: (FIXTURES / "exports" / f"{name}.txt").read_bytes() for name in ("factiva-coded", "nexis-academic")}


def parquet() -> bytes:
    """Return a table of 150 rows in small groups."""
    buffer = io.BytesIO()
    pq.write_table(pa.table({"isi": [f"{STATEMENT} {number}" for number in range(150)]}), buffer, row_group_size=40)
    return buffer.getvalue()


SAID = (("text", "naskah lengkap"),)
INPUTS = {
    "berita.csv": TABLE,
    "berita.tsv.gz": gzip.compress(TABLE.replace(b",", b"\t")),
    "berita.parquet": parquet(),
    "surat.eml": MIXED,
    "surat.mbox": b"From a@b\n" + MIXED + b"\nFrom c@d\n" + RELEASE,
    "ekspor.txt": EXPORTS["factiva-coded"],
    "unduhan.txt.gz": gzip.compress(EXPORTS["nexis-academic"]),
}


def items(name: str, data: bytes, start: Place | None = None) -> list[tuple[Item, Place | None]]:
    """Return the items of an input from a place on, each with the place behind it."""
    file = io.BytesIO(data)
    kind = kind_of(name, file)
    file.seek(0)
    stream = opened(kind, file, start or Place(), name, SAID if "csv" in name or "tsv" in name else ())
    return [(item, stream.place()) for item in stream.items()]


@pytest.mark.parametrize("name", INPUTS)
def test_an_input_is_gone_on_with_behind_any_item(name: str) -> None:
    """What comes then is what would have come."""
    whole = items(name, INPUTS[name])
    assert len(whole) > 1
    for number, (_, place) in enumerate(whole[:-1] if len(whole) < 20 else whole[::13], 1):
        number = number if len(whole) < 20 else (number - 1) * 13 + 1
        assert items(name, INPUTS[name], place) == whole[number:]


def test_a_zip_of_them_is_gone_on_with_behind_any_item() -> None:
    """What is attached to a letter is told by the letter's name and its own."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in INPUTS.items():
            if not name.startswith("berita.csv") and "tsv" not in name:
                archive.writestr(f"kumpulan/{name}", data)
    whole = items("semua.zip", buffer.getvalue())
    assert {item.entry for item, _ in whole} >= {"kumpulan/berita.parquet", "kumpulan/surat.mbox/naskah.txt"}
    for number in (1, 100, len(whole) - 12, len(whole) - 10, len(whole) - 8, len(whole) - 6, len(whole) - 4):
        assert items("semua.zip", buffer.getvalue(), whole[number - 1][1]) == whole[number:]


OTHERS = {
    "berita.csv": TABLE.replace(b"Budi", b"Dedi"),
    "berita.parquet": parquet()[:-100],
    "surat.eml": RELEASE,
    "surat.mbox": b"From a@b\n" + RELEASE,
    "ekspor.txt": EXPORTS["factiva-coded"].replace(b"Rahmat", b"Slamet"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_another_file_is_not_gone_on_with(name: str) -> None:
    """The error says that it is not the one that was begun."""
    places = [place for _, place in items(name, INPUTS[name])]
    with pytest.raises(InputError, match="not the one"):
        items(name, OTHERS[name], places[-1])


KNOWN = {
    "x.txt": [(EXPORTS["factiva-coded"], "factiva"), (EXPORTS["nexis-academic"], "nexis"), (RELEASE, "eml"),
              (STATEMENT.encode(), "text"), (b"From: dia\n\nKata dia.", "text")],
    "x": [(parquet(), "parquet"), (b"From a@b\n" + RELEASE, "mbox"), (b"%PDF-1.4", "pdf"), (RELEASE, "eml"),
          (STATEMENT.encode(), "file")],
    "x.PDF": [(b"", "pdf")],
    "x.tsv.zst": [(b"", "csv")],
}  # fmt: skip


@pytest.mark.parametrize(("name", "data", "kind"), [(name, *case) for name, cases in KNOWN.items() for case in cases])
def test_a_kind_is_known_by_name_or_beginning(name: str, data: bytes, kind: str) -> None:
    """What is called a text is looked at, too: archives export articles as texts."""
    assert kind_of(name, io.BytesIO(data)).name == kind


def test_a_packed_table_that_breaks_off_gives_its_rows_first() -> None:
    """Then one fault, behind the last row."""
    rows = "".join(f"Judul {number * 7919},{STATEMENT}\n" for number in range(5000))
    packed = gzip.compress(f"judul,isi\n{rows}".encode())
    *before, (last, _) = items("a.tab.gz", packed[: len(packed) // 2])
    assert len(before) > 100
    assert last.fault is not None
    assert last.fault[0] is Reason.UNREADABLE
    assert last.at > before[-1][0].at


def written(folder: Path) -> list[Path]:
    """Write all inputs into a folder."""
    for name, data in INPUTS.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in INPUTS if name != "berita.parquet"]  # which has no such column


def test_every_input_is_accounted_for(tmp_path: Path) -> None:
    """Articles with their ids, the rest with source, place and reason; what was guessed is told."""
    target = tmp_path / "out.jsonl"
    progress = extract(written(tmp_path), target, model=None, columns=SAID)
    ids = [json.loads(line)["id"] for line in target.read_text(encoding="utf-8").splitlines()]
    assert ids == [
        "berita:2", "berita:4", "berita:2", "berita:4", "c@d", "naskah", "c@d", "naskah",
        "20250114.a1@perairan.example", "HARUNJ0020250114el1e0000x", "KCIBRU0020250115el1f00001", "unduhan:95",
    ]  # fmt: skip
    rejects = [json.loads(line) for line in rejects_of(target).read_text(encoding="utf-8").splitlines()]
    assert [(one["source"], one["reason"]) for one in rejects] == [
        ("berita.csv:3", "bad record"), ("berita.tsv.gz:3", "bad record"), ("surat.eml/foto.zip", "binary"),
        ("surat.mbox/foto.zip:1", "binary"), ("unduhan.txt.gz:926", "bad record"),
    ]  # fmt: skip
    assert progress.notes[0] == "berita.csv: text=naskah lengkap, title=judul (guessed), published=tanggal (guessed)"


def katanya(*args: object) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(app, [str(arg) for arg in args])


def test_the_command_line_files_all_of_it_and_says_what_was_not_read(tmp_path: Path) -> None:
    """Filed again, nothing is doubled; a column that is not there ends the run with what is there."""
    inputs, ledger = written(tmp_path), tmp_path / "a.ledger"
    command = ("file", *inputs, "--ledger", ledger, "--model", "none", "--column", "text=naskah lengkap")
    first, again = katanya(*command), katanya(*command)
    assert first.exit_code == again.exit_code == 0
    assert "berita.csv: text=naskah lengkap, title=judul (guessed)" in first.stderr
    assert "0 new" not in again.stderr
    assert " new" not in again.stderr
    listed = katanya("rejects", "--ledger", ledger, "--json").stdout
    assert "foto.zip" in listed
    assert '"at": 926' in listed or '"at":926' in listed
    wrong = katanya("file", tmp_path / "berita.csv", "--ledger", ledger, "--column", "text=badan")
    assert wrong.exit_code == 1
    assert "no column 'badan' for the text (the columns are: 'judul', 'naskah lengkap', 'tanggal')" in wrong.stderr
