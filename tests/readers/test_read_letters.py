"""Letters: what they say, who sent it and when, what is attached; letters that were passed on; many in an mbox."""

import io
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.readers.letters import Part, is_letter, letters, parts, read_letter

LETTERS = Path(__file__).parents[1] / "fixtures" / "letters"
RELEASE = (LETTERS / "rilis-diteruskan.eml").read_bytes()
NEWSLETTER = (LETTERS / "buletin.eml").read_bytes()
BODY = "Kepala Dinas Pasar Budi Santoso mengatakan stok beras aman sampai akhir bulan."


def letter(text: str = BODY, **fields: str) -> EmailMessage:
    """Return a letter of plain text."""
    message = EmailMessage()
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def test_a_letter_that_was_passed_on_is_read_as_the_one_it_holds() -> None:
    """Its sender, date and subject, its words; lines that were broken are whole, the signature is left out."""
    assert read_letter(RELEASE, source="a.eml") == Document(
        "SUKAMAJU – Menteri Perairan Widya Sari mengatakan Bendungan Cibiru aman untuk dioperasikan kembali setelah "
        "pemeriksaan selama dua pekan oleh tim gabungan dari kementerian dan pemerintah daerah.\n"
        "“Kami tidak menemukan retakan baru,” kata Widya di Sukamaju, Selasa.\n"
        "Ia meminta warga di hilir tidak khawatir.",
        id="20250114.a1@perairan.example",
        title="Siaran Pers: Bendungan Cibiru Aman",
        published="Sel, 14 Jan 2025 pukul 06.00",
        author="Biro Komunikasi",
    )


def test_a_newsletter_is_read_from_its_page() -> None:
    """In the encoding that it says; the list that it came through is its outlet."""
    assert read_letter(NEWSLETTER, source="a.eml") == Document(
        "Harga beras naik 5 persen pekan ini di pasar induk, kata pedagang yang ditemui Selasa pagi di sana.\n"
        "“Stok aman,” kata Kepala Dinas Pasar Budi Santoso kepada wartawan di kantornya.",
        id="b7@cibiru.example",
        title="Harga beras naik “sedikit”",
        outlet="Buletin Kabar Cibiru",
        published="2025-01-15T05:30:00+00:00",
        author="Kabar Cibiru",
    )


PAGES = [
    f"<div dir='ltr'>{BODY}<br><br>“Stok aman,” ujar Budi.</div>",
    f"<html><body><p>{BODY}</p><p>“Stok aman,”\nujar Budi.</p></body></html>",
]


@pytest.mark.parametrize("page", PAGES)
def test_a_short_page_is_read_as_well(page: str) -> None:
    """A letter need not be as long as an article of the web."""
    message = letter("kosong")
    message.add_alternative(page, subtype="html")
    document = read_letter(message.as_bytes(), source="a.eml")
    assert isinstance(document, Document)
    assert document.text == f"{BODY}\n“Stok aman,” ujar Budi."


SUBJECTS = [("Fwd: Rilis", "Rilis"), ("RE: Fw: [Media] Rilis", "[Media] Rilis"), ("Refleksi: tahun", "Refleksi: tahun")]


@pytest.mark.parametrize(("subject", "title"), SUBJECTS)
def test_a_subject_goes_without_what_passing_on_put_before_it(subject: str, title: str) -> None:
    """A word that only begins alike stays."""
    document = read_letter(letter(Subject=subject).as_bytes(), source="a")
    assert isinstance(document, Document)
    assert document.title == title


def test_what_a_letter_answers_to_is_left_out_where_it_says_something_itself() -> None:
    """A letter that holds nothing but quoted lines is read from them."""
    quoted = "\n".join(f"> {line}" for line in ("Apakah stok aman?", "Mohon jawaban.", "Salam, redaksi"))
    own = "Kepala Dinas Pasar Budi Santoso mengatakan stok beras aman sampai akhir bulan, dan pasar tidak akan " \
          "kekurangan beras sampai panen raya tiba."
    answer = read_letter(letter(f"{own}\n\n{quoted}\n").as_bytes(), source="a")
    only = read_letter(letter(quoted + "\n").as_bytes(), source="a")
    assert isinstance(answer, Document)
    assert answer.text == own
    assert isinstance(only, Document)
    assert "Apakah stok aman?" in only.text


def test_what_is_attached_is_an_article_of_its_own_or_told() -> None:
    """Texts, pages, PDFs and letters, with what they hold in turn; pictures are passed over."""
    inner = letter(Subject="Dalam")
    inner.add_attachment(BODY, filename="naskah.txt")
    message = letter()
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="octet-stream", filename="rilis.PDF")
    message.add_attachment("<p>a</p>", subtype="html", filename="a/b.html")
    message.add_attachment(b"PK", maintype="application", subtype="zip", filename="foto.zip")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    message.add_attachment(inner)
    found = list(parts(message.as_bytes()))
    assert [(part.name, part.kind) for part in found] == [
        ("rilis.PDF", "pdf"), ("a b.html", "html"), ("foto.zip", ""), ("part 4", "letter"),
        ("part 4/naskah.txt", "text"),
    ]  # fmt: skip
    told = "an attachment of the kind application/zip is not read"
    assert found[2] == Part("foto.zip", "", b"", (Reason.BINARY, told))
    assert found[4].data.strip() == BODY.encode()
    document = read_letter(found[3].data, source="a")
    assert isinstance(document, Document)
    assert document.title == "Dalam"


