"""Archives of the web for tests: records, pages and damage, written byte by byte."""

import gzip
import json

TOLD = (
    ("Rini Wulandari", "Camat Sukamaju", "jembatan itu ditutup karena kayunya lapuk"),
    ("Bagas Prakoso", "Kepala Dinas Pekerjaan Umum", "perbaikan akan dimulai pada awal musim kemarau"),
    ("Sari Lestari", "Ketua Kelompok Tani Mekar", "para petani memutar lewat jalan desa yang sempit"),
    ("Dimas Anggara", "Kapolsek Sukamaju", "truk dilarang lewat sampai papan lantai diganti"),
)
ENGLISH = " ".join(["The council of the small town said on Monday that the old bridge would stay closed."] * 4)


def text(number: int) -> str:
    """Return an article of its own: who speaks and in what order follows from the number."""
    order = [(number * 7 + step * (1 + number % 3)) % 4 for step in range(4)]
    lines = [
        f"{TOLD[who][1]} {TOLD[who][0]} mengatakan {TOLD[who][2]} di kampung {number}-{step}, kata warga."
        f' "Kami sudah melapor {number + step} kali," kata {TOLD[who][0].split()[0]}, Selasa (3/6/2025).'
        for step, who in enumerate(order)
    ]
    return "\n".join(lines)


def page(number: int, *, dress: str = "plain", told: str | None = None) -> bytes:
    """Return the page of an article, in one of two markups."""
    paragraphs = (told or text(number)).split("\n")
    if dress == "plain":
        inside = "".join(f"<p>{line}</p>" for line in paragraphs)
        body = f"<article><h1>Jembatan {number}</h1>{inside}</article>"
    else:
        inside = "".join(f'<div class="p">{line}</div>' for line in paragraphs)
        menu = "<ul class=menu><li><a href='/a'>Ekonomi</a></li><li><a href='/b'>Olahraga</a></li></ul>"
        body = f"<div id=wrap>{menu}<div class=post-content>{inside}</div><div class=share>Bagikan</div></div>"
    return f"<!DOCTYPE html><html><head><title>Jembatan {number}</title></head><body>{body}</body></html>".encode()


def response(
    url: str, body: bytes, *, status: str = "200 OK", media: str = "text/html; charset=utf-8", fields: str = "",
    sort: str = "response", length: int | None = None, http: bytes | None = None,
) -> bytes:  # fmt: skip
    """Return a record of a response; what is given says otherwise than it is."""
    block = http if http is not None else f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{fields}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {sort}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-06-03T04:05:06Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


INFO = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n"


def packed(*records: bytes) -> bytes:
    """Return records as members, as they should be."""
    return b"".join(gzip.compress(record, mtime=0) for record in records)


def lines(*numbers: int) -> bytes:
    """Return articles as JSON lines."""
    return b"".join(json.dumps({"id": f"n{n}", "text": text(n)}).encode() + b"\n" for n in numbers)
