"""Columns and fields by their names: guessed in two languages, or said."""

import json

import pytest

from katanya.core.errors import InputError
from katanya.core.records import Document
from katanya.lang.pack import load_pack
from katanya.readers import read_jsonl
from katanya.readers.columns import FIELDS, chosen, columns_of, holders

GUESSED = [
    (["judul", "isi", "tanggal", "penulis", "media", "tautan"],
     {"title": "judul", "text": "isi", "published": "tanggal", "author": "penulis", "outlet": "media",
      "url": "tautan"}),
    (["Title", "Content", "publishedAt", "URL", "Source"],
     {"title": "Title", "text": "Content", "published": "publishedAt", "url": "URL", "outlet": "Source"}),
    (["ID Berita", "ISI_BERITA", "tgl_terbit", "diperbarui"],
     {"id": "ID Berita", "text": "ISI_BERITA", "published": "tgl_terbit", "modified": "diperbarui"}),
    (["body", "text", "headline"], {"text": "text", "title": "headline"}),
    (["kolom", "lain"], {}),
]  # fmt: skip


@pytest.mark.parametrize(("names", "found"), GUESSED)
def test_a_column_is_known_by_its_name(names: list[str], found: dict[str, str]) -> None:
    """Case and signs do not matter; of several for one field the likelier goes; all that is guessed is told so."""
    columns = columns_of(names, where="x")
    assert dict(columns.names) == found
    assert columns.guessed == found.keys()


def test_what_is_said_goes_before_what_is_guessed() -> None:
    """By name, by name but for case, or by number; the rest is guessed, and no column holds two things."""
    columns = columns_of(["judul", "Naskah Lengkap", "isi"], chosen(["text=naskah_lengkap", "author=1"]), where="x")
    assert dict(columns.names) == {"text": "Naskah Lengkap", "author": "judul"}
    assert str(columns_of(["judul", "isi"], chosen(["text=isi"]), where="x")) == "text=isi, title=judul (guessed)"


def test_of_several_names_that_are_said_the_first_that_is_there_goes() -> None:
    """So that one command can read tables that differ."""
    said = chosen(["text=naskah", "text=isi"])
    assert columns_of(["isi"], said, where="x").names["text"] == "isi"
    assert columns_of(["isi", "naskah"], said, where="x").names["text"] == "naskah"


@pytest.mark.parametrize("pair", ["isi", "text=", "teks=isi", "=isi"])
def test_what_names_no_column_is_the_callers_fault(pair: str) -> None:
    """The fields there are stand in the message."""
    with pytest.raises(InputError, match="the fields are text, id, title"):
        chosen([pair])


def test_a_column_that_is_not_there_is_told_with_those_that_are() -> None:
    """A number beyond the last is none, either."""
    for name in ("naskah", "3", "0"):
        with pytest.raises(InputError, match="'judul', 'isi'"):
            columns_of(["judul", "isi"], (("text", name),), where="x.csv")


def test_no_name_stands_for_two_fields() -> None:
    """A name of the pack means one thing, whatever its case and signs."""
    pack = load_pack("id")
    names = [name for field in FIELDS for name in pack.entries(f"columns.{field}")]
    assert all(holders([name]) for name in names)
    assert [field for name in names for field in holders([name])] == [
        field for field in FIELDS for _ in pack.entries(f"columns.{field}")
    ]


JSONL = [
    ({"isi": "Harga", "judul": "T", "penulis": "Rina", "tanggal": "5 Mei"},
     Document("Harga", "b:1", "T", None, "5 Mei", author="Rina")),
    ({"text": "H", "author": "Rina", "modified": "2025-01-02", "id": "a"},
     Document("H", "a", author="Rina", modified="2025-01-02")),
    ({"text": "H", "authors": ["Rina", "Budi"], "id": "a"}, Document("H", "a", author="Rina, Budi")),
    ({"text": "<p>Harga</p>", "id": "a"}, Document("<p>Harga</p>", "a")),
]  # fmt: skip


@pytest.mark.parametrize(("record", "document"), JSONL)
def test_fields_of_json_lines_are_known_alike(record: dict[str, object], document: Document) -> None:
    """Author and change, too; the text is kept exactly, markup or not."""
    assert list(read_jsonl([json.dumps(record).encode()], source="b.jsonl")) == [document]
