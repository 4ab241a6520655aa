"""Fetching from a real server on loopback: polite, within limits, conditional."""

import asyncio
import gzip
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace

import brotli
import pytest
import zstandard
from servers import Handler, Site, serving

from katanya.core.outcomes import Reason, Rejected
from katanya.fetch.fetcher import Fetched, Fetcher, Limits, Postponed, Unchanged, Validators

LIMITS = Limits(bytes=100_000, seconds=3, patience=1, delay=0, backoff=0.02)
BODY = "<p>“Air sudah surut,” kata Camat Lor.</p>" * 20


@pytest.fixture
def site() -> Iterator[Site]:
    """Return a running server."""
    with serving() as running:
        yield running


def fetch(*urls: str, limits: Limits = LIMITS, known: Validators | None = None) -> list[Fetched | Unchanged | Rejected]:
    """Fetch some addresses at once, with leave to visit loopback."""

    async def all_of_them() -> list[Fetched | Unchanged | Rejected]:
        async with Fetcher(limits, private=True) as fetcher:
            return await asyncio.gather(*(fetcher.fetch(url, known) for url in urls))

    return asyncio.run(all_of_them())


def reason(url: str, limits: Limits = LIMITS) -> tuple[Reason, str]:
    """Return why an address cannot be had."""
    [outcome] = fetch(url, limits=limits)
    assert isinstance(outcome, Rejected), outcome
    return outcome.reason, outcome.detail


def test_a_page_comes_as_it_is_with_its_charset_and_validators(site: Site) -> None:
    """The final address, the bytes, what the server says of them."""
    site.put("/a", BODY, Content_Type="text/html; charset=windows-1252", ETag='"1"', Last_Modified="yesterday")
    validators = Validators('"1"', "yesterday")
    assert fetch(f"{site.url}/a") == [Fetched(f"{site.url}/a", BODY.encode(), "windows-1252", validators)]


def test_the_visitor_says_who_it_is(site: Site) -> None:
    """The agent names the program and the name that robots.txt may call it by; the host is the one of the address."""
    site.put("/a", BODY)
    fetch(f"{site.url}/a")
    assert all(visit.headers["user-agent"].startswith("katanya/") for visit in site.visits)
    assert site.visits[0].headers["host"] == f"127.0.0.1:{site.port}"


PACKERS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
}


@pytest.mark.parametrize("name", PACKERS)
def test_packed_pages_are_unpacked(site: Site, name: str) -> None:
    """Whatever the server may choose of what it is offered."""
    site.put("/a", PACKERS[name](BODY.encode()), Content_Encoding=name)
    [page] = fetch(f"{site.url}/a")
    assert isinstance(page, Fetched)
    assert page.data == BODY.encode()
    assert name in site.visits[-1].headers["accept-encoding"]


@pytest.mark.parametrize("name", PACKERS)
def test_a_small_body_that_unpacks_to_a_huge_one_is_refused(site: Site, name: str) -> None:
    """It is unpacked to the limit and no further."""
    site.put("/a", PACKERS[name](bytes(50_000_000)), Content_Encoding=name)
    assert reason(f"{site.url}/a")[0] is Reason.TOO_LARGE


@pytest.mark.parametrize("name", PACKERS)
def test_a_body_that_does_not_unpack_is_named(site: Site, name: str) -> None:
    """A broken body is no page."""
    site.put("/a", b"no such thing" * 9, Content_Encoding=name)
    assert reason(f"{site.url}/a")[0] is Reason.UNREADABLE


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /intern", "/intern/a", False),
        ("User-agent: *\nDisallow: /intern", "/a", True),
        ("User-agent: katanya\nDisallow: /\n\nUser-agent: *\nAllow: /", "/a", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: katanya\nAllow: /", "/a", True),
        ("User-agent: *\nDisallow: /*.php$", "/a.php", False),
        ("User-agent: *\nDisallow: /berita\nAllow: /berita/2024", "/berita/2024", True),
        ("<html>no rules</html>", "/a", True),
    ],
)
def test_robots_txt_is_obeyed(site: Site, rules: str, path: str, allowed: bool) -> None:
    """A page that it forbids is not asked for."""
    site.put("/robots.txt", rules, Content_Type="text/plain")
    site.put(path, BODY)
    [page] = fetch(site.url + path)
    assert isinstance(page, Fetched) is allowed
    assert site.paths() == ([path] if allowed else [])
    assert allowed or (isinstance(page, Rejected) and page.reason is Reason.FORBIDDEN)


