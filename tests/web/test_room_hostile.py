import json
from urllib.parse import quote

import pytest
from rooms import API, running, settings

from katanya import Ledger
from katanya.core.records import Act, Article, Document, Kind, Person, SpeakerKind, Statement
from katanya.core.spans import Span

HOSTILE = (
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<body onload=alert(1)>", "<iframe src=//evil>",
    "<a href=\"javascript:alert(1)\">x</a>", "\"><b onmouseover=alert(1)>", "' onfocus='alert(1)' autofocus='",
    "<style>*{display:none}</style>", "<link rel=stylesheet href=//evil>", "<meta http-equiv=refresh content=0>",
    "<base href=//evil>", "<form action=//evil><input name=csrf>", "<mark class=statement id=s1>forged</mark>",
    "</article></main><h1>forged", "<!-- -->", "<![CDATA[x]]>", "&lt;script&gt;&#60;b&#62;&amp;amp;",
    "{{ 7 * 7 }}{% raw %}", "${7*7}<%= 7 %>", "\u202eevil\u202c \u2066x\u2069 \u200f", "a\u0301\u0302" * 50,
    "\u0000\u0001\u001b[31m\u007f", "x" * 100_000, "\ufeff\ufffe\uffff", "😀" * 200 + "\U000e0001",
    "=1+1;@SUM(A1)|cmd", "\r\nSet-Cookie: x=1\r\n\r\n<html>",
)  # fmt: skip


def hostile(number: int, evil: str) -> Article:
    """Return an article in which every text is hostile."""
    text = f"Camat {evil} mengatakan {evil} kemarin."
    name = Span.cut(text, 6, 6 + len(evil))
    content = Span.cut(text, name.end + 12, name.end + 12 + len(evil))
    statement = Statement(
        f"s{evil[:50]}/../{number}", Kind.INDIRECT, Act.ASSERTIVE, Span.cut(text, name.end + 1, name.end + 11), name,
        (content,), evil, SpeakerKind.PERSON, confidence=0.5, because=(evil[:50],),
    )  # fmt: skip
    document = Document(text, f"h{number}", evil, evil[:200], evil[:40], f"https://kabartirta.example/{number}", "id")
    return Article(document, (statement,), (Person(evil, evil, evil, (name,)),))


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """A ledger of hostile articles."""
    path = tmp_path_factory.mktemp("hostile") / "a.ledger"
    with Ledger.open(path, write=True) as ledger:
        ledger.file([hostile(number, evil) for number, evil in enumerate(HOSTILE)])
        ledger.relate()
    return path


@pytest.fixture(scope="module")
def evil_room(path):
    """A client of a room over them."""
    with running(settings(path)) as client:
        yield client


def test_there_are_thirty():
    """The room is shown thirty kinds of hostile text."""
    assert len(HOSTILE) == 30


@pytest.mark.parametrize("number", range(30), ids=lambda number: ascii(HOSTILE[number][:20]))
def test_hostile_articles_come_out_as_they_went_in(evil_room, path, number):
    """Whatever an article holds, the API has it letter for letter, as data and nothing else."""
    evil = HOSTILE[number]
    with Ledger.open(path) as ledger:
        whole = next(one for one in ledger.articles() if one.id == f"h{number}")
        name = next(one.article for one in ledger.listed(limit=100).statements if one.document == f"h{number}")
    answer = evil_room.get(f"{API}/articles/{name}")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "x" not in answer.cookies
    article = answer.json()
    assert article["text"] == whole.text == f"Camat {evil} mengatakan {evil} kemarin."
    assert article["title"] == evil
    (statement,) = article["statements"]
    assert statement["contents"][0]["text"] == statement["speaker"] == statement["role"] == evil
    if evil.isprintable() and len(evil) < 100:
        said = evil_room.get(f"{API}/statements/{quote(statement['id'], safe='')}")
        assert said.json()["content"] == evil
        if statement["person"]:  # who has no letters is nobody, and who has the same letters may be the same one
            person = evil_room.get(f"{API}/people/{quote(statement['person'], safe='')}").json()
            assert evil in [one["name"] for one in person["names"]]


def test_hostile_searches_are_answered(evil_room):
    """Hostile words in every parameter are looked for and nothing else."""
    for evil in HOSTILE:
        word = evil[:250]
        for asked in ({"q": word}, {"speaker": word, "sort": "latest"}, {"role": word}, {"outlet": word}):
            assert evil_room.get(f"{API}/statements", params=asked).status_code == 200
        assert evil_room.get(f"{API}/people", params={"name": word}).status_code in (200, 404)
        assert evil_room.get(f"{API}/quotations", params={"q": word, "speaker": word}).status_code == 200
        assert evil_room.get(f"{API}/tracks", params={"q": word}).status_code == 200
        half = {"by": "role", "left": word, "right": word, "topic": word}
        assert evil_room.get(f"{API}/compare", params=half).status_code == 200


def test_hostile_articles_are_downloaded_a_line_each(evil_room):
    """Line ends within texts end no line."""
    lines = evil_room.get(f"{API}/statements.jsonl").content.split(b"\n")[:-1]
    assert {json.loads(line)["content"] for line in lines} == set(HOSTILE)
