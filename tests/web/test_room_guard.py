import logging
import re
import socket
import time

import httpx
import pytest
from rooms import API, TOKEN, running, settings

from katanya.core.errors import InputError, LedgerError, ModelError
from katanya.web.access import check, new_token
from katanya.web.app import create_app
from katanya.web.settings import Rate

TEXT = {"text": "Camat Sukamaju, Rini Wulandari, mengatakan banjir sudah surut."}
CORRECTION = {"statement": "no.where", "nobody": True, "author": "desk", "reason": "misread"}


@pytest.fixture(scope="module")
def locked(filled):
    """A client of a room with a token."""
    with running(settings(filled, token=TOKEN)) as client:
        yield client


def test_nobody_is_let_in_without_the_token(locked):
    """Pages and API need the token; what is only style does not."""
    for path in ("/", f"{API}/about", f"{API}/openapi.json", f"{API}/statements.csv", "/nowhere"):
        assert locked.get(path).status_code == 401
    assert locked.post(f"{API}/read", json=TEXT).status_code == 401
    assert locked.get("/static/nowhere").status_code == 404


OTHERS = (f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", "Bearer", "Basic x", f"Bearer {TOKEN.upper()}", "Bearer é")


@pytest.mark.parametrize("value", OTHERS)
def test_another_token_is_none(locked, value):
    """Only the whole token lets in."""
    assert locked.get(f"{API}/about", headers={"authorization": value.encode()}).status_code == 401
    assert locked.get(f"{API}/about", headers={"authorization": f"bearer {TOKEN}"}).status_code == 200


def test_a_first_address_with_the_token_leaves_a_cookie(locked):
    """An address that holds the token is answered by a cookie, which lets in from then on and is not the token."""
    with httpx.Client(base_url=locked.base_url) as browser:
        first = browser.get("/", params={"token": TOKEN})
        assert first.status_code == 200
        assert TOKEN not in first.text
        cookie = first.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert TOKEN not in cookie
        assert browser.get(f"{API}/about").status_code == 200
        assert browser.get("/", params={"token": "x"}).status_code == 200
    with httpx.Client(base_url=locked.base_url, cookies={"katanya": TOKEN}) as thief:
        assert thief.get(f"{API}/about").status_code == 401


@pytest.mark.parametrize("path", ["/%09/evil.example", "//evil.example", "/%5Cevil.example", "/a%22b"])
def test_a_first_address_leads_to_its_own_path(locked, path):
    """The page that follows an address with the token goes on to a path of this server, whatever the path holds."""
    address = f"{str(locked.base_url).rstrip('/')}{path}"
    led = re.search(r'0;url=([^"]*)"', httpx.get(address, params={"token": TOKEN}).text)[1]
    assert re.fullmatch(r"/[\w%.][\w%./]*", led)


def test_tokens_are_not_guessed(filled):
    """Who shows tokens that are none is soon told to wait."""
    with running(settings(filled, token=TOKEN, guesses=Rate(3, 1))) as client:
        wrong = [client.get(f"{API}/about", headers={"authorization": f"Bearer {n}"}).status_code for n in range(5)]
        assert wrong == [401, 401, 401, 429, 429]
        assert client.get(f"{API}/about", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "desk.example"])
def test_others_are_let_in_only_with_a_token(filled, host):
    """An address that others reach needs a token, one that is not guessed."""
    with pytest.raises(InputError, match="token"):
        create_app(settings(filled, host=host))
    with pytest.raises(InputError, match="16 characters"):
        check(settings(filled, host=host, token="secret"))
    check(settings(filled, host=host, token=new_token()))
    check(settings(filled, host="127.0.0.1"))


HOSTS = {
    "evil.example": 421, "localhost.evil.example": 421, "127.0.0.1.evil.example": 421, "192.0.2.1": 421, "": 421,
    "localhost": 200, "localhost:99": 200, "127.0.0.1": 200, "[::1]:8642": 200, "LOCALHOST": 200,
}  # fmt: skip


@pytest.mark.parametrize(("host", "status"), HOSTS.items())
def test_a_name_that_others_gave_leads_nowhere(room, host, status):
    """A server of loopback answers to the names of loopback alone, so that no site can pass itself off as it."""
    for path in ("/help", f"{API}/about"):
        assert room.get(path, headers={"host": host}).status_code == status


def test_a_name_of_its_own(filled):
    """A name that the server was told is one of its own."""
    with running(settings(filled, names=("desk.example",))) as client:
        assert client.get(f"{API}/about", headers={"host": "desk.example:80"}).status_code == 200
        assert client.get(f"{API}/about", headers={"host": "other.example"}).status_code == 421