def test_where_robots_txt_cannot_be_had_nothing_is_fetched(site: Site) -> None:
    """A server in trouble is left alone; one without robots.txt allows everything."""
    site.put("/robots.txt", "", 503)
    site.put("/a", BODY)
    assert reason(f"{site.url}/a")[0] is Reason.UNREACHABLE
    assert site.paths() == []


def test_robots_txt_is_asked_for_once_a_host(site: Site) -> None:
    """However many pages are fetched."""
    site.put("/a", BODY)
    fetch(*[f"{site.url}/a"] * 4)
    assert [visit.path for visit in site.visits] == ["/robots.txt", *["/a"] * 4]


def test_robots_txt_is_asked_for_again_after_a_day(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here a day is over at once."""
    monkeypatch.setattr("katanya.fetch.fetcher.ROBOTS_SECONDS", -1)
    site.put("/a", BODY)
    fetch(*[f"{site.url}/a"] * 2)
    assert [visit.path for visit in site.visits] == ["/robots.txt", "/a"] * 2


def test_a_server_that_asks_for_more_time_than_there_is_says_how_much(site: Site) -> None:
    """The wait goes with the reason."""
    site.put("/a", "", 503, Retry_After="7200")
    [page] = fetch(f"{site.url}/a")
    assert page == Postponed(f"{site.url}/a", Reason.UNREACHABLE, "the server answers 503 Service Unavailable", 7200)


def test_a_host_has_one_request_at_a_time_and_rests_between_two(site: Site) -> None:
    """Asked for at once, they go out one after the other."""

    def slow(handler: Handler) -> None:
        time.sleep(0.05)
        handler.give(200, BODY.encode(), {})

    for name in "abc":
        site.answers[f"/{name}"] = slow
    assert all(isinstance(page, Fetched) for page in fetch(
        *(f"{site.url}/{name}" for name in "abc"), limits=replace(LIMITS, delay=0.2)
    ))
    pauses = [after.begun - before.ended for before, after in zip(site.visits, site.visits[1:], strict=False)]
    assert len(pauses) == 3
    assert min(pauses) >= 0.15


def test_the_pause_that_a_robots_txt_asks_for_is_kept(site: Site) -> None:
    """Crawl-delay goes before a shorter delay."""
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.3")
    site.put("/a", BODY)
    fetch(f"{site.url}/a", f"{site.url}/a")
    first, second = site.visits[1:]
    assert second.begun - first.ended >= 0.25


def test_hosts_do_not_wait_for_each_other(site: Site) -> None:
    """A slow host keeps none but itself."""
    site.answers["/a"] = lambda handler: time.sleep(1)
    with serving() as other:
        other.put("/b", BODY)
        fetch(f"{site.url}/a", f"{other.url}/b", limits=replace(LIMITS, tries=1))
        assert other.visits[-1].ended < site.visits[-1].ended


def test_a_page_that_has_not_changed_is_not_sent_again(site: Site) -> None:
    """The validators of the last visit go with the next one."""
    def answer(handler: Handler) -> None:
        same = handler.headers["If-None-Match"] == '"1"' and handler.headers["If-Modified-Since"] == "then"
        handler.give(304 if same else 200, b"" if same else BODY.encode(), {"ETag": '"1"', "Last_Modified": "then"})

    site.answers["/a"] = answer
    [first] = fetch(f"{site.url}/a")
    assert isinstance(first, Fetched)
    assert fetch(f"{site.url}/a", known=first.validators) == [Unchanged(f"{site.url}/a")]


def test_redirects_are_followed_to_the_page(site: Site) -> None:
    """Relative ones as well; the address is that of the page."""
    site.put("/a", "", 301, Location="/b")
    site.put("/b", "", 307, Location=f"{site.url}/c?x=1#y")
    site.put("/c?x=1", BODY)
    [page] = fetch(f"{site.url}/a")
    assert isinstance(page, Fetched)
    assert page.url == f"{site.url}/c?x=1"


def test_redirects_end(site: Site) -> None:
    """In a circle, without end, or to what is no address of the web."""
    site.put("/a", "", 302, Location="/b")
    site.put("/b", "", 302, Location="/a")
    assert "circle" in reason(f"{site.url}/a")[1]
    for number in range(20):
        site.put(f"/{number}", "", 302, Location=f"/{number + 1}")
    assert "more than 8 redirects" in reason(f"{site.url}/0")[1]
    for location in ("file:///etc/passwd", "ftp://127.0.0.1/", "javascript:1", "http://u:p@127.0.0.1/"):
        site.put("/x", "", 302, Location=location)
        assert "redirects to" in reason(f"{site.url}/x")[1]


def test_a_redirect_to_a_page_that_robots_txt_forbids_is_not_followed(site: Site) -> None:
    """The rules are asked at every step."""
    site.put("/robots.txt", "User-agent: *\nDisallow: /b")
    site.put("/a", "", 302, Location="/b")
    assert reason(f"{site.url}/a")[0] is Reason.FORBIDDEN
    assert site.paths() == ["/a"]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_server_in_trouble_is_asked_again(site: Site, status: int) -> None:
    """The third answer counts."""
    answers = iter([(status, b""), (status, b""), (200, BODY.encode())])
    site.answers["/a"] = lambda handler: handler.give(*next(answers), {})
    assert isinstance(fetch(f"{site.url}/a")[0], Fetched)
    assert len(site.paths()) == 3


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_plain_no_is_not_asked_again(site: Site, status: int) -> None:
    """It says so."""
    site.put("/a", "", status)
    assert reason(f"{site.url}/a") == (Reason.UNREACHABLE, f"the server answers {status}")
    assert site.paths() == ["/a"]


def test_the_wait_that_a_server_asks_for_is_kept(site: Site) -> None:
    """In seconds or as a date, which is taken by the server's own clock."""
    waits = iter(["1", "Sat, 01 Jan 2000 00:00:01 GMT"])

    def answer(handler: Handler) -> None:
        wait = next(waits, None)
        if wait is None:
            handler.give(200, BODY.encode(), {})
        else:
            handler.send_response_only(503)
            headers = {"Date": "Sat, 01 Jan 2000 00:00:00 GMT", "Retry-After": wait, "Content-Length": "0"}
            for name, value in headers.items():
                handler.send_header(name, value)
            handler.end_headers()

    site.answers["/a"] = answer
    assert isinstance(fetch(f"{site.url}/a")[0], Fetched)
    first, second, third = site.visits[1:]
    assert min(second.begun - first.ended, third.begun - second.ended) >= 0.9


def test_a_page_that_is_too_large_is_not_read(site: Site) -> None:
    """By what the server says of it, and by what comes."""
    site.put("/a", b"x" * 100_001)
    assert reason(f"{site.url}/a") == (Reason.TOO_LARGE, "100001 bytes, 100000 are read")

    def endless(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.close_connection = True
        while True:
            handler.wfile.write(b"x" * 65536)

    site.answers["/b"] = endless
    assert reason(f"{site.url}/b") == (Reason.TOO_LARGE, "more than 100000 bytes")


@pytest.mark.parametrize("slow", ["head", "body"])
def test_a_server_that_sends_a_byte_now_and_then_is_left(site: Site, slow: str) -> None:
    """No step takes long, the whole does."""

    def drip(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: " if slow == "head" else b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(200):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    site.answers["/a"] = drip
    begun = time.monotonic()
    assert reason(f"{site.url}/a", replace(LIMITS, seconds=0.6)) == (Reason.UNREACHABLE, "took more than 0.6 s")
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize(
    "url",
    ["http://", "ftp://127.0.0.1/a", "http://127.0.0.1:99999/", "http://[::1", "http://a b/", "http://u:p@127.0.0.1/",
     "http://x.invalid/", "http://" + "a" * 5000 + "/", "http://127.0.0.1:1/"],
)
def test_what_is_no_address_or_leads_nowhere_is_named(url: str) -> None:
    """It never raises."""
    assert reason(url)[0] is Reason.UNREACHABLE
