"""A net on loopback: hosts 127.0.0.2, 127.0.0.3, … on one port, with feeds of every kind, articles, hostile servers.

Each host has one feed. What is asked for is counted by path, so that a test can see what was fetched, and how often.
"""

import asyncio
import html
import json
import socket
import threading
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

NAMES = ("Rini Wulandari", "Bagus Harsono", "Sekar Melati", "Yudi Prakoso", "Laras Ningrum", "Dimas Wicaksana")
TOWNS = ("Sukamaju", "Wanasari", "Tirtomoyo", "Karangjati", "Pandanwangi", "Batulicin Lor")
THINGS = ("jembatan gantung", "tanggul sungai", "pasar pagi", "jalan desa", "puskesmas pembantu", "saluran irigasi")
DATE = "Senin, 12 Sep 2022 06:%02d:00 WIB"
BLOCK = b"x" * 65536
BODY = 1 << 30  # bytes of the body that nobody should read
PACKED = 1 << 26

Answer = Callable[["Request"], Awaitable[None]]


@dataclass
class Request:
    """A request as it came, and the way back."""

    host: str
    path: str
    headers: dict[str, str]
    writer: asyncio.StreamWriter

    async def give(self, data: bytes | str, status: int = 200, kind: str = "text/html", **headers: str) -> None:
        """Send an answer; ``_`` in the names of headers stands for a hyphen."""
        body = data.encode() if isinstance(data, str) else data
        told = {"Content-Type": kind, "Content-Length": str(len(body)), "Connection": "close"}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        head = f"HTTP/1.1 {status} Reason\r\n" + "".join(f"{name}: {value}\r\n" for name, value in told.items())
        self.writer.write(head.encode("latin-1") + b"\r\n" + body)
        await self.writer.drain()


@dataclass
class Net:
    """The running net; ``articles`` says how many articles each feed names, and may be raised while it runs."""

    port: int = 0
    articles: int = 2
    ttl: int = 30  # minutes that feeds of RSS ask to be left alone for
    hosts: dict[str, Answer] = field(default_factory=dict)  # by address: what its feed answers
    others: dict[str, Answer] = field(default_factory=dict)  # by address and path: what is answered instead
    asked: Counter[str] = field(default_factory=Counter)  # by address and path

    def url(self, host: str, path: str = "/feed") -> str:
        """Return an address of a host."""
        return f"http://{host}:{self.port}{path}"

    def feeds(self) -> list[str]:
        """Return the addresses of all feeds."""
        return [self.url(host) for host in self.hosts]