FROM = {
    "no browser": ({}, 404),
    "its own page": ({"origin": "{base}", "sec-fetch-site": "same-origin"}, 404),
    "its own page, an older browser": ({"origin": "{base}"}, 404),
    "another site": ({"origin": "https://evil.example"}, 403),
    "another port": ({"origin": "http://127.0.0.1:1"}, 403),
    "no origin that can be told": ({"origin": "null"}, 403),
    "another site, told by the browser": ({"sec-fetch-site": "cross-site"}, 403),
    "a page beside it": ({"sec-fetch-site": "same-site"}, 403),
}


@pytest.mark.parametrize(("headers", "status"), FROM.values(), ids=FROM)
def test_a_change_comes_from_here(room, headers, status):
    """What changes something is refused where another site asks for it."""
    base = str(room.base_url).rstrip("/")
    headers = {name: value.format(base=base) for name, value in headers.items()}
    assert room.post(f"{API}/corrections", json=CORRECTION, headers=headers).status_code == status


FORMS = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "")


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_of_another_site_is_no_json(room, kind):
    """A body that a form could send is refused."""
    answer = room.post(f"{API}/corrections", content=b"{}", headers={"content-type": kind})
    assert answer.status_code == 415


def test_a_form_is_one_of_ours(filled):
    """A page's form is taken only with the token that belongs to the reader's cookie."""
    from fastapi import APIRouter, Request

    from katanya.web.security import FromForm, form_token

    router = APIRouter()

    @router.get("/test-form")
    async def shown(request: Request) -> str:
        return form_token(request)

    @router.post("/test-form")
    async def sent(_: FromForm) -> str:
        return "done"

    app = create_app(settings(filled))
    app.include_router(router)
    with running(settings(filled), app) as client:
        cookie = client.get("/").cookies["katanya-form"]
        token = client.get("/test-form").json()
        assert client.post("/test-form", data={"csrf": token}).status_code == 200
        assert client.post("/test-form", headers={"x-csrf-token": token}).status_code == 200
        for other in ("", "x", token[:-1], cookie):
            assert client.post("/test-form", data={"csrf": other}).status_code == 403
        client.cookies.set("katanya-form", "another")
        assert client.post("/test-form", data={"csrf": token}).status_code == 403
        client.cookies.clear()
        assert client.post("/test-form", data={"csrf": token}).status_code == 403


def test_nothing_is_changed_in_a_room_for_reading(filled):
    """With read_only corrections are refused, and texts are still read."""
    with running(settings(filled, read_only=True, model=None)) as client:
        assert client.post(f"{API}/corrections", json=CORRECTION).status_code == 403
        assert client.post(f"{API}/corrections/1/undo", json={"author": "desk"}).status_code == 403
        assert client.post(f"{API}/read", json=TEXT).status_code == 200
        assert client.get(f"{API}/about").json()["read_only"] is True
        named_alike = client.post("/correct/x.s1/read", data={"csrf": csrf(client)})
        assert named_alike.status_code == 403
        assert "tanpa --read-only" in named_alike.text


def csrf(client):
    """Return the token of the forms that a client is shown."""
    return re.search(r'name="csrf" value="(\w+)"', client.get("/paste").text)[1]


@pytest.mark.parametrize("number", [0, -1, 2**63, 10**30])
def test_a_number_that_no_correction_has(room, number):
    """A correction is undone by its number; what can be none is told as such."""
    answer = room.post(f"/corrections/{number}/undo", data={"csrf": csrf(room), "author": "desk"})
    assert answer.status_code == 422


def test_what_is_done_too_often_is_refused(filled):
    """Corrections and texts have a rate each, and who is over it is told when to come back."""
    with running(settings(filled, changes=Rate(2, 60), pastes=Rate(1, 1), model=None)) as client:
        made = [client.post(f"{API}/corrections", json=CORRECTION) for _ in range(3)]
        assert [answer.status_code for answer in made] == [404, 404, 429]
        assert made[-1].headers["retry-after"] == "1"
        read = [client.post(f"{API}/read", json=TEXT) for _ in range(2)]
        assert [answer.status_code for answer in read] == [200, 429]
        assert int(read[-1].headers["retry-after"]) > 50
        assert client.get(f"{API}/about").status_code == 200


