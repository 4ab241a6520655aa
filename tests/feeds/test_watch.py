"""Feeds watched on a net on loopback: each article once, whatever the servers do and however a run ends."""

import importlib.util
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
from typer.testing import CliRunner

from katanya import Ledger
from katanya.batch import watching
from katanya.cli import main
from katanya.core.errors import InputError
from katanya.fetch import fetcher
from katanya.fetch.fetcher import Limits
from katanya.ledger.filing import Filed

BENCH = Path(__file__).parents[2] / "bench" / "feeds"
LIMITS = Limits(bytes=8_000_000, seconds=6, patience=1, delay=0, backoff=0.02)
LOOPBACK = ip_network("127.0.0.0/8")


@pytest.fixture(scope="session")
def site():
    """Return the module of the net on loopback, which the bench uses as well."""
    name = "site_on_loopback"
    spec = importlib.util.spec_from_file_location(name, BENCH / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def net(site):
    """Return a running net with a feed of each kind."""
    with site.running(site.populated(8, ())) as running:
        yield running


@pytest.fixture
def loopback_is_public(monkeypatch):
    """Take loopback for the open internet, and everything else for what it is."""
    asked = fetcher.is_public
    monkeypatch.setattr(fetcher, "is_public", lambda address: ip_address(address) in LOOPBACK or asked(address))


@pytest.fixture
def watch(tmp_path):
    """Return what watches feeds once, by the rules alone, so many hours from now."""

    def visit(*feeds, hours=0, **more):
        given = {"private": True, "rhythm": watching.Rhythm(once=True), "limits": LIMITS, "model": None} | more
        later = timedelta(hours=hours)
        return watching.watch(feeds, tmp_path / "a.ledger", clock=lambda: datetime.now(UTC) + later, **given)

    return visit


@pytest.fixture
def ledger(tmp_path):
    """Where the ledger is made."""
    return tmp_path / "a.ledger"


def states(ledger):
    """Return the feeds by address."""
    with Ledger.open(ledger) as opened:
        return {row["url"]: row for row in opened.feeds()}


def rejected(ledger):
    """Return source and reason of what was rejected."""
    with Ledger.open(ledger) as opened:
        return [(row.source, row.reason) for row in opened.rejected()]


def editions(ledger, columns="url"):
    """Return columns of all editions, in order."""
    with sqlite3.connect(ledger) as connection:
        return connection.execute(f"SELECT {columns} FROM editions ORDER BY url").fetchall()


def fetched(net):
    """Return how often each page was asked for."""
    return [count for path, count in net.asked.items() if "/berita/" in path]


REASONS = {
    "circle": "not reached", "endless": "not reached", "huge": "too large", "huge_stated": "too large",
    "packed": "too large", "drip": "not reached", "silent": "not reached", "bomb": "unreadable",
    "wide_bomb": "unreadable", "outside": "unreadable", "wrong_charset": "encoding", "odd_charset": "no feed",
    "private": "private address", "intranet": "private address", "broken": "unreadable", "deep": "unreadable",
    "gone": "not reached", "web_page": "no feed", "binary": "binary", "slow_head": "not reached",
}  # fmt: skip


@pytest.mark.usefixtures("loopback_is_public")
def test_hostile_feeds_are_rejected_and_keep_nobody(site, watch, ledger):
    """Each with its reason; all others are read and filed while the slow ones still drip."""
    failed_by_then = []
    with site.running(site.populated(24)) as net:

        def told(state):
            if state.articles == 48:
                failed_by_then.append(state.failed)

        site._small()  # made before anybody waits for it
        patient = replace(LIMITS, seconds=12, patience=6)
        done = watch(*net.feeds(), private=False, told=told, limits=patient)
        hostile = {net.url(host): answer.__name__ for host, answer in net.hosts.items() if answer in site.HOSTILE}
    rows = states(ledger)
    assert {hostile[url]: row["reason"] for url, row in rows.items() if url in hostile} == REASONS
    assert [row["filed"] for url, row in rows.items() if url not in hostile] == [2] * 24
    assert sorted(rejected(ledger)) == sorted((url, REASONS[name]) for url, name in hostile.items())
    assert (done.feeds, done.visits, done.failed, done.filed) == (44, 44, 20, {Filed.NEW: 48})
    assert failed_by_then[0] <= 20 - len(site.SLOW)
    assert set(fetched(net)) == {1}


def test_dates_of_feeds_are_told_by_one_clock(net, watch, ledger):
    """WIB and UTC come to the same, the page's own words are kept."""
    watch(*net.feeds())
    assert {dated for (dated,) in editions(ledger, "dated")} == {"2022-09-12T06:00", "2022-09-12T06:01"}
    assert ("Senin, 12 Sep 2022 06:01:00 WIB",) in editions(ledger, "published")


def test_what_was_seen_is_not_fetched_again(net, watch, ledger):
    """Feeds are asked whether they changed; of one that has, the new article is fetched."""
    watch(*net.feeds())
    again = watch(*net.feeds())
    assert (again.visits, again.articles) == (8, 0)
    net.articles = 3
    assert watch(*net.feeds()).filed == {Filed.NEW: 8}
    assert set(fetched(net)) == {1}
    assert len(editions(ledger)) == 24


def test_an_article_of_two_feeds_is_fetched_once(net, watch, ledger):
    """It is known by its address, without what counts visitors, whatever its name in each feed."""
    host = next(iter(net.hosts))
    done = watch(net.url(host), net.url(host, "/feed/nasional"), net.url(host, "/feed/nasional?utm_source=x"))
    assert (done.visits, done.filed) == (3, {Filed.NEW: 2})
    assert fetched(net) == [1, 1]


def test_the_oldest_is_filed_first(site, net, watch, ledger):
    """Feeds begin with the latest."""
    watch(net.url(site.host(0)))
    with sqlite3.connect(ledger) as connection:
        found = connection.execute("SELECT url FROM editions ORDER BY id").fetchall()
    assert found == [(net.url(site.host(0), f"/berita/{number}"),) for number in (0, 1)]


@pytest.fixture
def unreachable(site, net):
    """Return a feed that carries whole articles, the first page of which cannot be had."""
    host = site.host(0)

    async def away(request):
        await request.give("", 503)

    net.others[f"{host}/berita/0"] = away
    return net.url(host)


def test_a_page_that_cannot_be_reached_is_tried_again(site, net, unreachable, watch, ledger):
    """It waits meanwhile, and no run is kept by it."""
    first = watch(unreachable)
    assert (first.articles, first.waiting) == (1, 1)
    assert watch(unreachable).articles == 0
    net.others.clear()
    assert watch(unreachable, hours=1).filed == {Filed.NEW: 1}
    assert rejected(ledger) == []


def test_an_article_whose_page_cannot_be_had_is_read_from_its_feed(unreachable, watch, ledger):
    """At the last try, where the feed carries all of it; that the page could not be had is noted."""
    done = [watch(unreachable, hours=hours).filed for hours in (0, 3, 30, 300)]
    assert done == [{Filed.NEW: 1}, {}, {}, {Filed.NEW: 1}]
    page = unreachable.replace("/feed", "/berita/0")
    assert rejected(ledger) == [(f"{page}?utm_source=rss", "not reached")]
    assert editions(ledger, "url, published, title IS NOT NULL")[0] == (page, "Senin, 12 Sep 2022 06:00:00 WIB", 1)


def test_a_page_without_an_article_is_rejected_at_once(site, net, watch, ledger):
    """Under its address, where the feed does not carry the article."""
    host = site.host(1)  # RDF

    async def empty(request):
        await request.give("<html><body><p>Galeri foto</p></body></html>")

    net.others[f"{host}/berita/0"] = empty
    assert watch(net.url(host)).filed == {Filed.NEW: 1, Filed.REJECTED: 1}
    assert rejected(ledger) == [(net.url(host, "/berita/0"), "no article")]
    assert states(ledger)[net.url(host)]["rejected"] == 1


def test_a_server_that_asks_for_time_gets_it(site, net, watch, ledger):
    """Retry-After of a feed, in a day's bounds; when it is back its rejection does not stand any longer."""
    url = net.url(site.host(0))

    async def busy(request):
        await request.give("", 503, Retry_After="7200")

    net.others[url.removeprefix("http://").replace(f":{net.port}", "")] = busy
    assert watch(url).failed == 1
    assert [reason for _, reason in rejected(ledger)] == ["not reached"]
    assert watch(url, hours=1.9).visits == 0
    net.others.clear()
    assert watch(url, hours=2.1).articles == 2
    assert (rejected(ledger), states(ledger)[url]["failures"]) == ([], 0)


def test_a_feed_that_fails_is_left_alone_longer_each_time():
    """Twice as long, to a day; one that is well as often as it was asked for, or asks itself within an hour."""
    rhythm = watching.Rhythm(every=900)
    assert [rhythm.again(failures, 0) for failures in (1, 2, 3, 99)] == [1800, 3600, 7200, 86400]
    assert [rhythm.next(asked) for asked in (None, 60, 1800, 86400)] == [900, 900, 1800, 3600]


def test_feeds_that_are_not_named_any_longer_are_left_alone(site, net, watch, ledger):
    """Their state stays."""
    one, other = net.url(site.host(0)), net.url(site.host(1))
    watch(one, other)
    assert watch(other).visits == 1
    assert {url: row["watched"] for url, row in states(ledger).items()} == {one: False, other: True}


def test_a_feed_that_was_refused_as_private_is_due_once_that_is_allowed(site, net, watch, ledger):
    """Who allows private networks does not wait for the pause of a feed that failed for want of that."""
    feed = net.url(site.host(0))
    assert [watch(feed, private=private).failed for private in (False, False)] == [1, 0]
    assert states(ledger)[feed]["reason"] == "private address"
    assert watch(feed).visits == 1
    assert states(ledger)[feed]["failures"] == 0


def test_a_watch_goes_on_until_it_is_told_to_stop(site, net, watch, ledger):
    """And finds what is new meanwhile."""
    stop = threading.Event()
    net.ttl = 0

    def told(state):
        if state.articles == 2 * net.articles:
            net.articles += 1
        if net.articles == 5:
            stop.set()

    url = [net.url(site.host(number)) for number in (0, 3)]
    done = watch(*url, rhythm=watching.Rhythm(every=0.05), told=told, stop=stop)
    assert done.filed == {Filed.NEW: 8}
    assert set(fetched(net)) == {1}


def test_a_stop_does_not_wait_for_the_net(site, watch, ledger):
    """What is on its way is broken off, and done the next time."""
    stop = threading.Event()
    slow = site.Net(hosts={site.host(0): site.silent, site.host(1): site.silent})
    with site.running(slow):
        threading.Timer(0.5, stop.set).start()
        begun = time.monotonic()
        watch(*slow.feeds(), stop=stop, limits=replace(LIMITS, seconds=60, patience=60))
        assert time.monotonic() - begun < 30
    assert {row["failures"] for row in states(ledger).values()} == {0}


def command(net, ledger, *options):
    """Return the command that watches all feeds of a net."""
    return [sys.executable, "-m", "katanya", "watch", *net.feeds(), "--ledger", str(ledger), "--private-network",
            "--model", "none", *options]  # fmt: skip


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_in_peace(net, ledger, number):
    """A signal ends it with 0, after the article at hand; what was reported is there."""
    run = subprocess.Popen(command(net, ledger, "--progress"), stderr=subprocess.PIPE, text=True)
    line = run.stderr.readline()
    run.send_signal(number)
    rest = run.communicate(timeout=60)[1]
    assert run.returncode == 0, rest
    assert line.startswith("katanya: filed ")
    assert "Traceback" not in rest
    reported = [int(row.split()[-1]) for row in (line + rest).splitlines() if row.startswith("katanya: filed ")]
    assert len(editions(ledger)) >= max(reported)
    with sqlite3.connect(ledger) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_kill_loses_nothing_and_doubles_nothing(site, ledger):
    """Killed at random moments, then run to its end: each article is filed once."""
    chance = random.Random(6)
    with site.running(site.populated(4, ())) as net:
        for _ in range(3):
            run = subprocess.Popen(command(net, ledger, "--progress", "--once"), stderr=subprocess.PIPE, text=True)
            reported = 0
            for _ in range(chance.randint(0, 3)):
                line = run.stderr.readline()
                reported += line.startswith("katanya: filed ")
            time.sleep(chance.random() * 0.05)
            run.kill()
            run.communicate()
            found = editions(ledger) if ledger.exists() and reported else []
            assert len(found) >= reported
            assert len(set(found)) == len(found)
        subprocess.run(command(net, ledger, "--once"), check=True, capture_output=True)
        wanted = sorted(net.url(host, f"/berita/{number}") for host in net.hosts for number in range(2))
    assert [url for (url,) in editions(ledger)] == wanted


def run(*words):
    """Run the command line."""
    return subprocess.run([sys.executable, "-m", "katanya", *map(str, words)], capture_output=True, text=True)


def shown(*words):
    """Return what a command prints, without a process of its own."""
    return CliRunner().invoke(main.app, list(map(str, words))).stdout


def test_the_commands_tell_how_feeds_stand(site, ledger, tmp_path):
    """Lists from files, a summary, a table, JSON and CSV; 3 where no feed could be had."""
    with site.running(site.populated(2, (site.gone,))) as net:
        good = [url for url in net.feeds() if net.hosts[url.split("/")[2].split(":")[0]] is not site.gone]
        (bad,) = set(net.feeds()) - set(good)
        (tmp_path / "feeds.opml").write_text(f'<opml><body><outline xmlUrl="{good[0]}"/></body></opml>')
        (tmp_path / "feeds.txt").write_text(f"# more\n{bad}\n{good[1]}\n")
        shared = ("--ledger", ledger, "--private-network", "--model", "none", "--once")
        done = run("watch", tmp_path / "feeds.opml", tmp_path / "feeds.txt", *shared)
        assert done.returncode == 0, done.stderr
        assert "3 feeds, 3 visits, 1 failed; 4 articles: 4 new" in done.stderr
        alone = run("watch", bad, "--ledger", tmp_path / "b.ledger", *shared[2:])
        assert alone.returncode == 3, alone.stderr
        again = run("watch", bad, "--ledger", tmp_path / "b.ledger", *shared[2:])
        assert "0 visits" in again.stderr
        assert "says when the feeds that were left alone are due" in again.stderr
    table, csv, plain = (shown("feeds", "--ledger", ledger, *how) for how in ((), ("--csv",), ("--json",)))
    assert "not reached" in table
    assert "Kabar 127.0.0" in table
    (header, *rows) = csv.splitlines()
    assert header.startswith("url,title,watched,visited,read,due,failures,reason,detail,filed")
    assert len(rows) == 3
    assert '"detail": "the server answers 410' in plain


@pytest.mark.parametrize("every", ["0", "soon", "40d", "-5m"])
def test_a_time_that_is_none_is_refused(every, ledger):
    """With 2, and what could be said instead."""
    words = ["watch", "http://127.0.0.1:1/", "--ledger", str(ledger), f"--every={every}"]
    refused = CliRunner().invoke(main.app, words)
    assert (refused.exit_code, "15m" in refused.output) == (2, True)


@pytest.mark.parametrize(("content", "says"), [(None, "cannot be read"), ("<rss/>", "no list"), ("", "no list")])
def test_a_file_that_lists_no_feeds_is_told(tmp_path, content, says):
    """As an error, with what to give instead."""
    path = tmp_path / "feeds"
    if content is not None:
        path.write_text(content)
    with pytest.raises(InputError, match=rf"{says}.*OPML"):
        watching.feeds_of(str(path))
