"""The marked article: every word once, marks that never cross, links both ways, values in place."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import examples, read

from katanya.core import records
from katanya.core.records import Act, Document, Kind, SpeakerKind
from katanya.core.spans import Span
from katanya.web.marked import LONGEST, PART, marked, place_of
from katanya.web.views.article import Article, Statement, unfiled


def statement(label: str, contents: list[Span], **more: object) -> records.Statement:
    """Return a statement of some contents."""
    fields = {"kind": Kind.DIRECT, "act": Act.ASSERTIVE, "cue": None, "source": None, "speaker": "Rini Wulandari",
              "speaker_kind": SpeakerKind.PERSON}  # fmt: skip
    return records.Statement(label, contents=tuple(contents), **(fields | more))


def article(text: str, *statements: records.Statement) -> Article:
    """Return an article as a page has it."""
    return unfiled(records.Article(Document(text), statements))


def words(shown) -> str:
    """Return all words that a part shows."""
    return " ".join("".join(piece.text for one in paragraph for piece in one.pieces) for paragraph in shown.paragraphs)


TEXT = "Rini mengatakan jembatan ditutup. Ia berjanji Karta akan memperbaiki jembatan itu."


def cut(part: str) -> Span:
    """Return where words stand in `TEXT`."""
    start = TEXT.index(part)
    return Span(start, start + len(part), part)


def test_statements_that_overlap_are_cut_at_their_edges():
    """Where two contents share words, these are in both marks, the wider one outside."""
    shown = marked(article(
        TEXT,
        statement("s1", [cut("jembatan ditutup. Ia berjanji Karta")]),
        statement("s2", [cut("Karta akan memperbaiki jembatan itu")], speaker="Karta", within="s1"),
    ))  # fmt: skip
    (paragraph,) = shown.paragraphs
    inside = [("".join(piece.text for piece in one.pieces), [mark.number for mark in one.inside]) for one in paragraph]
    assert inside == [
        ("Rini mengatakan ", []),
        ("jembatan ditutup. Ia berjanji ", [1]),
        ("Karta", [1, 2]),
        (" akan memperbaiki jembatan itu", [2]),
        (".", []),
    ]
    assert [note.depth for note in shown.notes] == [0, 1]


def test_speakers_have_a_colour_each_and_nobody_has_grey():
    """A speaker keeps one colour; who is not named has none of them; the ninth begins anew."""
    text = "a b c d e f g h i j"
    said = [
        statement(f"s{at}", [Span.cut(text, 2 * at, 2 * at + 1)], speaker=None if at == 1 else f"Orang {at % 9}")
        for at in range(10)
    ]
    hues = [note.mark.hue for note in marked(article(text, *said)).notes]
    assert hues == ["hue0", "nobody", "hue1", "hue2", "hue3", "hue4", "hue5", "hue6", "hue7", "hue0"]


@pytest.mark.parametrize(
    ("confidence", "weight"),
    [(None, "unweighed"), (0.95, "sure"), (0.8, "sure"), (0.6, "likely"), (0.2, "doubtful")],
)
def test_confidence_is_weight(confidence, weight):
    """The surer, the heavier; what was not measured has a weight of its own."""
    shown = marked(article(TEXT, statement("s1", [cut("jembatan ditutup")], confidence=confidence)))
    assert shown.notes[0].mark.weight == weight


def test_figures_times_and_places_stand_in_their_statements():
    """Each value that a statement has is marked where it stands, once."""
    found = {document.id: one for document, one in zip(examples(), read(examples()), strict=True)}
    shown = marked(unfiled(found["gempa-kupang"]))
    values = {(piece.sort, piece.text) for paragraph in shown.paragraphs for one in paragraph for piece in one.pieces}
    noted = {(value.text) for note in shown.notes for value in note.values}
    assert {("place", "Kupang"), ("figure", "35")} <= values
    assert {text for sort, text in values if sort} <= noted


def test_long_articles_come_in_parts():
    """An article of many statements is shown in parts; each statement is in one, and each word."""
    text = "\n".join(f'"Kalimat nomor {at}," kata Rini.' for at in range(2000))
    said, start = [], 0
    for at in range(2000):
        begin = text.index("Kalimat", start)
        start = text.index(",", begin)
        said.append(statement(f"s{at}", [Span.cut(text, begin, start)]))
    whole = article(text, *said)
    parts = [marked(whole, part) for part in range(1, marked(whole).parts + 1)]
    assert all(len(part.notes) <= PART for part in parts)
    assert [note.mark.number for part in parts for note in part.notes] == list(range(1, 2001))
    assert " ".join(map(words, parts)).split() == text.split()
    assert place_of(whole, "s1999") == (len(parts), 2000)
    assert place_of(whole, "s2000") is None
    assert marked(whole, 10_000).part == len(parts)
    assert marked(whole, -3).part == 1


def test_a_word_without_end_comes_in_parts():
    """A paragraph that is longer than a part may be is cut."""
    shown = marked(article("a" * (3 * LONGEST)))
    assert shown.parts == 3
    assert len(words(shown)) == LONGEST


def test_a_paragraph_of_many_statements_is_cut_between_sentences():
    """Where an article has no paragraphs, its parts end with a sentence, and no word is lost."""
    text = " ".join(f"Saksi {at} mengatakan hal {at}." for at in range(120))
    said = [statement(f"s{at}", [Span.cut(text, text.index(f"hal {at}."), text.index(f"hal {at}.") + 5)])
            for at in range(120)]  # fmt: skip
    parts = [marked(article(text, *said), part) for part in range(1, 4)]
    assert [len(part.notes) for part in parts] == [40, 40, 40]
    assert " ".join(map(words, parts)).split() == text.split()
    assert all(words(part).rstrip().endswith(".") for part in parts)


def test_a_circle_of_statements_ends():
    """Statements that stand inside each other, as no reader writes them, are shown all the same."""
    one = statement("s1", [cut("jembatan ditutup")], within="s2")
    other = statement("s2", [cut("jembatan itu")], within="s1")
    shown = marked(article(TEXT, one, other))
    assert len(shown.notes) == 2


def test_an_article_without_text():
    """No text is one part without paragraphs."""
    assert marked(article("")).parts == 1
    assert marked(article("\n \n")).paragraphs == ()


@st.composite
def any_article(draw):
    """Return an article with any text, and statements that overlap in any way."""
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
    offsets = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    spans = offsets.map(lambda pair: Span.cut(text, *pair))
    count = draw(st.integers(0, 5))
    said = [
        statement(f"s{at}", draw(st.lists(spans, max_size=3)), cue=draw(st.none() | spans),
                  speaker=draw(st.sampled_from([None, "A", "B"])))
        for at in range(count)
    ]  # fmt: skip
    return article(text, *said)


@settings(max_examples=60)
@given(any_article())
def test_any_marks_keep_every_word(whole: Article):
    """Whatever the statements, each word is shown once and in order, and what opens is noted."""
    shown = marked(whole)
    assert words(shown).split() == whole.text.split()
    opened = [number for paragraph in shown.paragraphs for one in paragraph for number in one.opens]
    assert len(opened) == len(set(opened))
    assert set(opened) <= {note.mark.number for note in shown.notes}


def test_statements_of_the_ledger_nest_by_name():
    """A statement of the ledger names the one that it stands in by its name for addresses or by its label."""
    whole = article(TEXT, statement("s1", [cut(TEXT)]), statement("s2", [cut("jembatan itu")], within="s1"))

    def of_ledger(one: Statement) -> Statement:
        return replace(one, id=f"abc.{one.label}", within="abc.s1" if one.label == "s2" else None)

    named = replace(whole, statements=tuple(map(of_ledger, whole.statements)))
    assert [note.depth for note in marked(named).notes] == [0, 1]