def chunks(size):
    """Yield a body of some size, whose length nobody tells."""
    for _ in range(size // 1000):
        yield b" " * 1000


def test_what_is_too_large_is_refused(filled):
    """A body over the limit is refused, whether or not it tells its length."""
    with running(settings(filled, largest_paste=100_000, largest_body=2_000, model=None)) as client:
        json = {"content-type": "application/json"}
        large = TEXT | {"title": "x" * 1990}
        assert client.post(f"{API}/read", json=large).status_code == 200
        assert client.post(f"{API}/read", content=b" " * 100_001, headers=json).status_code == 413
        assert client.post(f"{API}/read", content=chunks(200_000), headers=json).status_code == 413
        assert client.post(f"{API}/corrections", content=b" " * 2_001, headers=json).status_code == 413
        assert client.post(f"{API}/corrections", content=chunks(50_000), headers=json).status_code == 413


def test_a_slow_body_is_given_up(filled):
    """A request that does not arrive within its time is answered and let go."""
    with running(settings(filled, body_seconds=0.5)) as client:
        url = client.base_url
        with socket.create_connection((url.host, url.port)) as slow:
            slow.sendall(b"POST /api/v1/read HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n{")
            slow.settimeout(20)
            assert b" 408 " in slow.recv(200)


def test_a_text_that_takes_too_long_is_given_up(filled):
    """A text whose reading takes longer than it may is given up, and the next one is read."""
    with running(settings(filled, read_seconds=0.0, model=None)) as client:
        slow = client.post(f"{API}/read", json={"text": TEXT["text"] * 300})
        assert slow.status_code == 504
        assert "to read" in slow.json()["what"]


def test_a_long_text_stalls_nobody(room):
    """While a long text is read others are answered."""
    import threading

    long = threading.Thread(target=lambda: room.post(f"{API}/read", json={"text": TEXT["text"] * 300}))
    long.start()
    begun, answered = time.monotonic(), 0
    with httpx.Client(base_url=room.base_url, timeout=30) as other:
        while long.is_alive() and time.monotonic() - begun < 30:
            assert other.get(f"{API}/statements").status_code == 200
            answered += 1
    long.join()
    assert answered > 2


def test_links_do_not_lead_into_private_networks(filled, room):
    """A link to this machine is refused with the reason, unless the server was told otherwise."""
    url = f"{str(room.base_url).rstrip('/')}/nowhere"
    refused = room.post(f"{API}/read", json={"url": url}).json()
    assert (refused["article"], refused["reason"]) == (None, "private address")
    for other in ("file:///etc/passwd", "ftp://127.0.0.1/", "http://", "x"):
        assert room.post(f"{API}/read", json={"url": other}).json()["reason"]
    with running(settings(filled, private=True, model=None)) as client:
        assert client.post(f"{API}/read", json={"url": url}).json()["reason"] != "private address"


def test_an_error_of_the_program_tells_nothing(filled, caplog):
    """An error of the program itself reaches the client as a number that the log has with its place."""
    app = create_app(settings(filled))

    @app.get(f"{API}/test-error")
    async def broken() -> None:
        raise RuntimeError("the secret of the house")

    with running(settings(filled), app) as client, caplog.at_level(logging.ERROR):
        answer = client.get(f"{API}/test-error")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.json()["id"] in caplog.text
    assert "the secret of the house" in caplog.text


HEADERS = ("content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy")


@pytest.mark.parametrize("path", ["/", f"{API}/about", f"{API}/nowhere", "/nowhere", f"{API}/statements.csv"])
def test_what_browsers_may_do(room, path):
    """Every answer says that no script but the server's own runs, and that no other site may frame it."""
    headers = room.get(path).headers
    assert all(name in headers for name in HEADERS)
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "server" not in headers or "Python" not in headers["server"]


def test_an_error_has_them_too(locked):
    """What is refused before anything is read has the same headers."""
    answer = locked.get(f"{API}/about")
    assert all(name in answer.headers for name in HEADERS)


def test_a_model_that_is_none_is_told_before_anything_listens(filled):
    """A model that is not there is told when the server starts, not with the first text."""
    with pytest.raises(ModelError, match="no model"):
        create_app(settings(filled, model="nowhere"))


def test_a_ledger_that_is_none_is_told_before_anything_listens(tmp_path):
    """A ledger that is not there, or no ledger, is told when the server starts."""
    with pytest.raises(InputError, match="no such ledger"):
        create_app(settings(tmp_path / "none.ledger"))
    (tmp_path / "text.ledger").write_text("no ledger at all " * 100)
    with pytest.raises(LedgerError, match="no SQLite file"):
        create_app(settings(tmp_path / "text.ledger"))
