"""Build a WARC file out of a corpus of articles: pages of many makes, copies, things that are no pages, and damage.

``python bench/archives/build.py news.jsonl.gz OUT.warc.gz --records 50000`` writes the archive, and beside it OUT.json,
which tells how many records there are of each sort. The same corpus, number and seed give the same bytes.
"""

import argparse
import gzip
import html
import json
import random
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import brotli

SHARES = {  # of a thousand records; the rest are articles for the first time
    "near copy": 100,
    "same page again": 20,
    "image": 30,
    "redirect": 24,
    "missing": 16,
    "revisit": 4,
    "other language": 20,
}
DAMAGED = 0.1  # of all records
SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")
DATE = "2024-05-17T06:00:00Z"
ENGLISH = (
    "the minister said that prices had risen since last month and would stay where they are",
    "nobody was hurt when the bridge closed on monday because of the rain",
    "farmers along the river asked for help with their fields after the flood",
    "the council will meet again next week to talk about the budget of the schools",
    "officials told reporters that the road would be open before the end of the year",
)
CRUFT = ("Baca juga: Harga Telur Naik", "SCROLL TO CONTINUE WITH CONTENT", "ADVERTISEMENT", "Ikuti kami di Google News")


def main() -> None:
    """Build the archive that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path, help="articles, one JSON object a line, plain or gzip")
    parser.add_argument("output", type=Path, help="OUT.warc.gz")
    parser.add_argument("--records", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    counts = build(given.corpus, given.output, given.records, given.seed)
    print(json.dumps(counts, indent=1))


def build(corpus: Path, output: Path, records: int, seed: int = 1) -> dict[str, int]:
    """Write the archive and the counts beside it; return these: of each sort, and of each damage."""
    chance = random.Random(seed)
    sorts = [sort for sort, share in SHARES.items() for _ in range(records * share // 1000)]
    sorts += ["article"] * (records - len(sorts))
    chance.shuffle(sorts)
    damaged = set(chance.sample(range(records), round(DAMAGED * records)))
    articles = _articles(corpus)
    before: list[tuple[dict, str]] = []
    counts: Counter[str] = Counter()
    with output.open("wb") as archive:
        archive.write(_packed(_record("warcinfo", "", b"software: bench\r\n", "application/warc-fields")))
        for number, sort in enumerate(sorts):
            record = _one(sort, number, articles, before, chance)
            archive.write(_packed(_record("request", f"https://outlet.example/{number}", b"GET / HTTP/1.1\r\n\r\n")))
            if number in damaged:
                name, data = _damage(record, chance)
                counts[f"damaged: {name}"] += 1
            else:
                data = _packed(record())
                counts[sort] += 1
            archive.write(data)
    output.with_name(output.name.removesuffix(".warc.gz") + ".json").write_text(json.dumps(counts, indent=1) + "\n")
    return dict(counts)


def _articles(corpus: Path) -> Iterator[dict]:
    """Yield articles, from the beginning again where they do not suffice."""
    while True:
        with (gzip.open if corpus.suffix == ".gz" else open)(corpus, "rb") as lines:
            for line in lines:
                article = json.loads(line)
                if len(article["text"].split()) > 40:
                    yield article


Made = Callable[..., bytes]


def _one(sort: str, number: int, articles: Iterator[dict], before: list, chance: random.Random) -> Made:
    """Return what makes one record; its ``http`` and ``body`` may be given, to damage them."""
    url, media, status = f"https://outlet{number % 40}.example/berita/{number}", "text/html; charset=utf-8", "200 OK"
    location, body = "", b""
    if sort == "image":
        media, body = "image/jpeg", b"\xff\xd8\xff\xe0" + chance.randbytes(3000)
    elif sort == "redirect":
        status, location = "301 Moved Permanently", f"https://outlet.example/{number + 1}"
    elif sort == "missing":
        status, body = "404 Not Found", b"<html><body><h1>Tidak ditemukan</h1></body></html>"
    elif sort == "other language":
        told = [chance.choice(ENGLISH).capitalize() + "." for _ in range(30)]
        body = _page({"title": f"News {number}", "text": " ".join(told)}, url, chance).encode()
    elif sort in ("near copy", "same page again") and len(before) > 20:
        article, url_before = chance.choice(before[-3000:])
        if sort == "same page again":
            url = url_before
        body = _page(article, url, random.Random(url) if sort == "same page again" else chance).encode()
    else:
        article = next(articles)
        body = _page(article, url, random.Random(url)).encode()
        before.append((article, url))
        del before[:-3000]
    if sort == "revisit":
        return lambda **_: _record("revisit", url, b"HTTP/1.1 200 OK\r\n\r\n")
    encoding = chance.choice(("", "", "gzip", "br", "chunked", "cp1252"))

    def made(http: bytes | None = None, content: bytes | None = None) -> bytes:
        return _record("response", url, _http(status, media, location, body if content is None else content, encoding)
                       if http is None else http)

    return made


def _http(status: str, media: str, location: str, body: bytes, encoding: str) -> bytes:
    head = [f"HTTP/1.1 {status}", "Server: nginx"]
    if location:
        head.append(f"Location: {location}")
    if encoding == "cp1252" and media.startswith("text/html"):
        body, media = body.decode("utf-8", "replace").encode("cp1252", "xmlcharrefreplace"), "text/html; charset=cp1252"
    elif encoding == "gzip":
        body = gzip.compress(body, 6, mtime=0)
        head.append("Content-Encoding: gzip")
    elif encoding == "br":
        body = brotli.compress(body, quality=4)
        head.append("Content-Encoding: br")
    elif encoding == "chunked":
        cut = [body[at : at + 4096] for at in range(0, len(body), 4096)]
        body = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in cut) + b"0\r\n\r\n"
        head.append("Transfer-Encoding: chunked")
    head.append(f"Content-Type: {media}")
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def _record(sort: str, url: str, block: bytes, media: str = "") -> bytes:
    known = {"response": "application/http; msgtype=response", "request": "application/http; msgtype=request"}
    head = [
        "WARC/1.0", f"WARC-Type: {sort}", f"WARC-Date: {DATE}",
        f"WARC-Record-ID: <urn:uuid:{zlib.crc32(block):08x}-0000-4000-8000-{zlib.crc32(url.encode()):012x}>",
        f"Content-Length: {len(block)}", f"Content-Type: {media or known.get(sort, known['response'])}",
    ]  # fmt: skip
    if url:
        head.insert(2, f"WARC-Target-URI: {quote(url, safe=':/?=')}")
    return "\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def _packed(record: bytes) -> bytes:
    return gzip.compress(record, 6, mtime=0)


def _damage(record: Made, chance: random.Random) -> tuple[str, bytes]:
    """Return the name of a damage, and a record that has suffered it."""
    whole = record()
    packed = _packed(whole)
    middle = len(packed) // 2
    length = int(re.search(rb"Content-Length: (\d+)", whole)[1])
    html_head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    damages: dict[str, Callable[[], bytes]] = {
        "member cut off": lambda: packed[: max(40, middle)],
        "member broken": lambda: packed[:middle] + bytes(b ^ 90 for b in packed[middle:][:8]) + packed[middle + 8 :],
        "noise instead": lambda: b"\x00\x11" + chance.randbytes(600),
        "length too short": lambda: _packed(_with_length(whole, b"%d" % (length // 2))),
        "length too long": lambda: _packed(_with_length(whole, b"%d" % (length + 9999))),
        "no length": lambda: _packed(_with_length(whole, b"many")),
        "wrong charset": lambda: _packed(record(
            http=html_head.replace(b"html\r", b"html; charset=klingon-8\r") + _broken_bytes(chance))),
        "binary page": lambda: _packed(record(http=html_head + chance.randbytes(4000))),
        "half a header": lambda: _packed(record(http=b"HTTP/1.1 200 OK\r\nContent-Ty")),
        "nothing": lambda: _packed(record(http=b"")),
        "empty page": lambda: _packed(record(http=html_head)),
        "chunks cut off": lambda: _packed(record(
            http=html_head[:-2] + b"Transfer-Encoding: chunked\r\n\r\nffff\r\n<html>")),
        "packed page cut off": lambda: _packed(record(
            http=html_head[:-2] + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"<html>" * 500, mtime=0)[:-12])),
    }  # fmt: skip
    name = chance.choice(list(damages))
    return name, damages[name]()


def _with_length(record: bytes, told: bytes) -> bytes:
    return re.sub(rb"Content-Length: \d+", b"Content-Length: " + told, record, count=1)


def _broken_bytes(chance: random.Random) -> bytes:
    words = b" ".join(bytes(chance.choice(range(0x80, 0xFF)) for _ in range(5)) for _ in range(80))
    return b"<html><body><p>" + words + b"</p></body></html>"


def _page(article: dict, url: str, chance: random.Random) -> str:
    """Return an article in the markup of one of six makes of pages."""
    title, outlet = article.get("title") or " ".join(article["text"].split()[:9]), article.get("outlet") or "Kabar"
    published = str(article.get("published") or article.get("date") or "")
    make, told = chance.choice(MAKES), map(html.escape, (title, outlet, published))
    return make(*told, _paragraphs(article["text"], chance), url)


def _paragraphs(text: str, chance: random.Random) -> list[str]:
    found = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        sentences, size = SENTENCE.split(line), chance.choice((1, 2, 3))
        found += [" ".join(sentences[at : at + size]) for at in range(0, len(sentences), size)]
    return [html.escape(paragraph, quote=False) for paragraph in found]


def _with_cruft(paragraphs: list[str], tag: str = "p") -> str:
    lines = [f"<{tag}>{paragraph}</{tag}>" for paragraph in paragraphs]
    for at, cruft in zip(range(2, len(lines), 5), CRUFT, strict=False):
        lines[at] += f'<div class="baca-juga"><a href="/x">{cruft}</a></div>'
    return "\n".join(lines)


def _menu(outlet: str) -> str:
    items = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("nasional", "ekonomi", "olahraga", "dunia"))
    return f'<header><nav class="menu"><ul>{items}</ul></nav><span>{outlet}</span></header>'


def _portal(title: str, outlet: str, published: str, paragraphs: list[str], url: str) -> str:
    told = json.dumps({"@type": "NewsArticle", "headline": html.unescape(title), "datePublished": published,
                       "publisher": {"@type": "Organization", "name": html.unescape(outlet)}})
    return (f'<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>{title} - {outlet}</title>'
            f'<script type="application/ld+json">{told}</script><style>a{{}}</style></head><body>{_menu(outlet)}'
            f'<main><article><h1>{title}</h1><div class="date">{published}</div><div class="detail">'
            f'{_with_cruft(paragraphs)}</div></article><aside class="terkait"><h3>Terkait</h3><ul><li><a href="/1">'
            f'Jalan rusak di Sukamaju</a></li></ul></aside></main><footer>Kabar</footer></body></html>')  # fmt: skip


def _wordpress(title: str, outlet: str, published: str, paragraphs: list[str], url: str) -> str:
    return (f'<!DOCTYPE html><html lang="id-ID"><head><title>{title} &#8211; {outlet}</title><meta property="og:title" '
            f'content="{title}"><meta property="og:site_name" content="{outlet}"><link rel="canonical" href="{url}">'
            f'</head><body class="single-post">{_menu(outlet)}<div id="content"><div class="post hentry"><h1 class='
            f'"entry-title">{title}</h1><div class="entry-content">{_with_cruft(paragraphs)}<div class="sharedaddy">'
            f'Bagikan: Twitter Facebook</div></div></div></div><div id="bar">Arsip</div></body></html>')  # fmt: skip


def _amp(title: str, outlet: str, published: str, paragraphs: list[str], url: str) -> str:
    return (f'<!doctype html><html amp lang="id"><head><meta charset="utf-8"><title>{title}</title></head><body>'
            f'<amp-sidebar id="s">{_menu(outlet)}</amp-sidebar><article><h1>{title}</h1><p class="time">{published}</p>'
            f'<amp-img src="/a.jpg" width="1" height="1"></amp-img><section>{_with_cruft(paragraphs)}</section>'
            f'</article></body></html>')  # fmt: skip


def _breaks(title: str, outlet: str, published: str, paragraphs: list[str], url: str) -> str:
    return (f"<html><head><title>{outlet} : {title}</title></head><body><table width=100%><tr><td>{_menu(outlet)}</td>"
            f'<td class="isi"><h2>{title}</h2><i>{published}</i><br><br>{"<br><br>".join(paragraphs)}</td></tr></table>'
            f"</body></html>")  # fmt: skip


def _divs(title: str, outlet: str, published: str, paragraphs: list[str], url: str) -> str:
    return (f'<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="author" content="Redaksi"><title>{title}'
            f'</title></head><body><div id="wrap">{_menu(outlet)}<div class="article"><h1>{title}</h1><div class="txt">'
            f'{_with_cruft(paragraphs, "div")}</div></div></div><script>var a=1;</script></body></html>')  # fmt: skip


def _wire(title: str, outlet: str, published: str, paragraphs: list[str], url: str) -> str:
    return (f'<!DOCTYPE html><html lang="id"><head><title>{title} | {outlet}</title><meta name="publishdate" content='
            f'"{published}"></head><body>{_menu(outlet)}<div class="post-content clearfix">{_with_cruft(paragraphs)}'
            f'<p>Pewarta: Redaksi</p></div></body></html>')  # fmt: skip


MAKES = (_portal, _wordpress, _amp, _breaks, _divs, _wire)

if __name__ == "__main__":
    main()
