"""What some bytes are: a page, a text, or something that holds no text at all."""

import re

SAMPLE = 4096
# First bytes of formats that people hand in by mistake.
MAGIC = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF87a", "GIF image"),
    (b"GIF89a", "GIF image"),
    (b"PK\x03\x04", "ZIP archive or Office document"),
    (b"PK\x05\x06", "ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "old Office document"),
    (b"{\\rtf", "RTF document"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh9", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"7z\xbc\xaf", "7-Zip archive"),
    (b"Rar!\x1a", "RAR archive"),
    (b"PAR1", "Parquet table"),
    (b"ARROW1", "Arrow table"),
    (b"SQLite format 3\x00", "SQLite database"),
    (b"\x7fELF", "program"),
    (b"OggS", "Ogg media"),
    (b"ID3\x03", "MP3 audio"),
    (b"ID3\x04", "MP3 audio"),
    (b"wOF2", "web font"),
)
PAGE_NAMES = (".html", ".htm", ".xhtml", ".shtml", ".php", ".aspx")
TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|article|section|main|div|p|h1|script)\b", re.IGNORECASE
)
# Control characters that no text holds; tab, line feeds, form feed and escape are let pass.
CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b") + b"\x7f"


def binary_kind(data: bytes) -> str | None:
    """Name the binary format that the bytes look like; None where they look like text."""
    for magic, name in MAGIC:
        if data.startswith(magic):
            return name
    if data[4:8] == b"ftyp":
        return "MP4 video"
    if data[:4] == b"RIFF" and data[8:12] in (b"WAVE", b"AVI ", b"WEBP"):
        return "RIFF media"
    if utf16_order(data) is not None:
        return None
    if nulls := data.count(0):
        return f"binary data ({nulls} NUL bytes, the first at {data.index(0)})"
    sample = data[:SAMPLE]
    controls = len(sample) - len(sample.translate(None, CONTROLS))
    many = controls > 0.02 * len(sample)
    return f"binary data ({controls} control characters at its start)" if many else None


def utf16_order(data: bytes) -> str | None:
    """Return ``utf-16-le`` or ``utf-16-be`` where a mark or the places of the NUL bytes show it."""
    if data.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if data.startswith(b"\xfe\xff"):
        return "utf-16-be"
    sample = data[:SAMPLE]
    pairs = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.7 * pairs and not even:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * pairs and not odd else None


def is_page(data: bytes, source: str) -> bool:
    """Tell whether the bytes are an HTML page, by the name that they came under or by their first tag."""
    if source.lower().removesuffix(".gz").endswith(PAGE_NAMES):
        return True
    if utf16_order(data) is not None:
        data = data[:SAMPLE].replace(b"\x00", b"").lstrip(b"\xff\xfe")
    head = data[:SAMPLE].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"<") and TAG.search(head) is not None
