"""What goes wrong is told to readers of pages in their own words, and to programs in English."""

import ast
import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rooms import API, TOKEN, running, settings

import katanya
from katanya.core.errors import HeldError, InputError, PackError
from katanya.web import telling
from katanya.web.problems import Problem
from katanya.web.telling import in_words, sayings, told

HOUSE = Path(katanya.__file__).parent
ERRORS = {"Refused", "InputError", "LedgerError", "HeldError", "TooLongError", "Rejected"}
# Where the errors of pages come from.
TOLD = ("web/*.py", "web/pages/*.py", "web/views/*.py", "ledger/query.py", "ledger/listing.py", "ledger/deadlines.py")
ELSEWHERE = {  # told when the server starts, in the terminal
    "would be open to everybody who can reach it", "give a --token, or stay on 127.0.0.1", "cannot be had: x1",
    "is shorter than x1 characters", "'--token new' makes one", "name another --port, or 0 for any that is free",
}  # fmt: skip

PUT_TOGETHER = {  # out of two stretches of the program's own
    "is being written by '{what}', process {number} on {host}",
    "is being written by another process ({which} name given)",
}  # fmt: skip


def modules(*places):
    """Yield the syntax of the modules in some places."""
    for path in (path for place in places for path in sorted(HOUSE.glob(place))):
        yield ast.parse(path.read_text(encoding="utf-8"))


def words_of(node):
    """Return the words of a string, x1 standing for what is filled in; None for what is no string."""
    match node:
        case ast.Constant(value=str(words)):
            return words
        case ast.JoinedStr(values=parts):
            return "".join(part.value if isinstance(part, ast.Constant) else "x1" for part in parts)
    return None


def said():
    """Return all that the reading room says on its own of what goes wrong."""
    found = set()
    for module in modules(*TOLD):
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
                given = [*node.args, *(one.value for one in node.keywords if one.arg == "fix")]
                found |= {words for words in map(words_of, given) if words}
    return sorted(found - ELSEWHERE)


@pytest.mark.parametrize("words", said())
def test_all_that_is_said_is_in_the_table(words):
    """Whatever a page may have to say of what goes wrong is there in each language."""
    assert in_words(words, "id") != words
    assert in_words(words, "en") == words


def test_nothing_in_the_table_is_left_over():
    """Whatever the table has is said somewhere by the program."""
    source = "".join(path.read_text(encoding="utf-8") for path in HOUSE.rglob("*.py"))
    own = [row["en"] for row in tomllib.loads(telling.TABLE.read_text(encoding="utf-8"))["said"]]
    pieces = [(words, literal) for words in own for literal, *_ in Formatter().parse(words)]
    assert len(own) > 60
    assert {words for words, piece in pieces if piece not in source} == PUT_TOGETHER


def test_no_words_are_there_twice():
    """No row of the table is hidden by another."""
    own = [saying.words["en"] for saying in sayings()]
    assert sorted(own) == sorted(set(own))


FAULTS = {
    "a date": (InputError("is no date", where="'kemarin'", fix="write 2022, 2022-11 or 2022-11-21"),
               "'kemarin': bukan tanggal (tulis 2022, 2022-11, atau 2022-11-21)"),
    "a period": (InputError("ends before it begins", where="the period 2023 to 2022", fix="ask from 2022 to 2023"),
                 "masa 2023 sampai 2022: berakhir sebelum mulai (tanyakan sejak 2022 sampai 2023)"),
    "a ledger that is held": (HeldError("is being written by 'katanya file a.jsonl', process 12 on meja"),
                              "sedang ditulis oleh 'katanya file a.jsonl', proses 12 di meja"),
    "braces": (InputError("is no date", where="'{0}{x}'"), "'{0}{x}': bukan tanggal"),
    "what the table does not have": (Problem("is odd", "here"), "here: is odd"),
}  # fmt: skip


@pytest.mark.parametrize(("fault", "words"), FAULTS.values(), ids=FAULTS)
def test_faults_are_told_in_one_line(fault, words):
    """Where, what and the fix are told each in the reader's words, with what was typed as it was."""
    assert told(fault, "id") == words


@given(st.text(max_size=200))
def test_whatever_is_typed_stays_as_it_is(typed):
    """What is filled in is never taken for words of the table."""
    assert in_words(f"{typed!r} is none", "id") == f"{typed!r} is none"
    assert told(Problem("is no date", f"'{typed}'"), "id") == f"'{typed}': bukan tanggal"


BROKEN = {
    "a language is missing": 'en = "is odd"',
    "another value": 'en = "{a} is odd"\nid = "{b} ganjil"',
    "no words": 'en = "is odd"\nid = ""',
}


@pytest.mark.parametrize("row", BROKEN.values(), ids=BROKEN)
def test_a_table_that_is_not_whole_is_refused(tmp_path, row):
    """A row without a language or with values of its own is an error that names it."""
    path = tmp_path / "problems.toml"
    path.write_text(f"library = []\n[[said]]\n{row}\n", encoding="utf-8")
    with pytest.raises(PackError, match="is odd"):
        sayings(path)


ENGLISH = re.compile(r"\b(?:the|is|needed|open|with|wait|what|of)\b")
PAGES = {
    "no token": ("/", 401, "Perlu kunci masuk"),
    "a date": ("/?from=kemarin", 400, "bukan tanggal"),
    "a period": ("/?from=2023&to=2022", 400, "berakhir sebelum mulai"),
    "a cursor": ("/?after=zzz", 400, "bukan penunjuk halaman"),
    "a long search": (f"/people?name={'a' * 301}", 422, "paling banyak 300 huruf"),
    "no number": ("/articles/none?part=x", 422, "harus bilangan bulat"),
    "a room for reading": ("/correct/x.s1", 403, "di sini tidak ada yang dapat diubah"),
}


@pytest.mark.parametrize(("path", "status", "words"), PAGES.values(), ids=PAGES)
def test_no_page_of_an_error_is_in_another_language(filled, path, status, words):
    """A page that tells an error does so in the reader's language alone; the API does in English."""
    with running(settings(filled, token=TOKEN, read_only=True)) as client:
        known = {} if status == 401 else {"authorization": f"Bearer {TOKEN}"}
        page = client.get(path, headers=known)
        main = re.sub(r"<[^>]*>", " ", page.text.partition("<main")[2].partition("</main>")[0])
        assert (page.status_code, page.headers["content-language"]) == (status, "id")
        assert words in main
        assert not ENGLISH.search(main)
        assert client.get(f"{API}/about").json()["what"] == "a token is needed"
