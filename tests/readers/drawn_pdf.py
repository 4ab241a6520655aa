"""PDFs for tests, written by hand: strings at places, nothing else."""

import textwrap

String = tuple[float, float, float, str]  # from the left, from the bottom, size, words


def drawn(pages: list[list[String]], info: dict[str, str] | None = None) -> bytes:
    """Return a PDF of some pages of A4."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"",
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]  # fmt: skip
    kids = []
    for page in pages:
        content = b"".join(map(_shown, page))
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
                       b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects))  # fmt: skip
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    objects.append(b"<< %s >>" % b" ".join(b"/%s (%s)" % (k.encode(), _escaped(v)) for k, v in (info or {}).items()))
    return _filed(objects)


def column(text: str, x: float, y: float, *, size: float = 10, width: int = 45, gap: float = 0.6,
           indent: float = 0) -> list[String]:  # fmt: skip
    """Return the lines of a text, a paragraph a line of it, one below the other."""
    strings = []
    for paragraph in text.split("\n"):
        for number, line in enumerate(textwrap.wrap(paragraph, width)):
            strings.append((x + indent * (number == 0), y, size, line))
            y -= 1.2 * size
        y -= gap * size
    return strings


def _shown(string: String) -> bytes:
    x, y, size, text = string
    return b"BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n" % (size, x, y, _escaped(text))


def _escaped(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _filed(objects: list[bytes]) -> bytes:
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, table, len(objects) + 1, len(objects), len(data))
    )
