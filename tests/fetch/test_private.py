"""Never into a private network: whatever a name looks like, a redirect leads to, or a resolver says next."""

import asyncio
import socket
import ssl
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from servers import Site, serving

from katanya.core.outcomes import Reason, Rejected
from katanya.fetch import fetcher as fetching
from katanya.fetch.addresses import is_public, resolve
from katanya.fetch.fetcher import Fetched, Fetcher, Limits

LIMITS = Limits(seconds=3, patience=1, delay=0, backoff=0.01)
PRIVATE = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255",
    "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192",
    "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:a00:1",
    "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::",
    "2002:a00:1::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1", "fe80::1", "fe80::1%eth0",
    "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "100::1",
]  # fmt: skip
PUBLIC = [
    "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808",
    "2002:808:808::1",
]  # fmt: skip
LOOPBACK = [
    "127.0.0.1", "localhost", "LOCALHOST", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1",
    "0177.0.0.1", "017700000001", "0", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:127.0.0.1]", "127.0.0.1.", "１２７.０.０.１", "①②⑦.⓪.⓪.①",
]  # fmt: skip


@pytest.fixture
def site() -> Iterator[Site]:
    """Return a running server."""
    with serving() as running:
        running.put("/a", "rahasia")
        yield running


def fetch(url: str, *, private: bool = False) -> Fetched | fetching.Unchanged | Rejected:
    """Fetch an address."""

    async def one() -> Fetched | fetching.Unchanged | Rejected:
        async with Fetcher(LIMITS, private=private) as fetcher:
            return await fetcher.fetch(url)

    return asyncio.run(one())


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_of_the_open_internet(address: str) -> None:
    """Loopback, link-local, private, shared, metadata, documentation, multicast, and IPv4 of these inside IPv6."""
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_open_internet(address: str) -> None:
    """Those that are handed out."""
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_is_judged_as_itself(address) -> None:
    """Mapped and translated addresses are as public as what they carry."""
    assert is_public(f"::ffff:{address}") == is_public(address)
    assert is_public(f"64:ff9b::{int(address) >> 16:x}:{int(address) & 0xFFFF:x}") == is_public(address)


@pytest.mark.parametrize("host", LOOPBACK)
def test_no_spelling_of_a_host_leads_into_the_machine(site: Site, host: str) -> None:
    """Decimal, octal, hexadecimal, short, mapped, in full-width digits: what it resolves to is judged."""
    outcome = fetch(f"http://{host}:{site.port}/a")
    assert isinstance(outcome, Rejected)
    assert outcome.reason in (Reason.PRIVATE, Reason.UNREACHABLE)
    assert site.visits == []


def test_a_flag_lets_in(site: Site) -> None:
    """The same address, with leave."""
    url = f"{site.url}/a"
    refused, had = fetch(url), fetch(url, private=True)
    assert isinstance(refused, Rejected)
    assert (refused.reason, refused.detail) == (Reason.PRIVATE, "127.0.0.1 is 127.0.0.1")
    assert isinstance(had, Fetched)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[list[str]]]:
    """Return answers of the resolver by name, one list an asking; the last goes on."""
    answers: dict[str, list[list[str]]] = {}

    async def told(host: str, port: int) -> list[str]:
        if host not in answers:
            return await resolve(host, port)
        return answers[host].pop(0) if len(answers[host]) > 1 else answers[host][0]

    monkeypatch.setattr(fetching, "resolve", told)
    return answers


@pytest.fixture
def loopback_is_public(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let 127.0.0.1, and it alone, stand for a server of the open internet."""
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1" or is_public(address))


@pytest.mark.usefixtures("loopback_is_public")
@pytest.mark.parametrize("inside", ["127.0.0.2", "10.1.1.1", "169.254.169.254", "::1"])
def test_a_redirect_into_a_private_network_is_refused(site: Site, names, inside: str) -> None:
    """By name and by address, robots.txt included."""
    names["dalam.example"] = [[inside]]
    place = f"[{inside}]" if ":" in inside else inside
    for host in ("dalam.example", place):
        site.put("/b", "", 302, Location=f"http://{host}:{site.port}/a")
        outcome = fetch(f"{site.url}/b")
        assert isinstance(outcome, Rejected)
        assert outcome.reason is Reason.PRIVATE
    site.put("/robots.txt", "", 301, Location=f"http://dalam.example:{site.port}/robots.txt")
    outcome = fetch(f"{site.url}/a")
    assert isinstance(outcome, Rejected)
    assert outcome.reason is Reason.PRIVATE
    assert "/a" not in site.paths()


@pytest.mark.usefixtures("loopback_is_public")
def test_a_name_with_one_private_address_among_others_is_refused(site: Site, names) -> None:
    """All of its addresses are judged."""
    names["campur.example"] = [["127.0.0.1", "10.0.0.5"]]
    outcome = fetch(f"http://campur.example:{site.port}/a")
    assert isinstance(outcome, Rejected)
    assert (outcome.reason, outcome.detail) == (Reason.PRIVATE, "campur.example is 10.0.0.5")
    assert site.visits == []


@pytest.mark.usefixtures("loopback_is_public")
def test_the_connection_goes_to_the_very_address_that_was_checked(site: Site, names, monkeypatch) -> None:
    """A resolver that answers otherwise the second time is not asked again by the connection."""
    names["ganti.example"] = [["127.0.0.1"], ["127.0.0.1"], ["127.0.0.9"]]
    asked: list[str] = []
    real = socket.getaddrinfo

    def noted(host, *rest, **more):
        asked.append(str(host))
        return real(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", noted)
    outcome = fetch(f"http://ganti.example:{site.port}/a")
    assert isinstance(outcome, Fetched)
    assert [visit.headers["host"] for visit in site.visits] == [f"ganti.example:{site.port}"] * 2
    assert not any("ganti" in host for host in asked)
    again = fetch(f"http://ganti.example:{site.port}/a")
    assert isinstance(again, Rejected)
    assert again.reason is Reason.PRIVATE


def test_a_proxy_of_the_environment_is_not_used(site: Site, monkeypatch) -> None:
    """It would connect to whatever it resolves."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert isinstance(fetch(f"{site.url}/a", private=True), Fetched)


def test_http_2_and_the_name_in_the_certificate(names, tmp_path) -> None:
    """The handshake asks for the name, though the connection goes to an address; a wrong certificate is refused."""
    from tls_server import two_server

    names["berita.example"] = [["127.0.0.1"]]
    names["lain.example"] = [["127.0.0.1"]]

    async def both() -> tuple[object, object, list[tuple[str, str]]]:
        async with two_server("berita.example") as (port, trusted, seen):
            tls = ssl.create_default_context()
            trusted(tls)
            async with Fetcher(LIMITS, private=True, tls=tls) as fetcher:
                right = await fetcher.fetch(f"https://berita.example:{port}/a")
                wrong = await fetcher.fetch(f"https://lain.example:{port}/a")
            return right, wrong, seen

    right, wrong, seen = asyncio.run(both())
    assert isinstance(right, Fetched)
    assert right.data == b"<p>Kabar</p>"
    assert {authority.partition(":")[0] for _, authority in seen} == {"berita.example"}
    assert [path for path, _ in seen] == ["/robots.txt", "/a"]
    assert isinstance(wrong, Rejected)
    assert "CERTIFICATE" in wrong.detail.upper()
