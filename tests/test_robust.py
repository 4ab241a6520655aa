"""Any text gives a plain record: never an exception, never a hang, never a span that is not there.

Inputs are so large that a step of quadratic time would not end within anybody's patience; nothing is timed.
"""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import katanya
from katanya.core.records import Article
from katanya.core.spans import Span

CLAUSE = "warga Desa Lebak mengatakan air naik sejak pagi dan "
PLAIN = "air sungai itu naik sejak pagi lalu surut lagi menjelang malam "
STATEMENT = "\"Air naik,\" kata Rini Wulandari di Lebak, Senin (2/6/2025). "
FAMILY = "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"


def words(clause: str, count: int) -> str:
    """Repeat a clause up to so many words."""
    return " ".join((clause.split() * (count // len(clause.split()) + 1))[:count])


def name(number: int) -> str:
    """Make up a name, another for each number."""
    first, last = "bcdfgjklmnprst"[number % 14], "bcdfgjklmnprst"[number // 14 % 14]
    return f"{first.upper()}udi {last.upper()}ar{'aiou'[number // 196 % 4]}{'ntskmr'[number // 784 % 6]}o"


NOTHING = {
    "empty": "",
    "blanks": " " * 1000,
    "line ends": "\r\n\n\u2028\u2029||" * 1000,
    "no-break spaces": "\u00a0\u3000\t" * 1000,
    "full stops": "." * 10_000,
    "emoji": f"{FAMILY} \N{FLAG IN HOLE} \U0001f1ee\U0001f1e9 " * 1000,
    "combining marks alone": "\u0301\u0323" * 5000,
    "right to left": "\u0642\u0627\u0644 \u0627\u0644\u0631\u0626\u064a\u0633 \u202e\u202b\u202c " * 1000,
    "NUL bytes": "\0" * 10_000,
}
LARGE = {
    "one sentence of 20,000 words": words(PLAIN, 20_000) + ".",
    "one sentence of 20,000 capitals": words("Budi", 20_000) + ".",
    "one sentence of 20,000 numbers": words("12 1.200 13/4/2020", 20_000) + ".",
    "5,000 straight marks": "\" " * 5000,
    "5,000 marks around words": "\"Air naik\" " * 2500,
    "5,000 marks of every kind": "“”‘’«»\"',,''" * 500,
    "10,000 opening marks": "“" * 10_000,
    "10,000 opening marks before words": "“Air " * 10_000,
    "10,000 closing marks": "”" * 10_000,
    "10,000 single marks": "'Air " * 10_000,
    "10,000 question marks": "?Air " * 10_000,
    "10,000 brackets": "([{" * 3500,
    "20,000 commas": "Rini, " * 20_000,
    "20,000 abbreviations": "Kab. " * 20_000,
    "200 KB in one line": PLAIN * 3200,
    "a word of 200 KB": "a" * 200_000,
    "a word of 100,000 hyphens": "a-" * 100_000,
    "20,000 lines of one word": "Air\n" * 20_000,
    "20,000 dates": "Senin (13/4/2020) " * 10_000,
}
# The same with a statement every few words; `SLOW` names those that still take quadratic time.
DENSE = {
    "one sentence of 20,000 words with 2,000 cues": words(CLAUSE, 20_000) + ".",
    "2,000 statements in one paragraph": STATEMENT * 2000,
    "2,000 statements on their lines": f"{STATEMENT}\n" * 2000,
    "2,000 quotations on their lines": "“Air sungai itu naik sejak pagi tadi sampai malam.”\n" * 2000,
    "5,000 quotations never closed": "“Air sungai naik.\n" * 5000,
    "2,000 quotations in a quotation": f"“{'Ia bilang, ‘Air naik sejak pagi!’ kepada kami. ' * 2000}” kata Rini.",
    "5,000 prepositions in a row": "menurut " * 5000,
    "5,000 verbs of saying in a row": "mengatakan " * 5000,
    "5,000 cues with their person": "katanya, " * 5000,
    "5,000 passives": "air itu dikatakan Budi " * 5000,
    "5,000 relative clauses": "yang mengatakan " * 5000,
    "2,000 people": "\n".join(f"Camat {name(number)} mengatakan air naik." for number in range(2000)),
}
SLOW: set[str] = set()
LOST: set[str] = set()
WITHIN = {
    "CRLF": f"{STATEMENT}\r\n{STATEMENT}\r\n",
    "NUL bytes between": "\0".join([STATEMENT, STATEMENT]),
    "emoji between": f"{FAMILY} {STATEMENT}{FAMILY} {STATEMENT}",
    "combining marks": STATEMENT.replace("i", "i\u0301"),
    "right to left before it": f"\u0642\u0627\u0644 {STATEMENT}",
    "characters beyond the first plane": f"\U0001d54f\U00010400 {STATEMENT}",
    "a byte order mark": f"\ufeff{STATEMENT}",
    "soft hyphens": STATEMENT.replace("ulan", "u\u00adlan"),
    "zero-width spaces": STATEMENT.replace(" kata", "\u200b kata"),
    "zero-width spaces inside": STATEMENT.replace("naik", "\u200bnaik"),
    "a lone surrogate": f"\ud800 {STATEMENT}",
    "capitals that grow in lower case": f"İİİ {STATEMENT}",
}


def spans_of(article: Article) -> list[Span]:
    """Return every span of a record."""
    found = [mention for person in article.people for mention in person.mentions]
    for statement in article.statements:
        single = (statement.cue, statement.source, statement.time, statement.place, statement.event)
        found += [span for span in (*statement.contents, *single) if span is not None]
    return found


def check(text: str) -> Article:
    """Read a text and hold the record to its contract."""
    article = katanya.read(text)
    assert article.text == text
    for span in spans_of(article):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
    ids = [statement.id for statement in article.statements]
    assert len(ids) == len(set(ids))
    for statement in article.statements:
        assert statement.contents
        assert statement.within is None or (statement.within in ids and statement.within != statement.id)
    return article


def named(cases: dict[str, str]) -> pytest.MarkDecorator:
    """Give each text its name."""
    slow = pytest.mark.xfail(run=False, reason="takes quadratic time")
    lost = pytest.mark.xfail(strict=True, reason="not found yet")
    marks = dict.fromkeys(SLOW, slow) | dict.fromkeys(LOST, lost)
    params = [pytest.param(text, id=name, marks=marks.get(name, ())) for name, text in cases.items()]
    return pytest.mark.parametrize("text", params)


@named(NOTHING)
def test_a_text_without_words_says_nothing(text: str) -> None:
    """A text without anything said is an article without statements."""
    assert check(text).statements == ()


@pytest.mark.parametrize("text", ["H", "Dr", "Prof", "kata H", "Menurut Prof"])
def test_a_text_may_end_in_a_title(text: str) -> None:
    """A text that is cut off behind a form of address is read like any other."""
    check(text)


@named(LARGE)
def test_a_large_text_is_read(text: str) -> None:
    """A very long sentence, line or row of marks is read to its end."""
    check(text)


@named(DENSE)
def test_a_large_text_full_of_cues_is_read(text: str) -> None:
    """So is one with thousands of statements, cues or people."""
    check(text)


@named(WITHIN)
def test_odd_characters_leave_offsets_right(text: str) -> None:
    """Beside characters that other programs stumble over, the statement is found and its offsets hold."""
    assert check(text).statements


WORDS = (
    "kata mengatakan bahwa menurut Menurut dikatakan oleh ujarnya dinilai tidak merinci yang dan ia saya kami mereka "
    "seperti dikutip dalam rapat kepada wartawan konon disebut sebagai air naik warga disampaikan data menunjukkan di "
    "akan -nya Rini Darto Wibowo Bupati Tirta Dr. Senin (2/6/2025) (37)"
)
PIECES = st.sampled_from(
    [*"“”\"'‘’?.,:() \n\0İ", " ", " ", ",,", "||", "--", "Hal itu", "Baca juga:", *WORDS.split()]
)
TEXTS = st.lists(PIECES, max_size=60).map(" ".join) | st.lists(PIECES, max_size=40).map("".join) | st.text()


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("İ“ mengatakan ”")
def test_any_text_gives_a_record_that_holds(text: str) -> None:
    """Whatever the text: spans are the text at their place, ids are unique, `within` names another statement."""
    check(text)