def story(host: str, number: int) -> tuple[str, list[str]]:
    """Return title and paragraphs of an article of a host, each another one."""
    last = int(host.rpartition(".")[2]) + 256 * int(host.split(".")[2])
    name, town, thing = NAMES[number % 6], TOWNS[(last + number // 6) % 6], THINGS[(last // 6 + number // 36) % 6]
    title = f"Warga {town} Minta {thing.title()} Nomor {last}-{number} Diperbaiki"
    return title, [
        f"{town} - Warga Kecamatan {town} meminta {thing} nomor {last}-{number} segera diperbaiki sebelum hujan.",
        f"Camat {town} {name} mengatakan perbaikan {thing} itu dikerjakan oleh {last + number} pekerja mulai besok.",
        f'"Kami menyiapkan anggaran Rp {last + number + 100} juta untuk {thing}," kata {name}, Senin (12/9/2022).',
        f"Menurut {name}, {last + 3} keluarga setiap hari melewati {thing} itu ke sawah, sekolah dan pasar.",
        f'"Kalau hujan turun, anak-anak tidak bisa berangkat," ujar {name}. Ia meminta warga {town} bersabar.',
        f"Kepala desa di {town} sudah menyediakan perahu bagi anak sekolah selama {thing} itu dikerjakan, kata {name}.",
    ]  # fmt: skip


def page(host: str, number: int) -> str:
    """Return the page of an article, which does not say when it was published."""
    title, paragraphs = story(host, number)
    text = "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in paragraphs)
    return f"""<!doctype html><html lang="id"><head><title>{title} - Kabar {host}</title>
<meta property="og:type" content="article"><meta property="og:site_name" content="Kabar {host}"></head>
<body><nav><a href="/">Beranda</a></nav><article><h1>{title}</h1>{text}</article><footer>Kabar</footer></body></html>"""


def _items(net: Net, host: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield what a feed says of its latest articles, at most 20: title, address, date, markup."""
    for number in range(net.articles - 1, max(-1, net.articles - 21), -1):
        title, paragraphs = story(host, number)
        text = "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in paragraphs)
        yield title, net.url(host, f"/berita/{number}"), DATE % (number % 60), text


def rss(net: Net, host: str) -> str:
    """Return a feed of RSS 2.0 with all of the text."""
    items = "".join(
        f"<item><title>{title}</title><link>{url}?utm_source=rss</link><guid isPermaLink='false'>{url}#guid</guid>"
        f"<pubDate>{date}</pubDate><content:encoded><![CDATA[{text}]]></content:encoded></item>"
        for title, url, date, text in _items(net, host)
    )
    return (f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/'
            f'content/"><channel><title>Kabar {host}</title><ttl>{net.ttl}</ttl>{items}</channel></rss>')


def rdf(net: Net, host: str) -> str:
    """Return a feed of RSS 1.0."""
    items = "".join(
        f'<item rdf:about="{url}"><title>{title}</title><link>{url}</link>'
        "<dc:date>2022-09-12T06:00:00+07:00</dc:date></item>"
        for title, url, _, _ in _items(net, host)
    )
    return (f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Kabar {host}</title></channel>'
            f"{items}</rdf:RDF>")


def atom(net: Net, host: str) -> str:
    """Return a feed of Atom with relative addresses."""
    items = "".join(
        f'<entry><id>tag:{host},2022:{url}</id><title>{title}</title><link href="/{url.split("/", 3)[3]}"/>'
        f"<published>2022-09-11T23:00:00Z</published><updated>2022-09-12T01:00:00Z</updated></entry>"
        for title, url, _, _ in _items(net, host)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Kabar {host}</title>{items}</feed>'


def news_map(net: Net, host: str) -> str:
    """Return a sitemap for news."""
    items = "".join(
        f"<url><loc>{url}</loc><n:news><n:publication><n:name>Kabar {host}</n:name><n:language>id</n:language>"
        f"</n:publication><n:publication_date>2022-09-12T06:00:00+07:00</n:publication_date><n:title>{title}</n:title>"
        "</n:news></url>" for title, url, _, _ in _items(net, host)
    )  # fmt: skip
    return (f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/'
            f'sitemap-news/0.9">{items}</urlset>')


def json_feed(net: Net, host: str) -> str:
    """Return a JSON Feed."""
    day = "2022-09-12T06:00:00+07:00"
    items = [{"id": url, "url": url, "title": title, "content_html": text, "date_published": day}
             for title, url, _, text in _items(net, host)]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": f"Kabar {host}", "items": items})


def untidy(net: Net, host: str) -> bytes:
    """Return a feed with all that is commonly wrong: a bare &, HTML's entities, no declared prefix, no charset."""
    text = rss(net, host).replace("<title>Kabar", "<media:x/><title>Kabar &nbsp; & Warga \u2013")
    return b"\n<!-- made by hand -->" + text[text.index("<rss") :].encode("cp1252")


def cut(net: Net, host: str) -> str:
    """Return a feed that breaks off in the middle of one more item."""
    return rss(net, host).replace("</channel></rss>", "<item><title>Dan lagi</title><link>http://x.invalid/ber")


KINDS = (rss, rdf, atom, news_map, json_feed, untidy, cut)


def healthy(net: Net, made: Callable[[Net, str], str | bytes]) -> Answer:
    """Return what answers with a feed, or that it is what it was."""

    async def answer(request: Request) -> None:
        tag = f'"{net.articles}"'
        same = request.headers.get("if-none-match") == tag
        await request.give(b"" if same else made(net, request.host), 304 if same else 200, "text/xml", ETag=tag)

    return answer


def maps(net: Net) -> Answer:
    """Return what answers with an index of one sitemap for news."""

    async def answer(request: Request) -> None:
        if request.path == "/feed":
            where = net.url(request.host, "/feed/berita.xml")
            await request.give(f"<sitemapindex><sitemap><loc>{where}</loc></sitemap></sitemapindex>", kind="text/xml")
        else:
            await request.give(news_map(net, request.host), kind="text/xml")

    return answer


# What follows ought to be turned away, each with its reason.


async def circle(request: Request) -> None:
    """Redirect back and forth."""
    await request.give("", 302, Location="/feed/b" if request.path == "/feed" else "/feed")


async def endless(request: Request) -> None:
    """Redirect ever further."""
    number = int(request.path.rpartition("/")[2]) if request.path.count("/") > 1 else 0
    await request.give("", 301, Location=f"/feed/{number + 1}")


async def huge(request: Request) -> None:
    """Send a body of 1 GB that does not say how long it is."""
    request.writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\n\r\n<rss><channel><title>")
    for _ in range(BODY // len(BLOCK)):
        request.writer.write(BLOCK)
        await request.writer.drain()


async def huge_stated(request: Request) -> None:
    """Announce a body of 1 GB."""
    await request.give(BLOCK, Content_Length=str(BODY))


async def packed(request: Request) -> None:
    """Send a small body that unpacks to a large one."""
    await request.give(_small(), kind="text/xml", Content_Encoding="gzip")


@cache
def _small() -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(BLOCK) for _ in range(PACKED // len(BLOCK))) + packer.flush()


async def drip(request: Request) -> None:
    """Send a byte now and then, for an hour (slow loris)."""
    request.writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss>")
    for _ in range(3600):
        request.writer.write(b" ")
        await request.writer.drain()
        await asyncio.sleep(1)


async def silent(request: Request) -> None:
    """Take the request and say nothing."""
    await asyncio.sleep(3600)


async def bomb(request: Request) -> None:
    """Send entities that unfold ten times at each of nine steps."""
    steps = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    await request.give(f'<!DOCTYPE rss [<!ENTITY e0 "ha">{steps}]><rss><channel><title>&e9;</title></channel></rss>')


async def wide_bomb(request: Request) -> None:
    """Send one long entity, told many times."""
    body = f"<rss><channel><title>{'&e;' * 50_000}</title></channel></rss>"
    await request.give(f'<!DOCTYPE rss [<!ENTITY e "{"ha" * 50_000}">]>{body}')


async def outside(request: Request) -> None:
    """Send an entity that is a file of the reader's."""
    await request.give('<!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/passwd">]><rss><channel>&e;</channel></rss>')


async def wrong_charset(request: Request) -> None:
    """Send UTF-16 that breaks, and call it UTF-8."""
    text = "<rss><channel><title>Kabar</title></channel></rss>".encode("utf-16-le")
    await request.give(b"\xff\xfe" + text[:40] + b"\x00\xd8" + text[40:], kind="text/xml; charset=utf-8")


async def odd_charset(request: Request) -> None:
    """Send a feed in EBCDIC."""
    await request.give("<rss><channel><title>Kabar</title></channel></rss>".encode("cp037"), kind="text/xml")


async def private(request: Request) -> None:
    """Redirect to where a cloud tells its secrets."""
    await request.give("", 302, Location="http://169.254.169.254/latest/meta-data/")


async def intranet(request: Request) -> None:
    """Redirect into somebody's own network."""
    await request.give("", 302, Location="http://10.0.0.1/feed")


async def broken(request: Request) -> None:
    """Send what only begins as a feed."""
    await request.give("<rss version='2.0'><channel><title>Kabar</title><item><title>Warga", kind="text/xml")


async def deep(request: Request) -> None:
    """Send elements in elements in elements."""
    await request.give("<rss>" + "<a>" * 200_000, kind="text/xml")


async def gone(request: Request) -> None:
    """Send nothing but that it is gone."""
    await request.give("", 410)


async def web_page(request: Request) -> None:
    """Send a page instead of a feed."""
    await request.give("<html><body><h1>Situs ini dijual</h1></body></html>")


async def binary(request: Request) -> None:
    """Send an image."""
    await request.give(b"\x89PNG\r\n\x1a\n" + bytes(1000), kind="text/xml")


async def slow_head(request: Request) -> None:
    """Send a head that does not end."""
    request.writer.write(b"HTTP/1.1 200 OK\r\nX-A: ")
    for _ in range(3600):
        request.writer.write(b"x")
        await request.writer.drain()
        await asyncio.sleep(1)


HOSTILE = (
    circle, endless, huge, huge_stated, packed, drip, silent, bomb, wide_bomb, outside, wrong_charset, odd_charset,
    private, intranet, broken, deep, gone, web_page, binary, slow_head,
)  # fmt: skip
SLOW = (drip, silent, slow_head)


def host(number: int) -> str:
    """Return the address of a host by its number, from 0."""
    return f"127.0.{(number + 2) // 250}.{(number + 2) % 250 + 1}"


def populated(good: int, hostile: tuple[Answer, ...] = HOSTILE, **more: int) -> Net:
    """Return a net with so many good feeds of all kinds, and hostile ones between them."""
    net = Net(**more)
    answers = [maps(net) if kind is None else healthy(net, kind) for kind in (*KINDS, None)]
    mixed: list[Answer] = [answers[number % len(answers)] for number in range(good)]
    for number, answer in enumerate(hostile):
        mixed.insert(number * (good // len(hostile) + 1), answer)
    net.hosts = {host(number): answer for number, answer in enumerate(mixed)}
    return net


@contextmanager
def running(net: Net) -> Iterator[Net]:
    """Run a net in a thread of its own."""
    ready, ended = threading.Event(), threading.Event()

    async def serve() -> None:
        net.port = net.port or _free_port()
        async with await asyncio.start_server(lambda r, w: _answer(net, r, w), list(net.hosts), net.port):
            ready.set()
            while not ended.is_set():
                await asyncio.sleep(0.05)

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    ready.wait(30)
    try:
        yield net
    finally:
        ended.set()
        thread.join(10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _answer(net: Net, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        line, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = (row.partition(":") for row in lines if row)
        headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        request = Request(writer.get_extra_info("sockname")[0], line.split()[1], headers, writer)
        path = request.path.partition("?")[0]
        net.asked[f"{request.host}{path}"] += 1
        if other := net.others.get(f"{request.host}{path}"):
            await other(request)
        elif path.startswith("/feed"):
            await net.hosts[request.host](request)
        elif path.startswith("/berita/"):
            await request.give(page(request.host, int(path.rpartition("/")[2])))
        else:
            await request.give("", 404)
    except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
        pass
    finally:
        writer.close()
