import os
import re
import signal
import subprocess
import sys
import time

import httpx
import pytest
from rooms import API, TOKEN, settings

from katanya.web.access import address_for_others

COMMAND = (sys.executable, "-m", "katanya", "serve", "--port", "0")


def started(*more, **environment):
    """Start the command and return it with the address that it says."""
    process = subprocess.Popen(
        [*COMMAND, *more], stderr=subprocess.PIPE, text=True, env=os.environ | environment, start_new_session=True
    )
    line = process.stderr.readline()
    return process, next((word for word in line.split() if word.startswith("http")), line)


def all_gone(group):
    """Tell whether a process and all that it started are gone, which may take the system a moment."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_ended(filled, ending):
    """The command says its address, answers there, and ends cleanly, its helpers with it."""
    process, address = started("--ledger", str(filled), "--model", "none")
    text = {"text": "Camat Sukamaju, Rini Wulandari, mengatakan banjir sudah surut."}
    with httpx.Client(base_url=address, timeout=60) as client:
        assert client.get(f"{API}/about").json()["program"] == "katanya"
        assert client.post(f"{API}/read", json=text).json()["article"]["statements"][0]["speaker"] == "Rini Wulandari"
        process.send_signal(ending)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert said == "katanya: the reading room is closed\n"
    assert all_gone(process.pid)


def test_a_token_stands_in_the_address(filled):
    """With a token both addresses let in, the one for others and the one for this machine."""
    process, address = started("--ledger", str(filled), "--host", "0.0.0.0", KATANYA_TOKEN=TOKEN)
    try:
        here = process.stderr.readline().split()[-1]
        assert here.startswith("http://127.0.0.1:")
        for one in (address, here):
            base, _, token = one.partition("?token=")
            assert token == TOKEN
            assert httpx.get(base).status_code == 401
            assert httpx.get(one).status_code == 200
        assert httpx.get(f"{base}api/v1/about", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    finally:
        process.terminate()
        process.wait(timeout=60)
        process.stderr.close()


FOR_OTHERS = {
    "loopback": ({}, r"http://127\.0\.0\.1:8642/"),
    "loopback, by a name for a proxy": ({"names": ("desk.example",)}, r"http://127\.0\.0\.1:8642/"),
    "all addresses": ({"host": "0.0.0.0"}, r"http://(?!0\.0\.0\.0|127\.)[\w.-]+:8642/"),
    "all addresses of IPv6": ({"host": "::"}, r"http://(?!\[::1?\])(\[[0-9a-f:]+\]|[\w.-]+):8642/"),
    "a name": ({"host": "0.0.0.0", "names": ("desk.example", "b.example")}, r"http://desk\.example:8642/"),
    "an address": ({"host": "192.0.2.7"}, r"http://192\.0\.2\.7:8642/"),
    "an address of IPv6": ({"host": "2001:db8::7"}, r"http://\[2001:db8::7\]:8642/"),
}


@pytest.mark.parametrize(("told", "address"), FOR_OTHERS.values(), ids=FOR_OTHERS)
def test_others_are_told_an_address_that_leads_here(filled, told, address):
    """The address for others is never the one that leads everybody to their own machine."""
    assert re.fullmatch(address, address_for_others(settings(filled, **told)))


WRONG = {
    "no ledger": (("--ledger", "none.ledger"), 1, "no such ledger"),
    "a port that is taken": (("--port", "{port}"), 1, "cannot be had"),
    "an address of another machine": (("--host", "192.0.2.1", "--token", TOKEN), 1, "cannot be had"),
    "an open address": (("--host", "0.0.0.0"), 2, "give a --token"),
    "a short token": (("--token", "secret"), 2, "shorter than 16"),
}


@pytest.mark.parametrize(("more", "code", "message"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_told_in_one_line(filled, more, code, message):
    """Where it cannot be served the command says why in one line, and ends with 1, or 2 where it is written wrongly."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        given = [part.format(port=port) for part in more]
        command = [*COMMAND, "--ledger", str(filled), *given]
        process = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert process.returncode == code
    assert message in process.stderr
    assert process.stderr.count("\n") == 1


def test_without_the_extra_it_says_what_is_missing(filled):
    """Where the extra is not installed the command names it."""
    hidden = (
        "import importlib.util as util, sys; find = util.find_spec; "
        "util.find_spec = lambda name, package=None: None if name == 'uvicorn' else find(name, package); "
        "sys.argv = ['katanya', 'serve', '--ledger', sys.argv[1]]; from katanya.cli.main import main; main()"
    )
    process = subprocess.run([sys.executable, "-c", hidden, str(filled)], capture_output=True, text=True, timeout=60)
    assert process.returncode == 1
    assert "needs uvicorn (pip install 'katanya[web]')" in process.stderr