def test_an_mbox_holds_letters_with_their_offsets() -> None:
    """A line that begins as a boundary was escaped; one in the midst of a paragraph is none."""
    first = letter("Dari pasar.\n\n>From Cibiru kabar datang.\nFrom sana juga.\n", Subject="A").as_bytes()
    box = b"From a@b Tue Jan 14 07:15:00 2025\n" + first + b"\nFrom c@d Wed\n" + letter(Subject="B").as_bytes()
    (one, data), (two, other) = letters(io.BytesIO(box))
    assert (one, two) == (0, box.index(b"From c@d"))
    document = read_letter(data, source="x")
    assert isinstance(document, Document)
    assert document.text == "Dari pasar.\nFrom Cibiru kabar datang.\nFrom sana juga."
    assert isinstance(read_letter(other, source="x"), Document)


LOOKS = [(RELEASE, True), (NEWSLETTER, True), (b"From: a\nSubject: b\n\nIsi", True), (BODY.encode(), False),
         (b"Tanggal: 5 Mei\nSubject: b\n\nIsi", False), (b"Catatan: satu\n\nFrom: x\nDate: y\n", False)]  # fmt: skip


@pytest.mark.parametrize(("data", "is_one"), LOOKS)
def test_a_letter_is_known_by_its_header(data: bytes, is_one: bool) -> None:
    """Two of its fields must stand there, and nothing but fields."""
    assert is_letter(data.decode()) is is_one


BAD = {
    "nothing": (b"", Reason.EMPTY),
    "no words": (letter("\n").as_bytes(), Reason.EMPTY),
    "a picture": (b"Content-Type: image/png\n\n\x89PNG", Reason.EMPTY),
    "NULs": (b"Subject: a\n\nKata\x00 dia\x00", Reason.BINARY),
    "a bomb of parts": (b"Content-Type: multipart/mixed; boundary=a\n\n"
                        + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 3000, Reason.EMPTY),
}  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), BAD.values(), ids=BAD)
def test_what_cannot_be_read_says_why(data: bytes, reason: Reason) -> None:
    """The reason is one of the known ones; what is attached can be asked for all the same."""
    outcome = read_letter(data, source="a.eml")
    assert isinstance(outcome, Rejected)
    assert (outcome.source, outcome.reason) == ("a.eml", reason)
    assert len(list(parts(data))) <= 200


def test_a_header_that_breaks_the_rules_costs_no_words() -> None:
    """What it says is kept where it says something, an unknown encoding is guessed."""
    data = b"Subject: =?x?q?a?=\nFrom: <<<\nDate: kemarin\nContent-Type: text/plain; charset=aneh\n\n" + BODY.encode()
    document = read_letter(data, source="a.eml")
    assert document == Document(BODY, "a", title="a")


STARTS = st.sampled_from([b"", RELEASE[:400], NEWSLETTER, NEWSLETTER[:700], b"From a\n", b"Content-Type: message/x\n"])
FIELDS = st.sampled_from([b"From: ", b"Date: ", b"Subject: =?", b"Content-Type: text/html;", b"charset=", b"\n\n"])


@settings(max_examples=200, deadline=None)
@given(STARTS, st.lists(FIELDS | st.binary(max_size=20), max_size=8))
def test_any_bytes_are_read_or_rejected(start: bytes, rest: list[bytes]) -> None:
    """Whatever the bytes, reading them and what they have attached never raises."""
    data = start + b"".join(rest)
    assert isinstance(read_letter(data, source="x"), Document | Rejected)
    assert all(isinstance(part, Part) for part in parts(data))
    assert sum(len(letter) for _, letter in letters(io.BytesIO(data))) <= len(data)


HEADER = "From: humas@sukamaju.example\nSubject: Banjir\nDate: Mon, 12 Sep 2022 06:00:00 +0700\n"
HOSTILE = {
    "comments within comments": "From: " + "(" * 5000 + "\nSubject: Banjir\n\nBanjir sudah surut.\n",
    "quotes without end": "From: " + '"' * 300_000 + "\nSubject: Banjir\n\nBanjir sudah surut.\n",
    "a line of white space": HEADER + "\nBanjir sudah surut.\n" + " " * 1_000_000 + "\n",
    "an attachment with a hostile name": HEADER + "Content-Type: multipart/mixed; boundary=x\n\n--x\n\n"
    "Banjir sudah surut.\n--x\nContent-Type: text/plain\n"
    "Content-Disposition: attachment; filename=" + "(" * 3000 + "\n\nisi\n--x--\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_letters_keep_nobody(name):
    """Whatever a letter's header and lines hold, it is read or has a reason, in time that grows with its length."""
    data = HOSTILE[name].encode()
    assert all(part.data or part.fault for part in parts(data))
    found = read_letter(data, source="x.eml")
    assert isinstance(found, Rejected) or "surut" in found.text
